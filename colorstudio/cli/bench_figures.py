"""Figures of `bench`: what was measured, beside what, and what it is to reach."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure is to reach. of: which of its numbers; more: larger is better."""

    floor: float
    aim: float
    of: Literal["value", "ratio"] = "value"
    more: bool = False

    def verdict(self, reached: float | None) -> str:
        """ "aim", "floor" or "short"; empty where nothing was measured."""
        if reached is None:
            return ""
        for name, bar in (("aim", self.aim), ("floor", self.floor)):
            if reached >= bar if self.more else reached <= bar:
                return name
        return "short"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    value: the median, in `unit`; None where it could not be measured, with the reason in `note`.
    low, high: the quartiles. ratio: to the baseline, or how many times faster than it.
    """

    what: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    baseline: str = ""
    ratio: float | None = None
    goal: Goal | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """How far the goal is reached; empty without a goal."""
        if self.goal is None:
            return ""
        return self.goal.verdict(self.value if self.goal.of == "value" else self.ratio)

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for JSON."""
        goal = self.goal
        return {
            "what": self.what,
            "value": self.value,
            "unit": self.unit,
            "low": self.low,
            "high": self.high,
            "baseline": self.baseline,
            "ratio": self.ratio,
            "floor": None if goal is None else goal.floor,
            "aim": None if goal is None else goal.aim,
            "goal_of": None if goal is None else goal.of,
            "verdict": self.verdict,
            "note": self.note,
        }

    def as_line(self) -> str:
        """For people: name, median, quartiles, ratio, and what was to be reached."""
        if self.value is None:
            return f"{self.what:42}  {self.note}"
        spread = "" if self.low is None else f"({self.low:.1f}–{self.high:.1f})"
        line = f"{self.what:42}{self.value:9.1f} {self.unit:11}{spread:18}"
        if self.ratio is not None:
            line += f"{self.ratio:6.2f} × {self.baseline}"
        if self.goal is not None:
            sign, unit = "≥" if self.goal.more else "≤", "×" if self.goal.of == "ratio" else ""
            line += f"  [{sign} {self.goal.floor:g}{unit}, aim {self.goal.aim:g}{unit}: "
            line += f"{self.verdict}]"
        return line


def not_measured(what: str, unit: str, why: str, goal: Goal | None = None) -> Figure:
    """A line that says why there is no figure, and when that was so."""
    return Figure(what, None, unit, goal=goal, note=f"not measured on {date.today()}: {why}")


def in_turn(
    actions: Sequence[Callable[[], object]],
    rounds: int,
    *,
    warm_up: bool = True,
    rest: float = 0.0,
) -> list[list[float]]:
    """Seconds of each action in each round, taken in turn; a round before them only warms up.

    Machines are noisy, and what runs side by side in time meets the same noise. rest: seconds
    of quiet before each action: the threads of a library that has just worked go on turning for a
    while, on processors that the next one needs.
    """
    times: list[list[float]] = [[] for _ in actions]
    for number in range(0 if warm_up else 1, rounds + 1):
        for kept, action in zip(times, actions, strict=True):
            time.sleep(rest)
            started = time.perf_counter()
            action()
            if number:
                kept.append(time.perf_counter() - started)
    return times


def timed(
    what: str,
    times: Sequence[float],
    unit: str = "ms",
    *,
    beside: Sequence[float] | None = None,
    baseline: str = "",
    goal: Goal | None = None,
    faster: bool = False,
) -> Figure:
    """A figure of seconds, in ms or s. beside: the baseline's, from the same rounds.

    The ratio is the median over the rounds: how many times the baseline that is, or, with
    `faster`, how many times faster it is.
    """
    scale = 1000.0 if unit == "ms" else 1.0
    low, high = quartiles(times)
    ratio = None
    if beside is not None:
        pairs = zip(times, beside, strict=True)
        ratio = statistics.median(b / a if faster else a / b for a, b in pairs)
    median = statistics.median(times)
    return Figure(what, median * scale, unit, low * scale, high * scale, baseline, ratio, goal)


def quartiles(values: Sequence[float]) -> tuple[float, float]:
    """Between which the middle half of the values lies."""
    if len(values) < 2:
        return values[0], values[0]
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high
