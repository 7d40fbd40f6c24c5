"""The palette in the real window: dropped, seen, followed by preview and batch, saved, undone."""

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from tiny_style import make_tiny_style
from window_support import LONG, draw_line_art, drop, files, held_up, open_and_wait, states

from colorstudio.core.mode import Mode
from colorstudio.core.palette_files import read_palette, write_palette
from colorstudio.jobs.job import JobState

RUST, TEAL, CREAM = (208, 64, 48), (0, 128, 128), (250, 240, 210)
COLORS = {f"#{r:02x}{g:02x}{b:02x}" for r, g, b in (RUST, TEAL, CREAM)}


@pytest.fixture
def gpl(tmp_path):
    file = tmp_path / "sea.gpl"
    rows = "\n".join("{} {} {}\tname".format(*color) for color in (RUST, TEAL, CREAM))
    file.write_text(f"GIMP Palette\nName: Sea\n#\n{rows}\n")
    return file


@pytest.fixture
def art(window, qtbot, tmp_path):
    """A folder with a page of line art, in view."""
    folder = tmp_path / "pages"
    folder.mkdir()
    page = draw_line_art(folder / "page.png")
    open_and_wait(window, qtbot, folder, waiting=1)
    return page


def dropped(window, qtbot, *paths):
    """Drop these on the palette and wait until it is taken up."""
    before = window.studio.wishes.coloring.palette
    drop(window.palette_panel, files(*paths))
    qtbot.waitUntil(lambda: window.studio.wishes.coloring.palette is not before, timeout=LONG)


def test_a_dropped_palette_shows_its_colours_and_a_click_takes_one(window, qtbot, art, gpl):
    panel = window.palette_panel
    assert not panel.save_button.isVisible() and panel.place.isVisible()
    dropped(window, qtbot, gpl)
    assert set(panel.swatches.colors) == COLORS and panel.name == "sea.gpl"
    assert panel.swatches.isVisible() and panel.save_button.isVisible()
    place = panel.swatches.swatch(1).center()
    QTest.mouseClick(panel.swatches, Qt.MouseButton.LeftButton, pos=place)
    assert window.easel.color == panel.swatches.colors[1]
    assert len(window.studio.desk.rows.rows) == 1, "the page itself stays what is queued"


def test_a_palette_file_dropped_anywhere_is_taken_for_what_it_is(window, qtbot, art, gpl):
    drop(window, files(gpl))
    qtbot.waitUntil(lambda: window.palette_panel.name == "sea.gpl", timeout=LONG)
    assert window.messages.sentence == ""


def test_a_finished_page_gives_its_colours(window, qtbot, art, tmp_path):
    pixels = np.zeros((60, 90, 3), np.uint8)
    pixels[:30], pixels[30:], pixels[:9, :20] = RUST, TEAL, CREAM
    Image.fromarray(pixels).save(tmp_path / "finished.png")
    dropped(window, qtbot, tmp_path / "finished.png")
    assert set(window.palette_panel.swatches.colors) == COLORS


def test_preview_and_batch_follow_palette_and_flats(window, qtbot, art, gpl):
    dropped(window, qtbot, gpl)
    replies = []
    window.palette_panel.only.click()
    assert window.studio.wishes.coloring.flat == 1.0, "exact colours need flats"
    # From here on only answers to the click are passed on: answers to older wishes are dropped.
    window.studio.preview.replied.connect(replies.append)
    qtbot.waitUntil(
        lambda: bool(replies) and replies[-1].last and not window.studio.browsing.busy,
        timeout=LONG,
    )
    plane = replies[-1].colored.planes[0]
    paper = {tuple(pixel) for pixel in plane[2:8:2, 2:110:9, 2::-1].reshape(-1, 3).tolist()}
    assert paper <= {RUST, TEAL, CREAM}
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: states(window) == [JobState.DONE], timeout=LONG)
    done = np.asarray(Image.open(art.parent / "colorized" / "page.png").convert("RGB"))
    assert np.array_equal(done, plane[..., 2::-1]), "what is judged is what is exported"


def test_a_palette_can_be_cleared_and_brought_back_by_undo(window, qtbot, art, gpl):
    dropped(window, qtbot, gpl)
    QTest.mouseClick(window.palette_panel.clear_button, Qt.MouseButton.LeftButton)
    assert window.studio.wishes.coloring.palette is None
    assert window.palette_panel.place.isVisible()
    window.hint_wiring.undo.trigger()
    assert window.palette_panel.name == "sea.gpl"
    window.hint_wiring.undo.trigger()
    assert window.studio.wishes.coloring.palette is None


