"""Hints from the window to the disk, into the batch, and back again when a page is shown."""

import errno
import os
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QDeadlineTimer
from window_support import LONG, colorize, draw_line_art, draw_shades, open_and_wait, states

from colorstudio.core import writing
from colorstudio.core.hints import Hint, HintSet, hints_path, load_hints
from colorstudio.jobs.hint_files import hints_of, kept_path
from colorstudio.jobs.job import JobState
from colorstudio.ui import hint_keeper
from colorstudio.ui.hint_keeper import SAVE_AFTER, SET_ASIDE, HintKeeper
from colorstudio.ui.history import Change, History

GREEN = HintSet((Hint(60, 40, 9, "#20c050"),))
RED = HintSet((Hint(60, 40, 9, "#d04030"),))
EMPTY = HintSet()


@pytest.fixture
def keeper(qtbot):
    made = HintKeeper()
    yield made
    made.begin_leaving()
    for thread in (made.errands, made.copying):
        assert thread.wait(QDeadlineTimer(5000))


def saved(qtbot, keeper):
    done = []
    keeper.when_saved(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)


def test_a_change_is_on_the_disk_a_moment_later_without_anyone_asking(keeper, qtbot, tmp_path):
    page = tmp_path / "page.png"
    keeper.keep(page, GREEN)
    keeper.keep(page, RED)
    assert keeper.held(page) == RED and not hints_path(page).exists()
    qtbot.waitUntil(lambda: keeper.held(page) is None, timeout=SAVE_AFTER + LONG)
    assert load_hints(hints_path(page)) == RED
    assert [path.name for path in tmp_path.iterdir()] == ["page.hints.json"]


def test_a_picture_without_hints_has_no_file(keeper, qtbot, tmp_path):
    page = tmp_path / "page.png"
    for hints in (GREEN, EMPTY, EMPTY):
        keeper.keep(page, hints)
        saved(qtbot, keeper)
        assert hints_path(page).exists() == bool(hints)


def test_no_empty_folder_stays_where_pages_in_folders_of_a_book_had_hints(tmp_path):
    book = tmp_path / "comic.cbz"
    book.write_bytes(b"a book")
    pages = [book / "chapter 1" / "extra" / "1.png", book / "chapter 2" / "1.png"]
    hint_keeper.write_all(dict.fromkeys(pages, RED))
    hint_keeper.write_all({pages[0]: EMPTY})
    assert os.listdir(tmp_path / "comic.cbz.hints") == ["chapter 2"]
    hint_keeper.write_all({pages[1]: EMPTY})
    assert os.listdir(tmp_path) == ["comic.cbz"]


def test_copies_under_way_keep_nothing_from_being_saved_and_a_start_waits_for_them(
    keeper, qtbot, tmp_path
):
    page, other = tmp_path / "page.png", tmp_path / "other.png"
    may_end, order = threading.Event(), []

    def take(_: object) -> None:
        order.append("copies")
        keeper.keep(other, RED)

    keeper.copying.ask("copies", lambda: may_end.wait(LONG), take, pytest.fail)
    keeper.when_saved(lambda: order.append("start"))
    keeper.keep(page, GREEN)
    qtbot.waitUntil(hints_path(page).is_file, timeout=LONG)
    assert not order
    may_end.set()
    qtbot.waitUntil(lambda: order == ["copies", "start"], timeout=LONG)
    assert load_hints(hints_path(other)) == RED


@pytest.mark.reliability("R25")
def test_a_broken_file_in_the_way_is_set_aside(keeper, qtbot, tmp_path):
    page = tmp_path / "page.png"
    hints_path(page).write_text("{ torn")
    keeper.keep(page, GREEN)
    saved(qtbot, keeper)
    assert load_hints(hints_path(page)) == GREEN
    assert hints_path(page).with_name("page.hints.json" + SET_ASIDE).read_text() == "{ torn"


