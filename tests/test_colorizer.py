"""One picture through a real session: modes, alpha, hints, devices, and styles not to trust."""

import io

import numpy as np
import onnx
import pytest
from files_support import encoded
from numpy.typing import NDArray
from onnx import numpy_helper
from PIL import Image
from tiny_style import full_generator, make_tiny_style, write_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import Cancelled, CancelSource
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.core.request import ColorRequest
from colorstudio.inference.colorizer import NO_HINTS, NO_PAINT, NO_PALETTE, UNSEEN_HINT
from colorstudio.inference.prepared import working_luma


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def ramp(height: int = 90, width: int = 120) -> NDArray[np.uint8]:
    return np.linspace(10, 245, height * width).astype(np.uint8).reshape(height, width)


def lines(height: int = 90, width: int = 120) -> NDArray[np.uint8]:
    page = np.full((height, width), 255, np.uint8)
    page[20:24, 10:100] = page[70:74, 10:100] = page[20:74, 10:14] = 0
    return page


def luma_of(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    return pixels.astype(np.float64) @ [0.299, 0.587, 0.114]


def test_a_greyscale_page_gets_colour_and_keeps_its_luma(tiny):
    colored = tiny.colorize_artwork(Artwork(ramp(), dpi=(300, 300)), ColorRequest())
    assert (colored.mode, colored.changed_luma) == (Mode.GREYSCALE, 0)
    assert np.abs(luma_of(colored.artwork.pixels) - ramp()).max() <= 1
    assert np.ptp(colored.artwork.pixels[45, 60]) > 20
    assert colored.artwork.dpi == (300, 300)


def test_a_line_drawing_gets_paint_on_its_paper_and_keeps_its_lines(tiny):
    colored = tiny.colorize_artwork(Artwork(lines()), ColorRequest())
    assert (colored.mode, colored.changed_luma) == (Mode.LINEART, None)
    assert colored.artwork.pixels[lines() == 0].max() == 0
    assert np.ptp(colored.artwork.pixels[lines() == 255], axis=1).min() > 10


def test_a_mode_can_be_forced(tiny):
    as_grey = tiny.colorize_artwork(Artwork(lines()), ColorRequest(Mode.GREYSCALE))
    as_lines = tiny.colorize_artwork(Artwork(ramp()), ColorRequest(Mode.LINEART))
    assert (as_grey.mode, as_lines.mode) == (Mode.GREYSCALE, Mode.LINEART)
    assert as_grey.artwork.pixels[lines() == 255].min() == 255  # no colour fits in white


@pytest.mark.reliability("R06")
def test_transparency_is_kept_and_ink_on_transparency_gets_opaque_paint(tiny):
    alpha = np.tile(np.linspace(0, 255, 120).astype(np.uint8), (90, 1))
    kept = tiny.colorize_artwork(Artwork(ramp(), alpha), ColorRequest()).artwork
    assert np.array_equal(kept.alpha, alpha)
    ink = Artwork(np.zeros((90, 120), np.uint8), 255 - lines())
    painted = tiny.colorize_artwork(ink, ColorRequest())
    assert painted.mode is Mode.LINEART
    assert painted.artwork.alpha is None
    assert painted.artwork.pixels[lines() == 0].max() == 0
    assert np.ptp(painted.artwork.pixels[50, 50]) > 10


def test_transparency_that_stays_does_not_lighten_the_ink_twice(tiny):
    sticker = np.full((90, 120), 255, np.uint8)
    sticker[20:70, 20:26] = sticker[20:26, 20:100] = 0
    alpha = np.full((90, 120), 255, np.uint8)
    alpha[20:70, 20:23] = 128  # half of a line at a soft rim
    painted = tiny.colorize_artwork(Artwork(sticker, alpha), ColorRequest(Mode.LINEART)).artwork
    assert painted.alpha is not None
    assert painted.pixels[sticker == 0].max() == 0


def test_a_hint_colours_its_spot(tiny):
    hint = [{"x": 60, "y": 45, "radius": 8, "color": "#d04030"}]
    plain = tiny.colorize(ramp()).astype(int)
    hinted = tiny.colorize(ramp(), hints=hint).astype(int)
    assert hinted[45, 60, 0] - hinted[45, 60, 2] > plain[45, 60, 0] - plain[45, 60, 2] + 40
    assert np.abs(hinted[5, 5] - plain[5, 5]).max() <= 3  # a ramp: hardly an edge holds it back


def test_hints_beside_the_picture_are_told(tiny):
    """As of a file made for a scan of more pixels; those that touch the picture are no strays."""
    inside, touching = Hint(60, 45, 6, "#d04030"), Hint(125, 45, 6, "#d04030")
    beside = Hint(240, 90, 6, "#d04030")
    told = tiny.colorize_artwork(Artwork(ramp()), ColorRequest(hints=HintSet((inside, touching))))
    assert told.artwork.warnings == ()
    hints = HintSet((inside, beside, touching))
    (warning,) = tiny.colorize_artwork(Artwork(ramp()), ColorRequest(hints=hints)).artwork.warnings
    assert warning.startswith("Hints outside the picture colour nothing (1 of 3).")


def test_a_style_that_wants_hints_spread_is_told_them_everywhere(tmp_path):
    hint = [{"x": 60, "y": 45, "radius": 8, "color": "#d04030"}]
    spread = Colorizer(make_tiny_style(tmp_path, hints="spread"), "cpu")
    flat = np.full((90, 120), 128, np.uint8)
    red = spread.colorize(flat, "greyscale", hint).astype(int)
    assert (red[..., 0] - red[..., 2]).min() > 40


def test_pale_paint_is_enlivened_unless_a_palette_tells_its_colours(tiny, tmp_path):
    pale = Colorizer(make_tiny_style(tmp_path, paint="mean"), "cpu")
    page = np.full((90, 120), 255, np.uint8)
    page[40:44] = 0
    plain, fresh = (style.colorize(page, "lineart").astype(int) for style in (tiny, pale))
    assert (fresh[10, 10] >= plain[10, 10]).all() and fresh[10, 10, 0] > plain[10, 10, 0] + 10
    palette = np.full((8, 8, 3), (200, 80, 60), np.uint8)
    told = [style.colorize(page, "lineart", palette=palette) for style in (tiny, pale)]
    np.testing.assert_array_equal(*told)
    np.testing.assert_array_equal(tiny.colorize(ramp()), pale.colorize(ramp()))


def test_pictures_come_back_as_what_they_came_as(tiny):
    grey = Image.fromarray(ramp())
    assert tiny.colorize(grey).mode == "RGB"
    assert tiny.colorize(grey.convert("RGBA")).mode == "RGBA"
    assert tiny.colorize(grey.convert("1")).size == grey.size
    assert tiny.colorize(np.asarray(grey.convert("RGB"))).shape == (90, 120, 3)
    deep = Image.fromarray(ramp().astype(np.uint16) * 257)
    assert np.abs(luma_of(np.asarray(tiny.colorize(deep))) - ramp()).max() <= 1


def test_a_masked_array_is_coloured_as_its_values_are(tiny):
    colour = np.dstack([ramp(), ramp(), ramp() // 2])
    masked = np.ma.masked_greater(colour, 200)
    assert np.array_equal(tiny.colorize(masked), tiny.colorize(colour))


def test_hints_and_palettes_come_from_files_under_plain_names_too(tiny, tmp_path):
    hints, palette = tmp_path / "page.hints.json", tmp_path / "two.hex"
    hints.write_text('{"hints": [{"x": 60, "y": 45, "radius": 9, "color": "#d04030"}]}')
    palette.write_text("d04030\n008080\n")
    wished = tiny.colorize(ramp(), hints=hints, palette=palette)
    assert np.array_equal(tiny.colorize(ramp(), hints=str(hints), palette=str(palette)), wished)


@pytest.mark.reliability("R09")
@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1), (2, 3), (33, 31), (1200, 40)])
def test_every_size_comes_back_at_its_own_size(tiny, size):
    pixels = np.full(size, 128, np.uint8)
    assert tiny.colorize(pixels).shape == (*size, 3)


