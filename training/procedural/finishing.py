"""The last steps: surface, colour grading, and ink on paint."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.procedural.canvas import Canvas, as_bytes
from training.procedural.curves import floats
from training.procedural.look import Inking


@dataclass(frozen=True, slots=True)
class Scene:
    """One drawing twice: in colour, and as the line art it was coloured from.

    colour: (H, W, 3) uint8 sRGB. lines: (H, W) uint8, black ink on white, 255 = paper.
    kind: what is drawn, one of scenes.KINDS.
    """

    colour: NDArray[np.uint8]
    lines: NDArray[np.uint8]
    kind: str


def finish(canvas: Canvas, kind: str) -> Scene:
    """Turn a filled canvas into a scene."""
    lines = _inked(canvas)
    paint = _graded(_surface(canvas), canvas.rng)
    return Scene(_with_ink(paint, lines, canvas), lines, kind)


def _inked(canvas: Canvas) -> NDArray[np.uint8]:
    """The ink layer with the tooth of the paper and the strength of the ink."""
    hand = canvas.look.hand
    lines: NDArray[np.uint8] = canvas.lines
    if hand.grain:
        tooth = _noise(canvas, 0.7)
        hollows = np.maximum(tooth, 128) - 128
        lines = as_bytes(cv2.addWeighted(lines, 1.0, hollows, 1.4 * hand.grain, 0))
    if hand.depth < 1:
        table = np.clip(255 - (255 - np.arange(256)) * hand.depth, 0, 255).astype(np.uint8)
        lines = table[lines]
    return lines


def _surface(canvas: Canvas) -> NDArray[np.uint8]:
    """Blotches of watercolour and the grain of the paper."""
    made, colour = canvas.look.finish, canvas.colour
    if made.wash:
        colour = _modulated(colour, _noise(canvas, 7 * canvas.unit), made.wash * 2)
    if made.grain:
        colour = _modulated(colour, _noise(canvas, 0.8), made.grain * 3)
    return colour


def _modulated(
    colour: NDArray[np.uint8], noise: NDArray[np.uint8], amount: float
) -> NDArray[np.uint8]:
    paper = cv2.inRange(colour, (250, 250, 250), (255, 255, 255))  # untouched paper stays white
    sheet = cv2.merge([noise, noise, noise])
    made = cv2.addWeighted(colour, 1.0, sheet, amount, -128 * amount)
    cv2.copyTo(colour, paper, made)
    return as_bytes(made)


def _noise(canvas: Canvas, blur: float) -> NDArray[np.uint8]:
    """Grey noise around 128 with features of about `blur` pixels."""
    reduce = max(1.0, blur / 1.5)
    size = (max(4, round(canvas.height / reduce)), max(4, round(canvas.width / reduce)))
    small = canvas.rng.integers(0, 256, size, dtype=np.uint8)
    small = as_bytes(cv2.GaussianBlur(small, (0, 0), 0.8))
    low = int(small.min())
    gain = 255 / max(int(small.max()) - low, 1)
    small = as_bytes(cv2.convertScaleAbs(small, None, gain, -gain * low))
    if reduce == 1.0:
        return small
    whole = (canvas.width, canvas.height)
    return as_bytes(cv2.resize(small, whole, interpolation=cv2.INTER_CUBIC))


def _graded(colour: NDArray[np.uint8], rng: np.random.Generator) -> NDArray[np.uint8]:
    """The scene's mood: warm, cold, pastel, saturated, muted, or as painted."""
    mood = str(
        rng.choice(
            ["plain", "warm", "cold", "pastel", "rich", "muted", "sepia"],
            p=[0.36, 0.14, 0.1, 0.13, 0.13, 0.11, 0.03],
        )
    )
    saturation = {"pastel": 0.72, "rich": 1.25, "muted": 0.62, "sepia": 0.3}.get(mood, 1.0)
    gain = {
        "warm": (1.03, 0.99, 0.92),
        "cold": (0.93, 0.99, 1.03),
        "sepia": (1.02, 0.96, 0.84),
    }.get(mood, (1, 1, 1))
    lift = {"pastel": 0.22, "muted": 0.06}.get(mood, 0.0)
    grey = floats([0.299, 0.587, 0.114])
    matrix = saturation * np.eye(3, dtype=np.float32) + (1 - saturation) * grey
    matrix = floats(gain)[:, None] * matrix * (1 - lift)
    shift = np.full((3, 1), 255 * lift, np.float32)
    if mood == "plain":
        return colour
    return as_bytes(cv2.transform(colour, np.hstack([matrix, shift])))


def _with_ink(
    colour: NDArray[np.uint8], lines: NDArray[np.uint8], canvas: Canvas
) -> NDArray[np.uint8]:
    """Lay the ink over the paint as the finish says: black, in local colour, or not at all."""
    inking = canvas.look.finish.inking
    if inking is Inking.NONE:
        return colour
    if inking is Inking.BLACK:
        cover = cv2.merge([lines, lines, lines])
        return as_bytes(cv2.multiply(colour, cover, scale=1 / 255))
    tint = canvas.rng.uniform(0.28, 0.45) * floats([1.05, 0.92, 0.95])
    tables = [
        np.clip(255 - (255 - np.arange(256)) * (1 - share), 0, 255).astype(np.uint8)
        for share in tint
    ]
    cover = cv2.merge([table[lines] for table in tables])
    return as_bytes(cv2.multiply(colour, cover, scale=1 / 255))
