"""Four-legged animals seen from the side, about one unit tall, standing on y = 0."""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from training.procedural.curves import cloud, ellipse, smooth, tube
from training.procedural.palettes import Colour, lighter
from training.procedural.pen import Pen


def eye(pen: Pen, x: float, y: float, size: float) -> None:
    pen.spot(ellipse(x, y, size, 1.2 * size, count=12), (36, 28, 30))
    if pen.size * size > 1.5:
        dot = ellipse(x - 0.3 * size, y - 0.4 * size, 0.35 * size, 0.35 * size, count=8)
        pen.patch(dot, (255, 255, 255))
        pen.canvas.wipe(pen.pixels(dot))


def muzzle(pen: Pen, x: float, y: float, size: float, colour: Colour) -> None:
    pen.patch(ellipse(x, y, size, 0.75 * size), colour)
    pen.spot(
        smooth(
            [
                (x - 0.3 * size, y - 0.45 * size),
                (x + 0.3 * size, y - 0.45 * size),
                (x, y - 0.1 * size),
            ]
        ),
        (90, 50, 55),
    )
    pen.line(
        [
            (x - 0.4 * size, y + 0.2 * size),
            (x - 0.15 * size, y + 0.35 * size),
            (x, y - 0.05 * size),
            (x + 0.15 * size, y + 0.35 * size),
            (x + 0.4 * size, y + 0.2 * size),
        ],
        0.6,
    )


@dataclass(frozen=True, slots=True)
class Beast:
    """Proportions of a four-legged animal seen from the side."""

    colours: tuple[tuple[float, float, float], ...]
    leg: float
    body: tuple[float, float]
    neck: float
    head: float
    snout: float
    ear: str
    tail: str


BEASTS = {
    "dog": Beast(
        ((0.62, 0.08, 62), (0.45, 0.06, 50), (0.9, 0.03, 85), (0.75, 0.08, 75)),
        0.26,
        (0.35, 0.2),
        0.12,
        0.18,
        0.15,
        "flop",
        "up",
    ),
    "fox": Beast(
        ((0.65, 0.15, 50), (0.7, 0.13, 55)), 0.24, (0.34, 0.17), 0.1, 0.17, 0.17, "point", "bush"
    ),
    "horse": Beast(
        ((0.45, 0.07, 48), (0.6, 0.07, 60), (0.85, 0.015, 90), (0.3, 0.02, 40)),
        0.46,
        (0.4, 0.18),
        0.42,
        0.12,
        0.2,
        "point",
        "hair",
    ),
    "cow": Beast(
        ((0.95, 0.01, 90), (0.5, 0.07, 48)), 0.3, (0.42, 0.2), 0.14, 0.15, 0.14, "side", "thin"
    ),
    "pig": Beast(
        ((0.82, 0.07, 10), (0.8, 0.06, 25)), 0.17, (0.38, 0.26), 0.02, 0.2, 0.08, "point", "curl"
    ),
    "bear": Beast(
        ((0.42, 0.06, 52), (0.35, 0.05, 48), (0.95, 0.01, 90)),
        0.26,
        (0.42, 0.24),
        0.1,
        0.18,
        0.1,
        "round",
        "none",
    ),
    "sheep": Beast(((0.94, 0.015, 90),), 0.26, (0.38, 0.24), 0.06, 0.13, 0.1, "side", "none"),
}


