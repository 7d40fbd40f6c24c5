"""Hints spread over the picture: from a few dots to a guess everywhere, and how far to trust it.

Two ways of spreading are joined. *Along the picture*: weighted least squares, separable
(the fast global smoother of Min et al. 2014, used as they do for scribbles: colours and mask
are smoothed alike and divided), which stops where luma steps, like Levin's colorization
(2004) at a small part of its time. *Across the picture*: a colour also belongs where the
luma is alike but edges lie between (leaves, stripes, a sky seen through branches); that is a
kernel regression over luma and place, on a bilateral grid (Chen, Paris & Durand 2007).
The geodesic distance to the nearest hint tells near from far: how much luma changes on the
way there.

One set of functions serves the program (numpy) and the training (torch, in bulk): `xp` is
either module. N pictures of h × w pixels, C channels; luma in 0..1; all float32.
"""

from typing import Any

from colorstudio.core.recurrences import recur, shortest, thomas_carried
from colorstudio.core.tents import tents

_LUMA_SCALE = 0.01  # a step of luma this high between neighbours holds back most of the colour
_SMOOTHNESS = 1e4  # of the least squares: colour flows some hundred pixels through flat luma
_ROUNDS = 3
_STEP = 0.001  # geodesic length of one pixel of flat luma
_SWEEPS = 3
_REACH = 0.15  # geodesic distance at which confidence has fallen to 1/e
_OWN_REGION = 0.05  # geodesic distance within which only what flows along the picture counts
_SCALES = tuple(0.7 * 3.3**number for number in range(9))
"""Squares of reaches in pixels of flat luma: the nearest is a dot's, the farthest a page's."""
_WEIGHS_HALF = 0.07  # of a hint of one pixel, at its centre: what it weighs there at scale 1

_TONES, _PLACES = 24, 16  # cells of the bilateral grid along luma and along the long side
_TONE_WIDTH, _PLACE_WIDTH = 0.045, 0.2  # of its kernel: luma, and share of the long side
_TAILS = ((1.0, 1.0), (2.0, 1e-3), (5.0, 1e-6))
"""Widths and heights that the kernel is summed of: far from every hint the nearest ones
still decide, without numbers too small to count."""


class EdgeAwareSmoother:
    """Smooths planes along the edges of one luma; made once, used for any planes.

    Weighted least squares along rows and columns in turn, in rounds of falling strength. Each
    line is a tridiagonal, diagonally dominant system: Thomas' algorithm needs no pivots, and
    what it eliminates depends on luma alone.
    """

    def __init__(self, xp: Any, luma: Any, smoothness: float = _SMOOTHNESS) -> None:
        """luma (N, h, w); smoothness: its root is the reach in pixels of flat luma."""
        self._xp, likeness = xp, _likeness(xp, luma)
        self._passes = []
        for number in range(_ROUNDS):
            strength = 1.5 * 4.0 ** (_ROUNDS - number - 1) / (4.0**_ROUNDS - 1) * smoothness
            self._passes += [(axis, _eliminated(xp, likeness[axis] * strength)) for axis in (2, 1)]

    def __call__(self, planes: Any) -> Any:
        """The planes (N, C, h, w), smoothed."""
        for axis, factors in self._passes:
            planes = _solved(self._xp, planes, axis, factors)
        return planes


class Scales:
    """Spreads planes along the edges of one luma, farther and farther: heat that flows.

    Each scale goes on from the one before by one step of implicit diffusion, along one axis and
    then along the other (locally one-dimensional splitting, Yanenko 1971), in turn the one or the
    other first. So spots stay rounder than those of one long step, and leave no streaks.
    """

    def __init__(self, xp: Any, luma: Any) -> None:
        """luma (N, h, w)."""
        self._xp, likeness = xp, _likeness(xp, luma)
        self._steps = []
        for number, (before, scale) in enumerate(zip((0.0, *_SCALES), _SCALES, strict=False)):
            axes = (2, 1) if number % 2 else (1, 2)
            step = scale - before
            self._steps.append([(axis, _eliminated(xp, likeness[axis] * step)) for axis in axes])

    def __call__(self, planes: Any) -> list[Any]:
        """The planes (N, C, h, w) at each scale, the nearest first."""
        found = []
        for passes in self._steps:
            for axis, factors in passes:
                planes = _solved(self._xp, planes, axis, factors)
            found.append(planes)
        return found


