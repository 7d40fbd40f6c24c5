"""Palette and flats from one start of the program to the next."""

import pytest
from window_support import LONG, colorize, open_and_wait

from colorstudio.ui.plain_coloring import coloring_of_text
from colorstudio.ui.session import PLAIN, Coloring


def _again(qtbot):
    """The program started once more."""
    from colorstudio.ui.main_window import MainWindow

    again = MainWindow()
    again.confirm_close = lambda: True
    qtbot.addWidget(again)
    again.show()
    return again


def test_palette_and_flats_are_there_at_the_next_start_and_nothing_waits_anew(
    window, qtbot, home, pages, tmp_path
):
    rows = "208 64 48\trust\n0 128 128\tteal\n"
    (tmp_path / "sea.gpl").write_text(f"GIMP Palette\nName: Sea\n#\n{rows}")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.palette_wiring.take([tmp_path / "sea.gpl"])
    qtbot.waitUntil(lambda: window.palette_panel.name == "sea.gpl", timeout=LONG)
    window.palette_panel.only.click()
    colorize(window, qtbot)
    before = window.studio.wishes.coloring
    window.close()
    again = _again(qtbot)
    qtbot.waitUntil(lambda: again.palette_panel.name == "sea.gpl", timeout=LONG)
    coloring = again.studio.wishes.coloring
    assert (coloring.flat, coloring.palette_only) == (1.0, True)
    assert coloring.palette.names == before.palette.names
    assert coloring.request().palette.tobytes() == before.request().palette.tobytes()
    assert coloring.request().only.tobytes() == before.request().only.tobytes()
    again.open([pages])
    rows = again.studio.desk.rows
    qtbot.waitUntil(lambda: len(rows.rows) == 4, timeout=LONG)
    assert again.studio.desk.outlook.to_color == 0, "yesterday's pages are up to date"
    again.close()


def test_palette_and_flats_outlive_a_window_that_is_closed_at_once(window, qtbot, home):
    window.easel.choose_coloring(Coloring(flat=0.5))
    window.close()
    again = _again(qtbot)
    again.close()
    assert again.habits.settings.coloring and not again.studio.wishes.coloring.flat
    third = _again(qtbot)
    qtbot.waitUntil(lambda: third.studio.wishes.coloring.flat == 0.5, timeout=LONG)
    third.close()


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "3",
        '{"flat": "x"}',
        '{"flat": 7}',
        '{"palette": {}}',
        '{"palette": {"colors": ["#00"], "names": [], "vector": []}}',
        '{"palette": {"colors": [], "names": [], "vector": [1]}}',
    ],
)
def test_a_palette_that_cannot_be_remembered_is_none(text):
    assert coloring_of_text(text) == PLAIN
