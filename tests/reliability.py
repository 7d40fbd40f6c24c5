"""Every check of reliability by its number, and the table of what they found.

    python -m tests.reliability              all of them; the long ones take their time
    python -m tests.reliability --quick      those that run with every change
    python -m tests.reliability R16 R17      these rows only
    python -m tests.reliability --write docs/reliability.md
    python -m tests.reliability R31 --keep last.json    adds to what earlier runs found

A test joins a row by `@pytest.mark.reliability("R16")` and hands its figures over with
`record_property(name, value)`. Of several values of one name, those that begin with "peak",
"most", "slowest" or "longest" give their largest, all other numbers their sum, and words are
listed. "times" is how often the fault was made; a test that does not say so made it once.
"""

import argparse
import datetime
import json
import os
import platform
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from colorstudio.core.writing import write_bytes_atomic

ROWS = {
    "I1": "Originals keep their bytes, times, rights and names",
    "I2": "A file under its final name is whole; nothing else is left",
    "I3": "Done, failed and skipped make up what was found; each failure has its line",
    "I4": "The process ends by itself with its status, and no traceback",
    "I5": "No network, and nothing is written but output and the program's own folder",
    "R01": "A folder of odd and hostile pictures",
    "R02": "Things that are no files: pipes, sockets, devices, sparse and locked files",
    "R03": "Decompression bombs are refused from the header",
    "R04": "Cut and flipped pictures are refused or coloured with a warning",
    "R05": "Orientation: upright, no tag left",
    "R06": "Alpha is kept to the byte; line art in alpha alone is seen",
    "R07": "16-bit, 1-bit, CMYK and float pictures keep their tones",
    "R08": "Colour profiles are obeyed; a broken one is a warning",
    "R09": "Tiny and long pictures come out at their size",
    "R10": "Several pages or frames: the first is coloured and the others are told",
    "R11": "Names of any kind are coloured or reported, and shown safely",
    "R12": "Colliding names: as many outputs as inputs",
    "R13": "Links and loops: each real file once",
    "R14": "Long names and paths",
    "R15": "Own outputs are never inputs, and no source is a target",
    "R16": "Killed in mid batch: nothing lost but the picture in work",
    "R17": "The n-th write, fsync or rename fails: whole files only",
    "R18": "A second run redoes only what changed",
    "R19": "Existing outputs are skipped, renamed or replaced as asked",
    "R20": "A full disk: told with the room needed, and gone on with afterwards",
    "R21": "The output turns read-only or vanishes: one message",
    "R22": "A source is deleted, replaced or growing during the run",
    "R23": "Two programs over one folder",
    "R24": "10,000 files in nested folders",
    "R25": "Broken settings, journal, hints and styles are set aside",
    "R26": "Signals: stopped within 5 s, whole files, resumable",
    "R27": "Without a network everything works",
    "R28": "Stop acts at once, also within one large page",
    "R29": "35-megapixel pages stay within memory",
    "R30": "Memory refused: that picture fails, the next one works",
    "R31": "A soak of 1,000 pictures: memory, files and threads stay flat",
    "R32": "64 sizes in random order, twice: no growth",
    "R33": "What hangs is ended by the watchdog, and the batch goes on",
    "R34": "A native crash costs one picture, after one more try",
    "R35": "Clock and time left are never nonsense",
    "R36": "The report and the disk say the same",
    "R37": "Corrupt style files are refused by name",
    "R38": "Bad numbers out of a generator: nothing is written",
    "R39": "External data of a generator is refused",
    "R40": "Malicious checkpoints: nothing is unpickled",
    "R41": "Numbers that are none in training",
    "R42": "A training that is killed goes on where it was",
    "R43": "A training that is cancelled",
    "R44": "A full disk while a checkpoint is saved",
    "R45": "Bad training folders",
    "R46": "GPU memory runs out",
    "R47": "The GPU is lost or absent",
    "R48": "CPU and GPU agree",
    "R49": "Exceptions in slots, workers, threads and timers",
    "R50": "After a crash the next start offers to go on",
    "R51": "The log is bounded and safe to read",
    "R52": "Wild use of the window",
}
"""What is checked in each row."""

_LARGEST = ("peak", "most", "slowest", "longest")


@dataclass(slots=True)
class _Row:
    """What the tests of one row came to."""

    passed: int = 0
    times: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    figures: dict[str, list[object]] = field(default_factory=lambda: defaultdict(list))

    @property
    def verdict(self) -> str:
        if self.failed:
            return "FAILED: " + ", ".join(self.failed)
        if not self.passed:
            return "not checked: " + (
                "; ".join(dict.fromkeys(self.skipped)) or "not part of this run"
            )
        if self.skipped:
            return "passed; left out: " + "; ".join(dict.fromkeys(self.skipped))
        return "passed"


