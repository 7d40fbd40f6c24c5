"""Commands on a machine where the program's home can't be written, such as a render node."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_support import colorize, objects

from colorstudio.cli import main

pytestmark = pytest.mark.usefixtures("command_home")


@pytest.fixture(autouse=True)
def no_home(command_home: Path) -> Path:
    """A file is where the home should be made: so it is refused to any user, root too."""
    command_home.write_text("in the way")
    return command_home


@contextmanager
def no_other_log() -> Iterator[None]:
    """Python prints what is logged only where nobody else takes it, and pytest does."""
    root = logging.getLogger()
    others = root.handlers[:]
    root.handlers.clear()
    try:
        yield
    finally:
        root.handlers[:] = others


def test_what_failed_is_told_once(
    grey_pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (grey_pages / "broken.png").write_text("no picture")
    with no_other_log():
        assert colorize(grey_pages, "-o", tmp_path / "out") == 1
    told = capsys.readouterr()
    assert told.out.count("broken.png") == 1
    assert "broken.png" not in told.err


def test_it_is_told_in_a_sentence_that_nothing_is_remembered(
    grey_pages: Path, tmp_path: Path, no_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with no_other_log():
        assert colorize(grey_pages, "-o", tmp_path / "out", "--json") == 0
    told = capsys.readouterr()
    (line,) = told.err.splitlines()
    assert str(no_home) in line and "nothing is remembered" in line and "Errno" not in line
    assert objects(told.out)[-1]["done"] == 2


def test_a_style_that_can_t_be_taken_in_is_told_with_the_folder_that_refuses(
    tmp_path: Path, no_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["styles", "export", "starter", str(tmp_path / "given")]) == 0
    capsys.readouterr()
    assert main(["styles", "import", str(tmp_path / "given.colorstyle"), "--name", "Mine"]) == 2
    told = capsys.readouterr().err
    assert str(no_home / "styles") in told and "can't be written" in told


def test_a_training_folder_that_can_t_be_looked_at_names_the_place_that_refuses(
    grey_pages: Path, no_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["train", str(grey_pages), "--look"]) == 2
    told = capsys.readouterr().err
    assert str(no_home / "cache") in told and "can't be written" in told
    assert "output folder" not in told
