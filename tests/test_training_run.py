"""A training run as the window knows it: real lines of a child, and a real child."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from training_support import CPU, Ear, batches, options

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.ui.my_style import journal
from colorstudio.ui.my_style.order import TrainingOrder, look_arguments
from colorstudio.ui.my_style.training_run import (
    MOST_POINTS,
    FolderLook,
    RunState,
    TrainingRun,
)
from colorstudio.ui.my_style.words import in_window_words, state_line, unfinished_line
from training.pictures import PictureStore, find_pictures
from training.procedural import draw_scene
from training.trainer import Trainer

LINES = (Path(__file__).parent / "training_lines.jsonl").read_text(encoding="utf-8").splitlines()
ROOT = Path(__file__).resolve().parents[1]
SMALL = {"size": 32.0, "batch-size": 2.0}


def order(folder: Path = Path("/art/book"), **rest: object) -> TrainingOrder:
    return replace(TrainingOrder(folder, "My hand"), **rest)


def fed(*upto: str) -> TrainingRun:
    """A run that has heard the captured lines up to the first of that event."""
    run = TrainingRun(order())
    for line in LINES:
        run.take_line(line)
        if json.loads(line)["event"] in upto:
            break
    return run


# What was captured from a real run


def test_the_lines_of_a_real_run_are_understood_to_the_last() -> None:
    run = TrainingRun(order())
    assert all([run.take_line(line) for line in LINES])
    assert run.folder is not None and (run.folder.used, run.folder.held_back) == (12, 2)
    assert run.device == "cpu" and run.decoded[1] == 12 and run.saved
    assert run.looks[0].step == 0 and run.looks[0].greyscale == pytest.approx(27.031)
    assert run.best is not None and run.best.greyscale >= run.looks[0].greyscale
    assert {"chroma", "paint", "d", "g"} <= set(run.losses[-1].values)
    assert {(page.mode, page.page) for page in run.pages} == {
        (mode, page) for mode in ("greyscale", "lineart") for page in (0, 1)
    }
    assert run.style is not None and run.style.before["greyscale"] == pytest.approx(27.03)
    run.ended(status=0)
    assert run.state is RunState.DONE and run.share == 1.0 and not run.can_go_on


def test_the_state_follows_the_child() -> None:
    assert fed("run").state is RunState.STARTING
    assert fed("decoding").state is RunState.READING
    comparing = fed("decoding")
    comparing.take_line('{"event": "comparing"}')
    assert comparing.state is RunState.COMPARING and comparing.can_pause and not comparing.can_keep
    assert "Comparing" in state_line(comparing)
    assert fed("pictures").state is RunState.TRAINING and not fed("pictures").can_keep
    assert fed("step").can_keep and fed("step").can_pause
    assert fed("finishing").state is RunState.FINISHING and not fed("finishing").can_keep


def test_only_what_is_saved_is_said_to_be() -> None:
    for event, words in (
        ("decoding", "Nothing is saved yet"),
        ("checkpoint", "Everything is saved"),
    ):
        run = fed(event)
        run.pause()
        run.ended(status=130)
        assert run.state is RunState.PAUSED and words in state_line(run)


@pytest.mark.parametrize("share", ["NaN", "Infinity", "-3", '"much"'])
def test_a_broken_list_of_trainings_ends_no_start(
    share: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path))
    journal.remember(journal.unfinished_of(TrainingRun(order())))
    file = journal.journal_file()
    file.write_text(file.read_text().replace('"share": 0.0', f'"share": {share}'))
    for entry in journal.read_unfinished():
        assert "stopped at 0" in unfinished_line(entry.order.name, entry.share)


def test_pages_of_the_last_look_stay_beside_those_of_the_present_one() -> None:
    run = TrainingRun(order())
    rounds = [json.loads(line) for line in LINES if json.loads(line)["event"] == "pages"]
    run.take_line(json.dumps(rounds[0]))
    assert run.last_pages == run.pages
    run.take_line(json.dumps(rounds[1]))
    assert run.pages[0].painted == Path(rounds[1]["pages"][0]["painted"])
    assert run.last_pages[0].painted == Path(rounds[0]["pages"][0]["painted"])
    assert run.pages[0].truth == run.last_pages[0].truth


@pytest.mark.parametrize(
    "line",
    [
        *("", "no JSON", "[]", "7", "[" * 9999, '{"event": 3}', '{"event": "news"}'),
        *('{"event": "step"}', '{"event": "pages", "step": 1, "pages": [{}]}'),
        '{"event": "failed", "failure": null}',
    ],
)
def test_a_line_that_is_none_changes_nothing(line: str) -> None:
    run = fed("step")
    before = (run.state, run.step, run.pages, run.failure)
    assert not run.take_line(line)
    assert (run.state, run.step, run.pages, run.failure) == before


def test_a_night_of_steps_keeps_a_bounded_curve_with_its_ends() -> None:
    run = fed("pictures")
    step = next(json.loads(line) for line in LINES if json.loads(line)["event"] == "step")
    for number in range(1, 5 * MOST_POINTS):
        run.take_line(json.dumps(step | {"step": number}))
    assert len(run.losses) <= MOST_POINTS + 1
    assert run.losses[-1].step == 5 * MOST_POINTS - 1


# What the artist wishes


def test_steps_made_anew_after_a_checkpoint_stand_in_the_curve_once() -> None:
    run = fed("step")
    told = next(json.loads(line) for line in LINES if json.loads(line)["event"] == "step")
    for step in (1, 2, 3, 4, 3, 4, 5):  # killed at 4, gone on with from a checkpoint at 2
        run.take_line(json.dumps(told | {"step": step, "losses": {"chroma": 0.1 * step}}))
    assert [point.step for point in run.losses] == [1, 2, 3, 4, 5]


def test_a_paused_run_can_be_gone_on_with(tmp_path: Path) -> None:
    run = fed("checkpoint")
    run.run_folder = tmp_path
    (tmp_path / "last.safetensors").touch()
    run.pause()
    assert run.state is RunState.PAUSING and not run.can_pause and not run.can_keep
    run.take_line(next(line for line in LINES if '"step"' in line[:20]))  # one more on its way
    assert run.state is RunState.PAUSING
    run.ended(status=130)
    assert run.state is RunState.PAUSED and run.can_go_on
    seen = len(run.looks)
    run.go_on()
    assert run.state is RunState.STARTING and len(run.looks) == seen


def test_a_run_that_ends_by_itself_while_being_paused_is_done() -> None:
    run = TrainingRun(order())
    for line in LINES:
        run.take_line(line)
    run.state = RunState.PAUSING
    run.ended(status=0)
    assert run.state is RunState.DONE


def test_a_killed_child_is_broken_and_starts_anew_if_nothing_was_saved() -> None:
    run = fed("step")
    assert not run.saved
    run.ended(status=-1)
    assert run.state is RunState.BROKEN and run.can_go_on
    run.go_on()
    assert not run.looks and run.step == 0


def test_a_cancelled_run_is_cancelled_unless_the_style_was_there_already() -> None:
    for last, state in (("checkpoint", RunState.CANCELLED), ("style", RunState.DONE)):
        run = fed(last)
        run.cancel()
        assert run.state is RunState.CANCELLING
        run.ended(status=130 if last == "checkpoint" else 0)
        assert run.state is state and not run.can_go_on


def test_a_run_saved_by_an_orphaned_child_is_gone_on_with(tmp_path: Path) -> None:
    """A killed window closes the child's input: it saves, and nobody hears of it."""
    run = TrainingRun(order(), run_folder=tmp_path)
    (tmp_path / "start.safetensors").touch()
    run.ended(status=-1)
    run.go_on()
    assert not run.saved
    (tmp_path / "last.safetensors").touch()
    run.ended(status=-1)
    run.go_on()
    assert run.saved


