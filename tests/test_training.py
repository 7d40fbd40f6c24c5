"""Training: batches, runs that resume, weights that stay numbers, and styles that come out."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from training_support import CPU, Ear, batches, draw_pages, options

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.palette import PALETTE_SIZE, palette_of, palettes
from colorstudio.core.yuv import chroma_of, luma_of, offsets_of
from training.batches import BatchMaker, into_gamut
from training.checkpoints import BEFORE, LAST, load_checkpoint
from training.classic import ClassicDiscriminator, ClassicGenerator
from training.networks import GeneratorConfig, PatchDiscriminator, StudioGenerator
from training.options import TrainOptions
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene
from training.recipes import RECIPES
from training.trainer import MOST_BAD_STEPS, Trainer


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn pages, one with its line art, and four files that teach nothing."""
    place = tmp_path_factory.mktemp("pages")
    for seed in range(6):
        scene = draw_scene(seed, 160, 128)
        Image.fromarray(scene.colour).save(place / f"page {seed}.png")
    scene = draw_scene(7, 128, 128)
    Image.fromarray(scene.colour).save(place / "pair.color.png")
    Image.fromarray(scene.lines).save(place / "pair.line.png")
    Image.fromarray(scene.lines).save(place / "grey.png")
    Image.new("RGB", (20, 20), "red").save(place / "tiny.png")
    (place / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    (place / "empty.jpg").write_bytes(b"")
    return place


@pytest.fixture(scope="module")
def store(folder: Path) -> PictureStore:
    return PictureStore(find_pictures(folder))


# The training folder


def test_a_folder_tells_what_is_left_out_and_why(store):
    reasons = {row.path.name: row.reason for row in store.left_out}
    assert set(reasons) == {"grey.png", "tiny.png", "broken.png", "empty.jpg"}
    assert reasons["grey.png"] == "Without colour."
    assert all(reason.endswith(".") for reason in reasons.values())
    assert len(store) == 7


def test_real_line_art_is_used_where_a_picture_has_it(store):
    names = [picture.path.name for picture in store.used]
    assert [names[i] for i in np.flatnonzero(store.has_lines)] == ["pair.color.png"]
    assert (store.canvases[256][names.index("pair.color.png"), 3] < 100).any()


def test_a_second_store_takes_over_what_the_first_one_decoded(folder, tmp_path):
    first = PictureStore(find_pictures(folder), tmp_path)
    written = (tmp_path / "level-256.npy").stat().st_mtime_ns
    second = PictureStore(find_pictures(folder), tmp_path)
    assert (tmp_path / "level-256.npy").stat().st_mtime_ns == written
    assert np.array_equal(second.canvases[256], first.canvases[256])
    assert np.array_equal(second.sizes[384], first.sizes[384])
    assert [row.reason for row in second.left_out] == [row.reason for row in first.left_out]
    (tmp_path / "index.json").write_text('{"fingerprint": 3')
    assert len(PictureStore(find_pictures(folder), tmp_path)) == len(first)
    fewer = PictureStore(find_pictures(folder)[:3], tmp_path)
    assert len(fewer.canvases[256]) == len(fewer) <= 3


def test_a_page_saved_anew_while_it_is_decoded_is_decoded_again_by_the_next_store(tmp_path):
    pages, room = draw_pages(tmp_path / "pages", 3, 110, 96), tmp_path / "room"
    asked = []

    def while_the_last_one_is_decoded() -> bool:
        asked.append(1)
        if len(asked) == 3:
            Image.fromarray(draw_scene(9, 128, 96).colour).save(pages / "page 0.png")
        return False

    begun = PictureStore(find_pictures(pages), room, while_the_last_one_is_decoded)
    old = begun.canvases[256][0].copy()
    follower = PictureStore(find_pictures(pages), room, follows=True)  # on another card
    assert np.array_equal(follower.canvases[256][0], old)
    resumed = PictureStore(find_pictures(pages), room)
    assert not np.array_equal(resumed.canvases[256][0], old)


# Batches


@pytest.mark.parametrize("recipe", ["studio", "classic"])
def test_the_same_step_gives_the_same_batch(store, recipe):
    one, two, other = (batches(store, recipe).batch(step) for step in (5, 5, 6))
    assert torch.equal(one.luma, two.luma) and torch.equal(one.hints, two.hints)
    assert not torch.equal(one.luma, other.luma)


def test_a_batch_keeps_the_contracts_shapes_and_ranges(store):
    maker = BatchMaker(store, batch_size=20, crop=64, seed=1, device=CPU)
    batch = maker.batch(0)
    assert batch.luma.shape == (20, 1, 64, 64) and batch.hints.shape == (20, 3, 64, 64)
    assert batch.palette.shape == (20, PALETTE_SIZE) and batch.chroma.shape == (20, 2, 64, 64)
    for plane in (batch.luma, batch.paint_luma):
        assert plane.min() >= -0.5 and plane.max() <= 0.5
    assert set(batch.mode.tolist()) == {0.0, 1.0}
    greyscale = batch.mode == 0
    assert torch.equal(batch.luma[greyscale], batch.paint_luma[greyscale])
    assert (batch.line_layer[greyscale] == 1).all()
    confidence = batch.hints[:, 2].flatten(1).amax(1)
    assert set(confidence.tolist()) == {0.0, 1.0}, "told or not; and sure where a hint lies"


def test_hints_carry_the_true_colour_of_their_centre(store):
    batch = BatchMaker(store, batch_size=20, crop=48, seed=2, device=CPU).batch(0)
    mask = batch.hints[:, 2:] == 1
    near = (batch.hints[:, :2] - batch.chroma).abs()[mask.expand(-1, 2, -1, -1)]
    assert mask.any()
    assert near.median() < 0.03  # a dot of some pixels has its centre's colour


def test_training_and_program_see_the_same_palette(store):
    plain = BatchMaker(store, batch_size=8, crop=48, seed=2, device=CPU, mix=RECIPES["classic"].mix)
    small = store.canvases[176][:1, :3, ::4, ::4]
    whole = torch.from_numpy(small.copy()).float().div(255).flatten(2).transpose(1, 2)
    told = palettes(torch, luma_of(whole), chroma_of(whole))[0]
    assert told.numpy() == pytest.approx(palette_of(small[0].transpose(1, 2, 0)), abs=1e-5)
    assert not plain.batch(0).palette.any()


def test_recoloured_truth_stays_within_what_rgb_can_hold():
    chance = torch.Generator().manual_seed(1)
    luma = torch.rand(4, 1, 16, 16, generator=chance)
    chroma = into_gamut(luma, torch.rand(4, 2, 16, 16, generator=chance) * 2 - 1)
    rgb = torch.stack([luma[:, 0] + o for o in offsets_of(chroma[:, 0], chroma[:, 1])])
    assert rgb.min() > -1e-5 and rgb.max() < 1 + 1e-5


# Networks


def test_the_classic_networks_take_any_size():
    for height, width in ((32, 32), (45, 70), (256, 31)):
        luma = torch.zeros(1, 1, height, width)
        chroma = ClassicGenerator()(luma)
        assert chroma.shape == (1, 2, height, width)
        assert ClassicDiscriminator()(luma, chroma).shape == (1, 1)


def test_the_studio_generator_is_small_and_keeps_its_contract():
    generator = StudioGenerator()
    assert sum(p.numel() for p in generator.parameters()) <= 4_000_000
    side = 2 * GeneratorConfig().multiple
    palette, mode = torch.zeros(2, PALETTE_SIZE), torch.tensor([0.0, 1.0])
    given = torch.zeros(2, 1, side, 96), torch.zeros(2, 3, side, 96), palette, mode
    chroma, paint_luma = generator(*given)
    assert chroma.shape == (2, 2, side, 96) and paint_luma.shape == (2, 1, side, 96)
    assert PatchDiscriminator()(given[0], chroma).shape[2:] == (side // 16, 96 // 16)


# Runs


@pytest.mark.parametrize("recipe", ["studio", "classic"])
def test_a_resumed_run_has_the_losses_of_an_unbroken_one(store, tmp_path, recipe):
    whole, broken = Ear(), Ear()
    draw = batches(store, recipe).batch
    Trainer(options(recipe, 6), tmp_path / "a", draw, CPU, listeners=[whole]).run()
    Trainer(options(recipe, 6), tmp_path / "b", draw, CPU, listeners=[broken]).run(
        lambda: len(broken.news) == 4
    )
    again = Trainer(options(recipe, 6), tmp_path / "b", draw, CPU, listeners=[broken])
    again.resume()
    again.run()
    assert [news.step for news in broken.news] == [1, 2, 3, 4, 5, 6]
    for one, two in zip(whole.news, broken.news, strict=True):
        assert two.losses == pytest.approx(one.losses, abs=1e-4)
    assert broken.saves[-1] == 6


def test_training_makes_the_pixel_loss_smaller(store, tmp_path):
    ear = Ear()
    row = options("classic", 40).to_dict() | {"g_lr": 2e-3}
    draw = batches(store, "classic").batch
    Trainer(TrainOptions.from_dict(row), tmp_path, draw, CPU, listeners=[ear]).run()
    assert ear.news[-1].losses["pixel"] < 0.9 * ear.news[0].losses["pixel"]
    assert ear.news[-1].share == 1


def test_a_damaged_checkpoint_costs_one_interval_and_not_the_run(store, tmp_path):
    draw = batches(store, "classic").batch
    Trainer(options("classic", 7), tmp_path, draw, CPU).run()
    assert load_checkpoint(tmp_path).facts["step"] == 7
    whole = (tmp_path / LAST).read_bytes()
    (tmp_path / LAST).write_bytes(whole[: len(whole) // 2])
    assert load_checkpoint(tmp_path).facts["step"] == 6
    (tmp_path / BEFORE).write_bytes(b"cnothing\npickled\n.")
    with pytest.raises(ColorStudioError, match="saved training run is damaged"):
        load_checkpoint(tmp_path)


def test_weights_that_are_no_numbers_are_never_saved_and_end_the_run(store, tmp_path):
    row = options("classic", 500).to_dict() | {"snapshot_every": 1000}
    draw = batches(store, "classic").batch
    trainer = Trainer(TrainOptions.from_dict(row), tmp_path, draw, CPU)
    trainer.run(lambda: trainer.step >= 2)
    good = (tmp_path / LAST).read_bytes()
    with torch.no_grad():
        trainer.recipe.generator.head.bias.fill_(float("nan"))
    with pytest.raises(ColorStudioError, match="last good state is kept") as caught:
        trainer.run()
    assert caught.value.failure.kind is FailureKind.BAD_NUMBERS
    assert trainer.step == 2 + MOST_BAD_STEPS
    assert (tmp_path / LAST).read_bytes() == good


def test_a_run_that_could_not_save_ends_instead_of_going_on_for_nothing(store, tmp_path):
    trainer = Trainer(options("studio", 500), tmp_path, batches(store).batch, CPU)
    trainer.run(lambda: trainer.step >= 2)
    next(trainer.recipe.discriminator.parameters()).data.fill_(float("nan"))
    with pytest.raises(ColorStudioError, match="last good state is kept"):
        trainer.run()
    assert trainer.step == 3
    assert load_checkpoint(tmp_path).facts["step"] == 2


@pytest.mark.parametrize(("recipe", "size"), [("studio", 256), ("studio", 100), ("classic", 50)])
def test_every_size_of_crops_trains(store, recipe, size):
    draw = batches(store, recipe, crop=size)
    steps = RECIPES[recipe](options(recipe, 9), CPU)
    for number in range(4):
        losses = steps.step(draw.batch(number), number)
        assert all(torch.isfinite(loss) for loss in losses.values())


def test_batches_of_one_are_line_art_now_and_then(store):
    maker = BatchMaker(store, batch_size=1, crop=32, seed=1, device=CPU)
    modes = [float(maker.batch(step).mode) for step in range(40)]
    assert 0.2 < sum(modes) / 40 < 0.7


def test_one_bad_batch_changes_no_weight(store, tmp_path):
    draw = batches(store, "classic").batch
    trainer = Trainer(options("classic", 9), tmp_path, draw, CPU)
    before = [p.clone() for p in trainer.recipe.generator.parameters()]
    batch = draw(0)
    batch.chroma[0, 0, 0, 0] = float("nan")
    trainer.recipe.step(batch, 0)
    after = trainer.recipe.generator.parameters()
    assert all(torch.equal(a, b) for a, b in zip(before, after, strict=True))
