"""What only a graphics card can show; skipped, with the reason, where there is none."""

import os
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from colorstudio import Colorizer


@pytest.mark.reliability("R48")
def test_the_card_paints_as_the_cpu_does(record_property: Callable[[str, object], None]) -> None:
    on_card = Colorizer("starter", "cuda")
    if on_card.provider.name != "CUDA":
        pytest.skip(f"no graphics card: {on_card.provider.reason}")
    on_cpu, chance = Colorizer("starter", "cpu"), np.random.default_rng(os.getpid())
    page = np.asarray(
        Image.fromarray(chance.integers(0, 256, (40, 50), np.uint8)).resize((500, 400))
    )
    apart = np.abs(on_card.colorize(page).astype(int) - on_cpu.colorize(page))
    record_property("mean and largest difference", f"{apart.mean():.2f}, {apart.max()}")
    assert apart.mean() <= 1 and apart.max() <= 8
