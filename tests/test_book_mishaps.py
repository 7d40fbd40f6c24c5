"""What befalls a book costs little of it: damaged pages, alike names, a new version, a kill."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from files_support import encoded, ramp
from PIL import Image
from test_book_files import PAGE, book, colorize, own_home
from test_leftovers import KILLED, ROOT

from colorstudio.cli import main
from colorstudio.inference.colorizer import Colorizer

__all__ = ["own_home"]  # a fixture of all tests here, too


def spoilt(path: Path, entry: str) -> None:
    """Change a byte of an entry's packed data, which its checksum then no longer fits."""
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo(entry).header_offset + 30 + len(entry)
    data = bytearray(path.read_bytes())
    data[place + 1] ^= 0xFF
    path.write_bytes(data)


def ending_of(events: list[dict[str, Any]]) -> dict[str, Any]:
    (ended,) = (event for event in events if event["event"] == "book")
    return ended


def test_a_page_that_cannot_be_unpacked_costs_itself_and_not_the_book(
    tmp_path: Path, capsys
) -> None:
    entries = {"1.png": PAGE, "2.png": PAGE, "3.png": b"no picture", "ComicInfo.xml": b"<C/>" * 9}
    source = book(tmp_path / "comic.cbz", entries)
    spoilt(source, "2.png")
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    ended = ending_of(events)
    assert (status, ended["state"], ended["unchanged"], ended["lost"]) == (1, "done", 1, 1)
    assert os.listdir(tmp_path / "out") == ["comic.cbz"]
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        assert made.namelist() == ["1.png", "3.png", "ComicInfo.xml"]


def test_a_page_of_a_kind_that_is_not_read_stays_and_is_told(tmp_path: Path, capsys) -> None:
    avif, jfif = b"\0\0\0 ftypavif", encoded(Image.fromarray(ramp()), "JPEG")
    source = book(tmp_path / "comic.cbz", {"1.png": PAGE, "2.avif": avif, "3.jfif": jfif})
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert (status, ending_of(events)["pages"], ending_of(events)["unchanged"]) == (1, 3, 1)
    told = {Path(event["source"]).name: event for event in events if event["event"] == "picture"}
    assert told["2.avif"]["failure"]["kind"] == "not_a_picture"
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        assert made.namelist() == ["1.png", "2.avif", "3.jfif.png"]
        assert made.read("2.avif") == avif


def test_a_companion_that_cannot_be_unpacked_is_told_and_costs_no_page(
    tmp_path: Path, capsys
) -> None:
    source = book(tmp_path / "comic.cbz", {"1.png": PAGE, "ComicInfo.xml": b"<ComicInfo/>" * 9})
    spoilt(source, "ComicInfo.xml")
    assert main(["colorize", str(source), "-o", str(tmp_path / "out")]) == 0
    assert "comic.cbz: 1 damaged file is missing from the new book" in capsys.readouterr().out
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        assert made.namelist() == ["1.png"]


def test_a_page_that_stays_as_it_was_keeps_clear_of_another_ones_new_name(
    tmp_path: Path, capsys
) -> None:
    gif = encoded(Image.fromarray(ramp()), "GIF")
    source = book(tmp_path / "comic.cbz", {"1.gif": gif, "1.png": b"no picture"})
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert (status, ending_of(events)["unchanged"]) == (1, 1)
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        assert made.namelist() == ["1.png", "1 (2).png"]
        assert made.read("1 (2).png") == b"no picture"


def test_a_pdf_page_that_is_not_coloured_is_the_png_that_its_name_says(
    tmp_path: Path, capsys
) -> None:
    tints = np.random.default_rng(1).integers(0, 256, (4, 6, 3), np.uint8)
    coloured = Image.fromarray(tints.repeat(50, axis=0).repeat(50, axis=1))
    grey = Image.fromarray(ramp(200, 300))
    source = tmp_path / "scan.pdf"
    coloured.save(source, resolution=200.0, save_all=True, append_images=[grey])
    status, events = colorize(capsys, source, "-o", tmp_path / "out", "--coloured", "skip")
    assert (status, ending_of(events)["unchanged"]) == (0, 1)
    with (
        zipfile.ZipFile(tmp_path / "out" / "scan.cbz") as made,
        Image.open(made.open("page 001.png")) as page,
    ):
        assert (page.format, page.size) == ("PNG", (300, 200))
        assert round(page.info["dpi"][0]) == 200


def test_no_book_is_made_of_two_versions_of_its_source(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book(tmp_path / "comic.cbz", {f"{n}.png": PAGE for n in range(3)})
    newer = {f"{n}.png": encoded(Image.fromarray(255 - ramp()), "PNG") for n in range(3)}
    colorize_artwork = Colorizer.colorize_artwork

    def saved_meanwhile(*given: Any, **more: Any) -> Any:
        book(tmp_path / "newer", newer).replace(source)
        return colorize_artwork(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Colorizer, "colorize_artwork", saved_meanwhile)
        status, events = colorize(capsys, source, "-o", tmp_path / "out")
    ended = ending_of(events)
    assert (status, ended["state"]) == (1, "failed")
    assert ended["failure"]["sentence"].startswith("“comic.cbz” changed while it was being")
    assert not (tmp_path / "out" / "comic.cbz").exists()
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert (status, events[-1]["done"]) == (0, 3)
    assert os.listdir(tmp_path / "out") == ["comic.cbz"]


@pytest.mark.reliability("R17")
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_book_that_vanishes_in_the_middle_is_told_as_a_book_too(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book(tmp_path / "comic.cbz", {f"{n}.png": PAGE for n in range(4)})
    colorize_artwork = Colorizer.colorize_artwork

    def vanishes(*given: Any, **more: Any) -> Any:
        source.unlink(missing_ok=True)
        return colorize_artwork(*given, **more)

    monkeypatch.setattr(Colorizer, "colorize_artwork", vanishes)
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    (ended,) = (event for event in events if event["event"] == "book")
    assert status == 1 and ended["state"] == "failed"
    assert "comic.cbz" in ended["failure"]["sentence"], ended["failure"]


def test_a_book_that_a_killed_program_left_half_packed_is_cleared_away(
    tmp_path: Path, capsys
) -> None:
    source = book(tmp_path / "comic.cbz", {"1.png": PAGE})
    out = tmp_path / "out"
    out.mkdir()
    subprocess.run([sys.executable, "-c", KILLED, out / "comic.cbz"], cwd=ROOT, check=False)
    assert len(os.listdir(out)) == 1
    assert colorize(capsys, source, "-o", out)[0] == 0
    assert os.listdir(out) == ["comic.cbz"]
