"""A batch of the window survives its death, and only what changed is coloured again."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from tiny_style import make_tiny_style
from window_support import (
    LONG,
    colorize,
    draw_line_art,
    facts_of,
    open_and_wait,
    states,
    wait_for_end,
)

from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.modes import Mode
from colorstudio.core.output_options import Existing, OutputFormat
from colorstudio.core.palette import palette_of_colors
from colorstudio.core.palette_files import Palette
from colorstudio.jobs.job import Job, JobState
from colorstudio.jobs.journal import CRASHES_ALLOWED, Journal, Page
from colorstudio.ui.picture_list_model import MARK_ROLE
from colorstudio.ui.records import Records, plain_wishes, wishes_from
from colorstudio.ui.session import Coloring, Wishes
from colorstudio.ui.shelf import PictureState

pytestmark = pytest.mark.timeout(400)  # starting programs takes long on a busy machine

AT_WORK = Path(__file__).with_name("program_at_work.py")
PAGES = 12
RED = HintSet((Hint(30, 30, 9, "#d04030"),))
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")

DONE, QUEUED = JobState.DONE, JobState.QUEUED


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder of a dozen pages."""
    folder = tmp_path / "book"
    folder.mkdir()
    for number in range(PAGES):
        draw_line_art(folder / f"page {number:02}.png", 120 + number, 90)
    return folder


@pytest.fixture
def styled_home(home: Path) -> Path:
    """A home whose settings name its style."""
    (home / "settings.json").write_text(json.dumps({"style": "Tiny"}))
    return home


def at_work(
    home: Path, folder: Path, deed: str = "colorize", seconds: float = 0.05
) -> "subprocess.Popen[str]":
    """The program, at work on a folder."""
    command = [sys.executable, str(AT_WORK), str(folder), deed, str(seconds)]
    environment = {**os.environ, "COLORSTUDIO_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, env=environment, **pipes)


def results(folder: Path) -> dict[str, int]:
    """When each result was written. Each opens, is whole and has its page's size."""
    found = {}
    for path in (folder / "colorized").glob("[!.]*.png"):
        with Image.open(path) as picture, Image.open(folder / path.name) as page:
            picture.load()
            assert picture.size == page.size
        found[path.name] = path.stat().st_mtime_ns
    return found


def wait_for(condition: Callable[[], bool], program: "subprocess.Popen[str]") -> None:
    deadline = time.monotonic() + 100
    while not condition():
        assert program.poll() is None, program.communicate()
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)


def killed_after(program: "subprocess.Popen[str]", folder: Path, number: int) -> dict[str, int]:
    """Kill the program without a word once it has written so many results; gives those."""
    made = folder / "colorized"
    wait_for(lambda: made.is_dir() and len(list(made.glob("[!.]*.png"))) >= number, program)
    program.kill()
    program.communicate()
    return results(folder)


def went_on(home: Path, folder: Path) -> int:
    """Start the program, go on with what was interrupted, and give its exit status."""
    program = at_work(home, folder, "go-on", 0)
    try:
        _, err = program.communicate(timeout=200)
        assert err == ""
    finally:
        program.kill()
        program.communicate()
    return program.returncode


def mark_of(window, name: str) -> PictureState:
    model = window.folder_panel.pictures
    row = next(n for n, path in enumerate(model.paths) if path.name == name)
    return model.index(row).data(MARK_ROLE).state


# --- an interrupted batch ----------------------------------------------------------------------


@pytest.fixture
def killed(styled_home: Path, book: Path) -> dict[str, int]:
    """What there was of the book when the program was killed."""
    return killed_after(at_work(styled_home, book), book, 3)


