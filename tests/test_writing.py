"""A name never stands for half a file, and nothing the picture carried is lost."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from files_support import painting, ramp, saved
from PIL import Image

from colorstudio.core.artwork import Artwork
from colorstudio.core.encoding import flattened, same_luma
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.reading import read_artwork
from colorstudio.core.writing import (
    atomic_path,
    process_lives,
    remove_leftovers,
    write_artwork,
    write_bytes_atomic,
)

LOSSLESS = [".png", ".webp", ".tif", ".tiff", ".bmp"]


# What is kept ---------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", LOSSLESS)
@pytest.mark.parametrize("pixels", [painting(), ramp()], ids=["colour", "grey"])
def test_pixels_and_dots_per_inch_come_back(
    tmp_path: Path, suffix: str, pixels: np.ndarray
) -> None:
    target = tmp_path / f"page{suffix}"
    write_artwork(target, Artwork(pixels, dpi=(600.0, 300.0)))
    back = read_artwork(target)
    np.testing.assert_array_equal(back.pixels, pixels)
    assert back.dpi == pytest.approx((600, 300), abs=0.02) and back.alpha is None
    assert os.listdir(tmp_path) == [target.name]


@pytest.mark.parametrize("suffix", [".png", ".webp", ".tif"])
def test_alpha_comes_back_with_the_colours_under_it(tmp_path: Path, suffix: str) -> None:
    alpha = np.where(ramp() > 120, 0, ramp()).astype(np.uint8)
    write_artwork(tmp_path / f"page{suffix}", Artwork(painting(), alpha))
    back = read_artwork(tmp_path / f"page{suffix}")
    np.testing.assert_array_equal(back.pixels, painting())
    np.testing.assert_array_equal(back.alpha, alpha)


@pytest.mark.parametrize("suffix", [".jpg", ".bmp"])
def test_formats_without_alpha_are_laid_on_white(tmp_path: Path, suffix: str) -> None:
    alpha = np.repeat(np.uint8([[0, 255]]), 30, axis=1).repeat(40, axis=0)
    write_artwork(tmp_path / f"page{suffix}", Artwork(painting(), alpha))
    back = read_artwork(tmp_path / f"page{suffix}").pixels
    np.testing.assert_allclose(back[:, :22], 255, atol=3)
    assert np.abs(back[:, 38:].astype(int) - painting()[:, 38:]).mean() < 3


def test_flattening_is_exact() -> None:
    pixels, alpha = painting(), ramp()
    exact = (pixels * (alpha[..., None] / 255) + 255 - alpha[..., None]).round()
    assert np.abs(flattened(pixels, alpha) - exact).max() <= 1
    assert (flattened(ramp(), np.zeros_like(alpha)) == 255).all()


def test_nothing_of_the_old_profile_or_orientation_is_written(tmp_path: Path) -> None:
    for suffix in (*LOSSLESS, ".jpg"):
        target = tmp_path / f"page{suffix}"
        write_artwork(target, Artwork(painting(), dpi=(300, 300)))
        with Image.open(target) as image:
            assert "icc_profile" not in image.info
            assert image.getexif().get(0x0112, 1) == 1


def test_jpeg_keeps_colour_at_every_pixel(tmp_path: Path) -> None:
    write_artwork(tmp_path / "page.jpg", Artwork(painting()))
    with Image.open(tmp_path / "page.jpg") as image:
        assert {part[1:3] for part in image.layer} == {(1, 1)}


def test_a_jpeg_whose_luma_was_kept_is_stored_with_its_own_luma_steps(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 12, (160, 240))
    grey = (ramp(160, 240) + noise).clip(30, 220).astype(np.uint8)
    source = read_artwork(saved(tmp_path / "s.jpg", Image.fromarray(grey), quality=93))
    tint = source.pixels[..., None].astype(int) + np.array([14, -4, -16])  # adds no luma
    coloured = replace(source, pixels=tint.clip(0, 255).astype(np.uint8))
    assert same_luma(coloured, source)

    def error(name: str, given: Artwork | None) -> float:
        write_artwork(tmp_path / name, coloured, source=given)
        back = read_artwork(tmp_path / name)
        return float(np.abs(back.luma8().astype(int) - source.pixels).mean())

    assert error("with.jpg", source) < 0.6 * error("without.jpg", None)


def test_a_changed_luma_does_not_take_over_the_source_s_steps(tmp_path: Path) -> None:
    source = read_artwork(saved(tmp_path / "s.jpg", Image.fromarray(ramp()), quality=30))
    painted = replace(source, pixels=painting())
    write_artwork(tmp_path / "with.jpg", painted, source=source)
    write_artwork(tmp_path / "without.jpg", painted)
    assert (tmp_path / "with.jpg").read_bytes() == (tmp_path / "without.jpg").read_bytes()


def test_png_is_nearly_as_small_as_with_zlib_s_full_search(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:400, 0:600]
    dots = np.where((rows % 6 - 3) ** 2 + (columns % 6 - 3) ** 2 < 5, 30, 220)
    noise = np.random.default_rng(2).integers(-6, 7, (400, 600, 3))
    painted = (painting(400, 600) + noise).clip(0, 255).astype(np.uint8)
    for pixels in (dots.astype(np.uint8), painted, np.full((400, 600), 255, np.uint8)):
        write_artwork(tmp_path / "ours.png", Artwork(pixels))
        Image.fromarray(pixels).save(tmp_path / "plain.png")
        ours, plain = ((tmp_path / name).stat().st_size for name in ("ours.png", "plain.png"))
        assert ours <= 1.1 * plain + 100


# What is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "side"), [(".jpg", 65_501), (".webp", 16_384)])
def test_a_picture_too_long_for_its_format_is_refused(
    tmp_path: Path, suffix: str, side: int
) -> None:
    with pytest.raises(ColorStudioError, match="Choose PNG") as caught:
        write_artwork(tmp_path / f"long{suffix}", Artwork(np.zeros((side, 1), np.uint8)))
    assert caught.value.failure.kind is FailureKind.TOO_LARGE
    assert os.listdir(tmp_path) == []


def test_an_unknown_suffix_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ColorStudioError, match="names no format"):
        write_artwork(tmp_path / "page.gif", Artwork(ramp()))


def test_a_missing_folder_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(ColorStudioError, match="output folder is gone") as caught:
        write_artwork(tmp_path / "gone" / "page.png", Artwork(ramp()))
    assert caught.value.failure.kind is FailureKind.CANNOT_WRITE


# Whole or not at all --------------------------------------------------------------------------


@pytest.mark.reliability("R17")
def test_a_failing_block_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "settings.json"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt), atomic_path(target) as beside:
        beside.write_text("half")
        raise KeyboardInterrupt
    assert target.read_text() == "old" and os.listdir(tmp_path) == ["settings.json"]


@pytest.mark.reliability("R17")
@pytest.mark.parametrize("step", ["write", "fsync", "replace"])
def test_every_failing_step_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = saved(tmp_path / "page.png", Image.fromarray(ramp()))
    before = target.read_bytes()

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    if step == "write":
        monkeypatch.setattr("colorstudio.core.writing.encode", fail)
    else:
        monkeypatch.setattr(os, step, fail)
    with pytest.raises(ColorStudioError) as caught:
        write_artwork(target, Artwork(painting()))
    assert caught.value.failure.kind is FailureKind.DISK_FULL
    assert target.read_bytes() == before and os.listdir(tmp_path) == ["page.png"]


@pytest.mark.reliability("R17")
def test_a_check_that_fails_at_the_end_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = saved(tmp_path / "page.png", Image.fromarray(ramp()))
    before = target.read_bytes()

    def check() -> None:
        (written,) = (path for path in tmp_path.iterdir() if path != target)
        assert written.stat().st_size > 0, "it is asked when the file is whole"
        raise ColorStudioError(FailureKind.CANNOT_WRITE, "The output folder is gone.")

    with pytest.raises(ColorStudioError, match="folder is gone"):
        write_artwork(target, Artwork(painting()), check=check)
    assert target.read_bytes() == before and os.listdir(tmp_path) == ["page.png"]


@pytest.mark.reliability("R20")
@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("suffix", [*LOSSLESS, ".jpg"])
def test_a_disk_that_takes_only_a_part_is_noticed(tmp_path: Path, suffix: str) -> None:
    """The limit makes write() take less than it was given, and only the next one fails."""
    program = (
        "import resource, signal, sys, pathlib, numpy as np\n"
        "from colorstudio.core.artwork import Artwork\n"
        "from colorstudio.core.failures import ColorStudioError\n"
        "from colorstudio.core.writing import write_artwork\n"
        "noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3), np.uint8)\n"
        "target = pathlib.Path(sys.argv[1])\n"
        "write_artwork(target, Artwork(noise))\n"
        "size = target.stat().st_size\n"
        "target.unlink()\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size - 1, size - 1))\n"
        "try:\n"
        "    write_artwork(target, Artwork(noise))\n"
        "except ColorStudioError as error:\n"
        "    print(error.failure.kind, list(target.parent.iterdir()))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / f"page{suffix}")],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[1],
    )
    assert (ended.stdout, ended.stderr) == ("cannot_write []\n", "")


def test_bytes_are_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "data"
    write_bytes_atomic(target, b"one")
    write_bytes_atomic(target, b"two")
    assert target.read_bytes() == b"two" and os.listdir(tmp_path) == ["data"]


@pytest.mark.reliability("R14")
@pytest.mark.parametrize("stem", ["n" * 251, "é" * 125, "線" * 83])
def test_the_longest_names_can_be_written(tmp_path: Path, stem: str) -> None:
    target = tmp_path / f"{stem}.png"
    write_artwork(target, Artwork(ramp()))
    assert os.listdir(tmp_path) == [target.name]


@pytest.mark.reliability("I1")
def test_an_original_behind_a_link_is_not_touched(tmp_path: Path) -> None:
    original = saved(tmp_path / "original.png", Image.fromarray(ramp()))
    before = original.read_bytes()
    link = tmp_path / "link.png"
    link.symlink_to(original)
    write_artwork(link, Artwork(painting()))
    assert original.read_bytes() == before and not link.is_symlink()


# What dead runs leave -------------------------------------------------------------------------


@pytest.mark.reliability("I2")
def test_leftovers_of_dead_runs_are_removed_and_those_of_living_ones_kept(tmp_path: Path) -> None:
    program = (
        "import os, sys, pathlib\n"
        "from colorstudio.core.writing import atomic_path\n"
        "with atomic_path(pathlib.Path(sys.argv[1])) as beside:\n"
        "    beside.write_text('half')\n"
        "    if sys.argv[2] == 'die':\n"
        "        os._exit(9)\n"
        "    print('ready', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    run = [sys.executable, "-c", program, str(tmp_path / "page\nodd.png")]
    here = Path(__file__).parents[1]
    subprocess.run([*run, "die"], timeout=60, cwd=here, check=False)
    assert len(os.listdir(tmp_path)) == 1
    (tmp_path / ".hidden.part.png").touch()
    (tmp_path / "page.png").touch()
    with subprocess.Popen(
        [*run, "stay"], cwd=here, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as living:
        assert living.stdout is not None and living.stdout.readline() == "ready\n"
        with atomic_path(tmp_path / "own.png") as beside:
            beside.write_text("being written")
            assert len(os.listdir(tmp_path)) == 5
            remove_leftovers(tmp_path)
            names = os.listdir(tmp_path)
        assert len(names) == 4 and beside.name in names
        assert any(str(living.pid) in name for name in names)
        living.communicate("")
    assert sorted(os.listdir(tmp_path)) == [
        ".hidden.part.png",
        "own.png",
        "page\nodd.png",
        "page.png",
    ]


@pytest.mark.reliability("I2")
def test_leftovers_of_another_machine_are_removed_after_a_day(tmp_path: Path) -> None:
    fresh, old = (tmp_path / f".page.00000000-1-{mark}.part.png" for mark in ("a" * 8, "b" * 8))
    fresh.touch()
    old.touch()
    os.utime(old, (1_000_000_000, 1_000_000_000))
    remove_leftovers(tmp_path)
    assert os.listdir(tmp_path) == [fresh.name]
    remove_leftovers(tmp_path / "no such folder")


def test_living_processes_are_told_from_dead_ones() -> None:
    assert process_lives(os.getpid())
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait(60)
    assert not process_lives(process.pid)
