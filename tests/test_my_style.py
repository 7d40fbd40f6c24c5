"""My style: runs that are judged, refused disks, foreign checkpoints, and honest endings."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from training_support import CPU, Ear, batches, draw_pages, files_no_larger_than, options, run_train

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import load_style
from training.checkpoints import BEFORE, LAST, load_checkpoint
from training.judge import Judge, ValidationNews
from training.pictures import PictureStore, find_pictures
from training.recipes import ClassicRecipe
from training.trainer import Trainer
from training.validation import ValidationSet

pytestmark = pytest.mark.timeout(600)  # processes that load torch, on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn pages of different sizes."""
    return draw_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def store(folder: Path) -> PictureStore:
    return PictureStore(find_pictures(folder))


# Runs


class KeenEar(Ear):
    """Hears of validations as well."""

    def __init__(self) -> None:
        super().__init__()
        self.verdicts: list[ValidationNews] = []

    def validated(self, news: ValidationNews) -> None:
        self.verdicts.append(news)


def judged_trainer(store: PictureStore, run: Path, ear: KeenEar) -> Trainer:
    settings = options("classic", 4)
    judge = Judge(
        ValidationSet(store, [0], multiple=16, paints_lines=False, device=CPU),
        ClassicRecipe.paint,
        run,
        from_style=True,
        may_end=False,
        cost_share=1,
    )
    draw = batches(store.without([0]), "classic").batch
    return Trainer(settings, run, draw, CPU, listeners=[ear], judge=judge)


def test_a_run_resumed_through_validations_has_the_losses_of_an_unbroken_one(store, tmp_path):
    whole, broken = KeenEar(), KeenEar()
    judged_trainer(store, tmp_path / "a", whole).run()
    judged_trainer(store, tmp_path / "b", broken).run(lambda: len(broken.news) == 2)
    best = broken.verdicts[-1].best
    again = judged_trainer(store, tmp_path / "b", broken)
    again.resume()
    again.run()
    assert [news.step for news in broken.news] == [1, 2, 3, 4]
    for one, two in zip(whole.news, broken.news, strict=True):
        assert two.losses == pytest.approx(one.losses, abs=1e-4)
    assert {news.step for news in whole.verdicts} == set(range(5))
    assert broken.verdicts[-1].best.score >= best.score - 1e-3
    assert whole.verdicts[-1].figures.greyscale == pytest.approx(
        broken.verdicts[-1].figures.greyscale, abs=1e-2
    )


def test_a_disk_that_takes_no_more_leaves_the_earlier_checkpoints_whole(store, tmp_path):
    trainer = Trainer(options("classic", 500), tmp_path, batches(store, "classic").batch, CPU)
    with (
        files_no_larger_than(100_000),  # there is nothing yet to go on with
        pytest.raises(ColorStudioError, match="then start it again: nothing was saved yet"),
    ):
        trainer.run(lambda: trainer.step >= 2)
    trainer.run(lambda: trainer.step >= 2)
    good = (tmp_path / LAST).read_bytes()
    with (
        files_no_larger_than(100_000),
        pytest.raises(ColorStudioError, match="go on with --resume: what was saved is kept"),
    ):
        trainer.run(lambda: trainer.step >= 4)
    assert (tmp_path / LAST).read_bytes() == good
    assert {path.name for path in tmp_path.iterdir()} == {LAST}
    assert load_checkpoint(tmp_path).facts["step"] == 2


def test_no_room_for_the_decoded_pictures_is_an_error_and_no_crash(folder, tmp_path):
    with files_no_larger_than(100_000), pytest.raises(OSError):
        PictureStore(find_pictures(folder), tmp_path)
    assert not (tmp_path / "index.json").exists()


