"""Hints copied to other pictures, of other sizes too, and taken back again."""

from window_support import LONG, draw_shades, open_and_wait

from colorstudio.core.hints import Hint, HintSet, hints_path, load_hints

RED, GREEN = "#d04030", "#20c050"
MINE = HintSet((Hint(60, 40, 9, RED),))


def test_hints_go_to_the_chosen_pictures_scaled_and_can_be_taken_back(window, qtbot, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    one, two, three = (folder / f"{n}.png" for n in (1, 2, 3))
    draw_shades(one)
    draw_shades(two, 240, 180)
    draw_shades(three)
    (folder / "4.png").write_bytes(b"no picture at all")
    own = HintSet((Hint(5, 5, 3, GREEN),))
    hints_path(three).write_text(own.to_json())
    open_and_wait(window, qtbot, folder, waiting=4)
    grid = window.folder_panel.grid
    menu = grid.offer_menu(grid.mapToGlobal(grid.rect().center()))
    assert not menu.actions()[-1].isEnabled(), "there is nothing to copy yet"
    menu.close()
    window.studio.set_hints(one, MINE)
    grid.selectAll()
    menu = grid.offer_menu(grid.mapToGlobal(grid.rect().center()))
    menu.actions()[-1].trigger()
    menu.close()
    qtbot.waitUntil(lambda: "2 pictures" in window.status.message, timeout=LONG)
    done = []
    window.studio.hints.when_saved(lambda: done.append(True))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert load_hints(hints_path(two)).hints == (Hint(120, 80, 18, RED),)
    assert load_hints(hints_path(three)) == load_hints(hints_path(one)) == MINE
    assert not hints_path(folder / "4.png").exists()
    _see(window, qtbot, three)
    window.hint_wiring.undo.trigger()
    assert window.easel.hints == own
    _see(window, qtbot, two)
    window.hint_wiring.undo.trigger()
    window.studio.hints.when_saved(lambda: done.append(True))
    qtbot.waitUntil(lambda: len(done) == 2, timeout=LONG)
    assert not hints_path(two).exists() and load_hints(hints_path(three)) == own


def test_hints_of_the_page_that_still_lies_on_the_canvas_are_copied(window, qtbot, tmp_path):
    one, two, three = (draw_shades(tmp_path / f"{n}.png") for n in (1, 2, 3))
    hints_path(one).write_text(MINE.to_json())
    hints_path(three).write_text(HintSet((Hint(5, 5, 3, GREEN),)).to_json())
    open_and_wait(window, qtbot, tmp_path, waiting=3)
    qtbot.waitUntil(lambda: window.easel.hints == MINE, timeout=LONG)
    window.studio.show_picture(two)  # is still being read
    window.easel.copy_hints([three])
    done = []
    window.easel.copied.connect(lambda _: window.studio.hints.when_saved(lambda: done.append(1)))
    qtbot.waitUntil(lambda: bool(done), timeout=LONG)
    assert load_hints(hints_path(three)) == MINE


def _see(window, qtbot, picture):
    """Show a picture and wait until it lies on the canvas."""
    replies = []
    window.studio.preview.replied.connect(replies.append)
    window.studio.show_picture(picture)
    qtbot.waitUntil(lambda: any(r.path == picture and r.original for r in replies), timeout=LONG)
