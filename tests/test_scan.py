"""Folders that may hold anything give their pictures, each once, in an artist's order."""

import os
import time
from pathlib import Path

import pytest
from PIL import Image

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.scan import Scan, find_artworks


def touch(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def scan(*inputs: Path, recursive: bool = True, exclude: Path | None = None) -> Scan:
    return find_artworks(inputs, recursive=recursive, exclude=exclude)


def relatives(found: Scan) -> list[str]:
    return [each.relative.as_posix() for each in found.found]


def test_page_2_comes_before_page_10(tmp_path: Path) -> None:
    touch(tmp_path, "page 10.png", "Page 2.PNG", "page 1.jpg", "book 10/1.png", "book 9/1.png")
    assert relatives(scan(tmp_path)) == [
        "page 1.jpg",
        "Page 2.PNG",
        "page 10.png",
        "book 9/1.png",
        "book 10/1.png",
    ]


def test_only_pictures_that_are_not_hidden_are_taken_from_folders(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "b.JPEG", "c.tif", "d.txt", "e", ".f.png", ".g/h.png", "i.png.part")
    assert relatives(scan(tmp_path)) == ["a.png", "b.JPEG", "c.tif"]


def test_sub_folders_are_searched_only_on_request(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "sub/b.png")
    assert relatives(scan(tmp_path, recursive=False)) == ["a.png"]


def test_a_file_that_is_named_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    touch(tmp_path, "no suffix", ".hidden.png")
    found = scan(tmp_path / "no suffix", tmp_path / ".hidden.png")
    assert sorted(relatives(found)) == [".hidden.png", "no suffix"]


@pytest.mark.reliability("R15")
def test_the_output_folder_is_never_searched(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "colorized/a.png", "colorized/deep/b.png")
    (tmp_path / "link").symlink_to(tmp_path / "colorized")
    assert relatives(scan(tmp_path, exclude=tmp_path / "colorized")) == ["a.png"]


@pytest.mark.reliability("R15")
def test_an_output_folder_that_is_an_input_is_refused(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "sub/b.png")
    with pytest.raises(ColorStudioError, match="also an input folder") as caught:
        scan(tmp_path, exclude=tmp_path / "sub" / "..")
    assert caught.value.failure.kind is FailureKind.USAGE


@pytest.mark.reliability("R13")
def test_each_real_file_comes_once_and_loops_end(tmp_path: Path) -> None:
    touch(tmp_path, "book/a.png", "other.png")
    (tmp_path / "a link.png").symlink_to(tmp_path / "book" / "a.png")
    (tmp_path / "book" / "up").symlink_to(tmp_path)
    (tmp_path / "again").symlink_to(tmp_path / "book")
    (tmp_path / "round.png").symlink_to(tmp_path / "round.png")
    found = scan(tmp_path, tmp_path / "book", tmp_path / "book" / "a.png")
    assert relatives(found) == ["other.png", "book/a.png"]
    assert [path.name for path, _ in found.failures] == ["round.png"]


@pytest.mark.reliability("R13")
def test_a_folder_outside_is_reached_by_a_link(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.png", "elsewhere/b.png")
    (tmp_path / "in" / "linked").symlink_to(tmp_path / "elsewhere")
    assert relatives(scan(tmp_path / "in")) == ["a.png", "linked/b.png"]


@pytest.mark.reliability("R13")
def test_hard_links_are_files_of_their_own(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    os.link(tmp_path / "a.png", tmp_path / "b.png")
    assert relatives(scan(tmp_path)) == ["a.png", "b.png"]


@pytest.mark.reliability("R02")
def test_what_is_no_file_is_reported_and_not_opened(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    (tmp_path / "nowhere.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "folder.png").mkdir()
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
    found = scan(tmp_path)
    assert relatives(found) == ["a.png"]
    kinds = {path.name: failure.kind for path, failure in found.failures}
    assert kinds.pop("pipe.png", FailureKind.NOT_A_PICTURE) is FailureKind.NOT_A_PICTURE
    assert kinds == {"nowhere.png": FailureKind.NOT_FOUND}


@pytest.mark.reliability("R02")
def test_a_folder_that_cannot_be_opened_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "a.png", "locked/b.png")
    scandir = os.scandir

    def scandir_unless_locked(folder: str) -> object:
        if str(folder).endswith("locked"):
            raise PermissionError(13, "denied", folder)
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", scandir_unless_locked)
    found = scan(tmp_path)
    assert relatives(found) == ["a.png"]
    [(path, failure)] = found.failures
    assert path == tmp_path / "locked" and failure.kind is FailureKind.NO_PERMISSION
    assert "“locked”" in failure.sentence


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    for name in ("gone", "nul\0"):
        with pytest.raises(ColorStudioError) as caught:
            scan(tmp_path / name)
        assert caught.value.failure.kind is FailureKind.NOT_FOUND
        assert name[:3] in caught.value.failure.sentence


def test_a_folder_without_pictures_is_told_as_such(tmp_path: Path) -> None:
    touch(tmp_path, "notes.txt", "sub/a.png")
    with pytest.raises(ColorStudioError, match="sub-folders too") as caught:
        scan(tmp_path, recursive=False)
    assert caught.value.failure.kind is FailureKind.NOTHING_TO_DO


@pytest.mark.reliability("R11")
def test_odd_names_are_found(tmp_path: Path) -> None:
    names = ["two\nlines.png", "-dash.png", "線画 é.png", "\x1b[31m.png", "$(touch x).png"]
    touch(tmp_path, *names)
    undecodable = os.fsencode(tmp_path) + b"/\xff.png"
    with open(undecodable, "wb"):
        pass
    found = scan(tmp_path)
    assert sorted(relatives(found)) == sorted([*names, "\udcff.png"])
    assert all(each.path.is_file() for each in found.found)


@pytest.mark.reliability("R24")
def test_thousands_of_files_are_found_quickly(tmp_path: Path) -> None:
    seed = tmp_path / "seed.png"
    Image.new("L", (4, 4)).save(seed)
    for book in range(20):
        (tmp_path / "in" / f"book {book}").mkdir(parents=True)
        for page in range(100):
            os.link(seed, tmp_path / "in" / f"book {book}" / f"page {page}.png")
    start = time.monotonic()
    assert len(scan(tmp_path / "in").found) == 2000
    assert time.monotonic() - start < 2
