"""Pages that come into a queued folder while its batch runs: they are queued when it ends."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from colorstudio.core.failures import Failure
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.records import Records
from colorstudio.ui.session import Wishes
from colorstudio.ui.studio_errands import Listing, list_pictures


class Latecomers(QObject):
    """Remembers what came while its folder was in view, and looks for what nobody saw come."""

    came = Signal(object, object)  # the folder, and a tuple of Path that are new in it

    def __init__(
        self, browsing: ErrandThread, records: Records, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._browsing, self._records = browsing, records
        self._seen: Listing | None = None  # the queued folder, as it was last in view
        self._noted: dict[Path, None] = {}  # came into it since the batch began

    def see(self, listing: Listing, *, during_batch: bool) -> tuple[Path, ...]:
        """A folder that is queued looks like that now; gives what is new since it was seen last."""
        seen, self._seen = self._seen, listing
        if seen is None or seen.folder != listing.folder:
            self._noted.clear()
            return ()
        known = set(seen.paths)
        fresh = tuple(path for path in listing.paths if path not in known)
        if during_batch:
            self._noted |= dict.fromkeys(fresh)
        return fresh

    def batch_ended(self, wishes: Wishes, in_view: Path | None) -> None:
        """Tell what has come; where another folder is in view by now, look first."""
        noted, self._noted = tuple(self._noted), {}
        seen = self._seen
        if seen is None or seen.folder is None or seen.folder not in wishes.inputs:
            return
        if noted:
            self.came.emit(seen.folder, noted)
        if seen.folder != in_view:
            self._look_into(seen.folder, wishes, seen)

    def _look_into(self, folder: Path, wishes: Wishes, seen: Listing) -> None:
        self._browsing.ask(
            "latecomers",
            lambda: list_pictures(folder, wishes, None, seen, self._records),
            self._take,
            _leave_it,
        )

    def _take(self, listing: Listing) -> None:
        fresh = self.see(listing, during_batch=False)
        if fresh:
            self.came.emit(listing.folder, fresh)


def _leave_it(failure: Failure) -> None:
    """A folder that can't be listed any more has no new pages; who opens it is told why."""
