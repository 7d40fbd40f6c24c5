"""From Pillow's many pixel modes to 8-bit grey or sRGB planes, without losing tones.

Pillow's own `convert` clips 16-bit greys to white, forgets the transparent colour of some
modes and needs whole-page copies; here each mode is brought over band by band.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import bands
from colorstudio.core.colour_management import BROKEN_PROFILE, ProfileError, ToSrgb, lab_to_rgb
from colorstudio.core.decoding import Decoded

Plane = NDArray[np.uint8]
_Reader = Callable[[Image.Image], Plane]

_GREY_MODES = ("1", "L", "LA", "La", "I", "F", "I;16", "I;16B", "I;16L", "I;16N")
_STRAIGHT = {"La": "LA", "RGBa": "RGBA"}


@dataclass(frozen=True, slots=True)
class Planes:
    """pixels (H, W) or (H, W, 3) and alpha (H, W) or None, uint8, not yet upright."""

    pixels: Plane
    alpha: Plane | None
    warnings: tuple[str, ...] = ()
    converted: bool = False  # by a colour profile


def planes_of(decoded: Decoded) -> Planes:
    """Bring a decoded picture to 8-bit sRGB (or grey) and its transparency to a plane."""
    image = decoded.image
    profile, warnings = _profile_for(image)
    read_alpha = _alpha_reader(image, decoded.rawmode)
    if image.mode in ("P", "PA"):
        channels, read = _palette_reader(image, profile)
    elif image.mode in _GREY_MODES:
        channels, read = 1, _grey_reader(image, decoded.rawmode, profile)
    else:
        channels, read = 3, _colour_reader(image, profile)
    pixels = _read_bands(image, read, channels)
    alpha = _read_bands(image, read_alpha, 1) if read_alpha else None
    return Planes(_grey_if_all_grey(pixels), alpha, warnings, profile is not None)


def _read_bands(image: Image.Image, read: _Reader, channels: int) -> Plane:
    width, height = image.size
    shape = (height, width) if channels == 1 else (height, width, channels)
    plane = np.empty(shape, np.uint8)
    for rows in bands(height, width):
        plane[rows] = read(image.crop((0, rows.start, width, rows.stop)))
    return plane


def _grey_if_all_grey(pixels: Plane) -> Plane:
    """Scanners often save grey pages as RGB; one plane is enough for those."""
    if pixels.ndim == 2:
        return pixels
    for rows in bands(*pixels.shape[:2]):
        band = pixels[rows]
        if not (
            np.array_equal(band[..., 0], band[..., 1])
            and np.array_equal(band[..., 1], band[..., 2])
        ):
            return pixels
    return np.ascontiguousarray(pixels[..., 0])


def _profile_for(image: Image.Image) -> tuple[ToSrgb | None, tuple[str, ...]]:
    """Find the conversion the embedded profile asks for; None where there is nothing to do."""
    icc = image.info.get("icc_profile")
    if not icc or image.mode == "LAB":
        return None, ()
    pixels = "L" if image.mode in _GREY_MODES else "CMYK" if image.mode == "CMYK" else "RGB"
    try:
        profile = ToSrgb(icc, pixels)
        return (None if profile.changes_little() else profile), ()
    except ProfileError:
        return None, (BROKEN_PROFILE,)


# Grey ---------------------------------------------------------------------------------------


def _grey_reader(image: Image.Image, rawmode: str, profile: ToSrgb | None) -> _Reader:
    scale = _grey_scale(image)
    curve = profile.grey_curve() if profile else None

    def read(band: Image.Image) -> Plane:
        grey = scale(band)
        return grey if curve is None else curve[grey]

    return read


def _grey_scale(image: Image.Image) -> _Reader:
    if image.mode.startswith("I;16"):
        return lambda band: _from_16_bits(np.asarray(band))
    if image.mode in ("I", "F"):
        return _range_scale(image)
    if image.mode in ("LA", "La"):
        return lambda band: np.asarray(_straight(band).getchannel("L"))
    return lambda band: np.asarray(band.convert("L"))


def _from_16_bits(values: NDArray[np.uint16]) -> Plane:
    return ((values.astype(np.uint32) + 128) // 257).astype(np.uint8)


def _range_scale(image: Image.Image) -> _Reader:
    """Scale 32-bit integers and floats by the range that their values lie in.

    0..1 (floats), 0..255 and 0..65535 are taken as what they look like; anything else is
    stretched so that its smallest value is black and its largest white. Values that are no
    numbers are black.
    """
    low, high = _finite_range(image)
    if low < 0 or high > 65535:
        span = (high - low) or 1.0
    else:
        low = 0.0
        limits = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0)
        span = next(limit for limit in limits if high <= limit)

    def read(band: Image.Image) -> Plane:
        values = np.asarray(band).astype(np.float64)
        values = np.nan_to_num(values, nan=low, posinf=high, neginf=low)
        return np.rint((values - low) * (255.0 / span)).clip(0, 255).astype(np.uint8)

    return read


def _finite_range(image: Image.Image) -> tuple[float, float]:
    low, high = np.inf, -np.inf
    width, height = image.size
    for rows in bands(height, width):
        values = np.asarray(image.crop((0, rows.start, width, rows.stop)))
        values = values[np.isfinite(values)]
        if values.size:
            low, high = min(low, float(values.min())), max(high, float(values.max()))
    return (low, high) if low <= high else (0.0, 0.0)


# Colour -------------------------------------------------------------------------------------


def _colour_reader(image: Image.Image, profile: ToSrgb | None) -> _Reader:
    if image.mode == "LAB":
        return lambda band: np.asarray(lab_to_rgb(band))
    if profile is None:
        return lambda band: np.asarray(_straight(band).convert("RGB"))
    if image.mode == "CMYK":
        return lambda band: np.asarray(profile.apply(band))
    return lambda band: np.asarray(profile.apply(_straight(band).convert("RGB")))


def _straight(band: Image.Image) -> Image.Image:
    """Undo multiplication by alpha, where the mode says there was one."""
    return band.convert(_STRAIGHT[band.mode]) if band.mode in _STRAIGHT else band


def _palette_reader(image: Image.Image, profile: ToSrgb | None) -> tuple[int, _Reader]:
    colours = _palette(image)
    if profile:
        colours = np.asarray(profile.apply(Image.fromarray(colours[None])))[0]
    used = colours[np.array(image.histogram()[:256]) > 0]
    grey = bool((used == used[:, :1]).all())
    table = np.ascontiguousarray(colours[:, 0]) if grey else colours
    return (1 if grey else 3), lambda band: table[_indices(band)]


def _palette(image: Image.Image) -> Plane:
    """Give the palette as (256, 3); indices beyond its end are black."""
    colours = np.zeros((256, 3), np.uint8)
    known = np.array(image.getpalette("RGB") or [], np.uint8).reshape(-1, 3)[:256]
    colours[: len(known)] = known
    return colours


def _indices(band: Image.Image) -> Plane:
    values = np.asarray(band)
    return values[..., 0] if values.ndim == 3 else values


# Transparency -------------------------------------------------------------------------------


def _alpha_reader(image: Image.Image, rawmode: str) -> _Reader | None:
    """Find where the transparency is: a channel, the palette, or one transparent colour."""
    if image.mode == "PA":
        return lambda band: np.asarray(band)[..., 1]
    if image.mode in ("LA", "La", "RGBA", "RGBa"):
        return lambda band: np.asarray(band.getchannel(len(band.getbands()) - 1))
    key = image.info.get("transparency")
    if key is None:
        return None
    if image.mode == "P":
        return _palette_alpha_reader(key)
    return _key_reader(image.mode, rawmode, key)


def _palette_alpha_reader(key: int | bytes) -> _Reader:
    table = np.full(256, 255, np.uint8)
    if isinstance(key, bytes):
        entries = np.frombuffer(key[:256], np.uint8)
        table[: len(entries)] = entries
    elif 0 <= key < 256:
        table[key] = 0
    return lambda band: table[np.asarray(band)]


def _key_reader(mode: str, rawmode: str, key: int | tuple[int, int, int]) -> _Reader | None:
    """One colour is wholly transparent; PNG names it at the file's own depth."""
    if mode == "RGB" and isinstance(key, tuple):
        # Pillow keeps the upper 8 of 16 bits, so only those of the key can be compared.
        colour = np.array([part >> 8 if ";16" in rawmode else part & 255 for part in key])
        return lambda band: _opaque_unless((np.asarray(band) == colour).all(axis=-1))
    if not isinstance(key, int):
        return None
    if mode.startswith("I;16"):
        return lambda band: _opaque_unless(np.asarray(band) == key)
    if mode in ("1", "L"):
        grey = key * {"L;2": 85, "L;4": 17}.get(rawmode, 1)
        return lambda band: _opaque_unless(np.asarray(band.convert("L")) == grey)
    return None


def _opaque_unless(transparent: NDArray[np.bool_]) -> Plane:
    return np.where(transparent, np.uint8(0), np.uint8(255))
