"""One training run from a folder to a style in the library."""

import hashlib
import json
import os
import re
import signal
import stat
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import Any

import torch

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.writing import write_bytes_atomic
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import Style, checked_name
from training.batches import BatchMaker
from training.checkpoints import has_checkpoint, load_checkpoint
from training.export import StyleFacts, export_style, weights_of
from training.listeners import ConsoleBar, CsvLog, JsonLines
from training.options import TrainOptions
from training.pictures import PictureStore, find_pictures
from training.recipes import RECIPES
from training.snapshots import SnapshotPainter
from training.trainer import Listener, Trainer

INTERRUPTED = 130
SMALLEST_CROP = 32

_ORIGIN = "origin.json"


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: a folder of pictures, the style's name, and how to go about it."""

    folder: Path
    name: str
    options: TrainOptions
    start: str | None = None
    device: str = "auto"
    author: str = ""
    resume: bool = False
    json_lines: bool = False


def train(order: Order) -> int:
    """Train on a folder and add the style to the library; gives the exit status.

    Raises ColorStudioError, before anything is changed, when the name is taken or unfit, an
    earlier run would be lost, nothing usable is found, or the style to start from does not fit.
    """
    library, run_folder = StyleLibrary(), run_folder_of(order.name)
    _refuse_name(order, library, run_folder)
    device = choose_device(order.device)
    start = None if order.resume else _style_to_start_from(order, library)
    pictures = find_pictures(order.folder)
    talk = JsonLines() if order.json_lines else None
    stop = StopRequest(watch_input=order.json_lines)
    store = PictureStore(pictures, run_folder / "pictures")
    _report(store, order.folder, talk)
    trainer = _trainer(order, run_folder, store, device, talk)
    if order.resume:
        trainer.resume()
    elif start is not None:
        trainer.start_from(weights_of(start))
        _remember_origin(run_folder, start)
    trainer.run(stop)
    if stop.asked and not trainer.finished:
        sentence = f"Stopped and saved after {trainer.step} steps. Go on with --resume."
        _say(talk, "stopped", sentence)
        return INTERRUPTED
    _export(order, trainer, library, len(store), talk)
    return 0


class StopRequest:
    """Whether the run was asked to end: by a signal, or a closed standard input.

    watch_input: the window holds our standard input open, and closes it to end the run. Only a
    pipe or socket is watched: scripts often have none, which must not end what they start.
    """

    def __init__(self, *, watch_input: bool) -> None:
        self.asked = False
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            if number and not (name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN):
                signal.signal(number, self._ask)
        if watch_input and sys.stdin is not None and _is_pipe(sys.stdin.fileno()):
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
    plain = re.sub(r"[^\w-]+", "_", name).strip("_")[:40] or "style"
    own = hashlib.sha256(name.casefold().encode()).hexdigest()[:8]  # "My hand" is not "My_hand"
    return places.home() / "runs" / f"{plain}-{own}"


def resumed_options(name: str, typed: dict[str, Any]) -> TrainOptions:
    """The options of the run of that name, with what was typed now; its end counts from now.

    Raises ColorStudioError when there is no such run, or it has another recipe.
    """
    facts = load_checkpoint(run_folder_of(name)).facts
    stored = TrainOptions.from_dict(facts["options"])
    if typed.get("recipe", stored.recipe) != stored.recipe:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"The run “{printable(name)}” is one of the {stored.recipe} recipe. Go on with that "
            "one, or choose another name.",
        )
    options = TrainOptions.from_dict(facts["options"] | typed)
    if "steps" in typed:
        return replace(options, steps=facts["step"] + typed["steps"], minutes=None)
    if "minutes" in typed:
        return replace(options, steps=None, minutes=facts["seconds"] / 60 + typed["minutes"])
    return options


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


def _is_pipe(descriptor: int) -> bool:
    mode = os.fstat(descriptor).st_mode
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def _refuse_name(order: Order, library: StyleLibrary, run_folder: Path) -> None:
    try:
        checked_name(order.name, order.name)
    except ColorStudioError as error:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"“{printable(order.name)}” can't be the name of a style. Use one line of letters, "
            "digits and spaces.",
            error.failure.sentence,
        ) from error
    if order.options.size < SMALLEST_CROP:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"Crops need {SMALLEST_CROP} pixels or more. Give a larger --size.",
        )
    named = printable(order.name)
    taken = {style.info.name.casefold(): style for style in library.list()}.get(
        order.name.casefold()
    )
    if taken is not None and (taken.bundled or not order.resume):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"There is a style called “{named}” already. Choose another name"
            + ("." if taken.bundled else ", or go on training it with --resume."),
        )
    if not order.resume and has_checkpoint(run_folder):
        raise ColorStudioError(
            FailureKind.USAGE,
            f"There is an earlier run called “{named}”. Go on with it by --resume, choose another "
            f"name, or delete its folder: {printable(str(run_folder))}",
        )


def _style_to_start_from(order: Order, library: StyleLibrary) -> Style | None:
    if order.options.recipe == "studio":
        return None if order.start == "scratch" else library.find(order.start or "starter")
    if order.start not in (None, "scratch"):
        raise ColorStudioError(
            FailureKind.USAGE, "The classic recipe starts from scratch. Leave --from away."
        )
    return None


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


def _trainer(
    order: Order,
    run_folder: Path,
    store: PictureStore,
    device: torch.device,
    talk: JsonLines | None,
) -> Trainer:
    options, recipe = order.options, RECIPES[order.options.recipe]
    batches = BatchMaker(
        store,
        batch_size=options.batch_size,
        crop=options.size,
        seed=options.seed,
        device=device,
        mix=recipe.mix,
        multiple=recipe.multiple,
    )
    listeners: Sequence[Listener] = [talk or ConsoleBar(), CsvLog(run_folder / "log.csv")]
    return Trainer(
        options,
        run_folder,
        batches.batch,
        device,
        listeners=listeners,
        draw_snapshots=SnapshotPainter(batches, options.recipe).paint,
    )


def _remember_origin(run_folder: Path, start: Style) -> None:
    """Keep whose pictures the style started from: they are owed credit in what comes of it."""
    info = start.info
    origin = {"name": info.name, "licence": info.licence, "credits": list(info.credits)}
    write_bytes_atomic(run_folder / _ORIGIN, json.dumps(origin).encode())


def _credits(run_folder: Path) -> tuple[str, ...]:
    path = run_folder / _ORIGIN
    if not path.is_file():
        return ()
    origin = json.loads(path.read_text(encoding="utf-8"))
    return (f"Started from the style {origin['name']} ({origin['licence']})", *origin["credits"])


def _export(
    order: Order,
    trainer: Trainer,
    library: StyleLibrary,
    pictures: int,
    talk: JsonLines | None,
) -> None:
    recipe = order.options.recipe
    facts = StyleFacts(
        order.name,
        recipe,
        description=f"Trained on {pictures} pictures with the {recipe} recipe.",
        author=order.author,
        credits=_credits(trainer.folder),
        pictures=pictures,
        steps=trainer.step,
    )
    with library.staging() as stage:
        difference = export_style(trainer.average.network, stage, facts)
        style = library.adopt(stage, replacing=order.resume)
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
