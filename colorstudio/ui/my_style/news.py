"""What a training child tells, line by line, as values. Lines that are none are passed over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from colorstudio.core.failures import Failure, FailureKind, from_wording


@dataclass(frozen=True, slots=True)
class LeftOutPicture:
    """A picture that is not used, and why, in a sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class FolderNews:
    """What a folder holds. paths: the pictures used, where the child names them."""

    used: int
    held_back: int
    left_out: tuple[LeftOutPicture, ...]
    small: bool
    mixed: bool
    paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """How the held-back pages stood at a step: PSNR in dB; lineart None where it can't be."""

    step: int
    greyscale: float
    lineart: float | None


@dataclass(frozen=True, slots=True)
class Losses:
    """The losses by name after a step."""

    step: int
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class HeldPage:
    """One held-back page in one mode: pictures on the disk."""

    mode: str
    page: int
    truth: Path
    before: Path
    painted: Path


@dataclass(frozen=True, slots=True)
class StyleNews:
    """The style that came of it. no_better: a word for why it is no better than its start, or "";
    before and after: PSNR in dB by mode; pages: so many were held back."""

    name: str
    pictures: int
    steps: int
    no_better: str
    ended_early: bool
    before: Mapping[str, float]
    after: Mapping[str, float]
    pages: int


def event_of(line: str) -> dict[str, Any]:
    """The event of a line; {} for anything else."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return event if isinstance(event, dict) and isinstance(event.get("event"), str) else {}


def folder_news(event: Mapping[str, Any]) -> FolderNews:
    """Of a `pictures` event."""
    rows = tuple(
        LeftOutPicture(Path(r["path"]), from_wording(r["reason"], r.get("wording")))
        for r in event["left_out"]
    )
    return FolderNews(
        event["used"],
        event["held_back"],
        rows,
        event["small"],
        event["mixed"],
        tuple(Path(path) for path in event.get("paths", ())),
    )


def look_of(event: Mapping[str, Any], figures: str = "psnr", step: str = "step") -> Look:
    """Of a `validation` event: the figures of now, or of the best so far."""
    row = event[figures]
    return Look(event[step], float(row["greyscale"]), row.get("lineart"))


def pages_of(event: Mapping[str, Any]) -> tuple[HeldPage, ...]:
    """Of a `pages` event."""
    parts = ("truth", "before", "painted")
    return tuple(
        HeldPage(row["mode"], row["page"], *(Path(row[part]) for part in parts))
        for row in event["pages"]
    )


def style_news(event: Mapping[str, Any]) -> StyleNews:
    """Of a `style` event."""
    evaluation = event["evaluation"]
    return StyleNews(
        event["name"],
        event["pictures"],
        event["steps"],
        event["no_better"] or "",
        event["ended_early"],
        _by_mode(evaluation.get("psnr before training", {})),
        _by_mode(evaluation.get("psnr", {})),
        evaluation.get("pictures", 0),
    )


def failure_of(event: Mapping[str, Any]) -> Failure:
    """Of a `failed` event."""
    row = event["failure"]
    sentence = from_wording(row["sentence"], row.get("wording"))
    return Failure(FailureKind(row["kind"]), sentence, row["detail"])


def _by_mode(figures: Mapping[str, float]) -> dict[str, float]:
    """`greyscale: auto` is called `greyscale` here."""
    return {name.partition(":")[0]: value for name, value in figures.items()}
