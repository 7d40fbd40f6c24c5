"""What the studio has done for it away from the UI thread: looking around, and planning."""

import logging
import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from colorstudio.core.books import file_of, place_of
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, worded
from colorstudio.core.output_options import OUTPUT_NAME, Existing, is_result
from colorstudio.jobs.job import Job, JobState, JobUpdate
from colorstudio.styles.style import Style
from colorstudio.ui.records import Records, has_result
from colorstudio.ui.session import (
    Wishes,
    default_output,
    input_groups,
    without_clashes,
)
from colorstudio.ui.shelf import FileFacts
from colorstudio.ui.wording import name_of, named

if TYPE_CHECKING:
    from colorstudio.core.scan import Found
    from colorstudio.jobs.ledger import Ledger

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Planned:
    """Jobs for what was wished for, the folders their results go to, and what can't be opened."""

    jobs: tuple[Job, ...]
    outputs: tuple[Path, ...]
    failures: tuple[tuple[Path, Failure], ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a place. gone: how many vanished; saved: anew. `Latecomers` sees who came."""

    gone: int = 0
    saved: frozenset[Path] = frozenset()


@dataclass(frozen=True, slots=True)
class Listing:
    """What the browser is to show. folder None: pictures from several places.

    first: the picture to preview. reason: why nothing is there. facts: of the files, as far as
    they are known. done: pictures whose results are on the disk. stale: pictures whose results
    are ours and out of date. folders: that they lie in.
    changes: since the same place was listed before; None for another place.
    """

    folder: Path | None
    paths: tuple[Path, ...]
    first: Path | None = None
    reason: str = ""
    facts: Mapping[Path, FileFacts] = field(default_factory=dict)
    done: frozenset[Path] = frozenset()
    stale: frozenset[Path] = frozenset()
    folders: tuple[Path, ...] = ()
    changes: Changes | None = None


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


def list_pictures(
    folder: Path, wishes: Wishes, wanted: Path | None, before: Listing | None, records: Records
) -> Listing:
    """The pictures in a folder, without results of earlier batches; `wanted` is shown if there.

    before: the folder as it was listed before, if it was.

    Raises ColorStudioError.
    """
    from colorstudio.core.scan import find_artworks

    output = wishes.output or default_output(folder, is_folder=folder.is_dir())
    # The very search of a batch, so that results are known by the names a batch would give them.
    scan = find_artworks([folder], recursive=wishes.recursive, exclude=folder / OUTPUT_NAME)
    found = tuple(entry for entry in scan.found if not is_result(entry.path, [folder]))
    ledger = records.ledger_of(wishes) if output.is_dir() else None
    jobs = _jobs_there(folder, found, output, wishes, ledger)
    paths = tuple(job.source for job in jobs)
    done, stale = _done(jobs, ledger)
    listing = Listing(folder, paths, done=done, stale=stale)
    if before is not None:
        return _compared(_with_facts(listing), before)
    first = wanted if wanted in paths else next(iter(paths), None)
    return _with_facts(replace(listing, first=first))


def look_at(before: Listing) -> Listing:
    """The same pictures from several places, with the facts of their files."""
    return _compared(_with_facts(replace(before, first=None)), before)


def _compared(listing: Listing, before: Listing) -> Listing:
    """The listing with its changes; with the very paths of before, which makes them quick."""
    known = {path: path for path in before.paths}
    paths = tuple(known.get(path, path) for path in listing.paths)
    then, now = before.facts, listing.facts
    saved = frozenset(p for p in paths if p in then and p in now and then[p] != now[p])
    changes = Changes(len(known.keys() - set(paths)), saved)
    if paths == before.paths:
        paths = before.paths
    return replace(listing, paths=paths, changes=changes)


def _with_facts(listing: Listing) -> Listing:
    facts = {}
    for path in listing.paths:
        try:
            status = os.stat(file_of(path))
        except OSError:  # it vanished a moment ago
            continue
        facts[path] = FileFacts(status.st_size, status.st_mtime_ns)
    inside = dict.fromkeys(place_of(path) for path in listing.paths)
    return replace(listing, facts=facts, folders=tuple(inside))


def _jobs_there(
    place: Path,
    found: "Sequence[Found]",
    output: Path,
    wishes: Wishes,
    ledger: "Ledger | None",
) -> list[Job]:
    """What a batch would do with these, as far as that can be known: a book gives its pages.

    place: what they were found in. Raises what stands against it where that is a book itself.
    """
    from colorstudio.core.naming import Plan
    from colorstudio.jobs.planning import jobs_of, plan_targets

    try:
        plans = plan_targets(found, output, wishes.fmt, Existing.SKIP, wishes.pattern, ledger)
    except ColorStudioError:  # results would replace originals: told when the batch is planned
        plans = tuple(Plan(each.path, output / each.relative, skip=False) for each in found)
    like = Job(0, Path(), Path(), wishes.mode)
    jobs = []
    for plan in plans:
        try:
            jobs += jobs_of(plan, wishes.fmt, Existing.SKIP, like)
        except (ColorStudioError, OSError) as error:
            if plan.source == place:
                raise
            # Told when the batch is planned.
            _log.info("%s can't be opened: %s", ascii(str(plan.source)), error)
    return jobs


def _done(jobs: Sequence[Job], ledger: "Ledger | None") -> tuple[frozenset[Path], frozenset[Path]]:
    """Pictures whose results are there, and those whose results are ours and out of date."""
    there = [job for job in jobs if job.skip]
    stale = frozenset(job.source for job in there if ledger is not None and ledger.outdated(job))
    return frozenset(job.source for job in there) - stale, stale


@dataclass(frozen=True, slots=True)
class Renewal:
    """stale: jobs whose results are out of date. fresh: such as were, and are not any more."""

    stale: tuple[Job, ...] = ()
    fresh: tuple[Job, ...] = ()


def look_for_changes(
    rows: Sequence[tuple[Job, JobUpdate]], wishes: Wishes, records: Records
) -> Renewal:
    """Which results of jobs in the queue are gone, or would come out otherwise now."""
    from colorstudio.jobs.ledger import to_be_redone

    ledger, queued = records.ledger_of(wishes), JobState.QUEUED
    now = [(replace(job, mode=wishes.mode), update) for job, update in rows]
    again = [job for job, update in now if update.state is queued and job.redo]
    fresh = [replace(job, skip=True, redo=False) for job in again if _holds(job, ledger)]
    stale = [to_be_redone(job) for job, update in now if _is_stale(job, update, ledger)]
    return Renewal(tuple(stale), tuple(fresh))


def _is_stale(job: Job, update: JobUpdate, ledger: "Ledger | None") -> bool:
    """Whether a job that had its result, or was passed over, has to be done now."""
    if update.state is JobState.SKIPPED and not job.skip:
        return _is_wanted_now(job, update, ledger)
    skips = job.skip and update.state in (JobState.QUEUED, JobState.SKIPPED)
    return (skips or update.state is JobState.DONE) and not _holds(job, ledger)


def _holds(job: Job, ledger: "Ledger | None") -> bool:
    """Whether the job's result is there, and is what it would be now."""
    return has_result(job) and not (ledger is not None and ledger.outdated(job))


def _is_wanted_now(job: Job, update: JobUpdate, ledger: "Ledger | None") -> bool:
    """Whether a picture that was passed over, with no result to look for, is to be coloured now.

    One that has colours already was given hints or a mode since; others have a failure that says
    what stood against them.
    """
    if ledger is not None and ledger.outdated(job):
        return True
    return update.failure is None and (job.mode is not None or _has_hints(job.source))


def _has_hints(picture: Path) -> bool:
    from colorstudio.jobs.hint_files import read_hints

    try:
        return bool(read_hints(picture))
    except ColorStudioError:  # broken ones count for nothing
        return False


def any_book_changed(jobs: Sequence[Job]) -> bool:
    """Whether a book that these are pages of was saved anew since they were planned."""
    from colorstudio.jobs.books import fits_no_more

    return any(job.book is not None and fits_no_more(job) for job in jobs)


def plan_groups(wishes: Wishes, first_id: int, records: Records) -> Planned:
    """Plan all inputs, with jobs numbered from first_id on. Raises ColorStudioError.

    Results of ours that are out of date are to be made anew.
    """
    from colorstudio.jobs.planning import plan_batch

    jobs: list[Job] = []
    failures: list[tuple[Path, Failure]] = []
    groups = input_groups(wishes)
    ledger = records.ledger_of(wishes) if groups else None
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
                ledger=ledger,
            )
        except ColorStudioError as error:
            failures.append((group.inputs[0], error.failure))
            continue
        folders = [path for path in group.inputs if path.is_dir()]
        wanted = [job for job in batch.jobs if not group.pages or job.source in group.pages]
        jobs += [job for job in wanted if not is_result(job.source, folders)]
        failures += batch.failures
    if failures and not jobs:
        # That a place is empty says the browser, of the one in view; others' reasons come first.
        telling = [each for each in failures if each[1].kind is not FailureKind.NOTHING_TO_DO]
        told = places_failure(telling or failures)
        raise ColorStudioError(told.kind, told.sentence, told.detail)
    fresh = without_clashes(jobs if ledger is None else ledger.refreshed(jobs), ())
    numbered = tuple(replace(job, id=first_id + n) for n, job in enumerate(fresh))
    outputs = tuple(dict.fromkeys(group.output for group in groups))
    return Planned(numbered, outputs, tuple(failures))


