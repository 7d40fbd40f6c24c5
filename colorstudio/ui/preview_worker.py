"""The light thread that makes previews: the newest wish counts, older replies are dropped."""

import logging
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, Signal

from colorstudio.core.books import file_of
from colorstudio.core.cancel import Cancelled, CancelSource
from colorstudio.core.failures import ColorStudioError, Failure, describe, worded
from colorstudio.core.modes import Mode
from colorstudio.ui.colorizer_source import ColorizerSource
from colorstudio.ui.pictures import Pyramid, draft_of, pyramid_of
from colorstudio.ui.region_scout import Looks, RegionReply, RegionScout
from colorstudio.ui.session import PLAIN, Coloring
from colorstudio.ui.stand_back import stand_back
from colorstudio.ui.worker_thread import equipment_of

if TYPE_CHECKING:
    from colorstudio.core.artwork import Artwork
    from colorstudio.core.hints import HintSet
    from colorstudio.inference.colorizer import Colorizer
    from colorstudio.inference.prepared import PreparedArtwork

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PreviewWish:
    """Show this picture in that style. path None: only get the style ready.

    hints None: those in the file beside the picture.
    """

    number: int
    path: Path | None
    style: str
    mode: Mode | None = None
    coloring: Coloring = PLAIN
    hints: "HintSet | None" = None


@dataclass(frozen=True, slots=True)
class PreviewReply:
    """One step of an answer: first the original, then the same with the coloured picture.

    Of a large picture a draft comes in between, coloured but smaller and not the last.

    hints: what the picture is coloured with. mode: as used, once it is coloured. whitened: its
    paper was not white and has been made so. seconds: spent on colouring. failure: why a step is
    missing; it then is the last one. last: nothing more comes
    for this wish.
    """

    number: int
    path: Path
    original: Pyramid | None = None
    colored: Pyramid | None = None
    hints: "HintSet | None" = None
    mode: Mode | None = None
    whitened: bool = False
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    failure: Failure | None = None
    last: bool = False


@dataclass(frozen=True, slots=True)
class _Opened:
    """The picture read last, so that another mode or style need not read it again."""

    path: Path
    stamp: tuple[int, int]
    prepared: "PreparedArtwork"
    pyramid: Pyramid


