"""What a style of one's own remembers of its pages, and what a new page is told of it."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from training_support import options, shaken

from colorstudio.core.palette import masses_of, palette_of_colors, palettes_of_masses
from colorstudio.core.yuv import luma_of
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.style import load_style
from training.batches import BatchMaker, Mix
from training.export import StyleFacts, export_style, weights_of
from training.finish import remember_all
from training.folder_report import TrainingFolder, look_at
from training.judge import Choice
from training.memory import SLOTS, PaletteMemory, RememberedPages, _key, remembered
from training.networks import StudioGenerator
from training.pictures import PictureStore, find_pictures
from training.stopping import Stopped
from training.telling import palette_of_pictures
from training.trainer import Trainer
from training.validation import Figures
from training.worth import CLOSENESS, best_closeness

NIGHT, DAY = (20, 30, 90), (250, 220, 170)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> PictureStore:
    """Three blue pages that are dark and three sandy ones that are light, in turn."""
    place = tmp_path_factory.mktemp("book")
    chance = np.random.default_rng(3)
    for number in range(6):
        page = np.full((96, 80, 3), DAY if number % 2 else NIGHT, np.int16)
        # Large soft spots, each page its own: pages that are alike, but no copies of another.
        spots = np.kron(chance.integers(-20, 21, (6, 5, 1)), np.ones((16, 16, 1)))
        page = page + spots.astype(np.int16)
        Image.fromarray(page.clip(0, 255).astype(np.uint8)).save(place / f"page {number}.png")
    return PictureStore(find_pictures(place))


def luma_of_page(rgb: tuple[int, int, int]) -> torch.Tensor:
    """A flat page of this colour made grey, as the generator sees it."""
    level = np.dot(rgb, (0.299, 0.587, 0.114)) / 255
    return torch.full((1, 1, 64, 96), float(level) - 0.5)


def colours_told(palette: torch.Tensor) -> torch.Tensor:
    """The mean chroma (2,) of a palette's tone curve."""
    curve = palette[64:-1].reshape(16, 3)
    weight = curve[:, 2:] ** 2
    return (curve[:, :2] * weight).sum(0) / weight.sum()


def test_masses_add_up_to_the_palette_of_the_pixels_together():
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, 256, (2, 500, 3)).astype(np.uint8)
    together = palette_of_colors(np.concatenate([one, other]))
    apart = np.stack([palette_of_colors(one), palette_of_colors(other)])
    half = masses_of(np, apart).mean(axis=0, keepdims=True)
    np.testing.assert_allclose(palettes_of_masses(np, half)[0], together, atol=1e-5)


def test_a_page_is_told_the_colours_of_pages_like_it(store):
    memory = PaletteMemory()
    memory.remember(remembered(store))
    night = memory(luma_of_page(NIGHT), torch.zeros(1))[0]
    day = memory(luma_of_page(DAY), torch.zeros(1))[0]
    dark, light = (colours_told(p) for p in palette_of_pictures(store, torch.arange(2)))
    assert torch.dist(colours_told(night), dark) < 0.2 * torch.dist(dark, light)
    assert torch.dist(colours_told(day), light) < 0.2 * torch.dist(dark, light)
    assert night[-1] == pytest.approx(1) and day[-1] == pytest.approx(1)


def test_line_art_is_told_the_colours_of_all_pages_alike(store):
    memory = PaletteMemory()
    memory.remember(remembered(store))
    told = memory(luma_of_page(DAY), torch.ones(1))
    plain = masses_of(torch, palette_of_pictures(store, torch.arange(6))).mean(0, keepdim=True)
    assert torch.allclose(told, palettes_of_masses(torch, plain), atol=1e-5)


def test_an_empty_memory_tells_nothing():
    memory = PaletteMemory()
    assert not memory.holds_any
    assert not memory(luma_of_page(DAY), torch.zeros(1)).any()


def test_of_a_large_folder_pages_from_first_to_last_are_kept():
    keys = torch.eye(100, 32) + 1e-3
    pages = RememberedPages(keys, torch.rand(100, 113), torch.arange(100), 1.0)
    memory = PaletteMemory()
    memory.remember(pages)
    assert torch.equal(memory.masses[0], pages.masses[0])
    assert torch.equal(memory.masses[SLOTS - 1], pages.masses[-1])
    assert not memory.handicap.any()


def test_in_training_a_page_is_told_the_others_palettes_and_never_its_own(store):
    pages = remembered(store.without([0]))
    others = pages.of_others(len(store), line_art=False)
    assert not others[0].any()  # held back: of it nothing is known
    alone = remembered(store.without([0, 2, 3, 4, 5]))
    assert not alone.of_others(len(store), line_art=False).any()
    pair = remembered(store.without([1, 2, 3, 5]))  # two dark pages
    told = pair.of_others(len(store), line_art=False)
    own = palette_of_pictures(store, torch.tensor([0, 4]))
    assert torch.allclose(told[0], own[1], atol=1e-5)
    assert torch.allclose(told[4], own[0], atol=1e-5)


