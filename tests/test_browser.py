"""What the browser knows of pictures: how far they are, in which order, and what is new on disk."""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QItemSelectionModel
from window_support import (
    LONG,
    colorize,
    draw_line_art,
    linked_pages,
    open_and_wait,
    wait_for_end,
)

from colorstudio.core.mode import Mode
from colorstudio.jobs.job import JobState
from colorstudio.ui import lookout
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.heartbeat import Heartbeat
from colorstudio.ui.picture_list_model import MARK_ROLE, MOST_STEPS, PictureListModel
from colorstudio.ui.records import Records
from colorstudio.ui.session import Wishes
from colorstudio.ui.shelf import FileFacts, Mark, PictureState, Shelf, Sorting
from colorstudio.ui.studio_errands import Listing

A, B, C = Path("a.png"), Path("b.png"), Path("c.png")
DONE, FAILED, NOT_YET = PictureState.DONE, PictureState.FAILED, PictureState.NOT_YET


# --- without a window --------------------------------------------------------------------------


def test_pictures_are_filtered_by_how_far_they_are():
    shelf = Shelf()
    shelf.put([A, B, C], done={B})
    shelf.tell({C: Mark(FAILED)})
    for state, expected in ((None, [A, B, C]), (NOT_YET, [A]), (DONE, [B]), (FAILED, [C])):
        shelf.wanted = state
        assert shelf.visible() == expected
    shelf.tell({C: Mark(NOT_YET)})  # it is tried again
    assert shelf.visible() == []


def test_what_the_queue_told_is_known_when_the_artist_comes_back():
    shelf = Shelf()
    shelf.put([A, B])
    shelf.tell({A: Mark(DONE, Mode.LINEART)})
    shelf.put([C])
    shelf.put([A, B], done={A, B})
    assert shelf.mark_of(A) == Mark(DONE, Mode.LINEART)
    assert shelf.mark_of(B) == Mark(DONE)


def test_pictures_are_sorted_by_name_date_and_size():
    shelf = Shelf()
    shelf.put([A, B, C], {A: FileFacts(5, 100), B: FileFacts(9, 300), C: FileFacts(9, 200)})
    shelf.sorting = Sorting.DATE
    assert shelf.visible() == [B, C, A]
    shelf.sorting = Sorting.SIZE
    assert shelf.visible() == [B, C, A], "of one size, the order by name stays"
    shelf.sorting = Sorting.NAME
    assert shelf.visible() == [A, B, C]


@pytest.mark.parametrize("wanted", [[C, A], [B], [A, B, C, Path("d.png")], [], [C, Path("d"), A]])
def test_rows_follow_a_new_list_step_by_step_and_selections_stay(qtbot, wanted):
    model = PictureListModel(Shelf())
    model.show_pictures([A, B, C])
    selection = QItemSelectionModel(model)
    selection.select(model.index(2), QItemSelectionModel.SelectionFlag.Select)
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    assert model.follow(wanted)
    assert list(model.paths) == wanted and resets == []
    assert [model.index_of(path).row() for path in wanted] == list(range(len(wanted)))
    chosen = [model.path_at(index.row()) for index in selection.selectedIndexes()]
    assert chosen == ([C] if C in wanted else [])


def test_too_many_steps_are_refused_and_change_nothing(qtbot):
    model = PictureListModel(Shelf())
    paths = [Path(f"{n}.png") for n in range(4 * MOST_STEPS)]
    model.show_pictures(paths)
    assert not model.follow(paths[::2])
    assert list(model.paths) == paths


# --- in the window -----------------------------------------------------------------------------


def shown(window) -> list[str]:
    return [path.name for path in window.folder_panel.shown]


def mark(window, name: str) -> Mark:
    panel = window.folder_panel
    row = next(n for n, path in enumerate(panel.pictures.paths) if path.name == name)
    return panel.pictures.index(row).data(MARK_ROLE)


