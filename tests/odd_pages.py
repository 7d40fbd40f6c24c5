"""A small folder of pages as odd as what artists have on disk, made on the spot."""

import json
import os
from contextlib import suppress
from pathlib import Path

import numpy as np
from files_support import encoded, png_header
from PIL import Image
from window_support import draw_line_art, draw_shades


def make_odd_pages(folder: Path) -> Path:
    """Good pages, damaged ones, and files that are no pages at all; gives the folder."""
    folder.mkdir(parents=True)
    for number in (1, 2, 10):
        draw_line_art(folder / f"page {number}.png", 300, 220)
    draw_shades(folder / "shades.jpg", 260, 200)
    draw_line_art(folder / "large.png", 1500, 1100)
    _make_kinds(folder)
    _make_damaged(folder)
    _make_names(folder)
    _make_others(folder)
    below = folder / "chapter 2" / "colorized"
    below.mkdir(parents=True)
    draw_line_art(below.parent / "page 1.png")
    draw_line_art(below / "page 1.png")
    with suppress(OSError, NotImplementedError):
        (folder / "round").symlink_to(folder, target_is_directory=True)
    return folder


def _make_kinds(folder: Path) -> None:
    tones = np.linspace(0, 65535, 64 * 48).reshape(48, 64).astype(np.uint16)
    Image.fromarray(tones).save(folder / "deep.png")
    page = Image.open(folder / "shades.jpg")
    page.convert("CMYK").save(folder / "print.jpg")
    page.convert("1").save(folder / "bitmap.tiff")
    page.convert("P").save(folder / "few colours.png", transparency=3)
    page.convert("LA").save(folder / "see-through.webp")
    page.save(folder / "moving.gif", save_all=True, append_images=[page.rotate(9)] * 3)
    Image.new("L", (1, 1), 200).save(folder / "dot.png")
    Image.new("L", (3, 2000), 255).save(folder / "long.png")


def _make_damaged(folder: Path) -> None:
    whole = encoded(Image.linear_gradient("L"), "PNG")
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    (folder / "empty.png").write_bytes(b"")
    (folder / "letters.jpg").write_text("no picture at all")
    (folder / "bomb.png").write_bytes(png_header(60_000, 60_000))
    (folder / "other kind.jpg").write_bytes(whole)


def _make_names(folder: Path) -> None:
    for name in ("<b>bold & 'quoted'", "線画 ページ", "e\u0301te\u0301", "--help", "two\nlines"):
        with suppress(OSError):  # some systems refuse some of them
            draw_line_art(folder / f"{name}.png", 90, 70)
    draw_line_art(folder / "same.png")
    draw_shades(folder / "same.jpg")


def _make_others(folder: Path) -> None:
    (folder / "notes.txt").write_text("to do")
    (folder / "colours.gpl").write_text("GIMP Palette\n200 60 40 red\n20 40 200 blue\n")
    (folder / "broken.ase").write_bytes(b"ASEF but no more")
    (folder / "broken.colorstyle").write_bytes(b"PK no style")
    (folder / "page 2.hints.json").write_text("{ torn")
    hints = {"hints": [{"x": 30, "y": 30, "radius": 8, "color": "#d04030"}]}
    (folder / "page 10.hints.json").write_text(json.dumps(hints))
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.png")
