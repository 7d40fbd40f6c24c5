"""Two pictures drawn at once: the paint, and the ink that a line artist would have left."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from training.procedural.curves import Points, densify, floats, ribbon, wander
from training.procedural.look import Look, Shading, Tone
from training.procedural.palettes import Colour, darker, lighter

_SHIFT = 4
_FINE = 1 << _SHIFT
_PAPER = 255


def as_bytes(picture: ArrayLike) -> NDArray[np.uint8]:
    """What OpenCV returned, known to be 8-bit."""
    return np.asarray(picture, np.uint8)


def fixed(points: Points) -> NDArray[np.int32]:
    """Points in OpenCV's fixed-point form."""
    return np.rint(points * _FINE).astype(np.int32)


class Canvas:
    """A painter's algorithm for two layers.

    `colour` is (H, W, 3) uint8 paint without ink, `lines` is (H, W) uint8 ink, 255 = paper.
    A filled shape paints over the paint and wipes the ink behind it; its outline is then inked.
    All coordinates here are pixels.
    """

    def __init__(self, width: int, height: int, look: Look, rng: np.random.Generator) -> None:
        self.width, self.height = width, height
        self.look, self.rng = look, rng
        self.unit = min(width, height) / 100
        self.colour = np.full((height, width, 3), _PAPER, np.uint8)
        self.lines = np.full((height, width), _PAPER, np.uint8)
        self._pattern: NDArray[np.uint8] | None = None

    def fill(self, points: Points, colour: Colour, shade: float) -> None:
        """Paint the inside, wipe the ink under it, and model the form by the scene's light."""
        outline = fixed(points)
        cv2.fillPoly(self.colour, [outline], colour, cv2.LINE_AA, _SHIFT)
        cv2.fillPoly(self.lines, [outline], _PAPER, cv2.LINE_AA, _SHIFT)
        if shade > 0:
            self._model(points, colour, shade)

    def wipe(self, points: Points) -> None:
        """Take the ink away inside."""
        cv2.fillPoly(self.lines, [fixed(points)], _PAPER, cv2.LINE_AA, _SHIFT)

    def blacken(self, points: Points) -> None:
        """Fill with solid ink."""
        cv2.fillPoly(self.lines, [fixed(points)], 0, cv2.LINE_AA, _SHIFT)

    def paint(self, points: Points, colour: Colour) -> None:
        """Paint the inside and leave the ink as it is."""
        cv2.fillPoly(self.colour, [fixed(points)], colour, cv2.LINE_AA, _SHIFT)

    def tile(self, outlines: Sequence[Points], colour: Colour, width: float) -> None:
        """Many small inked shapes of one colour at once: panes, bricks, leaves."""
        shapes = [fixed(outline) for outline in outlines]
        cv2.fillPoly(self.colour, shapes, colour, cv2.LINE_AA, _SHIFT)
        cv2.fillPoly(self.lines, shapes, _PAPER, cv2.LINE_AA, _SHIFT)
        cv2.polylines(self.lines, shapes, True, 0, max(1, round(width)), cv2.LINE_AA, _SHIFT)

    def dab(self, polylines: Sequence[Points], colour: Colour, width: float) -> None:
        """Many equal strokes of paint at once."""
        cv2.polylines(
            self.colour,
            [fixed(line) for line in polylines],
            False,
            colour,
            max(1, round(width)),
            cv2.LINE_AA,
            _SHIFT,
        )

    def scratch(self, polylines: Sequence[Points], width: float) -> None:
        """Many equal strokes of ink at once."""
        cv2.polylines(
            self.lines,
            [fixed(line) for line in polylines],
            False,
            0,
            max(1, round(width)),
            cv2.LINE_AA,
            _SHIFT,
        )

    def ramp(self, points: Points, stops: list[Colour], horizontal: bool = False) -> None:
        """Paint the inside with a gradient from top to bottom (or left to right); wipe the ink."""
        window = self._window(points)
        if window is None:
            return
        rows, columns = window
        place = points[:, 0 if horizontal else 1]
        span = columns if horizontal else rows
        low, high = float(place.min()), float(place.max())
        share = (np.arange(span.start, span.stop) + 0.5 - low) / max(high - low, 1e-3)
        at = np.linspace(0, 1, len(stops))
        table = np.stack(
            [np.interp(share, at, [stop[channel] for stop in stops]) for channel in range(3)],
            axis=1,
        ).astype(np.uint8)
        sheet = table[None] if horizontal else table[:, None]
        size = (rows.stop - rows.start, columns.stop - columns.start, 3)
        self._blend(window, np.broadcast_to(sheet, size), self._mask(points, window))
        self.wipe(points)

    def glaze(self, points: Points, colour: Colour, amount: float, blur: float = 0.0) -> None:
        """Lay a see-through colour over the inside, soft-edged by `blur` pixels."""
        window = self._window(points, grow=2 * blur)
        if window is None:
            return
        mask = self._mask(points, window)
        if blur >= 0.6:
            mask = _softened(mask, blur)
        self._tone(window, colour, as_bytes(cv2.convertScaleAbs(mask, None, amount)))

    def outline(self, points: Points, width: float, closed: bool) -> None:
        """Ink a line along the points, with the pressure, shake and gaps of the scene's hand."""
        hand = self.look.hand
        dense = densify(points, max(4.0, 1.6 * self.unit), closed)
        if closed and len(dense) > 24 and self.rng.random() < hand.gaps:
            start = int(self.rng.integers(len(dense)))
            keep = len(dense) - max(1, int(len(dense) * self.rng.uniform(0.01, 0.05)))
            dense, closed = np.concatenate([dense[start:], dense[:start]])[:keep], False
        if len(dense) < 2:
            return
        half = self._pressure(dense, width, closed)
        outer, inner = ribbon(dense, half, closed)
        if closed:
            cv2.fillPoly(self.lines, [fixed(outer), fixed(inner)], 0, cv2.LINE_AA, _SHIFT)
        else:
            edge = np.concatenate([outer, inner[::-1]])
            cv2.fillPoly(self.lines, [fixed(edge)], 0, cv2.LINE_AA, _SHIFT)

    def _pressure(self, dense: Points, width: float, closed: bool) -> NDArray[np.float32]:
        """Half the line's width at each point."""
        hand, light, count = self.look.hand, self.look.light, len(dense)
        half = np.full(count, 0.5 * width, np.float32)
        extent = float((dense.max(axis=0) - dense.min(axis=0)).max())
        knots = 3 + int(extent / (5 * self.unit))
        half *= 1 + hand.swing * 0.6 * wander(count, knots, self.rng, closed)
        if closed and hand.weighted:
            outward = dense - dense.mean(axis=0)
            reach = np.sqrt((outward**2).sum(axis=1)) + 1e-3
            half *= 1 - hand.weighted * (outward @ floats([light.x, light.y])) / reach
        if not closed:
            ends = np.minimum(np.arange(count), np.arange(count)[::-1]) / max(count - 1, 1)
            half *= np.minimum(0.25 + ends / max(hand.taper, 1e-3), 1)
        return np.maximum(half - 0.3, 0.12)  # the anti-aliased edge adds about a third of a pixel

    def _model(self, points: Points, colour: Colour, shade: float) -> None:
        finish = self.look.finish
        toned = self.look.hand.tone is not Tone.NONE and shade >= 0.9
        if finish.shading is Shading.FLAT and not toned:
            return
        size = float((points.max(axis=0) - points.min(axis=0)).min())
        window = self._window(points)
        if window is None or size < 2.2 * self.unit:
            return
        rows, columns = window
        mask = self._mask(points, window)
        shadow = self._shadow_side(mask, size)
        strength = finish.strength * shade
        if finish.shading is Shading.CEL:
            self._tone(window, darker(colour, strength), shadow)
        elif finish.shading is Shading.SOFT:
            away = self._away(rows.stop - rows.start, columns.stop - columns.start)
            self._tone(window, darker(colour, 1.5 * strength), _times(mask, np.clip(away, 0, 1)))
            self._tone(window, lighter(colour, 1.1 * strength), _times(mask, np.clip(-away, 0, 1)))
        if toned and size > 6 * self.unit:
            pattern = self._tone_pattern()[rows, columns]
            ink = self.lines[rows, columns]
            np.copyto(ink, cv2.min(ink, pattern), where=shadow > 127)

    def _shadow_side(self, mask: NDArray[np.uint8], size: float) -> NDArray[np.uint8]:
        """The part of a shape that its own outline, moved toward the light, leaves uncovered."""
        light, reach = self.look.light, 0.24 * size
        move = floats([[1, 0, light.x * reach], [0, 1, light.y * reach]])
        size_here = (mask.shape[1], mask.shape[0])
        moved = cv2.warpAffine(
            mask, move, size_here, borderMode=cv2.BORDER_REPLICATE
        )  # shapes go on off the sheet
        return as_bytes(cv2.subtract(mask, moved))

    def _away(self, height: int, width: int) -> NDArray[np.float32]:
        """-1 at the side toward the light … 1 at the side away from it."""
        light = self.look.light
        down = np.linspace(-1, 1, height, dtype=np.float32) * -light.y
        right = np.linspace(-1, 1, width, dtype=np.float32) * -light.x
        return np.add.outer(down, right) / (abs(light.x) + abs(light.y))

    def _tone_pattern(self) -> NDArray[np.uint8]:
        """Hatching or screentone for the whole sheet, made once."""
        if self._pattern is None:
            pitch = max(3.0, 1.5 * self.unit)
            y, x = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
            turn = math.radians(45)
            u = (x * math.cos(turn) + y * math.sin(turn)) * (2 * math.pi / pitch)
            if self.look.hand.tone is Tone.HATCH:
                wave = np.cos(u + 0.6 * np.sin(y / (9 * self.unit)))
                self._pattern = np.clip(255 - (wave - 0.55) * 700, 0, 255).astype(np.uint8)
            else:
                v = (x * math.sin(turn) - y * math.cos(turn)) * (2 * math.pi / pitch)
                wave = np.cos(u) + np.cos(v)
                self._pattern = np.clip(255 - (wave - 0.8) * 300, 0, 255).astype(np.uint8)
        return self._pattern

    def _window(self, points: Points, grow: float = 1.0) -> tuple[slice, slice] | None:
        left, top = np.floor(points.min(axis=0) - grow).astype(int)
        right, bottom = np.ceil(points.max(axis=0) + grow).astype(int) + 1
        left, top = max(left, 0), max(top, 0)
        right, bottom = min(right, self.width), min(bottom, self.height)
        if right - left < 2 or bottom - top < 2:
            return None
        return slice(top, bottom), slice(left, right)

    def _mask(self, points: Points, window: tuple[slice, slice]) -> NDArray[np.uint8]:
        rows, columns = window
        mask = np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.uint8)
        local = fixed(points - floats([columns.start, rows.start]))
        return as_bytes(cv2.fillPoly(mask, [local], 255, cv2.LINE_AA, _SHIFT))

    def _tone(self, window: tuple[slice, slice], colour: Colour, mask: NDArray[np.uint8]) -> None:
        sheet = np.empty((*mask.shape, 3), np.uint8)
        sheet[:] = colour
        self._blend(window, sheet, mask)

    def _blend(
        self, window: tuple[slice, slice], sheet: NDArray[np.uint8], mask: NDArray[np.uint8]
    ) -> None:
        area = self.colour[window]
        share = mask.astype(np.float32) * (1 / 255)
        area[:] = cv2.blendLinear(np.ascontiguousarray(sheet), area, share, 1 - share)


def _softened(mask: NDArray[np.uint8], blur: float) -> NDArray[np.uint8]:
    """The mask blurred by `blur` pixels; a wide blur is made small, where it costs little."""
    if blur <= 6:
        return as_bytes(cv2.GaussianBlur(mask, (0, 0), blur))
    height, width = mask.shape
    size = (max(2, round(width * 4 / blur)), max(2, round(height * 4 / blur)))
    small = cv2.GaussianBlur(cv2.resize(mask, size, interpolation=cv2.INTER_AREA), (0, 0), 4)
    return as_bytes(cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR))


def _times(mask: NDArray[np.uint8], share: NDArray[np.float32]) -> NDArray[np.uint8]:
    return (mask * share).astype(np.uint8)
