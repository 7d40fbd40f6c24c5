"""The end of a run: which weights become the style, what it says of itself, and what is said."""

import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from torch import nn

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.small_files import read_within
from colorstudio.core.streams import write_line
from colorstudio.core.writing import write_bytes_atomic
from colorstudio.styles.checks import fingerprint
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import GENERATOR_FILE, Style
from training.export import StyleFacts, export_style, write_sample
from training.folder_report import FolderReport, TrainingFolder
from training.judge import Choice, Judge
from training.listeners import JsonLines
from training.memory import PaletteMemory, remembered
from training.names import made_by, note_made
from training.options import Order
from training.pictures import LEVELS
from training.trainer import Trainer

FEW_STEPS = 300
"""A run of fewer steps than this may just have been too short."""

_ORIGIN = "origin.json"
_SIGNED = "signed.json"


def remember_origin(run_folder: Path, start: Style | None, closeness: float | None) -> None:
    """Keep whose pictures the style started from: they are owed credit in what comes of it.

    closeness: of the memory that the run gives it of its pages; None for no memory.
    """
    if start is None:
        (run_folder / _ORIGIN).unlink(missing_ok=True)
        return
    info = start.info
    owed = {"name": info.name, "licence": info.licence, "credits": list(info.credits)}
    origin = {**owed, "remembers": closeness}
    write_bytes_atomic(run_folder / _ORIGIN, json.dumps(origin).encode())


def origin_of(run_folder: Path) -> dict[str, Any] | None:
    """Name, licence and credits of the style a run started from; None for one from scratch."""
    try:
        origin = json.loads(read_within(run_folder / _ORIGIN))
        return {**origin, "name": str(origin["name"]), "licence": str(origin["licence"])}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ColorStudioError(
            FailureKind.DAMAGED,
            "What the training started from can't be read any more, so the credits owed to it "
            f"would be lost. Delete its folder and start again: {printable(str(run_folder))}",
            str(error),
        ) from error


def signed(order: Order, run_folder: Path) -> Order:
    """The order with the author and credits of the run that it goes on with, if it names none.

    They are kept for the next time, too: it would be easy to forget to give credit again. Raises
    OSError.
    """
    author, credits = order.author, order.credits
    if order.resume:
        with suppress(OSError, ValueError, KeyError, TypeError):  # an older program kept none
            earlier = json.loads(read_within(run_folder / _SIGNED))
            author = author or str(earlier["author"])
            credits = credits or tuple(str(line) for line in earlier["credits"])
    text = json.dumps({"author": author, "credits": credits})
    write_bytes_atomic(run_folder / _SIGNED, text.encode())
    return replace(order, author=author, credits=credits)


def add_style(
    order: Order,
    trainer: Trainer,
    judge: Judge | None,
    folder: TrainingFolder,
    talk: JsonLines | None,
    should_stop: Callable[[], bool],
    show_pages: Callable[[int], None] | None = None,
) -> bool:
    """Export the best weights into the library and say what came of it.

    show_pages: called with the step of the chosen weights once they are in the averaged network.
    False when told to stop before there was a style: the run can be gone on with. Raises
    ColorStudioError when ONNX and torch disagree, or the disk refuses.
    """
    choice = None
    if judge is not None:
        choice = judge.choose(trainer.average.network, should_stop)
        if choice is None:
            return False
        if show_pages is not None:
            show_pages(choice.step)
    library, report, origin = StyleLibrary(), folder.report, origin_of(trainer.folder)
    facts = _facts(order, trainer, choice, origin, report)
    with library.staging() as stage:
        difference = export_style(trainer.average.network, stage, facts)
        if should_stop():
            return False
        write_sample(stage, _page_to_show(folder))
        if should_stop():
            return False
        closeness = (origin or {}).get("remembers")
        if choice is not None and remember_all(trainer.average.network, choice, folder, closeness):
            export_style(trainer.average.network, stage, facts)
        if should_stop():
            return False
        earlier = made_by(trainer.folder) if order.resume else ()
        note_made(trainer.folder, fingerprint(stage / GENERATOR_FILE))
        style = library.adopt(stage, replacing=earlier)
    pictures = "1 picture" if facts.pictures == 1 else f"{facts.pictures} pictures"
    sentences = [
        f"The style “{printable(style.info.name)}” is ready: {pictures}, "
        f"{trainer.step} steps. Largest difference between ONNX and torch: {difference:.2g}.",
        *verdict(choice, origin, report, ended=trainer.ended, steps=trainer.step),
    ]
    say(
        talk,
        "style",
        " ".join(sentences) if talk else "\n".join(sentences),
        name=style.info.name,
        onnx_difference=difference,
        evaluation=facts.evaluation,
        pictures=facts.pictures,
        steps=trainer.step,
        ended_early=trainer.ended,
        no_better=_no_better(choice, origin, report, trainer.step),
    )
    return True


