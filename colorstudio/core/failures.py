"""What can go wrong, as data: a kind for programs, a sentence for the artist, a detail for us."""

import errno
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final


class FailureKind(StrEnum):
    """What sort of thing went wrong; the values are stable words for scripts."""

    NOT_FOUND = "not_found"
    NO_PERMISSION = "no_permission"
    NOT_A_PICTURE = "not_a_picture"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    OUT_OF_MEMORY = "out_of_memory"
    DISK_FULL = "disk_full"
    CANNOT_WRITE = "cannot_write"
    BAD_STYLE = "bad_style"
    BAD_NUMBERS = "bad_numbers"
    BAD_HINTS = "bad_hints"
    BAD_PALETTE = "bad_palette"
    DEVICE = "device"
    NOTHING_TO_DO = "nothing_to_do"
    USAGE = "usage"
    INTERNAL = "internal"


class Sentence(str):
    """A sentence that knows how it was put together, so that it can be said in other languages.

    template: English, with {names}; values: what stands for the names, sentences among them.
    """

    template: str
    values: dict[str, object]


def worded(template: str, **values: object) -> Sentence:
    """Put a sentence together; `template` is a literal text, so that translators find it."""
    sentence = Sentence(template.format(**values))
    sentence.template, sentence.values = template, values
    return sentence