def test_a_run_whose_saves_were_deleted_starts_anew(tmp_path: Path) -> None:
    run = TrainingRun(order(), saved=True, share=0.7, run_folder=tmp_path / "deleted")
    run.go_on()
    assert not run.saved and run.share == 0


def test_what_is_missing_is_said_to_be_missing() -> None:
    for sentence in ("“Book” is not there.", "There is no style called “Mine”."):
        assert in_window_words(Failure(FailureKind.NOT_FOUND, sentence)) == sentence


def test_a_slow_run_saves_by_the_clock(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear, draw = Ear(), batches(PictureStore(find_pictures(book)), "classic").batch
    monkeypatch.setattr("training.trainer.SAVE_SECONDS", 0.0)
    trainer = Trainer(options("classic", 2), tmp_path, draw, CPU, listeners=[ear])
    monkeypatch.setattr(trainer.recipe, "step", lambda batch, number: {})
    trainer.run()
    assert ear.saves[:2] == [1, 2]


def test_a_failure_is_kept_with_its_kind() -> None:
    run = fed("step")
    failure = {"kind": "disk_full", "sentence": "The disk is full.", "detail": "ENOSPC"}
    run.take_line(json.dumps({"event": "failed", "failure": failure}))
    run.ended(status=2)
    assert run.state is RunState.FAILED
    assert run.failure is not None and run.failure.kind is FailureKind.DISK_FULL


# Orders and the journal


def test_an_order_is_a_command_line_that_no_name_can_break() -> None:
    words = order(name="--resume", author="-x", numbers={"g-lr": 0.0001}).arguments(resume=False)
    assert "--name=--resume" in words and "--author=-x" in words and "--g-lr=0.0001" in words
    assert "--resume" not in words
    again = order().arguments(resume=True)
    assert "--resume" in again and not any(word.startswith("--minutes") for word in again)


def test_the_journal_holds_what_a_killed_program_left(home: Path) -> None:
    run = fed("checkpoint")
    run.order = order(numbers={"seed": 3.0}, author="Ink & Co")
    journal.remember(journal.unfinished_of(run))
    (entry,) = journal.read_unfinished()
    assert entry.order == run.order and entry.saved and entry.run_folder == run.run_folder
    assert entry.run().saved
    journal.remember(replace(entry, share=0.7, order=order(name="MY HAND")))
    assert [e.share for e in journal.read_unfinished()] == [0.7]
    assert journal.forget("my hand") == [] == journal.read_unfinished()


@pytest.mark.parametrize("text", ["", "{", "null", "[1]", '[{"order": 2}]', '[{"order": {}}]'])
def test_a_broken_journal_is_an_empty_one(home: Path, text: str) -> None:
    journal.journal_file().parent.mkdir(parents=True)
    journal.journal_file().write_text(text)
    assert journal.read_unfinished() == []


# Real children


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five drawn pages, one of them damaged, one grey."""
    place = tmp_path_factory.mktemp("book")
    for seed in range(1, 4):
        Image.fromarray(draw_scene(seed, 96, 96).colour).save(place / f"page {seed}.png")
    Image.fromarray(draw_scene(1, 96, 96).colour).convert("L").save(place / "grey.png")
    (place / "torn.png").write_bytes(b"torn")
    return place


@contextmanager
def child_of(words: list[str]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-P", "-m", "colorstudio", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT,
                          env=_environment()) as child:  # fmt: skip
        try:
            yield child
        finally:
            child.kill()


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_look_tells_what_is_used_and_what_is_not_without_torch(book: Path, home: Path) -> None:
    look = FolderLook(book)
    with child_of(look_arguments(book)) as child:
        assert child.stdout is not None
        for line in child.stdout:
            assert look.take_line(line)
        assert child.wait() == 0
    assert look.news is not None and look.usable
    assert [path.name for path in look.news.paths] == [f"page {n}.png" for n in range(1, 4)]
    reasons = {row.path.name: row.reason for row in look.news.left_out}
    assert reasons["grey.png"] == "Without colour." and "torn.png" in reasons
    assert not (home / "runs").exists() and list((home / "cache").iterdir()) == []


def test_a_look_at_nothing_is_a_failure_with_a_sentence(tmp_path: Path, home: Path) -> None:
    look = FolderLook(tmp_path / "gone")
    with child_of(look_arguments(look.folder)) as child:
        assert child.stdout is not None
        taken = [look.take_line(line) for line in child.stdout]
        assert child.wait() == 2 and taken == [True]
    assert look.failure is not None and look.failure.kind is FailureKind.NOT_FOUND


@pytest.mark.timeout(400)
def test_a_real_run_that_is_kept_early_is_a_style(book: Path, home: Path) -> None:
    run = TrainingRun(TrainingOrder(book, "Kept", start="scratch", minutes=30, numbers=SMALL))
    with child_of(run.order.arguments(resume=False)) as child:
        assert child.stdout is not None and child.stdin is not None
        for line in child.stdout:
            run.take_line(line)
            if run.can_keep and run.looks:
                run.keep()
                child.stdin.write("keep\n")
                child.stdin.flush()
        run.ended(status=child.wait())
    assert run.state is RunState.DONE
    assert run.style is not None and run.style.name == "Kept" and run.style.pages == 1
    assert (home / "styles" / "Kept" / "generator.onnx").is_file()
    assert run.pages and all(page.painted.is_file() and page.truth.is_file() for page in run.pages)
    assert run.run_folder is not None and run.run_folder.parent == home / "runs"
