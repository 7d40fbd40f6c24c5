"""Batches and the places of their results: what lies there already, full disks, lost folders."""

import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
from pipeline_support import Batch, Painter

from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import CancelToken
from colorstudio.core.failures import FailureKind
from colorstudio.core.naming import Existing
from colorstudio.core.request import ColorRequest
from colorstudio.jobs import pipeline, storing
from colorstudio.jobs.job import JobState
from colorstudio.jobs.journal import Journal
from colorstudio.jobs.ledger import Ledger
from colorstudio.jobs.planning import plan_batch
from colorstudio.jobs.queue import JobQueue


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    return Batch(tmp_path)


@pytest.mark.reliability("R18", "R19")
def test_finished_pictures_are_skipped_without_work(batch: Batch) -> None:
    batch.draw(3).plan().run()
    before = {p.name: p.stat().st_mtime_ns for p in batch.output.iterdir()}
    again = Batch(batch.folder).plan()
    painter = Painter()
    again.run(painter)
    assert again.states == [JobState.SKIPPED] * 3 and not painter.requests
    assert {p.name: p.stat().st_mtime_ns for p in batch.output.iterdir()} == before


@pytest.mark.reliability("R28")
@pytest.mark.reliability("I1")
def test_a_file_that_comes_where_a_result_was_to_go_stays_as_it_is(batch: Batch) -> None:
    def another_program(number: int, token: CancelToken) -> None:
        if number == 1:  # while this very page is coloured, and before the next is begun
            (batch.output / "page000.png").write_bytes(b"painted by hand")

    batch.output.mkdir()
    batch.draw(3).plan()
    (batch.output / "page002.png").write_bytes(b"painted by hand")
    batch.run(Painter(another_program))
    assert batch.states == [JobState.SKIPPED, JobState.DONE, JobState.SKIPPED]
    for number, name in ((1, "page000.png"), (3, "page002.png")):
        assert (batch.output / name).read_bytes() == b"painted by hand"
        failure = batch.endings[number].failure
        assert failure is not None and name in failure.sentence
    assert batch.written() == ["page000.png", "page001.png", "page002.png"]


@pytest.mark.reliability("R19")
def test_a_result_that_somebody_changes_while_it_is_redone_stays(batch: Batch) -> None:
    journal = Journal(batch.folder / "home")
    batch.draw(3).plan().run(ledger=Ledger(journal, "style 1", ColorRequest()))
    again = Batch(batch.folder).plan()
    ledger = Ledger(journal, "style 2", ColorRequest())
    jobs = ledger.refreshed(again.queue.jobs_to_do())
    assert all(job.redo for job in jobs)
    again.queue = JobQueue()
    again.queue.add(jobs)
    kept = again.output / "page000.png"
    before = (again.output / "page001.png").stat().st_mtime_ns

    def artist(number: int, token: CancelToken) -> None:
        if number == 1:  # the very page is being coloured
            kept.write_bytes(b"painted by hand")

    again.run(Painter(artist), ledger=ledger)
    assert again.states == [JobState.SKIPPED, JobState.DONE, JobState.DONE]
    assert kept.read_bytes() == b"painted by hand"
    assert (again.output / "page001.png").stat().st_mtime_ns != before
    failure = again.endings[1].failure
    assert failure is not None and "changed by somebody" in failure.sentence


def test_a_journal_that_cannot_tell_costs_no_result_that_may_be_somebodys(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journal(batch.folder / "home")
    batch.draw(1).plan().run(ledger=Ledger(journal, "style 1", ColorRequest()))
    ledger = Ledger(journal, "style 2", ColorRequest())
    (job,) = ledger.refreshed(Batch(batch.folder).plan().queue.jobs_to_do())
    monkeypatch.setattr(journal, "touched", lambda _: {}["the disk is busy"])
    assert ledger.claim(job) is not None


def test_what_is_to_be_replaced_is_replaced(batch: Batch) -> None:
    batch.output.mkdir()
    (batch.output / "page000.png").write_bytes(b"painted by hand")
    batch.draw(1).plan(Existing.OVERWRITE).run()
    assert batch.states == [JobState.DONE]
    assert (batch.output / "page000.png").read_bytes() != b"painted by hand"


@pytest.mark.reliability("R20")
def test_a_full_disk_stops_the_batch_once(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    real, written = storing.write_artwork, []

    def write(target: Path, artwork: Artwork, **rest: Any) -> None:
        written.append(target)
        if len(written) > 2:
            raise OSError(28, "No space left on device")
        real(target, artwork, **rest)

    monkeypatch.setattr(storing, "write_artwork", write)
    batch.draw(30).plan().run()
    failed = [e for e in batch.endings.values() if e.state is JobState.FAILED]
    # Writers that were at it at the same moment may each find out.
    assert 1 <= len(failed) <= pipeline._WRITERS
    assert failed[0].failure is not None
    assert failed[0].failure.kind is FailureKind.DISK_FULL
    assert "MB free" in failed[0].failure.sentence
    rest = [e for e in batch.endings.values() if e.state is JobState.CANCELLED]
    assert len(rest) + len(failed) + 2 == 30
    assert all(e.failure and e.failure.kind is FailureKind.DISK_FULL for e in rest)
    assert len(batch.written()) == 2


@pytest.mark.reliability("R21")
def test_an_output_folder_that_vanishes_stops_the_batch_once(batch: Batch) -> None:
    def unplug(number: int, _token: CancelToken) -> None:
        if number == 4:
            while batch.states.count(JobState.DONE) < 3:
                time.sleep(0.005)
            shutil.rmtree(batch.output)

    batch.draw(30).plan().run(Painter(unplug))
    failed = [e for e in batch.endings.values() if e.state is JobState.FAILED]
    assert 1 <= len(failed) <= pipeline._WRITERS
    assert failed[0].failure is not None and "is gone" in failed[0].failure.sentence
    assert batch.states.count(JobState.DONE) == 3
    assert not batch.output.exists()  # an unplugged drive must not fill the system's disk


@pytest.mark.reliability("R21")
@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a plain user's rights")
def test_an_output_folder_that_becomes_read_only_stops_the_batch_once(batch: Batch) -> None:
    def lock(number: int, _token: CancelToken) -> None:
        if number == 4:
            batch.output.chmod(0o500)

    batch.draw(30).plan().run(Painter(lock))
    batch.output.chmod(0o700)
    assert 1 <= batch.states.count(JobState.FAILED) <= pipeline._WRITERS
    assert len(batch.endings) == 30


def test_a_name_in_the_way_fails_that_picture_only(batch: Batch) -> None:
    batch.draw(3).plan(Existing.OVERWRITE)
    (batch.output / "page001.png").mkdir(parents=True)
    batch.run()
    assert batch.states == [JobState.DONE, JobState.FAILED, JobState.DONE]


@pytest.mark.reliability("R21")
def test_a_folder_that_takes_no_files_costs_its_own_pictures_only(tmp_path: Path) -> None:
    sources, batch = tmp_path / "in", Batch(tmp_path)
    for chapter, count in (("1", 2), ("2", 2), ("3", 20)):
        (sources / chapter).mkdir(parents=True)
        Batch(sources / chapter).draw(count)
    batch.output.mkdir()
    (batch.output / "2").write_bytes(b"a file where a folder should be")
    planned = plan_batch([sources], batch.output, recursive=True, existing=Existing.SKIP)
    batch.queue.add(planned.jobs)
    batch.run()
    assert batch.states.count(JobState.FAILED) == 2
    assert batch.states.count(JobState.DONE) == 22
