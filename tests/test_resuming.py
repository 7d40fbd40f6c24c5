"""A batch that is killed, and one that is asked for again: nothing is lost, nothing done twice."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from tiny_style import make_tiny_style

ROOT = Path(__file__).resolve().parents[1]
PAGES = 12


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A home with a quick style, and a folder of pages."""
    make_tiny_style(tmp_path / "home" / "styles" / "tiny", name="Tiny")
    make_tiny_style(tmp_path / "home" / "styles" / "other", name="Other", full=False)
    (tmp_path / "pages").mkdir()
    for number in range(PAGES):
        page = Image.linear_gradient("L").resize((300, 200 + number))
        page.save(tmp_path / "pages" / f"page {number:02}.png")
    return tmp_path


def command(place: Path, *more: str) -> list[str]:
    start = [sys.executable, "-m", "colorstudio", "colorize", str(place / "pages")]
    return [*start, "-o", str(place / "out"), "--json", "--style", "Tiny", *more]


def environment(place: Path) -> dict[str, str]:
    return {**os.environ, "COLORSTUDIO_HOME": str(place / "home")}


def states(place: Path, *more: str) -> list[str]:
    """Run to the end; each picture's state, in the order of their names."""
    done = subprocess.run(
        command(place, *more), env=environment(place), cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    told = {row["source"]: row["state"] for row in rows if row["event"] == "picture"}
    return [told[source] for source in sorted(told)]


def whole_results(place: Path) -> int:
    """How many results there are; each must open and have its picture's size."""
    found = sorted((place / "out").glob("page*.png")) if (place / "out").is_dir() else []
    for result in found:
        with Image.open(result) as picture, Image.open(place / "pages" / result.name) as page:
            picture.load()
            assert picture.size == page.size
    return len(found)


def killed_at(place: Path, seconds: float) -> None:
    """Start a batch and kill it with all its processes' parent, without a word."""
    program = subprocess.Popen(
        command(place), env=environment(place), cwd=ROOT, stdout=subprocess.DEVNULL
    )
    time.sleep(seconds)
    program.kill()
    program.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as POSIX does")
@pytest.mark.reliability("R16", "R18", "I1", "I2")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kills", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_kills_at_any_moment_lose_no_more_than_the_pictures_in_work(place, kills, record_property):
    originals = {p.name: p.read_bytes() for p in (place / "pages").iterdir()}
    chance = random.Random(kills)
    started = time.monotonic()
    states(place)
    usual = time.monotonic() - started
    unbroken = {p.name: p.read_bytes() for p in (place / "out").iterdir()}
    shutil.rmtree(place / "out")
    before = 0
    for _ in range(kills):
        killed_at(place, chance.uniform(0.2, usual))
        now = whole_results(place)
        assert now >= before
        before = now
    for page in (place / "pages").iterdir():
        # One at which two runs died is left out until it is saved again.
        if not (place / "out" / page.name).exists():
            page.touch()
    after = states(place)
    assert after.count("skipped") >= before and after.count("failed") == 0
    assert whole_results(place) == PAGES
    assert {p.name: p.read_bytes() for p in (place / "pages").iterdir()} == originals
    left = [p.name for p in (place / "out").iterdir()]
    assert sorted(left) == sorted(originals), "something half-written was left"
    assert {p.name: p.read_bytes() for p in (place / "out").iterdir()} == unbroken
    record_property("times", kills)
    record_property("kills survived", kills)
    record_property("files lost", PAGES - whole_results(place))


@pytest.mark.reliability("R18")
def test_only_what_changed_is_coloured_again(place):
    assert states(place) == ["done"] * PAGES
    assert states(place) == ["skipped"] * PAGES
    page = place / "pages" / "page 03.png"
    Image.linear_gradient("L").resize((310, 210)).save(page)
    again = states(place)
    assert again.count("done") == 1 and again[3] == "done"
    with Image.open(place / "out" / page.name) as result:
        assert result.size == (310, 210)


@pytest.mark.reliability("R18")
def test_hints_and_other_settings_are_changes_too(place):
    states(place)
    hints = {"hints": [{"x": 100, "y": 100, "radius": 9, "color": "#d04030"}]}
    (place / "pages" / "page 05.hints.json").write_text(json.dumps(hints))
    assert states(place).count("done") == 1
    assert states(place, "--style", "Other") == ["done"] * PAGES
    assert states(place, "--style", "Other") == ["skipped"] * PAGES


@pytest.mark.reliability("R18", "R19")
def test_a_result_that_somebody_worked_on_is_never_replaced(place):
    states(place)
    touched = place / "out" / "page 02.png"
    Image.new("RGB", (5, 5), "red").save(touched)
    hours_of_work = touched.read_bytes()
    again = states(place, "--style", "Other")
    assert again.count("skipped") == 1 and again[2] == "skipped"
    assert touched.read_bytes() == hours_of_work


@pytest.mark.reliability("R18", "R14")
def test_a_picture_whose_name_leaves_no_room_for_hints_beside_it_is_known_too(place):
    shutil.rmtree(place / "pages")
    (place / "pages").mkdir()
    longest = "線" * 83 + ".png"
    Image.linear_gradient("L").save(place / "pages" / longest)
    assert states(place) == ["done"]
    assert states(place) == ["skipped"]
    assert states(place, "--mode", "greyscale") == ["done"]
