"""After a crash: says once that a batch was interrupted, and goes on with it if that is wished."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from colorstudio.ui.offer_bar import OfferBar
from colorstudio.ui.records import TakenUp
from colorstudio.ui.session import common_folder
from colorstudio.ui.studio import Studio
from colorstudio.ui.wording import name_of, pictures


class TakingUp(QObject):
    """Joins the journal, the bar with the offer, and the studio."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio = studio
        self._offered: TakenUp | None = None
        self.bar = OfferBar(self.tr("Go on"), self.tr("Not now"), window)
        self.bar.accepted.connect(self._go_on)
        self.bar.declined.connect(self._forget)
        studio.desk.changed.connect(self._enable)

    def look(self) -> None:
        """See whether the program ended before a batch did, and offer to go on with it."""
        records, told = self._studio.desk.records, self._studio.told
        self._studio.browsing.ask("interrupted", records.interrupted, self._offer, told.emit)

    def _offer(self, batch: TakenUp | None) -> None:
        self._offered = batch
        if batch is not None:
            self._enable()
            self.bar.offer(self._sentence(batch))

    def _sentence(self, batch: TakenUp) -> str:
        folder = common_folder(job.source.parent for job in batch.jobs)
        words = self.tr("A batch was interrupted: {left} of {total} are still to be coloured.")
        if folder is not None:
            words = self.tr(
                "A batch was interrupted: {left} of {total} in “{folder}” are still to be coloured."
            )
        total, name = pictures(len(batch.jobs)), "" if folder is None else name_of(folder)
        return words.format(left=f"{batch.left:,}", total=total, folder=name)

    def _go_on(self) -> None:
        """With what is left now, since the same pictures may have been coloured otherwise."""
        records, told = self._studio.desk.records, self._studio.told
        self._studio.browsing.ask("interrupted", records.interrupted, self._take_up, told.emit)

    def _take_up(self, batch: TakenUp | None) -> None:
        if batch is not None:
            self._studio.take_up(batch)

    def _forget(self) -> None:
        studio, batch = self._studio, self._offered
        if batch is not None:
            records, numbers = studio.desk.records, batch.batches
            studio.browsing.ask(
                "forget", lambda: records.forget(numbers), lambda _: None, studio.told.emit
            )

    def _enable(self) -> None:
        self.bar.accept_button.setEnabled(not self._studio.desk.running)
