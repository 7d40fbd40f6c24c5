"""My style: folders that are told truly, pages held back, the best kept, and honest endings."""

import json
import os
import pickle
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from test_training import CPU, Ear, batches, options, run_train
from torch import Tensor, nn

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import load_style
from training.batches import Batch, BatchMaker
from training.checkpoints import BEFORE, BEST, LAST, START, load_checkpoint
from training.finish import verdict
from training.folder_report import MIXED, FolderReport, look_at, mixedness
from training.holdout import held_back, remember
from training.judge import Judge, ValidationNews
from training.pictures import PictureStore, find_pictures, scan_folder
from training.procedural import draw_scene
from training.recipes import ClassicRecipe
from training.trainer import Trainer
from training.twins import TwinFinder
from training.validation import Figures, ValidationSet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn pages of different sizes."""
    place = tmp_path_factory.mktemp("pages")
    for seed in range(6):
        scene = draw_scene(seed, 160 - 10 * (seed % 2), 128)
        Image.fromarray(scene.colour).save(place / f"page {seed}.png")
    return place


@pytest.fixture(scope="module")
def store(folder: Path) -> PictureStore:
    return PictureStore(find_pictures(folder))


class Dial(nn.Module):
    """A network of one weight: how much of the true chroma it paints."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = nn.Parameter(torch.tensor(share))


