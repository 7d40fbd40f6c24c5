"""One training run from a folder to a style in the library."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import Tensor

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.writing import remove_leftovers
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import Style
from training.batches import OWN_STYLE_MIX, BatchMaker, Mix
from training.checkpoints import BEST, START, load_checkpoint, not_saved
from training.devices import Crew, CrewLeftError, join, memory_ran_out, refuse_uneven
from training.export import weights_of
from training.finish import add_style, origin_of, remember_origin, say, signed
from training.folder_report import FolderReport, TrainingFolder, look_at
from training.held_pages import HeldPages
from training.holdout import held_back, remember
from training.judge import Judge
from training.listeners import ConsoleBar, CsvLog, JsonLines
from training.look import Decoding
from training.memory import RememberedPages, remembered
from training.names import MADE, alone_in, refuse_name, run_folder_of
from training.options import Order, TrainOptions
from training.pictures import PictureStore, TrainingPicture, scan_folder
from training.recipes import RECIPES
from training.snapshots import SnapshotPainter
from training.stopping import INTERRUPTED, NOTHING_CHANGED, Stopped, StopRequest
from training.trainer import Listener, Trainer
from training.validation import ValidationSet
from training.worth import best_closeness

SMALLEST_CROP = 32
LOG = "log.csv"


def train(order: Order, stop: StopRequest) -> int:
    """Train on a folder and add the style to the library; gives the exit status.

    stop: how the run is asked to end; from here on it does so in good order. Raises
    ColorStudioError, before anything is changed, when the name is taken or unfit, an earlier run
    would be lost, nothing usable is found, or the style to start from does not fit; later when the
    disk refuses, with what was saved kept.
    """
    talk = JsonLines() if order.json_lines else None
    stop.in_good_order()
    crew = join(order.device)
    try:
        return _train(order, crew, stop, talk)
    except Stopped:
        say(talk, "stopped", NOTHING_CHANGED)
        return INTERRUPTED
    except OSError as error:
        raise not_saved(error, run_folder_of(order.name)) from error
    except CrewLeftError as error:
        raise _one_of_us_left(error) from error
    except (MemoryError, RuntimeError) as error:
        if not memory_ran_out(error):
            raise
        raise _no_memory(error) from error
    finally:
        crew.leave()


def _train(order: Order, crew: Crew, stop: StopRequest, talk: JsonLines | None) -> int:
    library, run_folder = StyleLibrary(), run_folder_of(order.name)
    refuse_name(order, library, run_folder)
    _refuse_crops(order)
    refuse_uneven(order.options.batch_size, crew)
    start = None if order.resume else _style_to_start_from(order, library)
    weights = None if start is None else weights_of(start)
    with alone_in(run_folder, order.name) if crew.leads else nullcontext():
        return _train_alone(order, run_folder, crew, stop, talk, start, weights)


def _train_alone(
    order: Order,
    run_folder: Path,
    crew: Crew,
    stop: StopRequest,
    talk: JsonLines | None,
    start: Style | None,
    weights: dict[str, Tensor] | None,
) -> int:
    """The run itself, in a folder that no other run uses meanwhile."""
    if talk and crew.leads:
        talk.say("run", name=order.name, folder=str(run_folder), device=crew.device.type)
    folder, closeness = _folder(order, run_folder, crew, stop, talk, weights)
    _leave_if_asked(stop, crew)
    memory = None if closeness is None else remembered(folder.to_learn_from, closeness)
    if crew.leads:
        for place in (run_folder, run_folder / "pages", run_folder / "snapshots"):
            remove_leftovers(place)  # of a run that was killed while it wrote
    if crew.leads and not order.resume:
        _clear(run_folder)
        remember_origin(run_folder, start, closeness)
    if crew.leads:
        order = signed(order, run_folder)
    judge = _judge(order, run_folder, folder, crew) if crew.leads and folder.held else None
    from_style = start is not None or (order.resume and origin_of(run_folder) is not None)
    mix = OWN_STYLE_MIX if from_style else RECIPES[order.options.recipe].mix
    _leave_if_asked(stop, crew)
    teller = talk or ConsoleBar()
    trainer = _trainer(order, run_folder, folder, crew, judge, teller, mix, memory)
    pages = None
    if judge is not None and talk is not None:
        paint, network = trainer.recipe.paint, trainer.average.network
        pages = HeldPages(judge.pages, paint, network, run_folder, talk)
        trainer.also_tell(pages)
    if order.resume:
        trainer.resume()
    elif weights is not None:
        trainer.start_from(weights, memory)
    try:
        trainer.run(stop.ends_training)
    finally:
        teller.ended()
    if not crew.leads:
        return 0
    done = trainer.finished or trainer.ended or (stop.keep and trainer.step > 0)
    if done and talk:
        talk.say("finishing", step=trainer.step)
    show_pages = None if pages is None else pages.show
    if done and add_style(order, trainer, judge, folder, talk, stop, show_pages):
        return 0
    if trainer.step == 0:
        raise Stopped
    sentence = f"Stopped and saved after {trainer.step} steps. Go on with --resume."
    say(talk, "stopped", sentence)
    return INTERRUPTED


def _leave_if_asked(stop: StopRequest, crew: Crew) -> None:
    """Raises Stopped between two long preparations; a crew ends together, once it trains."""
    if crew.size == 1 and stop():
        raise Stopped


def _folder(
    order: Order,
    run_folder: Path,
    crew: Crew,
    stop: StopRequest,
    talk: JsonLines | None,
    weights: dict[str, Tensor] | None,
) -> tuple[TrainingFolder, float | None]:
    """Decode the folder, choose what is held back, and report; refuses an empty folder.

    Gives also how close pages must be to tell of each other, None where nothing is remembered.
    """
    pictures, unread = scan_folder(order.folder)
    store = _store(pictures, run_folder, crew, Decoding(len(pictures), stop, talk))
    if talk and crew.leads and weights is not None:
        talk.say("comparing")  # which takes longer than the decoding
    if order.resume:
        closeness = (origin_of(run_folder) or {}).get("remembers")
    else:
        closeness = None if weights is None else best_closeness(store, weights, crew.device, stop)
    in_doubt = weights is not None and closeness is None
    earlier = run_folder if order.resume else None
    held = held_back(store, order.options.seed, earlier, in_doubt=in_doubt)
    report = look_at(store, held, unread)
    if crew.leads:
        _tell_report(report, talk)
    _refuse_nothing(report, order.folder)
    if crew.leads:
        remember(store, held, run_folder, resumed=order.resume)
    return TrainingFolder(store, held, report), closeness


def _clear(run_folder: Path) -> None:
    """Delete what an earlier run of this name left that was cut short before its first save.

    It would pass for this one's. The decoded pictures stay: they are checked when taken over.
    """
    for name in ("pages", "snapshots"):
        shutil.rmtree(run_folder / name, ignore_errors=True)
    for name in (BEST, START, MADE, LOG):
        (run_folder / name).unlink(missing_ok=True)


def _no_memory(error: Exception) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.OUT_OF_MEMORY,
        "There is not enough memory for this training, so it was stopped. Close other programs, "
        "or give a smaller --batch-size or --size; what was saved can be gone on with by --resume.",
        str(error),
    )


def _one_of_us_left(error: CrewLeftError) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.DEVICE,
        "Another process of this training has ended, and this one with it. See what that one "
        "says; what was saved can be gone on with by --resume.",
        str(error),
    )


def _tell_report(report: FolderReport, talk: JsonLines | None) -> None:
    if talk:
        talk.say("pictures", **report.to_dict())
    else:
        report.print(sys.stderr)


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


def _refuse_crops(order: Order) -> None:
    if order.options.size < SMALLEST_CROP:
        raise ColorStudioError(
            FailureKind.USAGE,
            f"Crops need {SMALLEST_CROP} pixels or more. Give a larger --size.",
        )


def _style_to_start_from(order: Order, library: StyleLibrary) -> Style | None:
    if order.options.recipe == "studio":
        return None if order.start == "scratch" else library.find(order.start or "starter")
    if order.start not in (None, "scratch"):
        raise ColorStudioError(
            FailureKind.USAGE, "The classic recipe starts from scratch. Leave --from away."
        )
    return None


def _refuse_nothing(report: FolderReport, folder: Path) -> None:
    if report.used:
        return
    where = printable(str(folder))
    if not os.path.exists(folder):  # a single picture may be given, too
        raise ColorStudioError(
            FailureKind.NOT_FOUND,
            worded(
                "The folder “{folder}” has gone. Check that its drive is connected, then start "
                "again.",
                folder=where,
            ),
        )
    raise ColorStudioError(
        FailureKind.NOTHING_TO_DO,
        f"There is no colour picture to learn from in “{where}”. "
        "Choose a folder with finished, coloured pictures.",
    )


def _store(
    pictures: Sequence[TrainingPicture], run_folder: Path, crew: Crew, stop: Callable[[], bool]
) -> PictureStore:
    """The decoded pictures. The leader of a crew decodes, the others take over what it left."""
    if not crew.leads:
        crew.wait()
    store = PictureStore(pictures, run_folder / "pictures", stop, follows=not crew.leads)
    if crew.leads:
        crew.wait()
    return store


def _trainer(
    order: Order,
    run_folder: Path,
    folder: TrainingFolder,
    crew: Crew,
    judge: Judge | None,
    teller: Listener,
    mix: Mix,
    memory: RememberedPages | None,
) -> Trainer:
    options, recipe = order.options, RECIPES[order.options.recipe]
    batches = BatchMaker(
        folder.to_learn_from,
        batch_size=options.batch_size,
        crop=options.size,
        seed=options.seed,
        device=crew.device,
        mix=mix,
        multiple=recipe.multiple,
        pages=memory,
    )
    listeners: Sequence[Listener] = [teller, CsvLog(run_folder / LOG)]
    return Trainer(
        options,
        run_folder,
        batches.batch,
        crew.device,
        listeners=listeners if crew.leads else (),
        draw_snapshots=SnapshotPainter(batches, options.recipe).paint if crew.leads else None,
        judge=judge,
        crew=crew,
    )


def _judge(order: Order, run_folder: Path, folder: TrainingFolder, crew: Crew) -> Judge:
    recipe = RECIPES[order.options.recipe]
    validation = ValidationSet(
        folder.store,
        folder.held,
        multiple=recipe.multiple,
        paints_lines=recipe.mix.line_art > 0,
        device=crew.device,
    )
    return Judge(
        validation,
        recipe.paint,
        run_folder,
        from_style=origin_of(run_folder) is not None,
        may_end=order.options.recipe != "classic",  # that one runs as long as it is told
    )
