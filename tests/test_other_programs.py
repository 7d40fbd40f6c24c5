"""Our layered files in programs that are not ours: what GIMP, Krita and ImageMagick make of them.

    python3 -m pytest -m slow tests/test_other_programs.py -s

Tests of programs that are not installed are skipped.
"""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from colorstudio import Colorizer
from colorstudio.core.hints import HintSet
from colorstudio.core.layer_files import write_layers
from colorstudio.core.layers import Layers
from colorstudio.core.mode import Ink, Mode, read_mode
from colorstudio.core.reading import read_artwork
from colorstudio.core.request import ColorRequest
from colorstudio.core.writing import write_artwork

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SAMPLES = Path(__file__).resolve().parents[1] / "resources" / "samples"
GIMP = shutil.which("gimp-console") or shutil.which("gimp")
KRITA, SCREEN = shutil.which("krita"), shutil.which("xvfb-run")  # it asks for a screen of X11
MAGICK = shutil.which("magick") or shutil.which("convert")

SCRIPT = """
(let* ((image (car (gimp-file-load RUN-NONINTERACTIVE "{source}" "{source}")))
       (layers (vector->list (cadr (gimp-image-get-layers image)))))
  (gimp-message (string-append "SIZE " (number->string (car (gimp-image-width image))) " "
                               (number->string (car (gimp-image-height image)))))
  (for-each (lambda (layer)
    (gimp-message (string-append "LAYER " (car (gimp-item-get-name layer)) " MODE "
      (number->string (car (gimp-layer-get-mode layer))) " SHOWN "
      (number->string (car (gimp-item-get-visible layer)))))) layers)
  (let ((merged (car (gimp-image-merge-visible-layers image CLIP-TO-IMAGE))))
    (file-png-save RUN-NONINTERACTIVE image merged "{target}" "{target}" 0 9 0 0 0 0 0)))
"""
MULTIPLY = {"3", "30"}  # GIMP's numbers: as 2.8 multiplied, and as it does now


@pytest.fixture(scope="module")
def layers() -> Layers:
    pages = map(read_artwork, sorted(SAMPLES.glob("*.png")))
    source = next(page for page in pages if read_mode(page).ink is Ink.BLACK_ON_WHITE)
    request = ColorRequest(Mode.LINEART, HintSet(), layers=True)
    found = Colorizer(device="cpu").colorize_artwork(source, request).layers
    assert found is not None
    return found


def difference(file: Path, layers: Layers) -> float:
    """The mean difference, of 255, between a rendered file and our PNG."""
    with Image.open(file) as image:
        rendered = np.asarray(image.convert("RGB")).astype(float)
    assert rendered.shape[1::-1] == layers.size
    return float(np.abs(rendered - layers.merged.pixels).mean())


@pytest.mark.skipif(GIMP is None, reason="GIMP is not installed")
def test_gimp_sees_our_layers_and_renders_our_picture(layers, tmp_path: Path) -> None:
    name = "page.psd"  # its reader of OpenRaster is not in every package
    write_layers(tmp_path / name, layers)
    script = SCRIPT.format(source=tmp_path / name, target=tmp_path / "rendered.png")
    command = [GIMP, "-i", "-d", "-f", "--console-messages", "-b", script, "-b", "(gimp-quit 0)"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    rows = [line.split(": ", 1)[-1] for line in (told.stdout + told.stderr).splitlines()]
    assert f"SIZE {layers.size[0]} {layers.size[1]}" in rows, told.stderr[-2000:]
    stack = [row.split() for row in rows if row.startswith("LAYER ")]
    assert [row[1] for row in stack] == ["Lines", "Colour", "Flats"]
    assert stack[0][3] in MULTIPLY and [row[5] for row in stack] == ["1", "1", "0"]
    off = difference(tmp_path / "rendered.png", layers)
    print(f"{name} rendered by GIMP: mean difference {off:.3f} of 255")
    assert off < 1


@pytest.mark.skipif(not (KRITA and SCREEN), reason="Krita or Xvfb is not installed")
@pytest.mark.parametrize("name", ["page.ora", "page.psd"])
def test_krita_renders_our_picture(layers, tmp_path: Path, name: str) -> None:
    write_layers(tmp_path / name, layers)
    command = [str(SCREEN), "-a", str(KRITA), "--export", "--export-filename"]
    files = [str(tmp_path / "rendered.png"), str(tmp_path / name)]
    surroundings = os.environ | {"HOME": str(tmp_path)}
    subprocess.run([*command, *files], env=surroundings, timeout=600, capture_output=True)
    off = difference(tmp_path / "rendered.png", layers)
    print(f"{name} rendered by Krita: mean difference {off:.3f} of 255")
    assert off < 1


@pytest.mark.skipif(not (KRITA and SCREEN), reason="Krita or Xvfb is not installed")
def test_we_read_the_lines_out_of_what_krita_writes(layers, tmp_path: Path) -> None:
    write_layers(tmp_path / "page.ora", layers)
    command = [str(SCREEN), "-a", str(KRITA), "--export", "--export-filename"]
    files = [str(tmp_path / "page.kra"), str(tmp_path / "page.ora")]
    surroundings = os.environ | {"HOME": str(tmp_path)}
    subprocess.run([*command, *files], env=surroundings, timeout=600, capture_output=True)
    ours, theirs = read_artwork(tmp_path / "page.ora"), read_artwork(tmp_path / "page.kra")
    assert theirs.format == "KRA" and theirs.warnings == ours.warnings
    np.testing.assert_array_equal(theirs.pixels, ours.pixels)
    assert (theirs.alpha is None) == (ours.alpha is None)
    assert theirs.alpha is None or np.array_equal(theirs.alpha, ours.alpha)


@pytest.mark.skipif(MAGICK is None, reason="ImageMagick is not installed")
@pytest.mark.parametrize("name", ["page.psd", "page.psb"])
def test_image_magick_sees_our_layers_and_our_picture(layers, tmp_path: Path, name: str) -> None:
    write_layers(tmp_path / name, layers)
    assert MAGICK is not None
    command = [MAGICK, str(tmp_path / name), "-format", "%l|%w|%h|%[compose]\n", "info:"]
    told = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True).stdout
    stack = [line.split("|") for line in told.splitlines() if line]
    width, height = map(str, layers.size)
    assert [row[0] for row in stack[1:]] == ["Flats", "Colour", "Lines"]
    assert all(row[1:3] == [width, height] for row in stack)
    assert stack[3][3].lower() == "multiply"
    subprocess.run([MAGICK, f"{tmp_path / name}[0]", str(tmp_path / "whole.png")], check=True)
    assert difference(tmp_path / "whole.png", layers) == 0
    shown = [f"{tmp_path / name}[2]", f"{tmp_path / name}[3]", "-background", "white", "-flatten"]
    subprocess.run([MAGICK, *shown, str(tmp_path / "laid.png")], check=True)
    off = difference(tmp_path / "laid.png", layers)
    print(f"{name} laid together by ImageMagick: mean difference {off:.3f} of 255")
    assert off < 1


def test_our_png_is_the_picture_that_is_compared(layers, tmp_path: Path) -> None:
    write_artwork(tmp_path / "page.png", layers.merged)
    assert difference(tmp_path / "page.png", layers) == 0
