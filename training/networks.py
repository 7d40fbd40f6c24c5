"""The generator and discriminator of the `studio` recipe.

Shapes: N pictures, C channels, H × W working size, P palette numbers.
The generator keeps the ONNX contract of a full style: luma, hints, palette and mode in;
chroma and paint luma out. It works at half resolution, because colour needs no finer
grid (the luma-guided upsampling restores the edges) and a quarter of the pixels is a
quarter of the time.

Beside a guess of its own the network weighs two that are told to it: the hints' colours,
spread over the picture before they come here, and the palette's colour for a pixel's tone.
What it learns is how far to trust each, pixel by pixel.
"""

import itertools
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.core.palette import BINS, PALETTE_SIZE, TONES
from colorstudio.core.tents import tents
from training.memory import PaletteMemory

GENERATOR_INPUTS = ("luma", "hints", "palette", "mode")
GENERATOR_OUTPUTS = ("chroma", "paint_luma")

LATER_ADDED = ("further.",)
"""Beginnings of the names of weights that older styles lack; begun anew they change nothing."""

_FEW = 0.02
"""Share of a tone (its square root) at which half of the palette's colour for it is believed."""


@dataclass(frozen=True, slots=True)
class GeneratorConfig:
    """What fixes the generator's shape; stored beside its weights."""

    widths: tuple[int, ...] = (16, 32, 64, 128, 192)
    palette_size: int = PALETTE_SIZE
    condition: int = 64
    bottom_blocks: int = 2
    first_encoder_block: int = 2
    further: tuple[int, ...] = (0, 0, 0, 2, 1)  # more blocks by level, where they see the most

    @property
    def multiple(self) -> int:
        """Height and width of the input must be multiples of this."""
        return int(2 ** len(self.widths))


def _norm(width: int) -> nn.GroupNorm:
    # Without weights of its own: the palette's scale and shift have biases that serve.
    return nn.GroupNorm(8, width, affine=False)


class PaletteBlock(nn.Module):
    """A residual block whose features the palette scales and shifts (FiLM, Perez et al. 2018)."""

    def __init__(self, width: int, condition: int) -> None:
        super().__init__()
        self.norm = _norm(width)
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.film = nn.Linear(condition, 2 * width)
        nn.init.zeros_(self.conv2.weight)  # every block starts as the identity
        assert self.conv2.bias is not None
        nn.init.zeros_(self.conv2.bias)
        nn.init.zeros_(self.film.weight)
        nn.init.zeros_(self.film.bias)

    def forward(self, x: Tensor, condition: Tensor) -> Tensor:
        scale, shift = self.film(condition)[:, :, None, None].chunk(2, dim=1)
        y = self.norm(x) * (1 + scale) + shift
        y = self.conv1(F.relu(y))
        return x + self.conv2(F.relu(y))


