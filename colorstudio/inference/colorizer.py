"""Colouring one picture with one style: the way from an artwork to a finished one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from colorstudio.core.artwork import Artwork, as_rgb
from colorstudio.core.cancel import CancelToken
from colorstudio.core.edited_paint import edits_paint, paint_as_edited
from colorstudio.core.encoding import flattened
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.guided import GuidedUpsampler
from colorstudio.core.hint_field import HintField, HintGround
from colorstudio.core.hints import HintSet, load_hints
from colorstudio.core.layering import greyscale_layers, line_art_layers, painted_line_art
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode, luma_on_white
from colorstudio.core.paint_smoothing import enlivened, smoothed_paint
from colorstudio.core.palette_files import Palette, palette_from_picture, read_palette
from colorstudio.core.recompose import count_changed_lines, recompose_greyscale
from colorstudio.core.request import Colored, ColorRequest, checked_flat
from colorstudio.core.unseen_hints import any_unseen
from colorstudio.inference.generator import Generator, Painted
from colorstudio.inference.pictures import artwork_of, like
from colorstudio.inference.prepared import PreparedArtwork
from colorstudio.inference.providers import ProviderReport
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import Style

Picture = TypeVar("Picture", Image.Image, NDArray[np.uint8])
Hints = HintSet | Sequence[Mapping[str, Any]] | Path | str | None
PaletteSource = Palette | Image.Image | NDArray[np.uint8] | Path | str | None

NO_PAINT = worded(
    "This style can't paint line art: the picture was coloured with its luma kept, "
    "so white paper stays white. Choose another style for line art."
)
NO_HINTS = worded("This style takes no hints: the picture was coloured without them.")
NO_PALETTE = worded("This style takes no palette: the picture was coloured without it.")
UNSEEN_HINT = worded(
    "A hint lies where the page is white or black. Greyscale mode keeps that, so there its colour "
    "can't be seen. Choose line art to have white paper painted."
)
NO_FLATS = worded("Flats need line art: this picture was coloured in greyscale mode, without them.")


class Colorizer:
    """A style made ready on a device. Thread-safe.

    style: a name in the style library, a style's folder, or a Style. device: auto, cuda or
    cpu. Raises ColorStudioError when the style is unknown or unfit.
    """

    def __init__(self, style: str | Path | Style = "starter", device: str = "auto") -> None:
        self.style = style if isinstance(style, Style) else StyleLibrary().find(style)
        self._generator = Generator(self.style, device)

    @property
    def provider(self) -> ProviderReport:
        """The provider really in use, and why it is not another."""
        return self._generator.provider

    @property
    def supports(self) -> frozenset[str]:
        """What the style can do beyond greyscale: of "hints", "palette" and "lineart"."""
        can = self._generator.facts.inputs & {"hints", "palette"}
        return can | {"lineart"} if "paint_luma" in self._generator.facts.outputs else can

    def paint(self, luma: NDArray[np.float32]) -> Painted:
        """The generator alone: chroma for luma (H, W) in 0..1 at working size, greyscale mode."""
        return self._generator.paint(luma, None, None, line_art=False)

    def colorize(
        self,
        picture: Picture,
        mode: str = "auto",
        hints: Hints = None,
        palette: PaletteSource = None,
        *,
        flat: float = 0.0,
        palette_only: bool = False,
        keep_text: bool = True,
    ) -> Picture:
        """Colour a picture and give it back as what it came as.

        picture: a PIL.Image, turned as its pixels lie (its EXIF orientation is left to
        ImageOps.exif_transpose), or a uint8 array (H, W), (H, W, 3) or (H, W, 4) in sRGB. The
        answer is RGB, or RGBA where transparency was kept. mode: auto, greyscale or lineart.
        hints: a HintSet, rows like those of a hint file, or such a file. palette: a Palette,
        a palette file, or a finished picture (or its file) whose colours to take up. flat:
        0 painted … 1 one colour for each region of line art. palette_only: flats have only
        the palette's colours. keep_text: speech bubbles and captions of line art stay white.
        Raises ColorStudioError.
        """
        request = _request(mode, hints, palette, flat, palette_only, keep_text)
        return like(picture, self.colorize_artwork(artwork_of(picture), request).artwork)

    def layers(
        self,
        picture: Picture,
        mode: str = "auto",
        hints: Hints = None,
        palette: PaletteSource = None,
        *,
        flat: float = 0.0,
        palette_only: bool = False,
        keep_text: bool = True,
    ) -> Layers:
        """Colour a picture like `colorize` and give its lines, colour and flats apart."""
        request = replace(
            _request(mode, hints, palette, flat, palette_only, keep_text), layers=True
        )
        layers = self.colorize_artwork(artwork_of(picture), request).layers
        assert layers is not None, "the request asks for them"
        return layers

    def colorize_artwork(
        self,
        artwork: Artwork | PreparedArtwork,
        request: ColorRequest,
        token: CancelToken | None = None,
        show_draft: Callable[[Artwork], None] | None = None,
    ) -> Colored:
        """Colour an artwork. Raises ColorStudioError, or Cancelled when the token says so.

        One that was prepared is coloured faster from the second time on, and with all
        processors: someone waits for it. A large one is shown to show_draft first, made smaller,
        in the colours that it will have; pictures with flats have no draft.
        """
        token = token or CancelToken()
        hurried = isinstance(artwork, PreparedArtwork)
        prepared = artwork if isinstance(artwork, PreparedArtwork) else PreparedArtwork(artwork)
        mode, warnings = self._mode_for(request, prepared)
        token.raise_if_cancelled()
        line_art = mode is Mode.LINEART
        whitened = line_art and prepared.reading.paper is not None
        if line_art:
            prepared = prepared.as_line_art
        reading = prepared.reading
        inverted = line_art and reading.ink is Ink.WHITE_ON_BLACK
        edits = request.hints.edits if line_art else ()
        ground = prepared.ground(self.style.info.working_size, edits, inverted=inverted)
        painted = self._paint(ground, prepared.artwork, request, mode)
        token.raise_if_cancelled()
        source = prepared.artwork
        warnings += _stray_hints(request.hints.told(), source)
        source = replace(source, warnings=source.warnings + warnings)
        planes = painted.chroma
        if mode is Mode.LINEART:
            assert painted.paint_luma is not None, "_mode_for chose line art where paint comes"
            planes = np.concatenate([planes, painted.paint_luma[None]])
            if edits_paint(request.hints):
                regions = prepared.regions(reading.ink, edits)
                planes = paint_as_edited(planes, regions, request.hints)
        upsampler = GuidedUpsampler(planes, ground.guide, prepared.luma.shape, hurried=hurried)
        if show_draft is not None and prepared.small is not None and not request.flat:
            show_draft(_draft(prepared, prepared.small, planes, ground.guide, mode, request))
            token.raise_if_cancelled()
        if mode is Mode.LINEART:
            colored = self._over_lines(source, prepared, upsampler, request)
            return replace(colored, whitened=whitened)
        pixels, changed = recompose_greyscale(source.pixels, upsampler)
        finished = replace(source, pixels=pixels)
        layers = greyscale_layers(source, finished, reading.ink) if request.layers else None
        return Colored(finished, mode, self.provider.name, changed, layers)

    def _over_lines(
        self,
        artwork: Artwork,
        prepared: PreparedArtwork,
        upsampler: GuidedUpsampler,
        request: ColorRequest,
    ) -> Colored:
        luma, ink, in_colour = prepared.luma, prepared.reading.ink, prepared.in_colour
        blank = prepared.text_areas(ink, request.hints) if request.keep_text else None
        layers = None
        if request.flat or request.layers or request.colored_lines or request.leaks:
            regions = prepared.regions(ink, request.hints.edits)
            layers = line_art_layers(
                artwork, luma, upsampler, ink, regions, blank, request, in_colour
            )
            finished = layers.merged
        else:
            finished = painted_line_art(artwork, luma, upsampler, ink, blank, in_colour)
        return Colored(
            finished,
            Mode.LINEART,
            self.provider.name,
            changed_luma=None,
            layers=layers if request.layers else None,
            changed_lines=None if request.colored_lines else _changed_lines(finished, prepared),
            leaks=layers.leaks if layers else None,
            parts=layers.parts if layers and request.parts else None,
        )

    def _mode_for(
        self, request: ColorRequest, prepared: PreparedArtwork
    ) -> tuple[Mode, tuple[str, ...]]:
        """The mode to colour in, with a warning for each wish that can't be fulfilled."""
        mode = request.mode or prepared.reading.mode
        warnings = []
        if mode is Mode.LINEART and "lineart" not in self.supports:
            mode = Mode.GREYSCALE
            warnings.append(NO_PAINT)
        if request.hints.told() and "hints" not in self.supports:
            warnings.append(NO_HINTS)
        elif mode is Mode.GREYSCALE and any_unseen(request.hints.told(), prepared.luma):
            warnings.append(UNSEEN_HINT)
        if request.palette is not None and "palette" not in self.supports:
            warnings.append(NO_PALETTE)
        if request.flat and mode is Mode.GREYSCALE:
            warnings.append(NO_FLATS)
        return mode, tuple(warnings)

    def _paint(
        self, ground: HintGround, artwork: Artwork, request: ColorRequest, mode: Mode
    ) -> Painted:
        field, guide, hints = None, ground.guide, request.hints.told()
        if hints and "hints" in self.supports:
            size, line_art = (artwork.height, artwork.width), mode is Mode.LINEART
            field = HintField(hints, size, ground, line_art=line_art)
        palette = request.palette if "palette" in self.supports else None
        if palette is not None and len(palette) != self.style.info.palette_size:
            raise ColorStudioError(
                FailureKind.BAD_PALETTE,
                worded(
                    "This style takes another kind of palette. Colour without one, or choose "
                    "another style."
                ),
                f"{len(palette)} numbers instead of {self.style.info.palette_size}",
            )
        told = None
        if field is not None:
            told = field.spread() if self.style.info.hints == "spread" else field.dots()
        painted = self._generator.paint(guide, told, palette, mode is Mode.LINEART)
        if mode is Mode.LINEART:
            pale = palette is None and self.style.info.paint == "mean"
            painted = _between_lines(
                painted, ground, pale=pale, known=None if told is None else told[2]
            )
        if field is None:
            return painted
        return Painted(*field.obeyed(painted.chroma, painted.paint_luma))


