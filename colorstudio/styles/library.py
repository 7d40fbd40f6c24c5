"""The style library: the bundled styles and the artist's own, found by name."""

import os
import re
import shutil
import time
import unicodedata
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from colorstudio.core import places
from colorstudio.core.failures import (
    ColorStudioError,
    Failure,
    FailureKind,
    describe,
    printable,
    worded,
)
from colorstudio.core.small_files import read_small
from colorstudio.core.writing import shortened, write_bytes_atomic
from colorstudio.styles.checks import MAX_GENERATOR_BYTES, check_style
from colorstudio.styles.style import (
    DESCRIPTION_FILE,
    GENERATOR_FILE,
    SAMPLE_FILES,
    Style,
    fault_of_name,
    load_style,
    name_key,
    unfit,
)

STYLE_FILES = (GENERATOR_FILE, DESCRIPTION_FILE, *SAMPLE_FILES, "CREDITS.txt", "LICENSE")
"""Every file a style may have; nothing else is taken along."""

_TEMPORARY = ".part-"  # folders of this kind are no styles: being made, or being removed
_LONGEST_FOLDER = 240  # bytes; disks take 255, and a number may follow
_ABANDONED_SECONDS = 3600.0
_FORBIDDEN = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)  # on Windows


class StyleLibrary:
    """Bundled and own styles. home: where own styles live, COLORSTUDIO_HOME or the platform's
    place if not given. Nothing is cached: each call sees what is on the disk.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._own = home / "styles" if home is not None else places.styles_folder()
        self._bundled = places.resources() / "styles"
        self._broken: list[tuple[Path, Failure]] = []

    @property
    def folder(self) -> Path:
        """The folder of the artist's own styles; it may not be there yet."""
        return self._own

    @property
    def broken(self) -> list[tuple[Path, Failure]]:
        """What the latest list() found but could not read: folder and reason."""
        return list(self._broken)

    def list(self) -> list[Style]:
        """Every style whose description can be read, bundled ones first, each by name.

        Broken styles never hide whole ones; they are told by `broken`.
        """
        styles: dict[str, Style] = {}
        self._broken = []
        for folder, bundled in self._folders():
            try:
                style = load_style(folder, bundled=bundled)
                self._refuse_twin(style, styles)
            except ColorStudioError as error:
                self._broken.append((folder, error.failure))
            else:
                styles[name_key(style.info.name)] = style
        return sorted(
            styles.values(), key=lambda style: (not style.bundled, name_key(style.info.name))
        )

    def find(self, name_or_path: str | Path) -> Style:
        """The style of that name, or in that folder; its generator is only looked for.

        Whoever opens the generator checks it first (check_style). Raises ColorStudioError:
        BAD_STYLE if the description is broken, NOT_FOUND if there is no such style, USAGE for a
        file, such as a .colorstyle one.
        """
        style = self._named(str(name_or_path)) or _in_folder(Path(name_or_path))
        if style is not None:
            return style
        if Path(name_or_path).is_file():
            raise _not_taken_in(Path(name_or_path))
        raise self._unknown(str(name_or_path))

    def holder_of(self, name: str) -> Style | None:
        """The style that has this name; None where it is free.

        Raises ColorStudioError (BAD_STYLE) where what has it is broken.
        """
        return self._named(name)

    def add(self, folder: Path, *, name: str | None = None) -> Style:
        """Copy the style in folder into the library, under another name if one is given.

        The library has the whole style or nothing of it. Raises ColorStudioError: BAD_STYLE if
        it does not pass the checks, USAGE if its name is taken.
        """
        with self.staging() as stage:
            for file in STYLE_FILES:
                if (folder / file).is_file():
                    data = read_small(folder / file, MAX_GENERATOR_BYTES)
                    if data is None:
                        raise unfit(folder.name, f"its {file} is far too large")
                    (stage / file).write_bytes(data)
            return self.adopt(stage, name=name)

    def remove(self, name: str) -> None:
        """Delete one of the artist's own styles, whole or broken (then by its folder's name).

        Raises ColorStudioError: USAGE for a bundled style, NOT_FOUND for an unknown one.
        """
        style = self._named(name, broken=False)
        if style is not None and style.bundled:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "The style “{name}” came with Color Studio and can't be removed.",
                    name=style.info.name,
                ),
            )
        folder = style.folder if style is not None else self._broken_folder(name)
        if folder is None:
            raise self._unknown(name)
        with self._telling_disk_failures():
            # Renamed first: a deletion cut short must not leave half a style.
            doomed = folder.rename(self._own / f"{_TEMPORARY}{uuid.uuid4().hex}")
            _delete(doomed)

    def rename(self, name: str, new: str) -> Style:
        """Give one of the artist's own styles another name; its folder keeps the old one.

        Raises ColorStudioError: USAGE for a bundled style, a name that is taken or is none;
        NOT_FOUND for an unknown style.
        """
        style = self._named(name)
        if style is None:
            raise self._unknown(name)
        if style.bundled:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "The style “{name}” came with Color Studio and can't be renamed.",
                    name=style.info.name,
                ),
            )
        taken = self._named(new, broken=False)
        if taken is not None and taken.folder != style.folder:
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "There is a style called “{name}” already. Choose another name.",
                    name=taken.info.name,
                ),
            )
        text = _description_under(style, new)
        with self._telling_disk_failures():
            write_bytes_atomic(style.folder / DESCRIPTION_FILE, text.encode())
        return load_style(style.folder)

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder on the library's own disk in which to put a style together.

        adopt() takes it over; what is left of it afterwards is deleted.
        """
        stage = self._own / f"{_TEMPORARY}{uuid.uuid4().hex}"
        with self._telling_disk_failures():
            stage.mkdir(parents=True)
            self._sweep()
            try:
                yield stage
            finally:
                _delete(stage)

    def adopt(
        self, stage: Path, *, name: str | None = None, replacing: Collection[str] = ()
    ) -> Style:
        """Check the style in a staging folder and move it to its place, in one step.

        replacing: an own style of that name makes room for it, once the new one is checked, if
        its generator's sha256 is among these.
        """
        style = load_style(stage)
        if name is not None:
            style = _renamed(style, name)
        check_style(style)
        taken = self._named(style.info.name)
        if taken is not None and (taken.bundled or taken.info.sha256 not in replacing):
            raise ColorStudioError(
                FailureKind.USAGE,
                worded(
                    "There is a style called “{name}” already. Rename or remove that one first, or "
                    "give the new one another name.",
                    name=taken.info.name,
                ),
            )
        _flush(stage)
        if taken is None:
            return Style(stage.rename(self._free_folder(style.info.name)), style.info)
        # The old one steps aside, and comes back if the new one can't take its place.
        aside = taken.folder.rename(self._own / f"{_TEMPORARY}{uuid.uuid4().hex}")
        try:
            placed = stage.rename(taken.folder)
        except OSError:
            aside.rename(taken.folder)
            raise
        _delete(aside)
        return Style(placed, style.info)

    @contextmanager
    def _telling_disk_failures(self) -> Iterator[None]:
        """Say of a refusal that it is the library's folder that refuses."""
        try:
            yield
        except OSError as error:
            failure = describe(error, self._own, writing=True)
            sentence = failure.sentence
            if failure.kind is FailureKind.CANNOT_WRITE:
                sentence = worded(
                    "The folder of your own styles, “{folder}”, can't be written. Check its "
                    "permissions, and that its drive is connected.",
                    folder=printable(str(self._own)),
                )
            raise ColorStudioError(failure.kind, sentence, failure.detail) from error

    def _sweep(self) -> None:
        """Delete what a killed import or removal left behind, once it is surely abandoned."""
        for folder in self._own.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                if time.time() - folder.stat().st_mtime > _ABANDONED_SECONDS:
                    _delete(folder)

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        for parent, bundled in ((self._bundled, True), (self._own, False)):
            with suppress(OSError):  # a library that is not there yet is an empty one
                for folder in sorted(parent.iterdir()):
                    if folder.is_dir() and not folder.name.startswith("."):
                        yield folder, bundled

    def _refuse_twin(self, style: Style, styles: dict[str, Style]) -> None:
        if name_key(style.info.name) in styles:
            raise ColorStudioError(
                FailureKind.BAD_STYLE,
                worded(
                    "The style in “{folder}” has the name of another one, “{name}”. Change the "
                    "name in its style.json, or remove it.",
                    folder=printable(style.folder.name),
                    name=style.info.name,
                ),
            )

    def _named(self, name: str, *, broken: bool = True) -> Style | None:
        """The style of that name; with broken, a broken one's failure is raised."""
        found = next((s for s in self.list() if name_key(s.info.name) == name_key(name)), None)
        if found is None and broken:
            for folder, failure in self._broken:
                if name_key(folder.name) == name_key(name):
                    raise ColorStudioError(failure.kind, failure.sentence, failure.detail)
        return found

    def _broken_folder(self, name: str) -> Path | None:
        own = (folder for folder, _ in self._broken if folder.parent == self._own)
        return next((folder for folder in own if name_key(folder.name) == name_key(name)), None)

    def _unknown(self, name: str) -> ColorStudioError:
        names = ", ".join(style.info.name for style in self.list())
        choice = worded("Choose one of these: {names}.", names=names)
        if not names:
            choice = worded("The library is empty.")
        sentence = worded(
            "There is no style called “{name}”. {choice}", name=printable(name), choice=choice
        )
        return ColorStudioError(FailureKind.NOT_FOUND, sentence)

    def _free_folder(self, name: str) -> Path:
        """A folder for a new style, named after it as far as every disk allows."""
        plain = shortened(unicodedata.normalize("NFC", name), _LONGEST_FOLDER).rstrip(" .")
        plain = f"{plain}_" if _FORBIDDEN.match(plain) else plain or "style"
        number, folder = 1, self._own / plain
        while folder.exists():
            number += 1
            folder = self._own / f"{plain} {number}"
        return folder


