"""What hangs or crashes a decoder costs one thumbnail or preview, and never the window."""

import functools
import sys
import time

import pytest
from fragile_reader import fragile, fragile_thumbnail
from PIL import Image
from PySide6.QtCore import QDeadlineTimer
from window_support import LONG, draw_shades

from colorstudio.core import reading
from colorstudio.core.failures import FailureKind
from colorstudio.jobs import guarded_reading
from colorstudio.jobs.guarded_reading import GuardedReader
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.preview_worker import PreviewThread
from colorstudio.ui.thumbnails import Thumbnails

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


@pytest.fixture
def fragile_readers(monkeypatch):
    """The window's readers, with decoders whose bad luck is in the file's name."""
    made = {}

    def reader(use):
        if use not in made:
            made[use] = GuardedReader(fragile, picture_seconds=3.0, patience=0.3)
        return made[use]

    monkeypatch.setattr(guarded_reading, "window_reader", reader)
    monkeypatch.setattr(reading, "read_thumbnail", fragile_thumbnail)
    yield made
    for each in made.values():
        each.close()


@pytest.fixture
def thumbnails(qtbot):
    made = Thumbnails()
    yield made
    made.leave()
    assert made.wait(QDeadlineTimer(5000))


@pytest.fixture
def preview(qtbot, home):
    made = PreviewThread(ColorizerSource())
    yield made
    made.leave()
    assert made.wait(QDeadlineTimer(5000))


def answer_to(preview, qtbot, path):
    """The last step of the answer to a wish for this picture."""
    replies = []
    preview.replied.connect(replies.append)
    number = preview.show_picture(path, "Tiny", None)
    qtbot.waitUntil(lambda: any(r.last and r.number == number for r in replies), timeout=LONG)
    preview.replied.disconnect(replies.append)
    return replies[-1]


@pytest.mark.reliability("R33", "R34")
def test_a_decoder_that_dies_or_hangs_costs_its_thumbnail(
    fragile_readers, thumbnails, qtbot, tmp_path
):
    names = ["abort", "hang", "one", "two", "three"]
    pages = {name: draw_shades(tmp_path / f"{name}.png") for name in names}
    arrived = set()
    thumbnails.arrived.connect(arrived.update)
    for page in pages.values():
        thumbnails.get(page)
    qtbot.waitUntil(lambda: arrived >= set(pages.values()), timeout=LONG)
    unreadable = {name for name in names if thumbnails.unreadable(pages[name])}
    assert unreadable == {"abort", "hang"}
    assert thumbnails.get(pages["two"]).width() == 120


@pytest.mark.reliability("R33", "R34")
@pytest.mark.parametrize(("name", "words"), [("abort", "breaks reading"), ("hang", "too long")])
def test_a_decoder_that_dies_or_hangs_costs_its_preview(
    fragile_readers, preview, qtbot, tmp_path, name, words
):
    reply = answer_to(preview, qtbot, draw_shades(tmp_path / f"{name}.png"))
    assert reply.failure.kind is FailureKind.DAMAGED and words in reply.failure.sentence
    assert answer_to(preview, qtbot, draw_shades(tmp_path / "good.png")).colored is not None


@pytest.mark.reliability("R33")
def test_who_looks_at_the_next_picture_does_not_wait_for_one_that_hangs(
    monkeypatch, preview, qtbot, tmp_path
):
    reader = GuardedReader(fragile, picture_seconds=500, patience=0.3)
    monkeypatch.setattr(guarded_reading, "window_reader", lambda use: reader)
    try:
        preview.show_picture(draw_shades(tmp_path / "hang.png"), "Tiny", None)
        qtbot.waitUntil(lambda: reader._lock.locked(), timeout=LONG)
        assert answer_to(preview, qtbot, draw_shades(tmp_path / "good.png")).colored is not None
    finally:
        preview.leave()
        assert preview.wait(QDeadlineTimer(5000))
        reader.close()


@pytest.mark.reliability("R33")
def test_a_window_that_is_closed_waits_for_no_thumbnail(monkeypatch, qtbot, tmp_path):
    reader = GuardedReader(fragile, picture_seconds=500, patience=0.3)
    monkeypatch.setattr(guarded_reading, "window_reader", lambda use: reader)
    monkeypatch.setattr(reading, "read_thumbnail", fragile_thumbnail)
    made = Thumbnails()
    made.get(draw_shades(tmp_path / "hang.png"))
    qtbot.waitUntil(lambda: reader._ready and reader._lock.locked(), timeout=LONG)
    started = time.monotonic()
    made.leave()
    assert made.wait(QDeadlineTimer(5000))
    assert time.monotonic() - started < 4
    reader.close()


def test_the_window_decodes_nothing_itself(monkeypatch, preview, thumbnails, qtbot, tmp_path):
    page = draw_shades(tmp_path / "page.png")
    monkeypatch.setattr(Image, "open", None)  # in this process only
    assert answer_to(preview, qtbot, page).colored is not None
    thumbnails.get(page)
    qtbot.waitUntil(lambda: thumbnails.get(page) is not None, timeout=LONG)
    assert not thumbnails.unreadable(page)


def test_quick_browsing_keeps_the_reader(preview, qtbot, tmp_path):
    """A new process costs half a second: a wish that is dropped must not end it."""
    pages = [draw_shades(tmp_path / f"{number}.png") for number in range(8)]
    answer_to(preview, qtbot, pages[0])
    before = guarded_reading.window_reader("preview")._process
    for page in pages:
        preview.show_picture(page, "Tiny", None)
    assert answer_to(preview, qtbot, pages[0]).colored is not None
    assert guarded_reading.window_reader("preview")._process is before


@pytest.mark.reliability("R34")
def test_a_reader_that_does_not_start_blames_no_picture(monkeypatch, tmp_path):
    monkeypatch.setattr(guarded_reading, "serve", functools.partial(sys.exit, 3))
    reader = GuardedReader()
    with pytest.raises(guarded_reading.ColorStudioError, match="does not start") as told:
        reader.size(draw_shades(tmp_path / "page.png"))
    assert told.value.failure.kind is FailureKind.INTERNAL
    assert "damaged" not in told.value.failure.sentence
    reader.start()  # raises nothing either
    reader.close()
