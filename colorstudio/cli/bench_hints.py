"""How long the window takes from a placed hint to the new picture, measured on its own thread."""

import time
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from colorstudio.core.failures import ColorStudioError, Failure, FailureKind
from colorstudio.core.hints import Hint, HintSet
from colorstudio.inference.colorizer import Colorizer

if TYPE_CHECKING:
    from colorstudio.ui.preview_worker import PreviewThread

_COLORS = ("#d04030", "#3060d0", "#40a050")
_PATIENCE = 60_000  # milliseconds for one picture, on the slowest machine


@dataclass(frozen=True, slots=True)
class HintTimes:
    """Seconds from the release of the mouse: to the first picture in the new colours, which of a
    large page is a smaller one, and to the whole one."""

    first: float
    whole: float


def hint_to_picture(colorizer: Colorizer, page: Path, rounds: int = 15) -> list[HintTimes]:
    """How long the canvas waits for the picture that it paints next, in each round.

    The picture is in view already, as it is when a hint is placed. Two hints lie on it, and each
    round moves one and gives it another colour. What is left out is the painting itself.
    """
    from PySide6.QtCore import QCoreApplication

    from colorstudio.ui.colorizer_source import ColorizerSource
    from colorstudio.ui.preview_worker import PreviewThread

    app = QCoreApplication.instance() or QCoreApplication([])
    thread = PreviewThread(ColorizerSource(lambda style, device: colorizer))
    times = []
    try:
        for number, color in zip(range(rounds + 2), cycle(_COLORS), strict=False):
            hints = HintSet((Hint(300, 200, 8, "#f0c040"), Hint(700 + number, 500, 8, color)))
            times.append(_wait_for_picture(thread, page, hints))
    finally:
        thread.leave()
        thread.wait()
        app.processEvents()
    return times[2:]  # the first reads the file, the second warms up


def _wait_for_picture(thread: "PreviewThread", page: Path, hints: HintSet) -> HintTimes:
    from PySide6.QtCore import QEventLoop, QTimer

    from colorstudio.ui.preview_worker import PreviewReply

    loop, failures, pictures = QEventLoop(), list[Failure](), list[float]()

    def take(reply: PreviewReply) -> None:
        if reply.failure is not None:
            failures.append(reply.failure)
        if reply.colored is not None:
            pictures.append(time.perf_counter())
        if reply.last:
            loop.quit()

    thread.replied.connect(take)
    started = time.perf_counter()
    thread.show_picture(page, "", None, hints=hints)
    QTimer.singleShot(_PATIENCE, loop, loop.quit)
    loop.exec()
    thread.replied.disconnect(take)
    for failure in failures:
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail)
    if not pictures:
        raise ColorStudioError(FailureKind.INTERNAL, "No picture came in time.")
    return HintTimes(pictures[0] - started, pictures[-1] - started)