def only_of(planned: Planned, sources: Collection[Path]) -> Planned:
    """What was planned for these, and which of them can't be opened."""
    wanted = set(sources)
    jobs = tuple(job for job in planned.jobs if job.source in wanted)
    failures = tuple(each for each in planned.failures if each[0] in wanted)
    return replace(planned, jobs=jobs, failures=failures)


def not_usable(others: Sequence[Path], *, nothing_else: bool) -> Failure:
    """Some of what was dropped is neither a folder nor a picture."""
    first = worded("“{name}”", name=name_of(others[0]))
    if len(others) > 1:
        first = worded("{first} and {count} more", first=first, count=len(others) - 1)
    ending = worded("The rest was opened.")
    if nothing_else:
        ending = worded("Drop pictures or a folder of pictures.")
    sentence = worded(
        "{first}: not a kind of picture that is known here. {ending}", first=first, ending=ending
    )
    return Failure(FailureKind.NOT_A_PICTURE, sentence)


def places_failure(failures: Sequence[tuple[Path, Failure]]) -> Failure:
    """Some places could not be looked into: one sentence for all, the rest as detail."""
    path, first = failures[0]
    number = len(failures)
    if number == 1:
        return named(path, first)
    sentence = worded(
        "{count} places were left out. The first, “{name}”: {reason}",
        count=number,
        name=name_of(path),
        reason=first.sentence,
    )
    detail = "\n".join(f"{path}: {failure.sentence}" for path, failure in failures)
    return Failure(first.kind, sentence, detail)
