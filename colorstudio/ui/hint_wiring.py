"""Joins the canvas, the strip of tools above it and the easel."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow

from colorstudio.core.hint_edits import chosen_at, recolored, with_dot, without
from colorstudio.core.hints import HintSet
from colorstudio.ui.canvas_panel import CanvasPanel
from colorstudio.ui.easel import Easel
from colorstudio.ui.hint_bar import HintBar
from colorstudio.ui.hint_canvas import Pointed
from colorstudio.ui.hint_hand import Deed, Edit, Tool
from colorstudio.ui.icons import icon
from colorstudio.ui.spot_popup import SpotPopup
from colorstudio.ui.tool_keys import give_keys
from colorstudio.ui.worker_thread import Equipment


class HintWiring(QObject):
    """Makes the strip and the menu at the cursor, and passes on what they are told."""

    def __init__(self, easel: Easel, panel: CanvasPanel, window: QMainWindow) -> None:
        super().__init__(window)
        self._easel, self._panel, self._window = easel, panel, window
        self._takes_hints = True
        self.undo, self.redo = self._undo_actions()
        self.bar = HintBar(self.undo, self.redo, panel)
        panel.put_above(self.bar)
        panel.canvas.set_color(easel.color)
        give_keys(panel.canvas)
        self._connect()
        self._show_color(easel.color)
        self.bar.show_hand(panel.canvas.hand)

    def show_equipment(self, equipment: Equipment) -> None:
        """Whether the style in use heeds hints."""
        self._takes_hints = "hints" in equipment.supports
        self._panel.canvas.set_takes_hints(self._takes_hints)
        self.bar.show_takes_hints(self._takes_hints)
        paints = "lineart" in equipment.supports
        self._panel.canvas.set_takes_regions(paints)
        self.bar.regions.show_usable(paints)

    def pick_color(self, color: str) -> None:
        """A picked colour is to be painted with: the picker has done its work."""
        self._easel.set_color(color)
        self._panel.canvas.set_color(color)
        if self._panel.canvas.hand.tool is Tool.PICKER and self._takes_hints:
            self._panel.canvas.set_tool(Tool.DOT)

    def open_colors(self, pointed: Pointed, place: QPoint) -> SpotPopup:
        """The menu of colours for a spot of the picture, opened at a place of the screen."""
        spot, canvas, page = (pointed.x, pointed.y), self._panel.canvas, self._easel.picture
        popup = SpotPopup(self._window)
        palette = self._easel.coloring.palette
        fitting = canvas.suggestions(spot, palette.colors if palette else None)
        popup.offer(self.tr("For this spot"), fitting)
        if palette is not None:
            popup.offer(self.tr("Palette"), palette.hex_colors, palette.names)
        popup.offer(self.tr("Recent"), self._easel.recent)
        hit = chosen_at(self._easel.hints, spot, canvas.slack, whole=True)
        popup.chosen.connect(lambda color: self._color_spot(page, color, spot, hit))
        popup.other_wanted.connect(self.bar.color_button.choose)
        popup.removal_wanted.connect(lambda: self._remove(page, hit))
        popup.open_at(place, on_hint=bool(hit))
        return popup

    def _color_spot(
        self, page: Path | None, color: str, spot: tuple[int, int], hit: frozenset[int]
    ) -> None:
        """A hint that is there takes the colour; else a dot of it is placed.

        Unless another page has come while the menu was open: the spot was one of `page`.
        """
        self._easel.set_color(color)
        hand, hints = self._panel.canvas.hand, self._easel.hints
        if not self._takes_hints or page != self._easel.picture:
            return
        if hit and max(hit) < len(hints.hints):
            self._easel.take(Edit(recolored(hints, hit, color), Deed.COLOR))
        else:
            self._easel.take(Edit(with_dot(hints, spot, hand.radius, color), Deed.DOT))

    def _remove(self, page: Path | None, hit: frozenset[int]) -> None:
        hints: HintSet = self._easel.hints
        if page == self._easel.picture and hit and max(hit) < len(hints.hints):
            self._easel.take(Edit(without(hints, hit), Deed.DELETE))

    def _show_color(self, color: str) -> None:
        self.bar.show_color(color, self._easel.recent)
        self._panel.canvas.hand.color = color

    def _undo_actions(self) -> tuple[QAction, QAction]:
        group = self._easel.history.group
        undo = group.createUndoAction(self._window, self.tr("Undo"))
        redo = group.createRedoAction(self._window, self.tr("Redo"))
        undo.setShortcuts(QKeySequence.StandardKey.Undo)
        redo_keys = QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)
        if QKeySequence("Ctrl+Y") not in redo_keys:  # twice, Qt would find it ambiguous
            redo_keys.append(QKeySequence("Ctrl+Y"))
        redo.setShortcuts(redo_keys)
        for action, name, changed in (
            (undo, "undo", group.undoTextChanged),
            (redo, "redo", group.redoTextChanged),
        ):
            action.setIcon(icon(name))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            self._window.addAction(action)
            changed.connect(lambda _, action=action: _explain(action))
            _explain(action)
        return undo, redo

    def _connect(self) -> None:
        canvas, bar, easel = self._panel.canvas, self.bar, self._easel
        canvas.edited.connect(easel.take)
        canvas.color_picked.connect(self.pick_color)
        canvas.colors_wanted.connect(self.open_colors)
        canvas.hand_changed.connect(lambda: bar.show_hand(canvas.hand))
        canvas.marks_shown.connect(bar.marks_button.setChecked)
        canvas.leaks_toggled.connect(bar.leaks_button.setChecked)
        bar.leaks_toggled.connect(canvas.set_shows_leaks)
        bar.tool_wanted.connect(canvas.set_tool)
        bar.radius_wanted.connect(canvas.set_radius)
        bar.color_wanted.connect(self.pick_color)
        bar.hex_field.left.connect(canvas.setFocus)
        bar.marks_toggled.connect(canvas.set_shows_marks)
        easel.hints_changed.connect(canvas.show_hints)
        easel.color_changed.connect(self._show_color)


def _explain(action: QAction) -> None:
    """What it would do, and its keys."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{action.text()}  ({keys})")
