"""A job (one artwork to colour) and the updates that tell how it goes; plain frozen values."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from colorstudio.core.failures import Failure
from colorstudio.core.modes import Mode

if TYPE_CHECKING:
    from colorstudio.core.leaks import LeakReading


class JobState(StrEnum):
    """Where a job stands; the last four are endings."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """True for a state that a job leaves only by being retried."""
        return self not in (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class Job:
    """One artwork and where its coloured picture goes.

    mode None: found out from the picture. hints None: the hints file beside the picture is used
    when there is one. skip: the target was there already and stays as it is. book: the book
    that the result will be a page of, if it is one. redo: the target is a result of our own that
    is out of date; it is replaced only if nobody has changed it by then. replaces: whatever lies
    at the target may go; without it and redo, a file that came there since stays as it is.
    """

    id: int
    source: Path
    target: Path
    mode: Mode | None = None
    hints: Path | None = None
    skip: bool = False
    book: Path | None = None
    redo: bool = False
    replaces: bool = False

    @property
    def may_replace(self) -> bool:
        """True if what lies at the target now is to go."""
        return self.replaces or self.redo

    @property
    def place(self) -> Path:
        """Where the result is in the end: a page's is in its book, wherever it waits for it."""
        if self.book is None:
            return self.target
        return self.book / Path(*self.target.relative_to(self.book.parent).parts[1:])

    @property
    def original(self) -> Path:
        """The file that is coloured: a page's is its book, known without a look at the disk."""
        if self.book is None:
            return self.source
        return self.source.parents[len(self.place.relative_to(self.book).parts) - 1]

    @property
    def folder(self) -> Path:
        """The folder in which the result is found."""
        return (self.book or self.target).parent

    def to_dict(self) -> dict[str, Any]:
        """Plain values only, for a journal or another machine; from_dict reads them back."""
        return {
            "id": self.id,
            "source": str(self.source),
            "target": str(self.target),
            "mode": None if self.mode is None else str(self.mode),
            "hints": None if self.hints is None else str(self.hints),
            "skip": self.skip,
            "book": None if self.book is None else str(self.book),
            "redo": self.redo,
            "replaces": self.replaces,
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Self:
        """Read what to_dict wrote. Raises KeyError or ValueError for anything else."""
        mode, hints, book = values.get("mode"), values.get("hints"), values.get("book")
        return cls(
            id=int(values["id"]),
            source=Path(values["source"]),
            target=Path(values["target"]),
            mode=None if mode is None else Mode(mode),
            hints=None if hints is None else Path(hints),
            skip=bool(values.get("skip", False)),
            book=None if book is None else Path(book),
            redo=bool(values.get("redo", False)),
            replaces=bool(values.get("replaces", False)),
        )


@dataclass(frozen=True, slots=True)
class JobUpdate:
    """What is now true of a job.

    progress: 0..1, never falling while the job runs. seconds: time worked on the job, without
    waiting for others, by a monotonic clock. warnings: whole sentences. changed_luma: pixels
    whose luma moved by more than 1/255, None in line-art mode and for a JPEG, which rounds luma
    while it is written. changed_lines: line pixels that became fainter, in line-art mode only.
    leaks: what the leak meter read, where that was asked for. failure: with FAILED always; with
    CANCELLED when something other than the artist stopped the batch.
    """

    job_id: int
    state: JobState
    progress: float = 0.0
    mode: Mode | None = None
    provider: str = ""
    seconds: float = 0.0
    failure: Failure | None = None
    warnings: tuple[str, ...] = ()
    changed_luma: int | None = None
    changed_lines: int | None = None
    leaks: "LeakReading | None" = None
