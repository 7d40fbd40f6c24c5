"""The folder browser: lazy, in natural order, and unmoved by ten thousand files."""

import time

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint
from window_support import LONG, colorize, draw_line_art, linked_pages, open_and_wait

from colorstudio.core.naming import Existing
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.folder_panel import FolderPanel
from colorstudio.ui.folder_tree_model import list_folders
from colorstudio.ui.heartbeat import Heartbeat
from colorstudio.ui.thumbnails import CACHE_BYTES, MOST_WAITING, Thumbnails


@pytest.fixture
def thumbnails():
    made = Thumbnails()
    yield made
    made.leave()
    assert made.wait(_soon())


@pytest.fixture
def errands():
    made = ErrandThread()
    yield made
    made.leave()
    assert made.wait(_soon())


@pytest.fixture
def panel(qtbot, thumbnails, errands):
    made = FolderPanel(thumbnails, errands)
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    return made


def _soon():
    from PySide6.QtCore import QDeadlineTimer

    return QDeadlineTimer(5000)


def test_thumbnails_arrive_for_the_pictures_in_sight(panel, thumbnails, qtbot, pages):
    paths = sorted(pages.iterdir())
    panel.show_pictures(paths)
    qtbot.waitUntil(lambda: all(thumbnails.get(path) for path in paths), timeout=LONG)
    pixmap = thumbnails.get(paths[0])
    assert (pixmap.width(), pixmap.height()) == (120, 90)


def test_a_picture_that_cannot_be_read_gets_a_sign_and_another_chance(
    panel, thumbnails, qtbot, pages
):
    bad = pages / "bad.png"
    bad.write_bytes(b"nothing")
    panel.show_pictures([bad])
    qtbot.waitUntil(lambda: thumbnails.unreadable(bad), timeout=LONG)
    assert thumbnails.get(bad) is None
    draw_line_art(bad)
    thumbnails.forget_unreadable()
    qtbot.waitUntil(lambda: thumbnails.get(bad) is not None, timeout=LONG)


def test_a_picture_that_was_written_anew_gets_a_new_thumbnail(panel, thumbnails, qtbot, pages):
    page = pages / "page 1.png"
    panel.show_pictures([page])
    qtbot.waitUntil(lambda: thumbnails.get(page) is not None, timeout=LONG)
    draw_line_art(page, 60, 90)
    thumbnails.forget({page})
    qtbot.waitUntil(lambda: _width(thumbnails.get(page)) == 60, timeout=LONG)
    assert thumbnails.cached_bytes == 60 * 90 * 4


def test_what_was_read_before_the_file_was_written_anew_is_not_kept(thumbnails, qtbot, pages):
    page = pages / "page 1.png"
    thumbnails.get(page)
    time.sleep(0.3)  # it is read meanwhile, and waits to be fetched
    draw_line_art(page, 60, 90)
    thumbnails.forget({page})
    seen = []
    thumbnails.arrived.connect(lambda paths: seen.append(_width(thumbnails.get(page))))
    qtbot.waitUntil(lambda: bool(seen) and seen[-1] > 0, timeout=LONG)
    assert set(seen) <= {0, 60}


def test_a_result_that_is_replaced_gets_a_new_thumbnail(window, qtbot, pages):
    result = pages / "colorized" / "page 1.png"
    result.parent.mkdir()
    draw_line_art(result, 60, 90)
    thumbnails = window.studio.thumbnails
    qtbot.waitUntil(lambda: thumbnails.get(result) is not None, timeout=LONG)
    window.studio.set_results(existing=Existing.OVERWRITE)
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    qtbot.waitUntil(lambda: thumbnails.get(result) is not None, timeout=LONG)
    assert thumbnails.get(result).width() == 120


def _width(pixmap) -> int:
    return 0 if pixmap is None else pixmap.width()


def test_only_pictures_in_sight_are_read(panel, thumbnails, qtbot, tmp_path):
    paths = linked_pages(tmp_path, 600)
    panel.show_pictures(paths)
    qtbot.waitUntil(lambda: thumbnails.get(paths[0]) is not None, timeout=LONG)
    qtbot.wait(300)
    read = sum(path in thumbnails._cache for path in paths)
    assert 4 <= read <= 60
    panel.grid.scrollToBottom()
    qtbot.waitUntil(lambda: paths[-1] in thumbnails._cache, timeout=LONG)


def test_the_cache_and_the_list_of_wishes_are_bounded(thumbnails, qtbot, tmp_path):
    paths = linked_pages(tmp_path, 900)
    for path in paths:
        thumbnails.get(path, 2.0)
    assert len(thumbnails._desk.wishes) <= MOST_WAITING
    qtbot.waitUntil(lambda: not thumbnails._asked, timeout=LONG)
    assert 0 < thumbnails.cached_bytes <= CACHE_BYTES


