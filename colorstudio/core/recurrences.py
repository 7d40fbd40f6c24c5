"""First-order recurrences along the first axis of arrays of numpy or torch.

On a processor they are walked line by line, which needs the fewest operations. On a graphics
card each line would be a launch of its own, thousands for one smoothing; there every entry
takes over what has been found 1, 2, 4, … lines before it (prefix sums by doubling, Hillis &
Steele 1986), in a dozen launches over the whole array.
"""

from typing import Any


def on_processor(array: Any) -> bool:
    """Whether an array of numpy or torch lies in the processor's own memory."""
    return str(array.device) == "cpu"


def recur(lines: Any, factors: Any, *, backwards: bool = False) -> Any:
    """lines[i] + factors[i] × the result before it (after it, if backwards), for each line i.

    lines (L, …), which may be overwritten; factors (L, …) that fit it. Gives (L, …).
    """
    if not on_processor(lines):
        return _recur_by_doubling(lines, factors, backwards)
    if backwards:
        for i in range(len(lines) - 2, -1, -1):
            lines[i] += factors[i] * lines[i + 1]
    else:
        for i in range(1, len(lines)):
            lines[i] += factors[i] * lines[i - 1]
    return lines


def thomas_carried(xp: Any, before: Any, whole: Any, after: Any) -> Any:
    """What Thomas' elimination carries: c[i] = after[i] / (whole[i] − before[i] × c[i − 1]).

    All (L, …), before[0] = 0. Gives (L, …).
    """
    if not on_processor(whole):
        return _carried_by_doubling(xp, before, whole, after)
    carried = xp.zeros_like(whole)
    carried[0] = after[0] / whole[0]
    for i in range(1, len(whole)):
        carried[i] = after[i] / (whole[i] - before[i] * carried[i - 1])
    return carried


def shortest(xp: Any, lines: Any, steps: Any) -> Any:
    """Each line's least value, or that of a line on either side plus the steps between.

    lines (L, …), which may be overwritten; steps (L − 1, …), not negative, between neighbours.
    """
    if not on_processor(lines):
        return _shortest_by_sums(xp, lines, steps)
    for i in range(1, len(lines)):
        xp.minimum(lines[i], lines[i - 1] + steps[i - 1], out=lines[i])
    for i in range(len(lines) - 2, -1, -1):
        xp.minimum(lines[i], lines[i + 1] + steps[i], out=lines[i])
    return lines


def _recur_by_doubling(lines: Any, factors: Any, backwards: bool) -> Any:
    if backwards:
        return _recur_by_doubling(lines.flip(0), factors.flip(0), backwards=False).flip(0)
    reach, lines, factors = 1, lines.clone(), factors.clone()
    while reach < len(lines):
        lines[reach:] = lines[reach:] + factors[reach:] * lines[:-reach]
        factors[reach:] = factors[reach:] * factors[:-reach]
        reach *= 2
    return lines


def _carried_by_doubling(xp: Any, before: Any, whole: Any, after: Any) -> Any:
    """Each step is c → (0 c + after) / (−before c + whole): products of such 2 × 2 matrices.

    In float64, and scaled after each product, which changes no quotient.
    """
    before, whole_, after = (array.to(xp.float64) for array in (before, whole, after))
    rows = (xp.zeros_like(whole_), after, -before, whole_)
    a, b, c, d = (xp.broadcast_to(row, whole_.shape).clone() for row in rows)
    reach = 1
    while reach < len(whole_):
        e, f, g, h = (row[:-reach] for row in (a, b, c, d))
        p, q, r, s = (row[reach:] for row in (a, b, c, d))
        products = (p * e + q * g, p * f + q * h, r * e + s * g, r * f + s * h)
        largest = xp.stack([abs(product) for product in products]).amax(0)
        for row, product in zip((a, b, c, d), products, strict=True):
            row[reach:] = product / largest
        reach *= 2
    return (b / d).to(whole.dtype)


def _shortest_by_sums(xp: Any, lines: Any, steps: Any) -> Any:
    """A way costs the difference of two running sums, so the best start is a running minimum."""
    sums = xp.cat([xp.zeros_like(steps[:1]), steps.cumsum(0)])
    forth = sums + (lines - sums).cummin(0).values
    sums = sums[-1:] - sums
    return sums.flip(0).add((forth - sums).flip(0).cummin(0).values).flip(0)
