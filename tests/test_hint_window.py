"""Hints placed by hand in the real window: what is drawn, coloured, undone and written."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QInputDevice,
    QKeyEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tiny_style import make_tiny_style
from window_support import LONG, draw_line_art, draw_shades, open_and_wait

from colorstudio.core.hints import Hint, HintSet, hints_path, load_hints
from colorstudio.core.mode import Mode
from colorstudio.ui.canvas import CanvasView
from colorstudio.ui.color_choice import color_of_text
from colorstudio.ui.hint_hand import Tool
from colorstudio.ui.spot_popup import SpotPopup

GREEN = "#20c050"
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shades(window, qtbot, tmp_path):
    """A greyscale page in view, coloured without a divider."""
    page = draw_shades(tmp_path / "shades.png")
    open_and_wait(window, qtbot, page, waiting=1)
    window.canvas_panel.canvas.set_view(CanvasView.COLORED)
    return page


def place_of(canvas, x, y):
    """Where a pixel of the picture is, in the canvas."""
    at = canvas.viewport_now.to_canvas(x + 0.5, y + 0.5)
    return QPoint(*(round(part / canvas.devicePixelRatioF()) for part in at))


def click(canvas, x, y, keys=Qt.KeyboardModifier.NoModifier):
    QTest.mouseClick(canvas, LEFT, keys, place_of(canvas, x, y))


def drag(canvas, *spots):
    QTest.mousePress(canvas, LEFT, pos=place_of(canvas, *spots[0]))
    for spot in spots[1:]:
        QTest.mouseMove(canvas, place_of(canvas, *spot))
    QTest.mouseRelease(canvas, LEFT, pos=place_of(canvas, *spots[-1]))


def colored(window, qtbot, act):
    """Do something and wait for the picture that comes of it; gives its pixels (H, W, 3)."""
    replies = []
    window.studio.preview.replied.connect(replies.append)
    act()
    qtbot.waitUntil(lambda: any(reply.last for reply in replies), timeout=LONG)
    assert replies[-1].failure is None
    plane = replies[-1].colored.planes[0]
    return plane[..., 2::-1].astype(int)


def test_a_dot_colours_its_place_and_is_beside_the_picture_on_disk(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    before = colored(window, qtbot, lambda: window.studio.set_mode(Mode.GREYSCALE))
    QTest.keyClick(canvas, Qt.Key.Key_D)
    window.hint_wiring.bar.color_wanted.emit(GREEN)
    after = colored(window, qtbot, lambda: click(canvas, 60, 40))
    assert after[40, 60, 1] > after[40, 60, 0] + 30
    assert abs(after[40, 60] - before[40, 60]).max() > 20
    qtbot.waitUntil(hints_path(shades).is_file, timeout=LONG)
    (hint,) = load_hints(hints_path(shades)).hints
    assert hint.color == GREEN and abs(hint.x - 60) <= 1 and abs(hint.y - 40) <= 1


def test_everything_can_be_undone_and_done_again(window, qtbot, shades):
    canvas, easel = window.canvas_panel.canvas, window.easel
    canvas.set_tool(Tool.BRUSH)
    drag(canvas, (10, 20), (60, 20), (100, 20))
    stroke = easel.hints
    assert len(stroke.hints) > 2
    canvas.set_tool(Tool.HAND)
    drag(canvas, (60, 20), (60, 50))
    assert {round(hint.y) for hint in easel.hints.hints} == {50}
    window.tools.modes.button(Mode.LINEART).click()
    QTest.keyClick(canvas, Qt.Key.Key_Delete)
    assert not easel.hints
    wishes = []
    for _ in range(4):
        wishes.append(window.studio.wishes.mode)
        window.hint_wiring.undo.trigger()
    assert wishes[0] is Mode.LINEART and window.studio.wishes.mode is None
    assert not easel.hints and not window.hint_wiring.undo.isEnabled()
    assert window.tools.modes.value is None
    window.hint_wiring.redo.trigger()
    assert easel.hints == stroke
    assert canvas.hand.hints == stroke


def test_all_hints_of_a_page_can_be_removed_at_once_and_come_back(window, qtbot, shades):
    action = window.habits.menus.actions["no-hints"]
    assert not action.isEnabled()
    hints = HintSet((Hint(30, 30, 8, GREEN), Hint(80, 60, 8, "#d04030")))
    window.studio.set_hints(shades, hints)
    assert action.isEnabled()
    action.trigger()
    assert not window.easel.hints and not action.isEnabled()
    qtbot.waitUntil(lambda: not hints_path(shades).exists(), timeout=LONG)
    window.hint_wiring.undo.trigger()
    assert window.easel.hints == hints
    qtbot.waitUntil(lambda: hints_path(shades).exists(), timeout=LONG)


def test_each_page_has_an_undo_of_its_own(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    click(canvas, 30, 30)
    first = window.easel.hints
    colored(window, qtbot, lambda: window.studio.show_picture(pages / "page 2.png"))
    assert not window.easel.hints and not window.hint_wiring.undo.isEnabled()
    click(canvas, 80, 50)
    window.hint_wiring.undo.trigger()
    assert not window.easel.hints
    colored(window, qtbot, lambda: window.studio.show_picture(pages / "page 1.png"))
    assert canvas.hand.hints == first == window.easel.hints


def test_what_is_drawn_while_another_page_is_read_is_drawn_on_the_page_in_view(
    window, qtbot, tmp_path
):
    one, two = (draw_shades(tmp_path / name) for name in ("one.png", "two.png"))
    own = HintSet((Hint(5, 5, 3, GREEN), Hint(9, 60, 3, GREEN)))
    hints_path(two).write_text(own.to_json())
    open_and_wait(window, qtbot, tmp_path, waiting=2)
    canvas = window.canvas_panel.canvas
    canvas.set_view(CanvasView.COLORED)
    canvas.set_tool(Tool.DOT)
    click(canvas, 30, 30)
    replies = []
    window.studio.preview.replied.connect(replies.append)
    window.studio.show_picture(two)
    click(canvas, 80, 50)  # the first page still lies there
    qtbot.waitUntil(lambda: any(r.path == two and r.last for r in replies), timeout=LONG)
    done = []
    window.studio.hints.when_saved(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert [round(hint.x) for hint in load_hints(hints_path(one)).hints] == [30, 80]
    assert load_hints(hints_path(two)) == own == window.easel.hints == canvas.hand.hints
    assert not window.hint_wiring.undo.isEnabled(), "nothing was done to the second page"


def test_a_page_that_is_asked_for_again_keeps_its_hints(window, qtbot, shades):
    hints_path(shades).write_text(HintSet((Hint(20, 20, 4, GREEN),)).to_json())
    colored(window, qtbot, lambda: window.studio.show_picture(shades))
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    window.studio.show_picture(shades)  # a click on its row in the queue
    click(canvas, 80, 50)
    assert [round(hint.x) for hint in window.easel.hints.hints] == [20, 80]
    window.hint_wiring.undo.trigger()
    assert [round(hint.x) for hint in window.easel.hints.hints] == [20]


def test_the_other_end_of_a_pen_erases_and_a_mouse_after_it_paints(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    for x in (30, 90):
        click(canvas, x, 40)
    kinds = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Eraser
    pen = QPointingDevice("pen", 7, *kinds, QInputDevice.Capability.Position, 1, 1)
    down, up = QEvent.Type.TabletPress, QEvent.Type.TabletRelease
    at, none = QPointF(place_of(canvas, 30, 40)), Qt.MouseButton.NoButton
    for kind, buttons in ((down, LEFT), (up, none)):
        there = QPointF(canvas.mapToGlobal(at.toPoint()))
        keys = Qt.KeyboardModifier.NoModifier
        event = QTabletEvent(kind, pen, at, there, 1.0, 0, 0, 0, 0, 0, keys, LEFT, buttons)
        QApplication.sendEvent(canvas, event)
        if kind == down:  # as Qt sends a pen that nobody took
            QTest.mousePress(canvas, LEFT, pos=at.toPoint())
    QTest.mouseRelease(canvas, LEFT, pos=at.toPoint())
    assert [round(hint.x) for hint in window.easel.hints.hints] == [90]
    assert canvas.hand.tool is Tool.DOT
    canvas.set_tool(Tool.BRUSH)
    drag(canvas, (84, 20), (90, 40), (96, 60))
    assert len(window.easel.hints.hints) > 2, "painted, not erased"


def test_escape_gives_up_the_stroke_before_it_stops_a_batch(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.BRUSH)

    def takes_escape() -> bool:
        keys = Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.ShortcutOverride, *keys)
        event.ignore()
        QApplication.sendEvent(canvas, event)
        return event.isAccepted()

    assert not takes_escape(), "the window's own"
    QTest.mousePress(canvas, LEFT, pos=place_of(canvas, 30, 40))
    assert takes_escape()
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.mouseRelease(canvas, LEFT, pos=place_of(canvas, 60, 40))
    assert not window.easel.hints and not takes_escape()


def test_the_eraser_removes_what_it_goes_over(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    for x in (20, 60, 100):
        click(canvas, x, 40)
    QTest.keyClick(canvas, Qt.Key.Key_E)
    drag(canvas, (40, 40), (75, 40))
    assert [round(hint.x) for hint in window.easel.hints.hints] == [20, 100]


def test_ctrl_click_and_the_picker_take_the_colour_that_is_seen(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    seen = canvas.color_at(QPointF(place_of(canvas, 33, 44))).color
    click(canvas, 33, 44, Qt.KeyboardModifier.ControlModifier)
    assert window.easel.color == seen == window.hint_wiring.bar.hex_field.text()
    assert not window.easel.hints
    canvas.set_view(CanvasView.ORIGINAL)
    QTest.keyClick(canvas, Qt.Key.Key_I)
    click(canvas, 33, 44)
    red, green, blue = bytes.fromhex(window.easel.color[1:])
    assert red == green == blue != bytes.fromhex(seen[1:])[0]
    assert canvas.hand.tool is Tool.DOT, "a picked colour is there to be painted with"


def test_a_chosen_hint_takes_the_colour_that_is_typed(window, qtbot, shades):
    canvas, field = window.canvas_panel.canvas, window.hint_wiring.bar.hex_field
    canvas.set_tool(Tool.DOT)
    click(canvas, 60, 40)
    click(canvas, 60, 40)
    assert len(window.easel.hints.hints) == 1
    field.setText("20C050")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.easel.hints.hints[0].color == GREEN
    field.setText("no colour")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == GREEN
    assert window.easel.recent[0] == GREEN


def test_brackets_change_the_brush_and_its_slider(window, qtbot, shades):
    canvas, bar = window.canvas_panel.canvas, window.hint_wiring.bar
    before = canvas.hand.radius
    QTest.keyClicks(canvas, "]]]")
    assert canvas.hand.radius > before
    larger = bar.size_slider.value()
    QTest.keyClicks(canvas, "[[[[")
    assert canvas.hand.radius < before and bar.size_slider.value() < larger
    bar.size_slider.setValue(50)
    assert canvas.hand.radius == pytest.approx(20)


@pytest.mark.parametrize("key", [Qt.Key.Key_O, Qt.Key.Key_QuoteLeft])
def test_a_held_key_shows_the_original(window, qtbot, shades, key):
    canvas = window.canvas_panel.canvas
    place = QPointF(place_of(canvas, 60, 40))
    before = canvas.color_at(place)
    QTest.keyPress(canvas, key)
    peeked = canvas.color_at(place).color
    assert len(set(bytes.fromhex(peeked[1:]))) == 1, "the original is grey"
    assert window.canvas_panel.views.value is CanvasView.COLORED
    QTest.keyRelease(canvas, key)
    assert canvas.color_at(place) == before


def test_the_pixel_under_the_cursor_is_told(window, qtbot, shades):
    panel = window.canvas_panel
    QTest.mouseMove(panel.canvas, place_of(panel.canvas, 60, 40))
    assert (
        panel.pixel.text() == panel.canvas.color_at(QPointF(place_of(panel.canvas, 60, 40))).color
    )
    QTest.mouseMove(panel.canvas, QPoint(2, 2))
    assert panel.pixel.text() == ""


def test_pinching_zooms_at_the_fingers(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    place, before = QPointF(200, 150), canvas.viewport_now
    spot = before.to_picture(200, 150)
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
        place, place, place, 0.25, QPointF(),
    )  # fmt: skip
    assert isinstance(pinch.device(), QInputDevice)
    QApplication.sendEvent(canvas, pinch)
    assert canvas.viewport_now.scale == pytest.approx(before.scale * 1.25)
    assert canvas.viewport_now.to_picture(200, 150) == pytest.approx(spot)


def test_hints_are_seen_on_white_and_on_black_and_can_be_hidden(window, qtbot, tmp_path):
    page = draw_line_art(tmp_path / "page.png")
    open_and_wait(window, qtbot, page, waiting=1)
    canvas = window.canvas_panel.canvas
    canvas.set_view(CanvasView.ORIGINAL)
    canvas.set_tool(Tool.DOT)
    window.easel.set_color("#ffffff")
    click(canvas, 110, 8)
    canvas.set_tool(Tool.HAND)
    place = place_of(canvas, 110, 8)

    def shades_around():
        image = canvas.grab().toImage()
        return {image.pixelColor(place.x() + d, place.y()).lightness() // 32 for d in range(-9, 9)}

    assert {0, 7} & shades_around() == {7} or len(shades_around()) >= 2
    assert len(shades_around()) >= 2, "a white hint on white paper has a dark rim"
    QTest.keyClick(canvas, Qt.Key.Key_M)
    assert len(shades_around()) == 1
    assert not window.hint_wiring.bar.marks_button.isChecked()


def test_a_style_without_hints_greys_the_tools_out(window, qtbot, shades, home):
    make_tiny_style(home / "styles" / "plain", name="Plain", full=False)
    window.canvas_panel.canvas.set_tool(Tool.DOT)
    window.studio.set_style("Plain")
    bar = window.hint_wiring.bar
    qtbot.waitUntil(lambda: not bar.tools.button(Tool.DOT).isEnabled(), timeout=LONG)
    assert window.canvas_panel.canvas.hand.tool is Tool.HAND
    assert "no hints" in bar.tools.button(Tool.DOT).toolTip()
    click(window.canvas_panel.canvas, 60, 40)
    assert not window.easel.hints


def test_the_menu_at_the_cursor_offers_colours_and_places_a_dot(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    here = canvas.color_at(QPointF(place_of(canvas, 60, 40)))
    popup = window.hint_wiring.open_colors(here, canvas.mapToGlobal(place_of(canvas, 60, 40)))
    fitting = popup.rows["For this spot"]
    assert 1 <= len(fitting.colors) <= 8 and len(set(fitting.colors)) == len(fitting.colors)
    there = np.array(list(bytes.fromhex(fitting.colors[0][1:])))
    assert abs(there - list(bytes.fromhex(here.color[1:]))).max() <= 8, "first what is there now"
    wanted = fitting.colors[-1]
    QTest.mouseClick(fitting, LEFT, pos=fitting.swatch(len(fitting.colors) - 1).center())
    assert [hint.color for hint in window.easel.hints.hints] == [wanted]
    assert window.easel.recent == (wanted,)
    again = window.hint_wiring.open_colors(here, QPoint(0, 0))
    QTest.mouseClick(again.rows["Recent"], LEFT, pos=QPoint(8, 8))
    assert len(window.easel.hints.hints) == 1, "a hint that is there takes the colour"
    window.hint_wiring.open_colors(here, QPoint(0, 0)).removal_wanted.emit()
    assert not window.easel.hints
    for left in window.findChildren(SpotPopup):
        left.close()


def test_a_broken_preview_never_costs_the_hints(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    click(canvas, 60, 40)
    hints = window.easel.hints
    canvas.show_original(canvas._original)  # as after a failure
    assert canvas.hand.hints == hints


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#D04030", "#d04030"),
        (" d04030 ", "#d04030"),
        ("#abc", "#aabbcc"),
        ("red", None),
        ("", None),
    ],
)
def test_values_of_colours_are_read_as_they_are_typed(text, color):
    assert color_of_text(text) == color


def test_a_key_that_is_let_go_elsewhere_ends_the_look_too(window, qtbot, shades):
    canvas = window.canvas_panel.canvas
    place = QPointF(place_of(canvas, 60, 40))
    before = canvas.color_at(place)
    QTest.keyPress(canvas, Qt.Key.Key_O)
    assert canvas.color_at(place) != before
    QApplication.sendEvent(canvas, QFocusEvent(QEvent.Type.FocusOut))
    assert canvas.color_at(place) == before


def test_a_large_page_shows_a_draft_in_the_same_colours_first(window, qtbot, tmp_path):
    page = draw_shades(tmp_path / "large.png", 3000, 2000)
    open_and_wait(window, qtbot, page, waiting=1)
    canvas, replies = window.canvas_panel.canvas, []
    qtbot.waitUntil(lambda: "Greyscale" in window.canvas_panel.facts, timeout=LONG)
    canvas.set_view(CanvasView.COLORED)
    window.studio.preview.replied.connect(replies.append)
    canvas.set_tool(Tool.DOT)
    click(canvas, 1500, 1000)
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].last, timeout=LONG)
    draft, whole = (reply.colored for reply in replies if reply.colored is not None)
    assert (draft.width, whole.width) == (1500, 3000)
    assert abs(draft.planes[0].astype(int) - whole.planes[1]).mean() < 1.5
    assert draft.level_for(0.4).width() == whole.level_for(0.4).width()
    canvas.show_colored(draft)
    seen = canvas.color_at(QPointF(place_of(canvas, 2900, 1900)))
    assert (seen.x, seen.y) != (0, 0) and canvas.suggestions((2999, 1999), None)


def test_the_keys_of_undo_and_redo_are_each_known_once(window):
    for action in (window.hint_wiring.undo, window.hint_wiring.redo):
        keys = [key.toString() for key in action.shortcuts()]
        assert len(keys) == len(set(keys)), "Qt would find it ambiguous and do nothing"
    assert "Ctrl+Y" in [key.toString() for key in window.hint_wiring.redo.shortcuts()]
