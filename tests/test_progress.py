"""What is said of a batch is true: time left, pace, how far it is, and how it ended."""

import time
from pathlib import Path

import pytest
from window_support import LONG, Clock, colorize, draw_line_art, open_and_wait, states

from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.ui.batch_progress import BatchProgress
from colorstudio.ui.wording import job_line, running_line

DONE, FAILED, SKIPPED = JobState.DONE, JobState.FAILED, JobState.SKIPPED


def started(total: int, clock: Clock, done: int = 0) -> BatchProgress:
    progress = BatchProgress(clock)
    progress.start(total, done)
    return progress


@pytest.mark.reliability("R35")
@pytest.mark.parametrize("loading", [0.0, 3.0, 60.0])
@pytest.mark.parametrize("each", [0.02, 0.5, 40.0])
def test_time_left_is_right_by_a_quarter_from_a_tenth_of_an_even_batch_on(loading, each):
    clock, number = Clock(), 40
    progress = started(number, clock)
    clock.now += loading
    progress.begin_work()
    clock.now += 1.5 * each  # the first one through an empty pipeline
    for ended in range(1, number):
        clock.now += each
        progress.count(DONE)
        if ended >= number // 10:
            assert progress.view().left == pytest.approx((number - ended) * each, rel=0.25)


@pytest.mark.reliability("R35")
def test_what_was_done_before_an_interruption_counts_as_done_and_never_as_speed():
    clock = Clock()
    progress = started(100, clock, done=80)
    assert (progress.view().ended, progress.view().fraction) == (80, 0.8)
    progress.begin_work()
    assert progress.view().rate is None
    for _ in range(5):
        clock.now += 2
        progress.count(DONE)
    for _ in range(10):
        progress.count(SKIPPED)
    view = progress.view()
    assert view.ended == 95 and view.rate == pytest.approx(0.5)
    assert view.left == pytest.approx(10)


@pytest.mark.reliability("R35")
def test_progress_never_goes_back_and_is_whole_only_at_the_end():
    clock = Clock()
    progress, seen = started(10, clock), [0.0]
    progress.begin_work()
    for step in range(30):
        clock.now += 1
        if step in (3, 5):
            progress.grow(10)
        if step == 4:
            progress.grow(-1)
        progress.count(FAILED if step % 7 == 0 else DONE)
        seen.append(progress.view().fraction)
        assert (seen[-1] == 1) == (progress.view().ended == progress.view().total)
        if progress.view().ended == progress.view().total:
            break
    assert seen == sorted(seen) and seen[-1] == 1


@pytest.mark.reliability("R35")
@pytest.mark.parametrize("jump", [86_400, -86_400])
def test_a_jump_of_the_clock_on_the_wall_changes_neither_pace_nor_time_left(monkeypatch, jump):
    progress = BatchProgress()
    progress.start(10)
    progress.begin_work()
    for _ in range(4):
        time.sleep(0.01)
        progress.count(DONE)
    before, truth = progress.view(), time.time()
    monkeypatch.setattr(time, "time", lambda: truth + jump)
    after = progress.view()
    assert after.rate == pytest.approx(before.rate, rel=0.5)
    assert 0 < after.left < 100
    words = running_line(after, time.time())
    assert "-" not in words and "nan" not in words and "inf" not in words


@pytest.mark.reliability("R35")
def test_no_number_is_ever_absurd():
    clock = Clock()
    progress = started(3, clock)
    assert progress.view().left is None
    progress.begin_work()
    progress.count(DONE)  # in no time at all
    assert progress.view().rate is None
    clock.now += 1e-9
    progress.count(DONE)
    progress.grow(-1)  # the artist takes out what waits
    view = progress.view()
    assert (view.ended, view.total, view.left, view.fraction) == (2, 2, 0.0, 1.0)


def test_each_row_tells_how_long_its_picture_took():
    job = Job(1, Path("a.png"), Path("b.png"))
    assert job_line(job, JobUpdate(1, DONE, 1.0, seconds=3.42)) == "Done  ·  3.4 s"
    assert job_line(job, JobUpdate(1, DONE)) == "Done", "done before this start: nobody timed it"


@pytest.mark.reliability("R36")
def test_a_batch_counts_up_and_says_all_done_only_if_nothing_failed(window, qtbot, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(12):
        draw_line_art(folder / f"{number:02}.png", 300, 200)
    (folder / "05.png").write_bytes(b"no picture")
    open_and_wait(window, qtbot, folder, waiting=12)
    panel, headlines, values = window.queue_panel, [], []

    def note() -> None:
        if window.studio.desk.running:
            headlines.append(panel.headline)
            values.append(panel.bar.value())

    window.studio.desk.changed.connect(note)
    colorize(window, qtbot)
    numbers = [int(words.split(" of ")[0]) for words in headlines]
    assert all(words.endswith(" of 12") for words in headlines)
    assert numbers == sorted(numbers) and values == sorted(values)
    bars = zip(values, numbers, strict=True)
    assert all(value < panel.bar.maximum() for value, number in bars if number < 12)
    assert panel.pace == "11 pictures coloured, 1 failed."
    window.studio.add_pictures([draw_line_art(tmp_path / "one more.png", 300, 200)])
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 1, timeout=LONG)
    colorize(window, qtbot)
    assert panel.pace == "1 picture coloured, 1 failed.", "the red row is still there"
    draw_line_art(folder / "05.png", 300, 200)
    panel.retry_button.click()
    qtbot.waitUntil(lambda: states(window) == [DONE] * 13, timeout=LONG)
    qtbot.waitUntil(lambda: not window.studio.desk.running, timeout=LONG)
    assert panel.pace == "All done: 1 picture coloured."
    assert len(list((folder / "colorized").glob("[01]*.png"))) == 12
