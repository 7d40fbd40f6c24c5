"""From what the artist points at to a batch of jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colorstudio.core.books import BOOK_SUFFIXES, split_page
from colorstudio.core.failures import Failure, describe
from colorstudio.core.modes import Mode
from colorstudio.core.naming import Plan, plan_outputs
from colorstudio.core.output_options import PLAIN_NAMES, Existing, OutputFormat
from colorstudio.core.scan import find_artworks
from colorstudio.jobs.books import Book, plan_pages
from colorstudio.jobs.job import Job


@dataclass(frozen=True, slots=True)
class Batch:
    """The jobs to do, in order, the places that could not even be looked into, and the books
    that some jobs' results are pages of."""

    jobs: tuple[Job, ...]
    failures: tuple[tuple[Path, Failure], ...] = ()
    books: tuple[Book, ...] = ()


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
    books: bool = False,
) -> Batch:
    """Plan one job per picture found in inputs (pictures and folders), with targets in output.

    Nothing is written. Pictures in the output folder are never taken as input. With `books`,
    each page of a CBZ, ZIP or PDF is a job too. Raises ColorStudioError if an input is missing,
    if there is no picture at all, if a target would be one of the sources, or for a pattern of
    names that can't be used.
    """
    scan = find_artworks(inputs, recursive=recursive, exclude=output, books=books)
    failures = list(scan.failures)
    planned: list[tuple[Plan, Path | None]] = []
    for plan in plan_outputs(scan.found, output, fmt, existing, pattern):
        if plan.skip or not books or plan.source.suffix.lower() not in BOOK_SUFFIXES:
            planned.append((plan, None))
            continue
        try:
            planned += [(page, plan.target) for page in plan_pages(plan, fmt, existing)]
        except Exception as error:  # one bad archive must not end the batch
            failures.append((plan.source, describe(error, plan.source)))
    replaces = existing is Existing.OVERWRITE
    jobs = tuple(
        Job(
            number,
            plan.source,
            plan.target,
            mode=mode,
            hints=hints,
            skip=plan.skip,
            book=book,
            replaces=replaces,
        )
        for number, (plan, book) in enumerate(planned, start=first_id)
    )
    return Batch(jobs, tuple(failures), _books_of(jobs, replaces=replaces))


def _books_of(jobs: Sequence[Job], *, replaces: bool) -> tuple[Book, ...]:
    pages: dict[tuple[Path, Path], list[tuple[str, Path, int]]] = {}
    for job in jobs:
        place = split_page(job.source) if job.book is not None else None
        if place is not None and job.book is not None:
            pages.setdefault((place[0], job.book), []).append((place[1], job.target, job.id))
    return tuple(
        Book(source, target, tuple(each), replaces) for (source, target), each in pages.items()
    )
