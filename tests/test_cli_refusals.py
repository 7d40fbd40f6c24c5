"""What the command line can't do ends in one sentence, and changes nothing."""

import sys
from pathlib import Path

import pytest
from cli_support import colorize
from tiny_style import make_tiny_style

from colorstudio import __version__
from colorstudio.cli import main
from colorstudio.cli.parser import parse
from colorstudio.core import places

pytestmark = pytest.mark.usefixtures("command_home")


@pytest.fixture
def pages(grey_pages: Path) -> Path:
    return grey_pages


REFUSALS: dict[str, list[str]] = {
    "a missing folder": ["nowhere", "-o", "out"],
    "an empty folder": ["empty", "-o", "out"],
    "no output": ["pages"],
    "an output that is a file": ["pages", "-o", "file"],
    "an output under a file": ["pages", "-o", "file/out"],
    "an output that a script left empty": ["pages", "-o", ""],
    "an input that a script left empty": ["pages", "", "-o", "out"],
    "output = input": ["pages", "-o", "pages"],
    "an unknown style": ["pages", "-o", "out", "--style", "nothing"],
    "a style that is none": ["pages", "-o", "out", "--style", "./empty"],
    "a broken style": ["pages", "-o", "out", "--style", "./broken"],
    "broken hints": ["pages", "-o", "out", "--hints", "file"],
    "missing hints": ["pages", "-o", "out", "--hints", "nowhere.json"],
    "a palette that is none": ["pages", "-o", "out", "--palette", "file"],
    "a grey palette": ["pages", "-o", "out", "--palette", "pages/one.png"],
    "a palette for a style that takes none": [
        *("pages", "-o", "out", "--style", "./classic", "--palette", "pages/one.png")
    ],
    "flats beyond 1": ["pages", "-o", "out", "--flat", "1.2"],
    "flats below 0": ["pages", "-o", "out", "--flat=-1"],
    "flats that are no number": ["pages", "-o", "out", "--flat", "nan"],
    "flats in words": ["pages", "-o", "out", "--flat", "much"],
    "flats of a greyscale page": ["pages", "-o", "out", "--flat", "1", "--mode", "greyscale"],
    "palette only without a palette": ["pages", "-o", "out", "--palette-only", "--flat", "1"],
    "palette only without flats": [
        *("pages", "-o", "out", "--palette", "two.hex", "--palette-only")
    ],
    "exact colours in a JPEG": [
        *("pages", "-o", "out", "--palette", "two.hex", "--palette-only", "--flat", "1"),
        *("--format", "jpeg"),
    ],
    "a palette file without a colour": ["pages", "-o", "out", "--palette", "none.gpl"],
    "an unknown mode": ["pages", "-o", "out", "--mode", "sepia"],
    "an unknown option": ["pages", "-o", "out", "--faster"],
}


@pytest.mark.reliability("I4")
@pytest.mark.parametrize("what", REFUSALS)
def test_wrong_input_ends_in_one_sentence(
    what: str,
    pages: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("{")
    (tmp_path / "two.hex").write_text("d04030\n2040d0\n")
    (tmp_path / "none.gpl").write_text("GIMP Palette\n")
    make_tiny_style(tmp_path / "classic", full=False)
    make_tiny_style(tmp_path / "broken")
    (tmp_path / "broken" / "generator.onnx").write_bytes(b"no")
    monkeypatch.chdir(tmp_path)
    before = sorted(pages.rglob("*"))
    assert colorize(*REFUSALS[what], "--json") == 2
    told = capsys.readouterr()
    assert told.out == "" and len(told.err.splitlines()) == 1
    assert told.err.endswith(".\n")
    assert sorted(pages.rglob("*")) == before
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--hints", "--palette"])
@pytest.mark.parametrize("name", ["notes.txt", "nowhere.txt"])
def test_a_wrong_file_is_told_by_its_name(
    option: str, name: str, pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "notes.txt").write_text("milk")
    assert colorize(pages, "-o", tmp_path / "out", option, tmp_path / name) == 2
    assert f"“{name}”" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "needed"),
    [
        (["train", "pages", "--minutes", "ten"], "a number above 0"),
        (["train", "pages", "--batch-size", "1e3"], "a whole number above 0"),
        (["evaluate", "pages", "--hints", "0,,5"], "whole numbers from 0 to 10000"),
    ],
)
def test_a_number_that_is_none_is_told_by_what_is_needed(
    words: list[str], needed: str, capsys: pytest.CaptureFixture
) -> None:
    assert main(words) == 2
    told = capsys.readouterr().err
    assert f"{words[-2]}: {needed}" in told and "_" not in told


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use can't be removed there")
def test_a_folder_that_is_gone_under_one_s_feet_is_told(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    (tmp_path / "here").rmdir()
    assert colorize(pages, "-o", tmp_path / "out") == 2
    told = capsys.readouterr()
    assert told.out == "" and "folder that you are in is gone" in told.err


def test_an_unknown_command_is_told(capsys: pytest.CaptureFixture) -> None:
    assert main(["colorise"]) == 2
    told = capsys.readouterr()
    assert "colorise" in told.err and "--help" in told.err and len(told.err.splitlines()) == 1
    assert main(["--faster"]) == 2


@pytest.mark.reliability("I4")
def test_what_nobody_foresaw_ends_in_a_sentence_and_a_log(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise ZeroDivisionError("surprise")

    monkeypatch.setattr("colorstudio.cli.colorize.plan_batch", fail)
    assert colorize(pages, "-o", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert "Traceback" not in told and len(told.splitlines()) == 1
    log = places.log_folder() / "colorstudio.log"
    assert str(log) in told and "surprise" in log.read_text()
    assert "Traceback" in log.read_text()


def test_the_version_is_told(capsys):
    with pytest.raises(SystemExit, match="0"):
        parse(["--version"])
    assert capsys.readouterr().out == f"colorstudio {__version__}\n"