def test_colours_do_not_depend_on_the_resolution_of_the_scan(tiny):
    small = np.asarray(Image.fromarray(ramp(128, 96)).resize((192, 256)))
    large = np.asarray(Image.fromarray(small).resize((960, 1280), Image.Resampling.BICUBIC))
    one = np.asarray(Image.fromarray(tiny.colorize(small)).resize((96, 128), Image.Resampling.BOX))
    two = np.asarray(Image.fromarray(tiny.colorize(large)).resize((96, 128), Image.Resampling.BOX))
    assert np.abs(one.astype(int) - two).mean() < 2
    assert working_luma(large, 64).shape == working_luma(small, 64).shape == (64, 48)


@pytest.mark.parametrize(
    ("shape", "expected"),
    [((640, 220), (64, 22)), ((3000, 200), (480, 32)), ((50, 5000), (8, 768)), ((1, 9), (2, 18))],
)
def test_of_a_long_strip_the_short_side_decides_up_to_a_bound(shape, expected):
    """A webtoon, whose long side alone would leave it a few dozen pixels wide."""
    assert working_luma(np.zeros(shape, np.uint8), 64).shape == expected


def test_a_hint_in_a_long_strip_stays_where_it_is_given(tiny):
    strip = np.zeros((1000, 64), np.uint8)
    for top in range(4, 1000, 60):
        strip[top : top + 52, 6:58] = 255  # boxes with thick frames
    hint = Hint(32, 510, 4, "#ff0000")  # in the 9th of 17
    plain = tiny.colorize(strip, "lineart").astype(int)
    changed = tiny.colorize(strip, "lineart", HintSet((hint,))).astype(int) - plain
    assert changed[500:520, 12:52, 1].max() < -60  # its own box is red all over
    assert np.abs(changed[424:476]).max() < 20  # the one above is what it was