def beast(pen: Pen, kind: str | None = None) -> None:
    """A four-legged animal looking to the right."""
    name = kind or str(pen.rng.choice(list(BEASTS)))
    plan = BEASTS[name]
    fur = pen.tones.any_of(plan.colours)
    long, thick = plan.body
    back = -plan.leg - thick
    _tail(pen, plan, fur, -long, back)
    for x, far in (
        (-0.62 * long, True),
        (0.72 * long, True),
        (-0.78 * long, False),
        (0.55 * long, False),
    ):
        shade = pen.dark(fur if name != "sheep" else (90, 80, 76), 0.15 if far else 0.0)
        step = pen.spread(-0.05, 0.05)
        pen.limb(
            [(x, back), (x + 0.3 * step, -0.5 * plan.leg), (x + step, -0.02)],
            [0.5 * thick, 0.36 * thick, 0.32 * thick],
            shade,
        )
    head = (long + 0.35 * plan.neck + 0.1, back - 0.85 * plan.neck - 0.1)
    if name != "sheep":
        pen.limb(
            [
                (0.6 * long, back + 0.02),
                (0.8 * long + 0.1 * plan.neck, back - 0.35 * plan.neck),
                head,
            ],
            [1.4 * thick, 1.0 * thick, 1.3 * plan.head],
            fur,
            shade=0.6,
        )
    if name == "horse":
        pen.shape(
            tube(
                [
                    (0.55 * long, back - 0.1),
                    (0.7 * long, back - 0.3 * plan.neck - 0.1),
                    (head[0] - 0.08, head[1] - 0.14),
                ],
                [0.08, 0.16, 0.06],
            ),
            pen.dark(fur, 0.45),
        )
    if name == "sheep":
        pen.shape(cloud(0, back, 1.1 * long, 1.15 * thick, 12, pen.rng), fur)
    else:
        pen.shape(
            smooth(
                [
                    (-long, back - 0.1 * thick),
                    (-0.6 * long, back - 0.9 * thick),
                    (0.3 * long, back - 0.85 * thick),
                    (long, back - 0.5 * thick),
                    (0.95 * long, back + 0.7 * thick),
                    (0.1 * long, back + 0.85 * thick),
                    (-0.8 * long, back + 0.8 * thick),
                ]
            ),
            fur,
        )
    if name == "cow" and pen.chance(0.7):
        for dx, dy, r in ((-0.5, -0.3, 0.5), (0.3, 0.0, 0.45), (-0.1, 0.45, 0.3)):
            pen.shape(
                cloud(dx * long, back + dy * thick, r * thick, 0.8 * r * thick, 6, pen.rng),
                (60, 52, 50),
                line=0.6,
                shade=0,
            )
    _beast_head(pen, plan, fur if name != "sheep" else (96, 86, 82), name, *head)


def _tail(pen: Pen, plan: Beast, fur: Colour, x: float, y: float) -> None:
    ways = {
        "up": (
            [(x + 0.05, y - 0.05), (x - 0.14, y - 0.15), (x - 0.16, y - 0.32)],
            [0.07, 0.06, 0.03],
        ),
        "bush": ([(x + 0.05, y), (x - 0.25, y + 0.05), (x - 0.48, y - 0.16)], [0.06, 0.2, 0.03]),
        "hair": ([(x + 0.05, y - 0.08), (x - 0.14, y), (x - 0.13, y + 0.4)], [0.06, 0.13, 0.04]),
        "thin": (
            [(x + 0.03, y - 0.1), (x - 0.08, y + 0.05), (x - 0.06, y + 0.3)],
            [0.035, 0.03, 0.06],
        ),
        "curl": (
            [(x + 0.03, y), (x - 0.07, y - 0.06), (x - 0.05, y - 0.13), (x - 0.1, y - 0.12)],
            [0.03, 0.025],
        ),
    }
    if plan.tail in ways:
        way, widths = ways[plan.tail]
        pen.limb(way, widths, pen.dark(fur, 0.4) if plan.tail == "hair" else fur)
        if plan.tail == "bush":
            pen.patch(tube(way[-2:], [0.0, 0.05, 0.1, 0.03]), (248, 240, 230))


