"""Whatever lies in a folder is read with its true tones, or refused in a sentence."""

import csv
import os
import random
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from files_support import (
    ODD_FOLDER,
    encoded,
    painting,
    png_header,
    ramp,
    read_bytes,
    saved,
)
from PIL import Image, ImageFile

from colorstudio.core.decoding import MAX_FILE_BYTES, MAX_PIXELS, SETTLE_SECONDS
from colorstudio.core.failures import ColorStudioError, Failure, FailureKind, printable
from colorstudio.core.reading import read_artwork, read_size, read_thumbnail


def refusal(path: Path) -> Failure:
    with pytest.raises(ColorStudioError) as caught:
        read_artwork(path)
    failure = caught.value.failure
    assert failure.sentence.endswith(".") and printable(failure.sentence) == failure.sentence
    return failure


# Formats and places ---------------------------------------------------------------------------


@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "BMP", "WEBP", "GIF", "JPEG"])
def test_the_format_is_told_by_the_content(tmp_path: Path, format_name: str) -> None:
    options = {"lossless": True} if format_name == "WEBP" else {}
    artwork = read_bytes(
        tmp_path, encoded(Image.fromarray(ramp()), format_name, **options), "wrong.xyz"
    )
    assert artwork.format == format_name
    assert artwork.pixels.shape == (40, 60) and artwork.frames == 1 and not artwork.warnings
    np.testing.assert_allclose(artwork.pixels, ramp(), atol=3 if format_name == "JPEG" else 0)


def test_an_xcf_is_no_picture_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"gimp xcf file\0" + bytes(100))
    assert refusal(path).kind is FailureKind.NOT_A_PICTURE


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.touch()
    assert "empty" in refusal(path).sentence


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    failure = refusal(tmp_path / "gone.png")
    assert failure.kind is FailureKind.NOT_FOUND and "gone.png" in failure.sentence


@pytest.mark.reliability("R02")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_is_no_file_is_refused_without_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    (tmp_path / "folder.png").mkdir()
    monkeypatch.chdir(tmp_path)  # a socket's path is limited to about 100 characters
    start = time.monotonic()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("socket.png")
        for name in ("pipe.png", "folder.png", "socket.png", "/dev/zero"):
            assert refusal(Path(name)).kind is FailureKind.NOT_A_PICTURE
    assert time.monotonic() - start < 2


@pytest.mark.reliability("R02")
def test_an_overlarge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "sparse.png"
    with open(path, "wb") as file:
        file.write(png_header(10, 10))
        file.truncate(8 * MAX_FILE_BYTES)
    assert refusal(path).kind is FailureKind.TOO_LARGE


@pytest.mark.reliability("R03")
@pytest.mark.parametrize(
    "header",
    [
        png_header(60_000, 60_000),
        png_header(15_001, 10_000),
        b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + b"," + bytes(20),
        b"BM" + struct.pack("<IIIIiiHHII", 99, 0, 54, 40, 50_000, 50_000, 1, 24, 0, 0) + bytes(40),
    ],
)
def test_bombs_are_refused_from_the_header_with_pixels_and_limit(
    tmp_path: Path, header: bytes
) -> None:
    path = tmp_path / "bomb"
    path.write_bytes(header)
    failure = refusal(path)
    assert failure.kind is FailureKind.TOO_LARGE
    assert "pixels" in failure.sentence and f"{MAX_PIXELS:,}" in failure.sentence
    with pytest.raises(ColorStudioError):
        read_size(path)


@pytest.mark.reliability("R09")
def test_a_picture_one_pixel_wide_and_very_long_is_read(tmp_path: Path) -> None:
    long = np.arange(65_537, dtype=np.uint32).astype(np.uint8)[:, None]
    path = saved(tmp_path / "long.png", Image.fromarray(long))
    np.testing.assert_array_equal(read_artwork(path).pixels, long)
    assert read_size(path) == (1, 65_537)


@pytest.mark.reliability("R22")
def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path / "growing.bmp", Image.fromarray(ramp()))
    load = ImageFile.ImageFile.load

    def grow_then_load(image: ImageFile.ImageFile) -> object:
        with open(path, "ab") as file:
            file.write(b"more")
        return load(image)

    monkeypatch.setattr(ImageFile.ImageFile, "load", grow_then_load)
    assert "changed" in refusal(path).sentence


