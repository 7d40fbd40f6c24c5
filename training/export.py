"""From trained weights to a style: ONNX export, its check against torch, and the description."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from PIL import Image
from torch import Tensor, nn

from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.palette import PALETTE_SIZE
from colorstudio.core.request import ColorRequest
from colorstudio.core.small_files import read_within
from colorstudio.core.writing import atomic_path, write_bytes_atomic
from colorstudio.inference.colorizer import Colorizer
from colorstudio.inference.generator import Generator
from colorstudio.styles.checks import MAX_GENERATOR_BYTES, check_style, fingerprint
from colorstudio.styles.style import (
    DESCRIPTION_FILE,
    GENERATOR_FILE,
    SAMPLE_FILES,
    Style,
    StyleInfo,
)
from training.classic import ClassicGenerator
from training.memory import MEMORY
from training.networks import GENERATOR_INPUTS, GENERATOR_OUTPUTS, LATER_ADDED, StudioGenerator
from training.trainer import all_finite

OPSET = 17
WORKING_SIZE = 384
MOST_DIFFERENCE = 1e-3
"""ONNX and torch may differ by this much in normalised chroma: far below one step of 255."""

SAMPLE_SIDE = 480

_TRIAL = (96, 160)  # no square, so that swapped axes can't hide


@dataclass(frozen=True, slots=True)
class StyleFacts:
    """What the description of a new style says beyond its files."""

    name: str
    recipe: str
    description: str = ""
    author: str = ""
    licence: str = ""
    credits: tuple[str, ...] = ()
    pictures: int = 0
    steps: int = 0
    evaluation: dict[str, Any] = field(default_factory=dict)


def export_style(network: nn.Module, folder: Path, facts: StyleFacts) -> float:
    """Write generator.onnx and style.json into a folder; gives the largest ONNX–torch difference.

    Raises ColorStudioError (BAD_NUMBERS) for weights that are no numbers, or when ONNX and
    torch disagree.
    """
    if not all_finite(network):
        raise ColorStudioError(
            FailureKind.BAD_NUMBERS,
            "These weights are no usable numbers, so no style was made of them. Go on from an "
            "earlier checkpoint, with smaller learning rates.",
        )
    assert isinstance(network, StudioGenerator | ClassicGenerator)
    network = network.cpu().eval()
    generator = folder / GENERATOR_FILE
    with atomic_path(generator) as beside:
        _export(network, beside)
    info = StyleInfo(
        name=facts.name,
        working_size=WORKING_SIZE,
        multiple=network.multiple,
        sha256=fingerprint(generator),
        palette_size=PALETTE_SIZE if isinstance(network, StudioGenerator) else 0,
        hints="spread" if isinstance(network, StudioGenerator) else "dots",
        paint="mean" if _paints_the_mean(network) else "finished",
        description=facts.description,
        author=facts.author,
        licence=facts.licence,
        credits=facts.credits,
        recipe=facts.recipe,
        pictures=facts.pictures,
        steps=facts.steps,
        date=date.today().isoformat(),
        evaluation=facts.evaluation,
    )
    write_description(folder, info)
    difference = _largest_difference(network, Style(folder, info))
    if not difference <= MOST_DIFFERENCE:
        raise ColorStudioError(
            FailureKind.BAD_NUMBERS,
            "The exported style paints differently from the trained one, so it was not kept. "
            "Update torch and onnxruntime, then train again with --resume.",
            f"largest difference {difference:.2g}",
        )
    return difference


def _paints_the_mean(network: nn.Module) -> bool:
    """A style that remembers pages paints their colours rather than the mean of everything."""
    return isinstance(network, StudioGenerator) and not network.memory.holds_any


def write_description(folder: Path, info: StyleInfo) -> None:
    """Write style.json."""
    write_bytes_atomic(folder / DESCRIPTION_FILE, info.to_json().encode())


def write_sample(folder: Path, page: Artwork) -> None:
    """Write sample.png: a page as the style in this folder colours it, small enough for a list.

    Raises ColorStudioError for a style that can't colour, and OSError.
    """
    painted = Colorizer(folder, "cpu").colorize_artwork(page, ColorRequest()).artwork.pixels
    small = Image.fromarray(painted)
    small.thumbnail((SAMPLE_SIDE, SAMPLE_SIDE), Image.Resampling.LANCZOS)
    with atomic_path(folder / SAMPLE_FILES[0]) as beside:
        small.save(beside, optimize=True)


def weights_of(style: Style) -> dict[str, Tensor]:
    """The weights of a studio style by name, read from its ONNX file.

    Raises ColorStudioError (BAD_STYLE) when the style does not pass its checks, or its weights
    do not fit the recipe's generator.
    """
    check_style(style)
    stored = onnx.load_model_from_string(
        read_within(style.generator, MAX_GENERATOR_BYTES)
    ).graph.initializer
    found = {
        tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in stored
    }
    wanted = StudioGenerator().state_dict()
    # A style that remembers no pages holds no memory, an older one has fewer blocks.
    begun = {name: t for name, t in wanted.items() if name.startswith((MEMORY, *LATER_ADDED))}
    found = begun | found
    if any(name not in found or found[name].shape != t.shape for name, t in wanted.items()):
        raise ColorStudioError(
            FailureKind.BAD_STYLE,
            f"The style “{printable(style.info.name)}” was made by another recipe, so training "
            "can't start from it. Use --from starter or --from scratch.",
        )
    return {name: found[name] for name in wanted}


def _example(network: nn.Module) -> dict[str, Tensor]:
    chance = torch.Generator().manual_seed(1)
    height, width = _TRIAL
    luma = torch.rand(1, 1, height, width, generator=chance) - 0.5
    if not isinstance(network, StudioGenerator):
        return {"luma": luma}
    hints = torch.rand(1, 3, height, width, generator=chance)
    hints = hints * (hints[:, 2:] > 0.98)
    palette = torch.rand(1, PALETTE_SIZE, generator=chance)
    palette[:, -1] = 1  # it is given
    if network.memory.holds_any:
        palette = torch.zeros_like(palette)  # what is remembered is tried, too
    return {"luma": luma, "hints": hints, "palette": palette, "mode": torch.ones(1)}


def _export(network: nn.Module, target: Path) -> None:
    example = _example(network)
    outputs: Sequence[str] = GENERATOR_OUTPUTS if len(example) > 1 else GENERATOR_OUTPUTS[:1]
    planes = {"luma", "hints", *outputs}
    free = {
        name: {0: "n", 2: "h", 3: "w"} if name in planes else {0: "n"}
        for name in (*example, *outputs)
    }
    with warnings.catch_warnings():
        # The older exporter on purpose: it keeps the names of the weights, from which a later
        # training starts, and needs no further packages.
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", torch.jit.TracerWarning)  # the norms' own size checks
        torch.onnx.export(
            network,
            tuple(example.values()),
            str(target),
            input_names=list(GENERATOR_INPUTS[: len(example)]),
            output_names=list(outputs),
            dynamic_axes=free,
            opset_version=OPSET,
            dynamo=False,
        )


def _largest_difference(network: nn.Module, style: Style) -> float:
    """Between torch and the very runtime that the artist's pages will meet."""
    example = _example(network)
    with torch.no_grad():
        answer = network(*example.values())
    chroma = (answer[0] if isinstance(answer, tuple) else answer)[0].numpy()
    given = {name: tensor.numpy()[0] for name, tensor in example.items()}
    painted = Generator(style, "cpu").paint(
        given["luma"][0] + 0.5, given.get("hints"), given.get("palette"), line_art=True
    )
    difference = float(np.abs(painted.chroma - chroma).max())
    if painted.paint_luma is not None:
        paint = answer[1][0, 0].numpy() + 0.5
        difference = max(difference, float(np.abs(painted.paint_luma - paint).max()))
    return difference
