"""The queue follows what the artist wishes, whenever that comes: nothing lost, nothing twice."""

import os
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_support import (
    LONG,
    colorize,
    draw_line_art,
    held_up,
    open_and_wait,
    states,
    wait_for_end,
)

from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from colorstudio.core.naming import Existing
from colorstudio.jobs.job import Job, JobState
from colorstudio.ui.arrivals import ARRIVALS
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.wording import job_line


def jobs(window):
    return [row.job for row in window.studio.desk.rows.rows]


def test_a_wish_changed_after_stop_keeps_the_rest_of_the_batch(window, qtbot, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(16):
        draw_line_art(many / f"{number}.png", 700, 500)
    open_and_wait(window, qtbot, many, waiting=16)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended >= 1, timeout=LONG)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    assert window.studio.desk.outlook.to_color > 0, "it was over before Stop came"
    window.studio.set_results(existing=Existing.OVERWRITE)
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 16, timeout=LONG)
    assert len({job.source for job in jobs(window)}) == len(jobs(window)) == 16


def test_a_folder_that_is_opened_is_queued_where_nothing_of_what_was_chosen_is_left(
    window, qtbot, pages, tmp_path
):
    other, third = tmp_path / "other", tmp_path / "third"
    for folder in (other, third):
        folder.mkdir()
        draw_line_art(folder / "page.png")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.queue_only([pages / "page 1.png", pages / "page 2.png"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    wait_for_end(window, qtbot)
    window.studio.remove([job.id for job in jobs(window)])
    window.studio.open_folder(other)
    qtbot.waitUntil(lambda: [job.source.parent for job in jobs(window)] == [other], timeout=LONG)
    window.studio.open_folder(third)  # the queue follows again
    qtbot.waitUntil(lambda: [job.source.parent for job in jobs(window)] == [third], timeout=LONG)


def test_a_failed_picture_follows_a_changed_wish_and_is_queued_once(window, qtbot, pages, tmp_path):
    (pages / "page 3.png").write_bytes(b"no picture at all")
    open_and_wait(window, qtbot, pages, waiting=5)
    colorize(window, qtbot)
    assert window.studio.desk.count(JobState.FAILED) == 1
    window.studio.set_output(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 5, timeout=LONG)
    assert len(jobs(window)) == 5
    assert {job.target.parent for job in jobs(window)} == {tmp_path / "elsewhere"}


def test_what_was_taken_out_of_the_queue_can_be_put_in_again(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    studio = window.studio
    studio.remove([job.id for job in jobs(window)[:2]])
    studio.set_recursive(True)
    wait_for_end(window, qtbot)
    assert studio.desk.waiting == 2, "out is out, however the queue is planned"
    studio.add_pictures([pages / "page 2.png"])
    qtbot.waitUntil(lambda: studio.desk.waiting == 3, timeout=LONG)
    studio.add_pictures([pages])
    qtbot.waitUntil(lambda: studio.desk.waiting == 4, timeout=LONG)


def test_pictures_added_one_right_after_the_other_get_targets_of_their_own(
    window, qtbot, pages, tmp_path
):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.set_output(tmp_path / "out")
    qtbot.waitUntil(lambda: jobs(window)[0].target.parent == tmp_path / "out", timeout=LONG)
    colorize(window, qtbot)
    covers = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        covers.append(draw_line_art(tmp_path / name / "cover.png"))
    for cover in covers:
        window.studio.add_pictures([cover])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    added = [job for job in jobs(window) if job.source in covers]
    assert [job.source for job in added] == covers
    assert len({job.target for job in added}) == 2


def test_a_mode_chosen_while_the_queue_is_being_planned_counts(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.queue_only([pages / "page 1.png", pages / "page 2.png"])
    window.tools.modes.button(Mode.GREYSCALE).click()
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    assert [job.mode for job in jobs(window)] == [Mode.GREYSCALE] * 2


def test_a_mode_reaches_jobs_that_are_still_on_their_way_into_the_queue(qtbot, home):
    desk = BatchDesk(ColorizerSource())
    many = [Job(n, Path(f"{n}.png"), Path(f"out/{n}.png")) for n in range(1, 2 * ARRIVALS)]
    desk.add(many)
    assert desk.waiting == ARRIVALS
    desk.set_mode(Mode.GREYSCALE)
    qtbot.waitUntil(lambda: desk.waiting == len(many), timeout=LONG)
    queued = [row.job for row in desk.rows.rows]
    assert {job.mode for job in queued} == {Mode.GREYSCALE}
    assert [job.source for job in queued] == [job.source for job in many], "the order is kept"


def test_a_long_batch_whose_beginning_is_done_is_gone_on_with(desk, qtbot, tmp_path):
    page = draw_line_art(tmp_path / "page.png")
    out = tmp_path / "out"
    there = [Job(n, tmp_path / f"{n}.png", out / f"{n}.png") for n in range(1, ARRIVALS + 2)]
    desk.add([*there, Job(len(there) + 1, page, out / page.name)], {job.source for job in there})
    desk.go_on_with((), "Tiny")
    assert desk.running
    qtbot.waitUntil(lambda: not desk.running, timeout=LONG)
    assert desk.count(JobState.DONE) == ARRIVALS + 2 and (out / page.name).is_file()
    assert desk.view().fraction == 1.0 and desk.view().total == ARRIVALS + 2


def test_a_picture_named_from_the_working_folder_is_the_same_picture(
    window, qtbot, pages, monkeypatch
):
    monkeypatch.chdir(pages)
    open_and_wait(window, qtbot, Path("page 1.png"), waiting=1)
    window.studio.add_pictures([pages / "page 1.png", pages / "page 2.png"])
    qtbot.waitUntil(lambda: window.studio.desk.waiting > 1, timeout=LONG)
    assert [job.source for job in jobs(window)] == [pages / "page 1.png", pages / "page 2.png"]


def test_colorize_right_after_a_changed_wish_starts_what_is_wished_for_now(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    kept = pages / "colorized" / "page 1.png"
    kept.parent.mkdir()
    kept.write_bytes(b"painted by hand")
    window.studio.set_results(existing=Existing.OVERWRITE)
    qtbot.waitUntil(lambda: all(job.replaces for job in jobs(window)), timeout=LONG)
    window.studio.set_results(existing=Existing.SKIP)
    colorize(window, qtbot)
    assert kept.read_bytes() == b"painted by hand"
    assert window.studio.desk.count(JobState.DONE) == 3


def test_names_that_are_being_typed_count_for_a_start_by_key(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    field = window.queue_panel.output.pattern
    field.setFocus()
    field.end(False)
    QTest.keyClicks(field, " inked")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    wait_for_end(window, qtbot)
    results = {path.name for path in (pages / "colorized").iterdir()}
    assert "page 1 inked.png" in results and len(results) == 4


def test_a_start_that_waits_for_the_plan_ends_with_its_folder(window, qtbot, pages, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    draw_line_art(other / "cover.png")
    open_and_wait(window, qtbot, pages, waiting=4)
    window.studio.set_results(existing=Existing.OVERWRITE)
    window.tools.colorize_button.click()
    window.studio.open_folder(other)
    qtbot.waitUntil(lambda: [job.source for job in jobs(window)] == [other / "cover.png"])
    wait_for_end(window, qtbot)
    assert not window.studio.desk.running and not (other / "colorized").exists()


def test_of_two_failed_pages_tried_again_at_once_both_are(window, qtbot, tmp_path):
    torn = [tmp_path / name for name in ("one.png", "two.png")]
    for page in torn:
        page.write_bytes(b"torn")
    window.open([tmp_path])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 2, timeout=LONG)
    colorize(window, qtbot)
    assert states(window) == [JobState.FAILED] * 2
    for page in torn:
        draw_line_art(page)
    with held_up(window.studio.planning):  # it is being looked for changes, say
        for job in jobs(window):
            window.queue_panel.retry_wanted.emit([job.id])
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE] * 2
    with held_up(window.studio.planning):
        window.studio.colorize()
        window.studio.desk.stop()
    wait_for_end(window, qtbot)
    assert not window.studio.desk.awaited


def test_trying_one_page_again_starts_nothing_else(window, qtbot, tmp_path):
    torn = tmp_path / "0.png"
    torn.write_bytes(b"torn")
    for number in range(1, 6):
        draw_line_art(tmp_path / f"{number}.png")
    window.open([tmp_path])
    qtbot.waitUntil(lambda: window.studio.desk.waiting == 6, timeout=LONG)
    window.studio.try_first(2)
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.FAILED, JobState.DONE] + [JobState.QUEUED] * 4
    draw_line_art(torn)
    window.queue_panel.retry_wanted.emit([jobs(window)[0].id])
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE] * 2 + [JobState.QUEUED] * 4
    assert window.studio.desk.view().total == 1
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE] * 6


def test_after_stop_one_page_is_tried_again_without_the_rest(window, qtbot, tmp_path):
    many = _many(tmp_path / "many")
    (many / "00.png").write_bytes(b"torn")
    open_and_wait(window, qtbot, many, waiting=17)
    desk = window.studio.desk
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: JobState.FAILED in states(window), timeout=LONG)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    left, failed = desk.outlook.to_color, jobs(window)[states(window).index(JobState.FAILED)]
    assert left > 0
    draw_line_art(failed.source)
    window.queue_panel.retry_wanted.emit([failed.id])
    wait_for_end(window, qtbot)
    assert desk.queue.state_of(failed.id) is JobState.DONE and desk.outlook.to_color == left
    colorize(window, qtbot)
    assert desk.count(JobState.DONE) == 17


@pytest.mark.parametrize("all_that_failed", [False, True])
def test_a_page_is_tried_again_though_wishes_changed_while_the_batch_ran(
    window, qtbot, pages, all_that_failed: bool
):
    torn = pages / "page 3.png"
    torn.write_bytes(b"torn")
    open_and_wait(window, qtbot, pages, waiting=5)
    studio = window.studio
    studio.desk.queue.pause()
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: studio.desk.running, timeout=LONG)
    studio.set_results(pattern="{name} in colour")
    studio.desk.resume()
    wait_for_end(window, qtbot)
    failed = jobs(window)[states(window).index(JobState.FAILED)]
    draw_line_art(torn)
    if all_that_failed:
        studio.retry_failed()
    else:
        window.queue_panel.retry_wanted.emit([failed.id])
    wait_for_end(window, qtbot)
    tried = [row.job.source for row in studio.desk.rows.rows if row.state is JobState.DONE]
    assert tried == [torn] and (pages / "colorized" / "page 3 in colour.png").is_file()


