"""A training among bad numbers, full disks, strange folders, and with an artist who stops it."""

import json
import os
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from files_support import ODD_FOLDER
from PIL import Image
from torch import nn
from training_support import CPU, Ear, batches, draw_pages, options, shaken

from colorstudio.core.failures import ColorStudioError, FailureKind
from training import finish
from training.batches import Batch
from training.checkpoints import LAST, has_checkpoint, load_checkpoint
from training.classic import ClassicGenerator
from training.export import StyleFacts, export_style
from training.networks import StudioGenerator
from training.pictures import PictureStore, find_pictures, scan_folder
from training.trainer import Trainer, all_finite

pytestmark = pytest.mark.timeout(600)  # processes that load torch, on a busy machine

HERE = Path(__file__).resolve().parent
ODD = Path(os.environ.get("COLORSTUDIO_ODD_FOLDER", ODD_FOLDER))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_pages(tmp_path_factory.mktemp("pages"), 4, 110, 96)


@pytest.fixture(scope="module")
def store(pages: Path) -> PictureStore:
    return PictureStore(find_pictures(pages))


# Numbers that are none


def poisoned(batch: Batch, field: str, value: float) -> Batch:
    getattr(batch, field)[0, 0, 0, :5] = value
    return batch


@pytest.mark.reliability("R41")
@pytest.mark.parametrize(
    ("recipe", "field", "value"),
    [
        ("classic", "chroma", float("nan")),
        ("classic", "chroma", float("inf")),
        ("classic", "luma", 1e30),  # the losses stay numbers, the batch norms do not
        ("studio", "chroma", float("nan")),
        ("studio", "hints", float("inf")),
    ],
)
def test_a_poisoned_batch_is_skipped_and_the_run_comes_to_its_end(
    store: PictureStore, tmp_path: Path, recipe: str, field: str, value: float
) -> None:
    clean, ear = batches(store, recipe).batch, Ear()

    def draw(step: int) -> Batch:
        batch = clean(step)
        return poisoned(batch, field, value) if step == 1 else batch

    trainer = Trainer(options(recipe, 4), tmp_path, draw, CPU, listeners=[ear])
    trainer.run()
    assert trainer.step == 4 and ear.saves[-1] == 4
    kept = load_checkpoint(tmp_path)
    assert kept.facts["step"] == 4
    assert all(bool(torch.isfinite(tensor).all()) for tensor in kept.tensors.values())
    assert all(np.isfinite(list(news.losses.values())).all() for news in ear.news)


@pytest.mark.reliability("R41")
def test_a_poisoned_gradient_changes_no_weight(store: PictureStore, tmp_path: Path) -> None:
    trainer = Trainer(options("studio", 5), tmp_path, batches(store).batch, CPU)
    weight = trainer.recipe.generator.head.weight
    hook = weight.register_hook(lambda gradient: gradient * float("nan"))
    before = [p.detach().clone() for p in trainer.recipe.generator.parameters()]
    trainer.run(lambda: trainer.step >= 2)
    after = list(trainer.recipe.generator.parameters())
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))
    head = weight.detach().clone()
    hook.remove()
    trainer.run(lambda: trainer.step >= 3)
    assert not torch.equal(head, weight)


@pytest.mark.reliability("R41")
def test_numbers_that_stay_bad_end_the_run_with_the_last_good_state_kept(
    store: PictureStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an overflow of half-precision numbers: from some step on there is only inf."""
    clean = batches(store, "classic").batch

    def draw(step: int) -> Batch:
        return clean(step) if step < 4 else poisoned(clean(step), "chroma", float("inf"))

    monkeypatch.setattr("training.trainer.MOST_BAD_STEPS", 3)
    trainer = Trainer(options("classic", 99), tmp_path, draw, CPU)
    with pytest.raises(ColorStudioError, match="last good state is kept") as caught:
        trainer.run()
    assert caught.value.failure.kind is FailureKind.BAD_NUMBERS
    assert trainer.step == 4 + 3
    kept = load_checkpoint(tmp_path)
    assert all(bool(torch.isfinite(tensor).all()) for tensor in kept.tensors.values())


@pytest.mark.reliability("R41")
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
@pytest.mark.parametrize("network", [StudioGenerator, ClassicGenerator])
def test_weights_that_are_no_numbers_are_never_exported(
    network: type[nn.Module], value: float, tmp_path: Path
) -> None:
    generator = shaken(network())
    next(generator.parameters()).data.view(-1)[0] = value
    with pytest.raises(ColorStudioError, match="no usable numbers"):
        export_style(generator, tmp_path, StyleFacts("new", "studio"))
    assert list(tmp_path.iterdir()) == []


# Checkpoints of strangers


class Bomb:
    """Unpickling it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.mark,)


