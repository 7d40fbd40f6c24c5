"""Books of pages: a CBZ, ZIP or PDF goes in, a book comes out, and no hostile one does harm."""

import json
import os
import time
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from files_support import encoded, ramp
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import main
from colorstudio.core import books, places, zips
from colorstudio.core.books import pages_of
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.reading import SUFFIXES, read_artwork, read_size
from colorstudio.inference.colorizer import Colorizer
from colorstudio.jobs import packing
from colorstudio.jobs.books import working_folder
from colorstudio.jobs.journal import Claim, Journal

PAGE = encoded(Image.fromarray(ramp()), "PNG")
JPEG = encoded(Image.fromarray(ramp()), "JPEG", quality=95)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "resources", lambda: tmp_path / "resources")
    make_tiny_style(tmp_path / "resources" / "styles" / "starter", name="starter")


def book(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


def usual(path: Path) -> Path:
    pages = {"page 10.png": PAGE, "page 2.jpg": JPEG, "bonus/cover.png": PAGE}
    others = {"ComicInfo.xml": b"<ComicInfo/>", "__MACOSX/._page 2.jpg": b"x", "notes.exe": b"MZ"}
    return book(path, pages | others)


def colorize(capsys: pytest.CaptureFixture, *arguments: object) -> tuple[int, list[dict[str, Any]]]:
    status = main(["colorize", *map(str, arguments), "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_book_comes_out_as_a_book_with_its_pages_in_order(tmp_path: Path, capsys) -> None:
    source = usual(tmp_path / "comic.cbz")
    before = source.read_bytes()
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 0 and source.read_bytes() == before
    assert os.listdir(tmp_path / "out") == ["comic.cbz"]
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        names = ["page 2.jpg", "page 10.png", "bonus/cover.png", "ComicInfo.xml"]
        assert made.namelist() == names
        with Image.open(made.open("page 10.png")) as page:
            assert page.size == (60, 40)
            assert np.ptp(np.asarray(page), axis=2).max() > 20
    pages = [event for event in events if event["event"] == "picture"]
    assert [Path(page["source"]).name for page in pages][:1] == ["page 2.jpg"]
    assert all(
        Path(page["target"]).is_relative_to(tmp_path / "out" / "comic.cbz") for page in pages
    )
    (ended,) = (event for event in events if event["event"] == "book")
    assert (ended["state"], ended["pages"], ended["unchanged"]) == ("done", 3, 0)
    assert colorize(capsys, source, "-o", tmp_path / "out")[1][-1]["skipped"] == 1


def test_books_in_folders_are_found_and_a_pdf_becomes_a_cbz(tmp_path: Path, capsys) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    usual(folder / "comic.zip")
    picture = Image.fromarray(np.tile(ramp(), (5, 5)))
    picture.save(folder / "scan.pdf", resolution=200.0, save_all=True, append_images=[picture])
    status, events = colorize(capsys, folder, "-o", tmp_path / "out")
    assert status == 0
    assert sorted(os.listdir(tmp_path / "out")) == ["comic.zip", "scan.cbz"]
    assert pages_of(tmp_path / "out" / "scan.cbz", SUFFIXES) == ("page 001.png", "page 002.png")
    assert events[-1]["done"] == 5


def test_an_archive_of_other_things_among_the_pages_is_no_failure(tmp_path: Path, capsys) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "1.png").write_bytes(PAGE)
    other = book(tmp_path / "pages" / "brushes.zip", {"round.abr": b"x"})
    status, events = colorize(capsys, tmp_path / "pages", "-o", tmp_path / "out")
    assert status == 0 and (events[-1]["done"], events[-1]["failed"]) == (1, 0)
    for named in (other, tmp_path / "pages" / "brushes.cbz"):
        if not named.exists():
            other.rename(named)
        status, events = colorize(capsys, named, "-o", tmp_path / "out")
        assert status == 1 and "no page in it" in events[0]["failure"]["sentence"]


def test_a_scan_in_a_pdf_is_drawn_at_its_own_size(tmp_path: Path) -> None:
    tones = np.tile(ramp(), (5, 5))
    Image.fromarray(tones).save(tmp_path / "scan.pdf", resolution=200.0, quality=95)
    page = tmp_path / "scan.pdf" / "page 001.png"
    assert read_size(page) == (300, 200)
    artwork = read_artwork(page)
    assert np.abs(artwork.luma8().astype(int) - tones).mean() < 2
    assert artwork.dpi is not None and abs(artwork.dpi[0] - 200) < 1


@pytest.mark.parametrize(
    ("size", "dpi"), [((1017, 827), 200), ((291, 1064), 350), ((112, 95), 100), ((242, 349), 72)]
)
def test_a_scan_is_drawn_pixel_by_pixel_whatever_its_size_in_inches(
    tmp_path: Path, size: tuple[int, int], dpi: int
) -> None:
    dots = np.random.default_rng(1).integers(0, 2, size[::-1], np.uint8) * np.uint8(255)
    Image.fromarray(dots).convert("1").save(tmp_path / "scan.pdf", resolution=dpi)
    artwork = read_artwork(tmp_path / "scan.pdf" / "page 001.png")
    np.testing.assert_array_equal(artwork.luma8(), dots)


def test_a_scan_that_lies_on_its_side_is_drawn_at_its_own_size_too(tmp_path: Path) -> None:
    dots = np.random.default_rng(1).integers(0, 2, (200, 300), np.uint8) * np.uint8(255)
    Image.fromarray(dots).convert("1").save(tmp_path / "wide.pdf", resolution=200)
    document = pypdfium2.PdfDocument(tmp_path / "wide.pdf")
    page = document[0]
    page.set_mediabox(0, 0, 72, 108)
    (scan,) = page.get_objects()
    scan.set_matrix(pypdfium2.PdfMatrix(0, 108, -72, 0, 72, 0))
    page.gen_content()
    document.save(tmp_path / "upright.pdf")
    document.close()
    artwork = read_artwork(tmp_path / "upright.pdf" / "page 001.png")
    np.testing.assert_array_equal(artwork.luma8(), np.rot90(dots))


def test_a_bad_page_stays_as_it_was_and_is_told(tmp_path: Path, capsys) -> None:
    source = book(tmp_path / "comic.cbz", {"1.png": PAGE, "2.png": b"no picture"})
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 1
    (ended,) = (event for event in events if event["event"] == "book")
    assert (ended["state"], ended["unchanged"]) == ("done", 1)
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made:
        assert made.read("2.png") == b"no picture" and made.read("1.png") != PAGE


def test_a_stopped_book_goes_on_where_it_was(tmp_path: Path, capsys) -> None:
    source = book(tmp_path / "comic.cbz", {f"{n}.png": PAGE for n in range(3)})
    waiting = working_folder(source, tmp_path / "out" / "comic.cbz")
    waiting.mkdir(parents=True)
    Image.new("RGB", (60, 40), "red").save(waiting / "1.png")
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 0 and (events[-1]["done"], events[-1]["skipped"]) == (2, 1)
    with zipfile.ZipFile(tmp_path / "out" / "comic.cbz") as made, made.open("1.png") as file:
        assert Image.open(file).getpixel((5, 5)) == (255, 0, 0)
    assert not waiting.exists()


def test_a_book_is_refused_for_folders_of_layers_and_pictures_beside_it_are_not(
    tmp_path: Path, capsys
) -> None:
    source = usual(tmp_path / "comic.cbz")
    (tmp_path / "page.png").write_bytes(PAGE)
    given = [source, tmp_path / "page.png", "-o", tmp_path / "out", "--format", "png-layers"]
    status, events = colorize(capsys, *given)
    assert status == 1 and events[-1]["done"] == 1
    refused = next(event for event in events if event.get("source") == str(source))
    assert refused["failure"]["kind"] == "usage"
    assert refused["failure"]["sentence"].startswith("“comic.cbz” can't be kept as folders")
    assert os.listdir(tmp_path / "out") == ["page.layers"]
    assert main(["colorize", str(source), "-o", str(tmp_path / "out"), "--format", "psd"]) == 0


def test_pages_that_wait_go_into_no_other_book(tmp_path: Path, capsys) -> None:
    (tmp_path / "A").mkdir()
    (tmp_path / "B").mkdir()
    entries = {f"{n}.png": PAGE for n in range(2)}
    sources = [book(tmp_path / each / "comic.cbz", entries) for each in "AB"]
    target = tmp_path / "out" / "comic.cbz"
    waiting = working_folder(sources[0], target)
    waiting.mkdir(parents=True)
    Image.new("RGB", (60, 40), "red").save(waiting / "0.png")
    status, events = colorize(capsys, sources[1], "-o", tmp_path / "out")
    assert status == 0 and events[-1]["done"] == 2
    assert os.listdir(target.parent) == ["comic.cbz"]


def test_a_book_that_was_replaced_since_it_was_stopped_is_begun_afresh(
    tmp_path: Path, capsys
) -> None:
    source = book(tmp_path / "comic.cbz", {"0.png": PAGE, "1.png": PAGE})
    waiting = working_folder(source, tmp_path / "out" / "comic.cbz")
    other = working_folder(source, tmp_path / "out" / "another comic.cbz")
    for folder in (waiting, other):
        folder.mkdir(parents=True)
        Image.new("RGB", (60, 40), "red").save(folder / "0.png")
    book(source, {"0.png": JPEG, "1.png": PAGE})
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 0 and (events[-1]["done"], events[-1]["skipped"]) == (2, 0)
    assert sorted(os.listdir(tmp_path / "out")) == sorted(["comic.cbz", other.name])


@pytest.mark.parametrize("waiting", [2, 3])
def test_a_book_that_another_program_is_at_is_left_to_it(
    tmp_path: Path, capsys, waiting: int
) -> None:
    source = book(tmp_path / "comic.cbz", {f"{n}.png": PAGE for n in range(3)})
    target = tmp_path / "out" / "comic.cbz"
    pages = working_folder(source, target)
    pages.mkdir(parents=True)
    for number in range(waiting):
        Image.new("RGB", (60, 40), "red").save(pages / f"{number}.png")
    other = Journal()
    assert other.claim(target, target) is Claim.MINE
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 0 and (events[-1]["done"], events[-1]["skipped"]) == (0, 3)
    (ended,) = (event for event in events if event["event"] == "book")
    assert ended["state"] == "skipped" and "another Color Studio" in ended["failure"]["sentence"]
    assert os.listdir(tmp_path / "out") == [pages.name] and len(os.listdir(pages)) == waiting
    other.close()
    assert colorize(capsys, source, "-o", tmp_path / "out")[1][-1]["done"] == 3 - waiting
    assert os.listdir(tmp_path / "out") == ["comic.cbz"]


def test_a_book_is_held_from_its_first_page_until_it_is_packed(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [book(tmp_path / name, {"1.png": PAGE, "2.png": PAGE}) for name in ("a.cbz", "b.cbz")]
    first, second = (tmp_path / "out" / source.name for source in sources)
    other, seen = Journal(), []
    colorize_artwork = Colorizer.colorize_artwork

    def watched(*given: Any, **more: Any) -> Any:
        seen.append((first.exists(), other.claim(first, first)))
        return colorize_artwork(*given, **more)

    monkeypatch.setattr(Colorizer, "colorize_artwork", watched)
    assert colorize(capsys, *sources, "-o", tmp_path / "out")[0] == 0
    assert seen[0] == (False, Claim.OTHERS)
    assert other.claim(first, first) is other.claim(second, second) is Claim.MINE
    other.close()


def test_a_book_that_another_program_finished_meanwhile_is_not_coloured_again(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = book(tmp_path / "comic.cbz", {"1.png": PAGE, "2.png": PAGE})
    target = tmp_path / "out" / "comic.cbz"
    start = Colorizer.__init__

    def finished_meanwhile(*given: Any, **more: Any) -> None:
        target.parent.mkdir()
        target.write_bytes(b"packed by another program")
        start(*given, **more)

    monkeypatch.setattr(Colorizer, "__init__", finished_meanwhile)
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert status == 0 and (events[-1]["done"], events[-1]["skipped"]) == (0, 2)
    assert target.read_bytes() == b"packed by another program"


@pytest.mark.parametrize("bytes_of_name", [249, 255])
def test_a_book_with_the_longest_name_comes_out_like_any_other(
    tmp_path: Path, capsys, bytes_of_name: int
) -> None:
    stem = "長い題" * 27
    name = stem + "x" * (bytes_of_name - len(os.fsencode(f"{stem}.cbz"))) + ".cbz"
    long = book(tmp_path / name, {"1.png": PAGE})
    plain = book(tmp_path / "comic.cbz", {"1.png": PAGE})
    status, events = colorize(capsys, long, plain, "-o", tmp_path / "out")
    assert status == 0 and events[-1]["done"] == 2
    assert sorted(os.listdir(tmp_path / "out")) == sorted([name, "comic.cbz"])


def test_finished_pages_of_a_book_that_changed_or_of_another_are_made_anew(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unpackable(*_: object) -> None:
        raise OSError("as if it ended before the book was packed")

    source = book(tmp_path / "comic.cbz", {"1.png": PAGE})
    with monkeypatch.context() as patch:
        patch.setattr(packing, "write_book", unpackable)
        assert colorize(capsys, source, "-o", tmp_path / "out")[1][-1]["done"] == 1
        assert colorize(capsys, source, "-o", tmp_path / "out")[1][-1]["skipped"] == 1
        book(source, {"1.png": PAGE, "2.png": PAGE})
        assert colorize(capsys, source, "-o", tmp_path / "out")[1][-1]["done"] == 2
    (tmp_path / "another").mkdir()
    source = book(tmp_path / "another" / "comic.cbz", {"1.png": PAGE})
    status, events = colorize(capsys, source, "-o", tmp_path / "out")
    assert (status, events[-1]["done"]) == (0, 1)


# Hostile ones -------------------------------------------------------------------------------------


def refusal(path: Path) -> ColorStudioError:
    start = time.monotonic()
    with pytest.raises(ColorStudioError) as caught:
        pages_of(path, SUFFIXES)
    assert time.monotonic() - start < 5 and caught.value.failure.sentence.endswith(".")
    return caught.value


@pytest.mark.parametrize(
    "name", ["../x.png", "/etc/x.png", "a/../../x.png", "C:\\x.png", "..\\x.png"]
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, capsys, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "bad.cbz", "w") as archive:
        archive.writestr(name, PAGE)
    assert "out of its folder" in refusal(tmp_path / "bad.cbz").failure.sentence
    status, events = colorize(capsys, tmp_path / "bad.cbz", "-o", tmp_path / "out")
    assert status == 1 and events[0]["failure"]["kind"] == "not_a_picture"
    assert list((tmp_path / "out").rglob("*")) == []


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "locked.cbz", {"1.png": PAGE})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)
    assert "password" in refusal(path).failure.sentence


def test_limits_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "comic.cbz", {f"{n}.png": PAGE for n in range(5)})
    monkeypatch.setattr(books, "MOST_PAGES", 4)
    assert "at most 4" in refusal(path).failure.sentence
    monkeypatch.undo()
    monkeypatch.setattr(books, "MOST_BOOK_BYTES", len(PAGE) * 3)
    assert refusal(path).failure.kind is FailureKind.TOO_LARGE
    monkeypatch.undo()
    monkeypatch.setattr(zips, "MOST_ENTRIES", 4)
    assert "at most 4" in refusal(path).failure.sentence


def test_a_bomb_and_a_lying_entry_are_refused_without_unpacking_them(tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(tmp_path / "bomb.cbz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("page.png", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(bytes(1 << 20))
    assert "256 MiB" in refusal(tmp_path / "bomb.cbz").failure.sentence


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_entry_that_would_be_unpacked_without_a_bound_is_refused(
    tmp_path: Path, kind: int
) -> None:
    path = tmp_path / "comic.cbz"
    with zipfile.ZipFile(path, "w", kind) as archive:
        archive.writestr("page.png", PAGE)
    with pytest.raises(ColorStudioError, match="Pack it again as ZIP") as caught:
        books.page_bytes(path, "page.png")
    assert caught.value.failure.kind is FailureKind.DAMAGED


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"no archive", b"PK\5\6" + b"\xff" * 18])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.cbz").write_bytes(data)
    assert refusal(tmp_path / "bad.cbz").failure.kind is FailureKind.DAMAGED


def test_an_archive_without_pages_and_a_broken_pdf_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "empty.zip", {"readme.txt": b"hello"})
    assert refusal(path).failure.kind is FailureKind.NOTHING_TO_DO
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 and no more")
    assert refusal(tmp_path / "bad.pdf").failure.kind is FailureKind.DAMAGED


def test_a_pdf_without_pages_has_none_whatever_was_wrong_with_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pypdfium2.PdfDocument.new().save(tmp_path / "empty.pdf")
    # What PDFium still has to say of a book that was looked at before.
    monkeypatch.setattr(pypdfium2.raw, "FPDF_GetLastError", lambda: pypdfium2.raw.FPDF_ERR_PASSWORD)
    assert refusal(tmp_path / "empty.pdf").failure.kind is FailureKind.NOTHING_TO_DO
    (tmp_path / "locked.pdf").write_bytes(b"PDFium says that this one is locked")
    assert refusal(tmp_path / "locked.pdf").failure.kind is FailureKind.NO_PERMISSION
    with pytest.raises(FileNotFoundError):
        pages_of(tmp_path / "none.pdf", SUFFIXES)


def test_an_archive_with_a_nameless_entry_is_refused_in_a_sentence(tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.zip"
    with zipfile.ZipFile(spoilt, "w") as archive:
        archive.writestr("x", b"page")
    spoilt.write_bytes(spoilt.read_bytes().replace(b"x", b"\0"))  # zipfile ends a name there
    with spoilt.open("rb") as file, pytest.raises(ColorStudioError) as caught:
        zips.open_zip(file)
    assert caught.value.failure.kind is FailureKind.DAMAGED
