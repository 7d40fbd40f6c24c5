"""A training run as the window knows it: fed with the child's lines, asked by the pages.

It starts and ends nothing: whoever owns the child does what was wished for, and reports.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from colorstudio.core.failures import Failure
from colorstudio.ui.my_style.news import (
    FolderNews,
    HeldPage,
    Look,
    Losses,
    StyleNews,
    event_of,
    failure_of,
    folder_news,
    look_of,
    pages_of,
    style_news,
)
from colorstudio.ui.my_style.order import TrainingOrder

_CHECKPOINTS = ("last.safetensors", "before.safetensors", "next.safetensors")

MOST_POINTS = 1000
"""Points of a curve that are kept: more than a screen has columns."""


class RunState(StrEnum):
    """Where a run stands."""

    STARTING = "starting"  # the child loads what it needs
    READING = "reading"  # it decodes the folder
    COMPARING = "comparing"  # it finds out what the pages tell of each other
    TRAINING = "training"
    FINISHING = "finishing"  # it chooses the best weights and exports them
    PAUSING = "pausing"  # it was asked to save and leave
    PAUSED = "paused"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    DONE = "done"
    FAILED = "failed"  # it said why
    BROKEN = "broken"  # it was killed, or ended without a word


RUNNING = frozenset(
    {
        RunState.STARTING,
        RunState.READING,
        RunState.COMPARING,
        RunState.TRAINING,
        RunState.FINISHING,
        RunState.PAUSING,
        RunState.CANCELLING,
    }
)
_AT_WORK = RUNNING - {RunState.PAUSING, RunState.CANCELLING}


class TrainingRun:
    """One order and everything that is known of its training.

    saved: whether the disk holds something to go on from. share: 0..1 of the run. seconds_left
    None: not known. start: how the style that it grew from did. last_pages, pages: held-back pages
    at the look before and at the latest one.
    """

    def __init__(
        self,
        order: TrainingOrder,
        *,
        saved: bool = False,
        share: float = 0.0,
        run_folder: Path | None = None,
    ) -> None:
        self.order, self.saved, self.share = order, saved, share
        self.run_folder = run_folder
        self.state = RunState.STARTING
        self.device = ""
        self.decoded = (0, 0)
        self.folder: FolderNews | None = None
        self.step = 0
        self.pictures_per_second = 0.0
        self.seconds_left: float | None = None
        self.losses: list[Losses] = []
        self.looks: list[Look] = []
        self.best: Look | None = None
        self.start: Look | None = None
        self.last_pages: tuple[HeldPage, ...] = ()
        self.pages: tuple[HeldPage, ...] = ()
        self.last_pages_step, self.pages_step = 0, 0
        self.style: StyleNews | None = None
        self.failure: Failure | None = None

    # --- what the child tells ------------------------------------------------------------------

    def take_line(self, line: str) -> bool:
        """Take one line of the child; False for one that says nothing."""
        event = event_of(line)
        take = _TAKES.get(event.get("event", ""))
        if take is None:
            return False
        try:
            take(self, event)
        except (KeyError, TypeError, ValueError, AttributeError):
            return False  # of another version: what is understood of a run is enough to show it
        return True

    def ended(self, *, status: int) -> None:
        """The child has ended, with that exit status; one that was killed has none of 0."""
        wish = self.state
        self.seconds_left = None
        if self.style is not None and status == 0:  # it is in the library, whatever was wished
            self.state, self.share, self.failure = RunState.DONE, 1.0, None
        elif wish is RunState.CANCELLING:
            self.state = RunState.CANCELLED
        elif wish is RunState.PAUSING and self.failure is None:
            self.state = RunState.PAUSED
        else:
            self.state = RunState.BROKEN if self.failure is None else RunState.FAILED

    # --- what the artist wishes ----------------------------------------------------------------

    @property
    def running(self) -> bool:
        """Whether a child is at work."""
        return self.state in RUNNING

    @property
    def can_pause(self) -> bool:
        """Whether there is training that can be saved and left for later."""
        return self.state in _AT_WORK and self.state is not RunState.FINISHING

    @property
    def can_keep(self) -> bool:
        """Whether the training has come so far that ending it now gives a style."""
        return self.state is RunState.TRAINING and self.step > 0

    @property
    def can_go_on(self) -> bool:
        """Whether it stands still and can be started again."""
        return self.state in (RunState.PAUSED, RunState.BROKEN, RunState.FAILED)

    def pause(self) -> None:
        """The child was asked to save and leave."""
        self.state = RunState.PAUSING

    def keep(self) -> None:
        """The child was asked to end the training and export."""
        self.state = RunState.FINISHING

    def cancel(self) -> None:
        """The run is to be thrown away."""
        self.state = RunState.CANCELLING if self.running else RunState.CANCELLED

    def go_on(self) -> None:
        """A new child goes on, from what was saved if anything was."""
        self.state, self.failure = RunState.STARTING, None
        folder = self.run_folder
        if folder is not None:  # saved by a child that nobody listened to any more, or deleted
            self.saved = any((folder / name).is_file() for name in _CHECKPOINTS)
        if not self.saved:
            self.losses.clear()
            self.looks.clear()
            self.step, self.share, self.best = 0, 0.0, None

    # --- the events ----------------------------------------------------------------------------

    def _advance(self, state: RunState) -> None:
        """The child's own progress, which never hides what it was asked to do."""
        if self.state in _AT_WORK and self.state is not RunState.FINISHING:
            self.state = state

    def _take_run(self, event: Mapping[str, Any]) -> None:
        self.run_folder, self.device = Path(event["folder"]), event["device"]

    def _take_decoding(self, event: Mapping[str, Any]) -> None:
        self.decoded = (event["done"], event["total"])
        self._advance(RunState.READING)

    def _take_comparing(self, event: Mapping[str, Any]) -> None:
        self._advance(RunState.COMPARING)

    def _take_pictures(self, event: Mapping[str, Any]) -> None:
        self.folder = folder_news(event)
        self._advance(RunState.TRAINING)

    def _take_step(self, event: Mapping[str, Any]) -> None:
        self.step, self.share = event["step"], event["share"]
        self.pictures_per_second = event["pictures_per_second"]
        self.seconds_left = event["seconds_left"]
        _forget_from(self.losses, event["step"])
        _add(self.losses, Losses(event["step"], event["losses"]))
        self._advance(RunState.TRAINING)

    def _take_validation(self, event: Mapping[str, Any]) -> None:
        _forget_from(self.looks, event["step"] + 1)  # step 0 is told twice: start style, new copy
        _add(self.looks, look_of(event))
        self.best = look_of(event, "best", "best_step")
        if event["start"] is not None:  # told again by a run that goes on
            self.start = look_of(event, "start")

    def _take_pages(self, event: Mapping[str, Any]) -> None:
        pages = pages_of(event)
        self.last_pages, self.last_pages_step = self.pages or pages, self.pages_step
        self.pages, self.pages_step = pages, event["step"]

    def _take_checkpoint(self, event: Mapping[str, Any]) -> None:
        self.saved = True

    def _take_finishing(self, event: Mapping[str, Any]) -> None:
        self._advance(RunState.FINISHING)

    def _take_style(self, event: Mapping[str, Any]) -> None:
        self.style = style_news(event)

    def _take_failed(self, event: Mapping[str, Any]) -> None:
        self.failure = failure_of(event)


