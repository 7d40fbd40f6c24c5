"""A batch of the command line as a process of its own, and what must hold after it."""

import hashlib
import json
import os
import stat
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.core.reading import read_size

ROOT = Path(__file__).resolve().parents[1]


PLAIN = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
"""Starts a program to which rights of files apply, also where root starts it."""


@dataclass
class Ended:
    """How a run came out. rows: its pictures, by the name of the source."""

    status: int
    rows: list[dict[str, Any]]
    summary: dict[str, Any]
    errors: str
    states: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.states = {Path(row["source"]).name: row["state"] for row in self.rows}

    def count(self, state: str) -> int:
        """How many pictures ended so."""
        return sum(row["state"] == state for row in self.rows)

    def failure(self, name: str) -> str:
        """The sentence told of a picture that failed."""
        return next(r["failure"]["sentence"] for r in self.rows if Path(r["source"]).name == name)


class Place:
    """A home with a quick style, a folder of pictures and one for their results."""

    def __init__(self, folder: Path, output: Path | None = None) -> None:
        self.home, self.pages = folder / "home", folder / "pages"
        self.output = output or folder / "out"
        self.command_before: tuple[str, ...] = ()  # a program that starts it
        self.pages.mkdir(exist_ok=True)
        if not self.home.exists():
            make_tiny_style(self.home / "styles" / "tiny", name="Tiny")

    def draw(self, count: int, size: tuple[int, int] = (90, 60)) -> "Place":
        """So many pages of one size."""
        page = Image.linear_gradient("L").resize(size)
        for number in range(count):
            page.save(self.pages / f"page {number:04}.png")
        return self

    def command(self, *more: object) -> list[str]:
        """The order to colour everything here."""
        start = [sys.executable, "-m", "colorstudio", "colorize", str(self.pages)]
        order = [*start, "-o", str(self.output), "--json", "--style", "Tiny", *map(str, more)]
        return [*self.command_before, *order]

    @property
    def variables(self) -> dict[str, str]:
        """What the process finds around it."""
        return os.environ | {"COLORSTUDIO_HOME": str(self.home), "PYTHONPATH": str(ROOT)}

    def start(self, *more: object, **options: Any) -> "subprocess.Popen[str]":
        """Begin a run and come back at once."""
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(
            self.command(*more), env=self.variables, cwd=ROOT, **(pipes | options)
        )

    def here(self, capsys: pytest.CaptureFixture[str], *more: object) -> Ended:
        """The same within this process: quicker, where no process is what is looked at."""
        from colorstudio.cli import main

        capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("COLORSTUDIO_HOME", str(self.home))
            status = main(self.command(*more)[3:])
        told = capsys.readouterr()
        return ended(status, told.out, told.err)

    def run(self, *more: object, **options: Any) -> Ended:
        """Colour everything."""
        done = subprocess.run(
            self.command(*more),
            env=self.variables,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=options.pop("timeout", 600),
            **options,
        )
        return ended(done.returncode, done.stdout, done.stderr)


def ended(status: int, told: str, errors: str) -> Ended:
    """What a run told, as `--json` does."""
    lines = [json.loads(line) for line in told.splitlines()]
    rows = [line for line in lines if line["event"] == "picture"]
    summary = lines[-1] if lines and lines[-1]["event"] == "summary" else {}
    return Ended(status, rows, summary, errors)


def originals(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Bytes (their sha256), time of change and rights of every file, by its place (I1)."""
    facts = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        if stat.S_ISREG(status.st_mode) and status.st_size < 1 << 30:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
        else:
            digest = ""
        facts[str(path.relative_to(folder))] = (digest, status.st_mtime_ns, status.st_mode)
    return facts


def check(place: Place, run: Ended, before: dict[str, tuple[str, int, int]]) -> None:
    """The invariants I1 to I4 after a run that came to its own end."""
    assert originals(place.pages) == before
    assert "Traceback" not in run.errors
    told = run.summary
    assert len(run.rows) == sum(told[s] for s in ("done", "failed", "skipped", "cancelled"))
    assert run.status == (1 if told["failed"] or told["cancelled"] else 0)
    for row in run.rows:
        if row["state"] == "failed":
            assert row["failure"]["sentence"].endswith("."), row
    check_results(place, run)


def check_results(place: Place, run: Ended) -> None:
    """I2: what lies in the output is what was told, whole and of its source's size."""
    have = {row["target"]: row for row in run.rows if row["state"] in ("done", "skipped")}
    found = [path for path in place.output.rglob("*") if path.is_file()]
    assert {str(path) for path in found} >= set(have), "something told is not there"
    for path in found:
        assert not path.name.startswith("."), f"a temporary file is left: {path.name}"
        with Image.open(path) as picture:
            picture.load()
            if str(path) in have:
                assert picture.size == read_size(Path(have[str(path)]["source"])), path
