"""Colour profiles: from whatever a file says its numbers mean, to sRGB."""

import io
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from colorstudio.core.artwork import bands
from colorstudio.core.failures import worded

BROKEN_PROFILE: Final = worded(
    "The colour profile in the file is broken or does not fit its pixels, so it was "
    "left out: colours may look a little different."
)

_SRGB: Final = ImageCms.createProfile("sRGB")
_SPACES: Final = {"GRAY": "L", "RGB ": "RGB", "CMYK": "CMYK"}


class ProfileError(ValueError):
    """The profile cannot be used for the picture."""


class ToSrgb:
    """One picture's conversion to sRGB, made once and applied band by band.

    `profile` is the ICC profile's bytes, `mode` what the pixels are: "L", "RGB" or "CMYK".
    A grey picture may carry an RGB profile. Raises ProfileError.
    """

    def __init__(self, profile: bytes, mode: str) -> None:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            self._mode = _SPACES[source.profile.xcolor_space]
            if self._mode != mode and (mode, self._mode) != ("L", "RGB"):
                raise ProfileError(f"{self._mode} profile on {mode} pixels")
            self._transform = ImageCms.buildTransform(source, _SRGB, self._mode, "RGB")
        except (KeyError, OSError, TypeError, ImageCms.PyCMSError) as error:
            raise ProfileError(str(error)) from error

    def apply(self, band: Image.Image) -> Image.Image:
        """Convert a picture in the profile's own mode into an RGB one."""
        converted = ImageCms.applyTransform(band, self._transform)
        assert converted is not None  # None only where the picture is changed in place
        return converted

    def grey_curve(self) -> NDArray[np.uint8]:
        """Give sRGB's grey for each grey of the source: (256,), 0..255."""
        ramp = Image.fromarray(np.arange(256, dtype=np.uint8)[None]).convert(self._mode)
        curve: NDArray[np.uint8] = np.asarray(self.apply(ramp).convert("L"))[0]
        return curve

    def changes_little(self) -> bool:
        """True if no colour moves by more than 2/255, as with sRGB's own profile.

        The pixels are better left alone then. A profile's name is no proof of what is in it.
        """
        if self._mode == "CMYK":
            return False
        steps = np.linspace(0, 255, 9).round().astype(np.uint8)
        cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
        if self._mode == "L":
            return bool(np.abs(self.grey_curve().astype(int) - np.arange(256)).max() <= 2)
        converted = np.asarray(self.apply(Image.fromarray(cube)))
        return bool(np.abs(converted.astype(int) - cube).max() <= 2)


class FromSrgb:
    """From sRGB back into the space of a document, for files that keep their profile.

    profile: the ICC profile's bytes, of an RGB space. Raises ProfileError.
    """

    def __init__(self, profile: bytes) -> None:
        try:
            target = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            self._transform = ImageCms.buildTransform(_SRGB, target, "RGB", "RGB")
        except (OSError, TypeError, ImageCms.PyCMSError) as error:
            raise ProfileError(str(error)) from error

    def apply(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Convert pixels; grey (H, W) ones stay as they are, RGB (H, W, 3) ones are converted."""
        if pixels.ndim == 2:  # lines and masks: ink is not touched
            return pixels
        out = np.empty(pixels.shape, np.uint8)
        for rows in bands(*pixels.shape[:2]):
            band = Image.fromarray(np.ascontiguousarray(pixels[rows]))
            converted = ImageCms.applyTransform(band, self._transform)
            assert converted is not None  # None only where the picture is changed in place
            out[rows] = np.asarray(converted)
        return out


def lab_to_rgb(band: Image.Image) -> Image.Image:
    """Convert a Pillow "LAB" picture (CIE L*a*b*, D50) to sRGB."""
    converted = ImageCms.applyTransform(band, _LAB_TO_SRGB)
    assert converted is not None
    return converted


_LAB_TO_SRGB: Final = ImageCms.buildTransform(ImageCms.createProfile("LAB"), _SRGB, "LAB", "RGB")


def srgb_profile() -> bytes:
    """An ICC profile that says sRGB, for files that should not leave it to chance."""
    return ImageCms.ImageCmsProfile(_SRGB).tobytes()