def corrected(xp: Any, values: Any, planes: Any, scales: Scales) -> Any:
    """Values (N, C, h, w), bent so that they obey the hints (N, C + 1, h, w) as in `spread_hints`.

    What is missing at the hints is there in full at a hint, goes through its closed region, blends
    between hints that differ, and fades out where no scale reaches: from the farthest scale to the
    nearest, each has its say where hints weigh enough in it (pull-push interpolation, Gortler et
    al. 1996).
    """
    mask = planes[:, -1:]
    missing = xp.concatenate([(planes[:, :-1] - values) * mask, mask], 1)
    change = 0 * values
    for scale, spread in zip(reversed(_SCALES), reversed(scales(missing)), strict=True):
        # Their mean by weight, in which what is known so far weighs as much as half a say.
        half = _WEIGHS_HALF / scale
        change = (spread[:, :-1] + half * change) / (spread[:, -1:] + half)
    return values + change


def _likeness(xp: Any, luma: Any) -> dict[int, Any]:
    """How strongly neighbours along each axis pull at each other, from both ends to the middle:
    (⌈L / 2⌉ + 1, 2, N, 1, the other axis), each line's pull at the one before it, and last what
    the two middle ones have between them."""
    likeness = {}
    for axis in (2, 1):
        lines = _lines_along(xp, luma, axis)
        alike = xp.exp(-abs(lines[1:] - lines[:-1]) / _LUMA_SCALE)
        # Nothing pulls from beyond the rim: so every line has a neighbour on either side.
        rim = 0 * lines[:1]
        pull = xp.concatenate([rim, alike, rim])[:, :, None]
        half = (len(lines) + 1) // 2
        middle = xp.broadcast_to(pull[half : half + 1, None], (1, 2, *pull.shape[1:]))
        likeness[axis] = xp.concatenate([_from_both_ends(xp, pull[:-1], pull[1:]), middle])
    return likeness


def _from_both_ends(xp: Any, first: Any, last: Any) -> Any:
    """Lines (L, …) as pairs (⌈L / 2⌉, 2, …) from both ends to the middle: the first of `first`
    with the last of `last`, and so on. A copy, each pair in one piece of memory.

    To an odd number a line of zeros is added behind the last.
    """
    half, odd = (len(first) + 1) // 2, len(first) % 2
    pairs = xp.zeros((half, 2, *first.shape[1:]), dtype=first.dtype, device=first.device)
    pairs[:, 0] = first[:half]
    pairs[odd:, 1] = xp.flip(last[half:], (0,))
    return pairs


def _solved(xp: Any, planes: Any, axis: int, factors: tuple[Any, Any, Any, Any]) -> Any:
    """The planes after one elimination along an axis of the picture.

    It begins at both ends at once and meets in the middle (twisted factorization, van der Vorst
    1987): half as many steps, each of twice the width.
    """
    brought, scale, carried, meeting = factors
    lines = xp.moveaxis(planes, axis + 1, 0)
    pairs = _from_both_ends(xp, lines, lines)  # (⌈L / 2⌉, 2, N, C, the other axis)
    pairs *= scale
    pairs = recur(pairs, brought)
    pairs[-1] = (pairs[-1] + carried[-1] * xp.flip(pairs[-1], (0,))) * meeting
    pairs = recur(pairs, carried, backwards=True)
    solved = xp.concatenate([pairs[:, 0], xp.flip(pairs[:, 1], (0,))])[: len(lines)]
    return xp.moveaxis(solved, 0, axis + 1)


def _eliminated(xp: Any, pull: Any) -> tuple[Any, Any, Any, Any]:
    """Thomas' factors of 1 + the Laplacian along the first axis: what a line brings to the next
    one on the way forth, the scale of each, and what it carries to the one before on the way back;
    and last by what the two in the middle are scaled when each knows the other.

    pull (L + 1, 2, …) between L lines from either end, as `_likeness` gives it.
    """
    before, after = pull[:-1], pull[1:]
    whole = 1 + before + after
    carried = thomas_carried(xp, before, whole, after)
    carried_before = xp.concatenate([0 * carried[:1], carried[:-1]])
    scale = 1 / (whole - before * carried_before)
    return before * scale, scale, carried, 1 / (1 - carried[-1, :1] * carried[-1, 1:])


