"""Menus and keys, what is remembered, pasting, the two looks, and the dialogs that build trust."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDockWidget,
    QLabel,
    QProxyStyle,
    QStyle,
    QWidget,
)
from window_support import LONG, draw_shades, held_up, open_and_wait, wait_for_end

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.core.output_options import Existing, OutputFormat
from colorstudio.ui import theme
from colorstudio.ui.hint_canvas import TOOL_KEYS
from colorstudio.ui.icons import icon, recolored
from colorstudio.ui.parts import Sign
from colorstudio.ui.pasting import pasted
from colorstudio.ui.self_test import SelfTest
from colorstudio.ui.session import Wishes
from colorstudio.ui.settings import MOST_RECENT, Settings, SettingsStore
from colorstudio.ui.settings_dialog import SettingsDialog, setting_rows
from colorstudio.ui.text_dialog import ShortcutList, TextDialog
from colorstudio.ui.theme import ThemeChoice, apply_theme

ROOT = Path(__file__).resolve().parents[1]

# --- what is remembered, without a window ------------------------------------------------------


def test_settings_come_back_as_they_were_saved(tmp_path):
    store = SettingsStore(tmp_path / "home" / "settings.json")
    store.value = Settings(theme="light", notify=False).with_recent(tmp_path)
    store.save()
    assert SettingsStore(tmp_path / "home" / "settings.json").value == store.value


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names are text")
def test_a_folder_whose_name_is_no_text_is_remembered_and_the_window_closes(
    window, qtbot, tmp_path
):
    folder = tmp_path / os.fsdecode(b"B\xfccher")
    folder.mkdir()
    draw_shades(folder / "page.png")
    window.open([folder])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    window.close()
    assert window.left_in_time and not window.isVisible()
    assert SettingsStore().value.recent == (str(folder),)


@pytest.mark.reliability("R25")
@pytest.mark.parametrize("text", ["", "{", "[1]", "\0\0", '"a"', "[" * 100_000])
def test_a_broken_file_is_set_aside_and_the_defaults_count(tmp_path, text):
    path = tmp_path / "settings.json"
    path.write_text(text)
    assert SettingsStore(path).value == Settings()
    assert (tmp_path / "settings.json.bad").read_text() == text


def test_values_that_do_not_fit_are_left_out_one_by_one(tmp_path):
    path = tmp_path / "settings.json"
    values = {"theme": "pink", "notify": 7, "recent": ["/a", 3], "style": "Ink", "new": 1}
    path.write_text(json.dumps(values))
    assert SettingsStore(path).value == Settings(recent=("/a",), style="Ink")
    path.write_text(json.dumps({"recent": "/a", "style": "Ink"}))
    assert SettingsStore(path).value == Settings(style="Ink")


def test_a_place_that_cannot_be_written_costs_nothing_but_the_memory(tmp_path):
    (tmp_path / "file").write_text("")
    store = SettingsStore(tmp_path / "file" / "settings.json")
    store.save()
    assert store.value == Settings()


def test_wishes_and_settings_hold_the_same():
    wishes = Wishes(fmt=OutputFormat.PSD, pattern="{number}", existing=Existing.RENAME)
    assert Settings().with_wishes(wishes).wishes() == wishes


def test_the_folder_opened_last_comes_first_and_the_list_is_short():
    settings = Settings()
    for number in (*range(MOST_RECENT + 3), 5):
        settings = settings.with_recent(Path(f"/{number}"))
    assert settings.recent[0] == str(Path("/5"))
    assert len(settings.recent) == len(set(settings.recent)) == MOST_RECENT


def test_every_setting_has_a_row_with_help_and_what_it_shows_is_what_is_taken(qtbot):
    before = Settings(theme="dark", output="/results")
    dialog = SettingsDialog(before)
    qtbot.addWidget(dialog)
    assert dialog.settings == before
    assert all(row.help and hasattr(before, row.field) for row in setting_rows())
    dialog.controls["theme"].setCurrentIndex(2)
    dialog.controls["notify"].setChecked(False)
    assert (dialog.settings.theme, dialog.settings.notify) == ("light", False)


# --- pasting -----------------------------------------------------------------------------------


def test_files_names_and_pictures_are_found_in_the_clipboard(tmp_path):
    page = tmp_path / "a page.png"
    urls, text, picture, words = (QMimeData() for _ in range(4))
    urls.setUrls([QUrl.fromLocalFile(str(page)), QUrl("https://example.org/x.png")])
    text.setText(f'"{page}"\n{QUrl.fromLocalFile(str(page)).toString()}\nnot a name\n')
    picture.setImageData(QImage(3, 2, QImage.Format.Format_RGB32))
    words.setText("just words")
    about = QMimeData()
    about.setText("~approx 5 pages")
    assert pasted(urls).paths == (page,)
    assert pasted(text).paths == (page, page)
    assert pasted(picture).picture.width() == 3
    assert pasted(words) == pasted(about) == pasted(QMimeData()) == pasted(None)


def test_a_pasted_picture_becomes_a_file_and_is_previewed(window, qtbot, home):
    image = QImage(90, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.gray)
    QGuiApplication.clipboard().setImage(image)
    window.empty_page.paste_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)
    (kept,) = (home / "pasted").iterdir()
    with Image.open(kept) as stored:
        assert stored.size == (90, 60)


def test_of_two_pictures_pasted_at_once_both_are_kept(window, qtbot, home, monkeypatch):
    monkeypatch.setattr(time, "strftime", lambda words: "Pasted at noon.png")
    with held_up(window.studio.browsing):  # a large folder is being listed, say
        for width in (90, 80):
            image = QImage(width, 60, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.gray)
            QGuiApplication.clipboard().setImage(image)
            window.habits.paste()

    def kept() -> list[int]:
        found = []
        for path in (home / "pasted").glob("*.png"):
            with Image.open(path) as stored:
                found.append(stored.width)
        return sorted(found)

    qtbot.waitUntil(lambda: kept() == [80, 90], timeout=LONG)


def test_a_clipboard_of_no_use_is_told_in_a_sentence(window):
    QGuiApplication.clipboard().setText("just words")
    window.habits.paste()
    assert "clipboard" in window.messages.sentence


# --- in the window -----------------------------------------------------------------------------


def dialog_of(window, kind: type) -> QDialog:
    return next(d for d in window.findChildren(kind) if d.isVisible())


def test_every_key_is_listed_once_and_none_is_ambiguous(window, qtbot):
    keys = [key for _, rows in window.habits.menus.shortcuts() for key, _ in rows]
    assert len(keys) == len(set(keys)) > 15
    QTest.keyClick(window, Qt.Key.Key_F1)
    listed = {label.text() for label in dialog_of(window, ShortcutList).findChildren(QLabel)}
    tools = {QKeySequence(key).toString() for key in TOOL_KEYS.values()}
    assert {*keys, *tools, "L", "M", "O", "Ctrl+Z"} <= listed


def test_undo_and_redo_stand_in_the_edit_menu(window):
    assert window.habits.menus.edit.actions()[:2] == [
        window.hint_wiring.undo,
        window.hint_wiring.redo,
    ]


def test_keys_of_the_menus_act(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.studio.desk.view().ended == 4, timeout=LONG)
    wait_for_end(window, qtbot)
    assert not window.habits.menus.actions["stop"].isEnabled()


def test_what_the_artist_chose_is_there_at_the_next_start(window, qtbot, home, pages):
    from colorstudio.ui.main_window import MainWindow

    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.set_results(fmt=OutputFormat.TIFF)
    window.studio.set_results(existing=Existing.RENAME)
    window.resize(1000, 650)
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert (again.studio.wishes.fmt, again.studio.wishes.style) == (OutputFormat.TIFF, "Tiny")
    assert again.queue_panel.output.existing.currentData() == Existing.RENAME
    assert again.height() == 650
    assert again.empty_page.recent == [str(pages)]
    recent = again.habits.menus.recent.actions()
    assert [action.text() for action in recent] == [str(pages)]
    recent[0].trigger()
    qtbot.waitUntil(lambda: again.studio.desk.waiting == 4, timeout=LONG)
    again.close()
    assert again.left_in_time


def test_panels_that_were_closed_stay_closed_at_the_next_start(window, qtbot, pages):
    from colorstudio.ui.main_window import MainWindow

    def closed(of: QWidget) -> set[str]:
        return {panel.objectName() for panel in of.findChildren(QDockWidget) if panel.isHidden()}

    open_and_wait(window, qtbot, pages, waiting=4)
    assert closed(window) == set()
    window.findChild(QDockWidget, "Palette").toggleViewAction().trigger()
    window.close()
    for opens in (False, True, True):  # a start without any work changes nothing
        again = MainWindow()
        qtbot.addWidget(again)
        again.show()
        if opens:
            open_and_wait(again, qtbot, pages, waiting=4)
            assert closed(again) == {"Palette"}
        again.close()


def test_a_usual_folder_for_results_is_used(window, qtbot, pages, tmp_path):
    settings = replace(window.habits.settings, output=str(tmp_path / "all results"))
    window.habits.change(settings)
    open_and_wait(window, qtbot, pages, waiting=4)
    assert window.queue_panel.output_text == str(tmp_path / "all results")


def test_a_usual_folder_that_is_changed_holds_for_what_waits_already(
    window, qtbot, pages, tmp_path
):
    before, panel = window.habits.settings, window.queue_panel
    open_and_wait(window, qtbot, pages, waiting=4)
    usual, chosen = tmp_path / "all results", tmp_path / "for this book"
    window.habits.change(replace(before, output=str(usual)))
    qtbot.waitUntil(lambda: panel.output_text == str(usual), timeout=LONG)
    window.habits.change(before)
    qtbot.waitUntil(lambda: panel.output_text == str(pages / "colorized"), timeout=LONG)
    window.studio.set_output(chosen)
    qtbot.waitUntil(lambda: panel.output_text == str(chosen), timeout=LONG)
    window.habits.change(replace(before, output=str(usual)))
    assert window.studio.wishes.output == chosen, "what was said for this book stays"


def test_settings_that_are_accepted_forget_no_folder_that_came_meanwhile(window, qtbot, pages):
    window.habits.choose_settings()
    (dialog,) = (d for d in window.findChildren(SettingsDialog) if d.isVisible())
    window.receive([pages])  # a later start of the program
    qtbot.waitUntil(lambda: window.habits.settings.recent == (str(pages),), timeout=LONG)
    dialog.controls["notify"].setChecked(False)
    dialog.accept()
    assert window.habits.settings.recent == (str(pages),) and not window.habits.settings.notify


def test_a_folder_of_a_user_who_is_not_there_ends_no_start(window, qtbot, home):
    from colorstudio.ui.main_window import MainWindow

    window.habits.change(replace(window.habits.settings, output="~no such user/results"))
    window.close()
    again = MainWindow()
    qtbot.addWidget(again)
    assert again.habits.settings.output == "~no such user/results"
    again.close()


def test_a_broken_place_of_the_window_ends_no_start(qtbot, home):
    from colorstudio.ui.main_window import MainWindow

    (home / "settings.json").write_text(json.dumps({"geometry": "\ud800", "docks": "\ud800"}))
    made = MainWindow()
    qtbot.addWidget(made)
    made.close()
    assert made.left_in_time


def test_signs_beside_words_take_the_new_look_too(window):
    window.habits.apply_look(ThemeChoice.DARK)
    window.tell(Failure(FailureKind.USAGE, "A sentence."))
    signs = window.findChildren(Sign)
    before = [bytes(sign.pixmap().toImage().constBits()) for sign in signs]
    window.habits.apply_look(ThemeChoice.LIGHT)
    after = [bytes(sign.pixmap().toImage().constBits()) for sign in signs]
    assert len(before) == 2 and all(one != other for one, other in zip(before, after, strict=True))
    window.habits.apply_look(ThemeChoice.DARK)


def test_the_look_changes_at_once_icons_too(window):
    app = QApplication.instance()
    button = window.tools.open_button
    try:
        apply_theme(app, ThemeChoice.DARK)
        button.setIcon(icon("folder-open"))
        window.habits.apply_look(ThemeChoice.LIGHT)
        assert theme.is_light()
        assert app.palette().window().color().lightness() > 200
        ink = button.icon().pixmap(20).toImage().pixelColor(3, 10)
        assert recolored(button.icon()) is not None
        darkest = min(
            button.icon().pixmap(20).toImage().pixelColor(x, y).lightness()
            for x in range(20)
            for y in range(20)
            if button.icon().pixmap(20).toImage().pixelColor(x, y).alpha() > 200
        )
        assert darkest < 80, ink
    finally:
        apply_theme(app, ThemeChoice.DARK)
    assert not theme.is_light()


def test_both_looks_name_the_same_colours_and_text_can_be_read_in_both():
    assert theme.DARK.keys() == theme.LIGHT.keys()
    for scheme in (theme.DARK, theme.LIGHT):
        for ink, ground in (("TEXT", "PANEL"), ("TEXT", "SELECTION"), ("MUTED", "PANEL"),
                            ("ACCENT_TEXT", "ACCENT"), ("BAD", "PANEL"), ("BADGE_TEXT", "GOOD"),
                            ("BADGE_TEXT", "BAD"), ("TEXT", "BAD_GROUND")):  # fmt: skip
            assert contrast(scheme[ink], scheme[ground]) >= 4.0, (ink, ground, scheme[ground])


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2 between two colours written as #rrggbb."""

    def luminance(color: str) -> float:
        parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    dark, bright = sorted((luminance(first), luminance(second)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_self_test_tells_the_device_and_its_report_can_be_copied(window, qtbot):
    QTest.mouseClick(window.status.chip, Qt.MouseButton.LeftButton)
    dialog = dialog_of(window, SelfTest)
    dialog.done(0)
    script = "print('device:'); print('  in use: CPU')"
    tested = SelfTest(lambda: None, window, command=(sys.executable, "-c", script))
    qtbot.addWidget(tested)
    qtbot.waitSignal(tested.finished_testing, timeout=LONG).wait()
    assert "in use: CPU" in tested.text.toPlainText()
    tested.copy_button.click()
    assert "in use: CPU" in QGuiApplication.clipboard().text()
    tested.again_button.click()
    assert tested.testing
    tested.done(0)
    assert not tested.testing


def test_a_self_test_that_cannot_run_says_so(window, qtbot):
    tested = SelfTest(lambda: None, window, command=("/no/such/program",))
    qtbot.addWidget(tested)
    qtbot.waitUntil(lambda: "could not be run" in tested.text.toPlainText(), timeout=LONG)
    assert tested.again_button.isEnabled()


def test_about_names_the_licence_and_the_origin_of_the_colours(window, qtbot):
    qtbot.waitUntil(lambda: window.tools.styles.count() > 0, timeout=60_000)
    window.habits.about()
    dialog = dialog_of(window, TextDialog)
    assert "Color Studio" in dialog.heading.text()
    assert "Apache" in dialog.sentence.text()
    assert "Tiny" in dialog.text.toPlainText()
    dialog.close()


def test_the_log_is_shown_from_the_menu(window, home):
    (home / "logs").mkdir(exist_ok=True)
    (home / "logs" / "colorstudio.log").write_text("first line\nlast line\n")
    window.habits.show_log()
    dialog = dialog_of(window, TextDialog)
    assert "last line" in dialog.text.toPlainText()
    assert str(home / "logs") in dialog.sentence.text()
    dialog.close()


@pytest.mark.qt_no_exception_capture
def test_a_fault_in_a_timer_a_slot_or_a_worker_is_told_and_the_window_lives_on(
    window, qtbot, pages
):
    from colorstudio.ui.safety_net import SafetyNet

    def fail(where: str) -> None:
        raise RuntimeError(f"a fault in a {where}")

    net = SafetyNet(None)
    net.caught.connect(window.tell)
    net.spread()
    told = lambda: "unexpected" in window.messages.sentence  # noqa: E731
    try:
        timer = QTimer(window)
        timer.timeout.connect(lambda: fail("timer"))
        timer.start(1)
        qtbot.waitUntil(told, timeout=LONG)
        timer.stop()
        window.messages.hide()
        window.tools.add_button.clicked.disconnect()
        window.tools.add_button.clicked.connect(lambda: fail("slot"))
        window.tools.add_button.click()
        qtbot.waitUntil(told, timeout=LONG)
        window.messages.hide()
        window.studio.browsing.ask("fault", lambda: fail("worker"), print, window.tell)
        qtbot.waitUntil(lambda: bool(window.messages.sentence), timeout=LONG)
        window.messages.hide()
        window.studio.browsing.ask("fault", lambda: 1, lambda _: fail("answer"), window.tell)
        qtbot.waitUntil(told, timeout=LONG)
    finally:
        net.take_in()
    open_and_wait(window, qtbot, pages, waiting=4)


def test_the_window_comes_without_the_libraries_that_colour():
    heavy = {"numpy", "PIL", "cv2", "onnx", "onnxruntime", "torch", "scipy", "skimage"}
    code = f"import sys, colorstudio.ui.main_window; print({heavy!r} & set(sys.modules) or '')"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == ""


def test_a_window_opens_within_its_screen_with_all_its_buttons(qtbot, home, window):
    from colorstudio.ui.main_window import MainWindow

    made = MainWindow()
    qtbot.addWidget(made)
    tools = window.style_tools
    room = window.screen().availableSize()
    for opened in (tools.wizard, tools.manager, tools.manager.comparison):
        assert opened.width() < room.width() and opened.height() < room.height()
    assert made.width() == made.minimumWidth() and made.height() < room.height()
    made.close()


_BUTTON_ICONS = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons


class _Icons(QProxyStyle):
    """A desktop that wants icons on the buttons of dialogs."""

    def styleHint(self, hint, option=None, widget=None, data=None):
        return hint == _BUTTON_ICONS or super().styleHint(hint, option, widget, data)


def test_no_desktop_puts_its_icons_on_the_buttons_of_a_dialog(window):
    window.habits.apply_look(ThemeChoice.DARK)
    window.habits.choose_settings()
    (dialog,) = (d for d in window.findChildren(SettingsDialog) if d.isVisible())
    style, buttons = _Icons(), dialog.buttons
    buttons.setStyle(style)
    assert not buttons.style().styleHint(_BUTTON_ICONS, None, buttons)
    dialog.reject()
