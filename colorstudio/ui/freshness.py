"""Notices that results may be out of date: hints, palette, mode, style or pictures are new."""

from PySide6.QtCore import QObject, QTimer

from colorstudio.ui.session import Wishes
from colorstudio.ui.studio import Studio
from colorstudio.ui.studio_errands import Listing

_SETTLE = 150  # milliseconds: of a slider on its way only where it stops matters


class Freshness(QObject):
    """Has the studio look, a moment after something changed that results are made of."""

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._known = _matter(studio.wishes)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SETTLE)
        self._pause.timeout.connect(studio.look_for_changes)
        studio.wishes_changed.connect(self._wishes_changed)
        studio.listed.connect(self._listed)
        studio.hints.saved.connect(self._pause.start)
        studio.desk.ended.connect(self._pause.start)

    def _wishes_changed(self, wishes: Wishes) -> None:
        if (now := _matter(wishes)) != self._known:
            self._known = now
            self._studio.look_again()  # for the browser
            self._pause.start()

    def _listed(self, listing: Listing) -> None:
        if listing.changes is not None:  # files of the same place: pictures, or hints beside them
            self._pause.start()


def _matter(wishes: Wishes) -> tuple[object, ...]:
    return wishes.style, wishes.mode, wishes.coloring
