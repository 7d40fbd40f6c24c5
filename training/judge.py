"""The judge of a run: validates now and then, keeps the best weights, and says when to end.

What is judged are the averaged weights. The weights that a run starts from are the first
candidate, so that no style comes out worse than the one it grew from.
"""

import copy
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.checkpoints import BEST, START, UNREADABLE, Checkpoint, load_tensors, save_tensors
from training.memory import MEMORY
from training.validation import Figures, Paint, ValidationSet

COST_SHARE = 0.08
"""At most about this share of the training time goes into validation."""

PATIENCE = 0.3
"""A run ends when its best lies this share of the whole run back …"""
WORSE = 0.1
"""… and the figures since, of the latest _LATEST looks in the mean, are this much below it in dB
of the score. A run that merely stands still goes on: its falling learning rate may yet help."""
_TIMED = 3  # of the latest looks, for how long one takes
_LATEST = 4
STEPS_TO_RECOVER = 100
"""… and so many steps lie between: the first ones, at the full learning rate, throw a finished
style back by a dB or more, and on a slow machine a third of the run may be no more than that."""

LEAST_GAIN = 0.1
"""A result must beat the start by this much, in dB: less is chance on a few pages."""

BLENDS = (0.25, 0.5, 0.75, 1.0)
"""Shares of the best weights against the start's that are tried at the end (WiSE-FT, Wortsman
et al. 2022): half-way weights often do better on unseen pages than either end."""

Weights = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Weights after a step, and what they reach on the held-back pages."""

    weights: Weights
    figures: Figures
    step: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What is exported. start: figures of the style that the run grew from, if it did;
    share: of the trained weights in the blend, 0 where the start itself is best."""

    weights: Weights
    figures: Figures
    step: int
    share: float
    start: Figures | None


@dataclass(frozen=True, slots=True)
class ValidationNews:
    """How the held-back pages stand. start is None for runs from scratch."""

    step: int
    figures: Figures
    best: Figures
    best_step: int
    start: Figures | None
    pages: int


