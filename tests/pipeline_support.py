"""What the tests of batches share: a colorizer that paints red, and a queue that is run."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from colorstudio.core.artwork import Artwork
from colorstudio.core.cancel import CancelSource, CancelToken
from colorstudio.core.mode import Mode
from colorstudio.core.naming import Existing
from colorstudio.core.request import Colored, ColorRequest
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.pipeline import run_batch
from colorstudio.jobs.planning import plan_batch
from colorstudio.jobs.queue import JobQueue


class Painter:
    """A colorizer that paints everything one red, and can be made to do worse."""

    def __init__(self, before: Callable[[int, CancelToken], None] | None = None) -> None:
        self.requests: list[ColorRequest] = []
        self._before = before

    def colorize_artwork(
        self, artwork: Artwork, request: ColorRequest, token: CancelToken | None = None
    ) -> Colored:
        assert token is not None
        self.requests.append(request)
        if self._before is not None:
            self._before(len(self.requests), token)
        token.raise_if_cancelled()
        red = np.full((artwork.height, artwork.width, 3), (200, 60, 40), np.uint8)
        mode = request.mode or Mode.GREYSCALE
        return Colored(replace(artwork, pixels=red), mode, "CPU", 0)


class Batch:
    """A queue over pictures in a folder, run, with everything that was reported."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "out"
        self.queue = JobQueue()
        self.stop = CancelSource()
        self.updates: list[JobUpdate] = []

    def draw(self, count: int, size: tuple[int, int] = (24, 16)) -> "Batch":
        for number in range(count):
            shade = 40 + number % 200
            Image.new("L", size, shade).save(self.folder / f"page{number:03}.png")
        return self

    def plan(self, existing: Existing = Existing.SKIP) -> "Batch":
        planned = plan_batch([self.folder], self.output, recursive=False, existing=existing)
        self.queue.add(planned.jobs)
        return self

    def run(self, painter: Painter | None = None, **options: object) -> "Batch":
        run_batch(
            self.queue,
            painter or Painter(),
            self.stop.token,
            self.updates.append,
            **options,  # type: ignore[arg-type]
        )
        return self

    @property
    def endings(self) -> dict[int, JobUpdate]:
        ended = [update for update in self.updates if update.state.ended]
        assert len({update.job_id for update in ended}) == len(ended), "an ending came twice"
        return {update.job_id: update for update in sorted(ended, key=lambda u: u.job_id)}

    @property
    def states(self) -> list[JobState]:
        return [ending.state for ending in self.endings.values()]

    def written(self) -> list[str]:
        return sorted(path.name for path in self.output.iterdir()) if self.output.exists() else []
