"""Books in the window: a CBZ opens like a folder of its pages, and comes out as a book."""

import errno
import os
import threading
import zipfile
from pathlib import Path

import pytest
from window_support import (
    LONG,
    colorize,
    draw_line_art,
    drop,
    files,
    open_and_wait,
    states,
    wait_for_end,
)

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.core.hints import Hint, HintSet, hints_path
from colorstudio.jobs import packing
from colorstudio.jobs.books import Book, page_names, working_folder
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.journal import Journal, Page
from colorstudio.jobs.planning import plan_batch
from colorstudio.ui.book_news import failure_of
from colorstudio.ui.records import Records, plain_wishes
from colorstudio.ui.session import Wishes, without_clashes
from colorstudio.ui.shelf import PictureState

RED = HintSet((Hint(30, 30, 9, "#d04030"),))
DONE, QUEUED, FAILED = JobState.DONE, JobState.QUEUED, JobState.FAILED
PAGES = ("page 1.png", "page 2.png", "page 10.png")


def bound(path: Path, *pages: str, damaged: str = "") -> Path:
    """A book with pages of line art."""
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(pages):
            page = draw_line_art(path.with_name("drawn.png"), 120 + number, 90)
            archive.writestr(name, b"no picture" if name == damaged else page.read_bytes())
            page.unlink()
    return path


@pytest.fixture
def comic(tmp_path: Path) -> Path:
    (tmp_path / "shelf").mkdir()
    return bound(tmp_path / "shelf" / "comic.cbz", *PAGES)


