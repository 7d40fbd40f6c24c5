"""The table of reliability tells the truth: what failed, what was left out and why."""

import pytest
from reliability import _Row, rows_of, table


def row_of(**changes: object) -> dict[str, _Row]:
    row = _Row(passed=2, times=33)
    for name, value in changes.items():
        setattr(row, name, value)
    return {"R16": row}


def test_sums_are_added_and_peaks_are_not():
    figures = {"kills survived": [3, 30], "peak memory, MB": [410.26, 388.0], "seed": [7, "none"]}
    told = table(row_of(figures=figures), quick=True)
    assert "| 33 | 2 | passed | kills survived: 33; peak memory, MB: 410.3; seed: 7, none |" in told
    assert "the quick checks: 1 of 1 rows passed" in told


@pytest.mark.parametrize(
    ("changes", "verdict", "passed"),
    [
        ({"failed": ["test_x"]}, "FAILED: test_x", 0),
        ({"passed": 0, "times": 0, "skipped": ["no GPU", "no GPU"]}, "not checked: no GPU", 0),
        ({"skipped": ["no tmpfs here"]}, "passed; left out: no tmpfs here", 1),
    ],
)
def test_a_row_says_why_it_was_not_all(changes, verdict, passed):
    told = table(row_of(**changes), quick=False)
    assert f"| {verdict} |" in told and f"all checks: {passed} of 1 rows passed" in told


def test_tests_add_up_to_rows():
    ended = {
        "t.py::kills[3]": {"rows": ["R16", "I2"], "outcome": "passed", "reason": "",
                           "figures": {"times": 3, "kills survived": 3}},
        "t.py::resume": {"rows": ["R16"], "outcome": "passed", "reason": "", "figures": {}},
        "t.py::disk": {"rows": ["R16"], "outcome": "skipped", "reason": "no disk", "figures": {}},
        "t.py::bad": {"rows": ["I2"], "outcome": "failed", "reason": "", "figures": {}},
    }  # fmt: skip
    rows = rows_of(ended)
    assert (rows["R16"].passed, rows["R16"].times) == (2, 4)
    assert rows["R16"].verdict == "passed; left out: no disk"
    assert rows["I2"].verdict == "FAILED: bad" and rows["R17"].verdict.startswith("not checked")
