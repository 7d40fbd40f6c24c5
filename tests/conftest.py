"""What the tests of the window share: a home of its own, real pages, and a window that is left."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from tiny_style import make_tiny_style
from window_support import LONG, draw_line_art, draw_shades

if TYPE_CHECKING:
    from colorstudio.ui.batch_desk import BatchDesk
    from colorstudio.ui.main_window import MainWindow
    from colorstudio.ui.queue_panel import QueuePanel

# Windows of tests belong on no desktop; before Qt is loaded, that is.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# What the tests train is so small that two threads mostly wait for each other, three times as long
# on a machine that has other work as well. Before torch is loaded; child processes have it too.
os.environ.setdefault("OMP_NUM_THREADS", "1")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with one style, "Tiny", which takes milliseconds and whose colours are known."""
    folder = tmp_path / "home"
    make_tiny_style(folder / "styles" / "tiny", name="Tiny")
    monkeypatch.setenv("COLORSTUDIO_HOME", str(folder))
    return folder


@pytest.fixture
def without_old_garbage() -> Iterator[None]:
    """What a thousand tests before this one left is no work of the window: nobody searches it.

    Such a search counts to whatever is measured at that moment: 39 ms alone were once 213 here.
    """
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """A folder of four pages: line art and shades, named so that order matters."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in (1, 2, 10):
        draw_line_art(folder / f"page {number}.png")
    draw_shades(folder / "shades.jpg")
    return folder


@pytest.fixture
def window(qtbot: QtBot, qtlog: Any, home: Path) -> "Iterator[MainWindow]":
    """The real main window, shown; every thread must end with it, and Qt must not complain."""
    from colorstudio.ui.main_window import MainWindow

    before = set(threading.enumerate())
    made = MainWindow()
    made.studio.set_style("Tiny")
    made.confirm_close = lambda: True
    qtbot.addWidget(made)
    made.resize(1440, 900)  # as on most desks: the screen that stands in is a small one
    made.show()
    try:
        qtbot.waitUntil(lambda: made.status.device.startswith("Device: C"), timeout=LONG)
        yield made
    finally:
        made.close()  # also when it did not come up: a thread that outlives it ends all tests
    assert made.left_in_time, "a thread outlived the window"
    assert {thread for thread in threading.enumerate() if not thread.daemon} <= before
    complaints = [record.message for record in qtlog.records if record.type.name != "QtDebugMsg"]
    # Without a screen Qt says what its stand-in for one can't do.
    assert [text for text in complaints if "This plugin does not support" not in text] == []


@pytest.fixture
def desk(qtbot: QtBot, home: Path) -> "Iterator[BatchDesk]":
    """The queue with its thread, without a window."""
    from PySide6.QtCore import QDeadlineTimer

    from colorstudio.ui.batch_desk import BatchDesk
    from colorstudio.ui.colorizer_source import ColorizerSource

    made = BatchDesk(ColorizerSource())
    yield made
    assert made.leave(QDeadlineTimer(5000))


@pytest.fixture
def queue_panel(qtbot: QtBot, desk: "BatchDesk") -> "Iterator[QueuePanel]":
    """The panel of that queue, shown by itself."""
    from PySide6.QtCore import QDeadlineTimer

    from colorstudio.ui.queue_panel import QueuePanel
    from colorstudio.ui.thumbnails import Thumbnails

    thumbnails = Thumbnails()
    made = QueuePanel(desk, thumbnails)
    made.retry_wanted.connect(lambda ids: desk.retry(ids, "Tiny"))
    made.removal_wanted.connect(desk.remove)
    qtbot.addWidget(made)
    made.resize(360, 700)
    made.show()
    yield made
    thumbnails.leave()
    assert thumbnails.wait(QDeadlineTimer(5000))


@pytest.fixture
def command_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home and bundled styles of the test's own: nothing of this computer's is touched."""
    from colorstudio.core import places

    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "resources", lambda: tmp_path / "resources")
    make_tiny_style(tmp_path / "resources" / "styles" / "starter", name="starter")
    return tmp_path / "home"


@pytest.fixture
def grey_pages(tmp_path: Path) -> Path:
    """A folder of three greyscale pages, one of them in a sub-folder."""
    folder = tmp_path / "pages"
    (folder / "chapter 2").mkdir(parents=True)
    ramp = np.tile(np.linspace(20, 235, 48, dtype=np.uint8), (32, 1))
    for name in ("one.png", "two.jpg", "chapter 2/線画 é.png"):
        Image.fromarray(ramp).save(folder / name)
    return folder
