"""Regions filled, merged, closed and split by hand in the real window; and leaks, closed there."""

import json

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from tiny_style import make_tiny_style
from window_support import LONG, colorize, draw_shades, open_and_wait

from colorstudio.core.hints import hints_path, load_hints
from colorstudio.core.mode import Mode
from colorstudio.core.output_options import Existing
from colorstudio.core.region_edits import EditKind
from colorstudio.ui.canvas import CanvasView
from colorstudio.ui.hint_hand import REGION_TOOLS, Tool
from colorstudio.ui.leak_order import sort_worst_first
from colorstudio.ui.session import Coloring

RED, BLUE = "#c81e28", "#143cdc"
LEFT = Qt.MouseButton.LeftButton


def draw_rooms(path, gap=0):
    """Two rooms of 400 x 240 with a wall between them that may be open."""
    page = np.full((240, 400), 255, np.uint8)
    cv2.rectangle(page, (20, 20), (380, 220), 0, 4)
    page[20:220, 198:203] = 0
    page[120 - gap // 2 : 120 + gap - gap // 2, 190:210] = 255
    Image.fromarray(page).save(path)
    return path


class Easel:
    """A page in view in flats, and what is told about it."""

    def __init__(self, window, qtbot, page):
        self.window, self.qtbot, self.page = window, qtbot, page
        self.canvas = window.canvas_panel.canvas
        self.replies, self.found = [], []
        window.studio.preview.replied.connect(self.replies.append)
        window.studio.preview.scouted.connect(self.found.append)
        open_and_wait(window, qtbot, page, waiting=1)
        self.canvas.set_view(CanvasView.COLORED)
        self.after(lambda: window.studio.set_coloring(Coloring(flat=1.0)))

    def after(self, act):
        """Do something and give the picture (H, W, 3) that comes of it."""
        self.replies.clear()
        self.found.clear()
        act()
        self.qtbot.waitUntil(lambda: any(r.last for r in self.replies), timeout=LONG)
        assert self.replies[-1].failure is None
        return self.replies[-1].colored.planes[0][..., 2::-1].astype(int)

    def take(self, tool):
        """Take a tool up and wait until it knows the regions."""
        self.canvas.set_tool(tool)
        self.qtbot.waitUntil(lambda: self.canvas.hand.regions is not None, timeout=LONG)

    def regions_known(self):
        self.qtbot.waitUntil(lambda: self.canvas.hand.regions is not None, timeout=LONG)
        return self.canvas.hand.regions

    def place(self, x, y):
        at = self.canvas.viewport_now.to_canvas(x + 0.5, y + 0.5)
        return QPoint(*(round(part / self.canvas.devicePixelRatioF()) for part in at))

    def click(self, x, y):
        QTest.mouseClick(self.canvas, LEFT, pos=self.place(x, y))

    def drag(self, *spots):
        QTest.mousePress(self.canvas, LEFT, pos=self.place(*spots[0]))
        for spot in spots[1:]:
            QTest.mouseMove(self.canvas, self.place(*spot))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.place(*spots[-1]))

    @property
    def kinds(self):
        return [edit.kind for edit in self.window.easel.hints.edits]


@pytest.fixture
def rooms(window, qtbot, tmp_path):
    return Easel(window, qtbot, draw_rooms(tmp_path / "rooms.png"))


@pytest.fixture
def open_rooms(window, qtbot, tmp_path):
    return Easel(window, qtbot, draw_rooms(tmp_path / "open.png", gap=60))


def color(text):
    return tuple(bytes.fromhex(text[1:]))


def test_a_click_fills_a_region_and_a_second_one_fills_it_anew(rooms):
    QTest.keyClick(rooms.canvas, Qt.Key.Key_G)
    assert rooms.canvas.hand.tool is Tool.BUCKET
    rooms.regions_known()
    rooms.window.easel.set_color(RED)
    red = rooms.after(lambda: rooms.click(60, 60))
    assert tuple(red[200, 180]) == color(RED) != tuple(red[60, 300])
    assert rooms.window.easel.recent[0] == RED
    rooms.window.easel.set_color(BLUE)
    blue = rooms.after(lambda: rooms.click(150, 190))
    assert tuple(blue[60, 60]) == color(BLUE)
    assert [edit.color for edit in rooms.window.easel.hints.edits] == [BLUE]
    rooms.qtbot.waitUntil(hints_path(rooms.page).is_file, timeout=LONG)
    rooms.qtbot.waitUntil(
        lambda: [e.color for e in load_hints(hints_path(rooms.page)).edits] == [BLUE], timeout=LONG
    )