def contents(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def result_of(book: Path) -> Path:
    return book.parent / "colorized" / book.name


def mark_of(window, page: Path) -> PictureState:
    return window.folder_panel.shelf.mark_of(page).state


def sources(window) -> list[Path]:
    return [row.job.source for row in window.studio.desk.rows.rows]


def test_a_dropped_book_is_shown_and_coloured_and_becomes_a_book(window, qtbot, comic: Path):
    before = comic.read_bytes()
    drop(window, files(comic))
    pages = tuple(comic / page for page in PAGES)
    qtbot.waitUntil(lambda: window.folder_panel.pictures.paths == pages, timeout=LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 3, timeout=LONG)
    qtbot.waitUntil(lambda: window.easel.picture == pages[0], timeout=LONG)
    colorize(window, qtbot)
    assert states(window) == [DONE] * 3
    made = contents(result_of(comic))
    assert list(made) == list(PAGES)
    assert all(made[page] != contents(comic)[page] for page in PAGES)
    assert os.listdir(result_of(comic).parent) == ["comic.cbz"]
    assert (
        comic.read_bytes() == before and window.studio.last_output() == comic.parent / "colorized"
    )
    tip = window.studio.desk.rows.index(0, 0).data(3)
    assert str(result_of(comic) / PAGES[0]) in tip


def test_books_of_a_folder_are_coloured_with_its_pictures(window, qtbot, comic: Path):
    draw_line_art(comic.parent / "cover.png")
    bound(comic.parent / "second.zip", "1.png")
    open_and_wait(window, qtbot, comic.parent, waiting=5)
    colorize(window, qtbot)
    assert states(window) == [DONE] * 5
    assert sorted(os.listdir(comic.parent / "colorized")) == [
        "comic.cbz",
        "cover.png",
        "second.zip",
    ]
    window.studio.look_again()
    page = comic / PAGES[0]
    qtbot.waitUntil(lambda: mark_of(window, page) is PictureState.DONE, timeout=LONG)


def test_hints_for_a_page_have_that_page_coloured_again(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    colorize(window, qtbot)
    before = contents(result_of(comic))
    page = comic / PAGES[1]
    window.studio.set_hints(page, RED)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    assert hints_path(page).is_file() and mark_of(window, page) is PictureState.NOT_YET
    colorize(window, qtbot)
    after = contents(result_of(comic))
    assert [name for name in after if after[name] != before[name]] == [PAGES[1]]
    window.studio.set_hints(page, HintSet())
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    assert not hints_path(page).parent.exists()


def test_pages_that_went_with_a_deleted_book_wait_again(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    colorize(window, qtbot)
    result_of(comic).unlink()
    window.studio.queue_only([comic / PAGES[1]])
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 1, timeout=LONG)
    colorize(window, qtbot)
    window.studio.queue_only([comic])
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 2, timeout=LONG)


def test_a_finished_book_is_known_when_it_is_opened_again(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    colorize(window, qtbot)
    window.studio.open_folder(comic.parent.parent)
    qtbot.waitUntil(lambda: window.folder_panel.pictures.paths == (), timeout=LONG)
    window.studio.open_folder(comic)
    page = comic / PAGES[2]
    qtbot.waitUntil(lambda: page in window.folder_panel.pictures.paths, timeout=LONG)
    assert mark_of(window, page) is PictureState.DONE
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_skip == 3, timeout=LONG)
    assert window.studio.desk.outlook.to_color == 0


def test_a_page_that_was_mended_is_tried_again_and_goes_into_the_same_book(
    window, qtbot, comic: Path, monkeypatch: pytest.MonkeyPatch
):
    from colorstudio.core.failures import ColorStudioError, FailureKind
    from colorstudio.inference.colorizer import Colorizer

    colorize_artwork = Colorizer.colorize_artwork

    def short_of_memory(self, artwork, *given, **more):
        if artwork.width == 121:
            raise ColorStudioError(FailureKind.OUT_OF_MEMORY, "No memory.")
        return colorize_artwork(self, artwork, *given, **more)

    open_and_wait(window, qtbot, comic, waiting=3)
    monkeypatch.setattr(Colorizer, "colorize_artwork", short_of_memory)
    colorize(window, qtbot)
    assert states(window) == [DONE, FAILED, DONE]
    first = contents(result_of(comic))
    assert first[PAGES[1]] == contents(comic)[PAGES[1]]
    monkeypatch.undo()
    window.studio.retry_failed()
    wait_for_end(window, qtbot)
    assert states(window) == [DONE] * 3
    second = contents(result_of(comic))
    assert [name for name in second if second[name] != first[name]] == [PAGES[1]]


def test_a_page_taken_out_of_the_queue_stays_in_the_book_as_it_was(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    window.studio.remove([window.studio.desk.rows.rows[1].job.id])
    colorize(window, qtbot)
    made = contents(result_of(comic))
    assert list(made) == list(PAGES)
    assert [p for p in PAGES if made[p] == contents(comic)[p]] == [PAGES[1]]


def test_after_one_page_was_coloured_by_itself_the_others_wait(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    window.studio.queue_only([comic / PAGES[1]])
    qtbot.waitUntil(lambda: sources(window) == [comic / PAGES[1]], timeout=LONG)
    colorize(window, qtbot)
    window.studio.queue_only([comic])
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 2, timeout=LONG)
    colorize(window, qtbot)
    made = contents(result_of(comic))
    assert list(made) == list(PAGES)
    assert all(made[page] != contents(comic)[page] for page in PAGES)


def test_a_trial_makes_no_book_and_the_rest_does(window, qtbot, comic: Path):
    open_and_wait(window, qtbot, comic, waiting=3)
    window.studio.try_first(2)
    wait_for_end(window, qtbot)
    assert not result_of(comic).exists() and states(window) == [DONE, DONE, QUEUED]
    colorize(window, qtbot)
    assert list(contents(result_of(comic))) == list(PAGES)


def test_pages_that_wait_for_their_book_are_in_it_though_they_left_the_queue(
    window, qtbot, comic: Path
):
    open_and_wait(window, qtbot, comic, waiting=3)
    window.studio.try_first(2)
    wait_for_end(window, qtbot)
    window.studio.desk.clear_finished()
    colorize(window, qtbot)
    made = contents(result_of(comic))
    assert list(made) == list(PAGES)
    assert all(made[page] != contents(comic)[page] for page in PAGES)


def test_a_book_that_cannot_be_packed_waits_to_be_packed(
    window, qtbot, comic: Path, monkeypatch: pytest.MonkeyPatch
):
    from colorstudio.jobs import packing

    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    open_and_wait(window, qtbot, comic, waiting=3)
    write_book = packing.write_book

    def disk_full(*given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packing, "write_book", disk_full)
    colorize(window, qtbot)
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_skip == 3, timeout=LONG)
    assert told and "comic.cbz" in told[0] and "disk is full" in told[0]
    monkeypatch.setattr(packing, "write_book", write_book)
    colorize(window, qtbot)
    assert list(contents(result_of(comic))) == list(PAGES)


def test_single_pages_are_queued_alone_or_beside_what_waits(window, qtbot, comic: Path):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    cover = draw_line_art(comic.parent / "cover.png")
    open_and_wait(window, qtbot, comic.parent, waiting=4)
    window.studio.queue_only([comic / PAGES[1]])
    qtbot.waitUntil(lambda: sources(window) == [comic / PAGES[1]], timeout=LONG)
    window.studio.add_pictures([cover, comic / PAGES[2]])
    both = [cover, comic / PAGES[1], comic / PAGES[2]]
    qtbot.waitUntil(lambda: sorted(sources(window)) == sorted(both), timeout=LONG)
    window.studio.add_pictures([comic])
    qtbot.waitUntil(lambda: len(sources(window)) == 4, timeout=LONG)
    assert told == []


def test_a_page_that_comes_into_a_coloured_book_is_queued(window, qtbot, comic: Path):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    open_and_wait(window, qtbot, comic, waiting=3)
    colorize(window, qtbot)
    bound(comic, *PAGES, "page 11.png")
    window.studio.look_again()
    qtbot.waitUntil(lambda: comic / "page 11.png" in sources(window), timeout=LONG)
    assert told == []


@pytest.mark.parametrize("coloured_before", [False, True])
def test_a_book_that_is_saved_before_the_start_is_coloured_as_it_is_now(
    window, qtbot, comic: Path, coloured_before: bool
):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    open_and_wait(window, qtbot, comic, waiting=3)
    if coloured_before:
        colorize(window, qtbot)
    bound(comic, *PAGES[:2], "page 11.png")
    window.studio.look_again()
    window.studio.look_for_changes()
    qtbot.waitUntil(lambda: bool(window.studio.desk.waiting), timeout=LONG)
    colorize(window, qtbot)
    made = contents(result_of(comic))
    assert list(made) == [*PAGES[:2], "page 11.png"] and told == []
    assert all(made[page] != contents(comic)[page] for page in made)


def test_an_interrupted_batch_goes_on_with_the_book_as_it_is_now(home: Path, comic: Path):
    jobs = plan_batch([comic], comic.parent / "colorized").jobs
    asked = plain_wishes(Wishes(inputs=(comic,), style="Tiny"))
    journal = Journal()
    journal.begin(asked, [Page(job.to_dict(), "") for job in jobs])
    journal.close()
    bound(comic, *PAGES, "page 11.png")
    records = Records()
    taken = records.interrupted()
    records.close()
    assert taken is not None and taken.left == 3
    waiting = working_folder(comic, result_of(comic))
    assert [job.target for job in taken.jobs] == [waiting / page for page in PAGES]


def test_a_book_whose_pages_were_all_done_when_the_program_died_is_still_to_be_packed(
    home: Path, comic: Path
):
    jobs = plan_batch([comic], comic.parent / "colorized").jobs
    asked = plain_wishes(Wishes(inputs=(comic,), style="Tiny"))
    journal = Journal()
    journal.begin(asked, [Page(job.to_dict(), "done") for job in jobs])
    journal.close()
    for job in jobs:
        job.target.parent.mkdir(parents=True, exist_ok=True)
        draw_line_art(job.target)
    records = Records()
    taken = records.interrupted()
    records.close()
    assert taken is not None and taken.left == 1
    assert [job.skip for job in taken.jobs if job.source not in taken.done] == [True]


def test_a_stop_during_the_last_page_still_makes_the_book(
    window, qtbot, comic: Path, monkeypatch: pytest.MonkeyPatch
):
    from colorstudio.jobs import pipeline

    store, writing, may_write = pipeline.store, threading.Event(), threading.Event()

    def store_later(job, *given):
        if job.source.name == PAGES[-1]:
            writing.set()
            assert may_write.wait(LONG / 1000)
        store(job, *given)

    open_and_wait(window, qtbot, comic, waiting=3)
    monkeypatch.setattr(pipeline, "store", store_later)
    window.studio.colorize()
    qtbot.waitUntil(writing.is_set, timeout=LONG)
    qtbot.waitUntil(lambda: window.studio.desk.count(DONE) == 2, timeout=LONG)
    window.studio.desk.stop()
    may_write.set()
    wait_for_end(window, qtbot)
    assert states(window) == [DONE] * 3
    assert list(contents(result_of(comic))) == list(PAGES)


def test_books_of_one_name_become_two_books(window, qtbot, comic: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    other = bound(tmp_path / "other" / "comic.cbz", "1.png")
    open_and_wait(window, qtbot, comic, waiting=3)
    window.studio.set_output(tmp_path / "out")
    window.studio.add_pictures([other])
    qtbot.waitUntil(lambda: len(states(window)) == 4, timeout=LONG)
    colorize(window, qtbot)
    made = [contents(tmp_path / "out" / name) for name in ("comic.cbz", "comic (2).cbz")]
    assert sorted(map(list, made), key=len) == [["1.png"], list(PAGES)]


def test_a_book_that_comes_into_the_queue_gives_way_to_one_of_its_name(comic: Path, tmp_path: Path):
    (tmp_path / "other").mkdir()
    other = bound(tmp_path / "other" / "comic.cbz", "chapter/1.png")
    held = plan_batch([comic], tmp_path / "out").jobs
    (coming,) = without_clashes(plan_batch([other], tmp_path / "out").jobs, held)
    assert coming.original == other and {job.original for job in held} == {comic}
    assert coming.book == tmp_path / "out" / "comic (2).cbz"
    assert coming.place == coming.book / "chapter" / "1.png"
    assert coming.target == working_folder(other, coming.book) / "chapter" / "1.png"
    more = plan_batch([comic], tmp_path / "out").jobs
    assert without_clashes(more, held) == ()


def test_books_come_into_the_queue_without_a_look_at_their_drive(tmp_path: Path):
    def pages_of(name: str) -> tuple[Job, ...]:
        book, waiting = tmp_path / "out" / name, tmp_path / "out" / f".{name}.0123abcd.pages"
        names = (Path("chapter 1", "1.png"), Path("2.png"))
        source = tmp_path / "on a drive that does not answer" / name
        return tuple(Job(n, source / p, waiting / p, book=book) for n, p in enumerate(names))

    held, coming = pages_of("one.cbz"), pages_of("two.cbz")
    assert without_clashes(coming, held) == coming


def test_a_damaged_book_is_told_and_costs_only_itself(window, qtbot, comic: Path):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    (comic.parent / "broken.cbz").write_bytes(b"PK\x03\x04 and no more")
    open_and_wait(window, qtbot, comic.parent, waiting=3)
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert "broken.cbz" in told[0]
    assert page_names(comic) == PAGES


def test_a_damaged_book_that_is_opened_while_a_batch_waits_says_why_it_is_empty(
    window, qtbot, comic: Path, pages: Path
):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    broken = comic.with_name("broken.cbz")
    broken.write_bytes(b"PK\x03\x04 and no more")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.add_pictures([comic])  # the queue is the artist's own from here on
    window.studio.open_folder(broken)
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert "archive is damaged" in told[0] and window.folder_panel.pictures.paths == ()


def test_of_several_books_that_cannot_be_opened_all_are_told_by_name(window, qtbot, comic: Path):
    told: list[str] = []
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    empty, *broken = (comic.with_name(f"{name}.cbz") for name in ("a", "b", "c"))
    bound(empty)
    for each in broken:
        each.write_bytes(b"PK\x03\x04 and no more")
    drop(window, files(empty, *broken))
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert told[0].startswith("2 places were left out. The first, “b.cbz”")
    window.studio.open_folder(broken[1])
    qtbot.waitUntil(lambda: len(told) >= 2, timeout=LONG)
    assert told[1].startswith("“c.cbz”: The archive is damaged")


def test_where_results_go_is_shown_of_what_comes_in_during_a_batch_too(
    window, qtbot, comic: Path, pages: Path
):
    open_and_wait(window, qtbot, pages, waiting=4)
    assert window.queue_panel.output_text == str(pages / "colorized")
    window.studio.desk.queue.pause()  # nothing starts before the book is there
    window.studio.colorize()
    qtbot.waitUntil(lambda: window.studio.desk.running, timeout=LONG)
    window.studio.add_pictures([comic])
    qtbot.waitUntil(lambda: len(states(window)) == 7, timeout=LONG)
    assert "2 places" in window.queue_panel.output_text
    window.studio.desk.resume()
    wait_for_end(window, qtbot)
    assert result_of(comic).is_file()


def test_all_is_not_said_to_be_done_where_a_book_could_not_be_made(
    window, qtbot, comic: Path, monkeypatch: pytest.MonkeyPatch
):
    def refused(*_: object) -> list[str]:
        raise PermissionError(errno.EACCES, "in use")

    open_and_wait(window, qtbot, comic, waiting=3)
    with monkeypatch.context() as patch:
        patch.setattr(packing, "write_book", refused)
        colorize(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.status.message), timeout=LONG)
    assert window.status.message.startswith("“comic.cbz”: ")
    assert window.messages.sentence == window.status.message
    colorize(window, qtbot)
    qtbot.waitUntil(lambda: bool(window.status.message), timeout=LONG)
    assert result_of(comic).is_file() and "comic.cbz" not in window.status.message
    assert window.messages.sentence == ""


def test_what_became_of_a_book_names_it_once(tmp_path: Path):
    book = Book(tmp_path / "comic.cbz", tmp_path / "colorized" / "comic.cbz")
    held = Failure(FailureKind.NOTHING_TO_DO, "“comic.cbz” is in other hands.")
    update = packing.BookUpdate(book, JobState.FAILED, 3, 3, held)
    assert failure_of(update) == held
    full = Failure(FailureKind.DISK_FULL, "The disk is full.", "detail")
    told = failure_of(packing.BookUpdate(book, JobState.FAILED, 3, 3, full))
    assert told == Failure(full.kind, "“comic.cbz”: The disk is full.", "detail")
    lost = failure_of(packing.BookUpdate(book, JobState.DONE, 3, 0, lost=1))
    assert lost.sentence.startswith("“comic.cbz” is damaged: the new book lacks 1 of its files")
