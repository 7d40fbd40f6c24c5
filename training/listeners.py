"""Who hears of a training run: a bar on the terminal, JSON lines for the window, a CSV log."""

import csv
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from colorstudio.core.streams import write_line
from training.judge import ValidationNews
from training.talk import Talk
from training.trainer import StepNews

_LOG_EVERY = 25
_LONGEST_SILENCE = 1.0
"""Seconds without news of a step, where steps are slow."""


class Quiet:
    """Hears everything and says nothing; the others override what they care for."""

    def stepped(self, news: StepNews) -> None:
        """After every step."""

    def saved(self, checkpoint: Path, step: int) -> None:
        """After every checkpoint."""

    def snapshots(self, pictures: Sequence[Path], step: int) -> None:
        """After every round of snapshot pictures."""

    def validated(self, news: ValidationNews) -> None:
        """After every look at the held-back pages."""

    def ended(self) -> None:
        """After the last step, whatever ended the run."""


class ConsoleBar(Quiet):
    """One readable line that renews itself; on a pipe, a plain line now and then."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._bar: Any = None
        self._judged = ""

    def validated(self, news: ValidationNews) -> None:
        best = "" if news.best_step == news.step else f" (best {news.best.greyscale:.2f})"
        self._judged = f"unseen pages {news.figures.greyscale:.2f} dB{best}, "
        if not self._is_terminal():
            write_line(self._stream, _verdict(news))

    def stepped(self, news: StepNews) -> None:
        if not self._is_terminal():
            if news.step % (_LOG_EVERY * 4) == 0:
                write_line(self._stream, _line(news))
            return
        if self._bar is None:
            layout = "{percentage:3.0f} %|{bar}| {desc}"
            self._bar = tqdm(total=1000, file=self._stream, bar_format=layout)
        self._bar.n = int(news.share * 1000)
        self._bar.set_description_str(self._judged + _line(news))
        if news.share >= 1:
            self._bar.close()

    def ended(self) -> None:
        if self._bar is not None:  # what is said next begins on a line of its own
            self._bar.close()

    def _is_terminal(self) -> bool:
        return self._stream is not None and self._stream.isatty()


class JsonLines(Talk, Quiet):
    """One object per line, as the window and scripts read it."""

    def __init__(self, stream: TextIO | None = None) -> None:
        super().__init__(stream)
        self._told = 0.0

    def stepped(self, news: StepNews) -> None:
        silent = time.monotonic() - self._told
        if news.step % _LOG_EVERY and news.share < 1 and silent < _LONGEST_SILENCE:
            return
        self._told = time.monotonic()
        self.say(
            "step",
            step=news.step,
            losses={name: round(value, 6) for name, value in news.losses.items()},
            pictures_per_second=round(news.pictures_per_second, 2),
            seconds_left=None if news.seconds_left is None else round(news.seconds_left, 1),
            share=round(news.share, 4),
        )

    def saved(self, checkpoint: Path, step: int) -> None:
        self.say("checkpoint", path=str(checkpoint), step=step)

    def snapshots(self, pictures: Sequence[Path], step: int) -> None:
        self.say("snapshots", paths=[str(path) for path in pictures], step=step)

    def validated(self, news: ValidationNews) -> None:
        self.say(
            "validation",
            step=news.step,
            pages=news.pages,
            psnr=news.figures.to_dict(),
            best=news.best.to_dict(),
            best_step=news.best_step,
            start=None if news.start is None else news.start.to_dict(),
        )


class CsvLog(Quiet):
    """The losses over time, for a spreadsheet; goes on where an earlier run ended."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def stepped(self, news: StepNews) -> None:
        if news.step % _LOG_EVERY:
            return
        new = not self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        names = sorted(news.losses)
        with self._path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if new:
                writer.writerow(["step", "pictures_per_second", *names])
            rate = f"{news.pictures_per_second:.2f}"
            writer.writerow([news.step, rate, *(f"{news.losses[n]:.6f}" for n in names)])


def _line(news: StepNews) -> str:
    losses = " ".join(f"{name} {value:.4f}" for name, value in sorted(news.losses.items()))
    left = "" if news.seconds_left is None else f", {_clock(news.seconds_left)} left"
    return f"step {news.step}, {news.pictures_per_second:.0f} pictures/s{left}: {losses}"


def _verdict(news: ValidationNews) -> str:
    """`step 120, 3 unseen pages: 24.10 dB (best 24.30 at step 90)`"""
    figures = f"{news.figures.greyscale:.2f} dB"
    if news.figures.lineart is not None:
        figures += f", line art {news.figures.lineart:.2f}"
    best = f"best {news.best.greyscale:.2f} at step {news.best_step}"
    pages = "1 unseen page" if news.pages == 1 else f"{news.pages} unseen pages"
    return f"step {news.step}, {pages}: {figures} ({best})"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