class Judge:
    """Judges the averaged weights of one run in its run folder."""

    def __init__(
        self,
        pages: ValidationSet,
        paint: Paint,
        folder: Path,
        *,
        from_style: bool,
        may_end: bool,
        cost_share: float = COST_SHARE,
    ) -> None:
        """from_style: the run starts from a style's weights, which are a candidate.

        may_end: end a run that has become worse; cost_share: 1 validates after every step.
        """
        self.pages, self.ended = pages, False
        self.looked_at: int | None = None
        self.best: Candidate | None = None
        self.start: Candidate | None = None
        self._paint, self._folder, self._cost_share = paint, folder, cost_share
        self._from_style, self._may_end = from_style, may_end
        self._next = 0.0
        self._seconds: deque[float] = deque(maxlen=_TIMED)
        self._best_share = 0.0
        self._latest: deque[float] = deque(maxlen=_LATEST)

    def begin(
        self, network: nn.Module, step: int, share: float, should_stop: Callable[[], bool]
    ) -> ValidationNews | None:
        """Judge the weights that a run starts or goes on with; None when told to stop.

        share: how much of the run is done, 0..1. Patience counts from here at the earliest.
        Chance weights, with which a run from scratch starts, are no candidate.
        """
        self._best_share = share
        if step > 0:
            self.best = self._kept(BEST, network)
            self.start = self._kept(START, network)
        elif not self._from_style:
            return None
        news = self.look(network, step, share, should_stop)
        if news is not None and step == 0 and self._from_style:
            self.start = self.best
            self._keep(START, self.best)
        return news

    def due(self) -> bool:
        """Whether enough has been trained since the last look."""
        return self.until_due <= 0

    @property
    def until_due(self) -> float:
        """Seconds until the next look is due."""
        return self._next - time.monotonic()

    def look(
        self, network: nn.Module, step: int, share: float, should_stop: Callable[[], bool]
    ) -> ValidationNews | None:
        """Validate a network in evaluation mode and keep its weights if they are the best.

        Sets `ended` where going on makes it worse. Raises ColorStudioError when the disk
        refuses the best weights.
        """
        began = time.monotonic()
        figures = self.pages.figures(network, self._paint, should_stop)
        if figures is None:
            return None
        self.looked_at = step
        self._latest.append(figures.score)
        if self._is_better(figures):
            self._latest.clear()
            self._best_share = share
            self.best = Candidate(_copied(network), figures, step)
            self._keep(BEST, self.best)
        assert self.best is not None
        self.ended = self._may_end and self._is_worse(step, share)
        # The fastest of the last looks: the first one also warms up, and one that was held up is no
        # reason to look less often. On a machine that has become busy all of them take longer.
        self._seconds.append(time.monotonic() - began)
        self._next = time.monotonic() + min(self._seconds) * (1 / self._cost_share - 1)
        start = None if self.start is None else self.start.figures
        best = self.best
        return ValidationNews(step, figures, best.figures, best.step, start, self.pages.count)

    def choose(
        self, network: nn.Module, should_stop: Callable[[], bool] = lambda: False
    ) -> Choice | None:
        """The weights to export, put into the network; None when told to stop.

        Tries blends of start and best, and falls back to the start where nothing beats it.
        """
        best, start = self.best, self.start
        if best is None:
            return None
        if start is None:
            network.load_state_dict(best.weights)
            return Choice(best.weights, best.figures, best.step, 1.0, None)
        chosen = Choice(start.weights, start.figures, start.step, 0.0, start.figures)
        for share in BLENDS if best is not start else ():
            weights = blended(start.weights, best.weights, share)
            network.load_state_dict(weights)
            figures = self.pages.figures(network, self._paint, should_stop)
            if figures is None:
                return None
            needed = start.figures.score + LEAST_GAIN
            if figures.greyscale >= start.figures.greyscale and figures.score > max(
                chosen.figures.score, needed
            ):
                chosen = Choice(weights, figures, best.step, share, start.figures)
        network.load_state_dict(chosen.weights)
        return chosen

    def _is_better(self, figures: Figures) -> bool:
        if self.best is None:
            return True
        # No page in grey may come out worse than before for the sake of line art.
        falls = self.start is not None and figures.greyscale < self.start.figures.greyscale
        return figures.score > self.best.figures.score and not falls

    def _is_worse(self, step: int, share: float) -> bool:
        """Whether the run has stayed below its best for as long as patience lasts."""
        assert self.best is not None
        waited = step - self.best.step >= STEPS_TO_RECOVER and share - self._best_share > PATIENCE
        if len(self._latest) < _LATEST or not waited:
            return False
        return sum(self._latest) / _LATEST < self.best.figures.score - WORSE

    def _keep(self, name: str, candidate: Candidate | None) -> None:
        assert candidate is not None
        facts: dict[str, Any] = {
            "step": candidate.step,
            "figures": candidate.figures.to_dict(),
            "pages": self.pages.mark,
        }
        save_tensors(self._folder / name, Checkpoint(candidate.weights, facts))

    def _kept(self, name: str, network: nn.Module) -> Candidate | None:
        """What lies in the run folder; None where there is none or it is damaged."""
        try:
            kept = load_tensors(self._folder / name)
            figures, step = Figures.from_dict(kept.facts["figures"]), int(kept.facts["step"])
            twin = copy.deepcopy(network)
            twin.load_state_dict(kept.tensors)
        except (*UNREADABLE, RuntimeError):
            return None
        if kept.facts.get("pages") != self.pages.mark:  # others judged: figures are not theirs
            figures = self.pages.figures(twin, self._paint) or figures
        return Candidate(kept.tensors, figures, step)


def blended(start: Weights, end: Weights, share: float) -> Weights:
    """Weights on the straight line from start (share 0) to end (share 1).

    Pages are remembered or not: there is no half-way.
    """
    return {
        name: torch.lerp(start[name], tensor, share)
        if tensor.is_floating_point() and not name.startswith(MEMORY)
        else tensor
        for name, tensor in end.items()
    }


def _copied(network: nn.Module) -> Weights:
    return {name: tensor.detach().cpu().clone() for name, tensor in network.state_dict().items()}