class PreviewThread(QThread):
    """Makes previews one at a time; a newer wish cancels the one under way."""

    replied = Signal(object)  # PreviewReply, of the newest wish only
    scouted = Signal(object)  # RegionReply, of the newest wish only
    equipped = Signal(object)  # Equipment
    style_failed = Signal(object)  # Failure
    _step = Signal(object)
    _found = Signal(object)

    def __init__(self, source: ColorizerSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._changed = threading.Condition()
        self._wish: PreviewWish | None = None
        self._newest = 0
        self._stop = CancelSource()
        self._leaving = False
        self._opened: _Opened | None = None
        self._looks = Looks()
        self._look_again = False
        self._scout: RegionScout | None = None  # of the picture coloured last
        self._step.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._found.connect(self._pass_found, Qt.ConnectionType.QueuedConnection)

    def show_picture(
        self,
        path: Path | None,
        style: str,
        mode: Mode | None,
        coloring: Coloring = PLAIN,
        hints: "HintSet | None" = None,
    ) -> int:
        """Ask for a preview and return its number; path None only gets the style ready."""
        with self._changed:
            self._newest += 1
            self._stop.cancel()
            self._wish = PreviewWish(self._newest, path, style, mode, coloring, hints)
            self._changed.notify()
        if not self.isRunning():
            self.start(QThread.Priority.LowPriority)
        return self._newest

    def forget(self) -> None:
        """Nothing is to be shown any more; what is under way is dropped."""
        with self._changed:
            self._newest += 1
            self._wish = None
            self._stop.cancel()

    def look_for(self, looks: Looks) -> None:
        """From now on find these things out too, once a picture is coloured; see `scouted`."""
        with self._changed:
            if looks != self._looks:
                self._looks, self._look_again = looks, True
                self._changed.notify()

    def leave(self) -> None:
        """End soon: what is under way is cancelled."""
        with self._changed:
            self._leaving = True
            self._stop.cancel()
            self._changed.notify()

    def run(self) -> None:
        """The thread itself."""
        stand_back()
        _start_reader()  # while the style is opened
        while self._something_to_do():
            wish = self._next()
            try:
                if wish is not None:
                    self._fulfil(wish)
                self._look()
            except Cancelled:
                continue
            except Exception as error:  # a preview never ends the window
                _log.exception("the preview failed")
                if wish is not None:
                    self._fail(wish, describe(error, wish.path))

    def _something_to_do(self) -> bool:
        """Wait for it; False once the thread is to end."""
        with self._changed:
            while self._wish is None and not self._look_again and not self._leaving:
                self._changed.wait()
            return not self._leaving

    def _next(self) -> PreviewWish | None:
        """The newest wish; None where only the regions of the last one are asked for."""
        with self._changed:
            wish, self._wish = self._wish, None
            self._look_again = False
            if wish is not None:
                self._stop = CancelSource()
                self._scout = None
            return wish

    def _look(self) -> None:
        """Find out about regions what is wanted."""
        looks, scout = self._looks, self._scout
        if scout is not None and (looks.regions or looks.leaks):
            self._stop.token.raise_if_cancelled()
            try:
                self._found.emit(scout.look(looks))
            except Exception:  # the picture is coloured all the same
                _log.exception("its regions were not found")

    def _fulfil(self, wish: PreviewWish) -> None:
        try:
            if wish.path is None:
                self._equip(wish.style)
                return
            opened = self._open(wish.path)
            hints: HintSet | None = wish.hints
            warnings: tuple[str, ...] = ()
            if hints is None:
                hints, warnings = _hints_of(wish.path)
            first = PreviewReply(wish.number, wish.path, original=opened.pyramid, hints=hints)
            self._step.emit(first)
            self._step.emit(self._color(wish, first, opened, warnings))
        except ColorStudioError as error:
            self._fail(wish, error.failure)

    def _equip(self, style: str) -> "Colorizer":
        """Get the style ready and tell what it works with. Raises ColorStudioError."""
        try:
            colorizer = self._source.get(style)
        except ColorStudioError as error:
            self.style_failed.emit(error.failure)
            raise
        self.equipped.emit(equipment_of(style, colorizer))
        return colorizer

    def _open(self, path: Path) -> _Opened:
        from colorstudio.inference.prepared import PreparedArtwork
        from colorstudio.jobs.guarded_reading import window_reader

        stamp = _stamp(path)
        if self._opened is None or (self._opened.path, self._opened.stamp) != (path, stamp):
            self._opened = None  # room for the next one before it is read
            reader, token = window_reader("preview"), self._stop.token
            width, height = reader.size(path, token)
            artwork = reader.artwork(path, width * height, token)
            reader.rest()  # a large page's shared memory is of no use to the next one
            token.raise_if_cancelled()
            pyramid = pyramid_of(artwork.pixels, artwork.alpha)
            self._opened = _Opened(path, stamp, PreparedArtwork(artwork), pyramid)
        return self._opened

    def _color(
        self, wish: PreviewWish, first: PreviewReply, opened: _Opened, warnings: tuple[str, ...]
    ) -> PreviewReply:
        token = self._stop.token
        token.raise_if_cancelled()
        colorizer = self._equip(wish.style)
        before = colorizer.provider
        started = time.monotonic()
        request = replace(wish.coloring.request(wish.mode, first.hints), parts=True)

        def show_draft(draft: "Artwork") -> None:
            colored = draft_of(draft.pixels, draft.alpha, opened.pyramid.width)
            self._step.emit(replace(first, colored=colored))

        colored = colorizer.colorize_artwork(opened.prepared, request, token, show_draft)
        seconds = time.monotonic() - started
        if colorizer.provider is not before:  # the card gave up
            self.equipped.emit(equipment_of(wish.style, colorizer))
        token.raise_if_cancelled()
        self._scout = RegionScout(
            wish.number, first.path, opened.prepared, request.hints, colored.mode, colored.parts
        )
        return replace(
            first,
            colored=pyramid_of(colored.artwork.pixels, colored.artwork.alpha),
            mode=colored.mode,
            whitened=colored.whitened,
            seconds=seconds,
            warnings=tuple(dict.fromkeys((*colored.artwork.warnings, *warnings))),
            last=True,
        )

    def _fail(self, wish: PreviewWish, failure: Failure) -> None:
        if wish.path is None:
            return  # style_failed told it
        known = self._opened is not None and self._opened.path == wish.path
        original = self._opened.pyramid if self._opened and known else None
        reply = PreviewReply(wish.number, wish.path, original, failure=failure, last=True)
        self._step.emit(reply)

    def _pass_found(self, found: RegionReply) -> None:
        if found.number == self._newest:
            self.scouted.emit(found)

    def _pass_on(self, reply: PreviewReply) -> None:
        if reply.number == self._newest:
            self.replied.emit(reply)


def _start_reader() -> None:
    from colorstudio.jobs.guarded_reading import window_reader

    window_reader("preview").start()


def _stamp(path: Path) -> tuple[int, int]:
    """Tells a changed file from an unchanged one; (0, 0) for one that read_artwork will refuse."""
    try:
        facts = file_of(path).stat()
    except OSError:
        return (0, 0)
    return (facts.st_mtime_ns, facts.st_size)


def _hints_of(path: Path) -> tuple["HintSet", tuple[str, ...]]:
    """The hints that the batch would use too; broken ones cost the hints, not the picture."""
    from colorstudio.core.hints import HintSet
    from colorstudio.jobs.hint_files import read_hints

    try:
        return read_hints(path), ()
    except ColorStudioError as error:
        return HintSet(), (
            worded("Coloured without hints. {reason}", reason=error.failure.sentence),
        )
