"""The command line as a process of its own: signals, pipes, terminals, start-up."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_style import make_tiny_style

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def own_home(tmp_path: Path) -> Path:
    """A home of the test's own, with a style beside it."""
    make_tiny_style(tmp_path / "style")
    return tmp_path / "home"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name in ("one.png", "線画 é.png"):
        Image.linear_gradient("L").save(folder / name)
    return folder


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "colorstudio", *map(str, arguments)]


def environment(home: Path, **more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "COLORSTUDIO_HOME": str(home)} | more


@pytest.fixture
def many(tmp_path: Path) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    noise = np.random.default_rng(1).integers(0, 255, (900, 900), np.uint8)
    for number in range(40):
        Image.fromarray(np.roll(noise, number)).save(folder / f"{number:02}.png", compress_level=1)
    return folder


def start(*arguments: object, home: Path, **options: Any) -> subprocess.Popen:
    style = home.parent / "style"
    return subprocess.Popen(
        command(*arguments, "--style", style),
        env=environment(home, **options.pop("variables", {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


@pytest.mark.reliability("R26", "I4")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_batch_stops_soon_and_leaves_only_whole_pictures(
    number: signal.Signals, many: Path, tmp_path: Path, own_home: Path
) -> None:
    out = tmp_path / "out"
    process = start("colorize", many, "-o", out, "--json", home=own_home)
    assert process.stdout is not None
    process.stdout.readline()  # the first picture is done
    process.send_signal(number)
    stopped = time.monotonic()
    rest, errors = process.communicate(timeout=60)
    assert time.monotonic() - stopped < 5
    assert process.returncode == 130 and errors == b""
    *pictures, summary = map(json.loads, rest.splitlines())
    assert summary["event"] == "summary" and summary["interrupted"]
    written = list(out.iterdir())
    assert summary["done"] == len(written) < 40
    assert summary["done"] + summary["cancelled"] == 40
    states = [picture["state"] for picture in pictures]
    assert states.count("cancelled") == summary["cancelled"]
    for path in written:
        Image.open(path).load()


@pytest.mark.reliability("I4")
def test_a_reader_that_goes_away_costs_nothing(pages: Path, tmp_path: Path, own_home: Path) -> None:
    process = start("colorize", pages, "-o", tmp_path / "out", home=own_home)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert errors == b"" and len(list((tmp_path / "out").iterdir())) == 2


@pytest.mark.reliability("R11")
def test_any_name_can_be_shown_on_an_ascii_terminal(
    pages: Path, tmp_path: Path, own_home: Path
) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii"}
    process = start(
        *("colorize", pages, "-o", tmp_path / "out"), home=own_home, variables=ascii_only
    )
    told, errors = process.communicate(timeout=60)
    assert process.returncode == 0 and errors == b""
    assert b"\\u7dda" in told


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
def test_a_terminal_gets_a_bar_and_then_the_report(
    pages: Path, tmp_path: Path, own_home: Path
) -> None:
    (pages / "bad.png").write_bytes(b"")
    import pty

    ours, theirs = pty.openpty()
    arguments = command("colorize", pages, "-o", tmp_path / "out", "--style", tmp_path / "style")
    process = subprocess.Popen(
        arguments, env=environment(own_home), stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    report, _ = process.communicate(timeout=60)
    bar = os.read(ours, 100_000).decode()
    os.close(ours)
    assert process.returncode == 1
    assert "3/3" in bar and "left" in bar and bar.endswith("\r\x1b[K")
    lines = report.decode().splitlines()
    assert len(lines) == 2 and "bad.png" in lines[0] and "2 coloured, 1 failed" in lines[1]


def test_help_comes_at_once_and_imports_nothing_heavy() -> None:
    heavy = ["numpy", "PIL", "cv2", "onnx", "onnxruntime", "torch", "PySide6", "tqdm"]
    code = (
        "import sys, colorstudio.cli as c; s = c.main(sys.argv[1:]);"
        f"print(sorted(set({heavy}) & set(sys.modules)), s)"
    )
    for arguments in (["--help"], ["colorize", "--help"], ["styles", "--help"]):
        ran = subprocess.run(
            [sys.executable, "-c", code, *arguments], capture_output=True, text=True, cwd=ROOT
        )
        assert ran.stdout.endswith("[] 0\n") and ran.stderr == ""
