"""Pictures of one name, told apart by where they lie: every chapter has a page 1."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from colorstudio.core.failures import printable
from colorstudio.ui.session import common_folder


class Namesakes:
    """Knows which pictures share their name with others."""

    def __init__(self) -> None:
        self._folders: defaultdict[str, set[Path]] = defaultdict(set)  # that a name lies in
        self._common: dict[str, Path | None] = {}  # what those have in common, once asked for

    def add(self, pictures: Iterable[Path]) -> None:
        """These are in the list as well."""
        for path in pictures:
            self._folders[path.name].add(path.parent)
        self._common.clear()

    def clear(self) -> None:
        """The list is empty."""
        self._folders.clear()
        self._common.clear()

    def place(self, picture: Path) -> str:
        """As much of its folder as tells it from others of its name; "" where there are none."""
        name, folder = picture.name, picture.parent
        if len(self._folders.get(name, ())) < 2:
            return ""
        if name not in self._common:
            self._common[name] = common_folder(self._folders[name])
        common = self._common[name]
        if common is None:  # they lie on several drives
            return printable(str(folder))
        return printable(folder.name if folder == common else str(folder.relative_to(common)))
