"""What the program remembers from one start to the next: one small file of plain values."""

import contextlib
import json
import logging
import os
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from colorstudio.core import places
from colorstudio.core.modes import Mode
from colorstudio.core.output_options import PLAIN_NAMES, Existing, OutputFormat
from colorstudio.core.small_files import read_within
from colorstudio.ui.language import Language
from colorstudio.ui.plain_coloring import coloring_text
from colorstudio.ui.session import Wishes
from colorstudio.ui.theme import ThemeChoice

MOST_RECENT = 8

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """Wishes of the artist that outlive the window; the defaults are those of the first start.

    output: a folder for all results, or "" for `colorized` beside the pages. mode: a value of
    Mode, or "" for found out per picture. coloring: palette and flats in one line. geometry,
    docks: Qt's own bytes, as base64. closed: names of panels that are not wanted.
    """

    language: str = Language.SYSTEM
    theme: str = ThemeChoice.SYSTEM
    device: str = "auto"
    output: str = ""
    notify: bool = True
    style: str = "starter"
    mode: str = ""
    fmt: str = OutputFormat.KEEP
    pattern: str = PLAIN_NAMES
    existing: str = Existing.SKIP
    recursive: bool = False
    leaks: bool = False
    skip_coloured: bool = False
    coloring: str = ""
    recent: tuple[str, ...] = field(default=())
    geometry: str = ""
    docks: str = ""
    closed: str = ""

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """Take what fits, and the default for all else: files of other versions are welcome."""
        plain = cls()
        taken: dict[str, Any] = {}
        for known in fields(cls):
            value, default = values.get(known.name), getattr(plain, known.name)
            if known.name == "recent":
                names = value if isinstance(value, list) else []
                taken["recent"] = tuple(v for v in names if isinstance(v, str))[:MOST_RECENT]
            elif isinstance(default, bool):
                taken[known.name] = value if isinstance(value, bool) else default
            elif isinstance(value, str) and value in _ALLOWED.get(known.name, (value,)):
                taken[known.name] = value
        return cls(**taken)

    def wishes(self) -> Wishes:
        """How the artist coloured last, but for `coloring`: its palette takes a while to read."""
        return Wishes(
            recursive=self.recursive,
            fmt=OutputFormat(self.fmt),
            pattern=self.pattern,
            existing=Existing(self.existing),
            mode=Mode(self.mode) if self.mode else None,
            style=self.style,
            leaks=self.leaks,
            skip_coloured=self.skip_coloured,
        )

    def with_wishes(self, wishes: Wishes) -> "Settings":
        """Remember how the artist colours now."""
        return replace(
            self,
            recursive=wishes.recursive,
            fmt=str(wishes.fmt),
            pattern=wishes.pattern,
            existing=str(wishes.existing),
            mode=str(wishes.mode or ""),
            style=wishes.style,
            leaks=wishes.leaks,
            coloring=coloring_text(wishes.coloring),
        )

    def with_recent(self, folder: Path) -> "Settings":
        """That folder was opened last."""
        others = [name for name in self.recent if name != str(folder)]
        return replace(self, recent=(str(folder), *others)[:MOST_RECENT])


_ALLOWED: dict[str, tuple[str, ...]] = {
    "language": tuple(Language),
    "theme": tuple(ThemeChoice),
    "device": ("auto", "cuda", "cpu"),
    "mode": ("", *Mode),
    "fmt": tuple(OutputFormat),
    "existing": tuple(Existing),
}


class SettingsStore:
    """Reads the file once and writes it as a whole; a file that can't be read is set aside."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or places.settings_file()
        self._writing = threading.Lock()
        self._swept = False
        self.value = self._read()

    def save(self) -> None:
        """Write what is remembered. Never raises: settings are no reason to lose work."""
        data = json.dumps(asdict(self.value), indent=2).encode()  # odd names: as escapes
        from colorstudio.core.writing import remove_leftovers, write_bytes_atomic

        try:
            with self._writing:
                if not self._swept:  # what a killed program left
                    remove_leftovers(self._path.parent)
                    self._swept = True
                self._path.parent.mkdir(parents=True, exist_ok=True)
                write_bytes_atomic(self._path, data)
        except OSError as error:
            _log.warning("settings were not saved: %s", error)

    def _read(self) -> Settings:
        try:
            values = json.loads(read_within(self._path))
            if not isinstance(values, dict):
                raise ValueError("no settings in it")
            return Settings.from_dict(values)
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, RecursionError) as error:
            _log.warning("settings can't be read and are set aside: %s", error)
            with contextlib.suppress(OSError):
                os.replace(self._path, self._path.with_name(f"{self._path.name}.bad"))
            return Settings()
