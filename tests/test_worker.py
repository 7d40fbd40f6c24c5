"""The threads behind the window: what goes in, what comes out, and that they always end."""

import threading
import time

import pytest
from PySide6.QtCore import QDeadlineTimer
from tiny_style import make_tiny_style
from window_support import draw_line_art, draw_shades

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.mode import Mode
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.queue import JobQueue
from colorstudio.ui.colorizer_source import ColorizerSource, load_colorizer
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.preview_worker import PreviewThread
from colorstudio.ui.worker_thread import BatchThread, UpdateBox

LONG = 20_000


@pytest.fixture
def source(home):
    return ColorizerSource()


@pytest.fixture
def errands(qtbot):
    made = ErrandThread()
    yield made
    made.leave()
    assert made.wait(QDeadlineTimer(5000))


@pytest.fixture
def preview(qtbot, source):
    made = PreviewThread(source)
    yield made
    made.leave()
    assert made.wait(QDeadlineTimer(5000))


# --- errands -----------------------------------------------------------------------------------


def test_an_errand_runs_elsewhere_and_its_answer_comes_back_here(errands, qtbot):
    answers, places = [], []
    errands.ask(
        "where",
        lambda: places.append(threading.get_ident()) or 42,
        lambda answer: answers.append((answer, threading.get_ident())),
        answers.append,
    )
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)
    here = threading.get_ident()
    assert answers == [(42, here)] and places[0] != here


def test_a_failed_errand_answers_with_a_sentence(errands, qtbot):
    def fail() -> None:
        raise PermissionError(13, "denied", "/secret")

    failures = []
    errands.ask("fail", fail, failures.append, failures.append)
    qtbot.waitUntil(lambda: bool(failures), timeout=LONG)
    assert failures[0].kind is FailureKind.NO_PERMISSION
    errands.ask("go on", lambda: 1, failures.append, failures.append)
    qtbot.waitUntil(lambda: failures[-1] == 1, timeout=LONG)


def test_of_errands_with_one_key_only_the_newest_answers(errands, qtbot):
    gate, answers = threading.Event(), []
    errands.ask("list", lambda: gate.wait(20) and "old", answers.append, answers.append)
    errands.ask("list", lambda: "dropped", answers.append, answers.append)
    errands.ask("list", lambda: "new", answers.append, answers.append)
    gate.set()
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)
    qtbot.wait(50)
    assert answers == ["new"]


# --- the shared colorizer ----------------------------------------------------------------------


def test_two_threads_share_one_colorizer(home):
    loads = []

    def load(style, device):
        loads.append(style)
        time.sleep(0.05)
        return load_colorizer(style, device)

    source, got = ColorizerSource(load), []
    threads = [threading.Thread(target=lambda: got.append(source.get("Tiny"))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert loads == ["Tiny"] and got[0] is got[1] is got[2]


def test_another_style_is_loaded_and_a_broken_one_can_be_tried_again(source, home):
    first = source.get("Tiny")
    with pytest.raises(ColorStudioError):
        source.get("Missing")
    make_tiny_style(home / "styles" / "missing", name="Missing")
    assert source.get("Missing").style.info.name == "Missing"
    assert source.get("Tiny") is not first


# --- the batch thread --------------------------------------------------------------------------


def queue_of(folder) -> JobQueue:
    queue = JobQueue()
    pictures = sorted(folder.glob("*.*"))
    queue.add(Job(n, path, folder / "out" / path.name) for n, path in enumerate(pictures, 1))
    return queue


def test_the_batch_thread_works_off_the_queue_and_reports_every_ending(qtbot, source, pages):
    queue = queue_of(pages)
    thread = BatchThread(queue, source)
    equipment = []
    thread.equipped.connect(equipment.append)
    with qtbot.waitSignal(thread.finished, timeout=LONG):
        thread.work_off("Tiny")
    updates, more = thread.updates.take(1000)
    assert not more and thread.failure is None
    endings = [update for update in updates if update.state.ended]
    assert [update.state for update in endings] == [JobState.DONE] * 4
    assert {update.provider for update in endings} == {equipment[0].provider}


def test_the_batch_thread_can_be_stopped_within_a_picture(qtbot, source, tmp_path):
    for number in range(60):
        draw_line_art(tmp_path / f"{number}.png", 900, 700)
    queue = queue_of(tmp_path)
    thread = BatchThread(queue, source)
    thread.work_off("Tiny")
    qtbot.waitUntil(lambda: queue.counts[JobState.DONE] >= 1, timeout=LONG)
    started = time.monotonic()
    assert thread.stop(QDeadlineTimer(3000))
    assert time.monotonic() - started < 3
    assert queue.counts[JobState.RUNNING] == queue.counts[JobState.QUEUED] == 0
    assert queue.counts[JobState.CANCELLED] > 0
    assert [p.name for p in (tmp_path / "out").iterdir() if ".part" in p.name] == []


def test_a_style_that_cannot_be_loaded_leaves_the_queue_as_it_was(qtbot, source, pages):
    queue = queue_of(pages)
    thread = BatchThread(queue, source)
    with qtbot.waitSignal(thread.finished, timeout=LONG):
        thread.work_off("Missing")
    assert thread.failure is not None and "Missing" in thread.failure.sentence
    assert queue.counts[JobState.QUEUED] == 4


def test_the_update_box_hands_out_portions_in_order():
    box = UpdateBox()
    firsts = [box.put(JobUpdate(number, JobState.SKIPPED)) for number in range(5)]
    assert firsts == [True, False, False, False, False]
    taken, more = box.take(3)
    assert [update.job_id for update in taken] == [0, 1, 2] and more
    taken, more = box.take(3)
    assert [update.job_id for update in taken] == [3, 4] and not more
    assert box.put(JobUpdate(9, JobState.SKIPPED))


# --- previews ----------------------------------------------------------------------------------


def test_a_preview_shows_the_original_first_and_then_the_coloured(preview, qtbot, tmp_path):
    page = draw_shades(tmp_path / "page.png")
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(page, "Tiny", None)
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].last, timeout=LONG)
    first, last = replies
    assert first.original is not None and first.colored is None
    assert (last.colored.width, last.colored.height) == (120, 90)
    assert last.mode is Mode.GREYSCALE and last.failure is None


