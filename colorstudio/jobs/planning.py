"""From what the artist points at to a batch of jobs."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.failures import Failure, FailureKind, describe
from colorstudio.core.modes import Mode
from colorstudio.core.naming import Plan, fold, plan_outputs, result_is_there
from colorstudio.core.output_options import PLAIN_NAMES, Existing, OutputFormat, alternatives
from colorstudio.core.scan import Found, find_artworks
from colorstudio.jobs.books import plan_pages
from colorstudio.jobs.job import Job
from colorstudio.jobs.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs to do, in order, and the places that could not even be looked into."""

    jobs: tuple[Job, ...]
    failures: tuple[tuple[Path, Failure], ...] = ()


def plan_batch(
    inputs: Sequence[Path],
    output: Path,
    *,
    recursive: bool = True,
    fmt: OutputFormat = OutputFormat.KEEP,
    existing: Existing = Existing.SKIP,
    pattern: str = PLAIN_NAMES,
    mode: Mode | None = None,
    hints: Path | None = None,
    first_id: int = 1,
    ledger: Ledger | None = None,
    whole_books: bool = False,
) -> Batch:
    """Plan one job per picture found in inputs (pictures, folders, books), with targets in output.

    Each page of a CBZ, ZIP or PDF is a job too. ledger: knows whose results lie there: that of
    another picture does not count. whole_books: a finished book with nothing to do comes as one
    job. A ZIP in a folder is a book only if it has pages. Nothing is written. Pictures in the
    output folder are never taken as input. Raises ColorStudioError if an input is missing, if
    there is no picture at all, if a target would be one of the sources, or for a pattern of names
    that can't be used.
    """
    scan = find_artworks(inputs, recursive=recursive, exclude=output)
    failures = list(scan.failures)
    like = Job(0, Path(), Path(), mode, hints, replaces=existing is Existing.OVERWRITE)
    jobs: list[Job] = []
    no_books: list[tuple[Path, Failure]] = []
    for plan in plan_targets(scan.found, output, fmt, existing, pattern, ledger):
        whole = replace(like, source=plan.source, target=plan.target, skip=plan.skip)
        try:
            planned = jobs_of(plan, fmt, existing, like)
        except Exception as error:  # one bad archive must not end the batch
            failure = describe(error, plan.source)
            if plan.skip:
                jobs.append(whole)
            elif failure.kind is FailureKind.NOTHING_TO_DO and _may_hold_anything(plan, inputs):
                no_books.append((plan.source, failure))
            else:
                failures.append((plan.source, failure))
            continue
        at_rest = plan.skip and whole_books and not any(_has_work(page, ledger) for page in planned)
        jobs += [whole] if at_rest else planned
    numbered = (replace(job, id=number) for number, job in enumerate(jobs, start=first_id))
    return Batch(tuple(numbered), tuple(failures if jobs or failures else no_books))


def plan_targets(
    found: Sequence[Found],
    output: Path,
    fmt: OutputFormat,
    existing: Existing,
    pattern: str,
    ledger: Ledger | None,
) -> tuple[Plan, ...]:
    """Name the outputs as `plan_outputs` does, and keep clear of other pictures' results.

    Those of two folders may come to one place by two batches that know nothing of each other.
    """
    plans = plan_outputs(found, output, fmt, existing, pattern)
    if ledger is None or not any(plan.skip for plan in plans):
        return plans
    taken = {fold(plan.target) for plan in plans}
    return tuple(_with_own_place(plan, taken, ledger) for plan in plans)


def _with_own_place(plan: Plan, taken: set[str], ledger: Ledger) -> Plan:
    if not plan.skip or not ledger.is_of_another(plan.target, plan.source):
        return plan
    own = next(
        place
        for place in alternatives(plan.target)
        if fold(place) not in taken
        and (not result_is_there(place) or ledger.is_of(place, plan.source))
    )
    taken.add(fold(own))
    return replace(plan, target=own, skip=result_is_there(own))


def jobs_of(plan: Plan, fmt: OutputFormat, existing: Existing, like: Job) -> list[Job]:
    """The job of a picture, or those of a book's pages: all to be skipped if the book is there.

    like: a job with what they have in common. Raises ColorStudioError and OSError for a book.
    """
    if plan.source.suffix.lower() not in BOOK_SUFFIXES:
        return [replace(like, source=plan.source, target=plan.target, skip=plan.skip)]
    return [
        replace(
            like,
            source=page.source,
            target=page.target,
            skip=page.skip or plan.skip,
            book=plan.target,
        )
        for page in plan_pages(plan, fmt, existing)
    ]


def _may_hold_anything(plan: Plan, inputs: Sequence[Path]) -> bool:
    """True for an archive that nobody named: brushes, say, that lie among the pages."""
    return plan.source.suffix.lower() == ".zip" and plan.source not in inputs


def _has_work(page: Job, ledger: Ledger | None) -> bool:
    """Whether a page of a finished book is to be made anew, or waits to be put into it.

    A folder in a book may have a name that is too long for the disk: nothing waits there.
    """
    return os.path.exists(page.target) or (ledger is not None and ledger.outdated(page))
