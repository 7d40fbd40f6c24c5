"""Wild hands on the window: whatever they do, nothing of the artist's suffers.

The long run, ten minutes over many seeds, each named as it starts:

    nice python3 -m pytest -m slow -s tests/test_wild_use.py
"""

from pathlib import Path

import pytest
from monkey import play

_QUICK_SECONDS = 5.0  # for each of the fixed seeds
_LONG_SEEDS, _LONG_SECONDS = 40, 15.0


def complaints(place: Path, seed: int, seconds: float, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(place / "home"))  # put back afterwards
    return "\n".join(play(place, seed, seconds))


@pytest.mark.reliability("R52", "I1", "I2")
@pytest.mark.qt_no_exception_capture
@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(n, marks=pytest.mark.slow) for n in (3, 4))])
def test_the_window_and_all_files_survive_wild_hands(qapp, tmp_path, monkeypatch, seed):
    assert complaints(tmp_path, seed, _QUICK_SECONDS, monkeypatch) == ""


@pytest.mark.reliability("R52", "I1", "I2")
@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.qt_no_exception_capture
def test_ten_minutes_of_wild_hands(qapp, tmp_path, monkeypatch):
    for seed in range(101, 101 + _LONG_SEEDS):
        print(f"seed {seed}", flush=True)
        place = tmp_path / str(seed)
        assert complaints(place, seed, _LONG_SECONDS, monkeypatch) == "", f"seed {seed}"
