"""The pictures of the folder in view with what is known of each; plain values without a window."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from colorstudio.core.modes import Mode


class PictureState(StrEnum):
    """How far a picture has come."""

    NOT_YET = "not yet"
    DONE = "done"
    FAILED = "failed"


class Sorting(StrEnum):
    """In which order pictures are shown."""

    NAME = "name"  # naturally: page 2 before page 10
    DATE = "date"  # the newest first
    SIZE = "size"  # the largest first


@dataclass(frozen=True, slots=True)
class Mark:
    """What is known of a picture. mode: as it was coloured, if that is known."""

    state: PictureState = PictureState.NOT_YET
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as it was when the folder was listed. size: bytes; modified: nanoseconds."""

    size: int = 0
    modified: int = 0


_UNMARKED = Mark()
_NO_FACTS = FileFacts()


class Shelf:
    """All pictures that were listed, and which of them are to be shown, in which order.

    What the queue told of a picture stays known while the artist looks into other folders.
    """

    def __init__(self) -> None:
        self.sorting = Sorting.NAME
        self.wanted: PictureState | None = None  # None: all are shown
        self._paths: tuple[Path, ...] = ()
        self._facts: Mapping[Path, FileFacts] = {}
        self._done: Collection[Path] = frozenset()
        self._stale: frozenset[Path] = frozenset()
        self._told: dict[Path, Mark] = {}

    def put(
        self,
        paths: Iterable[Path],
        facts: Mapping[Path, FileFacts] | None = None,
        done: Collection[Path] = frozenset(),
        stale: frozenset[Path] = frozenset(),
    ) -> set[Path]:
        """List these, in natural order; gives those that were listed before and have changed.

        done: such as have results on the disk. stale: such as have results of ours that are out
        of date, because hints, palette, style or the picture itself changed since.
        """
        self._stale = stale
        before, self._facts = self._facts, facts or {}
        self._paths, self._done = tuple(paths), done
        known = (path for path in self._paths if path in before and path in self._facts)
        return {path for path in known if before[path] != self._facts[path]}

    def tell(self, marks: Mapping[Path, Mark]) -> None:
        """The queue says how far these have come."""
        self._told.update(marks)
        self._stale -= marks.keys()  # what is told is newer than what was listed

    def mark_of(self, path: Path) -> Mark:
        """What is known of a picture."""
        told = self._told.get(path)
        if path in self._stale:
            return Mark(PictureState.NOT_YET, told.mode if told else None)
        if told is not None and told.state is not PictureState.NOT_YET:
            return told
        if path in self._done:
            return Mark(PictureState.DONE, told.mode if told else None)
        return told or _UNMARKED

    @property
    def total(self) -> int:
        """How many pictures are listed, shown or not."""
        return len(self._paths)

    def visible(self) -> list[Path]:
        """The pictures to show, in order."""
        shown = list(self._paths)
        if self.wanted is not None:
            shown = [path for path in shown if self.mark_of(path).state is self.wanted]
        if self.sorting is Sorting.DATE:
            shown.sort(key=lambda path: -self._facts.get(path, _NO_FACTS).modified)
        elif self.sorting is Sorting.SIZE:
            shown.sort(key=lambda path: -self._facts.get(path, _NO_FACTS).size)
        return shown