def _stray_hints(hints: HintSet, artwork: Artwork) -> tuple[str, ...]:
    """A warning where hints lie beside the picture: no hand puts them there, a script may."""
    stray = hints.outside(artwork.width, artwork.height)
    if not stray:
        return ()
    return (
        worded(
            "Hints outside the picture colour nothing ({stray} of {all}). Were they made for a "
            "larger one?",
            stray=stray,
            all=len(hints.hints),
        ),
    )


def _between_lines(
    painted: Painted, ground: HintGround, *, pale: bool, known: NDArray[np.float32] | None
) -> Painted:
    assert painted.paint_luma is not None, "_mode_for chose line art only where paint comes"
    planes = np.concatenate([painted.chroma, painted.paint_luma[None]])
    smooth = smoothed_paint(planes, ground)
    if pale:
        smooth = enlivened(smooth, known)
    return Painted(smooth[:2], smooth[2])


def _changed_lines(finished: Artwork, prepared: PreparedArtwork) -> int:
    pixels, on_white = finished.pixels, prepared.luma
    if prepared.in_colour is not None:  # on a paper that was made neutral
        on_white = luma_on_white(replace(finished, pixels=prepared.in_colour))
    if finished.alpha is not None:  # seen on white, as the page was
        pixels = flattened(pixels, finished.alpha)
    return count_changed_lines(on_white, pixels, prepared.reading.ink)


