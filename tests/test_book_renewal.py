"""A finished book whose pages would come out otherwise now: what is made anew, and what stays."""

import json
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest
from files_support import encoded, ramp
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import main
from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.hints import hints_beside, hints_path
from colorstudio.inference.colorizer import Colorizer
from training.procedural import draw_scene

PAGE = encoded(Image.fromarray(ramp()), "PNG")
HINTS = json.dumps({"hints": [{"x": 20, "y": 20, "radius": 5, "color": "#d04030"}]})


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "resources", lambda: tmp_path / "resources")
    make_tiny_style(tmp_path / "resources" / "styles" / "starter", name="starter")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "comic.cbz"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("1.png", "2.png", "extra/3.png"):
            archive.writestr(name, PAGE)
    return path


def colorize(capsys: pytest.CaptureFixture, source: Path, *more: str) -> dict[str, Any]:
    """The summary of a run that colours the source into `out` beside it."""
    main(["colorize", str(source), "-o", str(source.parent / "out"), "--json", *more])
    return json.loads(capsys.readouterr().out.splitlines()[-1])


def contents(book: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(book) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def let_fail(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the number-th colouring from now on fail, from 1."""
    colorize_artwork, calls = Colorizer.colorize_artwork, []

    def fails_once(*given: Any, **more: Any) -> Any:
        calls.append(given)
        if len(calls) == number:
            raise ColorStudioError(FailureKind.OUT_OF_MEMORY, "No memory.")
        return colorize_artwork(*given, **more)

    monkeypatch.setattr(Colorizer, "colorize_artwork", fails_once)


def add_finished_cover(book: Path) -> None:
    """A page that has its colours already."""
    colored = Image.fromarray(draw_scene(900, 256, 256).colour)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("cover.png", encoded(colored, "PNG"))


def test_a_second_run_leaves_a_finished_book_in_peace(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    assert colorize(capsys, source)["done"] == 3
    made = target.stat()
    summary = colorize(capsys, source)
    assert (summary["done"], summary["skipped"], summary["failed"]) == (0, 1, 0)
    assert target.stat() == made


def test_hints_for_one_page_have_that_page_made_anew_and_no_other(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    before = contents(target)
    hints = hints_path(source / "extra" / "3.png")
    assert hints == source.parent / "comic.cbz.hints" / "extra" / "3.hints.json"
    hints.parent.mkdir(parents=True)
    hints.write_text(HINTS)
    assert hints_beside(source / "extra" / "3.png") == hints
    summary = colorize(capsys, source)
    assert (summary["done"], summary["skipped"], summary["failed"]) == (1, 2, 0)
    after = contents(target)
    assert list(after) == list(before)
    assert [name for name in after if after[name] != before[name]] == ["extra/3.png"]
    assert os.listdir(target.parent) == ["comic.cbz"]
    assert colorize(capsys, source)["done"] == 0


def test_another_wish_has_the_whole_book_made_anew(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    before = contents(target)
    assert colorize(capsys, source, "--mode", "lineart")["done"] == 3
    after = contents(target)
    assert list(after) == list(before)
    assert all(after[name] != before[name] for name in after)


def test_a_new_version_of_the_source_takes_no_page_of_the_old_one(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    with zipfile.ZipFile(source, "w") as archive:
        archive.writestr("1.png", PAGE)
        archive.writestr("2.png", b"no picture")
    assert colorize(capsys, source)["done"] == 1
    after = contents(target)
    assert list(after) == ["1.png", "2.png"] and after["2.png"] == b"no picture"


def test_a_book_that_somebody_changed_is_left_alone(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr("notes.txt", b"mine")
    before = target.read_bytes()
    summary = colorize(capsys, source, "--mode", "lineart")
    assert (summary["done"], summary["skipped"]) == (0, 1)
    assert target.read_bytes() == before


def test_a_page_that_fails_when_it_is_made_anew_stays_as_it_was_coloured(
    source: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    before = contents(target)
    let_fail(monkeypatch, 2)
    summary = colorize(capsys, source, "--mode", "lineart")
    assert (summary["done"], summary["failed"]) == (2, 1)
    after = contents(target)
    assert [name for name in after if after[name] != before[name]] == ["1.png", "extra/3.png"]


def test_another_format_has_the_whole_book_made_anew(source: Path, capsys) -> None:
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    assert colorize(capsys, source, "--format", "jpeg")["done"] == 3
    assert list(contents(target)) == ["1.jpg", "2.jpg", "extra/3.jpg"]
    assert colorize(capsys, source, "--format", "jpeg")["done"] == 0


def test_a_page_that_failed_is_tried_again_by_the_next_run(
    source: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = source.parent / "out" / "comic.cbz"
    let_fail(monkeypatch, 1)
    assert colorize(capsys, source)["failed"] == 1
    before = contents(target)
    assert colorize(capsys, source)["done"] == 1
    after = contents(target)
    assert [name for name in after if after[name] != before[name]] == ["1.png"]
    assert colorize(capsys, source)["done"] == 0


def test_a_finished_book_with_pages_that_need_no_colours_is_left_in_peace(
    source: Path, capsys
) -> None:
    add_finished_cover(source)
    assert colorize(capsys, source, "--coloured", "skip")["done"] == 3
    made = (source.parent / "out" / "comic.cbz").stat()
    summary = colorize(capsys, source, "--coloured", "skip")
    assert (summary["done"], summary["skipped"]) == (0, 1)
    assert (source.parent / "out" / "comic.cbz").stat() == made


def test_a_page_that_cannot_be_coloured_costs_no_book_that_is_there(source: Path, capsys) -> None:
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr("4.png", b"no picture")
    target = source.parent / "out" / "comic.cbz"
    colorize(capsys, source)
    made = target.read_bytes()
    main(["colorize", str(source), "-o", str(target.parent), "--json"])
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (book,) = [event for event in events if event["event"] == "book"]
    assert (book["state"], book["failure"], events[-1]["failed"]) == ("skipped", None, 1)
    assert target.read_bytes() == made


def test_a_page_whose_folder_no_disk_can_hold_costs_only_itself(source: Path, capsys) -> None:
    with zipfile.ZipFile(source, "a") as archive:
        archive.writestr(f"{280 * 'd'}/4.png", PAGE)
    assert colorize(capsys, source)["done"] == 3
    for _ in range(2):  # the second one finds what the first one left
        summary = colorize(capsys, source)
        assert (summary["done"], summary["skipped"], summary["failed"]) == (0, 3, 1)


def test_a_page_left_out_for_its_colours_is_coloured_once_that_is_no_longer_wished(
    source: Path, capsys
) -> None:
    add_finished_cover(source)
    assert colorize(capsys, source, "--coloured", "skip")["done"] == 3
    before = contents(source.parent / "out" / "comic.cbz")
    assert colorize(capsys, source)["done"] == 1
    after = contents(source.parent / "out" / "comic.cbz")
    assert [name for name in after if after[name] != before[name]] == ["cover.png"]
    assert colorize(capsys, source, "--coloured", "skip")["done"] == 0
    assert contents(source.parent / "out" / "comic.cbz") == after
