"""What a style of one's own remembers of the pages it learnt from: their palettes.

A page that comes without a palette gets those of the remembered pages that are most like it, by
how much of each tone there is: a night page is told the colours of night pages. In training a
page never sees its own palette this way, but the others', because that is what it will get.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from colorstudio.core.palette import PALETTE_SIZE, masses_of, palettes_of_masses
from colorstudio.core.tents import tents
from colorstudio.core.yuv import luma_of
from training.pictures import PictureStore
from training.telling import palette_of_pictures

MEMORY = "memory."
"""What the names of the memory's buffers begin with among a generator's weights."""

KEY_TONES = 32
SLOTS = 64
"""So many pages are remembered; of a larger folder, that many evenly from first to last."""

SHARPNESS = 1 / 0.15
"""How fast a page's say falls with its distance, in units of the median distance of two pages."""

_KEY_SCALE = 4  # luma is averaged over squares of this side first: a tenth of the time
_MULTIPLE = 32  # what a StudioGenerator's sides are multiples of
_NEVER = -1e4


@dataclass(frozen=True, slots=True)
class RememberedPages:
    """keys (K, KEY_TONES), palettes' masses (K, P) and numbers (K,) of pages in a picture store."""

    keys: Tensor
    masses: Tensor
    numbers: Tensor
    sharpness: float

    def of_others(self, pictures: int, *, line_art: bool) -> Tensor:
        """What each of so many pictures of the store is told by all pages but itself: (N, P).

        Zeros for pictures that are not remembered, and for a page without others.
        """
        count = len(self.keys)
        told = self.masses.new_zeros(pictures, PALETTE_SIZE)
        if count < 2:
            return told
        likeness = torch.zeros(count, count) if line_art else -_distances(self.keys, self.keys.T)
        likeness = likeness * self.sharpness
        likeness.fill_diagonal_(_NEVER)
        told[self.numbers] = palettes_of_masses(torch, torch.softmax(likeness, 1) @ self.masses)
        return told


def remembered(store: PictureStore, closeness: float = 1.0) -> RememberedPages:
    """All pages of the store that may be drawn into a batch.

    closeness: how much more than the others pages alike in tones have to say, of SHARPNESS;
    0: all are told alike.
    """
    numbers = torch.from_numpy(store.weights > 0).nonzero()[:, 0]
    keys = torch.stack([_key_of_page(store, int(number)) for number in numbers])
    apart = _distances(keys, keys.T)[torch.triu_indices(len(keys), len(keys), 1).unbind()]
    usual = float(apart.median()) if len(apart) else 1.0
    masses = masses_of(torch, palette_of_pictures(store, numbers))
    return RememberedPages(keys, masses, numbers, closeness * SHARPNESS / max(usual, 1e-3))


class PaletteMemory(nn.Module):
    """Gives each picture of a batch a palette (N, P); zeros as long as nothing is remembered.

    Its buffers are weights of the style like any other, so they travel in the ONNX file.
    """

    def __init__(self) -> None:
        super().__init__()
        self.keys: Tensor
        self.masses: Tensor
        self.handicap: Tensor
        self.sharpness: Tensor
        # Unit columns, so that one product compares a picture with all pages.
        self.register_buffer("keys", torch.zeros(KEY_TONES, SLOTS))
        self.register_buffer("masses", torch.zeros(SLOTS, PALETTE_SIZE))
        self.register_buffer("handicap", torch.zeros(SLOTS))  # of empty slots
        self.register_buffer("sharpness", torch.ones(1))

    @property
    def holds_any(self) -> bool:
        """Whether there are remembered pages."""
        return bool(self.masses.any())

    def remember(self, pages: RememberedPages) -> None:
        """Forget what was there and keep these."""
        kept = torch.linspace(0, len(pages.keys) - 1, min(SLOTS, len(pages.keys))).round().long()
        count = len(kept)
        for buffer, empty in ((self.keys, 0.0), (self.masses, 0.0), (self.handicap, _NEVER)):
            buffer.fill_(empty)
        self.keys[:, :count] = pages.keys[kept].T
        self.masses[:count] = pages.masses[kept]
        self.handicap[:count] = 0
        self.sharpness.fill_(pages.sharpness)

    def forward(self, luma: Tensor, mode: Tensor) -> Tensor:
        """luma (N,1,H,W) = Y − 0.5, whole pages; mode (N,): bare lines are like any page."""
        distance = _distances(_key(luma + 0.5), self.keys)
        likeness = -distance * self.sharpness * (1 - mode[:, None]) + self.handicap
        return palettes_of_masses(torch, torch.softmax(likeness, dim=1) @ self.masses)


def _key_of_page(store: PictureStore, number: int) -> Tensor:
    """A key as it will come out in use: of the page as the program gives it to the generator."""
    rgb = torch.from_numpy(store.whole_page(number, _MULTIPLE)[:3]).float() / 255
    return _key(luma_of(rgb.movedim(0, -1))[None, None])[0]


def _key(luma: Tensor) -> Tensor:
    """The square roots (N, KEY_TONES) of each tone's share of luma (N,1,H,W), 0..1."""
    small = F.avg_pool2d(luma, _KEY_SCALE).flatten(1)
    return tents(torch, small * (KEY_TONES - 1), KEY_TONES).mean(dim=1).sqrt()


def _distances(keys: Tensor, columns: Tensor) -> Tensor:
    """Hellinger distances (N, K) of keys (N, T) from columns (T, K), all of unit length."""
    return (2 - 2 * (keys @ columns)).clamp(min=0).sqrt()
