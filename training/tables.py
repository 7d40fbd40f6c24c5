"""Figures as tables for people, line by line."""

from collections.abc import Iterator
from typing import Any

from training.samples import SIDE

_NAME, _CELL = 34, 24
_SOURCES_ACROSS = 3  # so that a table of sources fits a terminal of 110 characters
_MOST_LEFT_OUT = 10
_NARROWEST = 2  # sources: with fewer there is nothing to compare


def figures_table(figures: dict[str, Any]) -> Iterator[str]:
    """One row for each baseline and way of colouring."""
    count = figures["pictures"]
    pictures = "1 picture" if count == 1 else f"{count} pictures"
    yield f"{figures['style']}: {pictures}, long side {SIDE}"
    yield ""
    yield f"{'':{_NAME}}{'PSNR dB':>9}{'gain dB':>9}{'CIEDE2000':>11}{'colourfulness':>15}"
    for name, psnr in figures["psnr"].items():
        gain, difference = figures["gain"][name], figures["ciede2000"][name]
        vivid = f"{figures['colourfulness'][name]:.0%}"
        yield f"{name:{_NAME}}{psnr:9.2f}{gain:+9.2f}{difference:11.2f}{vivid:>15}"
    yield ""
    yield "Gain: over grey alone, or over lines alone. CIEDE2000: mean difference, less is better."
    yield "Colourfulness: share of the truth's. Line art is judged where there is no ink."


def sources_table(figures: dict[str, Any]) -> Iterator[str]:
    """PSNR and CIEDE2000 by source; nothing where all pictures are of one."""
    sources = list(figures["by_source"].items())
    if len(sources) < _NARROWEST:
        return
    for start in range(0, len(sources), _SOURCES_ACROSS):
        shown = sources[start : start + _SOURCES_ACROSS]
        heads = [f"{name[: _CELL - 6]} ({part['pictures']})" for name, part in shown]
        yield ""
        yield f"{'PSNR dB / CIEDE2000 by source':{_NAME}}" + "".join(f"{h:>{_CELL}}" for h in heads)
        for name in figures["psnr"]:
            cells = [f"{p['psnr'][name]:.2f} /{p['ciede2000'][name]:6.2f}" for _, p in shown]
            yield f"{name:{_NAME}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)


def pairs_table(pairs: dict[str, Any]) -> Iterator[str]:
    """Real line art beside drawn line art of the same pictures, PSNR in dB."""
    yield ""
    yield "Artists' own line art beside lines drawn from the same pictures, PSNR in dB,"
    yield "judged where neither has ink"
    for source, part in pairs.items():
        yield ""
        title = f"{source} ({part['pictures']})"
        yield f"{title:{_NAME}}{'real':>9}{'drawn':>9}{'real − drawn':>15}"
        for name, real in part["real"].items():
            drawn = part["drawn"][name]
            yield f"{name:{_NAME}}{real:9.2f}{drawn:9.2f}{real - drawn:+15.2f}"


def left_out_lines(figures: dict[str, Any]) -> Iterator[str]:
    """What was not judged, and why; nothing where all was."""
    if not figures["left_out"]:
        return
    yield ""
    yield f"Passed over: {len(figures['left_out'])}"
    for row in figures["left_out"][:_MOST_LEFT_OUT]:
        yield f"  {row['file']}: {row['reason']}"
    if len(figures["left_out"]) > _MOST_LEFT_OUT:
        yield "  … all of them with --json"