@pytest.mark.reliability("R40")
@pytest.mark.parametrize("shape", ["plain pickle", "torch file", "zip of a pickle", "numpy file"])
def test_a_malicious_checkpoint_does_nothing(
    shape: str, store: PictureStore, tmp_path: Path
) -> None:
    mark, run = tmp_path / "PWNED", tmp_path / "run"
    run.mkdir()
    for name in ("last", "before", "next", "best", "start"):
        path = run / f"{name}.safetensors"
        if shape == "plain pickle":
            path.write_bytes(pickle.dumps(Bomb(mark)))
        elif shape == "torch file":
            torch.save({"weights": Bomb(mark)}, path)
        elif shape == "zip of a pickle":
            torch.save(Bomb(mark), path, _use_new_zipfile_serialization=False)
        else:
            with path.open("wb") as file:
                np.save(file, np.array([Bomb(mark)], dtype=object), allow_pickle=True)
    (run / "index.json").write_bytes(pickle.dumps(Bomb(mark)))
    for level in (384, 256, 176):
        bomb = np.array([Bomb(mark)], dtype=object)
        np.save(run / f"level-{level}.npy", bomb, allow_pickle=True)
    trainer = Trainer(options("classic", 3), run, batches(store, "classic").batch, CPU)
    with pytest.raises(ColorStudioError, match="damaged") as caught:
        trainer.resume()
    assert caught.value.failure.kind is FailureKind.DAMAGED
    whole = PictureStore(find_pictures(Path(store.used[0].path).parent), run)
    assert len(whole) == len(store)
    assert not mark.exists()


# Being stopped


class Told:
    """Says stop from the n-th time on that it is asked, and knows when that was."""

    def __init__(self, patience: int) -> None:
        self.patience, self.since = patience, 0.0

    def __call__(self) -> bool:
        self.patience -= 1
        if self.patience < 0 and not self.since:
            self.since = time.monotonic()
        return self.patience < 0


CANCEL_SECONDS = 3.0
BUSY = 4.0
"""A test machine may be shared; on a quiet one the bar is the three seconds of the check."""


