"""One training run from a folder to a style in the library."""

import os
import re
import shutil
import signal
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import torch

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.styles.library import StyleLibrary
from training.batches import BatchMaker
from training.export import StyleFacts, export_style, weights_of
from training.listeners import ConsoleBar, CsvLog, JsonLines
from training.options import TrainOptions
from training.pictures import PictureStore, find_pictures
from training.recipes import RECIPES
from training.snapshots import SnapshotPainter
from training.trainer import Listener, Trainer

INTERRUPTED = 130


def train(
    folder: Path,
    name: str,
    options: TrainOptions,
    *,
    start: str | None,
    device: str,
    author: str,
    resume: bool,
    json_lines: bool,
) -> int:
    """Train on a folder and add the style to the library; gives the exit status.

    Raises ColorStudioError when nothing usable is found, the name is taken, or the style to
    start from does not fit.
    """
    library, run_folder = StyleLibrary(), run_folder_of(name)
    _refuse_taken(name, library, run_folder, resume)
    store = PictureStore(find_pictures(folder), run_folder / "pictures")
    talk = JsonLines() if json_lines else None
    _report(store, folder, talk)
    place = choose_device(device)
    batches = BatchMaker(
        store,
        batch_size=options.batch_size,
        crop=options.size,
        seed=options.seed,
        device=place,
        mix=RECIPES[options.recipe].mix,
    )
    bar = ConsoleBar()
    listeners: Sequence[Listener] = [talk or bar, CsvLog(run_folder / "log.csv")]
    painter = SnapshotPainter(batches, options.recipe)
    trainer = Trainer(
        options, run_folder, batches.batch, place, listeners=listeners, draw_snapshots=painter.paint
    )
    _begin(trainer, library, start, resume)
    stop = StopRequest(watch_input=json_lines)
    trainer.run(stop)
    bar.close()
    if stop.asked:
        _say(talk, "stopped", f"Stopped and saved after {trainer.step} steps. Go on with --resume.")
        return INTERRUPTED
    _export(
        trainer,
        library,
        StyleFacts(
            name,
            options.recipe,
            author=author,
            pictures=len(store),
            steps=trainer.step,
            description=f"Trained on {len(store)} pictures with the {options.recipe} recipe.",
        ),
        talk,
    )
    return 0


class StopRequest:
    """Whether the run was asked to end: Ctrl-C, SIGTERM, or a closed standard input."""

    def __init__(self, *, watch_input: bool) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)
        if watch_input and sys.stdin is not None and not sys.stdin.isatty():
            threading.Thread(target=self._watch, daemon=True).start()

    def __call__(self) -> bool:
        return self.asked

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True

    def _watch(self) -> None:
        # Raw reads: the interpreter could not end while a buffered one waits.
        while os.read(sys.stdin.fileno(), 4096):
            pass
        self.asked = True


def run_folder_of(name: str) -> Path:
    """Where the run of a style lies: decoded pictures, checkpoints, snapshots, log."""
    plain = re.sub(r"[^\w-]+", "_", name).strip("_")[:60] or "style"
    return places.home() / "runs" / plain


def choose_device(device: str) -> torch.device:
    """The device to train on; raises ColorStudioError (DEVICE) when CUDA was asked in vain."""
    if device == "cpu" or (device == "auto" and not torch.cuda.is_available()):
        return torch.device("cpu")
    if not torch.cuda.is_available():
        raise ColorStudioError(
            FailureKind.DEVICE,
            "This computer has no graphics card that torch can train on. Use --device cpu.",
        )
    return torch.device("cuda")


def _refuse_taken(name: str, library: StyleLibrary, run_folder: Path, resume: bool) -> None:
    taken = {style.info.name.casefold(): style for style in library.list()}.get(name.casefold())
    if taken is not None and (taken.bundled or not resume):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"There is a style called “{printable(name)}” already. Choose another name"
            + ("." if taken.bundled else ", or go on training it with --resume."),
        )
    if not resume:
        shutil.rmtree(run_folder, ignore_errors=True)  # what an earlier, unfinished run left


def _report(store: PictureStore, folder: Path, talk: JsonLines | None) -> None:
    """Say what is used and what is left out, and why; refuse when nothing is left."""
    left_out = [(row.path, row.reason) for row in store.left_out]
    if talk:
        rows = [{"path": str(path), "reason": reason} for path, reason in left_out]
        talk.say("pictures", used=len(store), left_out=rows)
    else:
        for path, reason in left_out:
            print(f"left out: {printable(path.name)}: {reason}", file=sys.stderr)
        print(f"{len(store)} pictures to learn from", file=sys.stderr)
    if not len(store):
        raise ColorStudioError(
            FailureKind.NOTHING_TO_DO,
            f"There is no colour picture to learn from in “{printable(str(folder))}”. "
            "Choose a folder with finished, coloured pictures.",
        )


def _begin(trainer: Trainer, library: StyleLibrary, start: str | None, resume: bool) -> None:
    if resume:
        trainer.resume()
    elif trainer.options.recipe == "studio" and start != "scratch":
        trainer.start_from(weights_of(library.find(start or "starter")))
    elif start not in (None, "scratch"):
        raise ColorStudioError(
            FailureKind.USAGE, "The classic recipe starts from scratch. Leave --from away."
        )


def _export(
    trainer: Trainer, library: StyleLibrary, facts: StyleFacts, talk: JsonLines | None
) -> None:
    with library.staging() as stage:
        difference = export_style(trainer.average.network, stage, facts)
        if any(style.info.name == facts.name and not style.bundled for style in library.list()):
            library.remove(facts.name)  # the same run, trained on: the new state replaces the old
        style = library.adopt(stage)
    sentence = (
        f"The style “{printable(style.info.name)}” is ready: {facts.pictures} pictures, "
        f"{facts.steps} steps. Largest difference between ONNX and torch: {difference:.2g}."
    )
    _say(talk, "style", sentence, name=style.info.name, onnx_difference=difference)


def _say(talk: JsonLines | None, event: str, sentence: str, **rest: object) -> None:
    if talk:
        talk.say(event, sentence=sentence, **rest)
    else:
        print(sentence)