def wording_of(sentence: str) -> dict[str, object]:
    """How a sentence is worded, as plain values for JSON; {} where that is not known."""
    if not isinstance(sentence, Sentence):
        return {}
    values = {
        name: wording_of(value) or str(value) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    return {"template": sentence.template, "values": values}


def from_wording(plain: str, wording: object) -> str:
    """The sentence of `wording_of`; `plain` where there is none, or a strange one."""
    if not isinstance(wording, dict) or not isinstance(wording.get("template"), str):
        return plain
    values = wording.get("values")
    if not isinstance(values, dict):
        return plain
    try:
        return worded(
            wording["template"],
            **{str(name): from_wording(str(value), value) if isinstance(value, dict) else value
               for name, value in values.items()},
        )  # fmt: skip
    except (KeyError, IndexError, ValueError):
        return plain


def marked(text: str) -> str:
    """Mark a literal text that `worded` gets later, so that translators find it."""
    return text


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that went wrong: `sentence` says what and what to do, `detail` is technical."""

    kind: FailureKind
    sentence: str
    detail: str = ""


class ColorStudioError(Exception):
    """An expected failure, raised with the sentence the artist will read."""

    def __init__(self, kind: FailureKind, sentence: str, detail: str = "") -> None:
        super().__init__(sentence)
        self.failure = Failure(kind, sentence, detail)

    def __reduce__(self) -> tuple[type["ColorStudioError"], tuple[FailureKind, str, str]]:
        return type(self), (self.failure.kind, self.failure.sentence, self.failure.detail)


_Wording = tuple[FailureKind, str]

_DISK_FULL: Final[_Wording] = (
    FailureKind.DISK_FULL,
    marked(
        "The disk is full. Make room, then run the same command again: finished pictures are kept."
    ),
)
_GONE: Final[_Wording] = (
    FailureKind.NOT_FOUND,
    marked("{what} is not there. Check the name, and that its drive is connected."),
)
_DRIVE: Final[_Wording] = (
    FailureKind.DAMAGED,
    marked("The drive that holds {what} does not answer properly. Check it, then try again."),
)
_TOO_MANY_OPEN: Final[_Wording] = (
    FailureKind.INTERNAL,
    marked("The system allows no more open files. Close other programs, then try again."),
)
_NAME_TOO_LONG: Final[_Wording] = (
    FailureKind.CANNOT_WRITE,
    marked(
        "The name of {what} is too long for its disk. Use a shorter name or a folder higher up."
    ),
)
_NO_MEMORY: Final[_Wording] = (
    FailureKind.OUT_OF_MEMORY,
    marked("There is not enough memory for {what}. Close other programs or use a smaller picture."),
)
_DENIED: Final[_Wording] = (
    FailureKind.NO_PERMISSION,
    marked(
        "There is no permission to open {what}. Change its permissions, or close the "
        "program that uses it."
    ),
)

_HELD: Final[_Wording] = (
    FailureKind.CANNOT_WRITE,
    marked(
        "{what} can't be replaced: it is write-protected, or open in another program. Close it "
        "there, then start again."
    ),
)

_BY_ERRNO: Final[dict[int, _Wording]] = {
    errno.ENOSPC: _DISK_FULL,
    errno.EDQUOT: _DISK_FULL,
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: (
        FailureKind.CANNOT_WRITE,
        marked("The output folder is read-only. Choose another one."),
    ),
    errno.EISDIR: (FailureKind.USAGE, marked("{what} is a folder. Choose a picture in it.")),
    errno.EEXIST: (FailureKind.CANNOT_WRITE, marked("{what} exists already. Choose another name.")),
    errno.ENAMETOOLONG: _NAME_TOO_LONG,
    errno.ELOOP: (
        FailureKind.NOT_FOUND,
        marked("{what} is a link that leads round in a circle. Choose the real file."),
    ),
    errno.EFBIG: (
        FailureKind.CANNOT_WRITE,
        marked(
            "{what} grew larger than its disk or account allows. Choose another folder or format."
        ),
    ),
    errno.EIO: _DRIVE,
    errno.ENXIO: _DRIVE,
    errno.ENODEV: _DRIVE,
    errno.ESTALE: _DRIVE,
    errno.ETIMEDOUT: _DRIVE,
    errno.EMFILE: _TOO_MANY_OPEN,
    errno.ENFILE: _TOO_MANY_OPEN,
    errno.ENOMEM: _NO_MEMORY,
}

# While a result is being written, the same numbers mean something else to the artist.
_WRITING_BY_ERRNO: Final[dict[int, _Wording]] = {
    **{
        number: (FailureKind.CANNOT_WRITE, _DRIVE[1])
        for number in (errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE, errno.ETIMEDOUT)
    },
    errno.EACCES: _BY_ERRNO[errno.EROFS],
    errno.EPERM: _BY_ERRNO[errno.EROFS],
    errno.ENOENT: (
        FailureKind.CANNOT_WRITE,
        marked("The output folder is gone. Choose another one, or connect its drive again."),
    ),
    errno.ENOTDIR: (
        FailureKind.CANNOT_WRITE,
        marked(
            "The output folder cannot be made: a file of that name is in the way. Choose "
            "another one."
        ),
    ),
    errno.EEXIST: (
        FailureKind.CANNOT_WRITE,
        marked(
            "The output folder cannot be made: a file of that name is in the way. Choose "
            "another one."
        ),
    ),
    errno.EISDIR: (
        FailureKind.CANNOT_WRITE,
        marked("{what} cannot be written: a folder of that name is in the way. Move the folder."),
    ),
}


def describe(error: BaseException, path: Path | None = None, *, writing: bool = False) -> Failure:
    """Turn any exception into a failure with a sentence.

    `path` is the file or folder that was worked on; its name appears in the sentence. Give
    `writing=True` where a result was being written: a refusal then concerns the output folder.
    """
    if isinstance(error, ColorStudioError):
        return error.failure
    detail = printable(f"{type(error).__name__}: {error}")
    what = _name_of(error, path)
    wording = _wording(error, writing)
    if wording is None:
        return Failure(FailureKind.INTERNAL, _unexpected(error, what), detail)
    return Failure(wording[0], worded(wording[1], what=what), detail)


def _wording(error: BaseException, writing: bool) -> _Wording | None:
    """What is known of such an error; None for one that nobody thought of."""
    if isinstance(error, MemoryError):
        return _NO_MEMORY
    number = error.errno if isinstance(error, OSError) else None
    if number is not None:
        if writing and number in (errno.EACCES, errno.EPERM) and _was_renamed(error):
            return _HELD
        if writing and number in _WRITING_BY_ERRNO:
            return _WRITING_BY_ERRNO[number]
        if number in _BY_ERRNO:
            return _BY_ERRNO[number]
    return None


def _was_renamed(error: BaseException) -> bool:
    """True where the new file was written beside the old one: their folder takes files."""
    return isinstance(error, OSError) and error.filename2 is not None


def _unexpected(error: BaseException, what: str) -> Sentence:
    return worded(
        "Something unexpected happened with {what} ({error}). The other pictures are not "
        "affected. Please report it together with the log.",
        what=what,
        error=f"{type(error).__name__}: {printable(str(error))[:200]}",
    )


def _name_of(error: BaseException, path: Path | None) -> str:
    name = str(path.name or path) if path is not None else ""
    if not name and isinstance(error, OSError) and isinstance(error.filename, str):
        name = Path(error.filename).name
    return f"“{printable(name)}”" if name else worded("the file")


# Zero-width joiners belong to emoji and to several scripts, and cannot reorder a line.
_HARMLESS_FORMAT: Final = "\u200c\u200d"


def printable(text: str) -> str:
    """Give `text` as one line that is safe on a terminal, in a log and in a window.

    Line breaks and tabs become spaces; other control characters (escape codes, changes of
    writing direction) and lone surrogates (file names that are no valid text) become U+FFFD.
    """
    if text.isprintable():
        return text
    return "".join(_safe_character(character) for character in text)


def _safe_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Zl", "Zp") or character in "\t\n\v\f\r\x85":
        return " "
    if category in ("Cc", "Cs") or (category == "Cf" and character not in _HARMLESS_FORMAT):
        return "\ufffd"
    return character