class StudioGenerator(nn.Module):
    """Luma, hints, palette and mode to chroma and paint luma.

    luma (N,1,H,W) = Y − 0.5; hints (N,3,H,W) = normalised U, V and how sure they are, 0..1,
    as `core.spreading.spread_hints` gives them (dots, sure where they lie, do too);
    palette (N,P), zeros for none; mode (N,), 0 greyscale, 1 line art.
    Returns chroma (N,2,H,W) in −1..1 and paint luma (N,1,H,W) = paint's Y − 0.5.
    """

    def __init__(self, config: GeneratorConfig | None = None) -> None:
        super().__init__()
        self.config = config or GeneratorConfig()
        widths, condition = self.config.widths, self.config.condition
        self.memory = PaletteMemory()
        self.palette_in = nn.Linear(self.config.palette_size + 1, condition)
        self.palette_out = nn.Linear(condition, condition)
        self.stem = nn.Conv2d(5, widths[0], 6, stride=2, padding=2)
        # The two finest levels only step down: blocks there cost the most and see the least.
        first = self.config.first_encoder_block
        self.encoder = nn.ModuleList(
            PaletteBlock(w, condition) if level >= first else nn.Identity()
            for level, w in enumerate(widths[:-1])
        )
        pairs = list(itertools.pairwise(widths))
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in pairs)
        self.bottom = nn.ModuleList(
            PaletteBlock(widths[-1], condition) for _ in range(self.config.bottom_blocks)
        )
        self.further = nn.ModuleList(
            nn.ModuleList(PaletteBlock(w, condition) for _ in range(count))
            for w, count in zip(widths, self.config.further, strict=True)
        )
        self.whole = nn.Linear(widths[-1], widths[-1])
        self.up = nn.ModuleList(nn.Conv2d(b, a, 1) for a, b in pairs)
        self.decoder = nn.ModuleList(PaletteBlock(a, condition) for a, _ in pairs)
        self.paint_head = nn.Conv2d(widths[0], 1, 3, padding=1)
        # U, V and two verdicts, of the last features and of what is told: hints, tone's colour.
        self.head = nn.Conv2d(widths[0], 4, 3, padding=1)
        self.told = nn.Conv2d(3 + 3, 4, 1, bias=False)
        nn.init.zeros_(self.told.weight)

    @property
    def multiple(self) -> int:
        """Height and width of the input are multiples of this."""
        return self.config.multiple

    def forward(
        self, luma: Tensor, hints: Tensor, palette: Tensor, mode: Tensor
    ) -> tuple[Tensor, Tensor]:
        plane = mode[:, None, None, None] + torch.zeros_like(luma)
        if self.memory.holds_any:  # else it is left out of the exported graph, too
            # The last number says whether a palette is given.
            palette = palette + (1 - palette[:, -1:]) * self.memory(luma, mode)
        condition = self._condition(palette, mode)
        x = self.stem(torch.cat([luma, hints, plane], dim=1))
        skips = []
        for level, (block, down) in enumerate(zip(self.encoder, self.down, strict=True)):
            x = block(x, condition) if isinstance(block, PaletteBlock) else F.relu(x)
            x = self._further(level, x, condition)
            skips.append(x)
            x = down(x)
        x = self._further(-1, x, condition)
        for block in self.bottom:
            x = block(x, condition)
            # The mean of the whole picture, so that far corners of a sky agree.
            x = x + F.relu(self.whole(x.mean(dim=(2, 3))))[:, :, None, None]
        for index in reversed(range(len(skips))):
            x = F.interpolate(self.up[index](x), scale_factor=2.0, mode="nearest")
            x = self.decoder[index](x + skips[index], condition)
        paint = torch.tanh(self.paint_head(x)) * 0.5
        # Detached: paint is as light as it should be, not as its tone's colour would have it.
        as_lines = mode[:, None, None, None] > 0
        by_tone = self._by_tone(
            palette, torch.where(as_lines, paint.detach(), F.avg_pool2d(luma, 2))
        )
        chroma = self._weighed(x, F.avg_pool2d(hints, 2), by_tone)
        out = torch.cat([chroma, paint], dim=1)
        out = F.interpolate(out, scale_factor=2.0, mode="bilinear", align_corners=False)
        return out[:, :2], out[:, 2:]

    def _further(self, level: int, x: Tensor, condition: Tensor) -> Tensor:
        blocks = self.further[level]
        assert isinstance(blocks, nn.ModuleList)
        for block in blocks:
            x = block(x, condition)
        return x

    def _weighed(self, x: Tensor, hints: Tensor, by_tone: Tensor) -> Tensor:
        """Chroma (N,2,h,w): the network's own, the palette's for the tone, or the hints'."""
        answer = self.head(x) + self.told(torch.cat([hints, by_tone], dim=1))
        own, tone_verdict, hint_verdict = answer.split([2, 1, 1], dim=1)
        own = torch.tanh(own)
        told, trust = by_tone[:, :2], by_tone[:, 2:]
        chroma = own + torch.sigmoid(tone_verdict) * trust * (told - own)
        hinted, confidence = hints[:, :2], hints[:, 2:]
        # Before any training: the hints near them, the network far from them.
        belief = torch.sigmoid(hint_verdict + 6 * confidence - 3) * (confidence > 0)
        return chroma + belief * (hinted - chroma)

    @staticmethod
    def _by_tone(palette: Tensor, luma: Tensor) -> Tensor:
        """The palette's U, V and a trust 0..1 (N,3,h,w) for luma − 0.5 (N,1,h,w)."""
        curve = palette[:, BINS * BINS : -1].unflatten(1, (TONES, 3))
        weighed = torch.cat([curve[..., :2] * curve[..., 2:], curve[..., 2:]], dim=2)
        belongs = tents(torch, (luma[:, 0] + 0.5) * (TONES - 1), TONES, before=1)
        u, v, weight = torch.einsum("ntc,nthw->nchw", weighed, belongs).split(1, dim=1)
        weight = weight.clamp(min=1e-4)
        return torch.cat([u / weight, v / weight, weight / (weight + _FEW)], dim=1)

    def _condition(self, palette: Tensor, mode: Tensor) -> Tensor:
        hidden = F.relu(self.palette_in(torch.cat([palette, mode[:, None]], dim=1)))
        return F.relu(self.palette_out(hidden))


class PatchDiscriminator(nn.Module):
    """Says for each patch whether the colours on this luma are an artist's or painted.

    Sees luma, U, V (N,3,H,W) and gives (N,1,H/16,W/16) verdicts (logits). Spectral norm
    (Miyato et al. 2018) keeps it from running away from the generator.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        norm = nn.utils.parametrizations.spectral_norm
        channels = (3 * 4, width, 2 * width, 4 * width)
        self.layers = nn.ModuleList(
            norm(nn.Conv2d(a, b, 4, stride=2, padding=1)) for a, b in itertools.pairwise(channels)
        )
        self.verdict = norm(nn.Conv2d(channels[-1], 1, 3, padding=1))

    def forward(self, luma: Tensor, chroma: Tensor) -> Tensor:
        x = F.pixel_unshuffle(torch.cat([luma, chroma], dim=1), 2)
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        return self.verdict(x)