class Bomb:
    """Unpickling it would leave a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return os.mkdir, (str(self.mark),)


def test_foreign_and_malicious_checkpoints_are_passed_over(store, tmp_path):
    run, mark = tmp_path / "run", tmp_path / "mark"
    draw = batches(store, "classic").batch
    trainer = Trainer(options("classic", 500), run, draw, CPU)
    trainer.run(lambda: trainer.step >= 2)
    shutil.copy(run / LAST, run / BEFORE)
    (run / LAST).write_bytes(pickle.dumps(Bomb(mark)))
    again = Trainer(options("classic", 500), run, draw, CPU)
    again.resume()
    assert again.step == 2 and not mark.exists()
    with pytest.raises(ColorStudioError, match="damaged") as caught:
        Trainer(options("studio", 500), run, draw, CPU).resume()  # weights that fit nowhere
    assert caught.value.failure.kind is FailureKind.DAMAGED


def test_the_best_style_comes_out_with_figures_a_sample_and_credits(folder, tmp_path):
    done = run_train(
        tmp_path,
        *(str(folder), "--name", "Mine", "--steps", "2", "--batch-size", "2", "--size", "32"),
        *("--author", "A. Artist", "--credits", "Pages by A. Artist", "--credits", "CC BY 4.0"),
        "--json",
    )
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    names = [event["event"] for event in events]
    assert "decoding" not in names[names.index("comparing") :]  # it says what takes so long
    pictures = events[names.index("comparing") + 1]
    # Pages of chance colours tell nothing of each other: half of them judge, not a fifth.
    assert (pictures["used"], pictures["held_back"]) == (6, 3)
    assert "6 pictures are few" in pictures["notes"][0]
    looks = [event for event in events if event["event"] == "validation"]
    assert looks[0]["step"] == 0 and looks[-1]["step"] == 2
    assert set(looks[0]["psnr"]) == {"greyscale", "lineart"}
    assert "Held-back pages (3" in events[-1]["sentence"]
    style = load_style(next((tmp_path / "styles").iterdir()))
    assert style.info.credits[:2] == ("Pages by A. Artist", "CC BY 4.0")
    assert "starter" in style.info.credits[2] and style.info.author == "A. Artist"
    assert style.info.evaluation["pictures"] == 3
    # What it was trained, as the result said, not at which step its best weights were found.
    assert style.info.steps == events[-1]["steps"] == 2
    before, after = (style.info.evaluation[k] for k in ("psnr before training", "psnr"))
    assert after["greyscale: auto"] >= before["greyscale: auto"]
    with Image.open(style.sample) as sample:
        assert max(sample.size) == 384
    assert StyleLibrary(tmp_path).find("Mine").info == style.info


def test_one_picture_trains_and_is_said_to_be_unjudged(folder, tmp_path):
    small = ("--recipe", "classic", "--steps", "2", "--batch-size", "2", "--size", "32")
    done = run_train(tmp_path, str(folder / "page 0.png"), "--name", "One", *small)
    assert done.returncode == 0, done.stderr
    assert "can't be held back" in done.stderr
    assert "how well it colours other pages is not known" in done.stdout


def test_a_stop_during_decoding_leaves_at_once_and_changes_nothing(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    noise = np.random.default_rng(1).integers(0, 255, (1500, 1500, 3), np.uint8)
    Image.fromarray(noise).save(pages / "0.png", compress_level=0)
    for number in range(1, 200):
        os.link(pages / "0.png", tmp_path / f"{number}.png")
        shutil.move(tmp_path / f"{number}.png", pages)
    run = subprocess.Popen(
        [sys.executable, "-m", "colorstudio", "train", str(pages), "--name", "x", "--json"],
        env=os.environ | {"COLORSTUDIO_HOME": str(tmp_path / "home")},
        stdout=subprocess.PIPE,
        text=True,
    )
    while not list((tmp_path / "home").glob("runs/*/pictures/level-384.npy")):
        assert run.poll() is None
        time.sleep(0.05)
    time.sleep(0.3)
    asked = time.monotonic()
    run.send_signal(signal.SIGTERM)
    said = json.loads(run.communicate(timeout=60)[0].splitlines()[-1])
    assert run.returncode == 130 and time.monotonic() - asked < 30  # 1 on an idle machine
    assert said["event"] == "stopped" and "before the training began" in said["sentence"]
