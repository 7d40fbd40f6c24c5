"""What a style says of itself, in the artist's words."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from colorstudio.core.failures import printable
from colorstudio.styles.style import Style
from colorstudio.ui.my_style.words import gain_lines

translate = QCoreApplication.translate


def origin_line(style: Style) -> str:
    """Where it comes from: 'Came with Color Studio · CC BY 4.0'."""
    info = style.info
    parts = [
        translate("Styles", "Came with Color Studio")
        if style.bundled
        else translate("Styles", "Your own"),
        translate("Styles", "by {author}").format(author=printable(info.author))
        if info.author and not style.bundled
        else "",
        printable(info.licence),
    ]
    return "  ·  ".join(part for part in parts if part)


def facts_line(style: Style) -> str:
    """What it was made of: 'Trained on 3,259 pictures in 22,896 steps · 2026-11-25'."""
    info = style.info
    made = translate("Styles", "Trained on {pictures:,} pictures in {steps:,} steps")
    parts = [made.format(pictures=info.pictures, steps=info.steps), printable(info.date)]
    return "  ·  ".join(part for part in parts if part)


def figures_lines(style: Style) -> list[str]:
    """How well it colours, as far as its description tells."""
    evaluation = style.info.evaluation
    psnr, before = _figures(evaluation, "psnr"), _figures(evaluation, "psnr before training")
    pages = evaluation.get("pictures")
    number = pages if isinstance(pages, int) else 0
    if before and psnr:
        return gain_lines(_by_mode(before), _by_mode(psnr), number)
    gain = _figures(evaluation, "gain")
    lines = [
        text.format(share=_smaller(gain[key]))
        for key, text in (
            ("greyscale: auto", translate("Styles", "{share}\u00a0% smaller by itself")),
            ("greyscale: 10 hints", translate("Styles", "{share}\u00a0% with 10 hints")),
            ("greyscale: own palette", translate("Styles", "{share}\u00a0% with a palette")),
        )
        if key in gain
    ]
    if lines:
        text = translate(
            "Styles",
            "The error of its colours, beside that of a grey page: {parts} "
            "({pages} pages it has not seen).",
        )
        return [text.format(parts=", ".join(lines), pages=number)]
    if psnr:
        return gain_lines({}, _by_mode(psnr), number)
    return [translate("Styles", "No figures: it was not judged on pages it has not seen.")]


def _figures(evaluation: Mapping[str, Any], name: str) -> dict[str, float]:
    """Figures by name; descriptions come from strangers, so that anything may stand there."""
    row = evaluation.get(name)
    if not isinstance(row, dict):
        return {}
    return {
        str(key): float(value)
        for key, value in row.items()
        if isinstance(value, int | float) and abs(value) < 1000
    }


def _by_mode(figures: Mapping[str, float]) -> dict[str, float]:
    return {
        name.partition(":")[0]: value for name, value in figures.items() if name.endswith(": auto")
    }


def _smaller(gain: float) -> int:
    """How many per cent smaller an error is that fell by so many dB."""
    return round(100 * (1 - 10 ** (-gain / 20)))
