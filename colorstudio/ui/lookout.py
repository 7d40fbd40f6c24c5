"""The place in view: what is listed there, away from the UI thread, and listed anew on changes."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from colorstudio.core.failures import Failure, FailureKind
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.folder_watch import FolderWatch
from colorstudio.ui.records import Records
from colorstudio.ui.session import Wishes
from colorstudio.ui.studio_errands import (
    Changes,
    Listing,
    list_pictures,
    look_at,
    places_failure,
)


class Lookout(QObject):
    """Lists one folder, or pictures from several places, and keeps the list true to the disk."""

    listed = Signal(object)  # Listing
    stale = Signal()  # something there is new: look again
    failed = Signal(object)  # Failure

    def __init__(
        self, browsing: ErrandThread, records: Records, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._records = records
        self.folder: Path | None = None
        self._browsing = browsing
        self._last: Listing | None = None
        self._picture: Path | None = None
        self._chosen = False  # by the artist, since the place was opened
        self._looking = False  # a list is being made …
        self._again = False  # … and something is new since it was begun
        self.watch = FolderWatch(self)
        self.watch.changed.connect(self.stale)

    def look_into(self, folder: Path, wishes: Wishes, picture: Path | None) -> None:
        """List a folder; `picture` is shown first if it is there."""
        self.folder, self._last, self._chosen = folder, None, False
        self._ask(folder, wishes, picture)

    def show(self, listing: Listing) -> None:
        """Show pictures from several places at once; the facts of their files come later."""
        self.folder, self._chosen = None, False
        self._looking = self._again = False
        self._browsing.forget("scan")
        self._take(listing)
        self.look_again(Wishes())

    def look_again(self, wishes: Wishes) -> None:
        """List what is in view anew: files have come, gone or changed, or results are new.

        A list under way is waited for: where files keep coming in, none would ever be shown.
        """
        before, folder = self._last, self.folder
        if self._looking:
            self._again = True
        elif folder is not None:
            self._ask(folder, wishes, None)
        elif before is not None:
            self._looking = True
            self._browsing.ask("scan", lambda: look_at(before), self._take, self._end_in_vain)

    def follow(self, picture: Path) -> None:
        """This picture is in view: when another program saves it, that is to be noticed."""
        self._picture, self._chosen = picture, True
        self._watch()

    def _ask(self, folder: Path, wishes: Wishes, picture: Path | None) -> None:
        before, self._looking, self._again = self._last, True, False
        self._browsing.ask(
            "scan",
            lambda: list_pictures(folder, wishes, picture, before, self._records),
            self._take,
            lambda failure: self._take_failure(folder, failure),
        )

    def _take(self, listing: Listing) -> None:
        if self._chosen and listing.first is not None:
            first = self._picture if self._picture in listing.paths else None
            listing = replace(listing, first=first)  # what was chosen meanwhile stays in view
        self._last, self._looking = listing, False
        self._watch()
        self.listed.emit(listing)
        if self._again:
            self._again = False
            self.stale.emit()

    def _end_in_vain(self, failure: Failure) -> None:
        self._looking = False
        self.failed.emit(failure)

    def _take_failure(self, folder: Path, failure: Failure) -> None:
        empty = failure.kind is FailureKind.NOTHING_TO_DO
        reason = self.tr("No pictures here") if empty else self.tr("Can't be opened")
        before = self._last
        gone = len(before.paths) if empty and before is not None else 0
        self._take(Listing(folder, (), reason=reason, changes=Changes(gone=gone) if gone else None))
        if not empty:
            self.failed.emit(places_failure([(folder, failure)]))

    def _watch(self) -> None:
        listing = self._last
        places = [] if listing is None or listing.folder is None else [listing.folder]
        if listing is not None:
            places += listing.folders
        if self._picture is not None:
            places.insert(0, self._picture)
        self.watch.watch(places)
