"""Luma and chroma, modes, upsampling and recomposition: the promises made to the artist."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from colorstudio.core import yuv
from colorstudio.core.artwork import Artwork
from colorstudio.core.guided import GuidedUpsampler
from colorstudio.core.mode import Ink, Mode, luma_on_white, read_mode
from colorstudio.core.palette import BINS, PALETTE_SIZE, TONES, palette_of
from colorstudio.core.recompose import recompose_greyscale, recompose_line_art, rgb_planes
from colorstudio.core.yuv import chroma_of, luma_of


def noise(*shape: int, seed: int = 1) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random(shape, dtype=np.float32)


def line_page(height: int = 300, width: int = 200) -> NDArray[np.uint8]:
    """A white page with a box and a diagonal, anti-aliased by averaging."""
    page = np.full((height * 2, width * 2), 255, np.uint8)
    page[80:520, 60:68] = page[80:520, 330:338] = 0
    page[80:88, 60:338] = page[512:520, 60:338] = 0
    for i in range(60, 330):
        page[i + 100 : i + 107, i : i + 3] = 0
    return page.reshape(height, 2, width, 2).mean(axis=(1, 3)).astype(np.uint8)


def shaded_page(height: int = 300, width: int = 200) -> NDArray[np.uint8]:
    ramp = np.linspace(20, 240, width).astype(np.uint8)
    return np.repeat(ramp[None], height, axis=0)


# YUV


def test_the_matrices_are_those_of_the_standard_and_inverse_to_each_other():
    assert yuv.YUV_FROM_RGB[1] == pytest.approx([-0.14714119, -0.28886916, 0.43601035], abs=1e-7)
    assert yuv.YUV_FROM_RGB[2] == pytest.approx([0.61497538, -0.51496512, -0.10001026], abs=1e-7)
    assert pytest.approx(np.eye(3), abs=1e-12) == yuv.YUV_FROM_RGB @ yuv.RGB_FROM_YUV


def test_functions_agree_with_the_matrices():
    rgb = noise(50, 3)
    luma, u, v = yuv.YUV_FROM_RGB @ rgb.T.astype(np.float64)
    chroma = chroma_of(rgb)
    assert luma_of(rgb) == pytest.approx(luma, abs=1e-6)
    assert chroma[:, 0] * yuv.U_MAX == pytest.approx(u, abs=1e-6)
    assert chroma[:, 1] * yuv.V_MAX == pytest.approx(v, abs=1e-6)
    back = np.stack([luma + offset for offset in yuv.offsets_of(chroma[:, 0], chroma[:, 1])], -1)
    assert back == pytest.approx(rgb, abs=1e-5)


def test_normalised_chroma_fills_its_range_and_no_more():
    corners = np.array([[r, g, b] for r in (0, 1) for g in (0, 1) for b in (0, 1)], np.float32)
    chroma = chroma_of(corners)
    assert chroma.min() == pytest.approx(-1, abs=1e-6)
    assert chroma.max() == pytest.approx(1, abs=1e-6)


# Gamut and luma


def test_colour_outside_the_gamut_turns_paler_and_never_changes_luma():
    luma = noise(4000)
    u, v = noise(4000, seed=2) * 2 - 1, noise(4000, seed=3) * 2 - 1
    rgb = np.stack(rgb_planes(luma, u, v), axis=-1)
    assert rgb.min() > -1e-5 and rgb.max() < 1 + 1e-5
    assert luma_of(rgb) == pytest.approx(luma, abs=1e-5)
    hue = chroma_of(rgb)
    assert hue[:, 0] * v == pytest.approx(hue[:, 1] * u, abs=1e-4)  # direction kept


def test_colour_inside_the_gamut_is_kept():
    rgb = noise(1000, 3)
    chroma = chroma_of(rgb)
    back = np.stack(rgb_planes(luma_of(rgb), chroma[:, 0], chroma[:, 1]), axis=-1)
    assert back == pytest.approx(rgb, abs=1e-4)


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (1250, 930)])
def test_greyscale_keeps_the_luma_of_every_pixel_at_any_size(size):
    pixels = (noise(*size) * 255).astype(np.uint8)
    planes = noise(2, 16, 16, seed=5) * 2 - 1
    upsampler = GuidedUpsampler(planes, noise(16, 16, seed=6), size)
    coloured, changed = recompose_greyscale(pixels, upsampler)
    luma = coloured.astype(np.float64) @ [yuv.RED, yuv.GREEN, yuv.BLUE]
    assert changed == 0
    assert np.abs(luma - pixels).max() <= 1
    assert coloured.shape == (*size, 3)


def test_strips_of_a_large_page_join_without_a_seam():
    size = (2200, 1500)
    smooth = np.linspace(-0.5, 0.5, 64, dtype=np.float32)[:, None].repeat(44, axis=1)
    upsampler = GuidedUpsampler(smooth[None], np.full((64, 44), 0.5, np.float32), size)
    strips = list(upsampler.strips())
    luma = np.full(size, 0.5, np.float32)
    whole = np.vstack([upsampler.planes(s, luma[s.rows])[0] for s in strips])
    assert len(strips) > 5
    assert whole.shape == size
    assert np.abs(np.diff(whole[:, 700])).max() < 3 / 2200


def test_colour_stops_where_luma_steps():
    guide = np.full((20, 20), 0.2, np.float32)
    guide[:, 10:] = 0.8
    red_left = np.zeros((1, 20, 20), np.float32)
    red_left[:, :, :10] = 1
    blurred = red_left.copy()
    blurred[:, :, 9:11] = 0.5  # what a half-resolution network would give
    upsampler = GuidedUpsampler(blurred, guide, (200, 200))
    luma = guide.repeat(10, axis=0).repeat(10, axis=1)
    rows = np.vstack([upsampler.planes(s, luma[s.rows])[0] for s in upsampler.strips()])
    assert rows[100, 99] - rows[100, 100] > 0.3  # plain bilinear resizing: 0.05 a pixel
    assert rows[100, 50] == pytest.approx(1, abs=0.02)
    assert rows[100, 150] == pytest.approx(0, abs=0.02)


# Modes


@pytest.mark.parametrize("scale", [1, 3])
def test_line_art_is_told_from_shaded_pages_at_any_resolution(scale):
    lines = np.kron(line_page(), np.ones((scale, scale), np.uint8))
    shaded = np.kron(shaded_page(), np.ones((scale, scale), np.uint8))
    assert read_mode(Artwork(lines)).mode is Mode.LINEART
    assert read_mode(Artwork(lines)).ink is Ink.BLACK_ON_WHITE
    assert read_mode(Artwork(shaded)).mode is Mode.GREYSCALE


@pytest.mark.parametrize("scale", [2, 8, 16])
def test_soft_lines_are_line_art_however_large_the_scan_is(scale):
    """The rims of soft lines, enlarged, are so wide that next to each pixel they are flat."""
    soft = cv2.GaussianBlur(line_page(), (0, 0), 1.5)
    large = (soft.shape[1] * scale, soft.shape[0] * scale)
    scan = np.asarray(cv2.resize(soft, large, interpolation=cv2.INTER_CUBIC), np.uint8)
    assert read_mode(Artwork(scan)).mode is Mode.LINEART


def test_white_lines_on_black_are_line_art():
    reading = read_mode(Artwork(255 - line_page()))
    assert (reading.mode, reading.ink) == (Mode.LINEART, Ink.WHITE_ON_BLACK)


@pytest.mark.reliability("R06")
def test_black_lines_on_transparency_are_line_art():
    lines = line_page()
    reading = read_mode(Artwork(np.zeros_like(lines), 255 - lines))
    assert (reading.mode, reading.ink) == (Mode.LINEART, Ink.BLACK_ON_TRANSPARENCY)


def test_heavy_black_areas_do_not_turn_a_page_into_white_lines_on_black():
    noir = line_page()
    noir[:, 40:] = 0
    noir[200:280, 90:180] = 255
    assert (noir < 64).mean() > 0.6
    assert read_mode(Artwork(noir)).ink is Ink.BLACK_ON_WHITE


@pytest.mark.parametrize("columns", [80, 110])
def test_a_page_half_black_is_line_art(columns):
    """Neither black nor white is most of it; in greyscale it would have stayed without a colour."""
    page = line_page()
    page[:, :columns] = 0
    assert max((page < 64).mean(), (page >= 216).mean()) < 0.6
    reading = read_mode(Artwork(page))
    assert (reading.mode, reading.ink) == (Mode.LINEART, Ink.BLACK_ON_WHITE)


def test_grey_pencil_on_transparency_gets_paper_under_its_paint():
    lines = line_page()
    pencil = Artwork(np.full_like(lines, 90), ((255 - lines) * 0.9).astype(np.uint8))
    assert read_mode(pencil).ink is Ink.BLACK_ON_TRANSPARENCY
    sticker = Artwork(lines, np.full_like(lines, 255))
    assert read_mode(sticker).ink is Ink.BLACK_ON_WHITE


@pytest.mark.parametrize("color", [0, 250])
def test_soft_lines_alone_on_transparency_are_line_art(color):
    """Neither black nor white takes a colour in greyscale: such a layer came out as it was."""
    strokes = cv2.dilate(255 - line_page(), np.ones((11, 11), np.uint8))
    soft = np.asarray(cv2.GaussianBlur(strokes, (0, 0), 8), np.uint8)
    assert soft.max() < 240
    reading = read_mode(Artwork(np.full_like(soft, color), soft))
    assert reading.mode is Mode.LINEART
    assert reading.ink is (Ink.WHITE_ON_BLACK if color else Ink.BLACK_ON_TRANSPARENCY)


def test_white_with_anything_else_on_transparency_is_not_white_lines():
    alpha = 255 - line_page()
    alpha[50:120, 50:120] = 255
    sticker = np.full_like(alpha, 255)
    sticker[60:110, 60:110] = 120
    assert not read_mode(Artwork(sticker, alpha)).white_in_alpha
    yellow = np.broadcast_to(np.uint8([255, 240, 90]), (*alpha.shape, 3))
    assert not read_mode(Artwork(yellow, 255 - line_page())).white_in_alpha


def test_one_bit_lines_are_line_art_and_empty_pages_are_not():
    bits = np.where(line_page() < 128, 0, 255).astype(np.uint8)
    assert read_mode(Artwork(bits)).mode is Mode.LINEART
    assert read_mode(Artwork(np.full((50, 50), 255, np.uint8))).mode is Mode.GREYSCALE
    assert read_mode(Artwork(np.zeros((50, 50), np.uint8))).mode is Mode.GREYSCALE


def test_a_shape_on_transparency_is_seen_on_white_paper():
    grey = np.full((2, 2), 100, np.uint8)
    alpha = np.array([[0, 255], [128, 255]], np.uint8)
    assert luma_on_white(Artwork(grey, alpha)).tolist() == [[255, 100], [177, 100]]


# Paint under lines


def painted_page(ink: Ink, page: NDArray[np.uint8]) -> NDArray[np.uint8]:
    planes = np.stack([np.full((30, 20), value, np.float32) for value in (-0.3, 0.4, 0.6)])
    guide = np.full((30, 20), 1.0, np.float32)
    return recompose_line_art(page, GuidedUpsampler(planes, guide, page.shape), ink)


def test_paint_covers_white_paper_and_black_lines_stay_black():
    page = line_page()
    coloured = painted_page(Ink.BLACK_ON_WHITE, page)
    paper, ink = coloured[page == 255], coloured[page == 0]
    assert ink.max() == 0
    assert (paper.max(axis=1).astype(int) - paper.min(axis=1)).min() > 40
    assert luma_of(paper / 255) == pytest.approx(0.6, abs=0.005)


def test_white_lines_stay_white_over_paint():
    page = 255 - line_page()
    coloured = painted_page(Ink.WHITE_ON_BLACK, page)
    assert coloured[page == 255].min() == 255
    assert luma_of(coloured[page == 0] / 255) == pytest.approx(0.6, abs=0.005)


def test_soft_white_lines_have_no_dark_rim():
    """Paint is dark along lines: black ones hide that, and white ones would lie in a shadow."""
    lines = np.asarray(cv2.GaussianBlur(line_page(), (0, 0), 2), np.uint8)
    small = cv2.resize(lines, (100, 150), interpolation=cv2.INTER_AREA) / np.float32(255)
    planes = np.stack([np.zeros_like(small), np.zeros_like(small), 0.6 * small])
    upsampler = GuidedUpsampler(planes, small, lines.shape)
    coloured = recompose_line_art(255 - lines, upsampler, Ink.WHITE_ON_BLACK)
    assert coloured.min() >= 0.57 * 255


# Palettes


def test_a_palette_holds_the_shares_of_a_pictures_colours():
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[:, :20] = (200, 40, 40)
    picture[:, 20:] = (40, 40, 200)
    palette = palette_of(picture)
    assert palette.shape == (PALETTE_SIZE,)
    assert palette[-1] == 1
    shares, tones = palette[: BINS * BINS], palette[BINS * BINS : -1].reshape(TONES, 3)
    assert shares[shares > 0] == pytest.approx([0.5**0.5, 0.5**0.5])
    assert (tones[:, 2] ** 2).sum() == pytest.approx(1, abs=1e-4)
    for rgb in ((200, 40, 40), (40, 40, 200)):
        colour = np.array(rgb, np.float32) / 255
        tone = tones[round(float(luma_of(colour)) * (TONES - 1))]
        assert tone[:2] == pytest.approx(chroma_of(colour), abs=1e-5)
