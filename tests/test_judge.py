"""The judge of a training: validates, keeps the best, and says when to end."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn
from training_support import CPU, draw_pages

from training.batches import Batch
from training.checkpoints import BEST, START
from training.finish import verdict
from training.folder_report import FolderReport
from training.judge import Judge
from training.pictures import PictureStore, find_pictures
from training.validation import Figures, ValidationSet


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn pages of different sizes."""
    return draw_pages(tmp_path_factory.mktemp("pages"))


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


def pages_of(
    store: PictureStore, numbers: Sequence[int] = (0, 1, 4), *, lines: bool = False
) -> ValidationSet:
    return ValidationSet(store, numbers, multiple=32, paints_lines=lines, device=CPU)


def judge_of(
    store: PictureStore, run: Path, pages: Sequence[int] = (0, 1, 4), *, from_style: bool = True
) -> Judge:
    judged = pages_of(store, pages)
    return Judge(judged, paint, run, from_style=from_style, may_end=True, cost_share=1)


def never() -> bool:
    return False


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


def test_figures_of_other_pages_are_not_compared_but_made_anew(store, tmp_path):
    judge = judge_of(store, tmp_path)
    judge.begin(Dial(0.5), 0, 0.0, never)
    judge.look(Dial(0.9), 10, 0.1, never)
    others = judge_of(store, tmp_path, (2, 3, 5))  # as many as before
    others.begin(Dial(0.7), 20, 0.2, never)
    for kept, share, before in ((others.start, 0.5, judge.start), (others.best, 0.9, judge.best)):
        assert kept.figures == pages_of(store, (2, 3, 5)).figures(Dial(share), paint)
        assert kept.figures.score != pytest.approx(before.figures.score, abs=0.01)


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


def test_a_machine_that_becomes_busy_is_looked_at_less_often(store, tmp_path, monkeypatch):
    """Looks went by the fastest ever, and took nearly all of the time."""
    clock, slow = [0.0], [1.0]
    monkeypatch.setattr("training.judge.time.monotonic", lambda: clock[0])

    def paint_slowly(network: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        clock[0] += slow[0]
        return paint(network, batch)

    judge = Judge(
        pages_of(store), paint_slowly, tmp_path, from_style=True, may_end=True, cost_share=0.1
    )
    judge.begin(Dial(0.6), 0, 0.0, never)
    quick = judge.until_due
    slow[0] = 20.0
    judge.look(Dial(0.6), 1, 0.1, never)
    assert judge.until_due == quick, "it may have been held up once"
    for step in (2, 3):
        judge.look(Dial(0.6), step, 0.1, never)
    assert judge.until_due == pytest.approx(20 * quick)


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
    said = verdict(choice, {"name": "starter", "remembers": 0.5}, report, ended=True, steps=500)
    assert said[0] == "More training now makes it worse on pages it has not seen."
    assert "no better" in said[1] and "“starter”" in said[1] and "too mixed" in said[1]
    assert "as “starter” does." in said[1], "it is that very style, told nothing more"
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
