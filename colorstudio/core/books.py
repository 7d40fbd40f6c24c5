"""Books of pages: CBZ and ZIP archives and PDFs, whose pages are read like files in a folder.

A page is named by a path into its book, `book.cbz/chapter 1/page 2.png`; nothing is unpacked
to the disk. PDF pages are called `page 001.png` and so on.
"""

import os
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.natural_order import natural_key
from colorstudio.core.zips import check_entry, open_zip, read_entry

BOOK_SUFFIXES: Final = frozenset({".cbz", ".zip", ".pdf"})
"""Suffixes, in lower case, of files that hold pages."""
UNUSUAL_SUFFIXES: Final = frozenset({".avif", ".heic", ".heif", ".jfif", ".jpe", ".jp2", ".jxl"})
"""Of pages that are not looked for in folders. In a book they have their place: what can't be read
is to be told, and stays, where it would be missing from the new book otherwise."""
MOST_PAGES: Final = 3_000
MOST_BOOK_BYTES: Final = 8 << 30
"""Most that a book's pages may have unpacked, all together: 8 GiB."""

_COMPANIONS: Final = frozenset({".xml", ".txt", ".json"})  # such as ComicInfo.xml
_MOST_COMPANION: Final = 4 << 20
_DRIVE: Final = re.compile(r"[A-Za-z]:")


def split_page(path: Path) -> tuple[Path, str] | None:
    """(book, page) of a path that leads into a book; None for any other path."""
    for book in path.parents:
        if is_book(book):
            return book, path.relative_to(book).as_posix()
    return None


def is_book(path: Path) -> bool:
    """True for a file that holds pages, going by its name."""
    return path.suffix.lower() in BOOK_SUFFIXES and path.is_file()


def file_of(path: Path) -> Path:
    """The file on the disk that a path leads to: a page's is its book."""
    place = split_page(path)
    return path if place is None else place[0]


def place_of(path: Path) -> Path:
    """What an artist opens to see a picture among others: its folder, or its book."""
    place = split_page(path)
    return path.parent if place is None else place[0]


def pages_of(book: Path, suffixes: frozenset[str]) -> tuple[str, ...]:
    """The pages of a book in natural order: the files in it with one of these suffixes.

    Raises ColorStudioError: for a password, for limits that are named, for files that would
    lie outside their folder, and for a book without pages. Raises OSError.
    """
    if book.suffix.lower() == ".pdf":
        from colorstudio.core.pdf_pages import count_pages

        number = count_pages(book)
        _check_number(number)
        return tuple(f"page {page:03d}.png" for page in range(1, number + 1))
    with _archive(book) as archive:
        entries = {
            name: archive.getinfo(raw)
            for name, raw in _names(archive).items()
            if _is_page(name, suffixes)
        }
    _check_number(len(entries))
    for entry in entries.values():
        check_entry(entry)
    if sum(entry.file_size for entry in entries.values()) > MOST_BOOK_BYTES:
        raise ColorStudioError(
            FailureKind.TOO_LARGE,
            worded(
                "The pages have more than {most} GiB unpacked, the most that is read of one "
                "archive. Split it.",
                most=MOST_BOOK_BYTES >> 30,
            ),
        )
    return tuple(sorted(entries, key=lambda name: natural_key(PurePosixPath(name))))


def page_bytes(book: Path, page: str) -> bytes:
    """The bytes of one page, a picture file. Raises ColorStudioError and OSError."""
    status = os.stat(book)
    return _page_bytes(book, page, status.st_mtime_ns, status.st_size)


@lru_cache(maxsize=1)  # a page's size and then its pixels are asked for, one after the other
def _page_bytes(book: Path, page: str, changed: int, size: int) -> bytes:
    if book.suffix.lower() == ".pdf":
        return _drawn(book, page)
    with _archive(book) as archive:
        try:
            return read_entry(archive, _names(archive)[page])
        except KeyError as error:
            raise ColorStudioError(
                FailureKind.NOT_FOUND,
                worded(
                    "There is no “{page}” in “{book}”.",
                    page=printable(page),
                    book=printable(book.name),
                ),
            ) from error


