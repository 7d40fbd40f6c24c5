"""Styles that come out of a training, and the command that makes them."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from training_support import draw_pages, run_train, shaken

from colorstudio.cli import main
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.mode import Mode
from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.inference.colorizer import Colorizer
from colorstudio.styles.style import load_style
from training.checkpoints import load_checkpoint
from training.classic import ClassicGenerator
from training.export import StyleFacts, export_style, weights_of
from training.judge import ValidationNews
from training.listeners import ConsoleBar, JsonLines
from training.networks import GeneratorConfig, StudioGenerator
from training.procedural import draw_scene
from training.trainer import StepNews
from training.validation import Figures

pytestmark = pytest.mark.timeout(600)  # processes that load torch, on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seven drawn pages, and one that teaches nothing."""
    place = draw_pages(tmp_path_factory.mktemp("pages"), 7)
    Image.fromarray(draw_scene(7, 128, 128).lines).save(place / "grey.png")
    return place


# Styles


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


def test_an_older_style_with_fewer_blocks_starts_a_training_as_it_is(tmp_path):
    older = shaken(StudioGenerator(GeneratorConfig(further=(0, 0, 0, 0, 0))))
    export_style(older, tmp_path, StyleFacts("older", "studio"))
    grown = StudioGenerator().eval()
    grown.load_state_dict(weights_of(load_style(tmp_path)))
    chance = torch.Generator().manual_seed(2)
    luma = torch.rand(2, 1, 64, 96, generator=chance) - 0.5
    given = torch.zeros(2, 3, 64, 96), torch.zeros(2, PALETTE_SIZE), torch.tensor([0.0, 1.0])
    with torch.no_grad():
        for one, other in zip(older.eval()(luma, *given), grown(luma, *given), strict=True):
            torch.testing.assert_close(other, one)
    assert len(grown.state_dict()) > len(older.state_dict())


def test_weights_that_are_no_numbers_become_no_style(tmp_path):
    generator = ClassicGenerator()
    generator.head.bias.data.fill_(float("inf"))
    with pytest.raises(ColorStudioError, match="no usable numbers"):
        export_style(generator, tmp_path, StyleFacts("new", "classic"))
    assert not list(tmp_path.iterdir())


def test_modes_of_a_style_follow_its_recipe(tmp_path):
    export_style(ClassicGenerator(), tmp_path, StyleFacts("c", "classic"))
    assert "lineart" not in Colorizer(tmp_path).supports
    assert Mode.LINEART.value == "lineart"


# The command


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


@pytest.mark.parametrize("name", ["A/B", "  ", "x" * 65, "two\nlines", "M\udcfcller"])
def test_a_name_that_no_style_can_have_is_refused_before_the_training(
    folder, tmp_path, monkeypatch, capsys, name
):
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    assert main(["train", str(folder), "--name", name, "--recipe", "classic"]) == 2
    assert "can't be the name of a style" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


@pytest.mark.slow
def test_a_missing_standard_input_does_not_end_a_run(folder, tmp_path):
    small = ("--recipe", "classic", "--steps", "3", "--batch-size", "2", "--size", "32", "--json")
    done = run_train(tmp_path, str(folder), "--name", "unattended", *small)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["event"] == "style"


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [pytest.param(["--json"], id="programs"), pytest.param([], id="people")]
)
def test_a_reader_who_leaves_early_costs_no_training(folder, tmp_path, words):
    command = [sys.executable, "-m", "colorstudio", "train", str(folder), "--name", "unread"]
    numbers = ["--recipe", "classic", "--steps", "1", "--batch-size", "2", "--size", "32"]
    with subprocess.Popen(
        [*command, *numbers, *words],
        env=os.environ | {"COLORSTUDIO_HOME": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as run:
        assert run.stdout is not None and run.stderr is not None
        run.stdout.close()  # before the first line
        run.stderr.close()
    assert run.returncode == 0
    assert (tmp_path / "styles" / "unread" / "style.json").is_file()


def test_a_run_without_a_terminal_or_streams_goes_on(monkeypatch):
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    figures = Figures(20.0, None)
    for listener in (ConsoleBar(), JsonLines()):
        listener.stepped(StepNews(100, {"g": 1.0}, 2.0, 3.0, 0.5))
        listener.validated(ValidationNews(100, figures, figures, 100, None, 1))


@pytest.mark.parametrize(("pages", "told"), [(1, "1 unseen page:"), (3, "3 unseen pages:")])
def test_one_held_back_page_is_told_as_one(pages, told):
    stream, figures = io.StringIO(), Figures(20.0, None)
    ConsoleBar(stream).validated(ValidationNews(100, figures, figures, 100, None, pages))
    assert told in stream.getvalue()


@pytest.mark.parametrize(
    "way",
    [
        "interrupt",
        pytest.param("closed input", marks=pytest.mark.slow),
    ],  # as in test_training_stops
)
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
