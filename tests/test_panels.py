"""Two pictures in one training sample, as panels of a page."""

from dataclasses import replace

import pytest
import torch
from PIL import Image

from training.batches import STARTER_MIX, BatchMaker, Mix
from training.panels import in_panels
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene

CPU = torch.device("cpu")


def _pages(count: int = 40, side: int = 64) -> torch.Tensor:
    """Each page all of one value of its own, no two alike, none black or white."""
    values = torch.linspace(0.1, 0.9, count)
    return values[:, None, None, None].expand(count, 4, side, side).clone()


def _chance(seed: int = 1) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_a_second_panel_is_the_next_picture():
    pages = _pages()
    may = torch.arange(len(pages)) % 2 == 0
    mixed = in_panels(pages, may, 1.0, _chance())
    assert torch.equal(mixed[~may], pages[~may])
    for page in may.nonzero()[:, 0].tolist():
        own, other = float(pages[page, 0, 0, 0]), float(pages[(page + 1) % len(pages), 0, 0, 0])
        seen = set(mixed[page].unique().tolist())
        assert {own, other} <= seen <= {own, other, 0.0, 1.0}
        share = float((mixed[page] == other).float().mean())
        assert 0.1 < share < 0.8, "a part of the page, never all of it"


def test_seams_run_both_ways_with_and_without_gutters():
    pages = _pages(200)
    mixed = in_panels(pages, torch.ones(200).bool(), 1.0, _chance())
    upright = (mixed[:, 0, 0] == mixed[:, 0, -1]).all(dim=1)
    assert 60 < int(upright.sum()) < 140
    gutters = ((mixed == 0) | (mixed == 1)).flatten(1).any(dim=1)
    assert 100 < int(gutters.sum()) < 190
    assert (mixed == 0).any() and (mixed == 1).any()


def test_a_share_of_the_pages_gets_a_second_panel():
    pages = _pages(400)
    mixed = in_panels(pages, torch.ones(400).bool(), 0.4, _chance())
    changed = int((mixed != pages).flatten(1).any(dim=1).sum())
    assert 120 < changed < 200


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scenes")
    for seed in range(6):
        Image.fromarray(draw_scene(seed, 288, 256).colour).save(folder / f"{seed}.png")
    return PictureStore(find_pictures(folder))


def test_the_starters_crops_are_of_many_sizes_and_the_same_step_is_the_same_batch(store):
    maker = BatchMaker(store, batch_size=4, crop=256, seed=1, device=CPU, mix=STARTER_MIX)
    sides = {maker.batch(step).luma.shape[-1] for step in range(24)}
    assert max(sides) == 256 and min(sides) < 200 and len(sides) > 3
    assert all(side % 32 == 0 for side in sides)
    assert torch.equal(maker.batch(7).luma, maker.batch(7).luma)


@pytest.mark.parametrize("palette", [0.0, 1.0])
def test_a_page_gets_a_second_panel_unless_it_is_told_a_palette(store, palette):
    ways = {"batch_size": 6, "crop": 128, "seed": 3, "device": CPU}
    mix = Mix(lightened=0, palette=palette)
    alone = BatchMaker(store, mix=mix, **ways).batch(2)
    beside = BatchMaker(store, mix=replace(mix, panels=1.0), **ways).batch(2)
    same = (alone.paint_luma == beside.paint_luma).flatten(1).float().mean(dim=1)
    if palette:
        assert (same == 1).all()
    else:
        assert (same < 0.95).all() and (same > 0.1).all()
