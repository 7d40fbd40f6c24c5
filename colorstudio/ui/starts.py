"""Starts of a batch that were asked for and have to wait, for hints to be saved and for plans."""

from collections.abc import Callable

from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.hint_keeper import HintKeeper
from colorstudio.ui.planner import Planner


class Starts:
    """Each comes as soon as it can, in the order of asking; Stop calls all of them off."""

    def __init__(self, desk: BatchDesk, hints: HintKeeper, planner: Planner) -> None:
        self._desk, self._hints, self._planner = desk, hints, planner
        self._awaited: list[Callable[[], None]] = []

    def ask(self, start: Callable[[], None]) -> None:
        """Start once the hints are saved and the queue is what is wished for at that moment."""
        if not self._desk.awaited:
            self._awaited.clear()  # Stop called them off
        self._awaited.append(start)
        self._desk.set_awaited(True)
        self._hints.when_saved(lambda: self._plan(start))

    def _plan(self, start: Callable[[], None]) -> None:
        self._planner.look_at_books()
        self._planner.when_planned(lambda: self._begin(start))

    def _begin(self, start: Callable[[], None]) -> None:
        if self._desk.awaited and start in self._awaited:
            self._awaited.remove(start)
            self._desk.set_awaited(bool(self._awaited))
            start()