def test_batches_tell_what_is_remembered_where_no_palette_is_told(store):
    pages = remembered(store)
    ways = {"batch_size": 6, "crop": 64, "seed": 2, "device": torch.device("cpu")}
    mix = Mix(line_art=0.5, palette=0.5, hints=0.0, recolour=0.0, few_colours=0.0, neighbour=0.0)
    plain = BatchMaker(store, mix=mix, **ways).batch(1)
    told = BatchMaker(store, mix=mix, pages=pages, **ways).batch(1)
    without = plain.palette[:, -1] == 0
    assert without.any() and not without.all()
    assert torch.equal(told.palette[~without], plain.palette[~without])
    assert torch.allclose(told.palette[without, -1], torch.ones(()))
    assert torch.equal(told.luma, plain.luma)


def test_the_memory_travels_in_the_style(store, tmp_path: Path):
    trainer = Trainer(
        options("studio", steps=1), tmp_path / "run", lambda _: None, torch.device("cpu")
    )
    pages = remembered(store)
    weights = shaken(StudioGenerator()).state_dict()
    trainer.start_from(weights, pages)
    trainer.run(lambda: True)  # told to stop at once: nothing but the beginning
    style = tmp_path / "style"
    style.mkdir()
    assert export_style(trainer.average.network, style, StyleFacts("Own", "studio")) < 1e-3
    kept = load_style(style)
    assert torch.equal(weights_of(kept)["memory.masses"][:6], pages.masses)


def test_at_the_end_the_held_back_pages_are_remembered_too(store):
    folder = TrainingFolder(store, [1], look_at(store, [1], ()))
    generator = StudioGenerator()
    figures = Figures(20.0, None)
    trained, start = (Choice({}, figures, 3, share, figures) for share in (0.5, 0.0))
    assert not remember_all(generator, trained, folder, None)  # it remembers nothing: goes on so
    generator.memory.remember(remembered(folder.to_learn_from))
    assert (generator.memory.handicap == 0).sum() == 5
    assert not remember_all(generator, start, folder, 0.5), "the start had these figures without"
    assert (generator.memory.handicap == 0).sum() == 5
    assert remember_all(generator, trained, folder, 0.5)
    assert (generator.memory.handicap == 0).sum() == 6
    assert generator.memory.sharpness == pytest.approx(remembered(store).sharpness / 2)


def test_a_page_border_as_thin_as_a_needle_is_remembered_as_the_program_sees_it(tmp_path: Path):
    stripe = np.random.default_rng(4).integers(0, 256, (1, 16, 3)).astype(np.uint8)
    border = np.repeat(np.repeat(stripe, 500, axis=1), 60, axis=0)
    Image.fromarray(border).save(tmp_path / "border.png")
    Image.fromarray(np.full((96, 80, 3), DAY, np.uint8)).save(tmp_path / "page.png")
    store = PictureStore(find_pictures(tmp_path))
    assert store.sizes[384][0].tolist() == [3, 384]
    pages = remembered(store)
    seen = store.whole_page(0, StudioGenerator().multiple)
    assert seen.shape == (4, 32, 384)
    luma = luma_of(torch.from_numpy(seen[:3]).float().movedim(0, -1) / 255)[None, None]
    assert torch.allclose(pages.keys[0], _key(luma)[0])


def book_of(place: Path, hues: list[tuple[int, int, int]]) -> PictureStore:
    """Pages of one colour each, with large spots of their own."""
    place.mkdir()
    chance = np.random.default_rng(9)
    for number, hue in enumerate(hues):
        spots = np.kron(chance.integers(-25, 26, (6, 5, 1)), np.ones((16, 16, 1)))
        page = np.full((96, 80, 3), hue) + spots
        Image.fromarray(page.clip(0, 255).astype(np.uint8)).save(place / f"{number}.png")
    return PictureStore(find_pictures(place))


def test_a_memory_is_worth_it_where_pages_are_alike_and_not_where_they_are_not(tmp_path):
    weights = weights_of(StyleLibrary().find("starter"))
    alike = book_of(tmp_path / "alike", [(200, 90, 60)] * 4)
    unlike = book_of(
        tmp_path / "unlike", [(60, 150, 90), (200, 90, 80), (90, 120, 220), (150, 110, 40)]
    )
    cpu = torch.device("cpu")
    assert best_closeness(alike, weights, cpu) in CLOSENESS
    assert best_closeness(unlike, weights, cpu) is None
    assert best_closeness(alike.without([1, 2, 3]), weights, cpu) is None
    with pytest.raises(Stopped):
        best_closeness(alike, weights, cpu, lambda: True)


def test_night_and_day_pages_tell_their_own_kind_only(store):
    weights = weights_of(StyleLibrary().find("starter"))
    closeness = best_closeness(store, weights, torch.device("cpu"))
    assert closeness is not None and closeness > 0
