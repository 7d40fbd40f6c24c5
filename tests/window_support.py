"""Pages drawn for the tests of the window, and small acts of an artist's hand."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from colorstudio.jobs.job import Job, JobState

if TYPE_CHECKING:
    from colorstudio.ui.batch_desk import BatchDesk
    from colorstudio.ui.errand_thread import ErrandThread
    from colorstudio.ui.main_window import MainWindow

LONG = 60_000
"""Milliseconds after which a thing is not coming: a busy machine is slow, and no failure."""


def draw_line_art(path: Path, width: int = 120, height: int = 90) -> Path:
    """Black lines on white paper."""
    page = Image.new("L", (width, height), 255)
    pen = ImageDraw.Draw(page)
    pen.ellipse((10, 10, width // 2, height - 20), outline=0, width=2)
    pen.line((0, height - 10, width, height - 14), fill=0, width=2)
    pen.rectangle((width // 2 + 8, 20, width - 12, height - 24), outline=0, width=2)
    page.save(path)
    return path


def draw_shades(path: Path, width: int = 120, height: int = 90) -> Path:
    """A greyscale picture without lines."""
    across, down = np.linspace(40, 160, width)[None], np.linspace(0, 60, height)[:, None]
    Image.fromarray((across + down).astype(np.uint8)).save(path)
    return path


def drop(
    window: QWidget,
    data: QMimeData,
    offered: Qt.DropAction = Qt.DropAction.CopyAction,
    keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> list[Qt.DropAction]:
    """Drag something over the window with these keys held, and let it fall.

    Returns what its source is told is done with it: while it is dragged, and after the drop.
    """
    place, left = QPoint(200, 200), Qt.MouseButton.LeftButton
    over = QDragEnterEvent(place, offered, data, left, keys)
    fallen = QDropEvent(QPointF(place), offered, data, left, keys)
    for event in (over, fallen):
        QApplication.sendEvent(window, event)
    refused = Qt.DropAction.IgnoreAction
    return [event.dropAction() if event.isAccepted() else refused for event in (over, fallen)]


def files(*paths: Path) -> QMimeData:
    """What a file manager hands over."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def turn_wheel(widget: QWidget, place: QPoint, notches: int) -> None:
    """Turn the mouse wheel over a place of the widget."""
    event = QWheelEvent(
        QPointF(place),
        QPointF(widget.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


def facts_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Content and time of every file directly in a folder, to see that nothing was touched."""
    return {
        path.name: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.iterdir()
        if path.is_file()
    }


def open_and_wait(window: "MainWindow", qtbot: QtBot, *paths: Path, waiting: int) -> None:
    """Open these and wait until they are queued and the first is previewed."""
    window.open(list(paths))
    qtbot.waitUntil(lambda: window.studio.desk.waiting == waiting, timeout=LONG)
    panel = window.canvas_panel
    # The list of styles may come in between, and the picture is coloured once more.
    qtbot.waitUntil(lambda: panel.canvas.has_colored and "px" in panel.facts, timeout=LONG)


def colorize(window: "MainWindow", qtbot: QtBot) -> None:
    """Press Colorize and wait for the end of the batch."""
    qtbot.mouseClick(window.tools.colorize_button, Qt.MouseButton.LeftButton)
    wait_for_end(window, qtbot)


def wait_for_end(window: "MainWindow", qtbot: QtBot) -> None:
    """Wait until no batch runs, nor is about to start, and all that its end sets going is done."""
    studio = window.studio

    def over() -> bool:
        return not (studio.planning.busy or studio.desk.awaited or studio.desk.running)

    qtbot.waitUntil(over, timeout=LONG)
    QCoreApplication.processEvents()  # the end is told in an event of its own
    qtbot.waitUntil(over, timeout=LONG)


def states(window: "MainWindow") -> list[JobState]:
    """Where each job of the queue stands, in order."""
    return [row.state for row in window.studio.desk.rows.rows]


@contextmanager
def held_up(errands: "ErrandThread") -> Iterator[None]:
    """What is asked of these errands meanwhile waits, as behind a slow disk."""
    may_end = threading.Event()
    errands.ask("held up", may_end.wait, lambda _: None, lambda _: None)
    try:
        yield
    finally:
        may_end.set()


class Clock:
    """A clock that stands until it is turned."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def jobs_of(folder: Path) -> list[Job]:
    """One job for each file of a folder, numbered from 1."""
    pictures = sorted(folder.glob("*.*"))
    return [Job(n, path, folder / "out" / path.name) for n, path in enumerate(pictures, start=1)]


def finish(desk: "BatchDesk", qtbot: QtBot) -> None:
    """Work the queue of a desk off."""
    desk.start("Tiny")
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)


def linked_pages(folder: Path, count: int) -> list[Path]:
    """Many pictures that take no room: hard links of one."""
    first = draw_line_art(folder / "page 0.png", 200, 160)
    paths = [first]
    for number in range(1, count):
        paths.append(folder / f"page {number}.png")
        os.link(first, paths[-1])
    return paths
