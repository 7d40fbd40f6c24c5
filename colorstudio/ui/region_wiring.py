"""Joins the canvas's regions and leaks to the threads that find them."""

from dataclasses import replace

from PySide6.QtCore import QObject

from colorstudio.ui.region_canvas import RegionCanvas
from colorstudio.ui.studio import Studio


class RegionWiring(QObject):
    """Passes on what is to be found out, and whether batches look for leaks too."""

    def __init__(self, studio: Studio, canvas: RegionCanvas, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        canvas.looks_wanted.connect(studio.preview.look_for)
        canvas.leaks_toggled.connect(self._want_leaks)
        studio.preview.scouted.connect(canvas.show_regions)
        canvas.set_shows_leaks(studio.wishes.leaks)

    def _want_leaks(self, leaks: bool) -> None:
        """One switch for the picture in view and for the next batch."""
        self._studio.wishes = replace(self._studio.wishes, leaks=leaks)
        self._studio.desk.set_leaks(leaks)