def test_a_start_that_waits_for_the_plan_is_shown_and_can_be_called_off(window, qtbot, pages):
    open_and_wait(window, qtbot, pages, waiting=4)
    planning, tools, slow_disk = window.studio.planning, window.tools, threading.Event()
    planning.ask("slow", slow_disk.wait, lambda _: None, lambda _: None)
    tools.colorize_button.click()
    assert tools.colorize_button.text() == "Starting…" and not tools.colorize_button.isEnabled()
    tools.stop_button.click()
    assert tools.colorize_button.isEnabled()
    slow_disk.set()
    wait_for_end(window, qtbot)
    assert window.studio.desk.waiting == 4 and not (pages / "colorized").exists()
    colorize(window, qtbot)
    assert window.studio.desk.count(JobState.DONE) == 4


def _many(folder):
    """Pages enough for a batch that is still under way when Stop comes."""
    folder.mkdir()
    for number in range(16):
        draw_line_art(folder / f"{number}.png", 700, 500)
    return folder


def test_a_mode_chosen_while_a_batch_runs_counts_for_what_stop_left(window, qtbot, tmp_path):
    open_and_wait(window, qtbot, _many(tmp_path / "many"), waiting=16)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended >= 1, timeout=LONG)
    window.studio.set_mode(Mode.GREYSCALE)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    rows = window.studio.desk.rows.rows
    left = [row.job for row in rows if row.state is not JobState.DONE]
    assert left and {job.mode for job in left} == {Mode.GREYSCALE}
    assert {row.job.mode for row in rows if row.state is JobState.DONE} == {None}
    assert window.studio.desk.outlook.to_color == len(left)
    colorize(window, qtbot)
    assert window.studio.desk.count(JobState.DONE) == 16


