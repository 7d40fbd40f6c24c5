"""Text stays as it is, in bubbles, on black and on pages: told from faces, windows and dots."""

import cv2
import numpy as np
import pytest
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.core.artwork import Artwork
from colorstudio.core.bubbles import find_text_areas
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.request import ColorRequest

Page = np.ndarray
FONT = cv2.FONT_HERSHEY_DUPLEX


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Colorizer:
    return Colorizer(make_tiny_style(tmp_path_factory.mktemp("style")))


def panel() -> Page:
    page = np.full((400, 600), 255, np.uint8)
    cv2.rectangle(page, (10, 10), (590, 390), 0, 3)
    return page


def bubble(page: Page, text: str = "HELLO THERE", place: tuple[int, int] = (200, 120)) -> Page:
    x, y = place
    cv2.ellipse(page, place, (150, 75), 0, 0, 360, 0, 2, cv2.LINE_AA)
    cv2.putText(page, text, (x - 110, y - 5), FONT, 0.9, 0, 1, cv2.LINE_AA)
    cv2.putText(page, "my friend!", (x - 80, y + 30), FONT, 0.9, 0, 1, cv2.LINE_AA)
    return page


def face(page: Page) -> Page:
    cv2.circle(page, (430, 250), 90, 0, 3, cv2.LINE_AA)
    for x in (400, 460):
        cv2.circle(page, (x, 230), 9, 0, -1, cv2.LINE_AA)
    cv2.ellipse(page, (430, 290), (30, 12), 0, 0, 180, 0, 3, cv2.LINE_AA)
    cv2.line(page, (430, 245), (425, 265), 0, 2, cv2.LINE_AA)
    return page


def areas(page: Page, hints: HintSet | None = None) -> np.ndarray:
    found = find_text_areas(page, Ink.BLACK_ON_WHITE, hints or HintSet())
    return np.zeros_like(page) if found is None else found.mask


def test_a_bubble_is_found_with_its_text_and_nothing_beside_it() -> None:
    mask = areas(face(bubble(panel())))
    assert mask[120, 80] == mask[110, 120] == 255
    assert mask[300, 150] == mask[250, 430] == mask[30, 30] == 0
    inside = cv2.ellipse(np.zeros_like(mask), (200, 120), (146, 71), 0, 0, 360, 255, -1)
    assert (mask[inside > 0] == 255).mean() > 0.999


def test_one_word_and_a_caption_box_are_text_too() -> None:
    page = panel()
    cv2.rectangle(page, (40, 40), (220, 90), 0, 2)
    cv2.putText(page, "Later", (80, 75), FONT, 1.0, 0, 1, cv2.LINE_AA)
    assert areas(page)[50, 50] == 255


def test_faces_windows_studs_and_empty_areas_are_none() -> None:
    page = face(panel())
    cv2.rectangle(page, (40, 40), (200, 200), 0, 2)  # a window with its cross
    cv2.line(page, (120, 40), (120, 200), 0, 2)
    cv2.line(page, (40, 120), (200, 120), 0, 2)
    cv2.rectangle(page, (220, 40), (340, 140), 0, 2)  # a belt with studs
    for x in range(240, 330, 15):
        cv2.circle(page, (x, 90), 4, 0, -1, cv2.LINE_AA)
    assert not areas(page).any()


