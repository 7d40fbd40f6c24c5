"""A training that an artist stops at any moment, and one whose disk is full."""

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from training_support import CPU, batches, draw_pages, options

from colorstudio.styles.library import StyleLibrary
from training import finish
from training.checkpoints import LAST, has_checkpoint
from training.folder_report import TrainingFolder, look_at
from training.networks import StudioGenerator
from training.options import Order
from training.pictures import PictureStore, find_pictures
from training.stopping import Stopped
from training.trainer import Trainer
from training.worth import best_closeness

pytestmark = pytest.mark.timeout(600)  # processes that load torch, on a busy machine

HERE = Path(__file__).resolve().parent

needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_pages(tmp_path_factory.mktemp("pages"), 4, 110, 96)


@pytest.fixture(scope="module")
def store(pages: Path) -> PictureStore:
    return PictureStore(find_pictures(pages))


# Being stopped


class Told:
    """Says stop from the n-th time on that it is asked, and knows when that was."""

    def __init__(self, patience: int) -> None:
        self.patience, self.since = patience, 0.0

    def __call__(self) -> bool:
        self.patience -= 1
        if self.patience < 0 and not self.since:
            self.since = time.monotonic()
        return self.patience < 0


CANCEL_SECONDS = 3.0
"""Of the child's processor time: on a quiet machine those are the seconds on the wall, too."""