def test_a_stroke_merges_and_undo_parts_again(rooms):
    rooms.take(Tool.MERGE)
    before = rooms.canvas.hand.regions
    assert not before.same((60, 60), (300, 60))
    rooms.after(lambda: rooms.drag((150, 100), (190, 104), (250, 110)))
    assert rooms.kinds == [EditKind.MERGE]
    assert rooms.regions_known().same((60, 60), (300, 60))
    assert rooms.window.hint_wiring.undo.text().endswith("Merge regions")
    rooms.after(rooms.window.hint_wiring.undo.trigger)
    assert not rooms.regions_known().same((60, 60), (300, 60))
    rooms.after(rooms.window.hint_wiring.redo.trigger)
    assert rooms.kinds == [EditKind.MERGE]


def test_a_drawn_line_closes_a_gap_and_the_eraser_opens_it(open_rooms):
    rooms = open_rooms
    rooms.take(Tool.CLOSE)
    assert rooms.canvas.hand.regions.same((60, 60), (300, 60))
    rooms.after(lambda: rooms.drag((200, 70), (201, 120), (200, 170)))
    assert rooms.kinds == [EditKind.CLOSE]
    assert not rooms.regions_known().same((60, 60), (300, 60))
    rooms.canvas.set_tool(Tool.ERASER)
    rooms.after(lambda: rooms.drag((170, 120), (230, 120)))
    assert rooms.kinds == []
    rooms.take(Tool.SPLIT)
    assert rooms.canvas.hand.regions.same((60, 60), (300, 60))


def test_a_line_splits_a_region_into_two_that_are_filled_apart(rooms):
    rooms.take(Tool.SPLIT)
    rooms.after(lambda: rooms.drag((100, 22), (104, 120), (100, 218)))
    rooms.regions_known()
    rooms.take(Tool.BUCKET)
    rooms.window.easel.set_color(RED)
    rooms.after(lambda: rooms.click(60, 60))
    rooms.window.easel.set_color(BLUE)
    both = rooms.after(lambda: rooms.click(150, 60))
    assert tuple(both[200, 60]) == color(RED) and tuple(both[200, 150]) == color(BLUE)
    assert rooms.kinds == [EditKind.SPLIT, EditKind.BUCKET, EditKind.BUCKET]


def test_what_was_split_in_painted_mode_is_known_there_too(rooms):
    rooms.after(lambda: rooms.window.studio.set_coloring(Coloring()))
    rooms.take(Tool.SPLIT)
    rooms.after(lambda: rooms.drag((100, 22), (104, 120), (100, 218)))
    assert not rooms.regions_known().same((60, 60), (150, 60))
    assert rooms.found[-1].hints == rooms.window.easel.hints


def test_the_region_under_the_cursor_stands_out(rooms):
    rooms.take(Tool.BUCKET)
    rooms.window.easel.set_color("#00c000")
    far, here = rooms.place(300, 60), rooms.place(100, 60)
    plain = rooms.canvas.grab().toImage()
    QTest.mouseMove(rooms.canvas, here)
    lit = rooms.canvas.grab().toImage()
    ratio = rooms.canvas.devicePixelRatioF()
    near = rooms.place(60, 180) * ratio
    assert lit.pixelColor(near).red() < plain.pixelColor(near).red() - 20
    assert lit.pixelColor(far * ratio) == plain.pixelColor(far * ratio)
    QTest.mouseMove(rooms.canvas, QPoint(1, 1))
    assert rooms.canvas.grab().toImage().pixelColor(near) == plain.pixelColor(near)


def test_a_greyscale_picture_says_why_it_has_no_regions(window, qtbot, tmp_path):
    page = draw_shades(tmp_path / "shades.png")
    open_and_wait(window, qtbot, page, waiting=1)
    canvas = window.canvas_panel.canvas
    canvas.set_tool(Tool.BUCKET)
    qtbot.waitUntil(lambda: "line art" in canvas.note, timeout=LONG)
    QTest.mouseClick(canvas, LEFT, pos=canvas.rect().center())
    assert not window.easel.hints
    canvas.set_tool(Tool.DOT)
    assert canvas.note == ""
    canvas.set_tool(Tool.BUCKET)
    window.studio.set_mode(Mode.LINEART)
    qtbot.waitUntil(lambda: canvas.hand.regions is not None and canvas.note == "", timeout=LONG)


