"""The two recipes: which networks, which losses, and one step of each network.

A recipe knows nothing of files, clocks or screens; the trainer calls `step` and tells
its listeners.
"""

import math
from typing import Any, Protocol, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.utils import clip_grads_with_norm_, get_total_norm
from torch.optim import Adam, Optimizer

from colorstudio.core.yuv import offsets_of
from training.batches import Batch, Mix
from training.classic import ClassicDiscriminator, ClassicGenerator
from training.devices import average_gradients
from training.networks import PatchDiscriminator, StudioGenerator
from training.options import TrainOptions

Network = TypeVar("Network", bound=nn.Module)

BETAS = (0.5, 0.999)

STUDIO_BETAS = (0.9, 0.999)
"""The studio's generator follows mostly its pixel losses, which more momentum serves better."""

LONGEST_GRADIENT = 5.0
"""Studio gradients are cut to this length, a little above the usual 4: without it, one bad
step at a raised learning rate once drove every colour to the rim, from where none returns."""
NO_CLOSER = 1e-3
"""A mean square error of R, G, B (0..1) below which being closer is worth little more: 30 dB."""

ADVERSARIAL_EVERY = 2
"""The studio's discriminator speaks at every second step: half its price, most of its worth."""


class Recipe(Protocol):
    """What the trainer needs of a recipe."""

    name: str
    mix: Mix
    multiple: int  # sides of the crops are whole multiples of this
    slows_down: bool  # whether the learning rate falls toward the end
    generator: nn.Module
    discriminator: nn.Module
    generator_optimizer: Optimizer
    discriminator_optimizer: Optimizer

    def step(self, batch: Batch, number: int) -> dict[str, Tensor]:
        """One turn of the discriminator and the generator; the losses by name."""
        ...

    @staticmethod
    def paint(generator: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        """Chroma and paint luma of a batch, by any generator of this recipe's shape."""
        ...


class ClassicRecipe:
    """BCE on one verdict per picture plus a weighted mean square error of chroma."""

    name = "classic"
    mix = Mix(line_art=0.0, palette=0.0, hints=0.0, recolour=0.0)
    multiple = 16
    slows_down = False

    def __init__(self, options: TrainOptions, device: torch.device) -> None:
        self.options = options
        self.generator = ClassicGenerator().to(device)
        self.discriminator = ClassicDiscriminator().to(device)
        self.generator_optimizer = Adam(self.generator.parameters(), options.g_lr, BETAS)
        self.discriminator_optimizer = Adam(self.discriminator.parameters(), options.d_lr, BETAS)

    def step(self, batch: Batch, number: int) -> dict[str, Tensor]:
        losses = {"d": self._discriminator_step(batch)}
        if number % self.options.g_every == 0:
            losses |= self._generator_step(batch)
        return losses

    @staticmethod
    def paint(generator: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        return generator(batch.luma), batch.luma

    def _discriminator_step(self, batch: Batch) -> Tensor:
        with torch.no_grad():
            painted = self.generator(batch.luma)
        real = _bce(self.discriminator(batch.luma, batch.chroma), 1.0)
        fake = _bce(self.discriminator(batch.luma, painted), 0.0)
        loss = (real + fake) / 2
        _descend(loss, self.discriminator_optimizer)
        return loss.detach()

    def _generator_step(self, batch: Batch) -> dict[str, Tensor]:
        painted = self.generator(batch.luma)
        pixel = F.mse_loss(painted, batch.chroma)
        fooled = _bce(self.discriminator(batch.luma, painted), 1.0)
        _descend(fooled + self.options.pixel_loss_weight * pixel, self.generator_optimizer)
        return {"g": fooled.detach(), "pixel": pixel.detach()}


class StudioRecipe:
    """One generator for both modes: robust pixel loss, patch verdicts, hints and palettes."""

    name = "studio"
    mix = Mix()
    multiple = 32
    slows_down = True

    def __init__(self, options: TrainOptions, device: torch.device) -> None:
        self.options = options
        self.generator = channels_last(StudioGenerator().to(device))
        self.discriminator = channels_last(PatchDiscriminator().to(device))
        self.generator_optimizer = Adam(self.generator.parameters(), options.g_lr, STUDIO_BETAS)
        self.discriminator_optimizer = Adam(self.discriminator.parameters(), options.d_lr, BETAS)

    def step(self, batch: Batch, number: int) -> dict[str, Tensor]:
        judged = self.options.adversarial_weight > 0 and number % ADVERSARIAL_EVERY == 0
        chroma, paint_luma = self.paint(self.generator, batch)
        losses = _pixel_losses(batch, chroma, paint_luma)
        square_errors = losses["chroma"] + losses["paint"]
        total = self.options.pixel_loss_weight * _as_decibels(square_errors)
        if judged:
            shown = _composite(batch, paint_luma)
            losses["d"] = self._discriminator_step(batch, shown.detach(), chroma.detach())
            self.discriminator.requires_grad_(False)
            losses["g"] = F.softplus(-self.discriminator(shown, chroma)).mean()
            total = total + self.options.adversarial_weight * losses["g"]
        _descend(total, self.generator_optimizer, longest=LONGEST_GRADIENT)
        self.discriminator.requires_grad_(True)
        return {name: loss.detach().mean() for name, loss in losses.items()}

    @staticmethod
    def paint(generator: nn.Module, batch: Batch) -> tuple[Tensor, Tensor]:
        with torch.autocast(batch.luma.device.type, torch.bfloat16, _bfloat16_pays(batch.luma)):
            chroma, paint_luma = generator(batch.luma, batch.hints, batch.palette, batch.mode)
        return chroma.float(), paint_luma.float()

    def _discriminator_step(self, batch: Batch, shown: Tensor, painted: Tensor) -> Tensor:
        real = self.discriminator(_composite(batch, batch.paint_luma), batch.chroma)
        fake = self.discriminator(shown, painted)
        loss = F.softplus(-real).mean() + F.softplus(fake).mean()
        _descend(loss, self.discriminator_optimizer)
        return loss.detach()


RECIPES: dict[str, Any] = {"studio": StudioRecipe, "classic": ClassicRecipe}


def channels_last(network: Network) -> Network:
    """The network with its weights laid out as convolutions read them fastest."""
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return network


def _bfloat16_pays(luma: Tensor) -> bool:
    """Whether convolutions are done in half the time in bf16: on graphics cards, and on processors
    with units of their own for it (AMX). On others it is no faster, and less exact.
    """
    if luma.is_cuda:
        return True
    known: dict[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()  # not in every torch
    return luma.device.type == "cpu" and bool(known.get("amx_bf16"))


def _pixel_losses(batch: Batch, chroma: Tensor, paint_luma: Tensor) -> dict[str, Tensor]:
    """Mean square errors of R, G, B (N,) that are due to chroma, and in line art to paint luma."""
    as_lines = batch.mode[:, None, None, None]
    # Lines alone tell little, and the safest answer to little is grey: there, vivid truth
    # counts more than dull truth.
    vividness = batch.chroma.norm(dim=1, keepdim=True)
    emphasis = torch.where(as_lines > 0, 0.4 + 2 * vividness, 1.0)
    weight = batch.weight * emphasis
    weight = weight / weight.sum(dim=(1, 2, 3), keepdim=True)
    offsets = torch.stack(offsets_of(*(chroma - batch.chroma).unbind(dim=1)), dim=1)
    lighter = (paint_luma - batch.paint_luma) * as_lines
    return {
        "chroma": (offsets.square().mean(dim=1, keepdim=True) * weight).sum(dim=(1, 2, 3)),
        "paint": (lighter.square() * weight).sum(dim=(1, 2, 3)),
    }


def _as_decibels(square_errors: Tensor) -> Tensor:
    """What a batch of mean square errors (N,) costs: the mean of their logarithms.

    This is PSNR turned round, the figure a style is judged by. A crop that can't be guessed
    pulls no harder than one that can, so that vivid pictures don't teach all others to be
    grey, and what hints tell exactly is learnt exactly.
    """
    return torch.log(square_errors + NO_CLOSER).mean()


def _composite(batch: Batch, paint_luma: Tensor) -> Tensor:
    """Luma − 0.5 of what the eye would see: the input's own, or ink multiplied on paint."""
    over_paint = batch.line_layer * (paint_luma + 0.5) - 0.5
    return torch.where(batch.mode[:, None, None, None] > 0, over_paint, batch.luma)


def _bce(verdict: Tensor, truth: float) -> Tensor:
    return F.binary_cross_entropy_with_logits(verdict, torch.full_like(verdict, truth))


def _descend(loss: Tensor, optimizer: Optimizer, longest: float = math.inf) -> None:
    """One step down the loss; a gradient that is no number changes nothing."""
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    weights = [p for group in optimizer.param_groups for p in group["params"]]
    gradients = [p.grad for p in weights if p.grad is not None]
    average_gradients(gradients)
    length = get_total_norm(gradients)
    if torch.isfinite(length):
        clip_grads_with_norm_(weights, longest, length)
        optimizer.step()