def _beast_head(pen: Pen, plan: Beast, fur: Colour, name: str, x: float, y: float) -> None:
    size, pale = plan.head, lighter(fur, 0.5)
    ears: dict[str, ArrayLike] = {
        "point": [
            (x - 0.7 * size, y - 0.5 * size),
            (x - 0.45 * size, y - 1.6 * size),
            (x + 0.15 * size, y - 0.8 * size),
        ],
        "side": smooth(
            [
                (x - 0.6 * size, y - 0.5 * size),
                (x - 1.5 * size, y - 0.6 * size),
                (x - 1.3 * size, y - 0.1 * size),
            ]
        ),
        "round": ellipse(x - 0.55 * size, y - 0.85 * size, 0.36 * size, 0.36 * size),
    }
    if plan.ear in ears:
        pen.shape(ears[plan.ear], fur, shade=0.4)
    pen.shape(
        smooth(
            [
                (x - size, y),
                (x - 0.6 * size, y - 0.85 * size),
                (x + 0.3 * size, y - 0.85 * size),
                (x + 0.75 * size, y - 0.15 * size),
                (x + 0.8 * size + plan.snout, y + 0.15 * size),
                (x + 0.75 * size + plan.snout, y + 0.65 * size),
                (x, y + 0.85 * size),
                (x - 0.8 * size, y + 0.6 * size),
            ]
        ),
        fur,
    )
    if name in ("fox", "cow", "horse", "bear", "dog") and pen.chance(0.7):
        pen.patch(
            ellipse(
                x + 0.5 * size + 0.7 * plan.snout,
                y + 0.4 * size,
                0.2 * size + 0.4 * plan.snout,
                0.3 * size,
            ),
            (232, 190, 180) if name == "cow" else pale,
        )
    tip = x + 0.75 * size + plan.snout
    if name == "pig":
        pen.round(tip, y + 0.35 * size, 0.3 * size, 0.36 * size, pen.dark(fur, 0.08), shade=0)
    pen.spot(
        ellipse(tip - 0.05 * size, y + 0.22 * size, 0.16 * size, 0.13 * size, count=12),
        (50, 36, 38),
    )
    pen.line(
        [
            (tip - 0.1 * size, y + 0.55 * size),
            (x + 0.5 * size, y + 0.6 * size),
            (x + 0.25 * size, y + 0.42 * size),
        ],
        0.6,
    )
    eye(pen, x + 0.15 * size, y - 0.2 * size, 0.14 * size)
    if plan.ear == "flop":
        pen.shape(
            smooth(
                [
                    (x - 0.55 * size, y - 0.75 * size),
                    (x - 1.05 * size, y - 0.2 * size),
                    (x - 0.85 * size, y + 0.6 * size),
                    (x - 0.35 * size, y),
                ]
            ),
            pen.dark(fur, 0.25),
            shade=0.5,
        )


def elephant(pen: Pen) -> None:
    grey = pen.tones.any_of([(0.68, 0.02, 260), (0.6, 0.03, 280), (0.72, 0.05, 250)])
    for x, far in ((-0.26, 1), (0.2, 1), (-0.36, 0), (0.1, 0)):
        pen.limb([(x, -0.4), (x, -0.04)], [0.22, 0.18, 0.19], pen.dark(grey, 0.12 * far))
        if not far:
            pen.lines(
                [[(x - 0.06 + k * 0.06, -0.05), (x - 0.06 + k * 0.06, -0.02)] for k in range(3)],
                0.5,
            )
    pen.limb([(-0.5, -0.6), (-0.6, -0.45), (-0.6, -0.3)], [0.04, 0.03, 0.05], grey)
    pen.round(-0.1, -0.58, 0.44, 0.31, grey)
    pen.limb([(0.45, -0.62), (0.64, -0.42), (0.62, -0.18), (0.74, -0.08)], [0.24, 0.15, 0.09], grey)
    pen.round(0.4, -0.75, 0.24, 0.23, grey)
    pen.shape(
        tube([(0.5, -0.58), (0.62, -0.5), (0.72, -0.52)], [0.06, 0.03, 0.0]),
        (248, 244, 230),
        line=0.8,
    )
    pen.shape(
        smooth(
            [(0.3, -0.95), (0.05, -1.0), (-0.06, -0.75), (0.02, -0.52), (0.2, -0.48), (0.32, -0.7)]
        ),
        pen.dark(grey, 0.06),
    )
    pen.glaze(
        smooth([(0.24, -0.88), (0.1, -0.92), (0.03, -0.75), (0.1, -0.6), (0.2, -0.58)]),
        (230, 170, 170),
        0.4,
        0.02,
    )
    eye(pen, 0.46, -0.78, 0.03)
