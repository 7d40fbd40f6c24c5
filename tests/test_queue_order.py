"""A batch that rests and goes on, and the order in which pictures start."""

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from window_support import (
    LONG,
    Clock,
    draw_line_art,
    finish,
    jobs_of,
    open_and_wait,
    wait_for_end,
)

from colorstudio.core.output_options import OutputFormat
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.batch_progress import BatchProgress
from colorstudio.ui.notifier import Notifier
from colorstudio.ui.wording import clock_time


@pytest.fixture
def panel(queue_panel):
    return queue_panel


def order(desk) -> list[int]:
    return [row.job.id for row in desk.rows.rows]


def test_jobs_start_in_the_order_they_were_arranged_in():
    queue = JobQueue()
    queue.add([Job(n, Path(f"{n}.png"), Path(f"out/{n}.png")) for n in (1, 2, 3, 4)])
    queue.take_next()
    queue.arrange([1, 4, 3, 2])
    assert [queue.take_next().id for _ in range(3)] == [4, 3, 2]
    with pytest.raises(ValueError, match="every job once"):
        queue.arrange([1, 2, 3])


def test_what_must_not_start_keeps_its_place():
    queue = JobQueue()
    queue.add([Job(n, Path(f"{n}.png"), Path(f"out/{n}.png")) for n in (1, 2, 3, 4)])
    queue.let_start([3])
    assert [job.id for job in queue.jobs_to_do()] == [3]
    assert queue.take_next().id == 3 and queue.take_next() is None
    assert queue.cancel_all_queued() == ()
    queue.let_start(None)
    assert [queue.take_next().id for _ in range(3)] == [1, 2, 4]


def test_a_paused_queue_says_so_until_it_may_go_on():
    queue = JobQueue()
    assert queue.wait_to_go(0)
    queue.pause()
    assert queue.wait_to_go(0), "nothing waits, so there is nothing to hold back"
    queue.add([Job(1, Path("1.png"), Path("out/1.png"))])
    assert not queue.wait_to_go(0)
    threading.Timer(0.05, queue.resume).start()
    assert queue.wait_to_go(10)


def test_a_pause_is_no_part_of_the_rate():
    clock = Clock()
    progress = BatchProgress(clock)
    progress.start(10)
    progress.begin_work()
    clock.now += 2
    progress.count(JobState.DONE)
    before = progress.view()
    progress.pause()
    clock.now += 3600
    assert progress.view() == before
    progress.resume()
    assert progress.view() == before


def test_the_clock_time_of_the_end_names_another_day():
    midnight = 1_700_000_000.0
    assert len(clock_time(midnight, 60)) == len("14:32")
    assert len(clock_time(midnight, 30 * 3600)) == len("Tue 03:10")


def test_a_batch_rests_between_pictures_and_goes_on(window, qtbot, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(24):
        draw_line_art(folder / f"{number}.png", 400, 300)
    open_and_wait(window, qtbot, folder, waiting=24)
    studio = window.studio
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: studio.desk.count(JobState.DONE) >= 1, timeout=LONG)
    window.tools.pause_button.click()
    qtbot.waitUntil(lambda: studio.desk.resting, timeout=LONG)
    qtbot.waitUntil(lambda: window.queue_panel.pace == "Paused", timeout=LONG)
    done = studio.desk.count(JobState.DONE)
    assert done < 24 and window.tools.pause_button.text() == "Resume"
    qtbot.wait(300)
    assert studio.desk.count(JobState.DONE) == done, "it does not rest"
    window.tools.pause_button.click()
    wait_for_end(window, qtbot)
    assert studio.desk.count(JobState.DONE) == 24
    assert not studio.desk.queue.paused


def test_a_resting_batch_can_be_stopped(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.desk.queue.pause()
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.resting, timeout=LONG)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    assert window.studio.desk.count(JobState.CANCELLED) == 4
    assert not window.studio.desk.queue.paused