def remember_all(
    network: nn.Module, choice: Choice, folder: TrainingFolder, closeness: float | None
) -> bool:
    """Let a style that remembers pages remember the held-back ones, too; whether it does.

    They have done their duty as judges, and the sample is painted: from here on it would be a
    waste not to know their colours. The figures are from before. Where the start was chosen, it
    stays as it is: with these palettes it did no better.
    """
    memory = getattr(network, "memory", None)
    if closeness is None or choice.share == 0 or not isinstance(memory, PaletteMemory):
        return False
    memory.remember(remembered(folder.store, closeness))
    return True


def verdict(
    choice: Choice | None,
    origin: dict[str, Any] | None,
    report: FolderReport,
    *,
    ended: bool,
    steps: int,
) -> list[str]:
    """Plain sentences about what the training came to."""
    if choice is None:
        return ["No page was held back, so how well it colours other pages is not known."]
    sentences = []
    if ended:
        sentences.append("More training now makes it worse on pages it has not seen.")
    if origin is not None and choice.share == 0:
        name = printable(origin["name"])
        sentences.append(
            f"Training made it no better on the held-back pages ({report.held_back}), so it "
            f"colours as “{name}” does. {_WHY_NO_BETTER[_reason(report, steps)]}"
        )
    sentences.append(_figures_sentence(choice, report.held_back))
    return sentences


def _no_better(
    choice: Choice | None, origin: dict[str, Any] | None, report: FolderReport, steps: int
) -> str | None:
    """Why the style is no better than its start, as a word for programs; None where it is."""
    if choice is None or origin is None or choice.share > 0:
        return None
    return _reason(report, steps)


def _reason(report: FolderReport, steps: int) -> str:
    if report.mixed:
        return "mixed"
    if report.small:
        return "small"
    return "short" if steps < FEW_STEPS else "different"


_WHY_NO_BETTER = {
    "mixed": "The pictures are too mixed: train on one book, series or palette at a time.",
    "small": "The folder is too small: add finished pages, 10 to 30 in all.",
    "short": f"It had fewer than {FEW_STEPS} steps: give it more --minutes.",
    "different": "The pages may be too different from each other, or from what it can learn in "
    "this time: try more pages of one kind, or more --minutes.",
}


def _figures_sentence(choice: Choice, pages: int) -> str:
    rows = [("greyscale", "greyscale"), ("lineart", "line art")]
    after, parts = choice.figures.to_dict(), []
    before = {} if choice.start is None else choice.start.to_dict()
    for key, words in rows:
        if key in after:
            was = f"{before[key]:.1f} → " if key in before and choice.share > 0 else ""
            parts.append(f"{words} {was}{after[key]:.1f} dB")
    return f"Held-back pages ({pages}; more is nearer to your colours): {', '.join(parts)}."


def say(talk: JsonLines | None, event: str, sentence: str, **rest: object) -> None:
    """Tell the window or the terminal how the run ended."""
    if talk:
        talk.say(event, sentence=sentence, **rest)
    else:
        write_line(sys.stdout, sentence)


def _facts(
    order: Order,
    trainer: Trainer,
    choice: Choice | None,
    origin: dict[str, Any] | None,
    report: FolderReport,
) -> StyleFacts:
    trained = report.used - report.held_back
    return StyleFacts(
        order.name,
        order.options.recipe,
        author=order.author,
        credits=(*order.credits, *_inherited(origin)),
        pictures=trained,
        steps=trainer.step,
        evaluation={} if choice is None else _evaluation(choice, report.held_back),
    )


def _inherited(origin: dict[str, Any] | None) -> tuple[str, ...]:
    if origin is None:
        return ()
    return (f"Started from the style {origin['name']} ({origin['licence']})", *origin["credits"])


def _evaluation(choice: Choice, pages: int) -> dict[str, Any]:
    """PSNR of RGB in dB on the held-back pages, by the names that `evaluate` gives its ways."""
    figures = {"psnr": _named(choice.figures.to_dict())}
    if choice.start is not None:
        figures["psnr before training"] = _named(choice.start.to_dict())
    return {**figures, "pictures": pages, "share of training": choice.share}


def _named(figures: dict[str, float]) -> dict[str, float]:
    return {f"{name}: auto": round(value, 2) for name, value in figures.items()}


def _page_to_show(folder: TrainingFolder) -> Artwork:
    """A held-back page made grey; of a single picture, that one."""
    number = folder.held[0] if folder.held else 0
    store, level = folder.store, LEVELS[0]
    height, width = store.sizes[level][number]
    page = store.canvases[level][number, :3, :height, :width].transpose(1, 2, 0)
    return Artwork(Artwork(np.ascontiguousarray(page)).luma8())