@pytest.mark.reliability("R22")
def test_a_file_that_was_just_written_to_is_left_alone_for_a_moment_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second half of a save in place may come within the same tick of the clock."""
    path = saved(tmp_path / "page.bmp", Image.new("L", (40, 30), 60))
    whole = saved(tmp_path / "other.bmp", Image.new("L", (40, 30), 190)).read_bytes()
    with open(path, "r+b") as file:
        file.write(whole[: len(whole) // 2])
    tick, waited = path.stat().st_mtime_ns, []

    def save_the_rest(seconds: float) -> None:
        if not waited:
            path.write_bytes(whole)
            os.utime(path, ns=(tick, tick))
        waited.append(seconds)
        monkeypatch.setattr(time, "time", lambda: tick / 1e9 + 1)

    monkeypatch.setattr(time, "time", lambda: tick / 1e9 + 0.001)
    monkeypatch.setattr(time, "sleep", save_the_rest)
    assert (read_artwork(path).pixels == 190).all()
    assert waited == [pytest.approx(SETTLE_SECONDS - 0.001, abs=1e-4)]
    read_artwork(path)
    assert len(waited) == 1, "what lies there for longer is read at once"


# Orientation and resolution -------------------------------------------------------------------


@pytest.mark.reliability("R05")
@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "WEBP", "JPEG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(tmp_path: Path, format_name: str, orientation: int) -> None:
    turn_back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = Image.fromarray(ramp())
    if orientation > 1:
        picture = picture.transpose(turn_back[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"lossless": True} if format_name == "WEBP" else {}
    path = saved(tmp_path / "turned", picture, format=format_name, exif=exif, **options)
    np.testing.assert_allclose(read_artwork(path).pixels, ramp(), atol=3)
    assert read_size(path) == (60, 40)
    small = read_thumbnail(path, 100)
    np.testing.assert_allclose(small[..., 0], ramp(), atol=3)


@pytest.mark.reliability("R05")
def test_broken_exif_does_not_cost_the_picture(tmp_path: Path) -> None:
    for exif in (
        b"Exif\0\0garbage",
        b"Exif\0\0MM\0*\xff\xff\xff\xff",
        b"Exif\0\0II*\0\x08\0\0\0\xff",
    ):
        path = saved(tmp_path / "bad.jpg", Image.fromarray(ramp()), exif=exif)
        assert read_artwork(path).pixels.shape == (40, 60)
        assert read_size(path) == (60, 40)


@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "JPEG", "BMP"])
def test_dots_per_inch_are_read(tmp_path: Path, format_name: str) -> None:
    artwork = read_bytes(tmp_path, encoded(Image.fromarray(ramp()), format_name, dpi=(600, 300)))
    assert artwork.dpi == pytest.approx((600, 300), abs=0.02)


def test_dots_per_inch_turn_with_the_picture(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(Image.fromarray(ramp()), "JPEG", dpi=(600, 300), exif=exif)
    assert read_bytes(tmp_path, data).dpi == (300, 600)


def test_senseless_dots_per_inch_are_left_out(tmp_path: Path) -> None:
    data = encoded(Image.fromarray(ramp()), "TIFF", dpi=(0, 0))
    assert read_bytes(tmp_path, data).dpi is None


# Several frames -------------------------------------------------------------------------------


@pytest.mark.reliability("R10")
@pytest.mark.parametrize("format_name", ["PNG", "TIFF", "WEBP", "GIF", "MPO"])
def test_the_first_of_many_frames_is_used_and_said_so(tmp_path: Path, format_name: str) -> None:
    frames = [Image.fromarray(np.roll(ramp(), 5 * turn, axis=1)) for turn in range(12)]
    options = {"lossless": True} if format_name == "WEBP" else {}
    data = encoded(frames[0], format_name, save_all=True, append_images=frames[1:], **options)
    artwork = read_bytes(tmp_path, data)
    assert artwork.frames == 12
    assert artwork.format == ("JPEG" if format_name == "MPO" else format_name)
    assert any("1 of 12" in sentence for sentence in artwork.warnings)
    np.testing.assert_allclose(artwork.pixels, ramp(), atol=3)


@pytest.mark.reliability("R10")
@pytest.mark.parametrize("format_name", ["TIFF", "GIF"])
def test_counting_hundreds_of_frames_takes_no_time(tmp_path: Path, format_name: str) -> None:
    frames = [Image.fromarray(np.full((9, 9), turn % 250, np.uint8)) for turn in range(380)]
    data = encoded(frames[0], format_name, save_all=True, append_images=frames[1:])
    start = time.monotonic()
    assert read_bytes(tmp_path, data).frames == 380
    assert time.monotonic() - start < 1


@pytest.mark.reliability("R10")
def test_pages_that_follow_one_another_in_a_circle_are_counted_once(tmp_path: Path) -> None:
    data = bytearray(encoded(Image.fromarray(ramp()), "TIFF"))
    (directory,) = struct.unpack_from("<I", data, 4)
    (entries,) = struct.unpack_from("<H", data, directory)
    struct.pack_into("<I", data, directory + 2 + 12 * entries, directory)
    assert read_bytes(tmp_path, bytes(data)).frames == 1


# Damage ---------------------------------------------------------------------------------------


@pytest.mark.reliability("R04")
@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "BMP", "GIF", "TIFF"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_cut_off_picture_carries_a_warning(
    tmp_path: Path, format_name: str, share: float
) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (64, 64), np.uint8)
    data = encoded(Image.fromarray(noise), format_name)
    artwork = read_bytes(tmp_path, data[: int(len(data) * share)])
    assert artwork.pixels.shape == (64, 64)
    assert any("damaged" in sentence for sentence in artwork.warnings)


@pytest.mark.reliability("R04")
def test_a_picture_of_which_nothing_is_left_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    path.write_bytes(encoded(Image.fromarray(ramp()), "PNG")[:60])
    assert refusal(path).kind is FailureKind.DAMAGED


@pytest.mark.reliability("R04")
def test_a_jpeg_that_ends_early_inside_is_noticed(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).integers(0, 256, (64, 64), np.uint8)
    data = bytearray(encoded(Image.fromarray(noise), "JPEG"))
    middle = len(data) // 2
    data[middle : middle + 2] = b"\xff\xd9"  # an end marker where there should be none
    artwork = read_bytes(tmp_path, bytes(data))
    assert any("damaged" in sentence for sentence in artwork.warnings)


def test_nothing_but_a_sentence_comes_out_of_damaged_files(tmp_path: Path) -> None:
    dice = random.Random(3)
    picture = Image.fromarray(painting())
    path = tmp_path / "damaged"
    for format_name in ("PNG", "JPEG", "WEBP", "TIFF", "BMP", "GIF"):
        whole = encoded(picture, format_name)
        for _ in range(60):
            data = bytearray(whole[: dice.randrange(1, len(whole) + 1)])
            for _ in range(dice.randrange(4)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            path.write_bytes(data)
            os.utime(path, (0, 0))  # else each is left alone for a moment first
            for read in (read_artwork, read_size, lambda path: read_thumbnail(path, 16)):
                try:
                    read(path)
                except ColorStudioError as error:
                    assert error.failure.kind is not FailureKind.INTERNAL


@pytest.mark.reliability("R04")
def test_tolerance_for_one_picture_does_not_spoil_another(tmp_path: Path) -> None:
    """The decoder's tolerance is one switch; good and cut-off pictures are read side by side."""
    noise = Image.fromarray(np.random.default_rng(4).integers(0, 256, (200, 200), np.uint8))
    good = saved(tmp_path / "good.png", noise)
    cut = tmp_path / "cut.png"
    cut.write_bytes(good.read_bytes()[:20_000])
    seen: dict[Path, set[int]] = {good: set(), cut: set()}

    def read_often(path: Path) -> None:
        for _ in range(25):
            seen[path].add(len(read_artwork(path).warnings))

    threads = [threading.Thread(target=read_often, args=(path,)) for path in (good, cut) * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert seen == {good: {0}, cut: {1}}
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


@pytest.mark.reliability("I4")
def test_odd_metadata_stays_off_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "bad.jpg"
    saved(path, Image.fromarray(ramp()), exif=b"Exif\0\0II*\0\x08\0\0\0\x09\0")
    program = (
        "import sys, pathlib; from colorstudio.core.reading import read_artwork; "
        "print(read_artwork(pathlib.Path(sys.argv[1])).pixels.shape)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[1],
    )
    assert (ended.stdout, ended.stderr) == ("(40, 60)\n", "")


# The folder of odd pictures -------------------------------------------------------------------


def test_the_odd_folder_is_read_as_its_manifest_says() -> None:
    manifest = ODD_FOLDER / "MANIFEST.csv"
    rows = csv.DictReader(manifest.read_text().splitlines()) if manifest.exists() else []
    for row in rows:
        try:
            artwork = read_artwork(ODD_FOLDER / row["file"])
        except ColorStudioError:
            assert row["expected"] != "colorize", row["file"]
            continue
        assert not row["expected"].startswith("reject"), row["file"]
        size = int(row["upright_w"] or row["width"]), int(row["upright_h"] or row["height"])
        assert (artwork.width, artwork.height) == size, row["file"]
        assert row["has_alpha"] in ("", "no" if artwork.alpha is None else "yes"), row["file"]
        if row["expected"] == "either" and row["pillow_load"] == "fail":
            assert artwork.warnings, row["file"]
