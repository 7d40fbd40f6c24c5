"""The program needs no network and asks for none."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_style import make_tiny_style

ROOT = Path(__file__).resolve().parents[1]

WATCHED = """
import json, sys
asked = []
def watch(event, facts):
    if event.startswith("socket.") or event in ("urllib.Request", "ftplib.connect"):
        asked.append([event, repr(facts)])
sys.addaudithook(watch)
if __name__ == "__main__":
    from colorstudio.cli import main
    status = main(sys.argv[1:])
    print(json.dumps({"status": status, "asked": asked}))
"""

HARMLESS = ("socket.__new__", "socket.gethostname")
"""A pair of connected sockets is how two processes of ours talk; a name of oneself is no call."""


def watched(home: Path, script: Path, *arguments: object, trace: Path) -> dict[str, object]:
    """Run a command cut off from every network where the system can, and watched."""
    cut_off = ["unshare", "-rn"]
    may = (
        shutil.which("unshare") and subprocess.run([*cut_off, "true"], check=False).returncode == 0
    )
    strace = shutil.which("strace")
    watch = [strace, "-f", "-qq", "-e", "trace=connect,sendto,bind", "-o", trace] if strace else []
    done = subprocess.run(
        [*(cut_off if may else []), *watch, sys.executable, script, *map(str, arguments)],
        env=os.environ | {"COLORSTUDIO_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    outcome["cut off"] = bool(may)
    return outcome


@pytest.mark.reliability("R27")
@pytest.mark.timeout(300)
def test_a_batch_opens_no_connection(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    home, script, trace = tmp_path / "home", tmp_path / "watched.py", tmp_path / "trace"
    script.write_text(WATCHED)
    make_tiny_style(home / "styles" / "tiny", name="Tiny")
    for name in ("a.png", "b.png"):
        Image.fromarray(np.full((30, 40), 99, np.uint8)).save(tmp_path / name)
    asked = ("colorize", tmp_path, "-o", tmp_path / "out", "--style", "Tiny", "--quiet")
    outcome = watched(home, script, *asked, trace=trace)
    assert outcome["status"] == 0 and len(list((tmp_path / "out").iterdir())) == 2
    events = outcome["asked"]
    assert isinstance(events, list)
    assert [event for event in events if event[0] not in HARMLESS] == []
    if trace.exists():
        calls = trace.read_text(errors="replace").splitlines()
        assert [call for call in calls if "AF_INET" in call] == []
    record_property("cut off from the network", outcome["cut off"])
    record_property("system calls watched", trace.exists())