def test_a_wish_changed_while_a_batch_runs_counts_for_what_stop_left(window, qtbot, tmp_path):
    many = _many(tmp_path / "many")
    open_and_wait(window, qtbot, many, waiting=16)
    window.studio.set_results(existing=Existing.OVERWRITE)
    window.tools.colorize_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended >= 1, timeout=LONG)
    window.studio.set_results(existing=Existing.SKIP)
    window.tools.stop_button.click()
    wait_for_end(window, qtbot)
    assert window.studio.desk.outlook.to_color > 0, "it was over before Stop came"
    kept = many / "colorized" / "15.png"
    kept.write_bytes(b"painted by hand")
    colorize(window, qtbot)
    assert kept.read_bytes() == b"painted by hand"


def test_pages_that_have_colours_are_left_out_if_the_settings_say_so(window, qtbot, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    draw_line_art(folder / "1 lines.png")
    blocks = np.random.default_rng(1).integers(0, 256, (3, 4, 3), dtype=np.uint8)
    Image.fromarray(blocks.repeat(30, 0).repeat(30, 1)).save(folder / "2 cover.png")
    window.habits.change(replace(window.habits.settings, skip_coloured=True))
    open_and_wait(window, qtbot, folder, waiting=2)
    colorize(window, qtbot)
    assert states(window) == [JobState.DONE, JobState.SKIPPED]
    assert os.listdir(folder / "colorized") == ["1 lines.png"]
    row = window.studio.desk.rows.rows[1]
    assert "colours already" in job_line(row.job, row.update)
    window.studio.look_for_changes()
    wait_for_end(window, qtbot)
    assert states(window) == [JobState.DONE, JobState.SKIPPED], "it has no result to be missed"
    window.studio.set_hints(row.job.source, HintSet((Hint(30, 30, 9, "#d04030"),)))
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 1, timeout=LONG)
    window.studio.set_hints(row.job.source, HintSet())
    window.habits.change(replace(window.habits.settings, skip_coloured=False))
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 1, timeout=LONG)
    colorize(window, qtbot)
    assert sorted(os.listdir(folder / "colorized")) == ["1 lines.png", "2 cover.png"]