def paint(network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
    return batch.chroma * network.share, batch.paint_luma


def pages_of(store: PictureStore, *, lines: bool = False) -> ValidationSet:
    return ValidationSet(store, [0, 1, 4], multiple=32, paints_lines=lines, device=CPU)


def judge_of(store: PictureStore, run: Path, *, from_style: bool = True) -> Judge:
    return Judge(pages_of(store), paint, run, from_style=from_style, may_end=True, cost_share=1)


def never() -> bool:
    return False


# The folder


def test_a_picture_saved_twice_is_used_once_and_the_report_names_the_other(tmp_path):
    page = Image.fromarray(draw_scene(3, 200, 160).colour)
    page.save(tmp_path / "a.png")
    page.resize((120, 150)).save(tmp_path / "b.jpg", quality=70)
    Image.fromarray(np.array(page)[:, :, ::-1]).save(tmp_path / "other colours.png")
    Image.fromarray(draw_scene(4, 200, 160).colour).save(tmp_path / "other page.png")
    store = PictureStore(find_pictures(tmp_path))
    assert [(row.path.name, row.reason) for row in store.left_out] == [
        ("b.jpg", "Nearly the same picture as “a.png”.")
    ]
    assert len(store) == 3


def test_flat_pictures_of_other_colours_are_no_twins():
    finder = TwinFinder()
    finder.remember(Path("red"), np.full((60, 60, 3), (200, 30, 30), np.uint8))
    assert finder.twin_of(np.full((60, 60, 3), (30, 30, 200), np.uint8)) is None
    assert finder.twin_of(np.full((90, 60, 3), (201, 30, 30), np.uint8)) == Path("red")


def test_line_art_is_found_by_name_in_any_format_and_in_folders(tmp_path):
    names = [
        *("x.color.jpg", "x.line.png", "y.colour.png", "Y.line.png", "alone.line.png"),
        *("line/1.png", "color/1.webp", "book/lines/a/2.png", "book/colours/a/2.png"),
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (60, 60), "red").save(tmp_path / name)
    found = {
        str(p.path.relative_to(tmp_path)): p.lines and str(p.lines.relative_to(tmp_path))
        for p in find_pictures(tmp_path)
    }
    assert found == {
        "x.color.jpg": "x.line.png",
        "color/1.webp": "line/1.png",
        "book/colours/a/2.png": "book/lines/a/2.png",
        "y.colour.png": None,
        "Y.line.png": None,
        "alone.line.png": None,
    }


def test_what_cannot_even_be_looked_at_is_told_too(folder, tmp_path):
    shutil.copy(folder / "page 0.png", tmp_path / "page.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "nowhere.png")
    pictures, unread = scan_folder(tmp_path)
    assert len(pictures) == 1
    report = look_at(PictureStore(pictures), [], unread)
    assert [row.path.name for row in report.left_out] == ["link.png"]
    assert "can't be held back" in report.notes[0]


def test_few_pictures_are_told_and_enough_are_not(store):
    assert "6 pictures are few" in look_at(store, [0]).notes[0]
    assert FolderReport(12, 2, (), mixed=False).notes == []


def striped(folder: Path, hues: list[int]) -> PictureStore:
    """Pages whose shapes differ and whose colour is one hue each, 0..255."""
    chance = np.random.default_rng(5)
    folder.mkdir()
    for number, hue in enumerate(hues):
        value = np.repeat(np.repeat(chance.integers(60, 250, (8, 8)), 16, 0), 16, 1)
        hsv = np.dstack([np.full_like(value, hue), np.full_like(value, 180), value])
        page = Image.fromarray(hsv.astype(np.uint8), "HSV").convert("RGB")
        page.save(folder / f"{number}.png")
    return PictureStore(find_pictures(folder))


def test_a_mixed_folder_is_told_from_one_of_a_single_palette(tmp_path):
    one_palette = striped(tmp_path / "one", [20, 22, 25, 18, 21, 24, 20, 23, 19, 21])
    mixed = striped(tmp_path / "mixed", [0, 25, 50, 80, 105, 130, 155, 180, 205, 230])
    assert mixedness(one_palette) < MIXED < mixedness(mixed)
    assert "differ much" in look_at(mixed, [0]).notes[0]
    assert not look_at(one_palette, [0]).mixed


# Pages held back


def test_a_fifth_is_held_back_always_the_same_and_none_of_one(store, folder, tmp_path):
    held = held_back(store, seed=1)
    assert len(held) == 1 and held == held_back(store, seed=1)
    assert len({tuple(held_back(store, seed)) for seed in range(9)}) > 1
    shutil.copy(folder / "page 0.png", tmp_path)
    assert held_back(PictureStore(find_pictures(tmp_path)), seed=1) == []


def test_held_back_pages_are_in_no_batch(tmp_path):
    for number, colour in enumerate(["red", "green", "green", "green"]):
        page = Image.new("RGB", (100 + 9 * number, 100), colour)
        page.paste("white", (10, 10, 40, 30 + 20 * number))
        page.save(tmp_path / f"{number}.png")
    store = PictureStore(find_pictures(tmp_path))
    maker = BatchMaker(
        store.without([0]), batch_size=8, crop=32, seed=1, device=CPU, mix=ClassicRecipe.mix
    )
    assert all((maker.batch(step).chroma[:, 1] <= 0.01).all() for step in range(12))


def test_a_resumed_run_holds_back_what_it_held_back_before(store, folder, tmp_path):
    held = held_back(store, seed=2)
    remember(store, held, 2, tmp_path)
    more = tmp_path / "more"
    shutil.copytree(folder, more)
    for seed in range(30, 36):
        Image.fromarray(draw_scene(seed, 140, 128).colour).save(more / f"a {seed}.png")
    grown = PictureStore(find_pictures(more))
    names = [grown.used[number].path.name for number in held_back(grown, 2, tmp_path)]
    assert names == [store.used[number].path.name for number in held]


# Validation


def test_true_colours_are_perfect_and_grey_ones_as_bad_as_the_grey_page(store):
    pages = pages_of(store, lines=True)
    perfect = pages.figures(Dial(1.0), paint)
    assert perfect.greyscale > 50
    grey = pages.figures(Dial(0.0), paint)
    assert grey.greyscale == pytest.approx(pages.grey_alone(), abs=1e-3)
    assert grey.greyscale < perfect.greyscale - 10 and grey.lineart < perfect.lineart
    assert perfect.score > grey.score
    assert pages.figures(Dial(1.0), paint, should_stop=lambda: True) is None


def test_padding_counts_for_nothing(store):
    def spoilt(network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        chroma = batch.chroma.clone()
        chroma[:, :, -1] = 1.0  # the pages are lower than their padding
        return chroma, batch.paint_luma

    low = [n for n in range(len(store)) if store.sizes[256][n][0] % 32]
    pages = ValidationSet(store, low[:1], multiple=32, paints_lines=False, device=CPU)
    assert pages.figures(Dial(1.0), spoilt).greyscale > 50


# The judge


def test_the_best_weights_are_kept_and_found_again(store, tmp_path):
    judge = judge_of(store, tmp_path)
    first = judge.begin(Dial(0.5), 0, 0.0, never)
    assert first.best == first.figures and (tmp_path / START).is_file()
    judge.look(Dial(0.9), 10, 0.1, never)
    news = judge.look(Dial(0.7), 20, 0.2, never)
    assert news.best_step == 10 and news.start == first.figures
    again = judge_of(store, tmp_path)
    again.begin(Dial(0.7), 20, 0.2, never)
    assert again.best.step == 10 and float(again.best.weights["share"]) == pytest.approx(0.9)
    assert again.best.figures.greyscale == pytest.approx(news.best.greyscale, abs=1e-3)
    (tmp_path / BEST).write_bytes(b"cnothing\npickled\n.")
    without = judge_of(store, tmp_path)
    without.begin(Dial(0.7), 20, 0.2, never)
    assert without.best.step == 20


def test_a_run_that_gets_worse_ends_and_one_that_stands_still_does_not(store, tmp_path):
    worse, still = judge_of(store, tmp_path / "a"), judge_of(store, tmp_path / "b")
    for judge, end in ((worse, 0.5), (still, 0.899)):
        judge.begin(Dial(0.6), 0, 0.0, never)
        judge.look(Dial(0.9), 10, 0.1, never)
        for step in range(11, 16):
            judge.look(Dial(end), step, 0.2, never)
        assert not judge.ended, "patience is longer than that"
        judge.look(Dial(end), 40, 0.45, never)
        assert not judge.ended, "few steps may be a step back before two forward"
        judge.look(Dial(end), 140, 0.45, never)
    assert worse.ended and not still.ended


def test_half_way_weights_are_chosen_where_they_do_better(store, tmp_path):
    judge = judge_of(store, tmp_path)
    judge.begin(Dial(0.4), 0, 0.0, never)
    judge.look(Dial(1.4), 10, 0.5, never)
    network = Dial(0.0)
    choice = judge.choose(network)
    assert choice.share == 0.5 and network.share.item() == pytest.approx(0.9)
    assert choice.figures.score > judge.best.figures.score
    assert judge.choose(network, lambda: True) is None


def test_where_nothing_beats_the_start_the_start_comes_back(store, tmp_path):
    judge = judge_of(store, tmp_path)
    judge.begin(Dial(1.0), 0, 0.0, never)
    judge.look(Dial(0.2), 500, 1.0, never)
    network = Dial(0.0)
    choice = judge.choose(network)
    assert choice.share == 0 and network.share.item() == 1.0
    report = FolderReport(12, 2, (), mixed=True)
    said = verdict(choice, {"name": "starter"}, report, ended=True, steps=500)
    assert said[0] == "More training now makes it worse on pages it has not seen."
    assert "no better" in said[1] and "“starter”" in said[1] and "too mixed" in said[1]
    small = FolderReport(5, 1, (), mixed=False)
    assert "too small" in " ".join(verdict(choice, {"name": "s"}, small, ended=False, steps=9))
    assert "not known" in verdict(None, None, small, ended=False, steps=9)[0]


def test_line_art_buys_no_loss_in_greyscale(store, tmp_path):
    judge = judge_of(store, tmp_path)
    judge.begin(Dial(0.8), 0, 0.0, never)
    start = judge.start.figures
    assert not judge._is_better(Figures(start.greyscale - 0.5, 99.0))
    assert judge._is_better(Figures(start.greyscale + 0.5, None))


def test_a_run_from_scratch_has_no_start_to_fall_back_to(store, tmp_path):
    judge = judge_of(store, tmp_path, from_style=False)
    assert judge.begin(Dial(1.0), 0, 0.0, never) is None
    assert judge.choose(Dial(0.0)) is None
    judge.look(Dial(0.3), 1, 0.1, never)
    assert judge.choose(Dial(0.0)).share == 1.0


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


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A disk that takes no more than so many bytes a file; the error is as real as a full one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_takes_no_more_leaves_the_earlier_checkpoints_whole(store, tmp_path):
    trainer = Trainer(options("classic", 500), tmp_path, batches(store, "classic").batch, CPU)
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
    pictures = next(event for event in events if event["event"] == "pictures")
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
