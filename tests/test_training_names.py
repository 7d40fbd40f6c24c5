"""The name of a training: what is refused before it begins, and what it may replace at its end."""

import argparse
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from tiny_style import make_tiny_style
from training_support import CPU, batches, draw_pages, options

from colorstudio.core.failures import ColorStudioError
from colorstudio.styles.library import StyleLibrary
from training import finish
from training.command import add_train_arguments, run_train
from training.folder_report import TrainingFolder, look_at
from training.names import alone_in, made_by, note_made, refuse_name, run_folder_of
from training.options import CLASSIC_DEFAULTS, Order
from training.pictures import PictureStore, find_pictures
from training.run import train
from training.trainer import Trainer


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StyleLibrary:
    """The library of a fresh home."""
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    return StyleLibrary()


def order(name: str = "Mine", *, resume: bool = False) -> Order:
    return Order(Path("pages"), name, CLASSIC_DEFAULTS, resume=resume)


def refusal(wanted: Order, library: StyleLibrary) -> str:
    """The sentence that the name is refused with; "" if it is not."""
    try:
        refuse_name(wanted, library, run_folder_of(wanted.name))
    except ColorStudioError as error:
        return error.failure.sentence
    return ""


def test_a_run_that_goes_on_replaces_no_style_but_its_own(
    library: StyleLibrary, tmp_path: Path
) -> None:
    assert refusal(order(resume=True), library) == ""
    made = library.add(make_tiny_style(tmp_path / "made", name="mine"))
    sentence = refusal(order(resume=True), library)
    assert "“mine”" in sentence and "Rename or remove that style" in sentence
    run_folder_of("Mine").mkdir(parents=True)
    note_made(run_folder_of("Mine"), made.info.sha256)
    assert refusal(order(resume=True), library) == ""
    assert "There is a style" in refusal(order(), library)


def test_a_style_that_came_by_while_it_trained_is_not_replaced_either(
    library: StyleLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = PictureStore(find_pictures(draw_pages(tmp_path / "pages", 2, 110, 96)))
    run = run_folder_of("Mine")
    trainer = Trainer(options("classic", 1), run, batches(store, "classic").batch, CPU)
    trainer.run()
    monkeypatch.setattr(finish, "write_sample", lambda *_: None)
    folder = TrainingFolder(store, [], look_at(store, []))

    def add() -> bool:
        return finish.add_style(order(resume=True), trainer, None, folder, None, lambda: False)

    other = library.add(make_tiny_style(tmp_path / "other", name="Mine"))
    with pytest.raises(ColorStudioError, match="There is a style called “Mine” already"):
        add()
    assert library.find("Mine").info == other.info
    library.rename("Mine", "Other")
    assert add() and library.find("Mine").info.sha256 in made_by(run)
    assert add(), "its own style makes room"
    assert {style.info.name for style in library.list()} == {"starter", "Mine", "Other"}


def test_a_name_is_the_same_however_its_accents_are_written(
    library: StyleLibrary, tmp_path: Path
) -> None:
    composed, apart = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))
    assert composed != apart and run_folder_of(composed) == run_folder_of(apart)
    library.add(make_tiny_style(tmp_path / "made", name=composed))
    assert "There is a style" in refusal(order(apart), library)


def test_a_name_that_a_broken_style_has_is_refused_before_the_training(
    library: StyleLibrary,
) -> None:
    (library.folder / "Mine").mkdir(parents=True)
    assert "The style “Mine” can't be used" in refusal(order("mine"), library)


def test_a_name_of_many_bytes_is_a_style_too(library: StyleLibrary, tmp_path: Path) -> None:
    name = "\N{ARTIST PALETTE}" * 64
    assert refusal(order(name), library) == "" and run_folder_of(name).name.isascii()
    made = library.add(make_tiny_style(tmp_path / "made", name=name))
    assert library.find(name).folder == made.folder and made.info.name == name


def test_an_author_of_bytes_that_are_no_text_can_be_written_down(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given: list[Order] = []
    monkeypatch.setattr("training.run.train", lambda order, stop: given.append(order) or 0)
    monkeypatch.setattr("training.command.StopRequest", lambda **_: None)
    parser = argparse.ArgumentParser()
    add_train_arguments(parser)
    words = ["pages", "--name", "Mine", "--author", "Zo\udceb", "--credits", "\udcff 2024"]
    assert run_train(parser.parse_args(words)) == 0
    (made,) = given
    assert (made.author, *made.credits) == ("Zo\ufffd", "\ufffd 2024")


def test_two_processes_never_train_one_run(library: StyleLibrary) -> None:
    """They would draw from each other's pictures, and the one that ends last lose its hours."""
    run_folder, stop = run_folder_of("Mine"), SimpleNamespace(in_good_order=lambda: None)
    with alone_in(run_folder, "Mine"):  # as the first one does
        with pytest.raises(ColorStudioError, match="“Mine” is being trained by another"):
            train(order(), stop)
        assert [path.name for path in run_folder.iterdir()] == ["in-use.lock"]
    assert not run_folder.exists()
    (run_folder / "pictures").mkdir(parents=True)
    (run_folder / "in-use.lock").touch()  # one that was killed leaves it
    with pytest.raises(ColorStudioError, match="“pages” is not there"):
        train(order(), stop)
    assert [path.name for path in run_folder.iterdir()] == ["pictures"]
