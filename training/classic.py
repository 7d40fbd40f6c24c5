"""The networks of the `classic` recipe: luma in, U and V out, one verdict a picture.

Both take any size: the generator halves and doubles with its skips cropped to fit, the
discriminator averages its last features into one number.
"""

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions and a way past them (He et al. 2016)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(width, width, 3, padding=1)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1)
        self.norm1 = nn.BatchNorm2d(width)
        self.norm2 = nn.BatchNorm2d(width)

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.norm1(self.conv1(x)))
        return F.relu(x + self.norm2(self.conv2(y)))


class ClassicGenerator(nn.Module):
    """luma (N,1,H,W) = Y − 0.5 to chroma (N,2,H,W), normalised U and V in −1..1."""

    def __init__(self, widths: tuple[int, ...] = (32, 64, 128)) -> None:
        super().__init__()
        self.widths = widths
        pairs = list(itertools.pairwise(widths))
        self.stem = nn.Conv2d(1, widths[0], 5, padding=2)
        self.down = nn.ModuleList(nn.Conv2d(a, b, 3, stride=2, padding=1) for a, b in pairs)
        self.bottom = nn.ModuleList(ResidualBlock(widths[-1]) for _ in range(4))
        self.up = nn.ModuleList(nn.Conv2d(b, a, 3, padding=1) for a, b in pairs)
        self.decoder = nn.ModuleList(ResidualBlock(a) for a, _ in pairs)
        self.head = nn.Conv2d(widths[0], 2, 3, padding=1)

    @property
    def multiple(self) -> int:
        """Height and width of an exported generator's input are multiples of this."""
        return int(2 ** (len(self.widths) - 1))

    def forward(self, luma: Tensor) -> Tensor:
        x = F.relu(self.stem(luma))
        skips = []
        for down in self.down:
            skips.append(x)
            x = F.relu(down(x))
        for block in self.bottom:
            x = block(x)
        for index in reversed(range(len(skips))):
            # Doubled by a fixed factor and cut to the skip's size: any input size fits.
            wide = F.interpolate(x, scale_factor=2.0, mode="nearest")
            wide = wide[:, :, : skips[index].shape[2], : skips[index].shape[3]]
            x = self.decoder[index](self.up[index](wide) + skips[index])
        return torch.tanh(self.head(x))


class ClassicDiscriminator(nn.Module):
    """Y, U, V joined (N,3,H,W) to one verdict (N,1), a logit: an artist's or painted?"""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        channels = (3, width, 2 * width, 4 * width, 8 * width)
        self.layers = nn.ModuleList(
            nn.Conv2d(a, b, 4, stride=2, padding=1) for a, b in itertools.pairwise(channels)
        )
        self.verdict = nn.Linear(channels[-1], 1)

    def forward(self, luma: Tensor, chroma: Tensor) -> Tensor:
        x = torch.cat([luma, chroma], dim=1)
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
        return self.verdict(x.mean(dim=(2, 3)))