def test_rows_move_with_the_keyboard_and_stay_selected(panel, desk, qtbot, pages):
    desk.add(jobs_of(pages))
    panel.list.setCurrentIndex(desk.rows.index(2))
    QTest.keyClick(panel.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(desk) == [1, 3, 2, 4]
    assert panel.list.chosen_ids == [3]
    for _ in range(5):
        QTest.keyClick(panel.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order(desk) == [1, 2, 4, 3]
    assert [job.id for job in desk.queue.jobs] == [1, 2, 4, 3]


def test_dropped_rows_go_before_the_row_below_the_mouse(panel, desk, pages):
    desk.add(jobs_of(pages))
    second = panel.list.visualRect(desk.rows.index(1))
    assert panel.list.job_below(second.center() - QPoint(0, 10)) == 2
    assert panel.list.job_below(second.center() + QPoint(0, 10)) == 3
    assert panel.list.job_below(QPoint(5, panel.list.height() - 2)) is None
    desk.move([1, 4], panel.list.job_below(second.center() + QPoint(0, 10)))
    assert order(desk) == [2, 1, 4, 3]


def test_what_has_ended_is_not_moved(panel, desk, qtbot, pages):
    desk.add(jobs_of(pages))
    desk.cancel([1])
    desk.move([1, 3], None)
    assert order(desk) == [1, 2, 4, 3]


def act(panel, words: str) -> None:
    menu = panel.offer_menu(QPoint(10, 10))
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_the_menu_of_a_row_starts_it_first_or_last(panel, desk, pages):
    desk.add(jobs_of(pages))
    panel.list.setCurrentIndex(desk.rows.index(2))
    act(panel, "Start first")
    assert order(desk) == [3, 1, 2, 4]
    act(panel, "Start first")
    assert order(desk) == [3, 1, 2, 4]
    act(panel, "Start last")
    assert order(desk) == [1, 2, 4, 3]


def test_the_menu_of_a_failed_row_copies_details_and_opens_its_folder(
    panel,
    desk,
    qtbot,
    pages,
):
    (pages / "aaa.png").write_bytes(b"no picture")
    desk.add(jobs_of(pages))
    finish(desk, qtbot)
    panel.list.setCurrentIndex(desk.rows.index(0))
    act(panel, "Copy details")
    copied = QGuiApplication.clipboard().text()
    assert str(pages / "aaa.png") in copied and "not a picture" in copied
    wanted = []
    panel.folder_wanted.connect(wanted.append)
    act(panel, "Open its folder")
    panel.failure_box.folder_button.click()
    assert wanted == [pages, pages]


def test_only_what_waits_can_be_cancelled_while_the_rest_runs_on(window, qtbot, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        draw_line_art(folder / f"{number}.png", 400, 300)
    open_and_wait(window, qtbot, folder, waiting=40)
    desk = window.studio.desk
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: desk.count(JobState.DONE) >= 1, timeout=LONG)
    desk.cancel_waiting()
    wait_for_end(window, qtbot)
    assert desk.count(JobState.DONE) + desk.count(JobState.CANCELLED) == 40
    assert desk.count(JobState.CANCELLED) > 0
    assert not desk.was_stopped, "what the artist cancelled is not gone on with"


class Tray(QSystemTrayIcon):
    """A place for messages that every desktop has."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str]] = []

    def showMessage(self, title: str, text: str, *_: object) -> None:
        self.told.append((title, text))


def test_the_end_of_a_batch_is_told_outside_the_window_unless_it_is_in_front(qtbot):
    window, tray = QWidget(), Tray()
    qtbot.addWidget(window)
    notifier = Notifier(window, lambda: tray)
    clicks = []
    notifier.clicked.connect(lambda: clicks.append(1))
    notifier.tell("Color Studio", "All done: 4 pictures coloured.")
    notifier.tell("Color Studio", "2 pictures coloured, 1 failed.")
    assert [text for _, text in tray.told] == [
        "All done: 4 pictures coloured.",
        "2 pictures coloured, 1 failed.",
    ]
    tray.messageClicked.emit()
    assert clicks == [1]
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not tray.isVisible()
    notifier.tell("Color Studio", "not needed")
    assert len(tray.told) == 2


def test_a_desktop_without_a_place_for_messages_is_no_fault(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    Notifier(window, lambda: None).tell("Color Studio", "All done.")


def test_the_order_outlives_a_change_of_wishes(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    desk = window.studio.desk
    desk.move([desk.rows.rows[3].job.id], desk.rows.rows[0].job.id)
    window.studio.set_results(fmt=OutputFormat.TIFF)
    targets = ["shades.tif", "page 1.tif", "page 2.tif", "page 10.tif"]
    qtbot.waitUntil(lambda: [row.job.target.name for row in desk.rows.rows] == targets)
