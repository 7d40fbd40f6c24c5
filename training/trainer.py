"""The training loop: batches in, weights and news out. It neither prints nor draws.

Listeners are told of steps, validations, checkpoints and snapshots; whoever started the run
says by `should_stop` when it has to end, and so does the judge. Every ending saves first.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from colorstudio.core.failures import ColorStudioError, FailureKind
from training.averaging import RunningAverage
from training.batches import Batch
from training.checkpoints import (
    Checkpoint,
    load_checkpoint,
    load_optimizer,
    optimizer_tensors,
    save_checkpoint,
)
from training.devices import Crew
from training.judge import Judge, ValidationNews
from training.memory import PaletteMemory, RememberedPages
from training.options import TrainOptions
from training.recipes import RECIPES, Recipe

CONSTANT_SHARE = 0.6
"""Where the recipe slows down, the learning rate stays for this share of the run, then falls in
a straight line."""
LAST_RATE = 0.02
MOST_BAD_STEPS = 20
SAVE_SECONDS = 60.0
"""A killed run loses no more than this, however slow its steps are."""
_SMOOTHING = 0.98


@dataclass(frozen=True, slots=True)
class StepNews:
    """How the run stands after a step. Losses are smoothed; seconds_left None: not known."""

    step: int
    losses: dict[str, float]
    pictures_per_second: float
    seconds_left: float | None
    share: float


class Listener(Protocol):
    """Who wants to hear of a run."""

    def stepped(self, news: StepNews) -> None: ...

    def saved(self, checkpoint: Path, step: int) -> None: ...

    def snapshots(self, pictures: Sequence[Path], step: int) -> None: ...

    def validated(self, news: ValidationNews) -> None: ...


class Trainer:
    """One run of a recipe in its run folder, or one process's part of it.

    judge: validates on held-back pages; only the leader of a crew has one. Without a crew this
    process trains alone on `device`.
    """

    def __init__(
        self,
        options: TrainOptions,
        folder: Path,
        batches: Callable[[int], Batch],
        device: torch.device,
        *,
        listeners: Sequence[Listener] = (),
        draw_snapshots: Callable[[nn.Module, Path, int], list[Path]] | None = None,
        judge: Judge | None = None,
        crew: Crew | None = None,
    ) -> None:
        self.options, self.folder, self.device = options, folder, device
        torch.manual_seed(options.seed)  # the first weights are part of what a seed fixes
        self.recipe: Recipe = RECIPES[options.recipe](options, device)
        self.average = RunningAverage(self.recipe.generator)
        self.step, self.seconds = 0, 0.0
        self._batches, self._listeners = batches, list(listeners)
        self._draw_snapshots, self._judge = draw_snapshots, judge
        self._crew = crew or Crew(device)
        self._losses: dict[str, float] = {}
        self._bad_steps = 0
        self._pages: RememberedPages | None = None
        self._saved = 0.0  # when the latest checkpoint was written

    def run(self, should_stop: Callable[[], bool] = lambda: False) -> None:
        """Train until the options' end, or until told to stop by `should_stop` or the judge.

        Saves before it returns, if a step was made. In a crew all processes end together,
        whoever was told.
        """
        before, first = time.monotonic(), self.step
        self._saved = before
        earlier = self.seconds
        try:
            self._begin_judging(should_stop)
            self._crew.align(self._networks())
            while self._goes_on(should_stop, earlier + time.monotonic() - before):
                self._one_step()
                took = time.monotonic() - before
                self.seconds = earlier + took
                self._tell(first, took)
                if self._judge is not None and self._judge.due():
                    self._look(should_stop)
                if self.step % self.options.snapshot_every == 0:
                    if not self.save():
                        raise _no_numbers("weights that are no numbers")
                    self._snapshot()
                elif time.monotonic() - self._saved > SAVE_SECONDS:
                    self.save()
            if self._judge is not None and self.finished and self._judge.looked_at != self.step:
                self._look(should_stop)
        finally:
            # Before the first step there is nothing to go on with: what lies in memory by then is
            # neither the start that the run is judged by nor training.
            if self.step > 0:
                self.save()

    def also_tell(self, listener: Listener) -> None:
        """Add one who wants to hear of the run, and needs the run itself for it."""
        self._listeners.append(listener)

    @property
    def ended(self) -> bool:
        """Whether the judge has ended the run before the options' end."""
        return self._judge is not None and self._judge.ended

    def resume(self) -> None:
        """Go on from the newest whole checkpoint in the run folder."""
        load_checkpoint(self.folder, accept=self.restore)

    def start_from(self, weights: dict[str, Tensor], pages: RememberedPages | None = None) -> None:
        """Begin with a style's weights instead of chance ones.

        pages: of the training folder. The run goes on with their palettes in memory; the start
        that it is judged by is the style as it was.
        """
        self.recipe.generator.load_state_dict(weights)
        self.average.network.load_state_dict(weights)
        self._pages = pages

    def restore(self, checkpoint: Checkpoint) -> None:
        """Take networks, averages, optimisers and counts from a checkpoint."""
        recipe = self.recipe
        recipe.generator.load_state_dict(checkpoint.part("generator"))
        recipe.discriminator.load_state_dict(checkpoint.part("discriminator"))
        self.average.network.load_state_dict(checkpoint.part("average"))
        load_optimizer(recipe.generator_optimizer, checkpoint.part("g_optimizer"))
        load_optimizer(recipe.discriminator_optimizer, checkpoint.part("d_optimizer"))
        self.step = int(checkpoint.facts["step"])
        self.seconds = float(checkpoint.facts["seconds"])
        self._losses = dict(checkpoint.facts["losses"])
        self.average.updates = int(checkpoint.facts["updates"])

    def save(self) -> bool:
        """Write a checkpoint; False where weights are no numbers: then the last good one stays."""
        self._saved = time.monotonic()
        if not all(all_finite(network) for network in self._networks()):
            return False
        if not self._crew.leads:
            return True
        path = save_checkpoint(self.folder, Checkpoint(self._tensors(), self._facts()))
        for listener in self._listeners:
            listener.saved(path, self.step)
        return True

    def _one_step(self) -> None:
        rate = self._rate()
        for optimizer, base in (
            (self.recipe.generator_optimizer, self.options.g_lr),
            (self.recipe.discriminator_optimizer, self.options.d_lr),
        ):
            for group in optimizer.param_groups:
                group["lr"] = base * rate
        batch = self._crew.part(self._batches(self.step))
        statistics = self._statistics()
        losses = self._crew.mean(self.recipe.step(batch, self.step))
        fine = all(math.isfinite(value) for value in losses.values())
        if not (fine and _finite_together([buffer for buffer, _ in statistics])):
            # The recipe lets no bad gradient reach a weight, but batch norms have seen the batch.
            for buffer, kept in statistics:
                buffer.copy_(kept)
        self.step += 1
        self._take_losses(losses)
        self.average.update(self.recipe.generator)

    def _statistics(self) -> list[tuple[Tensor, Tensor]]:
        """What a step changes beside weights, each with a copy of how it stands now."""
        both = (self.recipe.generator, self.recipe.discriminator)
        return [(buffer, buffer.clone()) for network in both for buffer in network.buffers()]

    def _networks(self) -> tuple[nn.Module, nn.Module, nn.Module]:
        return self.average.network, self.recipe.generator, self.recipe.discriminator

    def _goes_on(self, should_stop: Callable[[], bool], seconds: float) -> bool:
        """Whether another step is made; takes the clock, which has to be the same for a crew."""
        stop, self.seconds = self._crew.agree(should_stop() or self.ended, seconds)
        return not (stop or self.finished)

    def _begin_judging(self, should_stop: Callable[[], bool]) -> None:
        if self._judge is not None:
            self._announce(
                self._judge.begin(self.average.network, self.step, self._share(), should_stop)
            )
        if self.step == 0 and self._pages is not None:
            for network in (self.average.network, self.recipe.generator):
                assert isinstance(network.memory, PaletteMemory)
                network.memory.remember(self._pages)
            if self._judge is not None:
                self._look(should_stop)

    def _look(self, should_stop: Callable[[], bool]) -> None:
        assert self._judge is not None
        self._announce(
            self._judge.look(self.average.network, self.step, self._share(), should_stop)
        )

    def _announce(self, news: ValidationNews | None) -> None:
        if news is not None:
            for listener in self._listeners:
                listener.validated(news)

    def _take_losses(self, losses: dict[str, float]) -> None:
        if not all(math.isfinite(value) for value in losses.values()):
            self._bad_steps += 1
            if self._bad_steps >= MOST_BAD_STEPS:
                raise _no_numbers(f"{MOST_BAD_STEPS} steps in a row")
            return
        self._bad_steps = 0
        for name, value in losses.items():
            old = self._losses.get(name, value)
            self._losses[name] = _SMOOTHING * old + (1 - _SMOOTHING) * value

    @property
    def finished(self) -> bool:
        """Whether the run has come to the end that its options set."""
        return self._share() >= 1

    def _share(self) -> float:
        """How much of the run is done, 0..1."""
        shares = [0.0]
        if self.options.steps is not None:
            shares.append(self.step / max(1, self.options.steps))
        if self.options.minutes is not None:
            shares.append(self.seconds / max(1e-9, self.options.minutes * 60))
        return max(shares)

    def _rate(self) -> float:
        if not self.recipe.slows_down:
            return 1.0
        falling = max(0.0, self._share() - CONSTANT_SHARE) / (1 - CONSTANT_SHARE)
        return max(LAST_RATE, 1 - falling)

    def _tell(self, first: int, took: float) -> None:
        share = min(1.0, self._share())
        left = None if share <= 0 else self.seconds * (1 - share) / share
        rate = (self.step - first) * self.options.batch_size / max(1e-9, took)
        news = StepNews(self.step, dict(self._losses), rate, left, share)
        for listener in self._listeners:
            listener.stepped(news)

    def _snapshot(self) -> None:
        if self._draw_snapshots is None:
            return
        pictures = self._draw_snapshots(self.average.network, self.folder, self.step)
        for listener in self._listeners:
            listener.snapshots(pictures, self.step)

    def _tensors(self) -> dict[str, Tensor]:
        recipe = self.recipe
        parts = {
            "generator": recipe.generator.state_dict(),
            "discriminator": recipe.discriminator.state_dict(),
            "average": self.average.network.state_dict(),
        }
        named = {f"{part}.{k}": v for part, state in parts.items() for k, v in state.items()}
        named |= optimizer_tensors(recipe.generator_optimizer, "g_optimizer")
        return named | optimizer_tensors(recipe.discriminator_optimizer, "d_optimizer")

    def _facts(self) -> dict[str, Any]:
        return {
            "step": self.step,
            "seconds": self.seconds,
            "updates": self.average.updates,
            "losses": self._losses,
            "options": self.options.to_dict(),
        }


def _no_numbers(detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.BAD_NUMBERS,
        "The training ran into numbers that are none and was stopped. The last good state is "
        "kept; go on from it with --resume and smaller learning rates.",
        detail,
    )


def _finite_together(tensors: Sequence[Tensor]) -> bool:
    """Whether all are numbers, by one look at their sum: a card is asked only once."""
    return not tensors or bool(
        torch.isfinite(torch.stack([t.float().sum() for t in tensors]).sum())
    )


def all_finite(network: nn.Module) -> bool:
    """Whether every weight is a number."""
    return all(bool(torch.isfinite(tensor).all()) for tensor in network.state_dict().values())
