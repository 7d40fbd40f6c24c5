"""Closing, stopping and faults while the window is at work: it answers, and nothing is lost."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QTimer
from pytestqt.qtbot import QtBot
from window_support import LONG, draw_line_art, facts_of, open_and_wait, wait_for_end

from colorstudio.inference.colorizer import Colorizer
from colorstudio.jobs.job import JobState
from colorstudio.ui.heartbeat import Heartbeat
from colorstudio.ui.safety_net import SafetyNet

ANSWER = 0.2  # seconds of the window's own time in which it must answer


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of pages that take a while."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(16):
        draw_line_art(folder / f"{number:02}.png", 700, 500)
    return folder


@pytest.fixture
def net(window, qtbot: QtBot) -> Iterator[SafetyNet]:
    """The net of the program, under the window of a test."""
    made = SafetyNet(None)
    made.caught.connect(window.tell)
    made.spread()
    yield made
    made.take_in()


def at_work(window, qtbot, folder: Path) -> None:
    """Open a folder, start colouring and wait until that is well under way."""
    open_and_wait(window, qtbot, folder, waiting=16)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.count(JobState.DONE) >= 2, timeout=LONG)


# --- stopping and closing ----------------------------------------------------------------------


@pytest.mark.usefixtures("without_old_garbage")
@pytest.mark.reliability("R28")
def test_stop_answers_at_once_even_inside_a_large_page(window, qtbot, tmp_path):
    folder = tmp_path / "large"
    folder.mkdir()
    Image.linear_gradient("L").resize((4956, 7014)).save(folder / "page.png", compress_level=1)
    window.studio.add_pictures([folder / "page.png"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    window.tools.colorize_button.click()
    desk = window.studio.desk
    qtbot.waitUntil(lambda: desk.count(JobState.RUNNING) == 1, timeout=LONG)
    heart = Heartbeat(window, time.thread_time)
    before = time.thread_time()
    window.tools.stop_button.click()
    assert time.thread_time() - before < ANSWER
    assert window.tools.colorize_button.text() == "Stopping…"
    wait_for_end(window, qtbot)
    assert heart.worst < ANSWER
    assert desk.count(JobState.CANCELLED) == 1
    assert not (folder / "colorized").exists() or not list((folder / "colorized").iterdir())


@pytest.mark.usefixtures("without_old_garbage")
@pytest.mark.reliability("R28")
def test_after_stop_the_threads_rest(window, qtbot, many):
    at_work(window, qtbot, many)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    assert not any(t.name in ("read_all", "write_all") for t in threading.enumerate())
    before = time.process_time()
    qtbot.wait(1000)
    assert time.process_time() - before < 0.9, "something is still busy"


@pytest.mark.reliability("R26")
@pytest.mark.parametrize("moment", [0.0, 0.05, 0.3, 0.8])
def test_closing_at_any_moment_of_a_batch_leaves_whole_files_only(window, qtbot, many, moment):
    before = facts_of(many)
    open_and_wait(window, qtbot, many, waiting=16)
    window.tools.colorize_button.click()
    qtbot.wait(int(moment * 1000))
    window.close()
    assert window.left_in_time and not window.isVisible()
    assert facts_of(many) == before
    made = many / "colorized"
    for result in made.iterdir() if made.is_dir() else ():
        assert result.name in before, "half a file is left"
        with Image.open(result) as picture:
            picture.load()


# --- faults ------------------------------------------------------------------------------------


class Faulty(QObject):
    """Fails wherever Qt calls it."""

    def slot(self) -> None:
        raise RuntimeError("a fault in a slot")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            raise RuntimeError("a fault in an event")
        return super().event(event)


class FaultyThread(QThread):
    """Fails in a thread of Qt's."""

    def run(self) -> None:
        raise RuntimeError("a fault in a thread of Qt's")


def lives_on(window, qtbot, folder: Path) -> None:
    """It has said so, and goes on working."""
    qtbot.waitUntil(lambda: "unexpected" in window.messages.sentence, timeout=LONG)
    window.messages.hide()
    window.studio.open_folder(folder)
    qtbot.waitUntil(lambda: window.folder_panel.place == str(folder), timeout=LONG)
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)


@pytest.mark.reliability("R49")
@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("where", ["slot", "timer", "event", "thread", "qthread"])
def test_a_fault_anywhere_is_told_and_the_window_lives_on(window, qtbot, net, pages, where):
    faulty, thread = Faulty(window), FaultyThread(window)
    if where == "slot":
        button = window.tools.open_button
        button.pressed.connect(faulty.slot)
        button.pressed.emit()
    elif where == "timer":
        QTimer.singleShot(0, faulty, faulty.slot)
    elif where == "event":
        QCoreApplication.postEvent(faulty, QEvent(QEvent.Type.User))
    elif where == "thread":
        worker = threading.Thread(target=faulty.slot)
        worker.start()
        worker.join()
    else:
        thread.start()
        assert thread.wait(5000)
    lives_on(window, qtbot, pages)


@pytest.mark.reliability("R49")
@pytest.mark.qt_no_exception_capture
def test_a_fault_in_the_midst_of_a_batch_costs_no_picture(window, qtbot, net, many):
    at_work(window, qtbot, many)
    QTimer.singleShot(0, Faulty(window).slot)
    qtbot.waitUntil(lambda: "unexpected" in window.messages.sentence, timeout=LONG)
    wait_for_end(window, qtbot)
    assert window.studio.desk.count(JobState.DONE) == 16


@pytest.mark.reliability("R49")
def test_a_fault_of_the_colorizer_costs_its_picture_and_says_so(
    window, qtbot, pages, monkeypatch, caplog
):
    color = Colorizer.colorize_artwork

    def fault(self, artwork, *rest):
        if artwork.pixels.ndim == 2 and artwork.pixels[5, 5].max() < 250:  # the shaded page
            raise ZeroDivisionError("a fault in the colorizer")
        return color(self, artwork, *rest)

    open_and_wait(window, qtbot, pages, waiting=4)
    monkeypatch.setattr(Colorizer, "colorize_artwork", fault)
    with caplog.at_level(logging.CRITICAL):
        window.tools.colorize_button.click()
        wait_for_end(window, qtbot)
    desk = window.studio.desk
    assert (desk.count(JobState.DONE), desk.count(JobState.FAILED)) == (3, 1)
    (row,) = [row for row in desk.rows.rows if row.state is JobState.FAILED]
    assert row.job.source.name == "shades.jpg" and row.update.failure.sentence
    assert window.queue_panel.pace == "3 pictures coloured, 1 failed."


@pytest.mark.reliability("R49")
def test_a_fault_in_the_batch_thread_itself_ends_the_batch_and_the_next_one_works(
    window, qtbot, pages, monkeypatch, caplog
):
    def fault(*_, **__):
        raise ZeroDivisionError("a fault in the pipeline")

    open_and_wait(window, qtbot, pages, waiting=4)
    with monkeypatch.context() as patch, caplog.at_level(logging.CRITICAL):
        patch.setattr("colorstudio.jobs.pipeline.run_batch", fault)
        window.tools.colorize_button.click()
        wait_for_end(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.messages.sentence), timeout=LONG)
    assert window.studio.desk.waiting == 4, "nothing may be lost"
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.count(JobState.DONE) == 4, timeout=LONG)
    wait_for_end(window, qtbot)