def _draft(
    prepared: PreparedArtwork,
    small: Artwork,
    planes: NDArray[np.float32],
    guide: NDArray[np.float32],
    mode: Mode,
    request: ColorRequest,
) -> Artwork:
    """The small picture in the colours of the large one."""
    size = (small.height, small.width)
    upsampler = GuidedUpsampler(planes, guide, size, hurried=True)
    if mode is Mode.GREYSCALE:
        return replace(small, pixels=recompose_greyscale(small.pixels, upsampler)[0])
    ink = prepared.reading.ink
    blank = prepared.text_areas(ink, request.hints) if request.keep_text else None
    if blank is not None:
        blank = blank.on_smaller(small.width / prepared.artwork.width)
    in_colour = prepared.small_in_colour(small)
    return painted_line_art(small, luma_on_white(small), upsampler, ink, blank, in_colour)


def _mode_of(mode: str) -> Mode | None:
    if mode == "auto":
        return None
    try:
        return Mode(mode)
    except ValueError as error:
        sentence = worded("There is no mode “{mode}”. Use auto, greyscale or lineart.", mode=mode)
        raise ColorStudioError(FailureKind.USAGE, sentence) from error


def _request(
    mode: str,
    hints: Hints,
    palette: PaletteSource,
    flat: float,
    palette_only: bool,
    keep_text: bool,
) -> ColorRequest:
    chosen = _palette_from(palette)
    if palette_only and chosen is None:
        sentence = worded(
            "“palette only” needs a palette: give a palette file or a finished picture."
        )
        raise ColorStudioError(FailureKind.USAGE, sentence)
    return ColorRequest(
        _mode_of(mode),
        _hints_of(hints),
        palette=None if chosen is None else chosen.vector,
        flat=checked_flat(flat),
        only=chosen.colors if chosen is not None and palette_only else None,
        keep_text=keep_text,
    )


def _hints_of(hints: Hints) -> HintSet:
    if hints is None:
        return HintSet()
    if isinstance(hints, HintSet):
        return hints
    if isinstance(hints, Path | str):
        return load_hints(Path(hints))
    return HintSet.from_rows(list(hints))


def _palette_from(palette: PaletteSource) -> Palette | None:
    if palette is None or isinstance(palette, Palette):
        return palette
    if isinstance(palette, Path | str):
        return read_palette(Path(palette))
    return palette_from_picture(as_rgb(artwork_of(palette).pixels))