@pytest.mark.reliability("R21")
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a folder's rights")
def test_a_folder_that_takes_no_files_is_told_and_the_hints_are_not_lost(keeper, qtbot, tmp_path):
    page, told = tmp_path / "page.png", []
    keeper.failed.connect(told.append)
    tmp_path.chmod(0o500)
    try:
        keeper.keep(page, GREEN)
        saved(qtbot, keeper)
        assert "“page.png”" in told[0].sentence and keeper.held(page) == GREEN
    finally:
        tmp_path.chmod(0o700)
    keeper.begin_leaving()
    assert load_hints(hints_path(page)) == GREEN


def test_a_drive_that_does_not_answer_holds_up_neither_the_end_nor_other_hints(
    keeper, tmp_path, monkeypatch
):
    silent, other, answers = tmp_path / "silent", tmp_path / "other", threading.Event()
    other.mkdir()
    write = hint_keeper.write_hints

    def slow(picture: Path, hints: HintSet) -> None:
        if picture.parent == silent:
            answers.wait(LONG / 1000)
        else:
            write(picture, hints)

    monkeypatch.setattr(hint_keeper, "write_hints", slow)
    monkeypatch.setattr(hint_keeper, "_PATIENCE", 500)
    keeper.keep(silent / "page.png", GREEN)
    keeper.keep(other / "page.png", RED)
    began = time.monotonic()
    keeper.begin_leaving()
    assert time.monotonic() - began < LONG / 2000, "it waits for the drive"
    assert load_hints(hints_path(other / "page.png")) == RED
    answers.set()


@pytest.fixture
def takes_no_files(monkeypatch):
    """A folder refuses hint files, whoever runs the tests."""
    write = writing.write_bytes_atomic

    def refuse(target: Path, data: bytes) -> None:
        if target.parent.name == "shared":
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        write(target, data)

    monkeypatch.setattr(writing, "write_bytes_atomic", refuse)


def test_hints_that_cannot_lie_beside_their_page_are_kept_at_home(
    keeper, qtbot, home, tmp_path, takes_no_files, monkeypatch
):
    folder, told = tmp_path / "shared", []
    folder.mkdir()
    page, other = (draw_shades(folder / name) for name in ("page.png", "other.png"))
    keeper.failed.connect(told.append)
    for hints in (RED, GREEN):
        keeper.keep(page, hints)
        keeper.keep(other, RED)
        saved(qtbot, keeper)
    assert keeper.held(page) is None and load_hints(hints_of(page)) == GREEN
    assert [path.name for path in sorted(folder.iterdir())] == ["other.png", "page.png"]
    assert len(told) == 1 and "on this computer" in told[0].sentence, "once for a folder"
    assert Path(hints_of(page)).is_relative_to(home)
    monkeypatch.undo()
    monkeypatch.setenv("COLORSTUDIO_HOME", str(home))
    keeper.keep(page, RED)
    saved(qtbot, keeper)
    assert hints_of(page) == hints_path(page) and load_hints(hints_path(page)) == RED
    assert not kept_path(page).exists()


def test_hints_kept_at_home_replace_older_ones_beside_the_page(
    keeper, qtbot, home, tmp_path, takes_no_files
):
    (tmp_path / "shared").mkdir()
    page = draw_shades(tmp_path / "shared" / "page.png")
    hints_path(page).write_text(RED.to_json())
    os.utime(hints_path(page), (1, 1))
    keeper.keep(page, GREEN)
    saved(qtbot, keeper)
    assert load_hints(hints_of(page)) == GREEN


