"""What comes at an odd moment: a page in the middle of a stroke, a colour chosen too late."""

import threading
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_support import LONG, draw_shades, held_up, open_and_wait, states, wait_for_end

from colorstudio.core.hints import Hint, HintSet, hints_path
from colorstudio.core.modes import Mode
from colorstudio.jobs.job import JobState
from colorstudio.ui import lookout
from colorstudio.ui.canvas import CanvasView
from colorstudio.ui.hint_hand import Tool
from colorstudio.ui.worker_thread import Equipment

RED, GREEN = "#d04030", "#20c050"
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
MINE, THEIRS = HintSet((Hint(60, 40, 9, RED),)), HintSet((Hint(5, 5, 3, GREEN),))


def two_pages(window, qtbot, folder):
    """Two pages, of which the first lies on the canvas."""
    pages = [draw_shades(folder / name) for name in ("one.png", "two.png")]
    hints_path(pages[1]).write_text(THEIRS.to_json())
    open_and_wait(window, qtbot, folder, waiting=2)
    window.canvas_panel.canvas.set_view(CanvasView.COLORED)
    return pages


def see(window, qtbot, page):
    """Show a page and wait until it lies on the canvas, coloured."""
    replies = []
    window.studio.preview.replied.connect(replies.append)
    window.studio.show_picture(page)
    qtbot.waitUntil(lambda: any(r.path == page and r.last for r in replies), timeout=LONG)


def place_of(canvas, x, y):
    """Where a pixel of the picture is, in the canvas."""
    at = canvas.viewport_now.to_canvas(x + 0.5, y + 0.5)
    return QPoint(*(round(part / canvas.devicePixelRatioF()) for part in at))


def test_a_colour_chosen_for_a_spot_goes_to_no_other_page(window, qtbot, tmp_path):
    _, two = two_pages(window, qtbot, tmp_path)
    canvas = window.canvas_panel.canvas
    place = place_of(canvas, 5, 5)
    pointed, there = canvas.color_at(QPointF(place)), canvas.mapToGlobal(place)
    window.studio.set_hints(window.studio.picture, THEIRS)
    on_paper, on_hint = (window.hint_wiring.open_colors(pointed, there) for _ in range(2))
    see(window, qtbot, two)  # was asked for before the menu was opened
    on_paper.chosen.emit(RED)
    on_hint.removal_wanted.emit()
    assert window.easel.hints == THEIRS and window.easel.color == RED
    for popup in (on_paper, on_hint):
        popup.close()


def test_a_page_that_comes_while_a_pen_erases_leaves_the_tool_in_hand(window, qtbot, tmp_path):
    _, two = two_pages(window, qtbot, tmp_path)
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    kinds = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Eraser
    pen = QPointingDevice("pen", 7, *kinds, QInputDevice.Capability.Position, 1, 1)
    at = place_of(canvas, 30, 40)
    spots = QPointF(at), QPointF(canvas.mapToGlobal(at))
    facts = 1.0, 0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier, LEFT, LEFT
    QApplication.sendEvent(canvas, QTabletEvent(QEvent.Type.TabletPress, pen, *spots, *facts))
    QTest.mousePress(canvas, LEFT, pos=at)
    see(window, qtbot, two)
    QTest.mouseRelease(canvas, LEFT, pos=at)
    assert canvas.hand.tool is Tool.DOT
    QTest.mouseClick(canvas, LEFT, pos=place_of(canvas, 80, 60))
    assert len(window.easel.hints.hints) == 2, "placed, and nothing erased"


def test_the_middle_button_during_a_stroke_leaves_the_picture_where_it_is(window, qtbot, tmp_path):
    two_pages(window, qtbot, tmp_path)
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.DOT)
    at = place_of(canvas, 30, 40)
    QTest.mousePress(canvas, LEFT, pos=at)
    QTest.mousePress(canvas, MIDDLE, pos=at)
    QTest.mouseRelease(canvas, MIDDLE, pos=at)
    QTest.mouseRelease(canvas, LEFT, pos=at)
    assert [round(hint.x) for hint in window.easel.hints.hints] == [30]
    before = canvas.viewport_now
    QTest.mouseMove(canvas, at + QPoint(40, 30))
    assert canvas.viewport_now == before, "nothing is held any more"


def test_undoing_copied_hints_brings_back_what_was_drawn_meanwhile(window, qtbot, tmp_path):
    _, two = two_pages(window, qtbot, tmp_path)
    window.studio.set_hints(window.studio.picture, MINE)
    easel, copied = window.easel, []
    easel.copied.connect(copied.append)
    with held_up(window.studio.hints.copying):  # many pages are looked at, say
        easel.copy_hints([two])
        see(window, qtbot, two)
        canvas = window.canvas_panel.canvas
        canvas.set_tool(Tool.DOT)
        QTest.mouseClick(canvas, LEFT, pos=place_of(canvas, 80, 60))
        drawn = easel.hints
    qtbot.waitUntil(lambda: bool(copied), timeout=LONG)
    assert easel.hints == MINE
    window.hint_wiring.undo.trigger()
    assert easel.hints == drawn
    window.hint_wiring.undo.trigger()
    assert easel.hints == THEIRS


def test_a_slow_folder_takes_no_page_away_that_was_chosen_meanwhile(
    window, qtbot, tmp_path, monkeypatch
):
    _, two = two_pages(window, qtbot, tmp_path)
    slow = tmp_path / "slow"
    slow.mkdir()
    draw_shades(slow / "cover.png")
    list_pictures, may_answer = lookout.list_pictures, threading.Event()

    def slowly(folder, *others):
        assert folder != slow or may_answer.wait(LONG / 1000)
        return list_pictures(folder, *others)

    monkeypatch.setattr(lookout, "list_pictures", slowly)
    window.studio.open_folder(slow)
    see(window, qtbot, two)  # a click on its row in the queue
    may_answer.set()
    qtbot.waitUntil(lambda: window.folder_panel.shown == (slow / "cover.png",), timeout=LONG)
    assert window.studio.picture == two
    window.studio.open_folder(tmp_path)
    qtbot.waitUntil(lambda: two in window.folder_panel.shown, timeout=LONG)
    assert window.studio.picture == two and window.folder_panel.grid.chosen_one == two
    window.studio.open_folder(slow)
    qtbot.waitUntil(lambda: window.studio.picture == slow / "cover.png", timeout=LONG)


def test_a_batch_in_another_style_greys_nothing_out(window):
    bar, panel = window.hint_wiring.bar, window.palette_panel
    window.studio.desk.equipped.emit(Equipment("Classic", "CPU", "", frozenset()))
    assert bar.tools.button(Tool.DOT).isEnabled() and panel.flat.isEnabled()
    assert window.tools.modes.button(Mode.LINEART).isEnabled()


def test_a_palette_chosen_right_after_a_start_is_for_the_next_batch(
    window, qtbot, tmp_path, monkeypatch
):
    two_pages(window, qtbot, tmp_path)
    studio, may_load, asked = window.studio, threading.Event(), []
    get, loading = studio.source.get, threading.Event()

    def slow_get(style):
        loading.set()
        assert may_load.wait(LONG / 1000)
        return get(style)

    def watched_ledger(style, wish, again):
        asked.append(wish)

    monkeypatch.setattr(studio.source, "get", slow_get)
    monkeypatch.setattr(studio.desk.records, "ledger", watched_ledger)
    studio.desk.start("Tiny")
    assert loading.wait(LONG / 1000)
    studio.set_coloring(replace(studio.wishes.coloring, flat=1.0))
    may_load.set()
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE] * 2
    assert asked[0].flat == 0.0
