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

from colorstudio.core.failures import ColorStudioError
from training.checkpoints import load_checkpoint
from training.devices import Crew, refuse_uneven
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene
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