@pytest.mark.parametrize(
    ("place", "color", "unseen"),
    [
        (250, "#d02020", True),
        (3, "#d02020", True),
        (128, "#d02020", False),
        (250, "#f0f0f0", False),
    ],
)
def test_a_hint_on_white_or_black_is_told_to_show_nothing(tiny, place, color, unseen):
    """In greyscale mode: an artist would wonder why nothing happens."""
    page = np.full((60, 80), 128, np.uint8)
    page[:30] = place
    hint = Hint(40, 15, 5, color)
    greyscale = ColorRequest(Mode.GREYSCALE, HintSet((hint,)))
    colored = tiny.colorize_artwork(Artwork(page), greyscale)
    assert (UNSEEN_HINT in colored.artwork.warnings) == unseen
    lines = ColorRequest(Mode.LINEART, HintSet((hint,)))
    assert UNSEEN_HINT not in tiny.colorize_artwork(Artwork(page), lines).artwork.warnings


@pytest.mark.parametrize(
    "picture",
    [
        "page.png",
        np.zeros((4, 4)),
        np.zeros((4, 4, 2), np.uint8),
        np.zeros(0, np.uint8),
        Image.new("RGB", (0, 0)),
        Image.new("L", (0, 7)),
    ],
)
def test_what_is_no_picture_is_refused_with_a_sentence(tiny, picture):
    with pytest.raises(ColorStudioError, match="no picture"):
        tiny.colorize(picture)


def test_an_image_whose_file_is_cut_off_is_refused_with_a_sentence(tiny):
    whole = encoded(Image.fromarray(ramp()), "PNG")
    cut = io.BytesIO(whole[: len(whole) // 2])
    for given in ({"picture": Image.open(cut)}, {"picture": ramp(), "palette": Image.open(cut)}):
        with pytest.raises(ColorStudioError) as refusal:
            tiny.colorize(**given)
        assert refusal.value.failure.kind is FailureKind.DAMAGED


def test_unknown_words_are_refused_with_a_sentence(tiny):
    with pytest.raises(ColorStudioError, match="no mode"):
        tiny.colorize(ramp(), mode="sepia")
    with pytest.raises(ColorStudioError, match="no device"):
        Colorizer(tiny.style, "tpu")


def test_the_provider_in_use_is_named_with_the_reason(tiny, monkeypatch):
    # An empty list hides every graphics card, so that the fallback runs on any machine.
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    report = Colorizer(tiny.style, "cuda").provider
    assert (report.name, report.wanted) == ("CPU", "cuda")
    assert report.reason.endswith(".")
    assert Colorizer(tiny.style, "cpu").provider.reason == ""


def test_a_style_without_paint_says_so_and_keeps_the_luma(tmp_path):
    classic = Colorizer(make_tiny_style(tmp_path, full=False))
    colored = classic.colorize_artwork(Artwork(lines()), ColorRequest())
    assert classic.supports == frozenset()
    assert colored.mode is Mode.GREYSCALE
    assert colored.artwork.warnings == (NO_PAINT,)
    assert colored.changed_luma == 0
    told = ColorRequest(
        Mode.GREYSCALE, HintSet((Hint(9, 9, 5, "#ff0000"),)), np.zeros(PALETTE_SIZE, np.float32)
    )
    assert classic.colorize_artwork(Artwork(ramp()), told).artwork.warnings == (
        NO_HINTS,
        NO_PALETTE,
    )


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_a_style_that_gives_no_numbers_is_refused_by_name(tmp_path, number):
    generator = full_generator()
    for constant in generator.graph.initializer:
        values = numpy_helper.to_array(constant)
        if values.dtype == np.float32:
            spoilt = np.full_like(values, number)
            constant.CopyFrom(numpy_helper.from_array(spoilt, constant.name))
    onnx.checker.check_model(generator)
    write_style(tmp_path, generator, name="spoilt", palette_size=65)
    with pytest.raises(ColorStudioError, match="spoilt") as caught:
        Colorizer(tmp_path)
    assert caught.value.failure.kind is FailureKind.BAD_STYLE


def test_a_cancelled_picture_stops(tiny):
    source = CancelSource()
    source.cancel()
    with pytest.raises(Cancelled):
        tiny.colorize_artwork(Artwork(ramp()), ColorRequest(), source.token)


def test_a_palette_of_another_length_is_refused_with_a_sentence(tiny):
    request = ColorRequest(palette=np.zeros(3, np.float32))
    with pytest.raises(ColorStudioError, match="another kind of palette"):
        tiny.colorize_artwork(Artwork(ramp()), request)