def _not_taken_in(file: Path) -> ColorStudioError:
    sentence = worded(
        "“{name}” is a file, not a style of your library. Take it in first: in the window under "
        "“Styles…”, or with “colorstudio styles import”.",
        name=printable(file.name),
    )
    return ColorStudioError(FailureKind.USAGE, sentence)


def _in_folder(folder: Path) -> Style | None:
    return load_style(folder) if folder.is_dir() else None


def _renamed(style: Style, name: str) -> Style:
    write_bytes_atomic(style.folder / DESCRIPTION_FILE, _description_under(style, name).encode())
    return load_style(style.folder)


def _description_under(style: Style, name: str) -> str:
    """The style's description with another name, which is checked like any other.

    Raises ColorStudioError (USAGE) for one that no style can have: the style is not to blame.
    """
    fault = fault_of_name(name)
    if fault:
        raise ColorStudioError(
            FailureKind.USAGE,
            worded(
                "A style can't be called “{name}”: {why}. Choose another name.",
                name=printable(name),
                why=fault,
            ),
        )
    text = replace(style.info, name=name).to_json()
    type(style.info).from_json(text, where=name)
    return text


def _flush(folder: Path) -> None:
    """Make sure that the files are on the disk before the folder gets its final name."""
    for file in folder.iterdir():
        with file.open("rb+") as opened:
            os.fsync(opened.fileno())


def _delete(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder, ignore_errors=True)
