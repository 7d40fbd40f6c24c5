"""Train on my style, on the real window: every page, every ending, and what is left behind."""

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot
from window_support import LONG, drop, files

from colorstudio.ui.my_style.child import TrainingChild
from colorstudio.ui.my_style.curves import Curves
from colorstudio.ui.my_style.live_page import LivePage
from colorstudio.ui.my_style.order import TrainingOrder
from colorstudio.ui.my_style.style_page import MINUTES, StylePage
from colorstudio.ui.my_style.training_run import RunState, TrainingRun

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow
    from colorstudio.ui.my_style.wizard import TrainingWizard

LEFT = Qt.MouseButton.LeftButton
STAND_IN = Path(__file__).with_name("stand_in_child.py")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Five small pages, one of them called grey."""
    folder = tmp_path / "My book"
    folder.mkdir()
    for name in ("1", "2", "3", "4", "grey"):
        Image.new("RGB", (60, 60), "red").save(folder / f"{name}.png")
    return folder


@pytest.fixture
def wizard(window: "MainWindow", monkeypatch: pytest.MonkeyPatch) -> "TrainingWizard":
    """The wizard, opened from the window, with children that take no time."""
    monkeypatch.setattr(TrainingChild, "COMMAND", (sys.executable, str(STAND_IN)))
    window.style_tools.train_action.trigger()
    made = window.style_tools.wizard
    made.confirm = lambda question, yes, no: True
    assert made.isVisible() and not made.isModal()
    return made


@pytest.fixture
def reach(qtbot: QtBot, wizard: "TrainingWizard") -> Callable[[RunState], None]:
    """Wait until the run is there."""

    def wait(state: RunState) -> None:
        def there() -> bool:
            return wizard.desk.run is not None and wizard.desk.run.state is state

        qtbot.waitUntil(there, timeout=LONG)

    return wait


def begin(qtbot: QtBot, wizard: "TrainingWizard", book: Path) -> None:
    """Through the first two pages, until the training goes."""
    wizard.look_at(book)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=LONG)
    qtbot.mouseClick(wizard.next_button, LEFT)
    qtbot.mouseClick(wizard.next_button, LEFT)
    wait_for_step(qtbot, wizard)


def wait_for_step(qtbot: QtBot, wizard: "TrainingWizard") -> None:
    qtbot.waitUntil(
        lambda: wizard.desk.run is not None and wizard.desk.run.step == 25, timeout=LONG
    )
    qtbot.waitUntil(wizard.live_page.keep_button.isEnabled, timeout=LONG)


def own_styles(home: Path) -> list[str]:
    return sorted(folder.name for folder in (home / "styles").iterdir())


def test_a_folder_becomes_a_style_that_is_used(
    qtbot: QtBot, window: "MainWindow", wizard: "TrainingWizard", book: Path, home: Path,
    reach: Callable[[RunState], None],
) -> None:  # fmt: skip
    assert wizard.page is wizard.folder_page and not wizard.next_button.isEnabled()
    assert drop(wizard, files(book))[1] is Qt.DropAction.CopyAction
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=LONG)
    page = wizard.folder_page
    assert page.pictures.count() == 4
    assert page.left_out_list.item(0).text() == "grey.png  ·  Without colour."
    qtbot.waitUntil(lambda: not page.pictures.item(3).icon().isNull(), timeout=LONG)
    qtbot.mouseClick(wizard.next_button, LEFT)
    form = wizard.style_page
    assert wizard.page is form and form.name.text() == "My book"
    for name in ("", "tiny", "a/b", " . "):
        form.name.setText(name)
        assert not wizard.next_button.isEnabled() and form.complaint
    form.show_begun(["Cafe\u0301"])
    form.name.setText("caf\xe9")  # the same name, its accent written otherwise
    assert not wizard.next_button.isEnabled() and form.complaint
    form.show_begun([])
    form.name.setText("Marine")
    form.author.setText("M. Drew")
    form.quality.setValue(0)
    form.seed.setText("7")
    order = form.order(book)
    assert (order.minutes, order.author, order.start) == (2, "M. Drew", "starter")
    assert order.numbers == {"seed": 7.0}
    qtbot.mouseClick(wizard.next_button, LEFT)
    wait_for_step(qtbot, wizard)
    live = wizard.live_page
    assert wizard.page is live
    qtbot.waitUntil(lambda: "step 25" in live.line and live.curves is not None, timeout=LONG)
    assert "4.0 pictures/s" in live.line and "done at" in live.line
    assert live.curves is not None and live.curves.held_back == [0.0, 6.0]
    shown = [view.image.pixelColor(1, 1).red() for view in live.strip.views if view.image]
    assert shown == [20, 26, 250]
    assert "Marine" in window.style_tools.status_button.text()
    qtbot.mouseClick(live.keep_button, LEFT)
    reach(RunState.DONE)
    assert wizard.page is wizard.result_page
    assert wizard.focusWidget() is wizard.next_button, "Return uses it"
    assert "is ready" in wizard.result_page.text and "50\u00a0% smaller" in wizard.result_page.text
    views = wizard.result_page.strip.views
    assert [view.image.pixelColor(1, 1).red() for view in views if view.image] == [20, 26, 250]
    qtbot.mouseClick(wizard.next_button, LEFT)
    assert window.studio.wishes.style == "Marine" and not wizard.isVisible()
    qtbot.waitUntil(lambda: window.tools.styles.currentText() == "Marine", timeout=LONG)
    qtbot.waitUntil(lambda: not (home / "runs" / "Marine").exists(), timeout=LONG)


def test_a_folder_that_is_only_to_be_moved_is_left_alone(
    wizard: "TrainingWizard", book: Path
) -> None:
    move, refused = Qt.DropAction.MoveAction, Qt.DropAction.IgnoreAction
    assert drop(wizard, files(book), move) == [refused] * 2, "its source would delete it"
    assert wizard.desk.folder_look is None


def test_a_name_is_suggested_that_is_free_and_of_what_was_chosen_last(
    qtbot: QtBot, tmp_path: Path
) -> None:
    page = StylePage()
    qtbot.addWidget(page)
    page.show_begun(["Harbour", "Harbour 2"])
    (tmp_path / "Islands.cbz").touch()
    for folder, name in (("harbour", "harbour 3"), ("a:b", ""), ("Islands.cbz", "Islands")):
        page.suggest(tmp_path / folder)
        assert page.name.text() == name
    page.name.setText("Mine")
    page.suggest(tmp_path / "harbour")
    assert page.name.text() == "Mine", "the artist's own"


def test_a_style_that_is_no_better_says_so_and_why(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, monkeypatch: pytest.MonkeyPatch,
    reach: Callable[[RunState], None],
) -> None:  # fmt: skip
    monkeypatch.setenv("STAND_IN", "no_better")
    begin(qtbot, wizard, book)
    wizard.live_page.keep_button.click()
    reach(RunState.DONE)
    text = wizard.result_page.text
    assert "no better" in text and "too mixed" in text and "as “starter” does" in text


def test_a_folder_without_use_is_a_sentence_and_another_one_can_be_chosen(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, tmp_path: Path
) -> None:
    wizard.look_at(tmp_path / "gone")
    qtbot.waitUntil(lambda: "has gone" in wizard.messages.sentence, timeout=LONG)
    (tmp_path / "empty").mkdir()
    wizard.look_at(tmp_path / "empty")
    qtbot.waitUntil(lambda: "no colour picture" in wizard.messages.sentence, timeout=LONG)
    assert not wizard.next_button.isEnabled()
    wizard.look_at(tmp_path / "empty")
    wizard.look_at(book)  # before the first is answered
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=LONG)
    assert wizard.messages.sentence == "" and wizard.folder_page.pictures.count() == 4


def test_a_pause_frees_the_child_and_going_on_takes_up_what_was_saved(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, home: Path,
    reach: Callable[[RunState], None],
) -> None:  # fmt: skip
    begin(qtbot, wizard, book)
    qtbot.mouseClick(wizard.live_page.pause_button, LEFT)
    reach(RunState.PAUSED)
    assert not wizard.desk.busy and wizard.live_page.pause_button.text() == "Continue"
    qtbot.mouseClick(wizard.live_page.pause_button, LEFT)
    run = wizard.desk.run
    assert run is not None and "--resume" in run.order.arguments(resume=run.saved)
    reach(RunState.TRAINING)
    wait_for_step(qtbot, wizard)
    wizard.live_page.pause_button.click()
    reach(RunState.PAUSED)
    wizard.back_button.click()  # something else first
    assert wizard.page is wizard.folder_page and wizard.desk.run is None
    (entry,) = wizard.desk.unfinished
    wizard.folder_page.go_on_wanted.emit(entry)
    reach(RunState.TRAINING)
    wait_for_step(qtbot, wizard)
    wizard.hide()  # a training needs no wizard in sight
    wizard.desk.keep()
    reach(RunState.DONE)
    assert own_styles(home) == ["My book", "tiny"]


def test_a_training_that_goes_on_is_shown_beside_its_start(qtbot: QtBot, tmp_path: Path) -> None:
    files = {}
    for part, red in (("truth", 250), ("before", 20), ("painted", 90)):
        Image.new("RGB", (16, 12), (red, 0, 0)).save(tmp_path / f"{part}.png")
        files[part] = str(tmp_path / f"{part}.png")
    run = TrainingRun(TrainingOrder(tmp_path, "Mine"), saved=True, share=0.5)
    start, now = {"greyscale": 20.0, "lineart": 12.0}, {"greyscale": 23.0, "lineart": 12.5}
    look = {"event": "validation", "step": 14, "psnr": now, "best": now, "best_step": 14}
    run.take_line(json.dumps({**look, "start": start}))
    rows = [{"mode": "greyscale", "page": 0, **files}]
    run.take_line(json.dumps({"event": "pages", "step": 14, "pages": rows}))
    page, curves = LivePage(), Curves()
    qtbot.addWidget(page)
    page.take_curves(curves)
    page.show_run(run)
    shown = [view.image.pixelColor(1, 1).red() for view in page.strip.views if view.image]
    assert shown == [20, 90, 250]
    assert curves.held_back == [3.0]


def test_a_killed_child_is_told_and_nothing_changes(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, home: Path,
    reach: Callable[[RunState], None],
) -> None:  # fmt: skip
    begin(qtbot, wizard, book)
    wizard.desk._trainer.kill()
    reach(RunState.BROKEN)
    assert "press Continue" in wizard.messages.sentence
    assert own_styles(home) == ["tiny"]
    qtbot.waitUntil(lambda: len(wizard.desk.unfinished) == 1, timeout=LONG)
    wizard.live_page.pause_button.click()
    reach(RunState.TRAINING)
    assert wizard.messages.sentence == ""


def test_a_long_name_and_a_small_window_hide_nothing_that_is_told(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, reach: Callable[[RunState], None]
) -> None:
    wizard.resize(wizard.minimumSize())
    wizard.style_page.name.setText("The long book of ants and their plans, and of what came of it")
    begin(qtbot, wizard, book)
    live = wizard.live_page
    assert live.line.startswith("Training")
    qtbot.waitUntil(lambda: live._line.text() == live.line, timeout=LONG)
    wizard.desk._trainer.kill()
    reach(RunState.BROKEN)
    qtbot.waitUntil(lambda: live.height() >= live.minimumSizeHint().height(), timeout=LONG)
    assert live.width() >= live.minimumSizeHint().width()


def test_a_full_disk_is_told_and_leaves_nothing(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, home: Path,
    monkeypatch: pytest.MonkeyPatch, reach: Callable[[RunState], None],
) -> None:  # fmt: skip
    monkeypatch.setenv("STAND_IN", "disk_full")
    wizard.look_at(book)
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=LONG)
    wizard.next_button.click()
    wizard.next_button.click()
    reach(RunState.FAILED)
    assert wizard.messages.sentence == "The disk is full. Make room, then try again."
    assert wizard.live_page.pause_button.text() == "Start again", "there is nothing to continue"
    assert "--" not in wizard.messages.sentence and own_styles(home) == ["tiny"]
    qtbot.waitUntil(lambda: not (home / "runs" / "My book").exists(), timeout=LONG)
    wizard.back_button.click()
    assert wizard.page is wizard.style_page
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=LONG)


def test_cancelling_throws_the_run_away(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, home: Path
) -> None:
    begin(qtbot, wizard, book)
    asked: list[str] = []
    wizard.confirm = lambda question, yes, no: bool(asked.append(question))  # No
    wizard.cancel_button.click()
    assert len(asked) == 1 and wizard.desk.busy
    wizard.confirm = lambda question, yes, no: True
    wizard.cancel_button.click()
    qtbot.waitUntil(lambda: wizard.page is wizard.folder_page, timeout=LONG)
    qtbot.waitUntil(lambda: not (home / "runs" / "My book").exists(), timeout=LONG)
    qtbot.waitUntil(lambda: wizard.desk.unfinished == [], timeout=LONG)
    assert own_styles(home) == ["tiny"]


def test_closing_the_window_asks_saves_and_the_next_start_goes_on(
    qtbot: QtBot, window: "MainWindow", wizard: "TrainingWizard", book: Path, home: Path
) -> None:
    from colorstudio.ui.main_window import MainWindow

    begin(qtbot, wizard, book)
    window.confirm_close = lambda: False
    window.close()
    assert window.isVisible() and wizard.desk.busy
    assert "My book" in window.style_tools.why_stay()
    window.confirm_close = lambda: True
    window.close()
    assert window.left_in_time and not wizard.desk.busy
    again = MainWindow()
    qtbot.addWidget(again)
    again.show()
    tools = again.style_tools
    qtbot.waitUntil(lambda: "stopped at 25\u00a0%" in tools.status_button.text(), timeout=LONG)
    qtbot.mouseClick(tools.status_button, LEFT)
    (entry,) = tools.desk.unfinished
    assert entry.saved and entry.order.folder == book
    tools.wizard.style_page.name.setText("my BOOK")
    assert "not ended" in tools.wizard.style_page.complaint
    tools.desk.go_on(entry)
    wait_for_step(qtbot, tools.wizard)
    tools.desk.keep()
    qtbot.waitUntil(lambda: own_styles(home) == ["My book", "tiny"], timeout=LONG)
    qtbot.waitUntil(lambda: tools.desk.unfinished == [], timeout=LONG)
    again.close()
    assert again.left_in_time


def test_a_program_that_is_killed_takes_no_training_with_it(
    qtbot: QtBot, wizard: "TrainingWizard", book: Path, home: Path
) -> None:
    """What the journal holds at any moment is enough to go on."""
    from colorstudio.ui.my_style.journal import read_unfinished

    begin(qtbot, wizard, book)
    qtbot.waitUntil(lambda: [e.saved for e in read_unfinished()] == [True], timeout=LONG)
    process = wizard.desk._trainer._process
    assert process is not None
    os.kill(process.processId(), signal.SIGSTOP)  # nothing more is told before the end
    assert read_unfinished()[0].run_folder == home / "runs" / "My book"
    os.kill(process.processId(), signal.SIGCONT)


@pytest.mark.timeout(400)
def test_a_real_training_from_the_folder_to_the_style(
    qtbot: QtBot, window: "MainWindow", tmp_path: Path, home: Path
) -> None:
    from screens_styles import draw_book

    window.style_tools.train_action.trigger()
    wizard = window.style_tools.wizard
    wizard.look_at(draw_book(tmp_path / "Harbour", pages=4))
    qtbot.waitUntil(wizard.next_button.isEnabled, timeout=60_000)
    wizard.next_button.click()
    wizard.style_page.crop.setText("32")
    wizard.style_page.batch_size.setText("2")
    wizard.next_button.click()
    qtbot.waitUntil(wizard.live_page.keep_button.isEnabled, timeout=150_000)
    wizard.live_page.keep_button.click()
    qtbot.waitUntil(lambda: wizard.page is wizard.result_page, timeout=150_000)
    assert "Harbour" in wizard.result_page.text
    assert all(view.image is not None for view in wizard.result_page.strip.views)
    assert own_styles(home) == ["Harbour", "tiny"]


def test_nothing_of_the_style_page_is_squeezed_in_the_smallest_wizard(
    wizard: "TrainingWizard", qtbot: QtBot
) -> None:
    wizard.resize(wizard.minimumSize())
    page = wizard.style_page
    wizard._show_page(page)
    page.advanced_button.click()

    def whole() -> bool:
        shown = [part for part in page.findChildren(QWidget) if part.isVisible()]
        parts = [part for part in shown if isinstance(part, QLabel | QLineEdit | QSlider)]
        return len(parts) > 12 and all(p.height() >= p.minimumSizeHint().height() for p in parts)

    qtbot.waitUntil(whole)
    wizard.activateWindow()
    qtbot.waitUntil(wizard.isActiveWindow)
    page.rate.setFocus()
    QTest.keyClick(page.rate, Qt.Key.Key_Tab)  # what has the keyboard is in sight
    qtbot.waitUntil(lambda: page.seed.visibleRegion().boundingRect() == page.seed.rect())


@pytest.mark.parametrize("width", [560, 680, 900])
def test_no_sentence_of_the_style_page_is_cut_off(width: int, qtbot: QtBot) -> None:
    page = StylePage()
    qtbot.addWidget(page)
    page.resize(width, 420)
    page.show_begun(["Old"])
    page.name.setText("Old")
    page.show()

    def whole() -> None:
        lines = [line for line in page.findChildren(QLabel) if line.wordWrap()]
        assert len(lines) == 2 and all(line.isVisible() and line.text() for line in lines)
        assert all(line.height() >= line.heightForWidth(line.width()) for line in lines)

    for minutes in range(len(MINUTES)):
        page.quality.setValue(minutes)
        qtbot.waitUntil(whole)
