"""A training that is killed again and again, and what is left of it: run as a process of its own.

    python tests/training_victim.py PAGES RUN STEPS KILLS SEED

Torch is loaded once; each life of the training is a fork of this process that goes on from what
lies in RUN, and is killed by SIGKILL: in turn at a random moment, and inside a save, at one of the
places named in SAVE_STEPS. In the end it is left to finish, and an unbroken run is made to compare
with. Prints one JSON object.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch

torch.set_num_threads(1)  # what is forked must have no threads

from training_support import CPU, batches, options  # noqa: E402

from colorstudio.core import writing  # noqa: E402
from training import checkpoints  # noqa: E402
from training.checkpoints import has_checkpoint, load_checkpoint  # noqa: E402
from training.options import TrainOptions  # noqa: E402
from training.pictures import PictureStore, find_pictures  # noqa: E402
from training.trainer import StepNews, Trainer  # noqa: E402

EVERY = 3

SAVE_STEPS = ("half written", "written", "under its name", "between renames")
"""Where inside a save a process is killed."""


def settings(steps: int) -> TrainOptions:
    row = options("classic", steps).to_dict() | {"batch_size": 2, "snapshot_every": EVERY}
    return TrainOptions.from_dict(row)


class Diary:
    """Writes down each step's own losses, unsmoothed where they are fed in."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def stepped(self, news: StepNews) -> None:
        line = json.dumps([news.step, news.losses]) + "\n"
        with self.path.open("ab", buffering=0) as file:
            file.write(line.encode())  # in one piece: a killed process leaves no half line

    def saved(self, checkpoint: Path, step: int) -> None: ...

    def snapshots(self, pictures: object, step: int) -> None: ...


def life(store: PictureStore, run: Path, steps: int) -> None:
    """Train from what there is to the end."""
    draw = batches(store, "classic").batch
    trainer = Trainer(settings(steps), run, draw, CPU, listeners=[Diary(run / "diary.txt")])
    if has_checkpoint(run):
        trainer.resume()
    trainer.run()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(place: str, saves: int) -> None:
    """Make this process die inside its save of that number."""
    left = [saves]
    replace, rename = os.replace, Path.replace

    def last_one() -> bool:
        left[0] -= 1
        return left[0] < 0

    def half(path: Path, data: bytes) -> None:
        if last_one():
            with writing.atomic_path(path) as beside:
                beside.write_bytes(data[: len(data) // 2])
                die()
        whole(path, data)

    def replaced(source: Path, target: Path) -> None:
        if place == "written" and last_one():
            die()
        replace(source, target)
        if place == "under its name" and last_one():
            die()

    def renamed(source: Path, target: Path) -> Path:
        moved = rename(source, target)
        if Path(target).name == checkpoints.BEFORE and last_one():
            die()
        return moved

    whole = checkpoints.write_bytes_atomic
    if place == "half written":
        checkpoints.write_bytes_atomic = half
    elif place == "between renames":
        Path.replace = renamed  # type: ignore[method-assign, assignment]
    else:
        writing.os.replace = replaced  # type: ignore[assignment]


def forked(work: Callable[[], None]) -> int:
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def kept_step(run: Path) -> int:
    return int(load_checkpoint(run).facts["step"]) if has_checkpoint(run) else 0


def last_step(run: Path) -> int:
    """The step that the life just ended had come to."""
    diary = run / "diary.txt"
    if not diary.exists():
        return 0
    whole = [line for line in diary.read_text().split("\n")[:-1] if line]
    return int(json.loads(whole[-1])[0]) if whole else 0


def wait_for_step(run: Path, step: int, child: int) -> None:
    """Until the child has come to that step, or to its end (it is not waited for here)."""
    while last_step(run) < step:
        if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return
        time.sleep(0.005)


def main(pages: Path, run: Path, steps: int, kills: int, seed: int) -> dict[str, object]:
    run.mkdir(parents=True, exist_ok=True)
    store, chance = PictureStore(find_pictures(pages)), random.Random(seed)
    lost, inside, at_random, lives = [], 0, 0, 0
    while inside + at_random < kills:
        lives += 1
        assert lives < 10 * kills, "the kills do not hit"
        kept, place = kept_step(run), ""
        if inside < at_random or (inside + at_random == kills - 1 and inside < kills // 2):
            place = SAVE_STEPS[inside % len(SAVE_STEPS)]
        saves = chance.randrange(2)

        def one_life(place: str = place, saves: int = saves) -> None:
            if place:
                deadly(place, saves)
            life(store, run, steps)

        child = forked(one_life)
        if not place:
            wait_for_step(run, kept + chance.randrange(2 * EVERY), child)
            time.sleep(chance.uniform(0, 0.1))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            inside, at_random = inside + bool(place), at_random + (not place)
            now = kept_step(run)
            assert now >= kept, "a checkpoint was lost"
            lost.append(max(0, last_step(run) - now))
        else:
            assert os.waitstatus_to_exitcode(status) == 0
            for file in run.iterdir():  # it came to its end first: begin anew
                file.unlink()
    writing.remove_leftovers(run)
    unbroken = run.with_name("unbroken")
    unbroken.mkdir()
    for place in (run, unbroken):
        _, status = os.waitpid(forked(lambda place=place: life(store, place, steps)), 0)
        assert os.waitstatus_to_exitcode(status) == 0, f"{place.name} did not come to its end"
    return {
        "step": kept_step(run),
        "inside saves": inside,
        "at random": at_random,
        "most steps lost": max(lost, default=0),
        "left over": sorted(p.name for p in run.iterdir() if ".part" in p.name),
        "losses": losses_in(run),
        "unbroken": losses_in(unbroken),
    }


def losses_in(run: Path) -> dict[int, dict[str, float]]:
    """Losses by step; of steps that were made twice, those of the last time."""
    lines = (run / "diary.txt").read_text().split("\n")[:-1]
    return {step: losses for step, losses in map(json.loads, lines)}


if __name__ == "__main__":
    PAGES, RUN = map(Path, sys.argv[1:3])
    print(json.dumps(main(PAGES, RUN, *map(int, sys.argv[3:]))))