def test_badges_tell_what_is_done_and_what_failed(window, qtbot, pages):
    (pages / "page 3.png").write_bytes(b"no picture")
    open_and_wait(window, qtbot, pages, waiting=5)
    assert mark(window, "page 1.png") == Mark(NOT_YET)
    colorize(window, qtbot)
    assert mark(window, "page 1.png") == Mark(DONE, Mode.LINEART)
    assert mark(window, "shades.jpg") == Mark(DONE, Mode.GREYSCALE)
    assert mark(window, "page 3.png").state is FAILED
    panel = window.folder_panel
    panel.bar.wanted.setCurrentIndex(3)
    panel.bar.wanted.activated.emit(3)  # as the mouse does
    assert shown(window) == ["page 3.png"]
    panel.show_only(DONE)
    assert len(shown(window)) == 4
    index = panel.pictures.index(0)
    assert "Done, line art" in index.data(3) or "Done, line art" in str(index.data(3))


def test_results_of_an_earlier_day_count_as_done(window, qtbot, pages):
    (pages / "colorized").mkdir()
    draw_line_art(pages / "colorized" / "page 2.png")
    window.folder_panel.show_only(DONE)
    window.open([pages])
    qtbot.waitUntil(lambda: shown(window) == ["page 2.png"], timeout=LONG)
    window.studio.set_results(pattern="{name} new")
    qtbot.waitUntil(lambda: shown(window) == [], timeout=LONG)


def test_pages_whose_results_were_deleted_can_be_coloured_again(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    (pages / "colorized" / "page 2.png").unlink()
    window.studio.look_again()
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    shutil.rmtree(pages / "colorized")
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 4, timeout=LONG)
    model = window.folder_panel.pictures
    assert {model.index(row).data(MARK_ROLE).state for row in range(4)} == {NOT_YET}
    colorize(window, qtbot)
    assert len(list((pages / "colorized").glob("*.*"))) == 4


