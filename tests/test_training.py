"""Training: batches, runs that resume, weights that stay numbers, and styles that come out."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest
import torch
from PIL import Image

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.mode import Mode
from colorstudio.core.palette import PALETTE_SIZE, palette_of, palettes
from colorstudio.core.yuv import chroma_of, luma_of, offsets_of
from colorstudio.inference.colorizer import Colorizer
from colorstudio.styles.style import load_style
from training.batches import BatchMaker, into_gamut
from training.checkpoints import BEFORE, LAST, load_checkpoint
from training.classic import ClassicDiscriminator, ClassicGenerator
from training.export import StyleFacts, export_style, weights_of
from training.networks import GeneratorConfig, PatchDiscriminator, StudioGenerator
from training.options import CLASSIC_DEFAULTS, TrainOptions
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene
from training.recipes import RECIPES
from training.trainer import MOST_BAD_STEPS, StepNews, Trainer

Network = TypeVar("Network", bound=torch.nn.Module)

CPU = torch.device("cpu")


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


def batches(store: PictureStore, recipe: str = "studio", crop: int = 32) -> BatchMaker:
    kind = RECIPES[recipe]
    return BatchMaker(
        store,
        batch_size=4,
        crop=crop,
        seed=3,
        device=CPU,
        mix=kind.mix,
        multiple=kind.multiple,
    )


def options(recipe: str, steps: int) -> TrainOptions:
    row = CLASSIC_DEFAULTS.to_dict() | {"recipe": recipe, "batch_size": 4, "size": 32}
    return TrainOptions.from_dict(row | {"steps": steps, "snapshot_every": 3})


class Ear:
    """Hears of a run and remembers."""

    def __init__(self) -> None:
        self.news: list[StepNews] = []
        self.saves: list[int] = []

    def stepped(self, news: StepNews) -> None:
        self.news.append(news)

    def saved(self, checkpoint: Path, step: int) -> None:
        self.saves.append(step)

    def snapshots(self, pictures: object, step: int) -> None: ...


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


# Styles


def shaken(generator: Network) -> Network:
    """The generator with every weight moved a little, as training would."""
    torch.manual_seed(1)
    for parameter in generator.parameters():
        parameter.data += 0.02 * torch.randn_like(parameter)
    return generator


@pytest.mark.parametrize("network", [StudioGenerator, ClassicGenerator])
def test_an_exported_style_paints_as_torch_does(tmp_path, network):
    generator = shaken(network())
    difference = export_style(generator, tmp_path, StyleFacts("new", "studio"))
    assert difference < 1e-5
    assert load_style(tmp_path).info.multiple == generator.multiple
    colored = Colorizer(tmp_path).colorize(np.full((70, 50), 90, np.uint8))
    assert colored.shape == (70, 50, 3)


def test_a_studio_styles_weights_come_back_to_start_from(tmp_path):
    generator = shaken(StudioGenerator())
    export_style(generator, tmp_path, StyleFacts("new", "studio"))
    weights = weights_of(load_style(tmp_path))
    assert all(torch.equal(weights[name], t) for name, t in generator.state_dict().items())
    export_style(ClassicGenerator(), tmp_path, StyleFacts("other", "classic"))
    with pytest.raises(ColorStudioError, match="another recipe"):
        weights_of(load_style(tmp_path))


def test_weights_that_are_no_numbers_become_no_style(tmp_path):
    generator = ClassicGenerator()
    generator.head.bias.data.fill_(float("inf"))
    with pytest.raises(ColorStudioError, match="no usable numbers"):
        export_style(generator, tmp_path, StyleFacts("new", "classic"))
    assert not list(tmp_path.iterdir())


# The command


def run_train(home: Path, *arguments: str, **kwargs: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "colorstudio", "train", *arguments]
    return subprocess.run(
        command,
        env=os.environ | {"COLORSTUDIO_HOME": str(home)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **kwargs,
    )


def test_train_turns_a_folder_into_a_style_that_colours(folder, tmp_path):
    small = ("--recipe", "classic", "--steps", "4", "--batch-size", "2", "--size", "32")
    done = run_train(tmp_path, str(folder), "--name", "My hand", *small, "--snapshot-every", "2")
    assert done.returncode == 0, done.stderr
    assert "“My hand” is ready: 6 pictures, 4 steps" in done.stdout
    assert "Largest difference between ONNX and torch" in done.stdout
    assert "left out: grey.png: Without colour." in done.stderr
    (style,) = (tmp_path / "styles").iterdir()
    colored = Colorizer(style).colorize(np.full((40, 40), 128, np.uint8))
    assert colored.shape == (40, 40, 3)
    assert len(list((tmp_path / "runs").glob("My_hand-*/snapshots/*.png"))) == 2
    taken = run_train(tmp_path, str(folder), "--name", "my hand", *small)
    assert taken.returncode == 2 and "already" in taken.stderr
    more = run_train(tmp_path, str(folder), "--name", "My hand", "--resume", "--steps", "2")
    assert "6 pictures, 6 steps" in more.stdout, more.stderr
    other = ("--recipe", "studio", "--resume", "--steps", "2")
    refused = run_train(tmp_path, str(folder), "--name", "My hand", *other)
    assert refused.returncode == 2 and "classic recipe" in refused.stderr


def test_a_folder_without_colour_is_refused_and_no_style_is_made(tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    Image.new("L", (80, 80), 100).save(pages / "grey.png")
    refused = run_train(tmp_path, str(pages), "--name", "none", "--recipe", "classic")
    assert refused.returncode == 2
    assert "no colour picture to learn from" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "styles").exists()


@pytest.mark.parametrize("name", ["A/B", "  ", "x" * 65, "two\nlines"])
def test_a_name_that_no_style_can_have_is_refused_before_the_training(folder, tmp_path, name):
    refused = run_train(tmp_path, str(folder), "--name", name, "--recipe", "classic")
    assert refused.returncode == 2
    assert "can't be the name of a style" in refused.stderr
    assert not (tmp_path / "runs").exists()


def test_a_missing_standard_input_does_not_end_a_run(folder, tmp_path):
    small = ("--recipe", "classic", "--steps", "3", "--batch-size", "2", "--size", "32", "--json")
    done = run_train(tmp_path, str(folder), "--name", "unattended", *small)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "style"


@pytest.mark.parametrize("way", ["interrupt", "closed input"])
def test_a_stopped_run_saves_and_can_go_on(folder, tmp_path, way):
    command = [sys.executable, "-m", "colorstudio", "train", str(folder), "--name", "night"]
    numbers = ["--recipe", "classic", "--steps", "9999", "--batch-size", "2", "--size", "32"]
    run = subprocess.Popen(
        [*command, *numbers, "--json", "--snapshot-every", "2"],
        env=os.environ | {"COLORSTUDIO_HOME": str(tmp_path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert run.stdin is not None and run.stdout is not None
    while json.loads(run.stdout.readline())["event"] != "checkpoint":
        pass
    asked = time.monotonic()
    if way == "interrupt":
        run.send_signal(signal.SIGINT)
    else:
        run.stdin.close()
    events = [json.loads(line) for line in run.stdout]
    assert run.wait(timeout=60) == 130
    assert time.monotonic() - asked < 30
    assert events[-1]["event"] == "stopped"
    checkpoint = load_checkpoint(next((tmp_path / "runs").iterdir()))
    assert str(checkpoint.facts["step"]) in events[-1]["sentence"]
    run.stdin.close()
    run.stdout.close()
    assert not (tmp_path / "styles").exists() or not list((tmp_path / "styles").iterdir())
    again = run_train(tmp_path, str(folder), "--name", "night", "--recipe", "classic")
    assert again.returncode == 2 and "There is an earlier run" in again.stderr
    assert load_checkpoint(next((tmp_path / "runs").iterdir())).facts == checkpoint.facts


def test_modes_of_a_style_follow_its_recipe(tmp_path):
    export_style(ClassicGenerator(), tmp_path, StyleFacts("c", "classic"))
    assert "lineart" not in Colorizer(tmp_path).supports
    assert Mode.LINEART.value == "lineart"


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
