"""A later start hands its files to the window that is open; the window takes them."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tiny_style import make_tiny_style
from window_support import LONG

from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import export_style
from colorstudio.ui import front_door
from colorstudio.ui.front_door import FrontDoor, enter

ROOT = Path(__file__).resolve().parents[1]
LATER_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from colorstudio.ui import front_door

app = QCoreApplication([])
front_door.ANSWER_MILLISECONDS = int(sys.argv[2])
door = front_door.enter([Path(name) for name in sys.argv[3:]], sys.argv[1])
print("taken" if door is None else f"own window, hears: {door.open}")
"""

posix = pytest.mark.skipif(os.name == "nt", reason="sockets are files on other systems")


@pytest.fixture
def place() -> Iterator[str]:
    """A socket's path of its own; tmp_path may be longer than a socket's may be."""
    with tempfile.TemporaryDirectory(prefix="cs-") as folder:
        yield str(Path(folder) / "door")


@pytest.fixture
def door(qtbot: QtBot, place: str) -> Iterator[FrontDoor]:
    """The door of a running window."""
    made = enter([], place)
    assert made is not None and made.open
    yield made
    made.close()


def start_later(place: str, *paths: str, patience: int = 20_000) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", LATER_START, place, str(patience), *paths]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said_by(process: "subprocess.Popen[str]") -> str:
    return process.communicate(timeout=60)[0].strip()


def test_a_later_start_hands_its_files_over(qtbot, door, place):
    with qtbot.waitSignal(door.came, timeout=LONG) as came:
        later = start_later(place, "/pages/one.png", "/pages/Zwölf 十二.png", "/odd\n\udcff.png")
    assert said_by(later) == "taken"
    expected = ["/pages/one.png", "/pages/Zwölf 十二.png", "/odd\n\udcff.png"]
    assert came.args == [[Path(name) for name in expected]]


def test_relative_names_mean_the_folder_of_the_later_start(qtbot, door, place):
    with qtbot.waitSignal(door.came, timeout=LONG) as came:
        later = start_later(place, "page.png")
    assert said_by(later) == "taken"
    assert came.args == [[ROOT / "page.png"]]


def test_two_starts_at_once_both_find_the_window(qtbot, door, place):
    heard: list[Path] = []
    door.came.connect(heard.extend)
    processes = [start_later(place, f"/{name}.png") for name in ("a", "b")]
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=LONG)
    assert [said_by(process) for process in processes] == ["taken", "taken"]
    assert set(heard) == {Path("/a.png"), Path("/b.png")}


@posix
def test_a_socket_left_by_a_killed_window_is_replaced(qtbot, place):
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(place)
    assert Path(place).exists()
    made = enter([Path("/page.png")], place)
    assert made is not None and made.open
    made.close()


@posix
def test_where_nobody_answers_the_later_start_has_a_window_of_its_own(place):
    with socket.socket(socket.AF_UNIX) as hangs:
        hangs.bind(place)
        hangs.listen()
        later = start_later(place, "/page.png", patience=300)
        assert said_by(later) == "own window, hears: False"


def test_a_closed_window_hears_nobody(qtbot, place):
    first = enter([], place)
    assert first is not None
    first.close()
    second = enter([], place)
    assert second is not None and second.open
    second.close()


@pytest.mark.parametrize("letter", [b"not json\n", b'{"a": 1}\n', b"[1, 2]\n", b"[" * 5000 + b"\n"])
def test_other_words_are_not_taken(qtbot, door, place, letter):
    heard: list[Path] = []
    door.came.connect(heard.extend)
    stranger = QLocalSocket()
    stranger.connectToServer(place)
    assert stranger.waitForConnected(5000)
    with qtbot.waitSignal(stranger.disconnected, timeout=LONG):
        stranger.write(letter)
    assert bytes(stranger.readAll().data()) == b"" and not heard


@posix
def test_only_a_folder_of_ones_own_is_safe(tmp_path, monkeypatch):
    ours = tmp_path / "run"
    ours.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(ours))
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    here = front_door.own_place()
    assert Path(here).parent == ours
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "other"))
    assert front_door.own_place() != here
    ours.chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert Path(front_door.own_place()).parent == tmp_path / f"colorstudio-{os.getuid()}"
    (tmp_path / f"colorstudio-{os.getuid()}").chmod(0o777)
    assert front_door.own_place() == ""


def test_a_file_that_macos_brings_is_taken(qtbot):
    door = FrontDoor()
    app = QApplication.instance()
    door.hear_system(app)
    with qtbot.waitSignal(door.came, timeout=LONG) as came:
        QApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile("/pages/one.png")))
    app.removeEventFilter(door)
    assert came.args == [[Path("/pages/one.png")]]


def test_files_that_come_one_right_after_the_other_are_all_opened(window, qtbot, pages):
    door, app = FrontDoor(), QApplication.instance()
    door.hear_system(app)
    door.came.connect(window.receive)
    wanted = [pages / "page 1.png", pages / "page 2.png"]
    for page in wanted:  # as macOS brings what was chosen in its Finder
        QApplication.sendEvent(app, QFileOpenEvent(QUrl.fromLocalFile(str(page))))
    app.removeEventFilter(door)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    assert list(window.folder_panel.shown) == wanted
    qtbot.waitUntil(lambda: window.studio.picture == wanted[0], timeout=LONG)


def test_the_window_takes_pictures_and_styles_of_a_later_start(window, qtbot, pages, tmp_path):
    make_tiny_style(tmp_path / "made", name="Friend")
    library = StyleLibrary()
    package = tmp_path / "Friend.colorstyle"
    export_style(library.find(tmp_path / "made"), package)
    window.showMinimized()
    window.receive([package, pages / "page 1.png"])
    assert not window.isMinimized()
    qtbot.waitUntil(lambda: window.studio.picture == pages / "page 1.png", timeout=LONG)
    names = lambda: {style.info.name for style in StyleLibrary().list()}  # noqa: E731
    qtbot.waitUntil(lambda: "Friend" in names(), timeout=LONG)


def test_a_palette_that_is_opened_with_the_program_is_its_palette(window, qtbot, tmp_path):
    palette = tmp_path / "ink.hex"
    palette.write_text("d04030\n2050a0\n", encoding="utf-8")
    window.open([palette])
    qtbot.waitUntil(lambda: window.palette_panel.name == "ink.hex", timeout=LONG)
