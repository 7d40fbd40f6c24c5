"""The canvas: zoom, place, the divider, and that 100 % shows the picture's own pixels."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from window_support import turn_wheel

from colorstudio.ui.canvas import Canvas, CanvasView
from colorstudio.ui.canvas_panel import CanvasPanel
from colorstudio.ui.pictures import pyramid_of
from colorstudio.ui.viewport import MOST_ZOOM, Viewport

GREY, RED = 90, (200, 30, 30)


@pytest.fixture
def canvas(qtbot):
    """A canvas of 600 × 400 with a grey original of 300 × 200 and a red coloured version."""
    made = Canvas()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.show()
    made.show_original(pyramid_of(np.full((200, 300), GREY, np.uint8)))
    made.show_colored(pyramid_of(np.full((200, 300, 3), RED, np.uint8)))
    return made


def shown(canvas: Canvas) -> QImage:
    return canvas.grab().toImage()


def color_at(canvas: Canvas, x: int, y: int) -> tuple[int, int, int]:
    color = QColor(shown(canvas).pixelColor(x, y))
    return color.red(), color.green(), color.blue()


# --- the viewport, without a window ------------------------------------------------------------


def test_a_fitted_picture_is_whole_and_centred():
    view = Viewport.fit(1000, 500, 800, 800)
    assert view.scale == pytest.approx(0.768)
    left, top = view.to_canvas(0, 0)
    right, bottom = view.to_canvas(1000, 500)
    assert left == pytest.approx(800 - right, abs=1) and top == pytest.approx(800 - bottom, abs=1)


def test_zoom_keeps_the_spot_under_the_cursor():
    view = Viewport.fit(1000, 500, 800, 800)
    spot = view.to_picture(300, 420)
    for factor in (1.7, 1.7, 0.4):
        view = view.zoomed(factor, 300, 420)
        assert view.to_picture(300, 420) == pytest.approx(spot)


def test_zoom_has_bounds_and_the_picture_stays_in_sight():
    view = Viewport.fit(1000, 500, 800, 800).zoomed(1e9, 0, 0)
    assert view.scale == MOST_ZOOM
    view = Viewport.fit(1000, 500, 800, 800).zoomed(1e-9, 0, 0)
    assert 0 < view.scale * 1000 <= 48
    far = Viewport.fit(1000, 500, 800, 800).moved(1e9, -1e9)
    assert 0 <= far.left < 800 and far.top + far.height * far.scale > 0


def test_only_a_fitted_picture_follows_the_size_of_the_canvas():
    view = Viewport.fit(1000, 500, 800, 800)
    assert view.resized(400, 400).scale == pytest.approx(view.scale / 2)
    assert view.at_scale(1.0).resized(400, 400).scale == 1.0


@pytest.mark.parametrize("size", [(1, 1), (1, 9000), (9000, 1), (4960, 7016)])
def test_any_picture_fits_any_canvas(size):
    view = Viewport.fit(*size, 320, 240)
    assert view.scale > 0
    assert view.width * view.scale <= 320 and view.height * view.scale <= 240


# --- pyramids ----------------------------------------------------------------------------------


def test_a_pyramid_has_enough_pixels_for_any_zoom():
    pyramid = pyramid_of(np.zeros((1600, 2400), np.uint8))
    assert [level.width() for level in pyramid.levels] == [2400, 1200, 600, 300]
    assert pyramid.level_for(1.0).width() == 2400
    assert pyramid.level_for(0.6).width() == 2400
    assert pyramid.level_for(0.5).width() == 1200
    assert pyramid.level_for(0.01).width() == 300


def test_colours_multiplied_by_alpha_are_what_qt_expects():
    pixels = np.full((4, 4, 3), (200, 100, 50), np.uint8)
    pyramid = pyramid_of(pixels, np.full((4, 4), 128, np.uint8))
    assert pyramid.has_alpha
    color = pyramid.levels[0].pixelColor(1, 1)
    assert color.alpha() == 128
    assert abs(color.red() - 200) <= 1 and abs(color.blue() - 50) <= 1


# --- the canvas --------------------------------------------------------------------------------


def test_the_original_lies_left_of_the_divider_and_the_coloured_right(canvas):
    assert canvas.view is CanvasView.DIVIDER
    assert color_at(canvas, 150, 300) == (GREY,) * 3
    assert color_at(canvas, 450, 300) == RED


def test_the_divider_can_be_dragged(canvas):
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(300, 350))
    QTest.mouseMove(canvas, QPoint(400, 350))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(400, 350))
    assert color_at(canvas, 380, 350) == (GREY,) * 3
    assert color_at(canvas, 420, 350) == RED
    assert canvas.viewport_now.fitted, "the picture itself must not move"


def test_each_view_shows_what_it_says(canvas):
    canvas.set_view(CanvasView.ORIGINAL)
    assert color_at(canvas, 450, 300) == (GREY,) * 3
    canvas.set_view(CanvasView.COLORED)
    assert color_at(canvas, 150, 300) == RED


def test_at_100_percent_every_pixel_is_the_pictures_own(qtbot):
    noise = np.random.default_rng(7).integers(0, 256, (300, 500, 3), np.uint8)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(601, 403)
    canvas.show()
    canvas.show_original(pyramid_of(noise))
    canvas.show_true_pixels()
    view, ratio = canvas.viewport_now, canvas.devicePixelRatioF()
    assert view.scale == 1.0
    image = shown(canvas).convertToFormat(QImage.Format.Format_RGB888)
    assert image.devicePixelRatioF() == ratio
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3)
    left, top = int(view.left), int(view.top)
    seen = pixels[top : top + 300, left : left + 500]
    assert np.array_equal(seen, noise[: seen.shape[0], : seen.shape[1]])


def test_the_wheel_zooms_at_the_cursor(canvas):
    place = QPoint(200, 150)
    before = canvas.viewport_now.to_picture(200, 150)
    turn_wheel(canvas, place, 3)
    assert canvas.viewport_now.scale > Viewport.fit(300, 200, 600, 400).scale * 1.5
    assert canvas.viewport_now.to_picture(200, 150) == pytest.approx(before)


@pytest.mark.parametrize("way", ["middle", "space"])
def test_space_or_the_middle_button_pans(canvas, way):
    canvas.show_true_pixels()
    before = canvas.viewport_now
    button = Qt.MouseButton.MiddleButton if way == "middle" else Qt.MouseButton.LeftButton
    if way == "space":
        QTest.keyPress(canvas, Qt.Key.Key_Space)
    QTest.mousePress(canvas, button, pos=QPoint(300, 200))
    QTest.mouseMove(canvas, QPoint(340, 170))
    QTest.mouseRelease(canvas, button, pos=QPoint(340, 170))
    QTest.keyRelease(canvas, Qt.Key.Key_Space)
    after = canvas.viewport_now
    assert (after.left - before.left, after.top - before.top) == (40, -30)


def test_home_fits_again(canvas):
    turn_wheel(canvas, QPoint(10, 10), 8)
    assert not canvas.viewport_now.fitted
    QTest.keyClick(canvas, Qt.Key.Key_Home)
    assert canvas.viewport_now == Viewport.fit(300, 200, 600, 400)


def test_a_double_click_goes_to_true_pixels_and_back(canvas):
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.viewport_now.scale == 1.0
    QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    assert canvas.viewport_now.fitted


def test_transparent_paper_is_shown_light(qtbot):
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(400, 400)
    ink = np.zeros((100, 100), np.uint8)
    canvas.show_original(pyramid_of(ink, alpha=np.zeros((100, 100), np.uint8)))
    assert min(color_at(canvas, 200, 200)) > 220


def test_a_sentence_stands_where_a_picture_cannot_be_shown(canvas):
    empty = Canvas()
    empty.resize(600, 400)
    empty.show_sentence("")
    canvas.show_sentence("This file is damaged.")
    assert not canvas.has_picture and canvas.viewport_now is None
    assert shown(canvas) != shown(empty)


def test_keys_1_2_3_and_ctrl_1_work_in_the_panel(qtbot):
    panel = CanvasPanel()
    qtbot.addWidget(panel)
    panel.resize(700, 500)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.canvas.show_original(pyramid_of(np.zeros((50, 80), np.uint8)))
    for key, view in (("1", CanvasView.COLORED), ("3", CanvasView.ORIGINAL),
                      ("2", CanvasView.DIVIDER)):  # fmt: skip
        QTest.keyClick(panel.canvas, key)
        assert (panel.canvas.view, panel.views.value) == (view, view)
    QTest.keyClick(panel.canvas, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert panel.canvas.viewport_now.scale == 1.0


@pytest.mark.usefixtures("without_old_garbage")
def test_a_35_megapixel_page_is_painted_within_a_blink(qtbot):
    page = np.random.default_rng(1).integers(0, 256, (7016, 4960), np.uint8)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(1200, 900)
    canvas.show_original(pyramid_of(page))
    worst = 0.0
    for _ in range(12):
        turn_wheel(canvas, QPoint(600, 450), 2)
        worst = max(worst, _seconds_to_paint(canvas))
    assert worst < 0.25, "far from what a repaint of the whole page takes"


def _seconds_to_paint(canvas: Canvas) -> float:
    import time

    started = time.thread_time()
    canvas.repaint()
    return time.thread_time() - started