def test_a_style_that_paints_no_line_art_greys_the_tools_out(window, qtbot, rooms, home):
    make_tiny_style(home / "styles" / "plain", name="Plain", full=False)
    rooms.take(Tool.MERGE)
    window.studio.set_style("Plain")
    switch = window.hint_wiring.bar.regions.switch
    qtbot.waitUntil(lambda: not switch.button(Tool.MERGE).isEnabled(), timeout=LONG)
    assert rooms.canvas.hand.tool is Tool.HAND
    assert "no regions" in switch.button(Tool.SPLIT).toolTip()


def test_the_bar_shows_one_tool_at_a_time_and_folds_in_a_narrow_window(window, rooms):
    bar = window.hint_wiring.bar
    for tool in REGION_TOOLS:
        bar.regions.switch.button(tool).click()
        assert rooms.canvas.hand.tool is tool and bar.regions.switch.value is tool
        assert not any(bar.tools.button(c.value).isChecked() for c in bar.tools.choices)
    bar.tools.button(Tool.DOT).click()
    assert bar.tools.value is Tool.DOT
    assert not any(bar.regions.switch.button(tool).isChecked() for tool in REGION_TOOLS)
    window.resize(960, 640)
    assert bar.regions.folded.isVisible() and not bar.regions.switch.isVisible()
    bar.regions.folded.menu().actions()[1].trigger()
    assert rooms.canvas.hand.tool is Tool.MERGE and bar.regions.folded.isChecked()


# Leaks --------------------------------------------------------------------------------------------


def test_a_leak_is_shown_and_closed_where_it_is(window, qtbot, open_rooms):
    rooms, canvas = open_rooms, open_rooms.canvas
    window.hint_wiring.bar.leaks_button.click()
    qtbot.waitUntil(lambda: len(canvas.leaks) == 1, timeout=LONG)
    assert "One place" in canvas.note and window.studio.wishes.leaks
    (leak,) = canvas.leaks
    assert abs(leak.x - 200) < 15 and abs(leak.y - 120) < 20
    QTest.mouseMove(canvas, rooms.place(60, 60))
    assert not canvas.close_button.isVisible()
    QTest.mouseMove(canvas, rooms.place(leak.x, leak.y))
    assert canvas.close_button.isVisible()
    rooms.after(lambda: QTest.mouseClick(canvas.close_button, LEFT))
    assert rooms.kinds == [EditKind.CLOSE] and not canvas.close_button.isVisible()
    qtbot.waitUntil(lambda: canvas.note == "No open gaps found.", timeout=LONG)
    assert not canvas.hand.regions.same((60, 60), (300, 60))
    rooms.after(window.hint_wiring.undo.trigger)
    qtbot.waitUntil(lambda: len(canvas.leaks) == 1, timeout=LONG)
    QTest.keyClick(canvas, Qt.Key.Key_L)
    assert canvas.leaks == () and canvas.note == "" and not window.studio.wishes.leaks
    assert not window.hint_wiring.bar.leaks_button.isChecked()


def test_a_batch_tells_leaks_and_the_worst_come_first(window, qtbot, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    draw_rooms(folder / "a closed.png")
    draw_rooms(folder / "b open.png", gap=60)
    draw_shades(folder / "c grey.png")
    open_and_wait(window, qtbot, folder, waiting=3)
    panel, desk = window.queue_panel, window.studio.desk
    assert not panel.worst_button.isVisible()
    window.canvas_panel.canvas.set_shows_leaks(True)
    colorize(window, qtbot)
    readings = {row.job.source.name: row.update.leaks for row in desk.rows.rows}
    assert readings["c grey.png"] is None
    assert readings["b open.png"].worst > 0.1 > readings["a closed.png"].worst
    qtbot.waitUntil(panel.worst_button.isVisible, timeout=LONG)
    panel.worst_button.click()
    names = [row.job.source.name for row in desk.rows.rows]
    assert names == ["b open.png", "a closed.png", "c grey.png"]
    assert [job.source.name for job in desk.queue.jobs] == names
    index = desk.rows.index(0)
    assert "1 open gap" in index.data(Qt.ItemDataRole.ToolTipRole)
    sort_worst_first(desk)
    assert [row.job.source.name for row in desk.rows.rows] == names
    window.studio.set_results(existing=Existing.OVERWRITE)
    qtbot.waitUntil(lambda: desk.waiting == 3, timeout=LONG)
    assert [row.job.source.name for row in desk.rows.rows] == names, "planned anew in that order"


def test_without_the_switch_nobody_looks_for_leaks_and_it_is_remembered(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    assert all(row.update.leaks is None for row in window.studio.desk.rows.rows)
    window.canvas_panel.canvas.set_shows_leaks(True)
    window.habits.keep()
    assert json.loads(window.habits._store._path.read_text())["leaks"] is True
    assert window.habits.settings.wishes().leaks
