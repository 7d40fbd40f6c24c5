"""What the studio has done for it away from the UI thread: looking around, and planning."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from colorstudio.core.failures import ColorStudioError, Failure, FailureKind
from colorstudio.jobs.job import Job
from colorstudio.styles.style import Style
from colorstudio.ui.session import (
    OUTPUT_NAME,
    Wishes,
    input_groups,
    is_result,
    without_clashes,
)
from colorstudio.ui.wording import name_of

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """Jobs for what was wished for, the folders their results go to, and what can't be opened."""

    jobs: tuple[Job, ...]
    outputs: tuple[Path, ...]
    failures: tuple[tuple[Path, Failure], ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """What the browser is to show. folder None: pictures from several places.

    first: the picture to preview. reason: why nothing is there.
    """

    folder: Path | None
    paths: tuple[Path, ...]
    first: Path | None = None
    reason: str = ""


def picture_suffixes() -> frozenset[str]:
    """What names of pictures end in; lower case, with the dot."""
    from colorstudio.core.reading import SUFFIXES  # pillow comes with it: not at the start

    return SUFFIXES


def list_styles() -> list[Style]:
    """Every style that can be read; the others are noted in the log."""
    from colorstudio.styles.library import StyleLibrary

    library = StyleLibrary()
    styles = library.list()
    for folder, failure in library.broken:
        _log.warning("style in %s left out: %s", folder, failure.sentence)
    return styles


def list_pictures(folder: Path, recursive: bool, wanted: Path | None) -> Listing:
    """The pictures in a folder, without results of earlier batches; `wanted` is shown if there.

    Raises ColorStudioError.
    """
    from colorstudio.core.scan import find_artworks

    scan = find_artworks([folder], recursive=recursive, exclude=folder / OUTPUT_NAME)
    found = [entry.path for entry in scan.found]
    paths = tuple(path for path in found if not is_result(path, [folder]))
    return Listing(folder, paths, wanted if wanted in paths else next(iter(paths), None))


def plan_groups(wishes: Wishes, first_id: int) -> Planned:
    """Plan all inputs, with jobs numbered from first_id on. Raises ColorStudioError."""
    from colorstudio.jobs.planning import plan_batch

    jobs: list[Job] = []
    failures: list[tuple[Path, Failure]] = []
    groups = input_groups(wishes)
    for group in groups:
        try:
            batch = plan_batch(
                group.inputs,
                group.output,
                recursive=wishes.recursive,
                fmt=wishes.fmt,
                existing=wishes.existing,
                pattern=wishes.pattern,
                mode=wishes.mode,
            )
        except ColorStudioError as error:
            failures.append((group.inputs[0], error.failure))
            continue
        folders = [path for path in group.inputs if path.is_dir()]
        jobs += [job for job in batch.jobs if not is_result(job.source, folders)]
        failures += batch.failures
    if failures and not jobs:
        first = failures[0][1]
        raise ColorStudioError(first.kind, first.sentence, first.detail)
    fresh = without_clashes(jobs, ())
    numbered = tuple(replace(job, id=first_id + n) for n, job in enumerate(fresh))
    outputs = tuple(group.output for group in groups)
    return Planned(numbered, outputs, tuple(failures))


def not_usable(others: Sequence[Path], *, nothing_else: bool) -> Failure:
    """Some of what was dropped is neither a folder nor a picture."""
    first = name_of(others[0])
    rest = f" and {len(others) - 1} more" if len(others) > 1 else ""
    ending = "Drop pictures or a folder of pictures." if nothing_else else "The rest was opened."
    sentence = f"“{first}”{rest}: not a kind of picture that is known here. {ending}"
    return Failure(FailureKind.NOT_A_PICTURE, sentence)


def places_failure(failures: Sequence[tuple[Path, Failure]]) -> Failure:
    """Some places could not be looked into: one sentence for all, the rest as detail."""
    path, first = failures[0]
    number = len(failures)
    if number == 1:
        return Failure(first.kind, f"“{name_of(path)}”: {first.sentence}", first.detail)
    sentence = f"{number} places were left out. The first, “{name_of(path)}”: {first.sentence}"
    detail = "\n".join(f"{path}: {failure.sentence}" for path, failure in failures)
    return Failure(first.kind, sentence, detail)
