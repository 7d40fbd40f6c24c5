"""The speed figures: that each is measured and judged, not how large it is."""

import json
import re
import subprocess
import sys

import pytest
from tiny_style import make_tiny_style
from window_support import draw_shades

from colorstudio.cli.bench_figures import Figure, Goal, in_turn, not_measured, timed
from colorstudio.cli.bench_hints import hint_to_picture
from colorstudio.cli.bench_memory import run_measured
from colorstudio.core.failures import ColorStudioError
from colorstudio.inference.colorizer import Colorizer


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "colorstudio", "bench", "--device", "cpu", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_bench_measures_every_row(tmp_path):
    done = bench("--style", str(make_tiny_style(tmp_path)), "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    rows = {row["what"]: row for row in report["figures"]}
    assert all(row["value"] is None or row["value"] > 0 for row in rows.values())
    assert rows["generator on CUDA, 256×256"]["note"]
    assert rows["1080×720 grey, file to file"]["ratio"] > 1
    assert rows["100 mixed pages, as a batch"]["ratio"] > 0
    assert rows["start to window"]["ratio"] >= 1
    assert 50 < rows["4960×7016 grey, peak memory"]["value"] < 1536
    assert 50 < rows["4125×6263 line art to layered PSD, peak memory"]["value"] < 1536
    assert "hint to preview, 4125×6263 line art" in rows
    assert report["machine"]["cores"] >= 1 and report["machine"]["versions"]["numpy"]


def test_one_row_can_be_chosen_and_its_report_kept_in_a_file(tmp_path):
    style, report = str(make_tiny_style(tmp_path / "style")), tmp_path / "report.json"
    done = bench("--style", style, "--only", "generator", "--json", str(report))
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())
    assert [row["what"] for row in told["figures"]] == [
        "generator alone, 256×256",
        "generator alone, 512×512",
    ]
    assert told["machine"]["provider"] == "CPU"
    assert re.search(r"generator alone, 256×256 .* ms .*\[≤ 12, aim 12: \w+\]", done.stdout)


def test_a_row_that_does_not_exist_is_told_with_those_that_do(tmp_path):
    done = bench("--only", "elephants")
    assert done.returncode == 2
    assert "no row “elephants”" in done.stderr and "generator, cuda, files" in done.stderr


def test_the_time_from_a_hint_to_its_picture_is_that_of_the_windows_own_thread(qapp, tmp_path):
    page = draw_shades(tmp_path / "page.png")
    colorizer = Colorizer(make_tiny_style(tmp_path / "style"), "cpu")
    times = hint_to_picture(colorizer, page, rounds=2)
    assert len(times) == 2
    assert all(0 < time.first <= time.whole < 5 for time in times)
    with pytest.raises(ColorStudioError, match="gone"):
        hint_to_picture(colorizer, tmp_path / "gone.png", rounds=1)


def test_actions_are_measured_in_turn_after_a_round_that_warms_up():
    calls: list[str] = []
    times = in_turn([lambda: calls.append("ours"), lambda: calls.append("plain")], rounds=2)
    assert calls == ["ours", "plain"] * 3
    assert [len(kept) for kept in times] == [2, 2]


def test_a_ratio_is_the_median_over_rounds_and_is_judged_by_its_goal():
    goal = Goal(1.5, 1.1, of="ratio")
    figure = timed("page", [0.2, 0.3, 9.0], beside=[0.1, 0.25, 9.0], goal=goal)
    assert (figure.value, figure.ratio, figure.verdict) == (300, pytest.approx(1.2), "floor")
    faster = timed(
        "batch", [1.0], "s", beside=[2.0], faster=True, goal=Goal(1.5, 1.9, "ratio", True)
    )
    assert (faster.ratio, faster.verdict) == (2, "aim")
    assert Figure("memory", 31, "MiB", goal=Goal(30, 30)).verdict == "short"


def test_what_was_not_measured_says_why_and_when():
    figure = not_measured("generator on CUDA", "ms", "No card.", Goal(3, 1))
    assert figure.verdict == "" and figure.as_dict()["value"] is None
    assert re.search(r"not measured on \d{4}-\d\d-\d\d: No card\.", figure.as_line())


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_peak_of_memory_counts_children_too():
    grow = "import time; kept = bytearray(80 << 20); time.sleep(0.3)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grow!r}])"
    _, alone = run_measured([sys.executable, "-c", grow])
    _, both = run_measured([sys.executable, "-c", parent])
    assert alone is not None and both is not None
    assert alone > 80 and both > alone + 3
    with pytest.raises(subprocess.CalledProcessError):
        run_measured([sys.executable, "-c", "raise SystemExit(3)"])
