"""A graphics card that refuses memory or goes away: the CPU goes on, everybody is told."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
import pytest
from onnxruntime.capi import onnxruntime_pybind11_state as ort_state
from PIL import Image
from pytestqt.qtbot import QtBot
from tiny_style import make_tiny_style

from colorstudio import Colorizer
from colorstudio.cli import main
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.inference import providers
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.queue import JobQueue

# As onnxruntime words it.
NO_ROOM = "bfc_arena.cc:376 Available memory of 0 is smaller than requested bytes of 8388608"
GONE = "CUDA failure 999: unknown error ; GPU=0 ; hostname=studio"


class Card:
    """Stands in for a graphics card: a real session on the CPU that fails when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fails: Callable[[dict[str, Any]], Exception | None] = lambda inputs: None
        self.sessions: list[list[str]] = []  # the providers asked for, in order
        self.runs = 0
        monkeypatch.setattr(providers, "why_no_cuda", lambda: "")
        monkeypatch.setattr(providers, "_given_up", "")
        monkeypatch.setattr(providers, "_session", self._session)

    def _session(self, generator: Path, asked: list[str], *_: Any) -> Any:
        self.sessions.append(asked)
        real = ort.InferenceSession(generator.read_bytes(), providers=[providers.CPU])
        return _OnCard(self, real) if providers.CUDA in asked else real


class _OnCard:
    def __init__(self, card: Card, real: ort.InferenceSession) -> None:
        self._card, self._real = card, real

    def get_providers(self) -> list[str]:
        return [providers.CUDA, providers.CPU]

    def run(self, names: list[str], inputs: dict[str, Any], options: ort.RunOptions) -> Any:
        self._card.runs += 1
        failure = self._card.fails(inputs)
        if failure is not None:
            raise failure
        return self._real.run(names, inputs, options)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> Card:
    return Card(monkeypatch)


@pytest.fixture
def style(tmp_path: Path) -> Path:
    return make_tiny_style(tmp_path / "home" / "styles" / "tiny", name="Tiny")


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(6):
        ramp = np.tile(np.linspace(20, 235, 48 + number, dtype=np.uint8), (32, 1))
        Image.fromarray(ramp).save(folder / f"{number}.png")
    return folder


def refusing_above(pixels: int) -> Callable[[dict[str, Any]], Exception | None]:
    """Memory for luma of at most so many pixels."""

    def refuse(inputs: dict[str, Any]) -> Exception | None:
        return ort_state.Fail(NO_ROOM) if inputs["luma"].size > pixels else None

    return refuse


def after(runs: int, card: Card) -> Callable[[dict[str, Any]], Exception | None]:
    """The card is there for so many runs more."""
    last = card.runs + runs
    return lambda inputs: ort_state.EPFail(GONE) if card.runs > last else None


@pytest.mark.reliability("R46")
@pytest.mark.parametrize(
    "error", [ort_state.Fail(NO_ROOM), MemoryError(), RuntimeError("CUBLAS_STATUS_ALLOC_FAILED")]
)
def test_memory_that_the_card_refuses_is_found_on_the_cpu(
    error: Exception, card: Card, style: Path, record_property: Callable[[str, object], None]
) -> None:
    """In no tiles: the generator sees the whole page, and in halves its colours differ."""
    page = np.random.default_rng(1).integers(0, 256, (300, 400), dtype=np.uint8)
    untroubled = Colorizer(style, "cpu").colorize(page, "greyscale")
    colorizer = Colorizer(style, "auto")
    assert colorizer.provider.name == "CUDA"
    card.fails = lambda inputs: error if inputs["luma"].size > 1000 else None
    told = colorizer.colorize(page, "greyscale")
    difference = int(np.abs(told.astype(int) - untroubled).max())
    record_property("largest difference of 255", difference)
    assert difference <= 2
    assert colorizer.provider.name == "CPU"
    assert "ran out of memory" in colorizer.provider.reason
    before = card.runs
    colorizer.colorize(page, "greyscale")
    assert card.runs == before, "the card is left alone once it has given up"


