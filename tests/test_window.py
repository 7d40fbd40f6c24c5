"""The window as an artist meets it: open, look, colour, and what happens when things go wrong."""

import errno
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from tiny_style import make_tiny_style
from window_support import (
    LONG,
    colorize,
    draw_line_art,
    drop,
    facts_of,
    files,
    linked_pages,
    open_and_wait,
    states,
    wait_for_end,
)

from colorstudio.core import places
from colorstudio.core.books import BOOK_SUFFIXES
from colorstudio.core.mode import Mode
from colorstudio.core.naming import Existing
from colorstudio.core.reading import SUFFIXES
from colorstudio.jobs import storing
from colorstudio.jobs.job import JobState
from colorstudio.ui.samples import own_samples

ROOT = Path(__file__).resolve().parents[1]


def test_an_opened_folder_is_browsed_queued_and_previewed(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    shown = [path.name for path in window.folder_panel.shown]
    assert shown == ["page 1.png", "page 2.png", "page 10.png", "shades.jpg"]
    assert window.folder_panel.place == str(pages)
    assert window.folder_panel.grid.chosen == [pages / "page 1.png"]
    assert window.tools.colorize_button.text() == "Colorize 4 pictures"
    qtbot.waitUntil(lambda: "120 × 90 px" in window.canvas_panel.facts, timeout=LONG)
    qtbot.waitUntil(lambda: "Line art" in window.canvas_panel.facts, timeout=LONG)
    assert window.queue_panel.output_text == str(pages / "colorized")


@pytest.mark.reliability("I1")
def test_colorize_colours_every_page_and_touches_no_original(window, qtbot, pages):
    before = facts_of(pages)
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE] * 4
    results = sorted(path.name for path in (pages / "colorized").iterdir())
    assert results == ["page 1.png", "page 10.png", "page 2.png", "shades.jpg"]
    page = np.asarray(Image.open(pages / "colorized" / "page 1.png").convert("RGB"))
    assert int(np.ptp(page[5, 5])) > 20, "the white paper got no paint"
    assert facts_of(pages) == before
    assert window.queue_panel.pace == "All done: 4 pictures coloured."
    assert window.status.message == "All done: 4 pictures coloured."


def test_one_bad_page_fails_with_a_sentence_and_the_others_are_coloured(window, qtbot, pages):
    (pages / "page 3.png").write_bytes(b"no picture at all")
    open_and_wait(window, qtbot, pages, waiting=5)
    colorize(window, qtbot)
    assert sorted(states(window)) == [JobState.DONE] * 4 + [JobState.FAILED]
    assert window.queue_panel.pace == "4 pictures coloured, 1 failed."
    number = states(window).index(JobState.FAILED)
    window.queue_panel.list.setCurrentIndex(window.studio.desk.rows.index(number))
    assert "not a picture" in window.queue_panel.failure_box.sentence


def test_a_page_that_cannot_be_read_says_so_in_the_canvas(window, qtbot, pages):
    bad = pages / "page 3.png"
    bad.write_bytes(b"no picture at all")
    window.open([bad])
    qtbot.waitUntil(lambda: window.canvas_panel.facts == "Can't be shown", timeout=LONG)
    assert not window.canvas_panel.canvas.has_picture


def test_one_dropped_picture_is_previewed_and_the_only_one_queued(window, qtbot, pages):
    drop(window, files(pages / "shades.jpg"))
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    assert window.tools.colorize_button.text() == "Colorize 1 picture"
    qtbot.waitUntil(lambda: "Greyscale" in window.canvas_panel.facts, timeout=LONG)


def test_several_dropped_pictures_are_listed_and_queued(window, qtbot, pages):
    drop(window, files(pages / "page 2.png", pages / "page 10.png"))
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    assert [path.name for path in window.folder_panel.shown] == ["page 2.png", "page 10.png"]


def test_what_is_dragged_in_is_never_taken_as_a_move(window, qtbot, pages):
    copy, move = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction
    shift, page = Qt.KeyboardModifier.ShiftModifier, files(pages / "page 1.png")
    assert drop(window, page, move) == [Qt.DropAction.IgnoreAction] * 2
    assert drop(window, page, copy | move, shift) == [copy] * 2
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)