@pytest.mark.reliability("R50")
def test_a_killed_batch_is_offered_and_gone_on_with(killed, window, qtbot, book):
    before = facts_of(book)
    bar, desk = window.taking_up.bar, window.studio.desk
    qtbot.waitUntil(bar.isVisible, timeout=LONG)
    assert "12 pictures in “book”" in bar.sentence and bar.decline_button.isVisible()
    assert f"{PAGES - len(killed)} of" in bar.sentence
    qtbot.mouseClick(bar.accept_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    qtbot.waitUntil(lambda: desk.running, timeout=LONG)
    assert desk.view().total == PAGES and desk.view().ended >= len(killed)
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert states(window) == [DONE] * PAGES
    assert window.queue_panel.pace == f"All done: {PAGES} pictures coloured."
    after = results(book)
    assert len(after) == PAGES
    assert {name: after[name] for name in killed} == killed, "something was computed again"
    assert facts_of(book) == before
    assert sorted(p.name for p in (book / "colorized").iterdir()) == sorted(after)
    assert Records().interrupted() is None


@pytest.mark.reliability("R50")
def test_an_offer_that_is_declined_is_made_once(killed, window, qtbot, book):
    bar = window.taking_up.bar
    qtbot.waitUntil(bar.isVisible, timeout=LONG)
    qtbot.mouseClick(bar.decline_button, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    qtbot.waitUntil(lambda: not window.studio.browsing.busy, timeout=LONG)
    assert Records().interrupted() is None
    window.open([book])  # what is done is done, though
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_skip == len(killed), timeout=LONG)


def test_layers_that_were_being_written_when_the_program_died_are_written_again(styled_home, book):
    page, layers = book / "page 00.png", book / "colorized" / "page 00.layers"
    journal = Journal()
    job = Job(1, page, layers)
    journal.begin(plain_wishes(Wishes(inputs=(page,), style="Tiny")), [Page(job.to_dict(), "")])
    journal.close()
    layers.mkdir(parents=True)
    (layers / "lines.png").write_bytes(b"the first of them")
    taken = Records().interrupted()
    assert taken is not None and taken.left == 1 and not taken.jobs[0].skip


@pytest.mark.reliability("R26")
@POSIX
def test_a_batch_that_was_closed_in_the_middle_can_be_gone_on_with(styled_home, book):
    program = at_work(styled_home, book, seconds=0.1)
    made = book / "colorized"
    wait_for(lambda: made.is_dir() and len(list(made.glob("[!.]*.png"))) >= 2, program)
    program.send_signal(signal.SIGTERM)
    started = time.monotonic()
    out, err = program.communicate(timeout=60)
    assert (program.returncode, out, err) == (0, "", "")
    assert time.monotonic() - started < 20  # of a busy machine
    there = results(book)
    assert sorted(p.name for p in made.iterdir()) == sorted(there), "half a file is left"
    left = Records().interrupted()
    assert left is not None and left.left == PAGES - len(there)
    assert went_on(styled_home, book) == 0
    assert len(results(book)) == PAGES


@pytest.mark.reliability("R16", "I1")
@POSIX
@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_kills_at_any_moment_cost_no_more_than_what_was_in_work(styled_home, book, kills):
    originals, chance = facts_of(book), random.Random(kills)
    program = at_work(styled_home, book)
    before = killed_after(program, book, 1)
    for _ in range(kills - 1):
        program = at_work(styled_home, book, "go-on", 0.2)
        time.sleep(chance.uniform(0.5, 5))
        program.kill()
        program.communicate()
        after = results(book)
        assert {name: after[name] for name in before} == before, "a result was touched"
        before = after
    if Records().interrupted() is not None:  # else the last kill came when the batch had ended
        assert went_on(styled_home, book) == 0
    # A page that was in work at two kills is left out, and told: nobody dies of it a third time.
    fatal = {path.name for path in Journal().suspects()} - results(book).keys()
    assert len(results(book)) + len(fatal) == PAGES and facts_of(book) == originals
    assert all(path.name in originals for path in (book / "colorized").iterdir())


def die(journal):
    """What the system does for a program that dies: its files are closed, its lock let go."""
    journal._connection.close()
    journal._lock_of_program.release()


@pytest.mark.reliability("R50")
def test_the_second_death_during_a_picture_leaves_it_out_and_says_so(home, window, qtbot, pages):
    fatal = pages / "page 2.png"
    for _ in range(CRASHES_ALLOWED):
        dying = Journal()
        dying.claim(fatal, pages / "colorized" / fatal.name)
        dying.work_on(pages / "colorized" / fatal.name)
        die(dying)
    Journal().close()  # the next start counts the last death
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    rows = {row.job.source.name: row for row in window.studio.desk.rows.rows}
    assert [rows[name].state for name in rows if name != fatal.name] == [DONE] * 3
    failed = rows[fatal.name]
    assert failed.state is JobState.FAILED
    assert "ended without a word while it coloured “page 2.png”" in failed.update.failure.sentence
    window.studio.retry([failed.job.id])  # the artist wants to try it once more
    qtbot.waitUntil(lambda: failed.state is DONE, timeout=LONG)
    qtbot.waitUntil(lambda: not window.studio.desk.running, timeout=LONG)


def test_what_a_batch_was_asked_for_survives_being_written_down():
    colors = np.array([[208, 64, 48], [16, 32, 200]], np.uint8)
    palette = Palette(colors, ("red", ""), palette_of_colors(colors))
    wishes = Wishes(
        (Path("pages"), Path("線画.png")), True, Path("out"), OutputFormat.TIFF, "{name} new",
        Existing.OVERWRITE, Mode.LINEART, "My style", Coloring(palette, "cover.png", 0.5, True),
    )  # fmt: skip
    again = wishes_from(json.loads(json.dumps(plain_wishes(wishes))))
    held = again.coloring.palette
    assert held is not None and held.names == palette.names
    assert np.array_equal(held.colors, colors) and np.array_equal(held.vector, palette.vector)
    assert again == Wishes(**{**_fields(wishes), "coloring": again.coloring})
    assert _fields(again.coloring) | {"palette": palette} == _fields(wishes.coloring)
    assert wishes_from(json.loads(json.dumps(plain_wishes(Wishes())))) == Wishes()


def _fields(value: object) -> dict[str, object]:
    return {name: getattr(value, name) for name in type(value).__slots__}


# --- pictures that others have in hand, or results that others made -----------------------------


def test_a_picture_that_another_program_colours_is_left_to_it(home, window, qtbot, pages):
    other = Journal()
    other.claim(pages / "page 2.png", pages / "colorized" / "page 2.png")
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    window.studio.look_for_changes()
    wait_for_end(window, qtbot)
    assert states(window).count(DONE) == 3
    (left,) = [row for row in window.studio.desk.rows.rows if row.state is JobState.SKIPPED]
    assert "is being coloured by another Color Studio" in left.update.failure.sentence
    assert not (pages / "colorized" / "page 2.png").exists()
    assert mark_of(window, "page 2.png") is PictureState.NOT_YET
    other.close()


def test_a_result_that_somebody_changes_before_it_is_redone_is_left_alone(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    window.studio.set_hints(pages / "page 1.png", RED)
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 1, timeout=LONG)
    result = pages / "colorized" / "page 1.png"
    Image.new("RGB", (5, 5), "red").save(result)
    hours_of_work = result.read_bytes()
    colorize(window, qtbot)
    row = next(r for r in window.studio.desk.rows.rows if r.job.source.name == "page 1.png")
    assert row.state is JobState.SKIPPED
    assert "changed by somebody" in row.update.failure.sentence
    assert result.read_bytes() == hours_of_work


# --- what changed is done again ----------------------------------------------------------------


@pytest.mark.reliability("R18")
def test_only_what_changed_is_coloured_again(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    before = {p.name: p.stat().st_mtime_ns for p in (pages / "colorized").iterdir()}
    draw_line_art(pages / "page 2.png", 140, 100)
    desk = window.studio.desk
    window.studio.open_folder(pages)
    qtbot.waitUntil(lambda: desk.outlook.to_color == 1 and desk.outlook.to_skip == 3, timeout=LONG)
    colorize(window, qtbot)
    after = {p.name: p.stat().st_mtime_ns for p in (pages / "colorized").iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"page 2.png"}
    with Image.open(pages / "colorized" / "page 2.png") as result:
        assert result.size == (140, 100)


@pytest.mark.reliability("R18")
def test_a_page_whose_hints_changed_counts_as_not_yet_until_it_is_redone(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    studio, button = window.studio, window.tools.colorize_button
    page, result = pages / "page 1.png", pages / "colorized" / "page 1.png"
    others = {p: p.stat().st_mtime_ns for p in (pages / "colorized").iterdir() if p != result}
    plain = result.read_bytes()
    studio.set_hints(page, RED)
    qtbot.waitUntil(lambda: states(window) == [QUEUED, DONE, DONE, DONE], timeout=LONG)
    qtbot.waitUntil(lambda: mark_of(window, "page 1.png") is PictureState.NOT_YET, timeout=LONG)
    assert button.text() == "Colorize 1 picture" and button.isEnabled()
    assert window.queue_panel.pace == "1 to colour"
    studio.set_hints(page, HintSet())  # undone: what is there is right again
    qtbot.waitUntil(lambda: states(window) == [DONE] * 4, timeout=LONG)
    qtbot.waitUntil(lambda: mark_of(window, "page 1.png") is PictureState.DONE, timeout=LONG)
    assert not button.isEnabled()
    studio.set_hints(page, RED)
    qtbot.waitUntil(lambda: states(window)[0] is QUEUED, timeout=LONG)
    colorize(window, qtbot)
    assert states(window) == [DONE] * 4 and mark_of(window, "page 1.png") is PictureState.DONE
    assert window.queue_panel.pace == "All done: 1 picture coloured."
    assert result.read_bytes() != plain
    assert {path: path.stat().st_mtime_ns for path in others} == others


def test_another_palette_or_style_makes_our_own_results_not_yet(window, qtbot, home, pages):
    make_tiny_style(home / "styles" / "other", name="Other", full=False)
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    touched = pages / "colorized" / "page 2.png"
    Image.new("RGB", (5, 5), "red").save(touched)
    hours_of_work = touched.read_bytes()
    desk, colors = window.studio.desk, np.array([[208, 64, 48]], np.uint8)
    window.studio.set_coloring(Coloring(Palette(colors, ("",), palette_of_colors(colors)), "red"))
    qtbot.waitUntil(lambda: desk.outlook.to_color == 3, timeout=LONG)
    qtbot.waitUntil(lambda: mark_of(window, "shades.jpg") is PictureState.NOT_YET, timeout=LONG)
    assert mark_of(window, "page 2.png") is PictureState.DONE
    window.studio.set_coloring(Coloring())
    qtbot.waitUntil(lambda: desk.waiting == 0, timeout=LONG)
    window.studio.set_style("Other")
    qtbot.waitUntil(lambda: desk.outlook.to_color == 3, timeout=LONG)
    colorize(window, qtbot)
    assert states(window) == [DONE] * 4
    assert touched.read_bytes() == hours_of_work
    qtbot.waitUntil(lambda: mark_of(window, "shades.jpg") is PictureState.DONE, timeout=LONG)


def test_a_job_says_when_it_is_to_replace_our_own(tmp_path):
    job = Job(1, tmp_path / "a.png", tmp_path / "b.png", redo=True)
    assert Job.from_dict(json.loads(json.dumps(job.to_dict()))) == job
