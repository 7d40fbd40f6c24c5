"""Held-back pages as pictures, for a window: the truth, and what is painted before and now.

They are drawn after each look at the held-back pages. Files of the latest two looks are kept, and
those of the first one, which show the style before the training.
"""

from pathlib import Path
from typing import Any

from PIL import Image
from torch import nn

from colorstudio.core.writing import atomic_path
from training.judge import ValidationNews
from training.listeners import JsonLines, Quiet
from training.validation import Paint, Pixels, ValidationSet

MOST_PAGES = 3
_KEPT_LOOKS = 2


class HeldPages(Quiet):
    """Draws into the run folder's `pages` and tells where the pictures lie."""

    def __init__(
        self,
        validation: ValidationSet,
        paint: Paint,
        network: nn.Module,
        run_folder: Path,
        talk: JsonLines,
    ) -> None:
        self._validation, self._paint, self._network = validation, paint, network
        self._folder, self._talk = run_folder / "pages", talk
        self._drawn: list[list[Path]] = []

    def validated(self, news: ValidationNews) -> None:
        self.show(news.step)

    def show(self, step: int) -> None:
        """Draw the pages as the network colours them now. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        rows, drawn = [], []
        for shown in self._validation.shown(self._network, self._paint, MOST_PAGES):
            # Other pages may be held back when a run goes on: theirs are other files.
            page = f"{self._validation.mark[:8]}-{shown.number}"
            name = f"{shown.mode}-{page}"
            files = {
                "truth": self._once(f"truth-{page}", shown.truth),
                "before": self._once(f"{name}-before", shown.painted),
                "painted": self._written(f"{name}-{len(self._drawn)}-{step:07}", shown.painted),
            }
            drawn.append(files["painted"])
            row: dict[str, Any] = {"mode": shown.mode, "page": shown.number}
            rows.append(row | {part: str(path) for part, path in files.items()})
        self._drawn.append(drawn)
        for old in self._drawn[:-_KEPT_LOOKS]:
            for path in old:
                path.unlink(missing_ok=True)
        self._talk.say("pages", step=step, pages=rows)

    def _once(self, name: str, pixels: Pixels) -> Path:
        path = self._folder / f"{name}.png"
        return path if path.is_file() else self._written(name, pixels)

    def _written(self, name: str, pixels: Pixels) -> Path:
        path = self._folder / f"{name}.png"
        with atomic_path(path) as beside:
            Image.fromarray(pixels).save(beside, compress_level=1)
        return path
