"""Colours that belong together: OKLCh with restrained ranges, and what things usually look like."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Colour = tuple[int, int, int]

INK: Colour = (24, 20, 28)
WHITE: Colour = (252, 251, 247)
BLACK: Colour = (38, 36, 44)


def oklch(lightness: float, chroma: float, hue: float) -> Colour:
    """An sRGB colour from OKLCh (lightness 0..1, chroma 0..0.3, hue in degrees).

    Matrices: Björn Ottosson, "A perceptual color space for image processing" (2020).
    A colour outside sRGB loses chroma until it fits, so its hue and lightness stay.
    """
    for _ in range(12):
        linear = _linear_rgb(lightness, chroma, hue)
        if all(-0.002 <= value <= 1.002 for value in linear):
            break
        chroma *= 0.88
    return tuple(_encoded(value) for value in linear)  # type: ignore[return-value]


def _linear_rgb(lightness: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def _encoded(value: float) -> int:
    value = min(max(value, 0.0), 1.0)
    curve = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(255 * curve)


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour in the first, 0..1."""
    return tuple(round(a + (b - a) * share) for a, b in zip(first, second, strict=True))  # type: ignore[return-value]


def darker(colour: Colour, amount: float = 0.2) -> Colour:
    """A shadow of the colour: darker and a little cooler, as painters mix it."""
    r, g, b = colour
    keep = 1.0 - amount
    return (
        round(r * keep * 0.97),
        round(g * keep * 0.97),
        min(255, round(b * keep + 9 * amount * 4)),
    )


def lighter(colour: Colour, amount: float = 0.2) -> Colour:
    """A light of the colour: toward a warm white."""
    return mix(colour, (255, 252, 240), amount)


@dataclass(frozen=True, slots=True)
class Hair:
    """A head of hair: its colour and whether it is so dark that inkers fill it with black."""

    colour: Colour
    dark: bool