def child(home: Path, pages: Path, *more: str) -> subprocess.Popen[str]:
    small = ("--recipe", "classic", "--batch-size", "2", "--size", "32", "--snapshot-every", "5")
    command = [sys.executable, "-m", "colorstudio", "train", str(pages), "--name", "Mine", *small]
    return subprocess.Popen(
        [*command, "--json", *more],
        env=os.environ | {"COLORSTUDIO_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def events_until(run: subprocess.Popen[str], wanted: str) -> Iterator[dict[str, Any]]:
    assert run.stdout is not None
    for line in run.stdout:
        event = json.loads(line)
        yield event
        if event["event"] == wanted:
            return


def worked(pid: int) -> float:
    """Seconds of processor time that a living process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stopped(run: subprocess.Popen[str]) -> tuple[float, dict[str, Any]]:
    """Close the child's input, as the window does; gives the seconds it took and the last word."""
    assert run.stdin is not None and run.stdout is not None
    before = worked(run.pid)
    run.stdin.close()
    last: dict[str, Any] = {}
    for line in run.stdout:
        last = json.loads(line)
    run.stdout.close()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    assert run.returncode == 130
    return usage.ru_utime + usage.ru_stime - before, last


def check_stopped(home: Path, seconds: float, last: dict[str, Any]) -> None:
    assert seconds <= CANCEL_SECONDS
    assert last["event"] == "stopped"
    assert not list((home / "styles").glob("*")), "the style list is as it was"
    runs = list((home / "runs").glob("*"))
    if "Go on with --resume" in last["sentence"]:
        assert has_checkpoint(runs[0])
    assert not [p for run in runs for p in run.rglob("*.part*")]


@pytest.mark.reliability("R43")
@needs_proc
def test_a_training_stopped_while_torch_is_loading_leaves_at_once(
    pages: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    run = child(tmp_path, pages, "--steps", "99999")
    time.sleep(0.5)
    seconds, last = stopped(run)
    record_property("seconds", round(seconds, 2))
    check_stopped(tmp_path, seconds, last)
    assert "nothing was changed" in last["sentence"]


@pytest.mark.slow
@needs_proc
@pytest.mark.reliability("R43")
def test_a_training_can_be_stopped_at_ten_random_points(
    pages: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = int(time.time())
    chance, took = random.Random(seed), []
    print("seed", seed)
    points = ["run", "decoding", "pictures", "validation", "finishing"]
    points += ["step"] * 3 + ["checkpoint", "snapshots"]
    for number, point in enumerate(points):
        home = tmp_path / str(number)
        steps = "3" if point == "finishing" else "99999"
        run = child(home, pages, "--steps", steps)
        list(events_until(run, point))
        time.sleep(chance.uniform(0, 0.4))
        seconds, last = stopped(run)
        took.append(seconds)
        check_stopped(home, seconds, last)
    record_property("points", len(points))
    record_property("slowest", round(max(took), 2))
    record_property("seed", seed)


@pytest.mark.reliability("R43")
def test_every_question_whether_to_stop_is_heeded_until_the_style_is_there(
    store: PictureStore, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped at the first, second, third … question of the export, nothing is added."""

    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    trainer = Trainer(options("classic", 1), tmp_path / "run", batches(store, "classic").batch, CPU)
    trainer.run()
    folder = TrainingFolder(store, [], look_at(store, []))
    order = Order(pages, "Mine", trainer.options, json_lines=False)
    monkeypatch.setattr(finish, "write_sample", lambda *_: None)
    for patience in range(3):
        assert not finish.add_style(order, trainer, None, folder, None, Told(patience))
        assert [style.info.name for style in StyleLibrary().list()] == ["starter"]
        assert list((tmp_path / "home" / "styles").iterdir()) == []
    assert finish.add_style(order, trainer, None, folder, None, Told(99))
    assert "Mine" in [style.info.name for style in StyleLibrary().list()]


@pytest.mark.reliability("R43")
def test_the_look_for_what_is_worth_remembering_can_be_stopped(store: PictureStore) -> None:
    weights = StudioGenerator().state_dict()
    for patience in (0, 1, 3):
        told = Told(patience)
        with pytest.raises(Stopped):
            best_closeness(store, weights, CPU, told)
        assert time.monotonic() - told.since < CANCEL_SECONDS


# A full disk


FULL_DISK = """
import sys, json
sys.path[:0] = [{root!r}, {tests!r}]
from pathlib import Path
from training_support import CPU, batches, options
from colorstudio.core.failures import ColorStudioError
from training.checkpoints import LAST, load_checkpoint
from training.pictures import PictureStore, find_pictures
from training.trainer import Trainer
disk = Path(sys.argv[2])
run = disk / "run"
draw = batches(PictureStore(find_pictures(Path(sys.argv[1]))), "classic").batch
trainer = Trainer(options("classic", 500), run, draw, CPU)
trainer.run(lambda: trainer.step >= 2)
good = (run / LAST).read_bytes()
with (disk / "others").open("wb") as file:
    try:
        while True:
            file.write(bytes(1 << 16))
            file.flush()
    except OSError:
        pass
told = {{}}
try:
    trainer.run(lambda: trainer.step >= 5)
except ColorStudioError as error:
    told = {{"kind": error.failure.kind, "sentence": error.failure.sentence}}
told["intact"] = (run / LAST).read_bytes() == good and load_checkpoint(run).facts["step"] == 2
told["left"] = sorted(path.name for path in run.iterdir())
(disk / "others").unlink()
again = Trainer(options("classic", 5), run, draw, CPU)
again.resume()
again.run()
told["after"] = load_checkpoint(run).facts["step"]
print(json.dumps(told))
"""


@pytest.mark.reliability("R44")
def test_a_real_full_disk_pauses_the_training_with_the_reason_and_harms_no_checkpoint(
    pages: Path, tmp_path: Path, store: PictureStore, record_property: Callable[[str, object], None]
) -> None:
    probe = Trainer(options("classic", 1), tmp_path / "probe", batches(store, "classic").batch, CPU)
    probe.run()
    size = (tmp_path / "probe" / LAST).stat().st_size
    disk, room = tmp_path / "disk", int(3.5 * size)  # before, last, and not quite the next
    disk.mkdir()
    script = tmp_path / "full_disk.py"
    script.write_text(FULL_DISK.format(root=str(HERE.parent), tests=str(HERE)))
    mount = f'mount -t tmpfs -o size={room} tmpfs "$1" || exit 77; shift; exec "$@"'
    done = (
        subprocess.run(
            [
                *("unshare", "-rm", "sh", "-c", mount, "sh", disk),
                sys.executable,
                script,
                pages,
                disk,
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if shutil.which("unshare")
        else None
    )
    if done is None or done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("no disk can be mounted here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    record_property("disk", f"{room >> 20} MiB")
    assert told["kind"] == "disk_full"
    assert "The disk is full" in told["sentence"] and "--resume" in told["sentence"]
    assert told["intact"] and told["left"] == [LAST]
    assert told["after"] == 5
