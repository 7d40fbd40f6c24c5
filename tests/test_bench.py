"""The speed figures: that each is measured, not how large it is."""

import json
import subprocess
import sys

import pytest
from tiny_style import make_tiny_style
from window_support import draw_shades

from colorstudio.cli.bench_hints import hint_to_picture
from colorstudio.core.failures import ColorStudioError
from colorstudio.inference.colorizer import Colorizer


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_bench_measures_every_row(tmp_path):
    style = str(make_tiny_style(tmp_path))
    command = [sys.executable, "-m", "colorstudio", "bench", "--style", style, "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    rows = {row["what"]: row for row in report["figures"]}
    assert len(rows) == 7
    assert all(row["value"] > 0 for row in rows.values())
    assert rows["1080×720 grey, file to file"]["ratio"] > 1
    assert rows["start to window"]["ratio"] >= 1
    assert 50 < rows["4960×7016 grey, peak memory"]["value"] < 1536


def test_the_time_from_a_hint_to_its_picture_is_that_of_the_windows_own_thread(qapp, tmp_path):
    page = draw_shades(tmp_path / "page.png")
    colorizer = Colorizer(make_tiny_style(tmp_path / "style"), "cpu")
    assert 0 < hint_to_picture(colorizer, page, rounds=2) < 5
    with pytest.raises(ColorStudioError, match="gone"):
        hint_to_picture(colorizer, tmp_path / "gone.png", rounds=1)
