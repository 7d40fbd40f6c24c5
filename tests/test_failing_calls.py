"""Whichever call to the disk fails, a name never stands for half a file."""

import itertools
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from failing_calls import ERRORS, KINDS, nth_fails
from PIL import Image
from pipeline_support import Batch, Painter
from tiny_style import make_tiny_style

from colorstudio.core.failures import ColorStudioError
from colorstudio.core.hints import Hint, HintSet, hints_path, load_hints
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode
from colorstudio.core.output_options import OutputFormat
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.planning import plan_batch
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import export_style, import_style
from colorstudio.styles.style import load_style
from colorstudio.ui.hint_keeper import write_all
from colorstudio.ui.settings import Settings, SettingsStore

ROOT = Path(__file__).resolve().parents[1]

REACHES = [10, pytest.param(40, marks=pytest.mark.slow)]
"""Up to which call."""


class LayerPainter(Painter):
    """A colorizer that gives layers too where they are asked for."""

    def colorize_artwork(self, artwork, request, token=None):
        colored = super().colorize_artwork(artwork, request, token)
        if not request.layers:
            return colored
        page, paint = artwork.pixels, colored.artwork.pixels
        ink = Ink.BLACK_ON_WHITE
        layers = Layers(Mode.LINEART, ink, colored.artwork, page, None, paint, paint)
        return replace(colored, layers=layers)


def faults(most: int) -> Iterator[tuple[str, int, int]]:
    """Each kind of call, its first to its `most`-th; the errors take turns."""
    errors = itertools.cycle(ERRORS)
    return ((kind, number, next(errors)) for kind in KINDS for number in range(1, most + 1))


@pytest.mark.reliability("R17", "I1", "I2", "I3")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("most", REACHES)
@pytest.mark.parametrize("suffix", [".png", ".psd"])
def test_pictures_are_whole_or_not_there(tmp_path, suffix, most, record_property) -> None:
    batch = Batch(tmp_path).draw(3, size=(90, 60))
    originals = {path: path.read_bytes() for path in tmp_path.iterdir()}
    struck = 0
    for kind, number, code in faults(most):
        batch = Batch(tmp_path)
        batch.queue.add(planned(batch, suffix))
        with nth_fails(kind, number, code) as failed:
            batch.run(LayerPainter())
        struck += failed[0]
        done = batch.states.count(JobState.DONE)
        assert len(batch.states) == 3
        assert len(batch.written()) == done >= (0 if failed[0] else 3)
        for name in batch.written():
            assert_whole(batch.output / name)
        lines = [e.failure.sentence for e in batch.endings.values() if e.failure]
        assert len(lines) == 3 - done
        assert {path: path.read_bytes() for path in originals} == originals
        shutil.rmtree(batch.output, ignore_errors=True)
    assert struck >= 3 * len(KINDS)
    record_property("times", struck)
    record_property("failing calls", struck)


def planned(batch: Batch, suffix: str) -> list[Job]:
    """The jobs of a batch, with layers if the suffix says so."""
    fmt = OutputFormat.PSD if suffix == ".psd" else OutputFormat.KEEP
    return list(plan_batch([batch.folder], batch.output, recursive=False, fmt=fmt).jobs)


def assert_whole(path: Path) -> None:
    with Image.open(path) as picture:
        picture.load()
        assert picture.size == (90, 60)


@pytest.mark.reliability("R17", "I2")
def test_hints_and_settings_are_the_old_or_the_new_ones(tmp_path, record_property) -> None:
    page = tmp_path / "page.png"
    old = HintSet((Hint(1, 2, 3, "#112233"),))
    new = HintSet(tuple(Hint(x, 2, 3, "#445566") for x in range(50)))
    store = SettingsStore(tmp_path / "home" / "settings.json")
    struck = 0
    for kind, number, code in faults(10):
        assert not write_all({page: old})
        store.value = Settings(theme="dark")
        store.save()
        with nth_fails(kind, number, code) as failed:
            failures = write_all({page: new})
            store.value = Settings(theme="light")
            store.save()
        struck += failed[0]
        assert load_hints(hints_path(page)) == (old if failures else new)
        assert SettingsStore(tmp_path / "home" / "settings.json").value.theme in ("dark", "light")
        files = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert sorted(path.name for path in files) == ["page.hints.json", "settings.json"]
    assert struck >= len(KINDS)
    record_property("times", struck)
    record_property("failing calls", struck)


