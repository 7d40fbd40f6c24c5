"""From what the artist points at to a batch of jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from colorstudio.core.failures import Failure
from colorstudio.core.modes import Mode
from colorstudio.core.naming import plan_outputs
from colorstudio.core.output_options import PLAIN_NAMES, Existing, OutputFormat
from colorstudio.core.scan import find_artworks
from colorstudio.jobs.job import Job


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
) -> Batch:
    """Plan one job per picture found in inputs (pictures and folders), with targets in output.

    Nothing is written. Pictures in the output folder are never taken as input. Raises
    ColorStudioError if an input is missing, if there is no picture at all, if a target would be
    one of the sources, or for a pattern of names that can't be used.
    """
    scan = find_artworks(inputs, recursive=recursive, exclude=output)
    plans = plan_outputs(scan.found, output, fmt, existing, pattern)
    jobs = tuple(
        Job(number, plan.source, plan.target, mode=mode, hints=hints, skip=plan.skip)
        for number, plan in enumerate(plans, start=first_id)
    )
    return Batch(jobs, scan.failures)
