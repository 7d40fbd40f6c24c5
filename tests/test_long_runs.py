"""Long runs: large pages, many pictures, many sizes, and what they leave of memory and files."""

import contextlib
import functools
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from test_hard_runs import after_pictures, rest_of
from whole_run import Place, check, originals

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.mark.reliability("R30", "I1", "I2", "I3")
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_picture_that_memory_is_refused_for_fails_and_the_next_ones_work(place):
    place.draw(2)
    Image.new("RGB", (12_000, 12_000), (90, 120, 70)).save(place.pages / "a large one.png")
    before = originals(place.pages)
    limit = functools.partial(resource.setrlimit, resource.RLIMIT_DATA, (900 << 20, 900 << 20))
    run = place.run(preexec_fn=limit, timeout=500)
    check(place, run, before)
    assert run.count("done") == 2
    assert "not enough memory" in run.failure("a large one.png")


@pytest.mark.reliability("R29", "R28")
@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("kind", ["1-bit.tif", "colour.jpg", "colour.png"])
def test_a_page_of_35_megapixels_stays_within_memory(place, kind, record_property):
    rows, columns = np.mgrid[0:7014, 0:4956]
    page = Image.fromarray(((rows // 9 + columns // 7) % 256).astype(np.uint8))
    if kind == "1-bit.tif":
        page.convert("1").save(place.pages / kind, compression="group4")
    else:
        colours = Image.merge("RGB", (page, page.transpose(Image.Transpose.FLIP_LEFT_RIGHT), page))
        colours.save(place.pages / kind)
    before = originals(place.pages)
    process = place.start("--style", "starter")
    peak = peak_of_family(process)
    run = rest_of(process, [], 900)
    check(place, run, before)
    assert run.count("done") == 1
    record_property("peak memory of all processes, MB", round(peak()))
    assert peak() < 1536


def peak_of_family(process: "subprocess.Popen[str]") -> Callable[[], float]:
    """Watches a process and its children; gives a way to ask for the peak of their sum, in MB."""
    most = [0.0]

    def watch() -> None:
        while process.poll() is None:
            most[0] = max(most[0], sum(memory_mb(pid) for pid in family(process.pid)))
            time.sleep(0.03)

    threading.Thread(target=watch, daemon=True).start()
    return lambda: most[0]


def family(root: int) -> list[int]:
    """A process and all below it."""
    found = [root]
    for pid in found:
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                children = Path(f"/proc/{pid}/task/{task}/children").read_text()
                found += [int(child) for child in children.split()]
    return found


def memory_mb(pid: int) -> float:
    """What a process takes, shared pages by their share."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))
    return 0.0


@pytest.mark.reliability("R31", "R35", "I1", "I2", "I3")
@pytest.mark.slow
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("count", [300, 1000])
def test_a_soak_leaves_memory_files_and_threads_as_they_were(place, count, record_property):
    chance = np.random.default_rng(3)
    for number in range(count):
        width, height = chance.integers(60, 1200, 2)
        noise = chance.integers(0, 256, (height // 4 + 1, width // 4 + 1), np.uint8)
        page = Image.fromarray(noise).resize((int(width), int(height)))
        page.save(place.pages / f"page {number:04}.{('png', 'jpg', 'webp')[number % 3]}")
    before = originals(place.pages)
    process = place.start("--style", "starter")
    assert process.stdout is not None
    told, samples = [], []
    for line in process.stdout:
        told.append(line)
        with contextlib.suppress(OSError):
            pids = family(process.pid)
            files = sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in pids)
            threads = sum(len(os.listdir(f"/proc/{pid}/task")) for pid in pids)
            temporary = sum(name.startswith(".") for name in os.listdir(place.output))
            memory = sum(memory_mb(pid) for pid in pids)
            samples.append((memory, files, threads, temporary))
    run = rest_of(process, told)
    check(place, run, before)
    assert run.count("done") == count
    early, late = (np.array(samples[s]) for s in (slice(100, 200), slice(count - 101, count - 1)))
    grown = np.median(late[:, 0]) - np.median(early[:, 0])
    record_property("times", count)
    record_property("pictures of a soak", count)
    record_property("most growth of memory, MB", round(float(grown), 1))
    record_property("peak memory of all processes, MB", round(max(s[0] for s in samples)))
    record_property("files lost", count - run.count("done"))
    assert grown < 30
    assert np.median(late[:, 1]) <= np.median(early[:, 1]) + 2
    assert np.median(late[:, 2]) <= np.median(early[:, 2]) + 2
    assert max(s[3] for s in samples) <= 8


_SIZES = """
import random, sys
import numpy as np
from colorstudio import Colorizer
chance = random.Random(int(sys.argv[1]))
sizes = [(chance.randrange(40, 2000), chance.randrange(40, 2000)) for _ in range(64)]
colorizer = Colorizer("starter", device="cpu")
for _ in range(2):
    chance.shuffle(sizes)
    for height, width in sizes:
        page = np.linspace(0, 255, height * width).reshape(height, width).astype(np.uint8)
        assert colorizer.colorize(page).shape[:2] == (height, width)
    lines = open("/proc/self/status").read().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), flush=True)
"""


@pytest.mark.reliability("R32")
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_sizes_in_random_order_take_no_more_the_second_time(place, record_property):
    seed = random.SystemRandom().randrange(1000)
    told = subprocess.run(
        [sys.executable, "-c", _SIZES, str(seed)],
        env=place.variables, capture_output=True, text=True, timeout=1700,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    first, second = (int(line) / 1024 for line in told.stdout.split())
    record_property("times", 128)
    record_property("peak memory of the first pass, MB", round(first))
    record_property("peak memory of the second pass, MB", round(second))
    assert second <= 1.05 * first, seed


@pytest.mark.reliability("R24", "I1", "I2", "I3")
@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_ten_thousand_files_in_nested_folders(place, record_property):
    for number in range(20):
        Image.new("L", (24, 16), 40 + 9 * number).save(place.home / f"{number}.png")
    for number in range(10_000):
        folder = place.pages / f"{number // 1000}" / f"{number // 100 % 10}"
        folder.mkdir(parents=True, exist_ok=True)
        os.link(place.home / f"{number % 20}.png", folder / f"page {number}.png")
    started = time.monotonic()
    process = place.start("-r")
    told = after_pictures(process, 1)
    first = time.monotonic() - started
    told += after_pictures(process, 99)
    early = sum(memory_mb(pid) for pid in family(process.pid))
    peak = peak_of_family(process)
    assert process.stdout is not None
    told += process.stdout.readlines()
    run = rest_of(process, told)
    assert run.count("done") == 10_000 and run.status == 0
    assert sum(path.is_file() for path in place.output.rglob("*")) == 10_000
    record_property("times", 10_000)
    record_property("slowest until the first was done, s", round(first, 1))
    record_property("most growth of memory, MB", round(peak() - early, 1))
    record_property("ms a file", round(1000 * (time.monotonic() - started) / 10_000, 1))
    assert first < 10 and peak() - early < 100
