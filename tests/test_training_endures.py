"""A training among bad numbers, checkpoints of strangers and strange folders."""

import errno
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from files_support import ODD_FOLDER
from PIL import Image
from torch import nn
from training_support import CPU, Ear, batches, draw_pages, options, shaken

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.reading import read_artwork
from training.batches import Batch
from training.checkpoints import load_checkpoint
from training.classic import ClassicGenerator
from training.export import StyleFacts, export_style
from training.networks import StudioGenerator
from training.pictures import PictureStore, find_pictures, scan_folder
from training.trainer import Trainer, all_finite

pytestmark = pytest.mark.timeout(600)  # processes that load torch, on a busy machine

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
@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES])
def test_a_picture_whose_drive_does_not_answer_is_left_out_alone(
    number: int, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, lost = find_pictures(pages), "page 2.png"
    whole = Path.stat

    def stat(path: Path, **ways: Any) -> os.stat_result:
        if path.name == lost:
            raise OSError(number, os.strerror(number), str(path))
        return whole(path, **ways)

    def read(path: Path) -> Artwork:
        path.stat()
        return read_artwork(path)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr("training.pictures.read_artwork", read)
    for store in (PictureStore(found, tmp_path), PictureStore(found, tmp_path)):
        assert [row.path.name for row in store.left_out] == [lost]
        assert len(store) == 3


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