def test_one_journey_of_the_slider_is_one_change(window, qtbot, art):
    slider = window.palette_panel.flat
    slider.setSliderDown(True)
    for step in (4, 9, 14):
        slider.setValue(step)
        qtbot.waitUntil(
            lambda step=step: window.studio.wishes.coloring.flat == step / 20, timeout=LONG
        )
    slider.setSliderDown(False)
    slider.setValue(20)
    qtbot.waitUntil(lambda: window.studio.wishes.coloring.flat == 1.0, timeout=LONG)
    window.hint_wiring.undo.trigger()
    assert window.studio.wishes.coloring.flat == 0.7 and slider.value() == 14
    window.hint_wiring.undo.trigger()
    assert window.studio.wishes.coloring.flat == 0.0 and slider.value() == 0


def test_what_is_undone_while_the_slider_is_held_is_seen_when_it_is_let_go(window, qtbot, art):
    slider, studio = window.palette_panel.flat, window.studio
    slider.setSliderDown(True)
    slider.setValue(7)
    qtbot.waitUntil(lambda: studio.wishes.coloring.flat == 0.35, timeout=LONG)
    window.easel.history.undo()
    assert slider.value() == 7, "the hand still holds it there"
    slider.setSliderDown(False)
    assert studio.wishes.coloring.flat == 0.0 and slider.value() == 0


def test_what_is_no_palette_is_told_and_changes_nothing(window, qtbot, art, gpl, tmp_path):
    dropped(window, qtbot, gpl)
    notes = tmp_path / "notes.gpl"
    notes.write_text("hello")
    drop(window.palette_panel, files(notes))
    qtbot.waitUntil(lambda: "notes.gpl" in window.messages.sentence, timeout=LONG)
    drop(window.palette_panel, files(tmp_path))
    assert "one palette file" in window.messages.sentence
    text = QMimeData()
    text.setText("hello")
    drop(window.palette_panel, text)
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/a.png")])
    drop(window.palette_panel, web)
    assert window.palette_panel.name == "sea.gpl"


def test_a_palette_is_saved_for_other_programs(window, qtbot, art, gpl, tmp_path, monkeypatch):
    dropped(window, qtbot, gpl)
    wanted = tmp_path / "mine"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(wanted), ""))
    window.palette_panel.save_button.click()
    target = tmp_path / "mine.gpl"
    qtbot.waitUntil(target.is_file, timeout=LONG)
    assert target.read_text().startswith("GIMP Palette\nName: mine\n")
    saved, first = read_palette(target), read_palette(gpl)
    assert np.array_equal(saved.colors, first.colors) and saved.names == first.names
    target.write_text("worked on since")
    window.palette_panel.save_button.click()  # "mine" again: nobody was asked about mine.gpl
    qtbot.waitUntil(lambda: "of this name already" in window.messages.sentence, timeout=LONG)
    assert target.read_text() == "worked on since"


def test_of_two_palettes_saved_at_once_both_are_there(
    window, qtbot, art, gpl, tmp_path, monkeypatch
):
    dropped(window, qtbot, gpl)
    targets = [tmp_path / "mine.gpl", tmp_path / "theirs.gpl"]
    wanted = iter(targets)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(next(wanted)), ""))
    with held_up(window.studio.browsing):  # a large folder is being listed, say
        for _ in targets:
            window.palette_panel.save_button.click()
    qtbot.waitUntil(lambda: all(target.is_file() for target in targets), timeout=LONG)


def test_a_saved_palette_has_a_name_for_each_colour(tmp_path):
    Image.new("RGB", (20, 20), RUST).save(tmp_path / "page.png")
    write_palette(tmp_path / "a.gpl", read_palette(tmp_path / "page.png"), "two\nlines")
    text = (tmp_path / "a.gpl").read_text()
    assert "Name: two lines\n" in text and "208  64  48\t#d04030\n" in text


def test_what_the_style_or_the_mode_cannot_do_is_greyed_out(window, qtbot, art, gpl, home):
    panel = window.palette_panel
    dropped(window, qtbot, gpl)
    window.easel.choose_mode(Mode.GREYSCALE)
    assert not panel.flat.isEnabled() and "another mode" in panel.flat.toolTip()
    window.easel.choose_mode(None)
    assert panel.flat.isEnabled() and panel.only.isEnabled()
    make_tiny_style(home / "styles" / "plain", name="Plain", full=False)
    window.studio.set_style("Plain")
    qtbot.waitUntil(lambda: not panel.flat.isEnabled(), timeout=LONG)
    assert "no palette" in panel.name
