"""How one scene is made: the hand that inks it, the way it is painted, the light on it."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np


class Shading(StrEnum):
    """How a painter models a form."""

    FLAT = "flat"
    CEL = "cel"
    SOFT = "soft"


class Inking(StrEnum):
    """How the ink lies over the colours."""

    BLACK = "black"
    COLOURED = "coloured"
    NONE = "none"


class Tone(StrEnum):
    """What the inker puts on the shadow side."""

    NONE = "none"
    HATCH = "hatch"
    DOTS = "dots"


@dataclass(frozen=True, slots=True)
class Hand:
    """The line: lengths are in scene units (a hundredth of the short side)."""

    width: float
    swing: float  # how much the pressure varies along a line, 0..1
    weighted: float  # extra thickness on the side away from the light, 0..1
    shake: float
    gaps: float  # chance that an outline is left open somewhere
    taper: float  # length of the thin ends of an open line, as a share of the line
    grain: float  # how much the paper's tooth shows in the line, 0..1
    depth: float  # how black the ink is, 0..1
    spot_blacks: bool
    tone: Tone


@dataclass(frozen=True, slots=True)
class Light:
    """The direction to the light (unit vector, y down) and its colour as three factors."""

    x: float
    y: float
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)


@dataclass(frozen=True, slots=True)
class Finish:
    """The painting: the forms' shading, the ink over it, the surface."""

    shading: Shading
    strength: float
    inking: Inking
    wash: float  # blotches of watercolour, 0..1
    grain: float  # tooth of the paper, 0..1


@dataclass(frozen=True, slots=True)
class Look:
    hand: Hand
    finish: Finish
    light: Light


def choose_look(rng: np.random.Generator) -> Look:
    """Draw a look by chance; common ways of drawing come up more often."""
    return Look(_choose_hand(rng), _choose_finish(rng), _choose_light(rng))


def _choose_hand(rng: np.random.Generator) -> Hand:
    tone = rng.choice([Tone.NONE, Tone.HATCH, Tone.DOTS], p=[0.78, 0.14, 0.08])
    technical = rng.random() < 0.25
    return Hand(
        width=float(np.clip(rng.lognormal(math.log(0.46), 0.36), 0.22, 0.9)),
        swing=0.1 if technical else float(rng.uniform(0.2, 0.75)),
        weighted=0.0 if technical else float(rng.uniform(0.0, 0.6)),
        shake=0.03 if technical else float(rng.choice([0.06, 0.12, 0.22, 0.34])),
        gaps=0.0 if technical else float(rng.choice([0.0, 0.1, 0.3])),
        taper=0.08 if technical else float(rng.uniform(0.15, 0.5)),
        grain=float(rng.choice([0.0, 0.0, 0.35, 0.7])),
        depth=float(rng.choice([1.0, 1.0, 0.92, 0.75])),
        spot_blacks=bool(rng.random() < 0.3),
        tone=Tone(str(tone)),
    )


def _choose_finish(rng: np.random.Generator) -> Finish:
    shading = Shading(str(rng.choice(["flat", "cel", "soft"], p=[0.24, 0.4, 0.36])))
    inking = Inking(str(rng.choice(["black", "coloured", "none"], p=[0.62, 0.23, 0.15])))
    return Finish(
        shading=shading,
        strength=float(rng.uniform(0.16, 0.34)),
        inking=inking,
        wash=float(rng.choice([0.0, 0.0, 0.025, 0.045])),
        grain=float(rng.choice([0.0, 0.0, 0.015, 0.03])),
    )


def _choose_light(rng: np.random.Generator) -> Light:
    heading = math.radians(float(rng.choice([-130, -115, -65, -50]) + rng.uniform(-10, 10)))
    return Light(math.cos(heading), math.sin(heading))