@pytest.mark.usefixtures("without_old_garbage")
@pytest.mark.reliability("R24")
def test_ten_thousand_pictures_leave_the_window_free(panel, qtbot, tmp_path):
    paths = linked_pages(tmp_path, 10_000)
    beat = Heartbeat(clock=time.thread_time)
    panel.show_pictures(paths)
    qtbot.waitUntil(lambda: panel.pictures.rowCount() == 10_000, timeout=LONG)
    bar = panel.grid.verticalScrollBar()
    for step in range(20):
        bar.setValue(bar.maximum() * step // 19)
        qtbot.wait(10)
    panel.grid.selectAll()
    qtbot.wait(10)
    assert len(panel.grid.chosen) == 10_000
    assert beat.worst < 0.2, "seconds of work in one go on the UI thread"


def test_picking_a_picture_tells_and_marking_one_does_not(panel, qtbot, pages):
    paths = sorted(pages.iterdir())
    panel.show_pictures(paths)
    told = []
    panel.picture_chosen.connect(told.append)
    panel.select(paths[1])
    assert panel.grid.chosen == [paths[1]] and told == []
    index = panel.pictures.index(2)
    panel.grid.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert told == [paths[2]]


def test_several_picked_pictures_can_be_queued_from_the_menu(panel, qtbot, pages):
    paths = sorted(pages.iterdir())
    panel.show_pictures(paths)
    panel.grid.selectAll()
    wanted = []
    panel.grid.only_wanted.connect(wanted.append)
    menu = panel.grid.offer_menu(QPoint(5, 5))
    assert [action.text() for action in menu.actions()] == [
        "Queue only 4 pictures",
        "Add 4 pictures to the queue",
        "Copy the hints in view to 4 pictures",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert wanted == [paths]


def test_the_tree_lists_folders_only_when_they_are_opened(panel, qtbot, tmp_path):
    for name in ("book/chapter 10/inks", "book/chapter 2", "book/.hidden"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "book" / "cover.png").write_bytes(b"")
    panel.show_place(tmp_path / "book", new_root=True)
    tree, root = panel.folders, panel.folders.index(0, 0)
    qtbot.waitUntil(lambda: tree.rowCount(root) == 2, timeout=LONG)
    names = [tree.index(row, 0, root).data() for row in range(2)]
    assert names == ["chapter 2", "chapter 10"]
    assert not tree.hasChildren(tree.index(0, 0, root))
    inner = tree.index(1, 0, root)
    assert tree.hasChildren(inner) and tree.rowCount(inner) == 0
    panel.tree.expand(inner)
    qtbot.waitUntil(lambda: tree.rowCount(inner) == 1, timeout=LONG)
    assert tree.index(0, 0, inner).data() == "inks"
    assert tree.parent(tree.index(0, 0, inner)) == inner


def test_a_folder_in_the_tree_and_the_one_above_can_be_opened(panel, qtbot, tmp_path):
    (tmp_path / "book" / "chapter 1").mkdir(parents=True)
    panel.show_place(tmp_path / "book", new_root=True)
    root = panel.folders.index(0, 0)
    qtbot.waitUntil(lambda: panel.folders.rowCount(root) == 1, timeout=LONG)
    opened = []
    panel.folder_chosen.connect(opened.append)
    panel.tree.clicked.emit(panel.folders.index(0, 0, root))
    panel.up_button.click()
    assert opened == [tmp_path / "book" / "chapter 1", tmp_path]
    assert panel.folders.root == tmp_path


def test_the_folder_above_is_that_of_the_folder_in_view(panel, qtbot, tmp_path):
    inner = tmp_path / "book" / "chapter 1"
    inner.mkdir(parents=True)
    panel.show_place(tmp_path / "book", new_root=True)
    root = panel.folders.index(0, 0)
    qtbot.waitUntil(lambda: panel.folders.rowCount(root) == 1, timeout=LONG)
    panel.show_place(inner, new_root=False)
    opened = []
    panel.folder_chosen.connect(opened.append)
    panel.up_button.click()
    assert opened == [tmp_path / "book"] and panel.folders.root == tmp_path / "book"


def test_folders_are_listed_in_natural_order_without_hidden_ones_and_those_of_hints(tmp_path):
    for name in ("vol 10", "vol 9", ".git", "vol 9/extras", "vol 3.cbz.hints"):
        (tmp_path / name).mkdir(exist_ok=True)
    found = list_folders(tmp_path)
    assert found == [(tmp_path / "vol 9", True), (tmp_path / "vol 10", False)]
