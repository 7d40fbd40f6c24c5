"""`colorstudio colorize`: colour a batch of pictures without a window."""

import argparse
import logging
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from colorstudio.cli.interrupt import interruptible
from colorstudio.cli.report import Report
from colorstudio.core.cancel import CancelToken
from colorstudio.core.failures import ColorStudioError, FailureKind, describe, printable
from colorstudio.core.hints import load_hints
from colorstudio.core.log import log_to_file
from colorstudio.core.mode import Mode
from colorstudio.core.naming import Existing, OutputFormat
from colorstudio.core.palette import palette_of
from colorstudio.core.reading import read_artwork
from colorstudio.core.writing import remove_leftovers
from colorstudio.inference.colorizer import Colorizer
from colorstudio.inference.providers import ProviderReport
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.pipeline import run_batch
from colorstudio.jobs.planning import Batch, plan_batch
from colorstudio.jobs.queue import JobQueue
from colorstudio.jobs.storing import check_can_store_in
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import Style

_log = logging.getLogger(__name__)


def run(namespace: argparse.Namespace) -> int:
    """Colour what the arguments name and return the exit status.

    Raises ColorStudioError where nothing can be started; a batch that has started only reports.
    """
    with log_to_file(), interruptible() as token:
        batch = _plan(namespace)
        style = StyleLibrary().find(namespace.style)
        palette = None if namespace.palette is None else _palette(namespace.palette, style)
        if namespace.hints is not None:
            load_hints(namespace.hints)  # broken ones are told before the work, not after
        colorizer = None
        if not all(job.skip for job in batch.jobs):  # else a second run over a finished folder
            colorizer = Colorizer(style, namespace.device)
            _prepare_output(namespace.output, batch)
        # From here on nothing refuses the whole batch: only now is there anything to report.
        report = Report(batch, as_json=namespace.json, quiet=namespace.quiet)
        _log.info("%d pictures with %s", len(batch.jobs), style.info.name)
        used = _color(batch, colorizer, palette, token, report)
        return report.finish(
            interrupted=token.cancelled,
            provider=used.name if used else "",
            fallback=used.reason if used else "",
        )


def _plan(namespace: argparse.Namespace) -> Batch:
    return plan_batch(
        namespace.inputs,
        namespace.output,
        recursive=namespace.recursive,
        fmt=OutputFormat(namespace.format),
        existing=Existing(namespace.existing),
        mode=None if namespace.mode == "auto" else Mode(namespace.mode),
        hints=namespace.hints,
    )


def _palette(picture: Path, style: Style) -> NDArray[np.float32]:
    """The palette of a finished picture."""
    if style.info.palette_size == 0:
        raise ColorStudioError(
            FailureKind.BAD_PALETTE,
            f"The style “{style.info.name}” takes no palette. "
            "Choose another style or leave the palette out.",
        )
    try:
        pixels = read_artwork(picture).pixels
    except ColorStudioError as error:
        failure, name = error.failure, printable(picture.name)
        sentence = f"The palette “{name}” can't be used. {failure.sentence}"
        raise ColorStudioError(failure.kind, sentence, failure.detail) from error
    if pixels.ndim == 2:
        raise ColorStudioError(
            FailureKind.BAD_PALETTE,
            f"“{printable(picture.name)}” has no colours to take a palette from. "
            "Choose a finished picture.",
        )
    return palette_of(pixels)


def _prepare_output(output: Path, batch: Batch) -> None:
    """Make the output folder, see that it takes files, and clear away what a dead run left."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        check_can_store_in(output)
    except OSError as error:
        failure = describe(error, output, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    for folder in {job.target.parent for job in batch.jobs}:
        if folder.is_dir():
            remove_leftovers(folder)


def _color(
    batch: Batch,
    colorizer: Colorizer | None,
    palette: NDArray[np.float32] | None,
    token: CancelToken,
    report: Report,
) -> ProviderReport | None:
    """Work the batch off; gives what the generator ran on at the end.

    colorizer None: every picture has its result already.
    """
    if colorizer is None:
        for job in batch.jobs:
            report(JobUpdate(job.id, JobState.SKIPPED))
        return None
    queue = JobQueue()
    queue.add(batch.jobs)
    run_batch(queue, colorizer, token, report, palette=palette)
    return colorizer.provider