@pytest.mark.reliability("R46")
def test_where_there_is_no_memory_anywhere_the_picture_fails_with_a_sentence(
    style: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    colorizer = Colorizer(style, "cpu")

    class Full:
        def run(self, *_: Any) -> Any:
            raise ort_state.RuntimeException("std::bad_alloc")

    monkeypatch.setattr(colorizer._generator, "_session", Full())
    with pytest.raises(ColorStudioError, match="“Tiny” needs more memory") as caught:
        colorizer.colorize(np.zeros((30, 30), np.uint8))
    assert caught.value.failure.kind is FailureKind.OUT_OF_MEMORY


@pytest.mark.reliability("R47")
def test_a_card_lost_in_the_middle_of_a_batch_costs_no_picture_and_the_report_says_so(
    card: Card,
    style: Path,
    pages: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    card.fails = after(4, card)  # two runs are the trial
    asked = ["colorize", str(pages), "-o", str(tmp_path / "out"), "--style", "Tiny", "--json"]
    assert main(asked) == 0
    *rows, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    used = [row["provider"] for row in rows if row["event"] == "picture"]
    record_property("pictures", f"{used.count('CUDA')} on the card, {used.count('CPU')} after it")
    assert used.count("CUDA") == 2 and used.count("CPU") == 4
    assert (summary["done"], summary["failed"], summary["provider"]) == (6, 0, "CPU")
    assert "gave up in the middle of the work" in json.dumps(summary)
    assert len(list((tmp_path / "out").iterdir())) == 6
    on_cpu = [asked for asked in card.sessions[1:] if providers.CUDA not in asked]
    assert len(on_cpu) == 1, "one session on the CPU takes its place"


@pytest.mark.reliability("R47")
def test_a_lost_card_is_tried_again_when_it_is_asked_for_by_name_and_not_before(
    card: Card, style: Path
) -> None:
    page = np.full((40, 40), 90, np.uint8)
    colorizer = Colorizer(style, "auto")
    card.fails = after(0, card)
    colorizer.colorize(page)
    card.fails = lambda inputs: None  # it is back
    again = Colorizer(style, "auto")
    assert again.provider.name == "CPU" and "gave up" in again.provider.reason
    assert "tried again at the next start" in again.provider.reason
    assert Colorizer(style, "cuda").provider.name == "CUDA"


@pytest.mark.reliability("R47")
def test_several_threads_that_lose_the_card_together_make_one_session(
    card: Card, style: Path
) -> None:
    import threading

    colorizer = Colorizer(style, "auto")
    card.fails = after(0, card)
    before, results = len(card.sessions), []
    page = np.full((40, 40), 90, np.uint8)
    threads = [
        threading.Thread(target=lambda: results.append(colorizer.colorize(page))) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6 and len(card.sessions) == before + 1


@pytest.fixture
def batch_thread(qtbot: QtBot, card: Card, pages: Path, style: Path) -> Iterator[Any]:
    from colorstudio.ui.colorizer_source import ColorizerSource
    from colorstudio.ui.worker_thread import BatchThread

    queue = JobQueue()
    jobs = [Job(n, p, pages / "out" / p.name) for n, p in enumerate(sorted(pages.iterdir()), 1)]
    queue.add(jobs)
    yield BatchThread(queue, ColorizerSource(lambda name, device: Colorizer(style, device)))


@pytest.mark.reliability("R47")
def test_the_window_is_told_of_the_real_provider_in_mid_batch(
    qtbot: QtBot, card: Card, batch_thread: Any
) -> None:
    from colorstudio.ui.status_strip import StatusStrip

    strip = StatusStrip()
    qtbot.addWidget(strip)
    batch_thread.equipped.connect(strip.show_equipment)
    seen: list[str] = []
    batch_thread.equipped.connect(lambda equipment: seen.append(equipment.provider))
    card.fails = after(4, card)
    with qtbot.waitSignal(batch_thread.finished, timeout=60_000):
        batch_thread.work_off("Tiny")
    updates, _ = batch_thread.updates.take(1000)
    assert [u.state for u in updates if u.state.ended] == [JobState.DONE] * 6
    qtbot.waitUntil(lambda: seen == ["CUDA", "CPU"])
    assert strip.device == "Device: CPU"
    assert "gave up in the middle of the work" in strip.device_reason
    assert "gave up in the middle of the work" in strip.message


@pytest.mark.reliability("R47")
def test_without_a_card_the_provider_list_is_looked_at_after_creation(
    style: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that silently came up on the CPU is never called CUDA."""
    monkeypatch.setattr(providers, "why_no_cuda", lambda: "")
    monkeypatch.setattr(providers, "_given_up", "")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "")
    report = Colorizer(style, "auto").provider
    assert report.name == "CPU" and report.reason.startswith("CUDA could not be started")
