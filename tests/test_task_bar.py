"""The batch in the system's task bar."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from window_support import finish, jobs_of

from colorstudio.ui.task_bar import TaskBar, dock_of_session

ROOT = Path(__file__).resolve().parents[1]

_SENDER = """
import sys
sys.path.insert(0, {root!r})
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.setDesktopFileName("colorstudio")
from colorstudio.ui.task_bar import dock_of_session
send = dock_of_session()
send({{"progress": 0.25, "progress-visible": True}})
from PySide6.QtCore import QTimer
QTimer.singleShot(300, app.quit)
app.exec()
"""


def test_a_dock_is_told_how_far_the_batch_is_and_at_the_end_that_it_is_over(
    desk, qtbot, pages, monkeypatch
):
    told, numbers = [], []
    monkeypatch.setattr(QGuiApplication, "setBadgeNumber", lambda _, number: numbers.append(number))
    bar = TaskBar(desk, send=lambda: told.append)
    desk.add(jobs_of(pages))
    assert told == [] and numbers == [], "nothing runs"
    finish(desk, qtbot)
    steps = [row["progress"] for row in told[:-1]]
    assert steps == sorted(steps) and all(row["progress-visible"] for row in told[:-1])
    assert told[-1] == {"progress": 0.0, "progress-visible": False}
    assert numbers[0] == 4 and numbers[-1] == 0 and len(numbers) == len(told)
    del bar


def test_without_a_session_bus_there_is_no_dock_to_tell(monkeypatch):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert dock_of_session() is None


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="needs a session bus")
def test_the_signal_is_what_docks_listen_to(tmp_path):
    script = (
        "dbus-monitor --session \"interface='com.canonical.Unity.LauncherEntry'\" > {out} & "
        "sleep 0.5; QT_QPA_PLATFORM=offscreen {python} {sender}; kill $!"
    )
    sender, out = tmp_path / "sender.py", tmp_path / "heard"
    sender.write_text(_SENDER.format(root=str(ROOT)))
    words = script.format(out=out, python=sys.executable, sender=sender)
    subprocess.run(["dbus-run-session", "--", "sh", "-c", words], timeout=60, check=False)
    heard = out.read_text()
    assert 'string "application://colorstudio.desktop"' in heard
    assert "double 0.25" in heard and "boolean true" in heard and "member=Update" in heard