class _Collector:
    """A plugin of pytest that keeps the marked tests and notes what becomes of them.

    ended: what became of each test, by its name: plain values, which can be kept in a file.
    """

    def __init__(self, only: set[str]) -> None:
        self.ended: dict[str, dict[str, Any]] = {}
        self._only = only
        self._numbers: dict[str, tuple[str, ...]] = {}

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        kept, left = [], []
        for item in items:
            numbers = tuple(dict.fromkeys(_numbers_of(item)))
            unknown = set(numbers) - set(ROWS)
            if unknown:
                raise pytest.UsageError(f"{item.nodeid} belongs to no known row: {unknown}")
            wanted = set(numbers) & self._only if self._only else numbers
            (kept if wanted else left).append(item)
            self._numbers[item.nodeid] = numbers
        config.hook.pytest_deselected(items=left)
        items[:] = kept

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "call" or report.outcome != "passed":
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self.ended[report.nodeid] = {
                "rows": self._numbers[report.nodeid],
                "outcome": report.outcome,
                "reason": str(reason).removeprefix("Skipped: "),
                "figures": dict(report.user_properties),
            }


def _numbers_of(item: pytest.Item) -> Iterator[str]:
    for marker in item.iter_markers("reliability"):
        yield from marker.args


def rows_of(ended: dict[str, dict[str, Any]]) -> dict[str, _Row]:
    """All rows, from what became of each test."""
    rows = {number: _Row() for number in ROWS}
    for name, test in ended.items():
        for number in test["rows"]:
            _note(rows[number], name, test)
    return rows


def _note(row: _Row, name: str, test: dict[str, Any]) -> None:
    if test["outcome"] == "failed":
        row.failed.append(name.rpartition("::")[2])
    elif test["outcome"] == "skipped":
        row.skipped.append(test["reason"])
    else:
        row.passed += 1
        row.times += int(test["figures"].get("times", 1))
        for figure, value in test["figures"].items():
            if figure != "times":
                row.figures[figure].append(value)


def table(rows: dict[str, _Row], *, quick: bool) -> str:
    """The report of a run as markdown."""
    asked = {number: row for number, row in rows.items() if row.passed or row.failed or row.skipped}
    passed = sum(row.verdict.startswith("passed") for row in asked.values())
    lines = [
        "# What was tried to break it",
        "",
        f"{datetime.date.today().isoformat()}, {_machine()}, "
        + ("the quick checks" if quick else "all checks")
        + f": {passed} of {len(asked)} rows passed.",
        "Written by `python -m tests.reliability --write docs/reliability.md`; a test joins a row "
        'by `@pytest.mark.reliability("R16")`.',
        "",
        "| row | what was done | how often | tests | result | figures |",
        "|---|---|---:|---:|---|---|",
    ]
    for number, row in rows.items():
        cells = [
            number,
            ROWS[number],
            f"{row.times:,}" if row.times else "–",
            f"{row.passed + len(row.failed)}",
            row.verdict,
            _figures(row.figures),
        ]
        lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _figures(figures: dict[str, list[object]]) -> str:
    return "; ".join(f"{name}: {_joined(name, values)}" for name, values in figures.items())


def _joined(name: str, values: list[object]) -> str:
    numbers = [value for value in values if isinstance(value, int | float)]
    if len(numbers) < len(values):
        return ", ".join(dict.fromkeys(str(value) for value in values))
    one = max(numbers) if name.startswith(_LARGEST) else sum(numbers)
    return f"{one:,.1f}" if isinstance(one, float) else f"{one:,}"


def _machine() -> str:
    words = [platform.system(), platform.machine(), f"{os.cpu_count()} processors"]
    return f"{', '.join(words)}, Python {platform.python_version()}"


def main(arguments: list[str] | None = None) -> int:
    """Run the checks, print the table and give pytest's status."""
    parser = argparse.ArgumentParser(prog="python -m tests.reliability", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("rows", nargs="*", metavar="ROW", help="only these rows, such as R16")
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    parser.add_argument("--write", type=Path, metavar="FILE", help="where the table goes too")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="add to what is noted there")
    asked = parser.parse_args(arguments)
    unknown = set(asked.rows) - set(ROWS)
    if unknown:
        parser.error(f"no such row: {', '.join(sorted(unknown))}")
    collector = _Collector(set(asked.rows))
    marked = "reliability and not slow" if asked.quick else "reliability"
    here = str(Path(__file__).parent)
    status = pytest.main([here, "-m", marked, "-p", "no:cacheprovider"], plugins=[collector])
    ended = collector.ended
    if asked.keep is not None:
        earlier = json.loads(asked.keep.read_bytes()) if asked.keep.exists() else {}
        ended = earlier | ended
        write_bytes_atomic(asked.keep, json.dumps(ended, indent=1).encode())
    rows = rows_of(ended)
    told = table(rows, quick=asked.quick)
    print(told)
    if asked.write is not None:
        write_bytes_atomic(asked.write, told.encode())
    return int(status)


if __name__ == "__main__":
    sys.exit(main())
