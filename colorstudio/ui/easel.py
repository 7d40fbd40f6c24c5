"""The easel: the picture on the canvas as the artist works on it, with every change to be undone.

Joins hand, history and studio. It knows no widgets; what it holds arrives by signal. The picture
that was asked for last comes to the easel when it has been read: until then, what the artist does
is done to the one that still lies there.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from colorstudio.core.hints import HintSet
from colorstudio.core.modes import Mode
from colorstudio.ui.hint_errands import Copied, copies_for
from colorstudio.ui.hint_hand import Deed, Edit
from colorstudio.ui.history import Change, History
from colorstudio.ui.preview_worker import PreviewReply
from colorstudio.ui.session import Coloring
from colorstudio.ui.studio import Studio

_MOST_RECENT = 16


class Easel(QObject):
    """Hints, colour and wishes of the picture on the canvas."""

    hints_changed = Signal(object)  # HintSet of the picture on the canvas
    color_changed = Signal(str)  # the colour in hand, or the recent ones
    copied = Signal(int)  # hints went to that many other pictures

    def __init__(self, studio: Studio, color: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._picture: Path | None = None  # None: nothing, or what can't be shown
        self._hints = HintSet()
        self.history = History(self)
        self.history.look_at(None)
        self.color = color
        self.recent: tuple[str, ...] = ()
        self._flow = 0  # number of the slider's journey
        studio.hints_changed.connect(self._hints_of)
        studio.preview.replied.connect(self._take_reply)

    @property
    def picture(self) -> Path | None:
        """The picture on the canvas; None: nothing, or what can't be shown."""
        return self._picture

    @property
    def hints(self) -> HintSet:
        """The hints of the picture on the canvas."""
        return self._hints

    @property
    def coloring(self) -> Coloring:
        """Palette and flats as wished for."""
        return self._studio.wishes.coloring

    # --- hints and their colour ------------------------------------------------------------------

    def take(self, edit: Edit) -> None:
        """The hand has done something to the hints of the picture on the canvas."""
        if self._picture is None:
            return
        if edit.deed in (Deed.DOT, Deed.STROKE, Deed.COLOR, Deed.BUCKET):
            self._remember_color()  # the colour in hand is the one that was used
        self._change(self._words_of(edit.deed), self._picture, self._hints, edit.hints)

    def clear_hints(self) -> None:
        """Remove every hint of the picture on the canvas."""
        if self._picture is not None and self._hints:
            self._change(self.tr("Remove all hints"), self._picture, self._hints, HintSet())

    def set_color(self, color: str) -> None:
        """Paint in that colour from now on."""
        if color != self.color:
            self.color = color
            self.color_changed.emit(color)

    def copy_hints(self, pictures: Sequence[Path]) -> None:
        """Give the hints of the picture on the canvas to others, scaled to fit, for theirs."""
        source, hints = self._picture, self._hints
        others = [path for path in pictures if path != source]
        if source is None or not others:
            return
        held = {path: self._studio.hints.held(path) for path in others}
        self._studio.hints.copying.ask(
            f"copies for {others}",
            lambda: copies_for(source, hints, held),
            self._take_copies,
            self._studio.told.emit,
        )

    # --- wishes that can be taken back -----------------------------------------------------------

    def choose_mode(self, mode: Mode | None) -> None:
        """Colour in that mode; None: found out per picture."""
        before = self._studio.wishes.mode
        if mode is not before:
            change = Change(self.tr("Mode"), self._studio.set_mode, before, mode)
            self.history.do(change, self._picture)

    def choose_coloring(self, coloring: Coloring) -> None:
        """Colour with another palette, or more or less flat."""
        before = self.coloring
        if coloring == before:
            return
        if replace(coloring, flat=before.flat) == before:
            words, flowing = self.tr("Flat amount"), f"flat {self._flow}"
        elif replace(coloring, palette_only=before.palette_only, flat=before.flat) == before:
            words, flowing = self.tr("Palette only"), ""
        else:
            words, flowing = self.tr("Palette"), ""
        change = Change(words, self._studio.set_coloring, before, coloring, flowing=flowing)
        self.history.do(change, self._picture)

    def end_flow(self) -> None:
        """The slider was let go: its next journey is a change of its own."""
        self._flow += 1

    # --- inner workings --------------------------------------------------------------------------

    def _change(self, words: str, picture: Path, before: HintSet, after: HintSet) -> None:
        def apply(hints: HintSet) -> None:
            self._studio.set_hints(picture, hints)

        self.history.do(Change(words, apply, before, after), picture)

    def _words_of(self, deed: Deed) -> str:
        return {
            Deed.DOT: self.tr("Dot"),
            Deed.STROKE: self.tr("Stroke"),
            Deed.MOVE: self.tr("Move hint"),
            Deed.ERASE: self.tr("Erase"),
            Deed.DELETE: self.tr("Delete hint"),
            Deed.COLOR: self.tr("Colour of hint"),
            Deed.SIZE: self.tr("Size of hint"),
            Deed.BUCKET: self.tr("Fill region"),
            Deed.MERGE: self.tr("Merge regions"),
            Deed.CLOSE: self.tr("Close gap"),
            Deed.SPLIT: self.tr("Split region"),
        }[deed]

    def _remember_color(self) -> None:
        others = tuple(color for color in self.recent if color != self.color)
        if self.recent[:1] != (self.color,):
            self.recent = (self.color, *others)[:_MOST_RECENT]
            self.color_changed.emit(self.color)

    def _take_copies(self, copies: list[Copied]) -> None:
        for copy in copies:
            before = self._studio.hints.held(copy.picture)  # drawn since it was looked at
            if copy.picture == self._picture:
                before = self._hints
            before = copy.before if before is None else before
            self._change(self.tr("Copied hints"), copy.picture, before, copy.after)
        self.copied.emit(len(copies))

    def _hints_of(self, picture: Path, hints: HintSet) -> None:
        if picture == self._picture:
            self._hints = hints
            self.hints_changed.emit(hints)

    def _take_reply(self, reply: PreviewReply) -> None:
        """The picture has been read: it lies on the canvas now, with the hints beside it."""
        shown = None if reply.original is None else reply.path
        hints = reply.hints
        if shown != self._picture:
            self._picture = shown
            self.history.look_at(shown)
            hints = hints or HintSet()
        if hints is not None:
            self._hints = hints
            self.hints_changed.emit(hints)
