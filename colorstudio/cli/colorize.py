"""`colorstudio colorize`: colour a batch of pictures without a window."""

import argparse
import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from colorstudio.cli.console import complain
from colorstudio.cli.interrupt import interruptible
from colorstudio.cli.report import Report
from colorstudio.core import places
from colorstudio.core.cancel import CancelToken
from colorstudio.core.failures import ColorStudioError, FailureKind, describe
from colorstudio.core.hints import load_hints
from colorstudio.core.log import log_to_file
from colorstudio.core.mode import Mode
from colorstudio.core.output_options import LAYERED_FORMATS, Existing, OutputFormat
from colorstudio.core.palette_files import Palette, read_palette
from colorstudio.core.request import ColorRequest, checked_flat
from colorstudio.core.writing import remove_leftovers
from colorstudio.inference.colorizer import Colorizer
from colorstudio.inference.providers import ProviderReport
from colorstudio.jobs.guarded_reading import batch_reader
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.journal import Journal
from colorstudio.jobs.ledger import Ledger
from colorstudio.jobs.packing import BookPacker
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
    _check_wishes(namespace)
    with interruptible() as token, log_to_file(), _kept_journal() as journal:
        # Before the look at what is there: what another program makes from here on is known.
        since = None if journal is None else journal.latest()
        style = StyleLibrary().find(namespace.style)
        wish = _wish(namespace, style)
        ledger = None if journal is None else Ledger(journal, style.info.sha256, wish, since=since)
        batch = _plan(namespace, ledger)
        if namespace.hints is not None:
            load_hints(namespace.hints)  # broken ones are told before the work, not after
        return _work(namespace, batch, style, wish, token, ledger)


def _work(
    namespace: argparse.Namespace,
    batch: Batch,
    style: Style,
    wish: ColorRequest,
    token: CancelToken,
    ledger: Ledger | None,
) -> int:
    """Open the style, colour what has no result yet, and report."""
    if ledger is not None:
        batch = replace(batch, jobs=ledger.refreshed(batch.jobs))
    colorizer = None
    if not all(job.skip for job in batch.jobs):  # else a second run over a finished folder
        batch_reader().start()  # while the style is opened
        colorizer = Colorizer(style, namespace.device)
        _prepare_output(namespace.output, batch)
    # From here on nothing refuses the whole batch: only now is there anything to report.
    report = Report(batch, as_json=namespace.json, quiet=namespace.quiet)
    _log.info("%d pictures with %s", len(batch.jobs), style.info.name)
    used = _color(batch, colorizer, wish, token, report, ledger)
    return report.finish(
        interrupted=token.cancelled,
        provider=used.name if used else "",
        fallback=used.reason if used else "",
    )


@contextmanager
def _kept_journal() -> Iterator[Journal | None]:
    """The journal; None where the home takes no files."""
    try:
        journal = Journal()
    except (OSError, sqlite3.Error) as error:
        _log.warning("No journal is kept: %s", error)
        complain(
            f"“{places.home()}” can't be written, so nothing is remembered of this batch: what "
            "lies in the output folder counts as finished, whatever it was made with."
        )
        yield None
        return
    try:
        yield journal
    finally:
        journal.close()


def _plan(namespace: argparse.Namespace, ledger: Ledger | None) -> Batch:
    return plan_batch(
        namespace.inputs,
        namespace.output,
        recursive=namespace.recursive,
        fmt=OutputFormat(namespace.format),
        existing=Existing(namespace.existing),
        pattern=namespace.names,
        mode=None if namespace.mode == "auto" else Mode(namespace.mode),
        hints=namespace.hints,
        ledger=ledger,
        whole_books=True,
    )


def _check_wishes(namespace: argparse.Namespace) -> None:
    """Refuse what can't be wished for together, with a sentence."""
    checked_flat(namespace.flat)
    if namespace.flat > 0 and namespace.mode == Mode.GREYSCALE:
        raise _usage("--flat needs line art. Leave it out, or leave out --mode greyscale.")
    if namespace.split_flats and namespace.format not in LAYERED_FORMATS:
        raise _usage("--split-flats is about layers: add --format psd, ora or png-layers.")
    if not namespace.palette_only:
        return
    if namespace.palette is None:
        raise _usage("--palette-only needs a palette: name one with --palette.")
    if namespace.flat == 0 and namespace.format not in LAYERED_FORMATS:
        raise _usage("--palette-only is about flats: add --flat 1, --format psd or --format ora.")
    if namespace.format == OutputFormat.JPEG:
        raise _usage("A JPEG can't hold exact colours. Choose another --format.")


def _usage(sentence: str) -> ColorStudioError:
    return ColorStudioError(FailureKind.USAGE, sentence)


def _wish(namespace: argparse.Namespace, style: Style) -> ColorRequest:
    """What every picture of the batch is asked for."""
    palette = None if namespace.palette is None else _palette(namespace.palette, style)
    return ColorRequest(
        palette=palette.vector if palette else None,
        flat=namespace.flat,
        only=palette.colors if palette and namespace.palette_only else None,
        keep_text=namespace.text == "keep",
        colored_lines=namespace.lines == "coloured",
        split_flats=namespace.split_flats,
        names=palette.named() if palette else {},
        leaks=namespace.leaks,
        skip_coloured=namespace.coloured == "skip",
    )


def _palette(file: Path, style: Style) -> Palette:
    if style.info.palette_size == 0:
        raise ColorStudioError(
            FailureKind.BAD_PALETTE,
            f"The style “{style.info.name}” takes no palette. "
            "Choose another style or leave the palette out.",
        )
    return batch_reader().ask(read_palette, file)


def _prepare_output(output: Path, batch: Batch) -> None:
    """Make the output folder, see that it takes files, and clear away what a dead run left."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        check_can_store_in(output)
    except OSError as error:
        failure = describe(error, output, writing=True)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    # Pages of books wait in folders of their own; the books are written beside these.
    folders = {job.target.parent for job in batch.jobs} | {job.folder for job in batch.jobs}
    for folder in folders:
        remove_leftovers(folder)


def _color(
    batch: Batch,
    colorizer: Colorizer | None,
    wish: ColorRequest,
    token: CancelToken,
    report: Report,
    ledger: Ledger | None,
) -> ProviderReport | None:
    """Work the batch off; gives what the generator ran on at the end.

    colorizer None: every picture has its result already.
    """
    queue = JobQueue()
    queue.add(batch.jobs)
    pack = BookPacker(queue, report.book, ledger, token)

    def tell(update: JobUpdate) -> None:
        report(update)
        pack(update)

    if colorizer is None:
        while (job := queue.take_next()) is not None:
            queue.apply(JobUpdate(job.id, JobState.SKIPPED))
            tell(queue.update_of(job.id))
        return None
    run_batch(queue, colorizer, token, tell, wish=wish, ledger=ledger)
    pack.finish()
    return colorizer.provider