def test_a_file_that_falls_on_a_text_field_is_opened_and_no_text(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    page = files(pages / "page 2.png")
    page.setText(str(pages / "page 2.png"))  # as many file managers add
    move, pattern = Qt.DropAction.MoveAction, window.queue_panel.output.pattern
    for field in (pattern, window.hint_wiring.bar.hex_field):
        before = field.text()
        assert not field.acceptDrops(), "so that Qt asks the window below"
        drop(field, page, move)
        assert field.text() == before


def test_every_kind_of_picture_can_be_chosen_in_the_dialog(window, qtbot, pages, monkeypatch):
    offered = []

    def choose(parent, title, folder, kinds):
        offered.extend(kinds.partition("(")[2].partition(")")[0].split())
        return [str(pages / "page 1.png")], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose)
    window.choose_pictures()
    assert set(offered) == {f"*{suffix}" for suffix in SUFFIXES | BOOK_SUFFIXES}
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)


def test_the_coloured_picture_stays_in_view_until_the_next_one_is_ready(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    seen = []
    canvas = window.canvas_panel.canvas
    window.studio.preview.replied.connect(lambda reply: seen.append(canvas.has_colored))
    window.tools.modes.button(Mode.GREYSCALE).click()
    qtbot.waitUntil(lambda: "Greyscale" in window.canvas_panel.facts, timeout=LONG)
    assert seen == [True, True]


def test_text_and_strange_files_are_answered_with_a_sentence(window, qtbot, pages):
    text = QMimeData()
    text.setText("hello")
    drop(window, text)
    assert "Only files and folders" in window.messages.sentence
    notes = pages / "notes.txt"
    notes.write_text("hello")
    drop(window, files(notes))
    qtbot.waitUntil(lambda: "notes.txt" in window.messages.sentence, timeout=LONG)
    assert window.studio.desk.waiting == 0


def test_a_folder_that_is_gone_is_told_and_nothing_else_happens(window, qtbot, tmp_path):
    window.studio.open_folder(tmp_path / "nowhere")
    qtbot.waitUntil(lambda: "nowhere" in window.messages.sentence, timeout=LONG)
    assert not window.tools.colorize_button.isEnabled()
    told: list[str] = []  # the one who lists a folder may tell of the first only now
    window.studio.told.connect(lambda failure: told.append(failure.sentence))
    window.open([tmp_path / "misspelt"])
    qtbot.waitUntil(lambda: any("“misspelt” is not there" in each for each in told), timeout=LONG)


@pytest.mark.reliability("R19")
def test_results_that_are_there_are_skipped_or_replaced_as_wished(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    first = (pages / "colorized" / "shades.jpg").stat().st_mtime_ns
    window.studio.open_folder(pages)
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_skip == 4, timeout=LONG)
    assert window.queue_panel.pace == "4 were coloured before"
    colorize(window, qtbot)
    assert states(window) == [JobState.SKIPPED] * 4
    assert (pages / "colorized" / "shades.jpg").stat().st_mtime_ns == first
    window.studio.set_results(existing=Existing.OVERWRITE)
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 4, timeout=LONG)
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE] * 4
    assert (pages / "colorized" / "shades.jpg").stat().st_mtime_ns > first


def test_the_output_folder_can_be_chosen(window, qtbot, pages, tmp_path):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.set_output(tmp_path / "elsewhere")
    qtbot.waitUntil(
        lambda: window.queue_panel.output_text == str(tmp_path / "elsewhere"), timeout=LONG
    )
    colorize(window, qtbot)
    assert len(list((tmp_path / "elsewhere").iterdir())) == 4
    assert not (pages / "colorized").exists()


def test_a_forced_mode_holds_for_preview_and_queue(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.tools.modes.button(Mode.GREYSCALE).click()
    qtbot.waitUntil(lambda: "Greyscale" in window.canvas_panel.facts, timeout=LONG)
    colorize(window, qtbot)
    assert {row.update.mode for row in window.studio.desk.rows.rows} == {Mode.GREYSCALE}


def test_stop_ends_the_batch_soon_and_colorize_goes_on_with_the_rest(window, qtbot, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(24):
        draw_line_art(many / f"{number}.png", 700, 500)
    open_and_wait(window, qtbot, many, waiting=24)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended >= 2, timeout=LONG)
    started = time.monotonic()
    window.tools.stop_button.click()
    assert window.tools.colorize_button.text() == "Stopping…"
    wait_for_end(window, qtbot)
    assert time.monotonic() - started < 3
    left = window.studio.desk.outlook.to_color
    assert 0 < left < 24
    assert "Continue with" in window.tools.colorize_button.text()
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE] * 24
    assert window.studio.desk.view().total == left


