"""Several processes train as one would: the same losses, one voice, one ending."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from PIL import Image
from training_support import batches, options

from colorstudio.core.failures import ColorStudioError, FailureKind
from training.checkpoints import load_checkpoint
from training.devices import Crew, CrewLeftError, memory_ran_out, refuse_uneven
from training.options import Order
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene
from training.run import train
from training.stopping import StopRequest
from training.trainer import Trainer

pytestmark = pytest.mark.timeout(600)  # starting two processes takes long on a busy machine

CPU = torch.device("cpu")
STEPS = 4
TWO = ("--nproc_per_node", "2")

CREW = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from test_devices import losses_of, stopped_by_the_second
from training.devices import join
crew = join("cpu")
losses_of(Path(sys.argv[1]), Path(sys.argv[2]), crew)
stopped_by_the_second(Path(sys.argv[1]), Path(sys.argv[2]), crew)
crew.leave()
"""


FAILING_CREW = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {tests!r}]
from test_devices import the_second_fails
the_second_fails(Path(sys.argv[1]), Path(sys.argv[2]))
"""


class Diary:
    """Writes down the losses of every step."""

    def __init__(self, path: Path) -> None:
        self.path, self.rows = path, []

    def stepped(self, news) -> None:
        self.rows.append(news.losses)
        self.path.write_text(json.dumps(self.rows))

    def saved(self, checkpoint, step) -> None: ...

    def snapshots(self, pictures, step) -> None: ...


def losses_of(pages: Path, place: Path, crew: Crew) -> None:
    """Train both recipes for a few steps; losses go to <recipe>.json in `place`."""
    store = PictureStore(find_pictures(pages))
    for recipe in ("studio", "classic"):
        trainer = Trainer(
            options(recipe, STEPS),
            place / recipe,
            batches(store, recipe).batch,
            CPU,
            listeners=[Diary(place / f"{recipe}.json")] if crew.leads else [],
            crew=crew,
        )
        trainer.run()


def stopped_by_the_second(pages: Path, place: Path, crew: Crew) -> None:
    """A long run that only the second process is asked to end, after two steps."""
    store = PictureStore(find_pictures(pages))
    draw = batches(store, "classic").batch
    trainer = Trainer(options("classic", 999), place / "stopped", draw, CPU, crew=crew)
    trainer.run(lambda: crew.rank == 1 and trainer.step >= 2)


def the_second_fails(pages: Path, place: Path) -> None:
    """A run whose second process fails at its third step; how each ends goes to a file."""
    rank, whole = os.environ["RANK"], Trainer._one_step

    def one_step(trainer: Trainer) -> None:
        if rank == "1" and trainer.step == 2:
            raise RuntimeError("an error of its own")
        whole(trainer)

    Trainer._one_step = one_step
    try:
        train(
            Order(pages, "Both", options("classic", 99), device="cpu"),
            StopRequest(watch_input=False),
        )
    except Exception as error:
        (place / rank).write_text(f"{type(error).__name__}: {error}")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("pages")
    for seed in range(4):
        Image.fromarray(draw_scene(seed, 120, 100 + seed).colour).save(place / f"{seed}.png")
    return place


def torchrun(*command: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*f"{sys.executable} -m torch.distributed.run --standalone".split(), *TWO, *command],
        env=os.environ | {"COLORSTUDIO_HOME": str(home), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_parts_of_a_batch_are_the_whole_batch(pages):
    batch = batches(PictureStore(find_pictures(pages))).batch(1)
    parts = [Crew(CPU, rank, 2).part(batch) for rank in range(2)]
    for plane in ("luma", "hints", "palette", "mode", "chroma", "weight"):
        whole = torch.stack([getattr(part, plane) for part in parts], dim=1).flatten(0, 1)
        assert torch.equal(whole, getattr(batch, plane))


def test_batches_that_cannot_be_shared_out_are_refused():
    refuse_uneven(6, Crew(CPU, 0, 3))
    with pytest.raises(ColorStudioError, match="Give a --batch-size that 4 divides"):
        refuse_uneven(6, Crew(CPU, 0, 4))


def test_two_processes_have_the_losses_of_one_and_end_together(pages, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    root, tests = (str(Path(__file__).parents[up]) for up in (1, 0))
    (tmp_path / "crew.py").write_text(CREW.format(root=root, tests=tests))
    done = torchrun(str(tmp_path / "crew.py"), str(pages), str(two), home=tmp_path)
    assert done.returncode == 0, done.stderr
    losses_of(pages, one, Crew(CPU))
    for recipe in ("studio", "classic"):
        alone, together = (
            json.loads((place / f"{recipe}.json").read_text()) for place in (one, two)
        )
        assert len(alone) == len(together) == STEPS
        for a, b in zip(alone, together, strict=True):
            assert b == pytest.approx(a, abs=1e-4)
    assert load_checkpoint(two / "stopped").facts["step"] == 2


@pytest.mark.slow
def test_two_processes_make_one_style_from_the_command_line(pages, tmp_path):
    small = ("--recipe", "classic", "--batch-size", "4", "--size", "32", "--device", "cpu")
    main = str(Path(__file__).parents[1] / "main.py")
    command = (main, "train", str(pages), "--name", "Both", *small)
    done = torchrun(*command, "--steps", "3", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("is ready: 3 pictures, 3 steps") == 1
    assert len(list((tmp_path / "styles").iterdir())) == 1
    more = torchrun(*command, "--resume", "--steps", "2", "--json", home=tmp_path)
    assert more.returncode == 0, more.stderr
    events = [json.loads(line)["event"] for line in more.stdout.splitlines()]
    assert events.count("pictures") == events.count("style") == 1
    assert load_checkpoint(next((tmp_path / "runs").iterdir())).facts["step"] == 5


@pytest.mark.slow
def test_a_process_that_fails_says_why_and_the_others_that_it_has_gone(pages, tmp_path):
    root, tests = (str(Path(__file__).parents[up]) for up in (1, 0))
    (tmp_path / "crew.py").write_text(FAILING_CREW.format(root=root, tests=tests))
    done = torchrun(str(tmp_path / "crew.py"), str(pages), str(tmp_path), home=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = ((tmp_path / rank).read_text() for rank in "01")
    assert first.startswith("ColorStudioError: Another process of this training has ended")
    assert second == "RuntimeError: an error of its own"


def card_is_full() -> None:
    raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")


def memory_is_full() -> None:
    torch.empty(1 << 50)


def python_is_full() -> None:
    raise MemoryError


@pytest.mark.parametrize("fill", [card_is_full, memory_is_full, python_is_full])
def test_too_little_memory_is_told_with_what_helps(fill, pages, tmp_path, monkeypatch):
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    monkeypatch.setattr(Trainer, "_one_step", lambda _: fill())
    monkeypatch.setattr("signal.signal", lambda *_: None)  # this process keeps its own
    with pytest.raises(ColorStudioError, match="smaller --batch-size or --size") as caught:
        train(
            Order(pages, "Full", options("classic", 9), device="cpu"),
            StopRequest(watch_input=False),
        )
    assert caught.value.failure.kind is FailureKind.OUT_OF_MEMORY


def test_other_errors_are_no_lack_of_memory():
    assert not memory_ran_out(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    assert not memory_ran_out(CrewLeftError("Connection closed by peer"))
