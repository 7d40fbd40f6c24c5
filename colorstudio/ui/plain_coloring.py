"""Palette and flats as plain values, for the journal and for the settings."""

import json
import logging
from dataclasses import fields
from typing import Any

from colorstudio.ui.session import PLAIN, Coloring

_log = logging.getLogger(__name__)

_PLAIN = (str, int, float, bool)


def plain_coloring(coloring: Coloring) -> dict[str, Any]:
    """Plain values only, for a file; `coloring_from` reads them back."""
    values = {each.name: getattr(coloring, each.name) for each in fields(coloring)}
    told: dict[str, Any]
    told = {name: value for name, value in values.items() if isinstance(value, _PLAIN)}
    palette = coloring.palette
    if palette is not None:
        colors, vector = list(palette.hex_colors), [float(part) for part in palette.vector]
        told["palette"] = {"colors": colors, "names": list(palette.names), "vector": vector}
    return told


def coloring_from(values: dict[str, Any]) -> Coloring:
    """Read what plain_coloring gave. Raises KeyError, TypeError or ValueError for anything else."""
    import numpy as np

    from colorstudio.core.palette import PALETTE_SIZE
    from colorstudio.core.palette_files import Palette

    known = {each.name for each in fields(Coloring)}
    taken = {name: value for name, value in values.items() if name in known}
    if (row := taken.get("palette")) is not None:
        rgb = [tuple(bytes.fromhex(color[1:])) for color in row["colors"]]
        colors = np.array(rgb, np.uint8).reshape(-1, 3)
        vector = np.array(row["vector"], np.float32)
        if len(row["names"]) != len(colors) or vector.shape != (PALETTE_SIZE,):
            raise ValueError("no palette")
        taken["palette"] = Palette(colors, tuple(row["names"]), vector)
    if not 0 <= taken.get("flat", 0.0) <= 1:
        raise ValueError("no amount of flat")
    return Coloring(**taken)


def coloring_text(coloring: Coloring) -> str:
    """One line of text; "" for no palette and no flats."""
    return "" if coloring == PLAIN else json.dumps(plain_coloring(coloring))


def coloring_of_text(text: str) -> Coloring:
    """Read what coloring_text gave; what makes no sense is no palette and no flats."""
    try:
        return coloring_from(json.loads(text)) if text else PLAIN
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        _log.warning("palette and flats can't be remembered: %r", error)
        return PLAIN
