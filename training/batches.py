"""Batches made in bulk on the training device: crops, flips, lines, hints, palettes.

Nothing here loops over pictures. All chance comes from one generator seeded by run seed
and step, so that a resumed run draws the very batches an unbroken one would have drawn.
"""

from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

from colorstudio.core.yuv import chroma_of, luma_of, offsets_of
from training.lines import draw_lines, vary_lines
from training.memory import RememberedPages
from training.panels import in_panels
from training.pictures import LEVELS, PictureStore
from training.telling import simulated_hints, simulated_palettes

_GAMMA_SPREAD = 0.25

_CARD_SHARE = 0.3
"""Of a graphics card's free memory that decoded pictures may take."""

_LEVEL_SHARES = torch.tensor([0.5, 0.3, 0.2])
"""How often a batch is cut from which of LEVELS: what a thing is shows in the wider views."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How often a sample is what; shares in 0..1."""

    line_art: float = 0.4
    own_lines: float = 0.6  # of the line art, where the store holds any by an artist's hand
    palette: float = 0.25
    hints: float = 0.3
    recolour: float = 0.3  # of those that are told something
    neighbour: float = 0.2  # of the palettes: taken from the next picture, as from a reference
    few_colours: float = 0.25  # of the palettes: of a few pixels only, as from a palette file
    dots: float = 0.15  # of the hints: left as dots, not spread over the picture
    lightened: float = 0.3  # of all: with another gamma, as scans differ
    panels: float = 0.0  # of those without a palette: with a part of another picture beside it
    narrowest: float = 1.0  # the smallest crop's side, as a share of the largest one's


STARTER_MIX = Mix(panels=0.4, narrowest=0.6)
"""For the starter, which would learn its few thousand pages by heart if it saw them whole."""

OWN_STYLE_MIX = Mix(line_art=0.3, palette=0.1, hints=0.2)
"""For a style of one's own: mostly pages of which nothing is told, as the artist will have them."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What the networks see. N pictures of H × W; ranges as in the generator's contract.

    luma (N,1,H,W) input luma − 0.5; hints (N,3,H,W); palette (N,P); mode (N,);
    chroma (N,2,H,W) and paint_luma (N,1,H,W) are the truth; line_layer (N,1,H,W) is the
    line art, 1 in greyscale samples; weight (N,1,H,W) tells how much a pixel counts:
    under ink nobody sees the paint.
    """

    luma: Tensor
    hints: Tensor
    palette: Tensor
    mode: Tensor
    chroma: Tensor
    paint_luma: Tensor
    line_layer: Tensor
    weight: Tensor

    def part(self, rank: int, size: int) -> "Batch":
        """Every size-th sample from the rank-th on: line art and greyscale in every part."""
        rows = {f.name: getattr(self, f.name)[rank::size].contiguous() for f in fields(self)}
        return Batch(**rows)


