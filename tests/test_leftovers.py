"""What killed programs left half written is removed by the next one that writes there."""

import subprocess
import sys
from pathlib import Path

import pytest

from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.writing import atomic_path
from colorstudio.ui.hint_keeper import write_all
from colorstudio.ui.settings import SettingsStore

ROOT = Path(__file__).resolve().parents[1]

KILLED = """
import os, signal, sys
from pathlib import Path
from colorstudio.core.writing import atomic_path
begun = [atomic_path(Path(name)) for name in sys.argv[1:]]
for atomic in begun:
    atomic.__enter__().write_bytes(b"half")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.reliability("R17")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_settings_and_hints_leave_nothing_of_dead_writers_behind(tmp_path: Path) -> None:
    home, pages = tmp_path / "home", tmp_path / "pages"
    home.mkdir()
    pages.mkdir()
    settings, page = home / "settings.json", pages / "page.png"
    files = [str(settings), str(pages / "page.hints.json")]
    subprocess.run([sys.executable, "-c", KILLED, *files], cwd=ROOT, check=False)
    assert len(list(home.iterdir())) == len(list(pages.iterdir())) == 1
    with atomic_path(home / "of a living program") as living:
        living.touch()
        SettingsStore(settings).save()
        assert {path.name for path in home.iterdir()} == {"settings.json", living.name}
    assert write_all({page: HintSet((Hint(1, 1, 2, "#ff0000"),))}) == {}
    assert [path.name for path in pages.iterdir()] == ["page.hints.json"]
