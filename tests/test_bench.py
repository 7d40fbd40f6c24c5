"""The speed figures: that each is measured, not how large it is."""

import json
import subprocess
import sys

import pytest
from tiny_style import make_tiny_style


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
