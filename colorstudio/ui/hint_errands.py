"""What is done about hints away from the UI thread."""

import logging
from dataclasses import dataclass
from pathlib import Path

from colorstudio.core.failures import ColorStudioError
from colorstudio.core.hint_edits import scaled
from colorstudio.core.hints import HintSet

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Copied:
    """Hints for another picture, and those it had."""

    picture: Path
    before: HintSet
    after: HintSet


def copies_for(source: Path, hints: HintSet, held: dict[Path, HintSet | None]) -> list[Copied]:
    """The hints of one picture for others of any size; held: theirs, where not on the disk yet.

    Pictures that can't be read are left out. Raises ColorStudioError if the source can't be.
    """
    from colorstudio.jobs.guarded_reading import window_reader  # numpy comes with it

    read_size = window_reader("preview").size
    before = read_size(source)
    copies = []
    for picture, its in held.items():
        try:
            after = scaled(hints, before, read_size(picture))
        except ColorStudioError as error:
            _log.warning("no hints copied to %s: %s", ascii(str(picture)), error.failure.sentence)
            continue
        copies.append(Copied(picture, _hints_of(picture) if its is None else its, after))
    return copies


def _hints_of(picture: Path) -> HintSet:
    from colorstudio.jobs.hint_files import read_hints

    try:
        return read_hints(picture)
    except ColorStudioError:
        return HintSet()  # it is set aside as soon as others take its place