@pytest.mark.reliability("R26")
def test_how_the_last_batch_ended_is_not_said_of_the_one_under_way(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    qtbot.waitUntil(lambda: "All done" in window.status.message, timeout=LONG)
    window.studio.set_results(existing=Existing.OVERWRITE)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 4, timeout=LONG)
    window.studio.desk.queue.pause()
    window.studio.colorize()
    qtbot.waitUntil(lambda: window.studio.desk.running, timeout=LONG)
    assert window.status.message == ""
    window.studio.desk.resume()
    qtbot.waitUntil(lambda: "All done" in window.status.message, timeout=LONG)


def test_what_ended_a_batch_too_early_is_told_as_its_end(window, qtbot, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device")

    many = tmp_path / "many"
    many.mkdir()
    linked_pages(many, 30)
    monkeypatch.setattr(storing, "write_artwork", refuse)
    open_and_wait(window, qtbot, many, waiting=30)
    colorize(window, qtbot)
    assert window.studio.desk.outlook.to_color > 0
    qtbot.waitUntil(lambda: "The disk is full" in window.status.message, timeout=LONG)
    qtbot.waitUntil(lambda: "The disk is full" in window.messages.sentence, timeout=LONG)


def test_closing_during_a_batch_asks_and_then_leaves_nothing_half_written(window, qtbot, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(24):
        draw_line_art(many / f"{number}.png", 700, 500)
    open_and_wait(window, qtbot, many, waiting=24)
    asked = []
    window.confirm_close = lambda: bool(asked.append(True))
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended >= 2, timeout=LONG)
    window.close()
    assert asked and window.isVisible() and window.studio.desk.running
    window.confirm_close = lambda: True
    started = time.monotonic()
    window.close()
    assert time.monotonic() - started < 3
    assert window.left_in_time
    for result in (many / "colorized").iterdir():
        Image.open(result).load()


def test_navigating_keeps_what_was_put_in_the_queue_by_hand(window, qtbot, pages, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    draw_line_art(other / "cover.png")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.queue_only([pages / "page 2.png"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    window.studio.open_folder(other)
    qtbot.waitUntil(lambda: window.folder_panel.shown == (other / "cover.png",), timeout=LONG)
    assert [row.job.source.name for row in window.studio.desk.rows.rows] == ["page 2.png"]
    window.studio.add_pictures([other / "cover.png"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)


def test_sub_folders_are_taken_in_on_request_and_results_never(window, qtbot, pages):
    (pages / "chapter 2" / "colorized").mkdir(parents=True)
    draw_line_art(pages / "chapter 2" / "page 11.png")
    draw_line_art(pages / "chapter 2" / "colorized" / "page 11.png")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.folder_panel.recursive.click()
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 5, timeout=LONG)
    qtbot.waitUntil(lambda: len(window.folder_panel.shown) == 5, timeout=LONG)
    colorize(window, qtbot)
    assert (pages / "colorized" / "chapter 2" / "page 11.png").is_file()


@pytest.mark.reliability("R15")
def test_looking_at_results_queues_nothing(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    window.studio.open_folder(pages / "colorized", new_root=False)
    qtbot.waitUntil(lambda: pages / "colorized" / "page 1.png" in window.folder_panel.shown)
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)
    assert states(window) == [JobState.DONE] * 4
    assert window.tools.colorize_button.text() == "Colorize"


def test_the_device_in_use_is_in_sight_with_the_reason(window):
    assert window.status.device in ("Device: CPU", "Device: CUDA")
    assert window.status.device_reason


def test_a_style_without_paint_greys_out_line_art(window, qtbot, home):
    make_tiny_style(home / "styles" / "plain", name="Plain", full=False)
    button = window.tools.modes.button(Mode.LINEART)
    assert button.isEnabled()
    window.studio.set_style("Plain")
    qtbot.waitUntil(lambda: not button.isEnabled(), timeout=LONG)
    assert "can't paint line art" in button.toolTip()


def test_a_broken_style_is_told_in_a_sentence(window, qtbot, home, pages):
    make_tiny_style(home / "styles" / "bad", name="Bad")
    (home / "styles" / "bad" / "generator.onnx").write_bytes(b"not a generator")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.set_style("Bad")
    qtbot.waitUntil(lambda: "Bad" in window.messages.sentence, timeout=LONG)
    assert window.status.device == "Device: none in use"
    window.tools.colorize_button.click()
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.QUEUED] * 4, "nothing may be lost"


@pytest.mark.reliability("R11")
def test_names_of_files_are_shown_as_plain_text(window, qtbot, pages):
    name = "<b>bold & <img src=x>.png"
    draw_line_art(pages / name)
    open_and_wait(window, qtbot, pages / name, waiting=1)
    index = window.folder_panel.pictures.index(0)
    assert index.data() == name
    assert "&lt;b&gt;bold" in index.data(Qt.ItemDataRole.ToolTipRole)
    row = window.studio.desk.rows.index(0)
    assert "&lt;img" in row.data(Qt.ItemDataRole.ToolTipRole)


def test_the_samples_open_with_one_click(window, qtbot):
    qtbot.mouseClick(window.empty_page.samples_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.studio.desk.waiting >= 12, timeout=LONG)
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)
    assert window.studio.folder == places.samples_folder(), "hints and results lie beside pages"
    assert window.habits.settings.recent == ()


def test_samples_that_were_worked_on_stay_as_they_are_and_missing_ones_come_back(home):
    first, second = sorted(path.name for path in own_samples().glob("*.png"))[:2]
    (home / "samples" / first).write_bytes(b"mine")
    (home / "samples" / second).unlink()
    assert own_samples() == home / "samples"
    assert (home / "samples" / first).read_bytes() == b"mine"
    assert (home / "samples" / second).is_file()


def test_without_a_place_for_copies_the_samples_are_shown_where_they_are(home):
    (home / "samples").write_bytes(b"no folder")
    assert own_samples() == places.resources() / "samples"


def test_the_trace_of_a_crash_outlives_the_starts_after_it(tmp_path):
    from colorstudio.ui.safety_net import SafetyNet

    (tmp_path / "crash.log").write_text("the trace")
    for _ in range(2):
        net = SafetyNet(tmp_path / "colorstudio.log")
        net.spread()
        net.take_in()
    assert (tmp_path / "crash.previous.log").read_text() == "the trace"


@pytest.mark.qt_no_exception_capture
def test_an_exception_nobody_caught_is_told_and_the_window_lives_on(window, qtbot, pages):
    from colorstudio.ui.safety_net import SafetyNet

    def fail() -> None:
        raise RuntimeError("a fault in the program")

    net = SafetyNet(None)
    net.caught.connect(window.tell)
    net.spread()
    try:
        QTimer.singleShot(0, window, fail)
        qtbot.waitUntil(lambda: "unexpected" in window.messages.sentence, timeout=LONG)
        window.messages.hide()
        thread = threading.Thread(target=lambda: {}["missing"])
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: "unexpected" in window.messages.sentence, timeout=LONG)
    finally:
        net.take_in()
    open_and_wait(window, qtbot, pages, waiting=4)


def run_program(
    *arguments: str, home: Path, before: Path | None = None, **changes: str
) -> "subprocess.Popen[str]":
    """The program in a process of its own; modules in `before` hide others of their name."""
    environment = {k: v for k, v in os.environ.items() if k not in SCREENS} | changes
    modules = os.pathsep.join(str(path) for path in (before, ROOT) if path)
    environment |= {"COLORSTUDIO_HOME": str(home), "PYTHONPATH": modules}
    code = (
        "import sys; from pathlib import Path; from colorstudio.app import main;"
        "sys.exit(main([Path(name) for name in sys.argv[1:]]))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="screens are found otherwise")
@pytest.mark.parametrize(
    "screen", [{}, {"DISPLAY": ":9876"}, {"QT_QPA_PLATFORM": "nonsense"}], ids=str
)
def test_without_a_screen_there_is_one_sentence_and_status_2(home, screen):
    program = run_program(home=home, **screen)
    out, err = program.communicate(timeout=60)
    assert program.returncode == 2
    assert out == ""
    assert err.count("\n") == 1 and "can't open a window" in err


def test_without_qt_there_is_one_sentence_and_status_2(home, tmp_path):
    broken = tmp_path / "broken" / "PySide6"
    broken.mkdir(parents=True)
    (broken / "__init__.py").write_text("raise ImportError('libEGL.so.1: cannot open')")
    program = run_program(home=home, QT_QPA_PLATFORM="offscreen", before=broken.parent)
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err.count("\n")) == (2, "", 1)
    assert "libEGL.so.1" in err


@pytest.mark.reliability("R26")
@pytest.mark.skipif(os.name == "nt", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_cleanly(home, pages, number):
    program = run_program(str(pages), home=home, QT_QPA_PLATFORM="offscreen")
    log = home / "logs" / "colorstudio.log"
    wait_until(lambda: log.exists() and "window is open" in log.read_text())
    program.send_signal(number)
    out, err = program.communicate(timeout=10)
    assert (program.returncode, out, err) == (0, "", "")


def wait_until(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.02)
