"""Which scenes there are, how often, and how one is drawn from a seed."""

from collections.abc import Callable

import numpy as np

from training.procedural import indoors, outdoors, pages
from training.procedural.canvas import Canvas
from training.procedural.finishing import Scene, finish
from training.procedural.look import choose_look
from training.procedural.palettes import Tones
from training.procedural.pen import Pen

SCENES: dict[str, tuple[Callable[[Pen], None], float]] = {
    "meadow": (outdoors.meadow, 9),
    "highlands": (outdoors.highlands, 6),
    "seaside": (outdoors.seaside, 8),
    "woods": (outdoors.woods, 7),
    "village": (outdoors.village, 8),
    "street": (outdoors.street, 6),
    "winter": (outdoors.winter, 4),
    "underwater": (outdoors.underwater, 4),
    "camp": (outdoors.camp, 3),
    "desert": (outdoors.desert, 3),
    "airborne": (outdoors.airborne, 3),
    "room": (indoors.room, 7),
    "still_life": (indoors.still_life, 4),
    "portrait": (indoors.portrait, 16),
    "couple": (indoors.couple, 8),
    "creature": (indoors.creature, 7),
    "sprites": (indoors.sprites, 7),
}
KINDS: tuple[str, ...] = (*SCENES, "page")
_PAGE_WEIGHT = 6.0


def draw_scene(seed: int, width: int = 512, height: int = 512, kind: str | None = None) -> Scene:
    """Draw the scene of this seed; the same arguments give the same bytes.

    `kind` (one of KINDS) fixes what is drawn; without it, chance decides.
    Raises KeyError for an unknown kind.
    """
    rng = np.random.default_rng(seed)
    chosen = kind or _choose_kind(rng)
    canvas = Canvas(width, height, choose_look(rng), rng)
    pen = Pen(canvas, Tones(rng))
    if chosen == "page":
        pages.page(pen, [draw for draw, _ in SCENES.values()])
    else:
        SCENES[chosen][0](pen)
    return finish(canvas, chosen)


def _choose_kind(rng: np.random.Generator) -> str:
    weights = np.array([*(weight for _, weight in SCENES.values()), _PAGE_WEIGHT])
    return KINDS[int(rng.choice(len(KINDS), p=weights / weights.sum()))]