def _drawn(book: Path, page: str, *, packed: bool = False) -> bytes:
    from colorstudio.core.pdf_pages import rendered_page

    found = re.fullmatch(r"page (\d+)\.png", page)
    return rendered_page(book, int(found[1]) if found else 0, packed=packed)


def page_to_keep(book: Path, page: str) -> bytes:
    """One page as it goes into another book unchanged: of a PDF, which is drawn, as a PNG.

    Raises ColorStudioError and OSError.
    """
    if book.suffix.lower() == ".pdf":
        return _drawn(book, page, packed=True)
    return page_bytes(book, page)


def write_book(
    file: IO[bytes],
    source: Path,
    pages: Mapping[str, tuple[str, Path | None]],
    read: Callable[[Path, str], bytes] = page_to_keep,
) -> list[str]:
    """Write a ZIP with the source's pages in their order.

    pages: for each page its name in the new book, and the file to take in its place; None
    keeps the page as it was, as `read` gives it. Small companions such as ComicInfo.xml come
    along. Gives the names of those that are not in it, since they can't be got out of the source.
    Raises ColorStudioError and OSError.
    """
    lost = []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as book:
        for page, (name, finished) in pages.items():
            if finished is not None:
                book.write(finished, name)
            elif (data := _unless_damaged(read, source, page)) is not None:
                book.writestr(name, data)
            else:
                lost.append(page)
        for name, data in _companions(source):
            if data is None:
                lost.append(name)
            else:
                book.writestr(name, data, zipfile.ZIP_DEFLATED)
    return lost


def _unless_damaged(read: Callable[..., bytes], *given: Any) -> bytes | None:
    """What is read; None where it is damaged, which is to cost no other page."""
    try:
        return read(*given)
    except ColorStudioError as error:
        if error.failure.kind not in (FailureKind.DAMAGED, FailureKind.TOO_LARGE):
            raise
        return None


def _companions(source: Path) -> Iterator[tuple[str, bytes | None]]:
    if source.suffix.lower() == ".pdf":
        return
    with _archive(source) as archive:
        for name, raw in _names(archive).items():
            small = archive.getinfo(raw).file_size <= _MOST_COMPANION
            if small and PurePosixPath(name).suffix.lower() in _COMPANIONS:
                yield name, _unless_damaged(read_entry, archive, raw, _MOST_COMPANION)


@contextmanager
def _archive(book: Path) -> Iterator[zipfile.ZipFile]:
    with open(book, "rb") as file, open_zip(file) as archive:
        yield archive


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Clean names of all files, with the names they have in the archive; the first one wins.

    Raises ColorStudioError for a name that leads out of its folder.
    """
    names: dict[str, str] = {}
    for entry in archive.infolist():
        if not entry.is_dir():
            names.setdefault(_clean(entry.filename), entry.filename)
    return names


def _clean(name: str) -> str:
    slashed = name.replace("\\", "/")  # some archivers on Windows write the other one
    parts = [part for part in slashed.split("/") if part not in ("", ".")]
    if slashed.startswith("/") or ".." in parts or _DRIVE.match(slashed) or "\0" in name:
        raise ColorStudioError(
            FailureKind.NOT_A_PICTURE,
            worded(
                "The archive holds a file that leads out of its folder (“{name}”). Don't trust "
                "it; if you do, unpack it yourself and colour the folder.",
                name=printable(name[-60:]),
            ),
        )
    return "/".join(parts)


def _is_page(name: str, suffixes: frozenset[str]) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return path.suffix.lower() in suffixes and not hidden


def _check_number(pages: int) -> None:
    if pages == 0:
        raise ColorStudioError(
            FailureKind.NOTHING_TO_DO,
            worded("There is no page in it that can be read. Leave it out."),
        )
    if pages > MOST_PAGES:
        raise ColorStudioError(
            FailureKind.TOO_LARGE,
            worded(
                "It has {pages:,} pages; at most {most:,} of one book are read. Split it.",
                pages=pages,
                most=MOST_PAGES,
            ),
        )
