"""What the line and the note at the canvas tell of the picture in view."""

from PIL import Image
from window_support import LONG, draw_line_art, open_and_wait

from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.ui.canvas_note import CanvasNote


def test_the_canvas_says_that_paper_was_made_white(window, qtbot, tmp_path):
    folder = tmp_path / "photos"
    folder.mkdir()
    page = draw_line_art(folder / "sketch.png", 440, 330)
    open_and_wait(window, qtbot, folder, waiting=1)
    qtbot.waitUntil(lambda: "Line art" in window.canvas_panel.facts, timeout=LONG)
    assert "paper made white" not in window.canvas_panel.facts
    with Image.open(page) as white:
        white.point(lambda luma: luma * 0.7).save(page)
    qtbot.waitUntil(lambda: "paper made white" in window.canvas_panel.facts, timeout=LONG)


def test_a_warning_is_read_whole_over_the_canvas(window, qtbot, tmp_path):
    """In the line beside the name it was shortened to a few words."""
    folder = tmp_path / "grey"
    folder.mkdir()
    page = draw_line_art(folder / "white.png", 440, 330)
    open_and_wait(window, qtbot, folder, waiting=1)
    window.studio.set_mode(Mode.GREYSCALE)
    qtbot.waitUntil(lambda: "Greyscale" in window.canvas_panel.facts, timeout=LONG)
    note = window.canvas_panel.findChild(CanvasNote)
    assert not note.isVisible()
    window.studio.set_hints(page, HintSet((Hint(220, 10, 5, "#d02020"),)))
    qtbot.waitUntil(note.isVisible, timeout=LONG)
    assert "white or black" in note.text()
    assert note.heightForWidth(note.width()) <= note.height()
    canvas = window.canvas_panel.canvas
    assert canvas.rect().contains(note.geometry())
    window.resize(window.width() - 200, window.height() - 100)
    assert canvas.rect().contains(note.geometry())
    window.studio.set_hints(page, HintSet())
    qtbot.waitUntil(lambda: not note.isVisible(), timeout=LONG)
