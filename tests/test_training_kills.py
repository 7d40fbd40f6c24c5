"""A training that is killed at any moment goes on from its newest whole checkpoint."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from training_support import draw_pages

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.skipif(os.name == "nt", reason="its processes are forked"),
]

SAVE_INTERVAL = 3  # steps, as in training_victim.EVERY
HERE = Path(__file__).resolve().parent


def outcome_of(tmp_path: Path, steps: int, kills: int, seed: int) -> dict[str, Any]:
    pages = draw_pages(tmp_path / "pages", 4, 100, 90)
    done = subprocess.run(
        [sys.executable, HERE / "training_victim.py", pages, tmp_path / "run"]
        + [str(number) for number in (steps, kills, seed)],
        env=os.environ | {"PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outcome: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return outcome


def check(outcome: dict[str, Any], steps: int, note: Callable[[str, object], None]) -> None:
    note("kills", outcome["inside saves"] + outcome["at random"])
    note("inside a save", outcome["inside saves"])
    note("most steps lost", outcome["most steps lost"])
    assert outcome["step"] == steps
    assert outcome["most steps lost"] <= SAVE_INTERVAL
    assert outcome["left over"] == []
    apart = 0.0
    assert outcome["losses"].keys() == outcome["unbroken"].keys()
    for step, losses in outcome["unbroken"].items():
        for name, value in losses.items():
            apart = max(apart, abs(outcome["losses"][step][name] - value))
    note("losses differ by", f"{apart:.1e}")
    assert apart <= 1e-4


@pytest.mark.reliability("R42")
def test_two_kills_one_inside_a_save_cost_no_more_than_a_save_interval(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    outcome = outcome_of(tmp_path, steps=12, kills=2, seed=7)
    assert outcome["inside saves"] == 1
    check(outcome, 12, record_property)


@pytest.mark.slow
@pytest.mark.reliability("R42")
def test_twenty_kills_ten_inside_a_save_cost_no_more_than_a_save_interval_each(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    seed = int(time.time())
    print("seed", seed)
    outcome = outcome_of(tmp_path, steps=48, kills=20, seed=seed)
    record_property("seed", seed)
    assert outcome["inside saves"] >= 10
    check(outcome, 48, record_property)
