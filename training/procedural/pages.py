"""Comic pages: panels, gutters, speech bubbles, lettering."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from training.procedural.canvas import Canvas
from training.procedural.curves import cloud, ellipse
from training.procedural.pen import Pen, blank_like, paste

_SPEECH = (
    "HELLO!",
    "WHERE ARE/YOU GOING?",
    "LOOK OVER/THERE!",
    "WAIT FOR ME!",
    "WHAT A/LOVELY DAY",
    "OH NO...",
    "COME HOME/SOON",
    "IS IT GOING/TO RAIN?",
    "TEA TIME!",
    "I LOST/MY HAT",
    "NEVER MIND",
    "AT LAST!",
    "SO QUIET/HERE...",
    "HURRY UP!",
    "HAVE YOU/SEEN MY CAT?",
    "WHO IS THAT?",
    "I KNEW IT",
    "TOMORROW/WE SAIL",
    "IT SMELLS/LIKE SUMMER",
    "SHALL WE GO?",
)

Frame = tuple[int, int, int, int]


def page(pen: Pen, scenes: Sequence[Callable[[Pen], None]]) -> None:
    """Fill the sheet with two to six panels, each a scene of its own in the same look."""
    canvas = pen.canvas
    for frame in _frames(pen):
        x, y, width, height = frame
        panel = blank_like(canvas, width, height)
        inside = Pen(panel, pen.tones)
        pen.tones.winter = False
        scenes[int(pen.rng.integers(len(scenes)))](inside)
        if pen.chance(0.6):
            _bubble(inside)
        paste(canvas, panel, x, y)
        weight = max(2, round(0.5 * canvas.unit))
        cv2.rectangle(canvas.lines, (x, y), (x + width - 1, y + height - 1), 0, weight)


def _frames(pen: Pen) -> list[Frame]:
    canvas = pen.canvas
    margin, gutter = round(3 * canvas.unit), max(3, round(pen.spread(1.2, 3) * canvas.unit))
    rows = (
        int(pen.rng.integers(2, 4))
        if canvas.height >= canvas.width * 0.8
        else int(pen.rng.integers(1, 3))
    )
    frames, top = [], margin
    shares = pen.rng.uniform(0.7, 1.3, rows)
    heights = (canvas.height - 2 * margin - gutter * (rows - 1)) * shares / shares.sum()
    for high in heights:
        columns = int(pen.rng.integers(1, 3))
        parts = pen.rng.uniform(0.7, 1.3, columns)
        left = margin
        for wide in (canvas.width - 2 * margin - gutter * (columns - 1)) * parts / parts.sum():
            frames.append((left, top, max(8, int(wide)), max(8, int(high))))
            left += int(wide) + gutter
        top += int(high) + gutter
    return frames


def _bubble(pen: Pen) -> None:
    """A speech bubble with a tail and a few lettered words."""
    lines = _SPEECH[int(pen.rng.integers(len(_SPEECH)))].split("/")
    size = pen.spread(3.4, 4.6)
    wide = max(len(line) for line in lines) * size * 0.42 + 5
    high = len(lines) * size * 0.75 + 4
    wide = min(wide, 0.44 * pen.width)
    x = pen.spread(wide + 2, max(pen.width - wide - 2, wide + 3))
    y = high + pen.spread(1, 5)
    tip = (x + pen.spread(-10, 10), y + high + pen.spread(6, 12))
    tail = [(x - 3, y + 0.8 * high), tip, (x + 3, y + 0.8 * high)]
    white = (255, 255, 255)
    outline = (
        ellipse(x, y, wide, high, count=40)
        if pen.chance(0.8)
        else cloud(x, y, wide, high, 12, pen.rng)
    )
    pen.shape(tail, white, glow=True, shade=0)
    pen.shape(outline, white, glow=True, shade=0)
    pen.patch(tail, white, glow=True)
    pen.canvas.wipe(pen.pixels([tail[0], (x, y + high + 1.5), tail[2]]))
    for row, line in enumerate(lines):
        _letter(
            pen.canvas,
            pen.pixels([(x, y + (row - (len(lines) - 1) / 2) * 1.5 * size)])[0],
            line,
            size * pen.size,
            2 * wide * pen.size * 0.82,
        )


def _letter(canvas: Canvas, middle: np.ndarray, text: str, size: float, room: float) -> None:
    face, thick = cv2.FONT_HERSHEY_SIMPLEX, max(1, round(size / 9))
    scale = size / 22
    (wide, high), _ = cv2.getTextSize(text, face, scale, thick)
    if wide > room:
        scale *= room / wide
        (wide, high), _ = cv2.getTextSize(text, face, scale, thick)
    at = (round(float(middle[0]) - wide / 2), round(float(middle[1]) + high / 2))
    cv2.putText(canvas.lines, text, at, face, scale, 0, thick, cv2.LINE_AA)