class BatchMaker:
    """Draws batch number `step` of a run; the same step always gives the same batch."""

    def __init__(
        self,
        store: PictureStore,
        *,
        batch_size: int,
        crop: int,
        seed: int,
        device: torch.device,
        mix: Mix | None = None,
        multiple: int = 32,
        pages: RememberedPages | None = None,
    ) -> None:
        """crop: side of the samples; less where a level is smaller, always whole multiples.

        pages: samples that are told no palette get what the style remembers of the other pages.
        """
        canvases = {level: torch.from_numpy(store.canvases[level]) for level in LEVELS}
        self._canvases = _near(canvases, device)
        self._sizes = {level: torch.from_numpy(store.sizes[level]) for level in LEVELS}
        self._has_lines = torch.from_numpy(store.has_lines)
        self._weights = torch.from_numpy(store.weights)
        self._batch_size, self._crop, self._seed = batch_size, crop, seed
        self._device, self._mix, self._multiple = device, mix or Mix(), multiple
        self._remembered: Tensor | None = None  # (greyscale or line art, pictures, P)
        if pages is not None:
            ways = [pages.of_others(len(store), line_art=as_lines) for as_lines in (False, True)]
            self._remembered = torch.stack(ways).to(device)

    def batch(self, step: int) -> Batch:
        """The batch of this step, on the device."""
        chance = torch.Generator().manual_seed(self._seed * 1_000_003 + step)
        # A share of a small batch is no whole number: chance rounds it, up or down.
        drawn = int(self._batch_size * self._mix.line_art + float(torch.rand(1, generator=chance)))
        index = self._choose(drawn, chance)
        level = LEVELS[int(torch.multinomial(_LEVEL_SHARES, 1, generator=chance))]
        four = self._crops(index, level, chance).to(self._device).float() / 255
        whole = self._whole_pictures(self._referred(index, chance))
        has_lines = self._has_lines[index].to(self._device)
        on_device = torch.Generator(self._device).manual_seed(self._seed * 999_983 + step)
        with_palette = self._rand(on_device, len(index)) < self._mix.palette
        if self._mix.panels:
            may = has_lines == has_lines.roll(-1)  # lines by a hand beside such lines only
            may &= ~with_palette  # which is to be believed: it must tell of all that is seen
            four = in_panels(four, may, self._mix.panels, on_device)
        made = self._assemble(four, has_lines, whole, drawn, with_palette, on_device)
        return self._with_memory(made, index.to(self._device))

    def _choose(self, drawn: int, chance: torch.Generator) -> Tensor:
        """Numbers of the pictures of a batch: first those that become line art, then the others."""
        owned = round(drawn * self._mix.own_lines) if self._has_lines.any() else 0
        rest = self._batch_size - owned
        parts = ((self._weights * self._has_lines, owned), (self._weights, rest))
        return torch.cat(
            [
                torch.multinomial(weights, count, replacement=True, generator=chance)
                for weights, count in parts
                if count
            ]
        )

    def _crops(self, index: Tensor, level: int, chance: torch.Generator) -> Tensor:
        """(N, 4, side, side) uint8, each from a place of its own, half of them mirrored."""
        side = self._side(level, chance)
        count = len(index)
        room = (self._sizes[level][index] - side).clamp(min=0)  # (N, 2)
        corner = (torch.rand(count, 2, generator=chance) * (room + 1)).long()
        steps = torch.arange(side)
        rows = corner[:, :1] + steps
        mirrored = torch.rand(count, 1, generator=chance) < 0.5
        columns = corner[:, 1:] + torch.where(mirrored, steps.flip(0), steps)
        canvases = self._canvases[level]
        index, rows, columns = (places.to(canvases.device) for places in (index, rows, columns))
        return canvases[
            index[:, None, None, None],
            torch.arange(4, device=canvases.device)[None, :, None, None],
            rows[:, None, :, None],
            columns[:, None, None, :],
        ]

    def _side(self, level: int, chance: torch.Generator) -> int:
        """Of a batch's crops: as large as asked for and the level allows, or now and then less."""
        most = max(1, min(self._crop, level) // self._multiple)
        least = max(1, round(most * self._mix.narrowest))
        if least < most:
            most = int(torch.randint(least, most + 1, (1,), generator=chance))
        return most * self._multiple

    def _referred(self, index: Tensor, chance: torch.Generator) -> Tensor:
        """Whose palette each sample is told: its own picture's, or now and then the next one's.

        Neighbours in a folder are mostly pages of one work: so the network learns what the
        palette of another page is worth. Pictures with lines of their own lie in no such order.
        """
        next_one = torch.rand(len(index), generator=chance) < self._mix.neighbour
        next_one &= ~self._has_lines[index]
        return torch.where(next_one, (index + 1) % len(self._has_lines), index)

    def _whole_pictures(self, index: Tensor) -> Tensor:
        """RGB (N, K, 3) of whole pictures, sparsely: what palettes are made of."""
        canvases = self._canvases[LEVELS[-1]]
        small = canvases[index.to(canvases.device)][:, :3, ::4, ::4].to(self._device)
        return small.float().div(255).flatten(2).transpose(1, 2)

    def _assemble(
        self,
        four: Tensor,
        has_lines: Tensor,
        whole: Tensor,
        drawn: int,
        with_palette: Tensor,
        chance: torch.Generator,
    ) -> Batch:
        count, mix = len(four), self._mix
        rgb, whole = self._lightened(four[:, :3], whole, chance)
        luma = luma_of(rgb.movedim(1, -1)).unsqueeze(1)
        chroma = chroma_of(rgb.movedim(1, -1)).movedim(-1, 1)
        # As _choose has put them: the first of a batch become line art.
        mode = (torch.arange(count, device=self._device) < drawn).float()
        with_hints = self._rand(chance, count) < mix.hints
        turned = (with_palette | with_hints) & (self._rand(chance, count) < mix.recolour)
        whole_luma = luma_of(whole)[:, None, :, None]
        whole_chroma = chroma_of(whole).transpose(1, 2).unsqueeze(3)
        turn = self._turns(count, chance)[turned]
        chroma[turned] = _recoloured(luma[turned], chroma[turned], turn)
        whole_chroma[turned] = _recoloured(whole_luma[turned], whole_chroma[turned], turn)
        line_layer = torch.ones_like(luma)
        line_layer[:drawn] = self._lines(rgb[:drawn], four[:drawn, 3:], has_lines[:drawn], chance)
        shown = torch.where(mode[:, None, None, None] > 0, line_layer, luma)
        pixels = whole_luma.flatten(1), whole_chroma.flatten(2).transpose(1, 2)
        return Batch(
            luma=shown - 0.5,
            hints=simulated_hints(shown, chroma, with_hints, mix.dots, chance),
            palette=simulated_palettes(*pixels, with_palette, mix.few_colours, chance),
            mode=mode,
            chroma=chroma,
            paint_luma=luma - 0.5,
            line_layer=line_layer,
            weight=0.05 + 0.95 * line_layer**2,
        )

    def _with_memory(self, batch: Batch, index: Tensor) -> Batch:
        """The batch with what the style remembers, for samples without a palette of their own."""
        if self._remembered is None:
            return batch
        told = self._remembered[batch.mode.long(), index]
        return replace(batch, palette=torch.where(batch.palette[:, -1:] > 0, batch.palette, told))

    def _lightened(
        self, rgb: Tensor, whole: Tensor, chance: torch.Generator
    ) -> tuple[Tensor, Tensor]:
        """Some samples with another gamma, and their whole pictures with the same one."""
        count = len(rgb)
        chosen = self._rand(chance, count) < self._mix.lightened
        drawn = torch.randn(count, generator=chance, device=self._device)
        gamma = torch.where(chosen, torch.exp(_GAMMA_SPREAD * drawn), 1.0)
        return rgb ** gamma[:, None, None, None], whole ** gamma[:, None, None]

    def _lines(self, rgb: Tensor, own: Tensor, has_own: Tensor, chance: torch.Generator) -> Tensor:
        """An artist's own lines where the picture has them, else lines drawn from its colours."""
        lines = own.clone()
        if has_own.any():
            lines[has_own] = vary_lines(own[has_own], chance)
        if not has_own.all():
            lines[~has_own] = draw_lines(rgb[~has_own], chance)
        return lines

    def _rand(self, chance: torch.Generator, *shape: int) -> Tensor:
        return torch.rand(shape, generator=chance, device=self._device)

    def _turns(self, count: int, chance: torch.Generator) -> Tensor:
        """Matrices (N, 2, 2) that turn chroma by any angle and scale it."""
        angle = self._rand(chance, count) * (2 * torch.pi)
        scale = 0.6 + 0.6 * self._rand(chance, count)
        cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
        return torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], dim=1)


