"""The journal: what survives a program that ends without a word."""

import contextlib
import errno
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock
from mangled import mangled

from colorstudio.core.request import ColorRequest
from colorstudio.jobs import journal as journal_module
from colorstudio.jobs.job import Job
from colorstudio.jobs.journal import CRASHES_ALLOWED, Claim, Journal, Made, Page
from colorstudio.jobs.journal_file import fingerprint
from colorstudio.jobs.ledger import Ledger

ROOT = Path(__file__).resolve().parents[1]
ASKED = {"inputs": ["pages"], "output": "out", "style": "starter"}
PAGES = [Page({"id": 1}, ""), Page({"id": 2}, "done"), Page({"id": 3}, "")]

# A program that takes a picture in hand, says so, and waits to be killed.
_HOLDER = """
import sys
from pathlib import Path
from colorstudio.jobs.journal import Journal, Page
folder, source, target = map(Path, sys.argv[1:4])
journal = Journal(folder)
journal.begin({"inputs": ["pages"]}, [Page({"id": 1}, ""), Page({"id": 2}, "done")])
answer = journal.claim(source, target).value
if sys.argv[4] == "work":
    journal.work_on(target)
print(answer, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def page(tmp_path: Path) -> tuple[Path, Path]:
    source, target = tmp_path / "page.png", tmp_path / "out" / "page.png"
    target.parent.mkdir()
    source.write_bytes(b"ink")
    return source, target


def holder(folder: Path, page: tuple[Path, Path], does: str = "work") -> subprocess.Popen[str]:
    """Another program with the picture in hand."""
    command = [sys.executable, "-c", _HOLDER, str(folder), *map(str, page), does]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    program = subprocess.Popen(command, cwd=ROOT, **pipes)
    assert program.stdout is not None and program.stdout.readline().strip() == "mine"
    return program


def kill(program: subprocess.Popen[str]) -> None:
    program.kill()
    program.communicate()


def test_a_batch_that_ended_leaves_nothing_behind(folder):
    journal = Journal(folder)
    journal.end(journal.begin(ASKED, PAGES))
    journal.close()
    assert Journal(folder).interrupted() == []


@pytest.mark.reliability("R16")
def test_a_killed_program_leaves_a_batch_that_can_be_gone_on_with(folder, page):
    program = holder(folder, page)
    journal = Journal(folder)
    assert journal.interrupted() == []  # it still runs
    kill(program)
    (left,) = journal.interrupted()
    assert (left.asked, left.total, left.left) == ({"inputs": ["pages"]}, 2, 1)
    assert left.pages == (Page({"id": 1}, ""), Page({"id": 2}, "done"))
    journal.end(left.id)
    assert journal.interrupted() == []


@pytest.mark.reliability("R23")
def test_two_programs_never_have_the_same_picture_in_hand(folder, page):
    program = holder(folder, page)
    journal = Journal(folder)
    assert journal.claim(*page) is Claim.OTHERS
    kill(program)
    assert journal.claim(*page) is Claim.MINE  # at once, without waiting for anything


@pytest.mark.reliability("R34")
def test_a_picture_that_programs_keep_dying_of_is_left_out_until_it_changes(folder, page):
    for _ in range(CRASHES_ALLOWED):
        kill(holder(folder, page))
        Journal(folder).close()
    journal = Journal(folder)
    assert journal.claim(*page) is Claim.FATAL
    page[0].write_bytes(b"other ink")
    assert journal.claim(*page) is Claim.MINE


@pytest.mark.reliability("R34")
def test_a_page_that_programs_keep_dying_of_is_tried_again_when_its_book_changes(folder, page):
    book = page[0].with_name("book.cbz")
    book.write_bytes(b"pages")
    inside = book / "chapter 1" / "1.png", page[1]
    assert fingerprint(inside[0]) not in ("", fingerprint(inside[0].with_name("2.png")))
    for _ in range(CRASHES_ALLOWED):
        kill(holder(folder, inside))
        Journal(folder).close()
    journal = Journal(folder)
    assert journal.claim(*inside) is Claim.FATAL
    book.write_bytes(b"other pages")
    assert journal.claim(*inside) is Claim.MINE


def test_an_ended_picture_was_no_crash(folder, page):
    for _ in range(CRASHES_ALLOWED + 1):
        journal = Journal(folder)
        assert journal.claim(*page) is Claim.MINE
        journal.work_on(page[1])
        journal.release(*page, None, state="failed")
        journal.close()


def test_a_picture_that_only_waited_is_not_to_blame_for_a_crash(folder, page):
    for _ in range(CRASHES_ALLOWED):
        kill(holder(folder, page, "wait"))
        Journal(folder).close()
    assert Journal(folder).claim(*page) is Claim.MINE


def test_a_picture_that_programs_died_of_is_suspected_and_can_be_tried_again_by_hand(folder, page):
    for _ in range(CRASHES_ALLOWED):
        kill(holder(folder, page))
        Journal(folder).close()
    journal = Journal(folder)
    assert journal.suspects() == {page[0]}
    assert journal.claim(*page) is Claim.FATAL
    assert journal.claim(*page, again=True) is Claim.MINE
    assert journal.suspects() == frozenset()


def test_the_journal_knows_how_each_picture_of_a_batch_ended(folder, page):
    journal = Journal(folder)
    batch = journal.begin(ASKED, PAGES)
    journal.claim(*page)
    journal.release(*page, None, page=(batch, 1), state="failed")
    journal.release(*page, None, page=(batch, 3))  # it only was stopped
    journal.change(batch, [Page({"id": 4}, "")], [3])
    journal.close()
    (left,) = Journal(folder).interrupted()
    assert [(page.job["id"], page.state) for page in left.pages] == [
        (1, "failed"),
        (2, "done"),
        (4, ""),
    ]


def test_a_batch_that_goes_on_with_another_takes_its_place_in_one_step(folder):
    first = Journal(folder)
    old = first.begin(ASKED, PAGES)
    first.close()
    second = Journal(folder)
    second.begin(ASKED, PAGES[:1], instead_of=[old])
    second.close()
    (left,) = Journal(folder).interrupted()
    assert left.total == 1


def test_another_thread_may_close_the_journal(folder):
    opened = []
    thread = threading.Thread(target=lambda: opened.append(Journal(folder)))
    thread.start()
    thread.join()
    lock = FileLock(folder / f"{opened[0].program}.lock")
    opened[0].close()
    with lock.acquire(timeout=0):
        pass


@pytest.mark.reliability("R25")
def test_a_drive_that_goes_before_the_end_does_not_spoil_it(folder, monkeypatch):
    journal = Journal(folder)

    def refused(*_, **__):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refused)
        journal.close()
    assert Journal(folder).interrupted() == []


@pytest.mark.reliability("R17", "R34")
def test_an_orderly_end_is_no_crash_whatever_the_journal_missed(folder, page):
    for _ in range(CRASHES_ALLOWED + 1):
        journal = Journal(folder)
        assert journal.claim(*page) is Claim.MINE
        journal.work_on(page[1])  # and its release can't be written
        journal.close()


@pytest.mark.reliability("R18")
def test_results_are_outdated_when_source_or_settings_change(folder, page):
    source, target = page
    journal = Journal(folder)
    target.write_bytes(b"colour")
    made = Made(fingerprint(source), "starter 1")
    journal.release(source, target, made, state="done")
    assert not journal.outdated(target, made)
    assert journal.outdated(target, Made(made.source, "starter 2"))
    source.write_bytes(b"more ink")
    assert journal.outdated(target, Made(fingerprint(source), "starter 1"))


@pytest.mark.reliability("R19")
def test_a_result_that_somebody_changed_is_never_replaced(folder, page):
    source, target = page
    journal = Journal(folder)
    target.write_bytes(b"colour")
    journal.release(source, target, Made(fingerprint(source), "starter 1"), state="done")
    assert not journal.touched(target)
    other = Made(fingerprint(source), "starter 2")
    target.write_bytes(b"colour, and an artist's hours of work")
    assert not journal.outdated(target, other) and journal.touched(target)
    somebodys = target.with_name("other.png")
    assert not journal.touched(somebodys), "there is nothing to spoil"
    somebodys.write_bytes(b"somebody's")
    assert not journal.outdated(somebodys, other) and journal.touched(somebodys)


@pytest.mark.reliability("R19")
def test_the_result_of_another_picture_is_never_outdated(folder, page):
    source, target = page
    journal = Journal(folder)
    target.write_bytes(b"colour")
    made = Made(fingerprint(source), "starter 1")
    journal.release(source, target, made, state="done")
    other = Made(made.source, "starter 2")
    assert journal.outdated(target, other, source)
    assert not journal.outdated(target, other, source.with_name("other.png"))


@pytest.mark.reliability("R25")
@pytest.mark.parametrize("spoilt", [b"no database at all" * 100, b"\0" * 5000])
def test_a_damaged_journal_is_set_aside(folder, spoilt):
    folder.mkdir()
    (folder / "journal.sqlite3").write_bytes(spoilt)
    journal = Journal(folder)
    journal.end(journal.begin(ASKED, PAGES))
    assert (folder / "journal.sqlite3.bad").read_bytes() == spoilt


@pytest.mark.reliability("R25")
def test_a_journal_of_another_make_is_set_aside(folder):
    folder.mkdir()
    connection = sqlite3.connect(folder / "journal.sqlite3")
    connection.execute("CREATE TABLE hands (target, program)")
    connection.execute("CREATE TABLE batches (id INTEGER PRIMARY KEY, program, asked, total, news)")
    connection.commit()
    connection.close()
    journal = Journal(folder)
    journal.end(journal.begin(ASKED, PAGES))
    assert (folder / "journal.sqlite3.bad").exists()


@pytest.mark.reliability("R25")
@pytest.mark.parametrize("count", [25, pytest.param(400, marks=pytest.mark.slow)])
def test_a_spoilt_journal_is_read_or_set_aside_and_work_goes_on(
    folder, page, count, record_property
):
    journal = Journal(folder)
    for number in range(40):
        source = page[0].with_name(f"{number}.png")
        source.write_bytes(b"ink")
        journal.claim(source, page[1].with_name(source.name))
    journal.begin(ASKED, PAGES)
    journal.close()
    whole = (folder / "journal.sqlite3").read_bytes()
    chance, aside = random.Random(count), 0
    for _ in range(count):
        for path in folder.iterdir():
            path.unlink()
        (folder / "journal.sqlite3").write_bytes(mangled(whole, chance, [whole]))
        journal = Journal(folder)
        with contextlib.suppress(sqlite3.Error):  # damage that only shows when it is used
            journal.interrupted()
            journal.claim(*page)
            number = journal.begin(ASKED, PAGES)
            journal.release(*page, Made("1", "starter"), page=(number, 1), state="done")
        journal.close()
        aside += (folder / "journal.sqlite3.bad").exists()
    record_property("times", count)
    record_property("journals set aside", aside)


@pytest.mark.reliability("R20", "R25")
def test_a_disk_that_refuses_is_no_reason_to_throw_the_journal_away(folder, monkeypatch):
    journal = Journal(folder)
    journal.begin(ASKED, PAGES)
    journal.close()

    def refusing(path):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(journal_module, "connected", refusing)
        with pytest.raises(sqlite3.OperationalError):
            Journal(folder)
    (left,) = Journal(folder).interrupted()
    assert left.total == 3 and not list(folder.glob("*.bad"))


@pytest.mark.reliability("R11")
def test_names_that_are_no_valid_text_are_kept(folder, tmp_path):
    source = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.png"))
    target = source.with_name("🎨.png")
    source.write_bytes(b"ink")
    target.write_bytes(b"colour")
    journal = Journal(folder)
    assert journal.claim(source, target) is Claim.MINE
    made = Made(fingerprint(source), "starter 1")
    journal.release(source, target, made, state="done")
    assert journal.outdated(target, Made(made.source, "starter 2"))
    assert journal.claim(source, target) is Claim.MINE
    journal.work_on(target)  # and the program dies
    journal._connection.close()
    journal._lock_of_program.release()
    again = Journal(folder)
    assert again._connection.execute("SELECT times FROM crashes").fetchone() == (1,)


@pytest.mark.reliability("R23")
def test_what_another_program_has_coloured_meanwhile_need_not_be_done_again(folder, page):
    source, target = page
    made = Made(fingerprint(source), "starter 1")
    ours, theirs = Journal(folder), Journal(folder)
    since = ours.latest()
    assert theirs.claim(*page, made) is Claim.MINE
    target.write_bytes(b"colour")
    theirs.release(*page, made, state="done")
    assert ours.claim(*page, made, since=since) is Claim.MADE
    assert ours.claim(*page, Made(made.source, "starter 2"), since=since) is Claim.MINE


@pytest.mark.reliability("R23")
def test_paths_mean_the_same_in_whatever_folder_a_program_runs(folder, tmp_path, monkeypatch):
    typed = Path("pages/1.png"), Path("colored/1.png")
    for chapter in ("one", "two"):
        (tmp_path / chapter).mkdir()
    ours, theirs = Journal(folder), Journal(folder)
    monkeypatch.chdir(tmp_path / "one")
    assert ours.claim(*typed) is Claim.MINE
    monkeypatch.chdir(tmp_path / "two")
    assert theirs.claim(*typed) is Claim.MINE, "another picture, by the same words"
    inside = [tmp_path / "one" / path for path in typed]
    assert theirs.claim(*inside) is Claim.OTHERS, "the same picture, by other words"


@pytest.mark.reliability("R34")
def test_a_picture_that_programs_died_of_comes_last_by_whatever_words(folder, page, monkeypatch):
    kill(holder(folder, page))
    monkeypatch.chdir(page[0].parent)
    jobs = [Job(n, Path(name), Path("out") / name) for n, name in enumerate(("page.png", "q.png"))]
    ledger = Ledger(Journal(folder), "starter", ColorRequest())
    assert [job.id for job in ledger.refreshed(jobs)] == [1, 0]


@pytest.mark.reliability("R23")
def test_dead_programs_leave_no_locks(folder, page):
    kill(holder(folder, page))
    journal = Journal(folder)
    assert [lock.stem for lock in folder.glob("*.lock")] == [journal.program]
    journal.close()
    assert list(folder.glob("*.lock")) == []


@pytest.mark.reliability("R23")
@pytest.mark.skipif(not hasattr(os, "kill"), reason="signals")
def test_a_program_that_is_stopped_and_not_dead_keeps_its_picture(folder, page):
    program = holder(folder, page)
    program.send_signal(signal.SIGSTOP)
    assert Journal(folder).claim(*page) is Claim.OTHERS
    kill(program)