def test_a_blushing_face_a_pleated_skirt_a_shell_and_a_meadow_are_none() -> None:
    page = face(panel())
    for x in (370, 382, 394, 466, 478, 490):  # blush
        cv2.line(page, (x, 275), (x + 8, 263), 0, 2, cv2.LINE_AA)
    skirt = np.array([[60, 40], [160, 40], [190, 140], [30, 140]])
    cv2.polylines(page, [skirt], True, 0, 2, cv2.LINE_AA)
    for x in range(60, 165, 14):
        cv2.line(page, (x, 60), (x + (x - 110) // 5, 125), 0, 2, cv2.LINE_AA)
    cv2.ellipse(page, (250, 90), (60, 40), 0, 0, 360, 0, 2, cv2.LINE_AA)
    for x, y, side in ((220, 80, 9), (238, 70, 14), (262, 74, 8), (235, 98, 12), (265, 98, 17)):
        cv2.circle(page, (x, y), side // 2 + 2, 0, 1, cv2.LINE_AA)  # a shell's plates
    for x in range(40, 330, 40):  # blades of grass, beside a lake
        for lean in (-5, 0, 5):
            cv2.line(page, (x, 350), (x + lean, 338), 0, 2, cv2.LINE_AA)
    cv2.ellipse(page, (200, 250), (120, 40), 0, 0, 360, 0, 2, cv2.LINE_AA)
    assert not areas(page).any()


def test_a_bubble_in_a_panel_leaves_the_panel_alone() -> None:
    mask = areas(bubble(panel(), place=(200, 120)))
    page_share = (mask > 0).mean()
    assert 0.1 < page_share < 0.2 and mask[350, 500] == 0


def test_a_hint_in_a_bubble_means_that_it_is_to_be_painted() -> None:
    hints = HintSet((Hint(90, 120, 4, "#ffee00"),))
    assert not areas(bubble(panel()), hints).any()


def black_caption() -> Page:
    page = face(panel())
    cv2.rectangle(page, (40, 40), (330, 130), 0, -1)
    cv2.putText(page, "Meanwhile, at", (60, 80), FONT, 0.9, 255, 1, cv2.LINE_AA)
    cv2.putText(page, "sea", (60, 115), FONT, 0.9, 255, 1, cv2.LINE_AA)
    return page


def text_page() -> Page:
    page = np.full((700, 500), 255, np.uint8)
    for row in range(12):
        text = "It was a dark night, and the"[: 28 - row % 3 * 5]
        cv2.putText(page, text, (40, 80 + 40 * row), FONT, 0.8, 0, 2, cv2.LINE_AA)
    return page


def test_white_letters_on_black_stay_white(tiny: Colorizer) -> None:
    page = black_caption()
    painted = tiny.colorize(page, mode="lineart")
    letters = np.zeros_like(page, np.bool_)
    letters[45:125, 45:325] = page[45:125, 45:325] > 200
    assert painted[letters].min() > 200
    assert np.ptp(painted[letters], axis=1).max() == 0
    assert painted[300, 300].min() < 250
    assert not areas(page)[200:].any()


def test_a_hint_on_white_letters_means_that_they_are_to_be_painted() -> None:
    mask = areas(black_caption())
    y, x = np.argwhere(mask > 0)[0]
    hints = HintSet((Hint(float(x), float(y), 1, "#ffee00"),))
    assert not areas(black_caption(), hints)[y, x]


@pytest.mark.parametrize("flat", [0.0, 1.0])
@pytest.mark.parametrize("white", [False, True])
def test_a_page_of_text_comes_out_as_it_went_in(tiny: Colorizer, white: bool, flat: float) -> None:
    """White letters on black lay in pale paint, on which nobody could read them."""
    page = 255 - text_page() if white else text_page()
    painted = tiny.colorize(page, mode="lineart", flat=flat)
    np.testing.assert_array_equal(painted, np.repeat(page[..., None], 3, axis=2))
    assert np.ptp(tiny.colorize(page, mode="lineart", flat=flat, keep_text=False), axis=2).any()


def test_a_page_of_text_with_a_hint_or_with_a_figure_is_painted() -> None:
    assert areas(text_page()).all()
    assert not areas(text_page(), HintSet((Hint(250, 650, 4, "#ffee00"),))).any()
    page = text_page()
    cv2.circle(page, (250, 620), 60, 0, 2, cv2.LINE_AA)
    assert not areas(page).any()


def test_a_sheet_of_small_figures_is_no_text() -> None:
    chance, page = np.random.default_rng(1), np.full((500, 500), 255, np.uint8)
    for y in range(20, 480, 24):
        for x in range(20, 480, 24):
            wide, tall = (int(side) for side in chance.integers(7, 11, 2))
            cv2.ellipse(page, (x, y), (wide, tall), 0, 0, 360, 0, 2)
            cv2.line(page, (x, y - 2), (x, y + int(chance.integers(0, tall))), 0, 2)
    assert not areas(page).any()


@pytest.mark.parametrize("seed", [0, 1])
def test_noise_black_and_white_pages_end_soon(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 2, (900, 900), np.uint8) * np.uint8(255)
    for page in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
        assert not areas(page).any()


@pytest.mark.parametrize("flat", [0.0, 1.0])
def test_what_is_in_a_bubble_comes_out_as_it_went_in(tiny: Colorizer, flat: float) -> None:
    page = bubble(panel())
    request = ColorRequest(Mode.LINEART, flat=flat)
    painted = tiny.colorize_artwork(Artwork(page), request).artwork.pixels
    inner = cv2.ellipse(np.zeros_like(page), (200, 120), (140, 65), 0, 0, 360, 255, -1) > 0
    np.testing.assert_array_equal(painted[inner], np.repeat(page[inner][:, None], 3, axis=1))
    assert painted[300, 300].min() < 250  # the ground is painted
    plain = tiny.colorize(page, mode="lineart", flat=flat, keep_text=False)
    assert plain[inner].mean() < 240