def _near(canvases: dict[int, Tensor], device: torch.device) -> dict[int, Tensor]:
    """The canvases, on a graphics card that has ample room for them: there crops cost nothing."""
    if device.type != "cuda":
        return canvases
    needed = sum(canvas.numel() for canvas in canvases.values())
    if needed > _CARD_SHARE * torch.cuda.mem_get_info(device)[0]:
        return canvases
    return {level: canvas.to(device) for level, canvas in canvases.items()}


def _recoloured(luma: Tensor, chroma: Tensor, turn: Tensor) -> Tensor:
    """Chroma (N,2,H,W) turned and scaled, luma kept.

    A green sky can't be guessed: so the network learns to listen to hints and palette.
    """
    return into_gamut(luma, torch.einsum("nij,njhw->nihw", turn, chroma))


def rgb_of(luma: Tensor, chroma: Tensor) -> Tensor:
    """RGB (N,3,H,W) of luma 0..1 (N,1,H,W) and chroma (N,2,H,W), which is pulled into gamut."""
    chroma = into_gamut(luma, chroma)
    return torch.stack([luma[:, 0] + o for o in offsets_of(chroma[:, 0], chroma[:, 1])], dim=1)


def into_gamut(luma: Tensor, chroma: Tensor) -> Tensor:
    """Chroma (N,2,H,W) pulled toward grey, at constant luma (N,1,H,W), until RGB holds it."""
    offsets = torch.stack(offsets_of(chroma[:, 0], chroma[:, 1]), dim=1)
    room = torch.where(offsets > 0, 1 - luma, luma)
    share = (room / offsets.abs().clamp(min=1e-6)).amin(dim=1, keepdim=True)
    return chroma * share.clamp(max=1)
