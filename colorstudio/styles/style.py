"""A style: an exported generator with the description that travels with it."""

import json
import unicodedata
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable, worded
from colorstudio.core.small_files import TooLargeError, read_within

FORMAT_VERSION = 1
GENERATOR_FILE = "generator.onnx"
DESCRIPTION_FILE = "style.json"
SAMPLE_FILES = ("sample.png", "sample.webp")

HINT_FORMS = ("dots", "spread")
PAINTS = ("finished", "mean")

MAX_DESCRIPTION_BYTES = 1 << 20
MAX_NAME_LENGTH = 64

# Smallest and largest value of each number in a description.
_RANGES: dict[str, tuple[int, int]] = {
    "format_version": (1, FORMAT_VERSION),
    "pictures": (0, 10**9),
    "steps": (0, 10**12),
    "working_size": (16, 4096),
    "multiple": (1, 256),
    "palette_size": (0, 4096),
}


@dataclass(frozen=True, slots=True)
class StyleInfo:
    """What style.json says about a style.

    working_size: long side, in pixels, at which the generator works; multiple: what height and
    width must be a multiple of; palette_size: numbers in a palette, 0 where the generator takes
    none; hints: "spread" where the generator wants them spread over the picture, "dots" where it
    wants them as they were placed; paint: "mean" where paint on bare lines, unless a palette is
    told, is the pale mean of all that it could be, else "finished"; sha256: of generator.onnx,
    lower-case hex; date: ISO 8601; evaluation: figures by name.
    """

    name: str
    working_size: int
    multiple: int
    sha256: str
    palette_size: int = 0
    hints: str = "dots"
    paint: str = "finished"
    format_version: int = FORMAT_VERSION
    description: str = ""
    author: str = ""
    licence: str = ""
    credits: tuple[str, ...] = ()
    recipe: str = ""
    pictures: int = 0
    steps: int = 0
    date: str = ""
    evaluation: dict[str, Any] = field(default_factory=dict, hash=False)

    def to_json(self) -> str:
        """The text of style.json."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, text: str, *, where: str = "the style") -> Self:
        """Read the text of a style.json; keys that this version does not know are left aside.

        where names the style in the sentence of the ColorStudioError (BAD_STYLE) that anything
        unfit raises.
        """
        try:
            values = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise unfit(where, worded("its style.json is no JSON"), str(error)) from error
        if not isinstance(values, dict):
            raise unfit(where, worded("its style.json holds no description"))
        _check_version(values.get("format_version", FORMAT_VERSION), where)
        known = {entry.name for entry in fields(cls)}
        wanted = {key: value for key, value in values.items() if key in known}
        missing = {"name", "working_size", "multiple", "sha256"} - wanted.keys()
        if missing:
            raise unfit(where, worded("its style.json lacks {missing}", missing=_listed(missing)))
        for key, value in wanted.items():
            wanted[key] = _checked(key, value, where)
        return cls(**wanted)


@dataclass(frozen=True, slots=True)
class Style:
    """A style in its folder. bundled: it came with the program and can't be removed."""

    folder: Path
    info: StyleInfo
    bundled: bool = False

    @property
    def generator(self) -> Path:
        """The ONNX file."""
        return self.folder / GENERATOR_FILE

    @property
    def sample(self) -> Path | None:
        """The sample picture, when there is one."""
        return next((p for n in SAMPLE_FILES if (p := self.folder / n).is_file()), None)


def load_style(folder: Path, *, bundled: bool = False) -> Style:
    """Read a style's description; the generator is only looked for, not opened.

    Raises ColorStudioError (BAD_STYLE, or what the disk says) naming the folder.
    """
    file = folder / DESCRIPTION_FILE
    try:
        if not file.is_file():
            raise unfit(folder.name, worded("it has no {file}", file=DESCRIPTION_FILE))
        # "-sig": some editors put a mark at the start
        text = read_within(file, MAX_DESCRIPTION_BYTES).decode("utf-8-sig")
    except TooLargeError as error:
        too_large = worded("its {file} is far too large", file=DESCRIPTION_FILE)
        raise unfit(folder.name, too_large) from error
    except UnicodeDecodeError as error:
        raise unfit(
            folder.name, worded("its {file} is no text", file=DESCRIPTION_FILE), str(error)
        ) from error
    except OSError as error:
        failure = describe(error, file)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    info = StyleInfo.from_json(text, where=folder.name)
    if not (folder / GENERATOR_FILE).is_file():
        raise unfit(info.name, worded("it has no {file}", file=GENERATOR_FILE))
    return Style(folder, info, bundled)


class UnfitStyleError(ColorStudioError):
    """A style can't be used. why: the reason alone, for a sentence that names a file instead."""

    why = ""


def unfit(name: str, why: str, detail: str = "") -> UnfitStyleError:
    """The failure of a style that can't be used: which one, why, and what to do."""
    sentence = worded(
        "The style “{name}” can't be used: {why}. Get it again, or remove it.",
        name=printable(name),
        why=why,
    )
    error = UnfitStyleError(FailureKind.BAD_STYLE, sentence, printable(detail))
    error.why = why
    return error


def _check_version(version: Any, where: str) -> None:
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise unfit(where, worded("it was made for a newer Color Studio"))


def _checked(key: str, value: Any, where: str) -> Any:
    """The value as StyleInfo holds it; BAD_STYLE if its type or range is wrong."""
    if not _is_right(key, value):
        why = worded("the value of “{key}” in its style.json is wrong", key=key)
        raise unfit(where, why, repr(value)[:200])
    if key == "name":
        return checked_name(value, where)
    return tuple(value) if key == "credits" else value


def _is_right(key: str, value: Any) -> bool:
    if key in _RANGES:
        lowest, highest = _RANGES[key]
        return type(value) is int and lowest <= value <= highest
    if key == "credits":
        return isinstance(value, list) and all(isinstance(line, str) for line in value)
    if key in ("hints", "paint"):
        return value in (HINT_FORMS if key == "hints" else PAINTS)
    return isinstance(value, dict if key == "evaluation" else str)


def checked_name(name: str, where: str) -> str:
    """A name is one line of visible characters, so that it can be shown, typed and listed."""
    fault = fault_of_name(name)
    if fault:
        raise unfit(where, fault)
    return name


def fault_of_name(name: str) -> str:
    """Why no style can have that name; "" where one can."""
    if name.strip() != name or not 0 < len(name) <= MAX_NAME_LENGTH or printable(name) != name:
        return worded("its name must be one line of 1 to {most} characters", most=MAX_NAME_LENGTH)
    if any(mark in name for mark in '/\\:*?"<>|') or name.startswith("."):
        return worded("its name has characters that no folder can have")
    return ""


def name_key(name: str) -> str:
    """Names that an artist would take for the same name have the same key."""
    return unicodedata.normalize("NFC", name).casefold()


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
