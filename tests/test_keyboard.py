"""The window by keyboard alone, and as a screen reader tells it."""

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QEnterEvent, QKeyEvent, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget
from window_support import LONG, colorize, open_and_wait

from colorstudio.ui.hint_canvas import TOOL_KEYS
from colorstudio.ui.tab_order import reading_order
from colorstudio.ui.theme import ThemeChoice


def name_of(widget: QWidget) -> str:
    """What a screen reader calls a widget. Of a combo box Qt itself tells the value here."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def stops_of(top: QWidget) -> list[QWidget]:
    """Where Tab leads, once round, from what has the focus."""
    seen: list[QWidget] = []
    while (here := QApplication.focusWidget()) is not None and here not in seen:
        assert len(seen) < 200
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    return [stop for stop in seen if stop is top or top.isAncestorOf(stop)]


def wanted_of(top: QWidget) -> set[QWidget]:
    """What can be used now, and so must be reached."""
    return {
        part
        for part in top.findChildren(QWidget)
        if part.isVisible() and part.isEnabled() and part.window() is top
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


def check(top: QWidget, first: QWidget) -> list[QWidget]:
    """Tab reaches everything in `top`, and everything has a name; gives the stops in order."""
    first.setFocus()
    assert QApplication.focusWidget() is first
    stops = stops_of(top)
    assert wanted_of(top) - set(stops) == set()
    assert [stop for stop in stops if not name_of(stop).strip()] == []
    return stops


@pytest.fixture
def front(window, qtbot) -> Iterator[QWidget]:
    """The window, in front and with the keyboard."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window


def test_the_empty_window(front):
    page = front.empty_page
    stops = check(front, page.open_button)
    assert stops[:3] == [page.open_button, page.paste_button, page.samples_button]


def test_the_window_at_work_is_gone_through_as_it_is_read(front, qtbot, pages):
    (pages / "torn.png").write_bytes(b"torn")
    open_and_wait(front, qtbot, pages, waiting=5)
    colorize(front, qtbot)
    rows = front.studio.desk.rows
    failed = next(n for n, row in enumerate(rows.rows) if row.update.failure is not None)
    front.queue_panel.list.setCurrentIndex(rows.index(failed))
    qtbot.waitUntil(front.queue_panel.failure_box.isVisible)
    stops = check(front, front.tools.open_button)
    panels = (front.tools, front.folder_panel, front.canvas_panel, front.palette_panel,
              front.queue_panel, front.status)  # fmt: skip
    where = [next(n for n, panel in enumerate(panels) if panel.isAncestorOf(s)) for s in stops]
    assert where == sorted(where) and len(set(where)) == len(panels)
    bar = [stop for stop in stops if front.hint_wiring.bar.isAncestorOf(stop)]
    across = [stop.mapTo(front, QPoint()).x() for stop in bar]
    assert len(bar) >= 3 and across == sorted(across)


def fields_of(window):
    """The text fields beside the canvas."""
    return window.hint_wiring.bar.hex_field, window.queue_panel.output.pattern


@pytest.mark.parametrize("number", [0, 1])
def test_escape_leaves_a_text_field_and_stops_no_batch(front, qtbot, pages, number):
    open_and_wait(front, qtbot, pages, waiting=4)
    field, desk = fields_of(front)[number], front.studio.desk
    desk.set_awaited(True)  # what Stop calls off
    field.setFocus()
    before = field.text()
    QTest.keyClick(field, Qt.Key.Key_D)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert desk.awaited and not field.hasFocus()
    if number == 0:
        assert field.text() == before, "half a colour is taken back"
    QTest.keyClick(front.canvas_panel.canvas, Qt.Key.Key_Escape)
    assert not desk.awaited, "elsewhere it stops, as ever"


@pytest.mark.parametrize("number", [0, 1])
def test_what_is_typed_stays_in_its_field_where_the_mouse_touches_the_canvas(
    front, qtbot, pages, number
):
    open_and_wait(front, qtbot, pages, waiting=4)
    field, canvas = fields_of(front)[number], front.canvas_panel.canvas
    tool, place = canvas.hand.tool, QPointF(20, 20)
    field.setFocus()
    QApplication.sendEvent(canvas, QEnterEvent(place, place, place))
    QTest.keyClicks(QApplication.focusWidget(), "d")
    assert field.hasFocus() and "d" in field.text() and canvas.hand.tool is tool
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert canvas.hasFocus(), "and after Return keys are the tools' again"