@pytest.mark.reliability("R17", "I2")
def test_the_library_has_the_whole_style_or_what_it_had(tmp_path, record_property) -> None:
    library = StyleLibrary(tmp_path / "home")
    kept = library.add(make_tiny_style(tmp_path / "kept", name="Kept"))
    export_style(kept, tmp_path / "kept.colorstyle")
    struck = 0
    for kind, number, code in faults(10):
        package = tmp_path / "other.colorstyle"
        with nth_fails(kind, number, code) as failed:
            with suppress(ColorStudioError, OSError):
                export_style(load_style(tmp_path / "kept"), package)
            with suppress(ColorStudioError, OSError):
                import_style(tmp_path / "kept.colorstyle", library, name="Other")
            with suppress(ColorStudioError, OSError), library.staging() as stage:
                for file in (tmp_path / "kept").iterdir():
                    shutil.copyfile(file, stage / file.name)
                library.adopt(stage, name="Kept", replacing={kept.info.sha256})
        struck += failed[0]
        names = {style.info.name for style in library.list() if not style.bundled}
        assert {"Kept"} <= names <= {"Kept", "Other"} and not library.broken
        for folder in (tmp_path / "home" / "styles").iterdir():
            assert not folder.name.startswith("."), "a half-made style was left"
        if package.exists():
            import_style(package, StyleLibrary(tmp_path / "proof"), name=f"{kind} {number}")
            package.unlink()
        assert [p for p in tmp_path.iterdir() if p.name.startswith(".")] == []
        if "Other" in names:
            library.remove("Other")
    assert struck >= len(KINDS)
    record_property("times", struck)
    record_property("failing calls", struck)


@pytest.mark.reliability("R17", "R44", "I2")
def test_a_checkpoint_is_there_whichever_call_fails(tmp_path, record_property) -> None:
    torch = pytest.importorskip("torch")
    from training.checkpoints import Checkpoint, load_checkpoint, save_checkpoint

    struck = saved = 0
    for step, (kind, number, code) in enumerate(faults(10), start=1):
        with nth_fails(kind, number, code) as failed:
            try:
                save_checkpoint(tmp_path, Checkpoint({"w": torch.full((99,), step)}, {"s": step}))
                saved = step
            except ColorStudioError as error:
                assert error.failure.sentence.endswith(".")
        struck += failed[0]
        if not saved:
            continue
        found = load_checkpoint(tmp_path)
        # The newest whole one: what was refused may lie there whole already.
        assert saved <= found.facts["s"] <= step
        assert (found.tensors["w"] == found.facts["s"]).all()
    assert struck >= len(KINDS)
    record_property("times", struck)
    record_property("failing calls", struck)


# --- the same from outside, where it reaches SQLite and what C libraries do ----------------------

CALLS = "rename,renameat,renameat2,fsync,fdatasync,pwrite64,ftruncate"


@pytest.mark.reliability("R17", "I2", "I4")
@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_whole_program_survives_each_failing_system_call(
    tmp_path, error, record_property
) -> None:
    make_tiny_style(tmp_path / "home" / "styles" / "tiny", name="Tiny")
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(4):
        tones = np.random.default_rng(number).integers(0, 256, (60, 90), np.uint8)
        Image.fromarray(tones).save(pages / f"{number}.png")
    order = [sys.executable, "-m", "colorstudio", "colorize", str(pages), "-o"]
    order += [str(tmp_path / "out"), "--json", "--style", "Tiny"]
    variables = os.environ | {"COLORSTUDIO_HOME": str(tmp_path / "home")}
    struck = 0
    for number in range(1, 41):
        inject = f"inject={CALLS}:error={error}:when={number}"
        spy = ["strace", "-f", "--seccomp-bpf", "-o", str(tmp_path / "trace")]
        spied = subprocess.run(
            [*spy, "-e", f"trace={CALLS}", "-e", inject, *order],
            env=variables, cwd=ROOT, capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert spied.returncode in (0, 1, 2) and "Traceback" not in spied.stderr, spied.stderr
        struck += "INJECTED" in (tmp_path / "trace").read_text()
        for path in (tmp_path / "out").glob("*.png"):
            assert_whole(path)
        again = subprocess.run(
            order, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=300
        )
        assert again.returncode == 0, again.stdout + again.stderr
        assert json.loads(again.stdout.splitlines()[-1])["failed"] == 0
        assert sorted(os.listdir(tmp_path / "out")) == sorted(os.listdir(pages))
        check_journal(tmp_path / "home" / "journal")
        # strace counts for each thread: faults of several nights would look like crashes.
        shutil.rmtree(tmp_path / "home" / "journal")
        shutil.rmtree(tmp_path / "out")
    record_property("times", struck)
    record_property("failing system calls", struck)
    assert struck > 20


def check_journal(folder: Path) -> None:
    assert not list(folder.glob("*.bad")), "a whole journal was thrown away"
    connection = sqlite3.connect(folder / "journal.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
