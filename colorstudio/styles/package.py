"""A style as one .colorstyle file (a zip), to pass on and to take in."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded
from colorstudio.core.reading import read_size
from colorstudio.core.small_files import read_small
from colorstudio.core.writing import atomic_path
from colorstudio.core.zips import BOUNDED_KINDS
from colorstudio.styles.checks import MAX_GENERATOR_BYTES, check_style
from colorstudio.styles.library import STYLE_FILES, StyleLibrary
from colorstudio.styles.style import DESCRIPTION_FILE, GENERATOR_FILE, Style, UnfitStyleError

SUFFIX = ".colorstyle"
MAX_PACKAGE_BYTES = MAX_GENERATOR_BYTES + (16 << 20)
MAX_SAMPLE_SIDE = 4096
_MOST_OVERHEAD = 1 << 20  # of the zip, beside what it holds


def export_style(style: Style, target: Path) -> Path:
    """Write the style as one .colorstyle file and return its path.

    A target without the suffix gets it; a file that is there already is replaced. Raises
    ColorStudioError if the style does not pass its checks or the file can't be written.
    """
    check_style(style)
    if target.suffix.lower() != SUFFIX:
        target = target.with_name(target.name + SUFFIX)
    try:
        with (
            atomic_path(target) as beside,
            zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package,
        ):
            for name in STYLE_FILES:
                if (style.folder / name).is_file():
                    package.write(style.folder / name, name)
    except OSError as error:
        failure = describe(error, target, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    return target


def import_style(file: Path, library: StyleLibrary, *, name: str | None = None) -> Style:
    """Take a .colorstyle file into the library, under another name if one is given.

    Raises ColorStudioError: BAD_STYLE if the file is none, is damaged, holds anything but a
    style's files or does not pass the checks; USAGE if the name is taken. The library then stays
    as it was.
    """
    # What lies under its name may be a pipe, which a ZIP reader would wait for without end.
    data = read_small(file, MAX_PACKAGE_BYTES + _MOST_OVERHEAD)
    if data is None:
        raise _too_large(file)
    with library.staging() as stage:
        with _telling_zip_failures(file), zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_members(package, file)
            for member in package.infolist():
                (stage / member.filename).write_bytes(_read_member(package, member, file))
        _check_sample(stage, file)
        try:
            return library.adopt(stage, name=name)
        except UnfitStyleError as error:  # its name may be that of a good style in the library
            raise _refused(file, error.why, error.failure.detail) from error


def _check_members(package: zipfile.ZipFile, file: Path) -> None:
    """Only a style's own files, each once, and not too much of it, by what the zip declares."""
    members = package.infolist()
    names = [member.filename for member in members]
    if len(set(names)) != len(names) or not set(names) <= set(STYLE_FILES):
        raise _refused(
            file, worded("it holds files that do not belong to a style"), ", ".join(names[:20])
        )
    if not {GENERATOR_FILE, DESCRIPTION_FILE} <= set(names):
        raise _refused(file, worded("it holds no complete style"), ", ".join(names))
    for member in members:
        # zipfile unpacks the others without a bound: a few kilobytes of them fill all memory.
        if member.compress_type not in BOUNDED_KINDS:
            reason = f"{member.filename}: compression {member.compress_type}"
            raise _refused(file, worded("it is no style file, or a damaged one"), reason)
    if sum(member.file_size for member in members) > MAX_PACKAGE_BYTES:
        raise _too_large(file)


def _read_member(package: zipfile.ZipFile, member: zipfile.ZipInfo, file: Path) -> bytes:
    """The bytes of one file; never more of them than declared, whatever the zip then yields."""
    with package.open(member) as stream:
        data = stream.read(member.file_size + 1)
    if len(data) != member.file_size:
        raise _refused(file, worded("it is damaged"), member.filename)
    return data


def _check_sample(stage: Path, file: Path) -> None:
    sample = next((p for p in stage.iterdir() if p.stem == "sample"), None)
    if sample is None:
        return
    try:
        size = read_size(sample)
    except ColorStudioError as error:
        raise _refused(file, worded("its sample is no picture"), error.failure.detail) from error
    if max(size) > MAX_SAMPLE_SIDE:
        raise _refused(file, worded("its sample picture is too large"))


@contextmanager
def _telling_zip_failures(file: Path) -> Iterator[None]:
    try:
        yield
    except ColorStudioError:
        raise
    except OSError as error:
        failure = describe(error, file)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    except Exception as error:  # zipfile and its decompressors raise a dozen types
        reason = f"{type(error).__name__}: {error}"
        raise _refused(file, worded("it is no style file, or a damaged one"), reason) from error


def _too_large(file: Path) -> ColorStudioError:
    why = worded("it is larger than {most} MiB when unpacked", most=MAX_PACKAGE_BYTES >> 20)
    return _refused(file, why)


def _refused(file: Path, why: str, detail: str = "") -> ColorStudioError:
    sentence = worded(
        "“{name}” can't be imported: {why}. Get the file again.", name=printable(file.name), why=why
    )
    return ColorStudioError(FailureKind.BAD_STYLE, sentence, printable(detail))