def test_the_letters_of_the_tools_hold_in_lists_and_on_buttons_too(front, qtbot, pages):
    open_and_wait(front, qtbot, pages, waiting=4)
    canvas, tree = front.canvas_panel.canvas, front.folder_panel.tree
    page, radius = front.studio.picture, canvas.hand.radius
    places = (front.folder_panel.grid, tree, front.queue_panel.list, front.tools.open_button)
    for place, (tool, key) in zip(places, list(TOOL_KEYS.items())[1:], strict=False):
        place.setFocus()
        QTest.keyClick(place, key)
        assert canvas.hand.tool is tool and place.hasFocus(), f"{key} in {place}"
    QTest.keyClick(front.folder_panel.grid, Qt.Key.Key_BracketRight)
    assert canvas.hand.radius > radius and front.studio.picture == page


@pytest.mark.parametrize("letter", ["B", "E", "V"])
def test_the_menus_open_by_their_letters_also_over_the_canvas(front, qtbot, letter):
    event = QKeyEvent(
        QEvent.Type.ShortcutOverride, Qt.Key[f"Key_{letter}"], Qt.KeyboardModifier.AltModifier
    )
    event.ignore()
    QApplication.sendEvent(front.canvas_panel.canvas, event)
    assert not event.isAccepted(), "the letter alone is a tool"


def test_arrows_choose_among_joined_buttons(front, qtbot):
    modes = front.tools.modes
    auto, grey = (modes.button(choice.value) for choice in modes.choices[:2])
    auto.setFocus()
    QTest.keyClick(auto, Qt.Key.Key_Right)
    assert QApplication.focusWidget() is grey and grey.isChecked()
    assert front.studio.wishes.mode is modes.choices[1].value


@pytest.mark.parametrize("name", ["settings", "shortcuts", "about", "log", "self-test"])
def test_the_dialogs_of_the_menus(front, qtbot, name):
    front.habits.menus.actions[name].trigger()
    dialog = next(d for d in front.findChildren(QDialog) if d.isVisible())
    if name == "self-test":
        qtbot.waitUntil(lambda: not dialog.testing, timeout=60_000)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    check(dialog, next(stop for stop in reading_order(dialog) if stop in wanted_of(dialog)))
    dialog.close()


@pytest.mark.parametrize("page", ["folder_page", "style_page", "live_page", "result_page"])
def test_the_wizard(front, qtbot, page):
    wizard = front.style_tools.wizard
    wizard.show()
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    wizard._pages.setCurrentWidget(getattr(wizard, page))
    if page == "style_page":
        wizard.style_page.advanced_button.click()
    check(wizard, wizard.cancel_button)
    wizard.hide()


def test_the_style_manager(front, qtbot):
    manager = front.style_tools.manager
    for dialog in (manager, manager.comparison):
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        first = next(stop for stop in reading_order(dialog) if stop in wanted_of(dialog))
        check(dialog, first)
        dialog.hide()


def test_no_key_means_two_things(front):
    keys = Counter(
        key
        for action in {*front.findChildren(QAction), *front.actions()}
        for key in {key.toString() for key in action.shortcuts()}
    )
    keys.update(shortcut.key().toString() for shortcut in front.findChildren(QShortcut))
    assert {key for key, number in keys.items() if key and number > 1} == set()


def test_the_name_of_the_page_can_be_read_in_the_smallest_window(front, qtbot, pages):
    front.habits.apply_look(ThemeChoice.DARK)
    front.resize(front.minimumSize())
    page = (pages / "page 1.png").rename(pages / "night 12.png")
    open_and_wait(front, qtbot, page, waiting=1)
    name = front.canvas_panel._name
    assert name.isVisible() and name.text() == name.whole_text == "night 12.png"


@pytest.mark.parametrize("size", [(960, 600), (1440, 900)])
def test_nothing_is_cut_in_a_small_window(front, qtbot, pages, size):
    (pages / "torn.png").write_bytes(b"torn")
    front.resize(*size)
    open_and_wait(front, qtbot, pages, waiting=5)
    start = front.tools.colorize_button
    words = start.fontMetrics().horizontalAdvance(start.text())
    assert start.isVisible() and words <= start.width()
    colorize(front, qtbot)
    rows = front.studio.desk.rows
    failed = next(n for n, row in enumerate(rows.rows) if row.update.failure is not None)
    front.queue_panel.list.setCurrentIndex(rows.index(failed))
    panel = front.queue_panel
    qtbot.waitUntil(panel.failure_box.isVisible)
    inside = QRect(QPoint(), front.size())

    def is_whole(widget: QWidget) -> bool:
        return inside.contains(QRect(widget.mapTo(front, QPoint()), widget.size()))

    qtbot.waitUntil(lambda: is_whole(panel.clear_button), timeout=LONG)
    assert is_whole(panel.failure_box) and is_whole(front.status.chip)
    assert panel.output.isVisible() == (size[1] == 900)