class Tones:
    """The colours of one scene. Nature keeps its associations; cloth shares a few hues."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.fancy_hair = rng.random() < 0.22
        self.winter = False  # a snow scene sets it: firs and roofs carry snow then
        self.season = str(rng.choice(["spring", "summer", "autumn"], p=[0.3, 0.52, 0.18]))
        self.green = float(rng.uniform(118, 158))
        self.chroma = float(rng.uniform(0.75, 1.25))
        first = float(rng.uniform(0, 360))
        gap = float(rng.choice([25, 40, 120, 150, 180]))
        self.hues = (first, first + gap, first - gap * float(rng.uniform(0.5, 1)), first + 180)

    def spread(self, low: float, high: float) -> float:
        return float(self.rng.uniform(low, high))

    def near(self, lightness: float, chroma: float, hue: float, loose: float = 1.0) -> Colour:
        """A colour close to the one named, with the scene's strength of colour."""
        return oklch(
            min(max(lightness + self.spread(-0.05, 0.05) * loose, 0.05), 0.985),
            chroma * self.chroma * self.spread(0.85, 1.15),
            hue + self.spread(-9, 9) * loose,
        )

    def any_of(self, choices: Sequence[tuple[float, float, float]], loose: float = 1.0) -> Colour:
        return self.near(*choices[int(self.rng.integers(len(choices)))], loose)

    def cloth(self) -> Colour:
        """Clothes, balls, boats, balloons: pleasing and of few hues in one scene."""
        kind = self.rng.random()
        if kind < 0.12:
            return self.near(0.94, 0.012, 80)
        if kind < 0.2:
            return self.near(0.36, 0.03, 270)
        if kind < 0.3:
            return self.any_of([(0.72, 0.05, 70), (0.5, 0.05, 60), (0.62, 0.03, 250)])
        hue = self.hues[int(self.rng.integers(len(self.hues)))] % 360
        lightness = self.spread(0.45, 0.82)
        if 75 < hue < 125:  # dark yellow looks like mud
            lightness = self.spread(0.76, 0.88)
        return self.near(lightness, self.spread(0.09, 0.17), hue)

    def jeans(self) -> Colour:
        return self.any_of(
            [(0.45, 0.09, 262), (0.35, 0.06, 265), (0.6, 0.06, 255), (0.55, 0.05, 70)]
        )

    def skin(self) -> Colour:
        """Human skin from very light to very dark."""
        depth = self.rng.beta(1.0, 1.9)
        lightness = 0.895 - 0.46 * depth
        chroma = 0.045 + 0.035 * math.sin(math.pi * min(depth * 1.15, 1.0))
        hue = 54 + self.spread(-9, 8)
        return oklch(lightness, chroma * self.spread(0.9, 1.15), hue)

    def hair(self, skin: Colour) -> Hair:
        """Natural hair that fits the skin; in some scenes the colours of comics."""
        if self.fancy_hair and self.rng.random() < 0.8:
            hue = self.spread(0, 360)
            return Hair(self.near(self.spread(0.55, 0.8), 0.12, hue), False)
        choice = self.rng.random() + (0.35 if sum(skin) < 480 else 0.0)
        if choice > 0.72:
            return Hair(self.any_of([(0.24, 0.015, 280), (0.27, 0.03, 40)]), True)
        if choice > 0.38:
            return Hair(self.any_of([(0.38, 0.06, 50), (0.46, 0.08, 55), (0.32, 0.05, 45)]), False)
        if choice > 0.16:
            return Hair(self.any_of([(0.82, 0.1, 88), (0.76, 0.1, 80), (0.88, 0.07, 92)]), False)
        if choice > 0.06:
            return Hair(self.any_of([(0.6, 0.15, 48), (0.52, 0.14, 40)]), False)
        return Hair(self.near(0.84, 0.008, 250), False)

    def iris(self) -> Colour:
        return self.any_of(
            [
                (0.45, 0.08, 55),
                (0.35, 0.06, 50),
                (0.55, 0.11, 250),
                (0.58, 0.1, 150),
                (0.6, 0.09, 220),
            ]
        )

    def grass(self) -> Colour:
        if self.season == "autumn":
            return self.near(0.7, 0.1, 112)
        return self.near(0.72, 0.13, (self.green + 128) / 2)

    def leaves(self) -> Colour:
        """Foliage of the season."""
        if self.season == "autumn":
            return self.any_of(
                [(0.65, 0.15, 55), (0.57, 0.16, 38), (0.75, 0.14, 80), (0.6, 0.1, 115)]
            )
        if self.season == "spring" and self.rng.random() < 0.15:
            return self.near(0.84, 0.09, 0)
        return self.near(self.spread(0.5, 0.68), 0.12, self.green)

    def conifer(self) -> Colour:
        return self.near(self.spread(0.4, 0.54), 0.085, 157)

    def bark(self) -> Colour:
        return self.any_of([(0.47, 0.06, 55), (0.4, 0.05, 50), (0.55, 0.06, 60)])

    def earth(self) -> Colour:
        return self.any_of([(0.72, 0.07, 75), (0.62, 0.07, 62), (0.78, 0.05, 85)])

    def sand(self) -> Colour:
        return self.near(0.87, 0.065, 85)

    def stone(self) -> Colour:
        return self.any_of([(0.68, 0.015, 250), (0.6, 0.02, 70), (0.75, 0.02, 90)])

    def water(self) -> Colour:
        return self.any_of(
            [(0.62, 0.1, 235), (0.7, 0.09, 215), (0.55, 0.1, 245), (0.74, 0.08, 200)]
        )

    def petal(self) -> Colour:
        return self.any_of(
            [
                (0.68, 0.17, 5),
                (0.62, 0.2, 28),
                (0.86, 0.15, 92),
                (0.66, 0.15, 305),
                (0.95, 0.015, 90),
                (0.78, 0.11, 350),
                (0.73, 0.16, 55),
                (0.62, 0.13, 275),
            ]
        )

    def wall(self) -> Colour:
        return self.any_of(
            [
                (0.92, 0.03, 88),
                (0.86, 0.06, 75),
                (0.82, 0.05, 40),
                (0.88, 0.04, 230),
                (0.7, 0.09, 38),
                (0.9, 0.03, 140),
                (0.8, 0.07, 85),
            ]
        )

    def roof(self) -> Colour:
        if self.winter:
            return self.near(0.96, 0.01, 245)
        return self.any_of(
            [
                (0.56, 0.14, 35),
                (0.5, 0.12, 32),
                (0.45, 0.05, 260),
                (0.48, 0.06, 55),
                (0.6, 0.13, 45),
                (0.5, 0.06, 200),
            ]
        )

    def wood(self) -> Colour:
        return self.any_of([(0.62, 0.09, 62), (0.52, 0.08, 55), (0.7, 0.08, 70), (0.44, 0.07, 50)])

    def metal(self) -> Colour:
        return self.any_of([(0.75, 0.015, 240), (0.55, 0.02, 250), (0.82, 0.09, 88)])
