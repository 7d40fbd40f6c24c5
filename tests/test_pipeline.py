"""Batches over real files: one ending for every job, whatever happens."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pipeline_support import Batch, Painter

from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import Cancelled, CancelSource, CancelToken
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.hints import HintSet
from colorstudio.core.mode import Mode
from colorstudio.jobs import storing
from colorstudio.jobs.budget import PixelBudget
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.jobs.pipeline import run_batch
from colorstudio.jobs.planning import plan_batch


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(tmp_path)


def test_every_picture_is_coloured_at_its_own_size(batch: Batch) -> None:
    batch.draw(5).plan().run()
    assert batch.states == [JobState.DONE] * 5
    for name in batch.written():
        with Image.open(batch.output / name) as picture:
            assert picture.size == (24, 16)
            assert picture.convert("RGB").getpixel((3, 3)) == (200, 60, 40)


@pytest.mark.reliability("R22", "I3")
def test_one_bad_picture_does_not_stop_the_batch(batch: Batch) -> None:
    batch.draw(4)
    (batch.folder / "page001.png").write_bytes(b"this is no picture")
    batch.plan()
    (batch.folder / "page002.png").unlink()  # gone after the scan
    batch.run()
    assert batch.states == [JobState.DONE, JobState.FAILED, JobState.FAILED, JobState.DONE]
    assert all(e.failure and e.failure.sentence for e in batch.endings.values() if not e.progress)
    assert batch.written() == ["page000.png", "page003.png"]


@pytest.mark.reliability("I3")
@pytest.mark.parametrize("error", [MemoryError(), ValueError("odd"), OSError(5, "broken")])
def test_whatever_the_colorizer_raises_costs_one_picture(batch: Batch, error: Exception) -> None:
    def fail_second(number: int, _token: CancelToken) -> None:
        if number == 2:
            raise error

    batch.draw(3).plan().run(Painter(fail_second))
    assert batch.states.count(JobState.FAILED) == 1
    assert batch.states.count(JobState.DONE) == 2
    assert len(batch.written()) == 2


def test_luma_is_vouched_for_only_where_the_file_keeps_it(batch: Batch) -> None:
    Image.new("L", (8, 8), 90).save(batch.folder / "one.png")
    Image.new("L", (8, 8), 90).save(batch.folder / "two.JPG", "JPEG")
    batch.plan().run()
    assert [ending.changed_luma for ending in batch.endings.values()] == [0, None]


def test_jobs_start_in_the_queues_order_and_progress_only_grows(batch: Batch) -> None:
    batch.draw(12).plan().run()
    started = [u.job_id for u in batch.updates if u.progress == pytest.approx(0.1)]
    assert started == [job.id for job in batch.queue.jobs]
    for job in batch.queue.jobs:
        progress = [u.progress for u in batch.updates if u.job_id == job.id]
        assert progress == sorted(progress) and progress[-1] == 1.0


def test_the_queue_knows_before_the_listener_does(batch: Batch) -> None:
    batch.draw(3).plan()

    def check(update: JobUpdate) -> None:
        assert batch.queue.update_of(update.job_id) == update
        batch.updates.append(update)

    run_batch(batch.queue, Painter(), batch.stop.token, check)
    assert batch.states == [JobState.DONE] * 3


def test_reports_come_one_at_a_time(batch: Batch) -> None:
    inside = threading.Lock()

    def report(update: JobUpdate) -> None:
        assert inside.acquire(blocking=False), "two reports at once"
        time.sleep(0.001)
        inside.release()
        batch.updates.append(update)

    batch.draw(10).plan()
    run_batch(batch.queue, Painter(), batch.stop.token, report)
    assert batch.states == [JobState.DONE] * 10


def test_a_listener_that_raises_ends_the_batch_and_is_heard(batch: Batch) -> None:
    def report(_update: JobUpdate) -> None:
        raise RuntimeError("the window is gone")

    batch.draw(6).plan()
    with pytest.raises(RuntimeError, match="window is gone"):
        run_batch(batch.queue, Painter(), batch.stop.token, report)
    assert batch.queue.counts[JobState.RUNNING] == batch.queue.counts[JobState.QUEUED] == 0
    assert not [thread for thread in threading.enumerate() if "_all" in thread.name]


def test_a_cancelled_batch_stops_within_one_picture(batch: Batch) -> None:
    def cancel_at_third(number: int, _token: CancelToken) -> None:
        if number == 3:
            batch.stop.cancel()

    painter = Painter(cancel_at_third)
    batch.draw(20).plan().run(painter)
    assert len(painter.requests) == 3
    assert len(batch.endings) == 20
    assert set(batch.states) <= {JobState.DONE, JobState.CANCELLED}
    done = [e.job_id for e in batch.endings.values() if e.state is JobState.DONE]
    assert len(batch.written()) == len(done) <= 2
    assert all(e.failure is None for e in batch.endings.values())


def test_cancelling_before_the_start_does_nothing_at_all(batch: Batch) -> None:
    batch.stop.cancel()
    painter = Painter()
    batch.draw(5).plan().run(painter)
    assert batch.states == [JobState.CANCELLED] * 5
    assert not painter.requests and not batch.output.exists()


def test_one_job_can_be_cancelled_while_it_is_coloured(batch: Batch) -> None:
    def cancel_second(number: int, token: CancelToken) -> None:
        if number == 2:
            batch.queue.cancel(2)
            assert token.cancelled

    batch.draw(4).plan().run(Painter(cancel_second))
    assert batch.states == [JobState.DONE, JobState.CANCELLED, JobState.DONE, JobState.DONE]
    batch.queue.retry(2)
    batch.updates.clear()
    assert batch.run().states == [JobState.DONE]


def test_hints_beside_the_picture_are_used(batch: Batch) -> None:
    batch.draw(2)
    hints = '{"hints": [{"x": 4, "y": 3, "radius": 2, "color": "#d04030"}]}'
    (batch.folder / "page001.hints.json").write_text(hints)
    painter = Painter()
    batch.plan().run(painter)
    assert painter.requests[0].hints == HintSet()
    assert painter.requests[1].hints.hints[0].color == "#d04030"


@pytest.mark.reliability("R25")
def test_broken_hints_cost_the_hints_and_not_the_picture(batch: Batch) -> None:
    batch.draw(1)
    (batch.folder / "page000.hints.json").write_text("{")
    batch.plan().run()
    (ending,) = batch.endings.values()
    assert ending.state is JobState.DONE
    assert len(ending.warnings) == 1 and "without hints" in ending.warnings[0]


def test_what_was_repaired_while_reading_is_told(batch: Batch) -> None:
    frames = [Image.new("L", (8, 8), shade) for shade in (10, 200)]
    frames[0].save(batch.folder / "two.tif", save_all=True, append_images=frames[1:])
    batch.plan().run()
    (ending,) = batch.endings.values()
    assert ending.state is JobState.DONE and ending.warnings


def test_neighbouring_pictures_overlap(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is read while the first is coloured, and coloured while the first is written."""
    second_read, second_begun = threading.Event(), threading.Event()
    real = storing.write_artwork

    def write(target: Path, artwork: Artwork, **rest: Any) -> None:
        assert second_begun.wait(20)
        real(target, artwork, **rest)

    def before(number: int, _token: CancelToken) -> None:
        if number == 1:
            assert second_read.wait(20)
        else:
            second_begun.set()

    def report(update: JobUpdate) -> None:
        batch.updates.append(update)
        if update.job_id == 2 and update.progress == pytest.approx(0.3):
            second_read.set()

    monkeypatch.setattr(storing, "write_artwork", write)
    batch.draw(2).plan()
    run_batch(batch.queue, Painter(before), batch.stop.token, report)
    assert batch.states == [JobState.DONE] * 2