def test_preview_and_batch_use_the_hints_that_are_kept_at_home(
    window, qtbot, tmp_path, takes_no_files
):
    folder, replies = tmp_path / "shared", []
    folder.mkdir()
    pages = [draw_shades(folder / name) for name in ("1.png", "2.png")]
    open_and_wait(window, qtbot, folder, waiting=2)
    window.studio.set_hints(pages[0], GREEN)
    window.studio.hints.save()
    qtbot.waitUntil(lambda: window.studio.hints.held(pages[0]) is None, timeout=LONG)
    window.studio.preview.replied.connect(replies.append)
    window.studio.show_picture(pages[1])
    window.studio.show_picture(pages[0])
    qtbot.waitUntil(lambda: any(r.last and r.hints == GREEN for r in replies), timeout=LONG)
    window.studio.set_output(tmp_path / "out")
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE] * 2
    first, second = (
        np.asarray(Image.open(tmp_path / "out" / page.name).convert("RGB"))[40, 60].astype(int)
        for page in pages
    )
    assert first[1] > first[0] + 30 and abs(first - second).max() > 20


def test_a_folder_that_is_gone_is_told_once_for_many_pictures(keeper, qtbot, tmp_path):
    told = []
    keeper.failed.connect(told.append)
    for name in ("a.png", "b.png"):
        keeper.keep(tmp_path / "gone" / name, GREEN)
    saved(qtbot, keeper)
    assert len(told) == 1
    assert keeper.held(tmp_path / "gone" / "b.png") == GREEN


def test_undo_and_redo_go_back_and_forth_for_each_picture(qtbot, tmp_path):
    history, now = History(), {"a": 0, "b": 0}
    one, two = tmp_path / "a", tmp_path / "b"
    for value in range(1, 500):
        change = Change("step", lambda v: now.update(a=v), value - 1, value)
        history.do(change, one)
    history.do(Change("step", lambda v: now.update(b=v), 0, 9), two)
    history.look_at(one)
    for _ in range(600):
        history.undo()
    assert now == {"a": 0, "b": 9}
    history.redo()
    assert now["a"] == 1
    history.look_at(two)
    history.undo()
    assert now == {"a": 1, "b": 0}


def test_a_slider_on_its_way_is_one_change(qtbot):
    history, now = History(), [0.0]

    def show(value: float) -> None:
        now[0] = value

    for before, after in ((0.0, 0.1), (0.1, 0.4), (0.4, 0.9)):
        history.do(Change("flat", show, before, after, flowing="f"), None)
    history.do(Change("other", lambda v: None, 0, 1), None)
    history.look_at(None)
    history.undo()
    history.undo()
    assert now == [0.0]


def test_the_batch_of_the_window_colours_with_each_pages_own_hints(window, qtbot, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("1.png", "2.png", "3.png"):
        draw_shades(folder / name)
    open_and_wait(window, qtbot, folder, waiting=3)
    window.studio.set_hints(folder / "1.png", GREEN)
    window.studio.set_hints(folder / "2.png", RED)
    window.tools.colorize_button.click()  # at once: what is not written yet must be, before that
    qtbot.waitUntil(lambda: states(window) == [JobState.DONE] * 3, timeout=LONG)
    spots = [
        np.asarray(Image.open(folder / "colorized" / f"{n}.png").convert("RGB"))[40, 60].astype(int)
        for n in (1, 2, 3)
    ]
    assert spots[0][1] > spots[0][0] + 30, "the first is green"
    assert spots[1][0] > spots[1][1] + 30, "the second is red"
    assert abs(spots[2] - spots[0]).max() > 20 and abs(spots[2] - spots[1]).max() > 20


def test_hints_that_are_not_written_yet_survive_a_look_at_another_page(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    replies = []
    window.studio.preview.replied.connect(replies.append)
    first, other = pages / "page 1.png", pages / "page 2.png"
    window.studio.set_hints(first, GREEN)
    window.studio.show_picture(other)
    window.studio.show_picture(first)
    qtbot.waitUntil(
        lambda: any(r.last and r.path == first and r.hints == GREEN for r in replies), timeout=LONG
    )


def test_closing_the_window_right_after_a_change_saves_it(window, qtbot, tmp_path):
    page = draw_line_art(tmp_path / "page.png")
    open_and_wait(window, qtbot, page, waiting=1)
    window.studio.set_hints(page, RED)
    window.close()
    assert load_hints(hints_path(page)) == RED
