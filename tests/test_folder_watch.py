"""The places in view are watched, and a disk that does not answer keeps no window waiting."""

import threading

from PySide6.QtCore import QDeadlineTimer, QFileSystemWatcher
from window_support import LONG

from colorstudio.ui import folder_watch
from colorstudio.ui.folder_watch import FolderWatch


def test_places_are_looked_at_away_from_the_window_and_only_the_newest_count(
    qtbot, tmp_path, monkeypatch
):
    first, newest = tmp_path / "first", tmp_path / "newest"
    for folder in (first, newest):
        folder.mkdir()
    looked, may_answer = [], threading.Event()

    class Slow(QFileSystemWatcher):
        def addPaths(self, paths):
            if threading.current_thread() is not threading.main_thread():
                assert may_answer.wait(LONG / 1000)
            left = super().addPaths(paths)
            looked.append((threading.current_thread(), paths))
            return left

    monkeypatch.setattr(folder_watch, "QFileSystemWatcher", Slow)
    watch = FolderWatch()
    watch.watch([tmp_path / "of a dead drive"])
    watch.watch([first])
    watch.watch([newest])
    assert not looked, "the window goes on"
    may_answer.set()
    qtbot.waitUntil(lambda: bool(looked) and looked[-1][1] == [str(newest)], timeout=LONG)
    assert threading.main_thread() not in [thread for thread, _ in looked]
    assert [str(first)] not in [paths for _, paths in looked]
    with qtbot.waitSignal(watch.changed, timeout=LONG):
        (newest / "page.png").write_bytes(b"")
    watch.leave()
    assert watch.wait(QDeadlineTimer(LONG))
