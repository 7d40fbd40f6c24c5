"""The pen that scenes draw with: shapes in local units, light and line weight taken care of."""

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from training.procedural.canvas import Canvas
from training.procedural.curves import Points, ellipse, floats, points_of, smooth, tube, wander
from training.procedural.look import Inking, Light
from training.procedural.palettes import Colour, Tones, darker


class Pen:
    """Draws in its own coordinates: x to the right, y down, 100 units to the short side at first.

    `at` gives a pen for a part (a head, a window) with its own origin, scale, turn and mirror.
    `width` and `height` are the sheet's size in units of the first pen.
    """

    def __init__(self, canvas: Canvas, tones: Tones) -> None:
        self.canvas, self.tones, self.rng = canvas, tones, canvas.rng
        self.look = canvas.look
        self.width, self.height = canvas.width / canvas.unit, canvas.height / canvas.unit
        self.matrix = canvas.unit * np.eye(2, 3, dtype=np.float32)
        self.size = canvas.unit

    def at(
        self, x: float, y: float, scale: float = 1.0, angle: float = 0.0, flip: bool = False
    ) -> "Pen":
        """A pen whose origin is (x, y) here; angle in degrees, clockwise."""
        part = Pen.__new__(Pen)
        part.__dict__.update(self.__dict__)
        cosine, sine = math.cos(math.radians(angle)) * scale, math.sin(math.radians(angle)) * scale
        mirror = -1.0 if flip else 1.0
        rows = [[cosine * mirror, -sine, x], [sine * mirror, cosine, y], [0.0, 0.0, 1.0]]
        local = floats(rows)
        part.matrix = self.matrix @ local
        part.size = self.size * scale
        return part

    def light_up(self, tint: tuple[float, float, float]) -> None:
        """Give the whole scene light of this colour from now on (for every pen of it)."""
        light = Light(self.look.light.x, self.look.light.y, tint)
        self.canvas.look = replace(self.canvas.look, light=light)

    def pixels(self, values: ArrayLike) -> Points:
        return points_of(values) @ self.matrix[:, :2].T + self.matrix[:, 2]

    def shape(
        self,
        values: ArrayLike,
        colour: Colour,
        *,
        line: float = 1.0,
        curved: bool = False,
        shade: float = 1.0,
        glow: bool = False,
    ) -> Points:
        """Paint a closed shape and ink its outline; return the outline in pixels.

        `line` is the outline's weight (0: none), `shade` how strongly the form is modelled;
        `glow` keeps the colour as it is whatever the light.
        """
        points = self._shaken(self.pixels(smooth(values) if curved else values), closed=True)
        self.canvas.fill(points, colour if glow else self.lit(colour), shade)
        if line:
            self.canvas.outline(points, self._weight(points, line), closed=True)
        return points

    def round(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        *,
        angle: float = 0.0,
        line: float = 1.0,
        shade: float = 1.0,
        glow: bool = False,
    ) -> Points:
        """Paint and ink an ellipse."""
        count = 28 if max(rx, ry) * self.size > 5 else 14
        return self.shape(
            ellipse(x, y, rx, ry, angle, count), colour, line=line, shade=shade, glow=glow
        )

    def limb(
        self,
        values: ArrayLike,
        widths: list[float],
        colour: Colour,
        *,
        line: float = 1.0,
        shade: float = 1.0,
    ) -> Points:
        """Paint and ink a tube along the points."""
        return self.shape(tube(values, widths), colour, line=line, shade=shade)

    def spot(self, values: ArrayLike, colour: Colour, curved: bool = False) -> None:
        """A small solid shape that is black ink in the line art (a pupil, a nostril)."""
        points = self.pixels(smooth(values) if curved else values)
        self.canvas.fill(points, self.lit(colour), 0)
        self.canvas.blacken(points)

    def black(self, points: Points) -> None:
        """Fill a shape, given in pixels as `shape` returns it, with solid ink."""
        self.canvas.blacken(points)

    def line(self, values: ArrayLike, weight: float = 1.0, curved: bool = True) -> None:
        """Ink an open line."""
        path = self._shaken(self.pixels(smooth(values, closed=False) if curved else values), False)
        self.canvas.outline(path, self._weight(path, weight), closed=False)

    def lines(self, polylines: Sequence[ArrayLike], weight: float = 0.7) -> None:
        """Ink many short strokes of one weight: grass, tiles, planks, fur."""
        if polylines:
            width = self.look.hand.width * weight * self.canvas.unit
            self.canvas.scratch([self.pixels(line) for line in polylines], width)

    def tiles(
        self, outlines: Sequence[Points], colour: Colour, weight: float = 0.7, glow: bool = False
    ) -> None:
        """Many small inked shapes of one colour that do not overlap: panes, bricks."""
        if outlines:
            width = self.look.hand.width * weight * self.canvas.unit
            self.canvas.tile(
                [self.pixels(outline) for outline in outlines],
                colour if glow else self.lit(colour),
                width,
            )

    def dabs(self, polylines: Sequence[ArrayLike], colour: Colour, width: float) -> None:
        """Strokes of paint without ink; `width` in this pen's units."""
        if polylines:
            self.canvas.dab(
                [self.pixels(line) for line in polylines], self.lit(colour), width * self.size
            )

    def patch(
        self, values: ArrayLike, colour: Colour, curved: bool = False, glow: bool = False
    ) -> None:
        """Paint an area that has no line of its own, and leave the ink."""
        points = self.pixels(smooth(values) if curved else values)
        self.canvas.paint(points, colour if glow else self.lit(colour))

    def ramp(
        self,
        values: ArrayLike,
        stops: list[Colour],
        line: float = 0.0,
        horizontal: bool = False,
        glow: bool = False,
    ) -> None:
        """Paint a shape with a gradient and ink its outline if `line` says so."""
        points = self._shaken(self.pixels(values), closed=True)
        colours = stops if glow else [self.lit(stop) for stop in stops]
        self.canvas.ramp(points, colours, horizontal)
        if line:
            self.canvas.outline(points, self._weight(points, line), closed=True)

    def glaze(
        self,
        values: ArrayLike,
        colour: Colour,
        amount: float,
        blur: float = 0.0,
        curved: bool = False,
    ) -> None:
        """A see-through colour; `blur` in this pen's units."""
        points = self.pixels(smooth(values) if curved else values)
        self.canvas.glaze(points, colour, amount, blur * self.size)

    def ground_shadow(self, x: float, y: float, rx: float, ry: float) -> None:
        """The soft dark patch under something that stands on the ground."""
        if self.look.finish.strength > 0.18:
            self.glaze(ellipse(x, y, rx, ry), (40, 40, 70), 0.24, blur=ry * 0.25)

    def lit(self, colour: Colour) -> Colour:
        """The colour in the light of the scene."""
        tint = self.canvas.look.light.tint
        return tuple(min(255, round(c * t)) for c, t in zip(colour, tint, strict=True))  # type: ignore[return-value]

    def dark(self, colour: Colour, amount: float = 0.25) -> Colour:
        return darker(colour, amount)

    @property
    def ink(self) -> bool:
        """Whether the colour picture will show ink."""
        return self.look.finish.inking is not Inking.NONE

    def spread(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def _weight(self, points: Points, line: float) -> float:
        """The line's width in pixels: small things get thinner lines."""
        extent = _extent(points) / self.canvas.unit
        fine = min(max((extent / 18) ** 0.3, 0.5), 1.25)
        return max(self.look.hand.width * line * fine * self.canvas.unit, 0.9)

    def _shaken(self, points: Points, closed: bool) -> Points:
        """The points as an unsteady hand puts them down."""
        extent = _extent(points)
        amount = (
            self.look.hand.shake * self.canvas.unit * min(1.0, extent / (25 * self.canvas.unit))
        )
        if amount < 0.15:
            return points
        knots = 3 + int(extent / (9 * self.canvas.unit))
        sway = np.stack([wander(len(points), knots, self.rng, closed) for _ in range(2)], axis=1)
        return points + amount * sway


def _extent(points: Points) -> float:
    """The longer side of the points' bounding box."""
    return float((points.max(axis=0) - points.min(axis=0)).max())


def blank_like(canvas: Canvas, width: int, height: int) -> Canvas:
    """An empty canvas of another size in the same look (a panel of a page)."""
    return Canvas(width, height, canvas.look, canvas.rng)


def paste(canvas: Canvas, panel: Canvas, x: int, y: int) -> None:
    """Put a panel's paint and ink onto a page."""
    rows, columns = slice(y, y + panel.height), slice(x, x + panel.width)
    canvas.colour[rows, columns] = panel.colour
    canvas.lines[rows, columns] = panel.lines
