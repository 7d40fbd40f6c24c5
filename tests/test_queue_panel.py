"""The queue panel: states, progress and time, and every button that acts on jobs."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from window_support import Clock, draw_line_art, finish, jobs_of

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.core.output_options import is_result
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.ui.batch_progress import BatchProgress
from colorstudio.ui.job_delegate import button_area
from colorstudio.ui.job_list_model import PLACE_ROLE
from colorstudio.ui.namesakes import Namesakes
from colorstudio.ui.queue_panel import QueuePanel
from colorstudio.ui.session import (
    Wishes,
    common_folder,
    input_groups,
    sort_drop,
    without_clashes,
)
from colorstudio.ui.wording import duration, end_line, job_line, rate

LONG = 20_000


@pytest.fixture
def panel(queue_panel):
    return queue_panel


# --- numbers and words, without a window -------------------------------------------------------


def test_rate_and_time_left_come_from_pictures_that_were_worked_on():
    clock = Clock()
    progress = BatchProgress(clock)
    progress.start(10)
    progress.begin_work()
    for _ in range(3):
        progress.count(JobState.SKIPPED)
    assert progress.view().rate is None, "skipped pictures are no speed"
    for _ in range(2):
        clock.now += 4
        progress.count(JobState.DONE)
    view = progress.view()
    assert (view.ended, view.total) == (5, 10)
    assert view.rate == pytest.approx(0.25)
    assert view.left == pytest.approx(20)


def test_a_picture_that_takes_long_shows_in_the_time_left_and_nothing_is_negative():
    clock = Clock()
    progress = BatchProgress(clock)
    progress.start(4)
    progress.begin_work()
    clock.now += 2
    progress.count(JobState.DONE)
    first = progress.view().left
    clock.now += 60
    assert progress.view().left > first
    assert progress.view().fraction == 0.25


def test_whole_progress_is_shown_only_at_the_end():
    progress = BatchProgress(Clock())
    progress.start(3)
    for expected in (1 / 3, 2 / 3, 1.0):
        progress.count(JobState.DONE)
        assert progress.view().fraction == pytest.approx(expected)
    progress.grow(1)
    assert progress.view().fraction < 1


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.42, "0.4 s"), (9.96, "10 s"), (61, "61 s"), (125, "2 min"), (7500, "2 h 05 min")],
)
def test_durations_are_as_exact_as_one_can_feel(seconds, words):
    assert duration(seconds) == words


def test_slow_rates_are_told_per_minute():
    assert rate(2.04) == "2.0 pictures/s"
    assert rate(0.05) == "3.0 pictures/min"


def test_all_done_is_said_only_when_it_is_true():
    assert end_line(3, 0, 0, 0) == "All done: 3 pictures coloured."
    assert end_line(3, 1, 0, 0) == "3 pictures coloured, 1 failed."
    assert end_line(0, 0, 4, 0) == "Nothing left to colour, 4 skipped."
    assert end_line(1, 0, 0, 9) == "1 picture coloured, 9 cancelled."


def test_a_row_says_how_its_job_goes():
    job = Job(1, Path("a.png"), Path("b.png"), skip=True)
    assert "skipped" in job_line(job, JobUpdate(1, JobState.QUEUED))
    assert job_line(job, JobUpdate(1, JobState.RUNNING, 0.5)) == "Colouring…"
    failed = JobUpdate(1, JobState.FAILED, failure=Failure(FailureKind.DAMAGED, "It is torn."))
    assert job_line(job, failed) == "It is torn."


def test_inputs_go_to_a_folder_beside_them_unless_one_is_chosen(tmp_path):
    (tmp_path / "a").mkdir()
    pictures = (tmp_path / "b" / "1.png", tmp_path / "b" / "2.png")
    wishes = Wishes(inputs=(tmp_path / "a", *pictures))
    groups = input_groups(wishes)
    assert [group.output for group in groups] == [
        tmp_path / "a" / "colorized",
        tmp_path / "b" / "colorized",
    ]
    assert groups[1].inputs == pictures
    one = input_groups(Wishes(inputs=wishes.inputs, output=tmp_path / "out"))
    assert [group.output for group in one] == [tmp_path / "out"]


def test_pictures_of_one_name_are_told_apart_by_their_folders(tmp_path):
    names = Namesakes()
    book, other = tmp_path / "book", tmp_path / "other.cbz"
    names.add([book / "cover.png", book / "1.png", book / "part 2" / "a" / "1.png"])
    assert names.place(book / "cover.png") == ""
    assert names.place(book / "1.png") == "book"
    assert names.place(book / "part 2" / "a" / "1.png") == str(Path("part 2", "a"))
    names.add([other / "1.png"])
    assert names.place(book / "1.png") == "book" and names.place(other / "1.png") == "other.cbz"
    names.clear()
    assert names.place(book / "1.png") == ""


def test_two_jobs_never_share_a_target_and_a_source_is_queued_once():
    held = [Job(1, Path("a/page.png"), Path("out/page.png"))]
    fresh = [
        Job(2, Path("b/page.png"), Path("out/PAGE.png"), skip=True),
        Job(3, Path("a/page.png"), Path("out/x.png")),
        Job(4, Path("c/page.png"), Path("out/page.png")),
    ]
    kept = without_clashes(fresh, held)
    assert [(job.id, job.target, job.skip) for job in kept] == [
        (2, Path("out/PAGE (2).png"), False),
        (4, Path("out/page (3).png"), False),
    ]


def test_results_of_earlier_batches_are_known_by_their_folder():
    book = Path("book")
    assert is_result(book / "ch 1" / "colorized" / "p.png", [book])
    assert not is_result(book / "colorized.png", [book])
    assert not is_result(book / "colorized" / "p.png", [book / "colorized"])


def test_a_drop_is_sorted_into_what_can_be_used(tmp_path):
    (tmp_path / "folder.png").mkdir()
    paths = [tmp_path / name for name in ("folder.png", "a.PNG", "b.txt", "misspelt")]
    paths[2].touch()
    drop = sort_drop(paths, {".png"})
    assert (drop.folders, drop.pictures, drop.others) == ((paths[0],), (paths[1],), (paths[2],))
    assert drop.missing == (paths[3],)


def test_the_folder_of_all_results_is_found():
    assert common_folder([Path("/o/a"), Path("/o/a/b")]) == Path("/o/a")
    assert common_folder([]) is None


# --- the panel with real jobs ------------------------------------------------------------------


def test_rows_of_one_name_show_their_folders(panel, desk, tmp_path):
    for chapter in ("Chapter 1", "Chapter 2"):
        (tmp_path / chapter).mkdir()
        draw_line_art(tmp_path / chapter / "page 1.png")
    draw_line_art(tmp_path / "cover.png")
    sources = [tmp_path / "cover.png", *sorted(tmp_path.glob("*/*.png"))]
    jobs = [Job(n, path, tmp_path / f"out/{n}.png") for n, path in enumerate(sources, start=1)]
    desk.add(jobs)
    indexes = [desk.rows.index(row) for row in range(3)]
    assert [index.data(PLACE_ROLE) for index in indexes] == ["", "Chapter 1", "Chapter 2"]
    assert indexes[2].data(Qt.ItemDataRole.AccessibleTextRole) == "page 1.png, Chapter 2: Waiting"
    rows = [panel.list.visualRect(index) for index in indexes]
    first, second = (panel.list.viewport().grab(row).toImage() for row in rows[1:])
    assert first != second, "to the eye as well"
    desk.remove([2])
    assert desk.rows.index(1).data(PLACE_ROLE) == ""


def test_jobs_are_worked_off_and_the_panel_says_so(panel, desk, qtbot, pages):
    desk.add(jobs_of(pages))
    assert panel.headline == "4 pictures" and panel.pace == "4 to colour"
    finish(desk, qtbot)
    assert panel.pace == "All done: 4 pictures coloured."
    assert panel.bar.value() == panel.bar.maximum()
    assert not panel.retry_button.isEnabled() and panel.output.results_button.isEnabled()
    row = desk.rows.rows[0]
    assert row.update.provider in ("CPU", "CUDA") and row.update.seconds > 0


def test_a_failed_job_tells_why_can_be_copied_and_tried_again(panel, desk, qtbot, pages):
    bad = pages / "bad.png"
    bad.write_bytes(b"nothing")
    desk.add(jobs_of(pages))
    finish(desk, qtbot)
    number = next(n for n, row in enumerate(desk.rows.rows) if row.job.source == bad)
    panel.list.setCurrentIndex(desk.rows.index(number))
    assert "not a picture" in panel.failure_box.sentence
    panel.failure_box.copy_button.click()
    copied = QGuiApplication.clipboard().text()
    assert str(bad) in copied and panel.failure_box.sentence in copied
    draw_line_art(bad)
    panel.failure_box.retry_button.click()
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert desk.rows.rows[number].state is JobState.DONE
    assert panel.failure_box.isHidden()
    assert desk.view().total == 1


def test_retry_failed_takes_on_all_that_failed(panel, desk, qtbot, pages):
    for name in ("bad 1.png", "bad 2.png"):
        (pages / name).write_bytes(b"nothing")
    desk.add(jobs_of(pages))
    finish(desk, qtbot)
    assert panel.retry_button.text() == "Retry 2 failed"
    draw_line_art(pages / "bad 1.png")
    desk.retry(desk.failed, "Tiny")
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert desk.count(JobState.FAILED) == 1
    assert panel.pace == "1 picture coloured, 1 failed."


def test_what_is_tried_again_during_the_batch_counts_as_it_ends_then(panel, desk, qtbot, pages):
    (pages / "bad.png").write_bytes(b"nothing")
    bad, *good = jobs_of(pages)
    desk.add([bad])
    finish(desk, qtbot)
    desk.queue.pause()
    desk.add(good)
    desk.start("Tiny")
    first, second = good[0].id, good[1].id
    desk.cancel([first, second])
    desk.retry([first, bad.id], "Tiny")  # the one has ended in this batch, the other before it
    assert (desk.view().ended, desk.view().total) == (1, 5)
    desk.resume()
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert panel.pace == "3 pictures coloured, 1 failed, 1 cancelled."


def test_one_waiting_job_can_be_cancelled_and_is_not_coloured(panel, desk, qtbot, pages):
    jobs = jobs_of(pages)
    desk.add(jobs)
    click_button_of_row(panel, 1)
    assert desk.rows.rows[1].state is JobState.CANCELLED
    finish(desk, qtbot)
    assert desk.count(JobState.DONE) == 3
    assert not jobs[1].target.exists()


def test_the_row_button_tries_a_cancelled_job_again(panel, desk, qtbot, pages):
    desk.add(jobs_of(pages))
    desk.cancel_all()
    assert desk.count(JobState.CANCELLED) == 4
    desk.start("Tiny")
    assert not desk.running, "what was cancelled by hand is not gone on with"
    click_button_of_row(panel, 0)
    qtbot.waitUntil(lambda: desk.rows.rows[0].state is JobState.DONE, timeout=LONG)
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)


def test_a_running_job_can_be_cancelled_alone(panel, desk, qtbot, tmp_path):
    for number in range(6):
        draw_line_art(tmp_path / f"{number}.png", 900, 700)
    desk.add(jobs_of(tmp_path))
    desk.start("Tiny")
    qtbot.waitUntil(lambda: desk.started_last > 0, timeout=LONG)
    last = desk.rows.rows[-1].job.id
    desk.cancel([last])
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert desk.queue.state_of(last) is JobState.CANCELLED
    assert desk.count(JobState.DONE) == 5


def test_rows_that_went_while_their_menu_was_open_are_passed_over(desk, pages):
    desk.add(jobs_of(pages))
    gone, kept = desk.rows.rows[0].job.id, desk.rows.rows[1].job.id
    desk.remove([gone])
    desk.cancel([gone, kept])
    assert desk.count(JobState.CANCELLED) == 1
    desk.remove([gone, kept])
    assert len(desk.rows.rows) == 2


def test_delete_removes_rows_and_clear_keeps_what_waits(panel, desk, qtbot, pages):
    desk.add(jobs_of(pages))
    panel.list.setCurrentIndex(desk.rows.index(0))
    QTest.keyClick(panel.list, Qt.Key.Key_Delete)
    assert desk.rows.rowCount() == 3
    desk.cancel([desk.rows.rows[0].job.id])
    panel.clear_button.click()
    assert [row.state for row in desk.rows.rows] == [JobState.QUEUED] * 2


def test_jobs_added_while_a_batch_runs_are_taken_along(panel, desk, qtbot, pages, tmp_path):
    more = tmp_path / "more"
    more.mkdir()
    draw_line_art(more / "late.png")
    desk.add(jobs_of(pages))
    desk.start("Tiny")
    desk.add(jobs_of(more))
    assert desk.view().total == 5
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert desk.count(JobState.DONE) == 5


def test_thousands_of_skipped_jobs_do_not_drown_the_window(panel, desk, qtbot, pages):
    page = pages / "page 1.png"
    desk.add([Job(n, page, pages / f"{n}.png", skip=True) for n in range(1, 5001)])
    qtbot.waitUntil(lambda: desk.waiting == 5000, timeout=LONG)
    finish(desk, qtbot)
    assert desk.count(JobState.SKIPPED) == 5000
    assert panel.pace == "Nothing left to colour, 5,000 skipped."


def click_button_of_row(panel: QueuePanel, row: int) -> None:
    area = panel.list.visualRect(panel.list.model().index(row, 0))
    place: QPoint = button_area(area).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
