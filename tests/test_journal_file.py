"""The journal's file: an older one, and by what it knows a file again."""

import os
import sqlite3
from pathlib import Path

import pytest
from cli_support import colorize
from PIL import Image

from colorstudio.jobs.journal import Journal, Made
from colorstudio.jobs.journal_file import fingerprint


@pytest.mark.reliability("R18", "R25")
def test_an_older_journal_keeps_what_it_knows(tmp_path):
    folder, source, target = (tmp_path / name for name in ("journal", "page.png", "result.png"))
    source.write_bytes(b"ink")
    target.write_bytes(b"colour")
    folder.mkdir()
    connection = sqlite3.connect(folder / "journal.sqlite3")
    connection.execute(
        "CREATE TABLE results (target TEXT PRIMARY KEY, file TEXT NOT NULL, "
        "source TEXT NOT NULL, settings TEXT NOT NULL)"
    )
    row = (str(target), fingerprint(target), fingerprint(source), "starter 1")
    connection.execute("INSERT INTO results VALUES (?, ?, ?, ?)", row)
    connection.commit()
    connection.close()
    for _ in range(2):
        journal = Journal(folder)
        assert not journal.outdated(target, Made(fingerprint(source), "starter 1"), source)
        assert journal.outdated(target, Made(fingerprint(source), "starter 2"), source)
        journal.close()
    assert not list(folder.glob("*.bad"))


def test_a_folder_has_the_fingerprint_of_its_files(tmp_path):
    folder, layer = tmp_path / "page.layers", tmp_path / "page.layers" / "01 Colour.png"
    folder.mkdir()
    layer.write_bytes(b"colour")
    before = fingerprint(folder)
    (folder / ".DS_Store").write_bytes(b"of the system's own")
    assert fingerprint(folder) == before
    layer.rename(folder / "02 Colour.png")
    assert fingerprint(folder) != before
    (folder / "02 Colour.png").rename(layer)
    assert fingerprint(folder) == before
    facts = layer.stat()
    layer.write_bytes(b"retouched")
    os.utime(layer, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    assert fingerprint(folder) != before
    # A name that is no text, and a link to nothing.
    (folder / os.fsdecode(b"\xff.png")).symlink_to(tmp_path / "nowhere")
    assert fingerprint(folder) not in ("", before)


@pytest.mark.reliability("R19")
def test_layers_that_somebody_worked_on_are_never_replaced(command_home, tmp_path: Path) -> None:
    for name in ("ours", "theirs"):
        Image.linear_gradient("L").save(tmp_path / f"{name}.png")
    command = [tmp_path / "ours.png", tmp_path / "theirs.png", "-o", tmp_path / "out", "--quiet"]
    command += ["--format", "png-layers"]
    assert colorize(*command) == 0
    ours, theirs = (tmp_path / "out" / f"{n}.layers" / "02 Colour.png" for n in ("ours", "theirs"))
    with theirs.open("r+b") as file:  # saved in place, as many paint programs do
        Image.new("RGB", (256, 256), "red").save(file, "PNG")
        file.truncate()
    before = ours.stat().st_mtime_ns, theirs.read_bytes()
    assert colorize(*command, "--text", "paint") == 0
    assert ours.stat().st_mtime_ns != before[0]
    assert theirs.read_bytes() == before[1]
