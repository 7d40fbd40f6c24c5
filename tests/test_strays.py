"""What nobody caught outside the window, and the log that it goes to."""

import json
import logging
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import colorize, guard, main
from colorstudio.core import log
from colorstudio.core.places import log_folder

EVENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ [\w.]+: .*")
UGLY = "page\x1b[31m\nnot a new event\r\x07 \u202egnp.drow\x85"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    make_tiny_style(tmp_path / "home" / "styles" / "tiny", name="Tiny")
    return tmp_path / "home"


def events() -> list[str]:
    """The lines of all log files, the oldest first."""
    files = sorted(log_folder().glob("colorstudio.log*"), key=lambda p: p.name, reverse=True)
    return [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def size_of_the_log() -> int:
    return sum(file.stat().st_size for file in log_folder().iterdir())


# --- the log -------------------------------------------------------------------------------------


@contextmanager
def alone() -> Iterator[None]:
    """Nobody else keeps a hundred thousand records."""
    root = logging.getLogger()
    others = root.handlers[:]
    try:
        root.handlers.clear()
        yield
    finally:
        root.handlers[:] = others


def storm(count: int) -> None:
    """So many errors, some of them with a traceback, about a file with the ugliest of names."""
    note = logging.getLogger("colorstudio.storm").error
    with alone(), log.log_to_file() as file:
        assert file is not None
        for number in range(count):
            if number % 50:
                note("%d: can't read %s", number, UGLY)
                continue
            try:
                raise ValueError(UGLY)
            except ValueError as error:
                note("%d: %s", number, UGLY, exc_info=error)


def check_log(most: int, count: int) -> None:
    assert size_of_the_log() <= most
    lines = events()
    assert all(EVENT.fullmatch(line) for line in lines), "one event is one line"
    assert all(line.isprintable() for line in lines)
    numbers = [int(found[1]) for line in lines if (found := re.search(r": (\d+): ", line))]
    assert numbers == list(range(count - len(lines), count)), "the newest are kept, each once"
    assert any("Traceback" in line and "ValueError" in line for line in lines)


@pytest.mark.reliability("R51")
def test_a_storm_of_errors_fills_no_disk_and_breaks_no_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "MAX_BYTES", 30_000)
    storm(2000)
    assert len(list(log_folder().iterdir())) == log.KEPT_FILES + 1
    check_log(30_000 * (log.KEPT_FILES + 1), 2000)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.reliability("R51")
def test_a_hundred_thousand_errors_stay_within_ten_megabytes(
    record_property: Callable[[str, object], None],
) -> None:
    storm(100_000)
    record_property("errors", 100_000)
    record_property("log in MB", round(size_of_the_log() / 1e6, 1))
    check_log(10_000_000, 100_000)


@pytest.mark.reliability("R51")
def test_the_log_s_files_together_are_bounded() -> None:
    longest_line = 4 * log.MOST_CHARACTERS  # bytes, of UTF-8
    assert (log.MAX_BYTES + longest_line) * (log.KEPT_FILES + 1) <= 10_000_000


@pytest.mark.reliability("R51")
def test_one_event_alone_does_not_fill_the_log() -> None:
    with log.log_to_file():
        logging.getLogger("colorstudio").error("first %s last", "x" * 5_000_000)
    (line,) = events()
    assert "first" in line and line.endswith("last") and len(line) < 2 * log.MOST_CHARACTERS


# --- what nobody caught --------------------------------------------------------------------------


class Careless:
    """Fails as it dies."""

    def __del__(self) -> None:
        raise RuntimeError("a fault at the end")


def fail_everywhere() -> None:
    """In a thread, in a timer, and at the end of an object."""

    def fail() -> None:
        raise RuntimeError(f"a fault in {UGLY}")

    for thread in (threading.Thread(target=fail, name="worker"), threading.Timer(0, fail)):
        thread.start()
        thread.join()
    Careless()


@pytest.mark.reliability("R49")
def test_faults_in_threads_and_timers_go_to_the_log_and_the_batch_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = colorize._work

    def work(*arguments: Any) -> int:
        fail_everywhere()
        return whole(*arguments)

    monkeypatch.setattr(colorize, "_work", work)
    Image.fromarray(np.full((30, 40), 99, np.uint8)).save(tmp_path / "page.png")
    asked = ["colorize", str(tmp_path / "page.png"), "-o", str(tmp_path / "out"), "--json"]
    assert main([*asked, "--style", "Tiny"]) == 0
    told = capsys.readouterr()
    assert told.err == "" and json.loads(told.out.splitlines()[-1])["done"] == 1
    faults = [line for line in events() if "a fault" in line]
    assert len(faults) == 3 and all(EVENT.fullmatch(line) for line in faults)
    assert "in worker" in faults[0] and "Traceback" in faults[0]
    assert "Careless" in faults[2]


@pytest.mark.reliability("R49")
def test_a_fault_before_there_is_a_log_opens_it(capsys: pytest.CaptureFixture[str]) -> None:
    def command() -> int:
        fail_everywhere()
        raise ZeroDivisionError("and one that ends it")

    assert guard.run(command) == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.splitlines()) == 1 and "The log is at" in told.err
    assert sum("a fault" in line for line in events()) == 3


@pytest.fixture
def former_hooks() -> Iterator[None]:
    before = threading.excepthook, sys.unraisablehook
    yield
    assert (threading.excepthook, sys.unraisablehook) == before


@pytest.mark.reliability("R49")
def test_the_net_is_taken_in_again(former_hooks: None) -> None:
    assert guard.run(lambda: 7) == 7
    with pytest.raises(SystemError), guard.strays_in_the_log():
        raise SystemError


@pytest.mark.reliability("R49")
@pytest.mark.parametrize("part", ["claim", "ended"])
def test_a_journal_that_fails_in_mid_batch_costs_its_help_and_no_picture(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sqlite3

    from colorstudio.jobs.journal import Journal

    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(Journal, {"claim": "claim", "ended": "release"}[part], fail)
    for name in ("a.png", "b.png"):
        Image.fromarray(np.full((30, 40), 99, np.uint8)).save(tmp_path / name)
    asked = ["colorize", str(tmp_path), "-o", str(tmp_path / "out"), "--json"]
    assert main([*asked, "--style", "Tiny"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["done"] == 2
    assert any("journal" in line.lower() for line in events())


@pytest.mark.reliability("R49")
@pytest.mark.parametrize(
    "error", [ZeroDivisionError(), MemoryError(), RecursionError(), AssertionError("no")]
)
def test_a_fault_of_the_colorizer_is_that_picture_s_failure_and_in_the_log(
    error: Exception,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from colorstudio.inference.colorizer import Colorizer

    whole = Colorizer.colorize_artwork

    def fragile(self: Colorizer, artwork: Any, *rest: Any, **more: Any) -> Any:
        if artwork.width == 41:
            raise error
        return whole(self, artwork, *rest, **more)

    monkeypatch.setattr(Colorizer, "colorize_artwork", fragile)
    for number in range(3):
        page = np.full((30, 40 + number), 99, np.uint8)
        Image.fromarray(page).save(tmp_path / f"{number}.png")
    asked = ["colorize", str(tmp_path), "-o", str(tmp_path / "out"), "--json"]
    assert main([*asked, "--style", "Tiny"]) == 1
    *rows, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert (summary["done"], summary["failed"]) == (2, 1)
    (failed,) = (row for row in rows if row["state"] == "failed")
    assert failed["failure"]["sentence"].endswith(".") and "Traceback" not in json.dumps(failed)
