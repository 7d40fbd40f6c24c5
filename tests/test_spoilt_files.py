"""Thousands of spoilt files through the guarded reader: a picture or a sentence, nothing else.

python -m pytest -m slow tests/test_spoilt_files.py     with a new seed each time, which is told
"""

import functools
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mangled import mangled, whole_files

from colorstudio.core.books import BOOK_SUFFIXES, pages_of
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.hints import load_hints
from colorstudio.core.palette_files import read_palette
from colorstudio.core.reading import SUFFIXES, read_thumbnail
from colorstudio.jobs.guarded_reading import GuardedReader

SECONDS = 20.0
"""A small file that takes longer hangs, even on a busy machine."""

MOST_MEMORY_MB = 2600
"""A header may claim, and a decoder fill, the largest picture that is read at all."""


@pytest.fixture
def reader() -> Iterator[GuardedReader]:
    made = GuardedReader(picture_seconds=SECONDS)
    yield made
    made.close()


def seed_of(count: int) -> int:
    """Quick runs are the same every time, long ones are not."""
    return count if count < 1000 else random.SystemRandom().randrange(1 << 32)


def peak_mb(reader: GuardedReader) -> float:
    """The most memory that the reading process ever had."""
    assert reader._process is not None
    lines = Path(f"/proc/{reader._process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def outcome(read: Callable[[], Any]) -> str:
    """ "read", or the kind of the failure; what is no plain sentence is an error of the test."""
    try:
        read()
    except ColorStudioError as error:
        failure = error.failure
        assert failure.kind is not FailureKind.INTERNAL, failure
        assert failure.sentence.endswith(".") and printable(failure.sentence) == failure.sentence
        assert "reading process" not in failure.detail, f"a crash: {failure}"
        assert "took too long" not in failure.sentence, f"it hangs: {failure}"
        return failure.kind
    return "read"


def ways_to_read(reader: GuardedReader, path: Path) -> list[Callable[[], Any]]:
    """Everything that the program does with such a file."""
    if path.suffix in BOOK_SUFFIXES:
        page = path / ("page 1.png" if path.suffix == ".cbz" else "page 001.png")
        listing = functools.partial(pages_of, suffixes=SUFFIXES)
        return [lambda: reader.ask(listing, path), lambda: reader.artwork(page, 10_000)]
    small = functools.partial(read_thumbnail, side=64)
    return [
        lambda: reader.size(path),
        lambda: reader.artwork(path, 10_000),
        lambda: reader.ask(small, path),
    ]


@pytest.mark.reliability("R04", "R34", "I4")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_spoilt_file_is_read_or_refused_in_a_sentence(
    reader, tmp_path, count, record_property
) -> None:
    seed = seed_of(count)
    chance = random.Random(seed)
    good = whole_files(tmp_path)
    names, others = sorted(good), list(good.values())
    told = {"read": 0}
    slowest = 0.0
    for number in range(count):
        name = names[number % len(names)]
        path = tmp_path / f"spoilt{Path(name).suffix or '.png'}"
        path.write_bytes(mangled(good[name], chance, others))
        for read in ways_to_read(reader, path):
            started = time.monotonic()
            try:
                came = outcome(read)
            except AssertionError as error:
                kept = path.rename(tmp_path / f"culprit {number} of seed {seed}{path.suffix}")
                raise AssertionError(f"{name} became {kept}: {error}") from error
            slowest = max(slowest, time.monotonic() - started)
            told[came] = told.get(came, 0) + 1
    record_property("times", count)
    record_property("seed", str(seed))
    record_property("spoilt files tried", count)
    record_property("of these readings gave a picture", told["read"])
    record_property("crashes", 0)
    record_property("hangs", 0)
    record_property("slowest reading, s", round(slowest, 2))
    peak = peak_mb(reader)
    record_property("peak memory of the reader, MB", round(peak))
    assert 0 < told["read"] < sum(told.values()), told
    assert peak < MOST_MEMORY_MB


@pytest.mark.reliability("R25")
@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_spoilt_hints_and_palettes_are_refused_in_a_sentence(
    tmp_path, count, record_property
) -> None:
    seed = seed_of(count)
    chance = random.Random(seed)
    hints = b'{"hints": [{"x": 12, "y": 8, "radius": 3, "color": "#d04030", "stroke": 3}]}'
    good = {
        "a.hints.json": hints,
        "a.gpl": b"GIMP Palette\nName: A\n#\n208 64 48 Red\n1 2 3\n",
        "a.txt": b"#d04030\n#112233\n",
        "a.ase": b"ASEF\0\1\0\0\0\0\0\1\0\1\0\0\0\x18\0\2\0A\0\0RGB " + b"\x3f\0\0\0" * 3 + b"\0\2",
        "a.aco": b"\0\1\0\1\0\0\xff\xff\0\0\x80\x80\0\0\0\2\0\1\0\0\xff\xff\0\0\x80\x80\0\0"
        b"\0\0\0\2\0A\0\0",
    }
    for number in range(count):
        name = sorted(good)[number % len(good)]
        path = tmp_path / name
        path.write_bytes(mangled(good[name], chance, list(good.values())))
        read = load_hints if name.endswith(".json") else read_palette
        try:
            outcome(functools.partial(read, path))
        except Exception as error:
            raise AssertionError(
                f"seed {seed}, {name}, {path.read_bytes()!r}: {error!r}"
            ) from error
    record_property("times", count)
    record_property("seed", str(seed))
    record_property("spoilt files tried", count)
