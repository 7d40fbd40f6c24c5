"""The sample pictures that come with the program: drawn, so they belong to everybody.

Seeds were chosen by eye. A change to how scenes are drawn changes what a seed looks like; then
choose again before writing the samples anew.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from PIL import Image

from training.procedural.finishing import Scene
from training.procedural.scenes import draw_scene


class Form(StrEnum):
    """How a sample is stored; the program must understand each of them."""

    BLACK_ON_WHITE = "black on white"
    WHITE_ON_BLACK = "white on black"
    BLACK_ON_NOTHING = "black on transparency"
    ONE_BIT = "one bit"
    GREYSCALE = "greyscale"


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    kind: str
    seed: int
    width: int
    height: int
    form: Form


SAMPLES: tuple[Sample, ...] = (
    Sample("lineart-village", "village", 5, 1120, 800, Form.BLACK_ON_WHITE),
    Sample("lineart-portrait", "portrait", 8, 840, 1050, Form.BLACK_ON_WHITE),
    Sample("lineart-woods", "woods", 533, 1000, 1000, Form.BLACK_ON_WHITE),
    Sample("lineart-room", "room", 412, 1080, 810, Form.BLACK_ON_WHITE),
    Sample("lineart-reef-white-on-black", "underwater", 412, 1100, 825, Form.WHITE_ON_BLACK),
    Sample("lineart-girl-transparent", "couple", 8, 900, 1000, Form.BLACK_ON_NOTHING),
    Sample("lineart-page-one-bit", "page", 545, 840, 1180, Form.ONE_BIT),
    Sample("greyscale-portrait", "portrait", 533, 850, 1000, Form.GREYSCALE),
    Sample("greyscale-seaside", "seaside", 412, 1100, 825, Form.GREYSCALE),
    Sample("greyscale-mountains", "highlands", 453, 1100, 800, Form.GREYSCALE),
    Sample("greyscale-owl", "creature", 533, 900, 900, Form.GREYSCALE),
    Sample("greyscale-room", "room", 484, 1080, 810, Form.GREYSCALE),
)


def write_samples(folder: Path) -> None:
    """Write every sample as a PNG. Raises OSError where the folder cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        scene = draw_scene(sample.seed, sample.width, sample.height, sample.kind)
        picture = stored(scene, sample.form)
        picture.save(folder / f"{sample.name}.png", optimize=True)


def stored(scene: Scene, form: Form) -> Image.Image:
    """The scene in one of the forms in which pictures come."""
    if form is Form.GREYSCALE:
        return Image.fromarray(_luma(scene))
    if form is Form.WHITE_ON_BLACK:
        return Image.fromarray(255 - scene.lines)
    if form is Form.ONE_BIT:
        return Image.fromarray(scene.lines).convert("1", dither=Image.Dither.NONE)
    if form is Form.BLACK_ON_NOTHING:
        ink = np.zeros((*scene.lines.shape, 4), np.uint8)
        ink[..., 3] = 255 - scene.lines
        return Image.fromarray(ink)
    return Image.fromarray(scene.lines)


def _luma(scene: Scene) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Luma after BT.601, rounded, (H, W) uint8."""
    luma = scene.colour @ np.array([0.299, 0.587, 0.114])
    return np.rint(luma).astype(np.uint8)