class FolderLook:
    """What a child that only looks at a folder has told so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.decoded = (0, 0)
        self.news: FolderNews | None = None
        self.failure: Failure | None = None
        self.ended = False

    def take_line(self, line: str) -> bool:
        """Take one line of the child; False for one that says nothing."""
        event = event_of(line)
        try:
            match event.get("event"):
                case "decoding":
                    self.decoded = (event["done"], event["total"])
                case "pictures":
                    self.news = folder_news(event)
                case "failed":
                    self.failure = failure_of(event)
                case _:
                    return False
        except (KeyError, TypeError, ValueError):
            return False
        return True

    @property
    def usable(self) -> bool:
        """Whether there is anything to train on."""
        return self.news is not None and self.news.used > 0


def _forget_from(points: list[Any], step: int) -> None:
    """Drop the points from `step` on: a run that goes on from a checkpoint makes them anew."""
    while points and points[-1].step >= step:
        points.pop()


def _add(points: list[Any], newest: Any) -> None:
    """Add to a curve. Once there are too many points, every second one goes; the newest stays."""
    points.append(newest)
    if len(points) > MOST_POINTS:
        del points[:-1:2]


_TAKES: dict[str, Callable[[TrainingRun, Mapping[str, Any]], None]] = {
    "run": TrainingRun._take_run,
    "decoding": TrainingRun._take_decoding,
    "comparing": TrainingRun._take_comparing,
    "pictures": TrainingRun._take_pictures,
    "step": TrainingRun._take_step,
    "validation": TrainingRun._take_validation,
    "pages": TrainingRun._take_pages,
    "checkpoint": TrainingRun._take_checkpoint,
    "finishing": TrainingRun._take_finishing,
    "style": TrainingRun._take_style,
    "failed": TrainingRun._take_failed,
}