def test_only_the_newest_preview_is_shown(preview, qtbot, tmp_path):
    pictures = [draw_line_art(tmp_path / f"{n}.png", 700, 500) for n in range(6)]
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(pictures[0], "Tiny", None)
    qtbot.waitUntil(lambda: bool(replies), timeout=LONG)
    for picture in pictures:
        preview.show_picture(picture, "Tiny", None)
    replies.clear()
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].last, timeout=LONG)
    assert {reply.path for reply in replies} == {pictures[-1]}


def test_a_change_of_mode_reads_the_file_no_second_time(preview, qtbot, tmp_path):
    page = draw_line_art(tmp_path / "page.png")
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(page, "Tiny", None)
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].last, timeout=LONG)
    original = replies[-1].original
    preview.show_picture(page, "Tiny", Mode.GREYSCALE)
    qtbot.waitUntil(lambda: replies[-1].mode is Mode.GREYSCALE, timeout=LONG)
    assert replies[-1].original is original
    time.sleep(0.01)
    draw_line_art(page, 200, 100)
    preview.show_picture(page, "Tiny", None)
    qtbot.waitUntil(lambda: replies[-1].last and replies[-1].original.width == 200, timeout=LONG)


def test_hints_beside_the_picture_are_used_and_broken_ones_told(preview, qtbot, tmp_path):
    page = draw_shades(tmp_path / "page.png")
    (tmp_path / "page.hints.json").write_text("{ torn")
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(page, "Tiny", None)
    qtbot.waitUntil(lambda: bool(replies) and replies[-1].last, timeout=LONG)
    assert replies[-1].colored is not None
    assert any("without hints" in warning for warning in replies[-1].warnings)


def test_a_picture_that_vanishes_is_answered_with_a_sentence(preview, qtbot, tmp_path):
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(tmp_path / "gone.png", "Tiny", None)
    qtbot.waitUntil(lambda: bool(replies), timeout=LONG)
    assert replies[0].failure.kind is FailureKind.NOT_FOUND and replies[0].original is None


def test_forgetting_drops_what_is_under_way(preview, qtbot, tmp_path):
    page = draw_line_art(tmp_path / "page.png", 700, 500)
    replies = []
    preview.replied.connect(replies.append)
    preview.show_picture(page, "Tiny", None)
    preview.forget()
    qtbot.wait(300)
    assert replies == []


def test_a_thread_that_was_left_takes_no_more_errands(qtbot):
    errands = ErrandThread()
    errands.leave()
    errands.ask("late", lambda: 1, print, print)
    assert not errands.isRunning() and not errands.busy