def spread_hints(xp: Any, luma: Any, planes: Any, smoother: EdgeAwareSmoother) -> tuple[Any, Any]:
    """Spread hint planes over their pictures.

    luma (N, h, w), and its smoother; planes (N, C + 1, h, w): C channels of hinted values and
    last a 0/1 mask, zeros where no hint lies. Gives the values (N, C, h, w), within the hints'
    range, and the confidence (N, h, w): 1 at a hint, falling with the geodesic distance from
    it. Pictures without hints get zeros.
    """
    distance = geodesic_distance(xp, luma, planes[:, -1])
    along = _divided(smoother(planes))
    across = _divided(_regressed(xp, luma, planes))
    share = (0.5 + 0.5 * xp.exp(-distance / _OWN_REGION))[:, None]
    return across + (along - across) * share, xp.exp(-distance / _REACH)


def geodesic_distance(xp: Any, luma: Any, mask: Any) -> Any:
    """Length (N, h, w) of the cheapest way, over neighbours, from a pixel of the mask.

    Each step costs its change of luma and a little for its length; swept in the four directions
    (raster scan, Toivanen 1996). Very large where a picture's mask is empty.
    """
    distance = xp.where(mask > 0, 0.0 * luma, 1e3)
    for _ in range(_SWEEPS):
        for axis in (1, 2):
            distance = _swept(xp, luma, distance, axis)
    return distance


def _swept(xp: Any, luma: Any, distance: Any, axis: int) -> Any:
    """Distances after going forth and back along one axis."""
    tones = xp.moveaxis(luma, axis, 0)
    steps = _lines_along(xp, abs(tones[1:] - tones[:-1]) + _STEP, 0)
    lines = shortest(xp, _lines_along(xp, distance, axis), steps)
    return xp.moveaxis(lines, 0, axis)


def _lines_along(xp: Any, planes: Any, axis: int) -> Any:
    """A copy with that axis first, each line of it in one piece of memory: walked along fast."""
    lines = xp.moveaxis(planes, axis, 0)
    return (lines.reshape(-1) + 0.0).reshape(lines.shape)


def _divided(planes: Any) -> Any:
    """Values by their weight, the last channel; zeros where no weight has come."""
    return planes[:, :-1] / planes[:, -1:].clip(1e-30, None)


def _regressed(xp: Any, luma: Any, planes: Any) -> Any:
    """Kernel regression over luma and place: sums and weights, as planes (N, C + 1, h, w)."""
    height, width = luma.shape[1:]
    tones = tents(xp, luma * (_TONES - 1), _TONES, before=1)  # (N, tones, h, w)
    rows, columns = (
        tents(xp, (_places(xp, luma, side) + 0.5) * (_PLACES / max(height, width)) - 0.5, _PLACES)
        for side in (height, width)
    )
    grid = rows.T @ ((planes[:, :, None] * tones[:, None]) @ columns)
    tone_kernel = _kernel(xp, luma, _TONES, _TONE_WIDTH * (_TONES - 1))
    place_kernel = _kernel(xp, luma, _PLACES, _PLACE_WIDTH * _PLACES)
    grid = xp.einsum("st,nctyx->ncsyx", tone_kernel, place_kernel @ grid @ place_kernel)
    return ((rows @ (grid @ columns.T)) * tones[:, None]).sum(2)


def _kernel(xp: Any, like: Any, cells: int, width: float) -> Any:
    """Gaussian weights (cells, cells) between cells, with long tails; width in cells."""
    places = _places(xp, like, cells)
    between = places[:, None] - places
    return sum(tall * xp.exp(-(between**2) / (2 * (width * wide) ** 2)) for wide, tall in _TAILS)


def _places(xp: Any, like: Any, count: int) -> Any:
    """0, 1, … count − 1 as float32, on the device of another array."""
    return xp.arange(count, dtype=xp.float32, device=like.device)