@pytest.mark.reliability("R29")
def test_pictures_in_flight_stay_within_the_budget(batch: Batch) -> None:
    in_flight, most = 0, 0

    def report(update: JobUpdate) -> None:
        nonlocal in_flight, most
        in_flight += update.progress == pytest.approx(0.1)
        in_flight -= update.state.ended
        most = max(most, in_flight)
        batch.updates.append(update)

    batch.draw(12, size=(100, 100)).plan()
    painter = Painter(lambda _number, _token: time.sleep(0.01))
    run_batch(batch.queue, painter, batch.stop.token, report, pixels_in_flight=20_000)
    assert batch.states == [JobState.DONE] * 12
    # A share is given back just before the ending is told, so one more may have started.
    assert most <= 3


def test_a_picture_larger_than_the_budget_passes_alone(batch: Batch) -> None:
    batch.draw(3, size=(300, 300)).plan().run(pixels_in_flight=1000)
    assert batch.states == [JobState.DONE] * 3


def test_waiting_for_the_budget_ends_when_cancelled() -> None:
    budget, stop = PixelBudget(1000), CancelSource()
    assert budget.take(5000, stop.token) == 1000
    threading.Timer(0.05, stop.cancel).start()
    start = time.monotonic()
    with pytest.raises(Cancelled):
        budget.take(10, stop.token)
    assert time.monotonic() - start < 2


@pytest.mark.reliability("R35")
def test_seconds_are_time_worked_on_the_picture(batch: Batch) -> None:
    batch.draw(6).plan().run(Painter(lambda _number, _token: time.sleep(0.1)))
    seconds = [ending.seconds for ending in batch.endings.values()]
    assert all(0.1 <= s < 0.4 for s in seconds)  # with the time in line, the last has 0.6


def test_planning_joins_what_is_found_with_where_it_goes(batch: Batch) -> None:
    batch.draw(2)
    planned = plan_batch(
        [batch.folder], batch.output, recursive=False, mode=Mode.LINEART, first_id=5
    )
    assert planned.jobs == tuple(
        Job(5 + n, batch.folder / f"page00{n}.png", batch.output / f"page00{n}.png", Mode.LINEART)
        for n in range(2)
    )
    with pytest.raises(ColorStudioError):
        plan_batch([batch.folder / "nowhere"], batch.output)
