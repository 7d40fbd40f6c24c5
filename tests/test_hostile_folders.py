"""Folders that hold anything: every picture is coloured or told of, and nothing else happens."""

import csv
import functools
import itertools
import os
import resource
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from files_support import ODD_FOLDER, encoded, painting, png_header, ramp
from PIL import Image
from whole_run import Place, check, originals

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="files and limits of POSIX")

MB = 1 << 20


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def peak_of_children_mb() -> float:
    """The most memory any ended child process of this one ever had."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


@pytest.mark.reliability("R01", "I1", "I2", "I3", "I4")
@pytest.mark.skipif(not (ODD_FOLDER / "MANIFEST.csv").exists(), reason="the odd folder is not here")
@pytest.mark.timeout(300)
def test_every_row_of_the_odd_folder_comes_out_as_its_manifest_says(place, record_property):
    rows = list(csv.DictReader((ODD_FOLDER / "MANIFEST.csv").read_text().splitlines()))
    for row in rows:
        shutil.copyfile(ODD_FOLDER / row["file"], place.pages / row["file"])
    before = originals(place.pages)
    run = place.run()
    check(place, run, before)
    for row in rows:
        state = run.states.get(row["file"], "not looked for")  # without a suffix
        if row["expected"] == "colorize":
            assert state == "done", row["file"]
        elif row["expected"].startswith("reject"):
            assert state == "failed", row["file"]
        if state == "done":
            told = next(r for r in run.rows if Path(r["source"]).name == row["file"])
            with Image.open(told["target"]) as picture:
                assert picture.size == (
                    int(row["upright_w"] or row["width"]),
                    int(row["upright_h"] or row["height"]),
                )
            if row["pillow_load"] == "fail":
                assert told["warnings"], row["file"]
    record_property("times", len(rows))
    record_property("hostile pictures", len(rows))
    record_property("crashes", 0)
    record_property("peak memory of a process, MB", round(peak_of_children_mb()))
    record_property("slowest picture, s", max(row["seconds"] for row in run.rows))
    assert peak_of_children_mb() < 1536


@pytest.mark.reliability("R02", "R13", "I1", "I3")
@pytest.mark.timeout(150)
def test_what_is_no_picture_file_costs_no_time(place, capsys, monkeypatch, record_property):
    place.draw(2)
    os.mkfifo(place.pages / "pipe.png")
    with open(place.pages / "sparse.png", "wb") as file:
        file.write(png_header(10, 10))
        file.truncate(8 << 30)
    (place.pages / "zero.png").symlink_to("/dev/zero")
    (place.pages / "process.png").symlink_to("/proc/self/mem")
    (place.pages / "broken.png").symlink_to("nowhere")
    (place.pages / "round.png").symlink_to("round.png")
    (place.pages / "folder.png").mkdir()
    (place.pages / "again").symlink_to(place.pages)
    monkeypatch.chdir(place.pages)  # a socket's path is limited to about 100 characters
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("socket.png")
        before = originals(place.pages)
        started = time.monotonic()
        run = place.here(capsys, "-r")
        took = time.monotonic() - started
    check(place, run, before)
    assert run.count("done") == 2
    strange = {"pipe.png", "sparse.png", "zero.png", "broken.png", "round.png", "socket.png"}
    assert {name for name, state in run.states.items() if state == "failed"} >= strange
    assert took < 60
    record_property("times", len(strange) + 2)


@pytest.mark.reliability("R03")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_bombs_are_refused_from_the_header_within_little_memory(place, record_property):
    bombs = {
        "wide.png": png_header(60_000, 60_000),
        "long.png": png_header(1, 200_000_000),
        # Honest data, packed into a few kilobytes.
        "flat.png": encoded(Image.new("1", (16_000, 16_000)), "PNG"),
        "blank.tif": encoded(Image.new("1", (13_000, 13_000)), "TIFF", compression="group4"),
    }
    place.draw(1)
    for name, data in bombs.items():
        (place.pages / name).write_bytes(data)
    before = originals(place.pages)
    three_gib = functools.partial(resource.setrlimit, resource.RLIMIT_AS, (3 << 30, 3 << 30))
    run = place.run(preexec_fn=three_gib)
    check(place, run, before)
    assert run.count("done") == 1
    for name in bombs:
        assert "pixels" in run.failure(name) and "150,000,000" in run.failure(name)
    from colorstudio.jobs.guarded_reading import GuardedReader

    reader = GuardedReader()
    reader.size(place.pages / "page 0000.png")
    assert reader._process is not None
    grown = -rss_mb(reader._process.pid)
    for name in bombs:
        with pytest.raises(Exception, match="pixels"):
            reader.artwork(place.pages / name, 100)
    grown += rss_mb(reader._process.pid)
    reader.close()
    assert grown < 50
    record_property("times", len(bombs))
    record_property("most memory for a bomb, MB", round(max(grown, 0)))


def rss_mb(process: int, what: str = "VmHWM") -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(what))


@pytest.mark.reliability("R04", "I3")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("flips", [30, pytest.param(200, marks=pytest.mark.slow)])
def test_cut_and_flipped_pictures_are_refused_or_coloured_with_a_warning(
    place, capsys, flips, record_property
):
    noise = np.random.default_rng(5).integers(0, 256, (64, 64, 3), np.uint8)
    picture = Image.fromarray(noise)
    kinds = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP", "tif": "TIFF", "bmp": "BMP", "gif": "GIF"}
    cuts = 0
    for suffix, name in kinds.items():
        whole = encoded(picture, name)
        for share in (10, 50, 90, 99):
            cut = whole[: len(whole) * share // 100]
            (place.pages / f"cut {share}.{suffix}").write_bytes(cut)
            cuts += 1
    dice = np.random.default_rng(flips)
    whole = encoded(picture, "PNG")
    for number in range(flips):
        data = bytearray(whole)
        data[dice.integers(len(data))] ^= 1 << dice.integers(8)
        (place.pages / f"flip {number}.png").write_bytes(data)
    before = originals(place.pages)
    run = place.here(capsys)
    check(place, run, before)
    for row in run.rows:
        if row["state"] == "done" and Path(row["source"]).name.startswith("cut"):
            assert any("damaged" in warning for warning in row["warnings"]), row["source"]
    record_property("times", cuts + flips)
    record_property("refused", run.count("failed"))
    record_property("coloured, with a warning where something is missing", run.count("done"))


@pytest.mark.reliability("R05")
def test_one_picture_under_all_orientations_gives_one_result(place, capsys):
    turn_back = [None, None, *(Image.Transpose(n) for n in (0, 3, 1, 5, 2, 6, 4))]
    picture = Image.fromarray(np.tile(ramp(), (3, 3)))
    kinds = ("jpg", "png", "webp", "tif")
    for suffix, orientation in itertools.product(kinds, range(1, 9)):
        method = turn_back[orientation]
        turned = picture if method is None else picture.transpose(method)
        exif = Image.Exif()
        exif[0x0112] = orientation
        options = {"lossless": True} if suffix == "webp" else {}
        turned.save(place.pages / f"{suffix} {orientation}.{suffix}", exif=exif, **options)
    run = place.here(capsys, "--format", "png", "--mode", "greyscale")
    assert run.status == 0 and len(run.rows) == 32
    for suffix in kinds:
        results = []
        for path in sorted(place.output.glob(f"{suffix} *.png")):
            with Image.open(path) as result:
                assert result.size == picture.size and result.getexif().get(0x0112, 1) == 1
                results.append(np.asarray(result.convert("RGB")).astype(int))
        assert len(results) == 8
        for result in results[1:]:
            assert np.abs(result - results[0]).mean() < 4


@pytest.mark.reliability("R09")
@pytest.mark.parametrize(
    "long", [(1, 65_537), pytest.param((11_158, 2156), marks=pytest.mark.slow)]
)
def test_tiny_and_long_pictures_keep_their_size(place, capsys, long):
    for width, height in ((1, 1), (1000, 1), (3, 2), long):
        Image.new("L", (width, height), 130).save(place.pages / f"{width} x {height}.png")
    before = originals(place.pages)
    run = place.here(capsys)
    check(place, run, before)
    assert run.count("done") == 4


@pytest.mark.reliability("R11", "R12", "R14", "I1", "I3")
def test_names_of_any_kind_are_coloured_and_shown_safely(place, capsys, tmp_path, record_property):
    page = encoded(Image.fromarray(ramp()), "PNG")
    payloads = ["$(touch PWNED).png", "`touch PWNED`.png", "; touch PWNED;.png", "|touch PWNED.png"]
    names = [
        *payloads, "é.png", "e\u0301.png", "線画.png", "a b.png", "it's.png", 'a"b.png', "-o.png",
        "--help.png", "two\nlines.png", "\x1b[31mred\x1b[0m.png", "<b>bold<br>&.png", "Case.png",
        "case.png", "same.png", "%s%n.png", "{0}.png", "CON.png", "n" * 251 + ".png",
        "線" * 83 + ".png", "\u202egnp.exe.png", "a\\b.png",
    ]  # fmt: skip
    for name in names:
        (place.pages / name).write_bytes(page)
    for suffix, kind in (("jpg", "JPEG"), ("gif", "GIF"), ("webp", "WEBP")):
        data = encoded(Image.fromarray(ramp()), kind)
        (place.pages / f"same.{suffix}").write_bytes(data)
    raw = os.fsencode(place.pages) + b"/\xff\xfe.png"
    Path(os.fsdecode(raw)).write_bytes(page)
    total = len(names) + 4
    before = originals(place.pages)
    run = place.here(capsys)
    check(place, run, before)
    assert run.count("done") == total == len(list(place.output.iterdir()))
    folded = {path.name.casefold() for path in place.output.iterdir()}
    assert len(folded) == total
    assert not list(tmp_path.rglob("*PWNED")) and not Path("PWNED").exists()
    words = place.here(capsys, "--existing", "overwrite", "--quiet")
    plain = subprocess.run(
        [part for part in place.command("--existing", "overwrite") if part != "--json"],
        env=place.variables, cwd=place.pages, capture_output=True, text=True, timeout=100,
    )  # fmt: skip
    assert words.status == plain.returncode == 0
    assert len(plain.stdout.splitlines()) == total + 1 and "\x1b" not in plain.stdout
    for log in (place.home / "logs").glob("*"):
        assert "\x1b" not in log.read_text(errors="replace")
    record_property("times", total)


@pytest.mark.reliability("R14")
def test_a_path_of_300_characters_is_written(place, capsys):
    deep = place.pages
    for _ in range(8):
        deep = deep / ("folder" * 7)
    deep.mkdir(parents=True)
    Image.fromarray(ramp()).save(deep / "page.png")
    assert len(str(deep)) > 300
    before = originals(place.pages)
    run = place.here(capsys, "-r")
    check(place, run, before)
    assert run.count("done") == 1


@pytest.mark.reliability("R15", "R19")
def test_results_inside_the_folder_are_never_coloured_again(place, capsys):
    place.draw(3)
    place.output = place.pages / "colorized"
    for _ in range(3):
        run = place.here(capsys, "-r")
        assert run.status == 0 and len(run.rows) == 3
    assert len(list(place.output.iterdir())) == 3
    place.output = place.pages
    refused = place.here(capsys, "-r")
    assert refused.status == 2 and not refused.rows


@pytest.mark.reliability("R10")
def test_many_frames_take_no_longer_than_one(place, capsys, record_property):
    frames = [Image.fromarray(np.full((90, 90), turn % 250, np.uint8)) for turn in range(380)]
    rest = {"save_all": True, "append_images": frames[1:]}
    for suffix, kind in (("gif", "GIF"), ("tif", "TIFF"), ("png", "PNG")):
        frames[0].save(place.pages / f"many.{suffix}", kind, **rest)
        frames[0].save(place.pages / f"one.{suffix}", kind)
    before = originals(place.pages)
    run = place.here(capsys)
    check(place, run, before)
    seconds = {Path(row["source"]).name: row["seconds"] for row in run.rows}
    for row in run.rows:
        many = Path(row["source"]).name.startswith("many")
        assert any("1 of 380" in warning for warning in row["warnings"]) == many
    slower = max(seconds[f"many.{s}"] - seconds[f"one.{s}"] for s in ("gif", "tif", "png"))
    assert slower < 3
    record_property("slowest by, s", round(max(0.0, slower), 2))


@pytest.mark.reliability("I5")
def test_a_run_leaves_nothing_in_the_user_s_own_folders(place, tmp_path):
    place.draw(1)
    user = tmp_path / "user"
    user.mkdir()
    told = subprocess.run(
        place.command(), env=place.variables | {"HOME": str(user)}, cwd=tmp_path, timeout=100
    )
    assert told.returncode == 0 and list(user.rglob("*")) == []


@pytest.mark.reliability("R27", "I5")
@pytest.mark.skipif(sys.platform != "linux", reason="namespaces and strace of Linux")
def test_nothing_asks_for_the_network_or_writes_elsewhere(place, tmp_path):
    if shutil.which("strace") is None:
        pytest.skip("strace is not here")
    place.draw(2)
    trace = tmp_path / "trace"
    calls = (
        "trace=network,open,openat,creat,rename,renameat,renameat2,mkdir,mkdirat,unlink,unlinkat"
    )
    spy = ("strace", "-f", "--seccomp-bpf", "-o", str(trace), "-e", calls)
    place.command_before = spy
    run = place.run()
    assert run.status == 0, run.errors
    lines = trace.read_text(errors="replace").splitlines()
    assert len(lines) > 50
    assert not [line for line in lines if "AF_INET" in line]
    written = [line for line in lines if any(w in line for w in ("O_CREAT", "rename", "mkdir"))]
    own = (str(place.home), str(place.output), "/dev/shm", "/dev/null", "/tmp/", "__pycache__")
    strange = [line for line in written if "ENOENT" not in line and not any(o in line for o in own)]
    # What lies relative to a folder that is open already is named without its path.
    assert [line for line in strange if '"/' in line and "EEXIST" not in line] == []


@pytest.mark.reliability("R27")
@pytest.mark.skipif(sys.platform != "linux", reason="namespaces of Linux")
def test_without_any_network_everything_is_coloured(place):
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode:
        pytest.skip("this system gives no namespaces")
    place.draw(3)
    before = originals(place.pages)
    place.command_before = ("unshare", "-rn")
    run = place.run()
    check(place, run, before)
    assert run.count("done") == 3


@pytest.mark.reliability("R06", "R07")
def test_alpha_and_tones_of_odd_kinds_reach_the_result(place, capsys):
    grey, alpha = ramp(), ramp()[::-1].copy()
    soft = Image.fromarray(np.dstack([painting(), alpha]))
    soft.save(place.pages / "rgba.png")
    Image.merge("LA", (Image.fromarray(grey), Image.fromarray(alpha))).save(place.pages / "la.png")
    deep = Image.fromarray((grey.astype(np.uint16) << 8) + 7)
    deep.save(place.pages / "deep.png", transparency=60_000)
    Image.fromarray(grey.astype(np.float32) / 255).save(place.pages / "float.tif")
    soft.convert("RGB").convert("CMYK").save(place.pages / "cmyk.tif")
    before = originals(place.pages)
    run = place.here(capsys, "--mode", "greyscale", "--format", "png")
    check(place, run, before)
    assert run.count("done") == 5
    for name in ("rgba.png", "la.png"):
        with Image.open(place.output / name) as result:
            np.testing.assert_array_equal(np.asarray(result.getchannel("A")), alpha)
    for name in ("deep.png", "float.png"):
        with Image.open(place.output / name) as result:
            tones = np.asarray(result.convert("L")).astype(int)
            assert np.abs(tones - grey).mean() < 2, name