def child(home: Path, pages: Path, *more: str) -> subprocess.Popen[str]:
    small = ("--recipe", "classic", "--batch-size", "2", "--size", "32", "--snapshot-every", "5")
    command = [sys.executable, "-m", "colorstudio", "train", str(pages), "--name", "Mine", *small]
    return subprocess.Popen(
        [*command, "--json", *more],
        env=os.environ | {"COLORSTUDIO_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def events_until(run: subprocess.Popen[str], wanted: str) -> Iterator[dict[str, Any]]:
    assert run.stdout is not None
    for line in run.stdout:
        event = json.loads(line)
        yield event
        if event["event"] == wanted:
            return


def stopped(run: subprocess.Popen[str]) -> tuple[float, dict[str, Any]]:
    """Close the child's input, as the window does; gives the seconds it took and the last word."""
    asked = time.monotonic()
    assert run.stdin is not None and run.stdout is not None
    run.stdin.close()
    last: dict[str, Any] = {}
    for line in run.stdout:
        last = json.loads(line)
    assert run.wait(timeout=120) == 130
    run.stdout.close()
    return time.monotonic() - asked, last


def check_stopped(home: Path, seconds: float, last: dict[str, Any]) -> None:
    assert seconds <= CANCEL_SECONDS * BUSY
    assert last["event"] == "stopped"
    assert not list((home / "styles").glob("*")), "the style list is as it was"
    runs = list((home / "runs").glob("*"))
    if "Go on with --resume" in last["sentence"]:
        assert has_checkpoint(runs[0])
    assert not [p for run in runs for p in run.rglob("*.part*")]


@pytest.mark.reliability("R43")
def test_a_training_stopped_while_torch_is_loading_leaves_at_once(
    pages: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    run = child(tmp_path, pages, "--steps", "99999")
    time.sleep(0.5)
    seconds, last = stopped(run)
    record_property("seconds", round(seconds, 2))
    check_stopped(tmp_path, seconds, last)
    assert "nothing was changed" in last["sentence"]


@pytest.mark.slow
@pytest.mark.reliability("R43")
def test_a_training_can_be_stopped_at_ten_random_points(
    pages: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = int(time.time())
    chance, took = random.Random(seed), []
    print("seed", seed)
    points = ["run", "decoding", "pictures", "validation", "finishing"]
    points += ["step"] * 3 + ["checkpoint", "snapshots"]
    for number, point in enumerate(points):
        home = tmp_path / str(number)
        steps = "3" if point == "finishing" else "99999"
        run = child(home, pages, "--steps", steps)
        list(events_until(run, point))
        time.sleep(chance.uniform(0, 0.4))
        seconds, last = stopped(run)
        took.append(seconds)
        check_stopped(home, seconds, last)
    record_property("points", len(points))
    record_property("slowest", round(max(took), 2))
    record_property("seed", seed)


@pytest.mark.reliability("R43")
def test_every_question_whether_to_stop_is_heeded_until_the_style_is_there(
    store: PictureStore, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at the first, second, third … question of the export, nothing is added."""
    from colorstudio.styles.library import StyleLibrary
    from training.folder_report import TrainingFolder, look_at
    from training.options import Order

    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    trainer = Trainer(options("classic", 1), tmp_path / "run", batches(store, "classic").batch, CPU)
    trainer.run()
    folder = TrainingFolder(store, [], look_at(store, []))
    order = Order(pages, "Mine", trainer.options, json_lines=False)
    monkeypatch.setattr(finish, "write_sample", lambda *_: None)
    for patience in range(3):
        assert not finish.add_style(order, trainer, None, folder, None, Told(patience))
        assert [style.info.name for style in StyleLibrary().list()] == ["starter"]
        assert list((tmp_path / "home" / "styles").iterdir()) == []
    assert finish.add_style(order, trainer, None, folder, None, Told(99))
    assert "Mine" in [style.info.name for style in StyleLibrary().list()]


@pytest.mark.reliability("R43")
def test_the_look_for_what_is_worth_remembering_can_be_stopped(store: PictureStore) -> None:
    from training.memory import remembered
    from training.stopping import Stopped
    from training.worth import worth_remembering

    weights = StudioGenerator().state_dict()
    for patience in (0, 1, 3):
        told = Told(patience)
        with pytest.raises(Stopped):
            worth_remembering(remembered(store), store, weights, CPU, told)
        assert time.monotonic() - told.since < CANCEL_SECONDS


# A full disk


FULL_DISK = """
import sys, json
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from training_support import CPU, batches, options
from colorstudio.core.failures import ColorStudioError
from training.checkpoints import LAST, load_checkpoint
from training.pictures import PictureStore, find_pictures
from training.trainer import Trainer
disk = Path(sys.argv[2])
run = disk / "run"
draw = batches(PictureStore(find_pictures(Path(sys.argv[1]))), "classic").batch
trainer = Trainer(options("classic", 500), run, draw, CPU)
trainer.run(lambda: trainer.step >= 2)
good = (run / LAST).read_bytes()
with (disk / "others").open("wb") as file:
    try:
        while True:
            file.write(bytes(1 << 16))
            file.flush()
    except OSError:
        pass
told = {{}}
try:
    trainer.run(lambda: trainer.step >= 5)
except ColorStudioError as error:
    told = {{"kind": error.failure.kind, "sentence": error.failure.sentence}}
told["intact"] = (run / LAST).read_bytes() == good and load_checkpoint(run).facts["step"] == 2
told["left"] = sorted(path.name for path in run.iterdir())
(disk / "others").unlink()
again = Trainer(options("classic", 5), run, draw, CPU)
again.resume()
again.run()
told["after"] = load_checkpoint(run).facts["step"]
print(json.dumps(told))
"""


@pytest.mark.reliability("R44")
def test_a_real_full_disk_pauses_the_training_with_the_reason_and_harms_no_checkpoint(
    pages: Path, tmp_path: Path, store: PictureStore, record_property: Callable[[str, object], None]
) -> None:
    probe = Trainer(options("classic", 1), tmp_path / "probe", batches(store, "classic").batch, CPU)
    probe.run()
    size = (tmp_path / "probe" / LAST).stat().st_size
    disk, room = tmp_path / "disk", int(3.5 * size)  # before, last, and not quite the next
    disk.mkdir()
    script = tmp_path / "full_disk.py"
    script.write_text(FULL_DISK.format(root=str(HERE.parent), tests=str(HERE)))
    mount = f'mount -t tmpfs -o size={room} tmpfs "$1" || exit 77; shift; exec "$@"'
    done = (
        subprocess.run(
            [
                *("unshare", "-rm", "sh", "-c", mount, "sh", disk),
                sys.executable,
                script,
                pages,
                disk,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if shutil.which("unshare")
        else None
    )
    if done is None or done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("no disk can be mounted here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    record_property("disk", f"{room >> 20} MiB")
    assert told["kind"] == "disk_full"
    assert "The disk is full" in told["sentence"] and "--resume" in told["sentence"]
    assert told["intact"] and told["left"] == [LAST]
    assert told["after"] == 5


# Strange folders


@pytest.mark.reliability("R45")
def test_bad_pictures_are_listed_and_left_out_and_nothing_usable_is_refused(tmp_path: Path) -> None:
    place = draw_pages(tmp_path / "pages", 2, 100, 90)
    page = Image.open(place / "page 0.png")
    page.resize((80, 90)).save(place / "twin.jpg")
    Image.new("RGB", (200, 200), (120, 120, 120)).save(place / "one grey.png")
    Image.new("L", (200, 200), 40).save(place / "grey.png")
    Image.new("RGB", (12, 12), "red").save(place / "tiny.png")
    (place / "cut.png").write_bytes((place / "page 1.png").read_bytes()[:40])
    (place / "text.png").write_text("no picture")
    (place / "empty.jpg").touch()
    (place / "link.png").symlink_to(place / "nowhere.png")
    if hasattr(os, "mkfifo"):
        os.mkfifo(place / "pipe.png")
    pictures, unread = scan_folder(place)
    store = PictureStore(pictures)
    reasons = {row.path.name: row.reason for row in (*store.left_out, *unread)}
    assert {picture.path.name for picture in store.used} == {"page 0.png", "page 1.png"}
    expected = {"twin.jpg", "one grey.png", "grey.png", "tiny.png", "cut.png", "text.png"}
    assert expected | {"empty.jpg", "link.png"} <= reasons.keys()
    assert all(reason.endswith(".") and "Error" not in reason for reason in reasons.values())


@pytest.mark.reliability("R45")
@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError(), ValueError("odd"), SystemError()]
)
def test_whatever_one_picture_raises_it_alone_is_left_out(
    error: Exception, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training import pictures

    whole = pictures.on_white

    def fragile(artwork: Any) -> Any:
        fragile.calls += 1  # type: ignore[attr-defined]
        if fragile.calls == 2:  # type: ignore[attr-defined]
            raise error
        return whole(artwork)

    fragile.calls = 0  # type: ignore[attr-defined]
    monkeypatch.setattr(pictures, "on_white", fragile)
    store = PictureStore(find_pictures(pages))
    assert len(store) == 3 and len(store.left_out) == 1
    assert store.left_out[0].reason.endswith(".")


@pytest.mark.reliability("R45")
@pytest.mark.skipif(not ODD.is_dir(), reason="the odd pictures are not here")
def test_a_hostile_folder_is_trained_on_without_a_stop(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    before = {p: p.stat().st_mtime_ns for p in ODD.rglob("*") if p.is_file()}
    pictures, unread = scan_folder(ODD)
    store = PictureStore(pictures, tmp_path / "pictures")
    record_property("used", len(store))
    record_property("left out, with a reason", len(store.left_out) + len(unread))
    assert len(store) + len(store.left_out) == len(pictures)
    assert len(store) >= 2
    assert all(row.reason.endswith((".", "--resume.")) for row in store.left_out)
    trainer = Trainer(options("classic", 3), tmp_path, batches(store, "classic").batch, CPU)
    trainer.run()
    assert trainer.step == 3 and all_finite(trainer.recipe.generator)
    assert {p: p.stat().st_mtime_ns for p in before} == before
