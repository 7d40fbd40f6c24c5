"""Looks at the regions of the picture in view, away from the UI thread."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from colorstudio.core.modes import Mode

if TYPE_CHECKING:
    from colorstudio.core.flats import Flats
    from colorstudio.core.hints import HintSet
    from colorstudio.core.leaks import Leak
    from colorstudio.core.region_map import RegionMap
    from colorstudio.inference.prepared import PreparedArtwork


@dataclass(frozen=True, slots=True)
class Looks:
    """What is to be found out: where regions lie, and where they leak."""

    regions: bool = False
    leaks: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RegionReply:
    """What was found out about a picture with these hints.

    regions None: it has none, being no line art. leaks None: not looked for.
    """

    number: int
    path: Path
    hints: "HintSet"
    regions: "RegionMap | None" = None
    leaks: "tuple[Leak, ...] | None" = None


@dataclass(slots=True)
class RegionScout:
    """One coloured picture whose regions may be asked for, now or later.

    parts: its regions where flats needed them; else they are found from lines and edits.
    """

    number: int
    path: Path
    prepared: "PreparedArtwork"
    hints: "HintSet"
    mode: Mode
    parts: "Flats | None" = None
    _map: "RegionMap | None" = field(default=None, init=False)
    _leaks: "tuple[Leak, ...] | None" = field(default=None, init=False)

    def look(self, looks: Looks) -> RegionReply:
        """Find out what is wanted, each thing once."""
        if self.mode is not Mode.LINEART:
            return RegionReply(self.number, self.path, self.hints)
        from colorstudio.core.leaks import read_leaks
        from colorstudio.core.region_map import region_map

        parts = self._known_parts()
        if self._map is None:
            self._map = region_map(parts.regions, parts.groups)
        if looks.leaks and self._leaks is None:
            self._leaks = read_leaks(parts, None).leaks
        leaks = self._leaks if looks.leaks else None
        return RegionReply(self.number, self.path, self.hints, self._map, leaks)

    def _known_parts(self) -> "Flats":
        import numpy as np

        from colorstudio.core.flats import Flats, grouped_as_edited

        if self.parts is None:
            lines = self.prepared.as_line_art
            regions = lines.regions(lines.reading.ink, self.hints.edits)
            groups = grouped_as_edited(regions, self.hints)
            # Without paint there are no colours, and nothing here asks for them.
            self.parts = Flats(regions, groups, np.zeros((regions.count, 3), np.uint8))
        return self.parts
