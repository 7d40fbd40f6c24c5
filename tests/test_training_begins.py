"""How a training begins: nothing of an earlier one, nor of its own first moments, misleads it."""

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from training_support import CPU, batches, draw_pages, options

from colorstudio.core.failures import ColorStudioError
from colorstudio.styles.library import StyleLibrary
from training import run
from training.checkpoints import BEST, START, has_checkpoint, load_tensors
from training.finish import signed
from training.options import CLASSIC_DEFAULTS, Order
from training.pictures import PictureStore, find_pictures
from training.stopping import INTERRUPTED
from training.trainer import Trainer

pytestmark = pytest.mark.timeout(600)  # a busy machine


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_pages(tmp_path_factory.mktemp("pages"), 3, 110, 96)


class Asked:
    """A request to end that comes once the training itself has begun, or never."""

    def __init__(self, *, at_once: bool) -> None:
        self.at_once, self.keep = at_once, False

    def __call__(self) -> bool:
        return False

    def ends_training(self) -> bool:
        return self.at_once

    def in_good_order(self) -> None: ...


def order_of(pages: Path, **rest: Any) -> Order:
    numbers = replace(CLASSIC_DEFAULTS, batch_size=2, size=32, steps=1)
    return replace(Order(pages, "Mine", numbers, device="cpu"), **rest)


def test_a_run_stopped_before_its_first_step_saves_nothing_to_go_on_with(
    pages: Path, tmp_path: Path
) -> None:
    store = PictureStore(find_pictures(pages))
    trainer = Trainer(options("classic", 9), tmp_path, batches(store, "classic").batch, CPU)
    trainer.run(lambda: True)
    assert trainer.step == 0 and not has_checkpoint(tmp_path)
    trainer.run(lambda: trainer.step == 1)
    assert has_checkpoint(tmp_path)


def test_a_single_picture_without_colour_is_no_folder_that_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    grey = tmp_path / "grey.png"
    Image.new("L", (80, 80), 100).save(grey)
    with pytest.raises(ColorStudioError, match=r"no colour picture to learn from in “.*grey\.png”"):
        run.train(order_of(grey), Asked(at_once=False))  # type: ignore[arg-type]
    assert capsys.readouterr().err == "left out: grey.png: Without colour.\n"


def test_a_stop_before_the_first_step_is_told_as_if_nothing_had_begun(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    order = order_of(pages, json_lines=True)
    assert run.train(order, Asked(at_once=True)) == INTERRUPTED  # type: ignore[arg-type]
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["event"] == "stopped" and "before the training began" in last["sentence"]


def test_a_run_begun_anew_takes_over_nothing_that_a_killed_one_left(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    place = run.run_folder_of("Mine")
    old = [place / name for name in ("pages/truth-0.png", "snapshots/0.png", START, "made.json")]
    for path in [*old, place / BEST, place / "log.csv"]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"of another run")
    assert run.train(order_of(pages), Asked(at_once=False)) == 0  # type: ignore[arg-type]
    assert not any(path.read_bytes() == b"of another run" for path in old if path.exists())
    assert not (place / START).exists(), "a run from scratch has none"
    assert load_tensors(place / BEST).facts["step"] == 1
    assert not (place / "log.csv").exists(), "it had too few steps for a line"


def test_a_run_that_goes_on_keeps_its_author_and_credits_until_others_are_given(
    tmp_path: Path,
) -> None:
    def told(**given: Any) -> tuple[str, tuple[str, ...]]:
        now = signed(order_of(tmp_path, **given), tmp_path)
        return now.author, now.credits

    mine = ("Zoë", ("Pages by Zoë, CC BY 4.0", "Inks by Ann"))
    assert told(author=mine[0], credits=mine[1]) == mine
    assert told(resume=True) == mine and told(resume=True) == mine
    assert told(resume=True, author="Ann") == ("Ann", mine[1])
    assert told(resume=True) == ("Ann", mine[1])
    assert told() == ("", ())
    (tmp_path / "signed.json").unlink()  # the run of an older program
    assert told(resume=True) == ("", ())


def test_the_style_of_a_run_that_went_on_tells_its_author_and_credits(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    begun = order_of(pages, author="Zoë", credits=("Pages by Zoë, CC BY 4.0",))
    assert run.train(begun, Asked(at_once=False)) == 0  # type: ignore[arg-type]
    more = order_of(pages, resume=True)
    more = replace(more, options=replace(more.options, steps=2))
    assert run.train(more, Asked(at_once=False)) == 0  # type: ignore[arg-type]
    info = StyleLibrary().find("Mine").info
    assert (info.author, info.credits) == (begun.author, begun.credits)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_what_is_said_of_a_stopped_run_begins_on_a_line_of_its_own(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    screen, stop = Terminal(), Asked(at_once=False)
    monkeypatch.setattr("sys.stderr", screen)
    monkeypatch.setattr("sys.stdout", screen)
    stop.ends_training = lambda: "step 2," in screen.getvalue()  # type: ignore[method-assign]
    order = order_of(pages)
    order = replace(order, options=replace(order.options, steps=99))
    assert run.train(order, stop) == INTERRUPTED  # type: ignore[arg-type]
    said = "Stopped and saved after 2 steps. Go on with --resume."
    assert screen.getvalue().splitlines()[-1] == said
    assert "step 2," in screen.getvalue().splitlines()[-2]