def test_done_pictures_leave_the_list_of_what_is_not_yet_done(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.folder_panel.show_only(NOT_YET)
    colorize(window, qtbot)
    qtbot.waitUntil(lambda: shown(window) == [], timeout=LONG)


def test_pictures_can_be_shown_newest_or_largest_first(window, qtbot, pages):
    os.utime(pages / "page 2.png", (2e9, 2e9))
    draw_line_art(pages / "page 10.png", 900, 700)
    open_and_wait(window, qtbot, pages, waiting=4)
    window.folder_panel.sort_by(Sorting.DATE)
    assert shown(window)[0] == "page 2.png"
    window.folder_panel.bar.sorting.activated.emit(2)
    assert shown(window)[0] == "page 10.png"
    window.folder_panel.sort_by(Sorting.NAME)
    assert shown(window)[0] == "page 1.png"


def test_a_bar_acts_on_several_selected_pictures(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    panel = window.folder_panel
    assert not panel.selection.isVisible()
    select = QItemSelectionModel.SelectionFlag.Select
    panel.grid.selectionModel().select(panel.pictures.index(2), select)
    assert panel.selection.isVisible()
    panel.selection.only_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    sources = [row.job.source.name for row in window.studio.desk.rows.rows]
    assert sources == ["page 1.png", "page 10.png"]


def test_pictures_that_appear_and_vanish_are_followed(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.folder_panel.grid.setCurrentIndex(window.folder_panel.pictures.index(1))
    draw_line_art(pages / "page 3.png")
    (pages / "page 10.png").unlink()
    wanted = ["page 1.png", "page 2.png", "page 3.png", "shades.jpg"]
    qtbot.waitUntil(lambda: shown(window) == wanted, timeout=LONG)
    sources = lambda: [row.job.source.name for row in window.studio.desk.rows.rows]  # noqa: E731
    qtbot.waitUntil(lambda: sources() == wanted, timeout=LONG)
    assert [path.name for path in window.folder_panel.grid.chosen] == ["page 2.png"]
    assert window.studio.picture == pages / "page 2.png"


def test_a_page_that_comes_after_the_batch_joins_the_queue(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    draw_line_art(pages / "page 4.png")
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    assert window.studio.desk.count(JobState.DONE) == 4


def test_a_page_that_comes_later_has_its_result_where_the_others_have_theirs(window, qtbot, pages):
    part = pages / "part 2"
    part.mkdir()
    draw_line_art(part / "a.png")
    window.studio.set_recursive(True)
    window.studio.set_results(pattern="{number} {name}")
    open_and_wait(window, qtbot, pages, waiting=5)
    colorize(window, qtbot)
    draw_line_art(part / "b.png")
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    job = window.studio.desk.rows.rows[-1].job
    assert job.target == pages / "colorized" / "part 2" / "006 b.png"


def test_a_page_that_comes_after_trying_some_joins_the_rest(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.try_first(1)
    wait_for_end(window, qtbot)
    draw_line_art(pages / "page 4.png")
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 4, timeout=LONG)


def _at_work(window, qtbot, tmp_path):
    """A batch of twelve pages that rests, and their folder."""
    folder, desk = tmp_path / "many", window.studio.desk
    folder.mkdir()
    for number in range(12):
        draw_line_art(folder / f"{number}.png", 700, 500)
    open_and_wait(window, qtbot, folder, waiting=12)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: desk.view().ended >= 1, timeout=LONG)
    desk.pause()
    return folder


def _look_at(window, qtbot, folder):
    window.studio.open_folder(folder, new_root=False)
    names = sorted(path.name for path in folder.glob("*.*"))
    qtbot.waitUntil(lambda: sorted(shown(window)) == names, timeout=LONG)


def test_a_page_that_comes_while_a_batch_runs_waits_at_its_end(window, qtbot, tmp_path):
    folder, desk = _at_work(window, qtbot, tmp_path), window.studio.desk
    draw_line_art(folder / "new.png")
    qtbot.waitUntil(lambda: "new.png" in shown(window), timeout=LONG)
    assert desk.running
    desk.resume()
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    qtbot.waitUntil(lambda: desk.waiting == 1, timeout=LONG)
    assert desk.count(JobState.DONE) == 12
    colorize(window, qtbot)
    assert desk.count(JobState.DONE) == 13


def test_pages_that_come_while_another_folder_is_in_view_are_queued_too(
    window, qtbot, tmp_path, pages
):
    folder, desk = _at_work(window, qtbot, tmp_path), window.studio.desk
    draw_line_art(folder / "seen.png")
    qtbot.waitUntil(lambda: "seen.png" in shown(window), timeout=LONG)
    _look_at(window, qtbot, pages)
    draw_line_art(folder / "unseen.png")
    desk.resume()

    def last() -> list[str]:
        return [row.job.source.name for row in desk.rows.rows[-2:]]

    qtbot.waitUntil(lambda: last() == ["seen.png", "unseen.png"], timeout=LONG)
    assert not desk.running and desk.waiting == 2
    window.studio.open_folder(tmp_path)
    colorize(window, qtbot)
    assert desk.count(JobState.DONE) == 14, "opening another folder leaves them in the queue"


def test_a_page_that_came_before_its_folder_was_in_view_again_is_queued_too(
    window, qtbot, tmp_path, pages
):
    folder, desk = _at_work(window, qtbot, tmp_path), window.studio.desk
    _look_at(window, qtbot, pages)
    draw_line_art(folder / "unseen.png")
    _look_at(window, qtbot, folder)
    desk.resume()
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    qtbot.waitUntil(lambda: desk.waiting == 1, timeout=LONG)
    assert desk.rows.rows[-1].job.source == folder / "unseen.png"


def test_a_place_where_files_keep_coming_in_is_shown_all_the_same(qtbot, tmp_path, monkeypatch):
    folder = tmp_path / "busy"
    may_end, asked, listed = threading.Semaphore(0), [], []

    def slow_listing(folder, wishes, picture, before, records):
        asked.append(picture)
        may_end.acquire()
        return Listing(folder, (A,), picture)

    monkeypatch.setattr(lookout, "list_pictures", slow_listing)
    browsing = ErrandThread()
    place = lookout.Lookout(browsing, Records())
    place.listed.connect(listed.append)
    place.stale.connect(lambda: place.look_again(Wishes()))
    place.look_into(folder, Wishes(), A)
    for _ in range(5):
        place.stale.emit()  # something is new before the first list is there
    may_end.release()
    qtbot.waitUntil(lambda: len(listed) == 1, timeout=LONG)
    assert listed[0].first == A, "the page that was in view is asked for"
    may_end.release()
    qtbot.waitUntil(lambda: len(listed) == 2, timeout=LONG)
    assert asked == [A, None], "what came in meanwhile is looked at once more"
    browsing.leave()
    place.watch.leave()
    assert browsing.wait(LONG) and place.watch.wait(QDeadlineTimer(LONG))


def test_the_last_picture_that_vanishes_leaves_an_empty_list_and_queue(window, qtbot, tmp_path):
    folder = tmp_path / "one"
    folder.mkdir()
    page = draw_line_art(folder / "only.png")
    open_and_wait(window, qtbot, folder, waiting=1)
    page.unlink()
    qtbot.waitUntil(lambda: shown(window) == [], timeout=LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 0, timeout=LONG)
    draw_line_art(page)
    qtbot.waitUntil(lambda: shown(window) == ["only.png"], timeout=LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)


def test_a_picture_saved_anew_elsewhere_is_shown_anew(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    qtbot.waitUntil(lambda: "120 × 90 px" in window.canvas_panel.facts, timeout=LONG)
    draw_line_art(pages / "page 1.png", 200, 100)
    qtbot.waitUntil(lambda: "200 × 100 px" in window.canvas_panel.facts, timeout=LONG)


def test_pictures_from_several_places_are_sorted_too(window, qtbot, pages, tmp_path):
    big = draw_line_art(tmp_path / "big.png", 900, 700)
    window.open([pages / "page 1.png", big])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    window.folder_panel.sort_by(Sorting.SIZE)
    qtbot.waitUntil(lambda: shown(window) == ["big.png", "page 1.png"], timeout=LONG)


@pytest.mark.usefixtures("without_old_garbage")
@pytest.mark.reliability("R24")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("count", [2000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_thousands_of_pictures_are_opened_filtered_sorted_and_followed(
    window, qtbot, tmp_path, count
):
    folder = tmp_path / "many"
    folder.mkdir()
    paths = linked_pages(folder, count)
    beat = Heartbeat(clock=time.thread_time)
    window.open([folder])
    panel = window.folder_panel
    qtbot.waitUntil(lambda: panel.pictures.rowCount() == count, timeout=5 * LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == count, timeout=5 * LONG)
    opened, beat.worst = beat.worst, 0.0
    panel.sort_by(Sorting.DATE)
    panel.show_only(DONE)
    panel.show_only(None)
    panel.sort_by(Sorting.NAME)
    qtbot.wait(50)
    qtbot.waitUntil(lambda: panel.pictures.rowCount() == count, timeout=5 * LONG)
    shaped, beat.worst = beat.worst, 0.0
    paths[5].unlink()
    qtbot.waitUntil(lambda: panel.pictures.rowCount() == count - 1, timeout=5 * LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == count - 1, timeout=5 * LONG)
    print(f"opened {opened:.3f} s, shaped {shaped:.3f} s, followed {beat.worst:.3f} s")
    assert max(opened, shaped, beat.worst) < 0.2, "seconds of work in one go on the UI thread"
