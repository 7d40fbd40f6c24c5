"""What an artist chooses before a batch: names, format, a trial; and that all of it is done."""

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_support import LONG, open_and_wait, states, wait_for_end

from colorstudio.core.failures import ColorStudioError
from colorstudio.core.naming import example_name, plan_outputs
from colorstudio.core.output_options import Existing, OutputFormat, checked_pattern, patterned
from colorstudio.core.scan import Found
from colorstudio.jobs.job import JobState

KEEP = OutputFormat.KEEP


def names(pattern: str, *pictures: str, fmt: OutputFormat = KEEP) -> list[str]:
    found = [Found(Path("/book/inks") / name, Path(name)) for name in pictures]
    plans = plan_outputs(found, Path("/nowhere"), fmt, Existing.SKIP, pattern)
    return [plan.target.relative_to("/nowhere").as_posix() for plan in plans]


def test_a_pattern_names_results_by_name_number_and_folder():
    assert names("{folder} {number} {name}", "a.png", "b.jpg") == [
        "inks 001 a.png",
        "inks 002 b.jpg",
    ]
    assert names("{name} coloured", "x/a.png", fmt=OutputFormat.PSD) == ["x/a coloured.psd"]
    assert patterned("{number}", Path("a.png"), "a", 7, 12_000) == "00007"


@pytest.mark.parametrize("named", ["a.png", "./a.png", "sub/../a.png"])
def test_a_picture_named_from_within_its_folder_is_of_that_folder(tmp_path, monkeypatch, named):
    (tmp_path / "inks").mkdir()
    monkeypatch.chdir(tmp_path / "inks")
    assert patterned("{folder} {name}", Path(named), "a", 1, 1) == "inks a"


def test_results_of_one_pattern_never_share_a_name():
    assert names("new {name}", "a.png", "a.jpg", fmt=OutputFormat.PNG) == [
        "new a.png",
        "new a.jpg.png",
    ]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("coloured", "{name} or {number}"),
        ("{folder}", "{name} or {number}"),
        ("{name}/{number}", "/"),
        ("{name}: final", ":"),
        ("{nmae}", "{nmae}"),
        ("{name", "{"),
        (".{name}", "dot"),
        ("", "{name}"),
    ],
)
def test_a_pattern_that_names_no_files_is_refused_with_a_sentence(pattern, reason):
    with pytest.raises(ColorStudioError) as refusal:
        checked_pattern(pattern)
    assert reason in refusal.value.failure.sentence


def test_an_example_is_the_name_that_comes_out():
    assert example_name(Path("in/page 7.gif"), KEEP, "{name} done") == "page 7 done.png"


def typed(window, text: str) -> None:
    window.queue_panel.output.pattern.setFocus()
    window.queue_panel.output.pattern.selectAll()
    QTest.keyClicks(window.queue_panel.output.pattern, text)


def test_names_and_format_chosen_in_the_window_are_those_of_the_files(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    output = window.queue_panel.output
    typed(window, "{number}-{name}")
    assert output.example == "→  001-page 1.png"
    output.formats.setCurrentIndex(output.formats.findData(OutputFormat.TIFF))
    output.formats.activated.emit(output.formats.currentIndex())
    rows = window.studio.desk.rows
    qtbot.waitUntil(lambda: [row.job.target.name for row in rows.rows[:1]] == ["001-page 1.tif"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 4, timeout=LONG)
    window.tools.colorize_button.click()
    wait_for_end(window, qtbot)
    written = sorted((pages / "colorized").iterdir())
    assert [path.name for path in written] == [
        "001-page 1.tif",
        "002-page 2.tif",
        "003-page 10.tif",
        "004-shades.tif",
    ]
    with Image.open(written[0]) as picture:
        assert (picture.format, picture.size) == ("TIFF", (120, 90))


def test_a_wrong_pattern_is_told_at_once_and_changes_nothing(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    typed(window, "all the same")
    assert "{name} or {number}" in window.queue_panel.output.example
    QTest.keyClick(window.queue_panel.output.pattern, Qt.Key.Key_Return)
    assert window.studio.wishes.pattern == "{name}"


def test_three_pictures_are_tried_and_the_rest_waits(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    assert window.queue_panel.trial_button.isVisible()
    window.queue_panel.trial_button.click()
    assert window.studio.desk.view().total == 3
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE] * 3 + [JobState.QUEUED]
    assert len(list((pages / "colorized").iterdir())) == 3
    assert window.tools.colorize_button.text() == "Colorize 1 picture"
    window.tools.colorize_button.click()
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE] * 4
