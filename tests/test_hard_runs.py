"""Runs against disks that fill or go, sources that change, other programs, signals, no memory."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from whole_run import PLAIN, Ended, Place, check, check_results, ended, originals

from colorstudio.ui.settings import Settings, SettingsStore

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="disks and signals of Linux")

NEEDED = re.compile(r"The disk is full: (\d+) MB needed, (\d+) MB free")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk may be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def noisy(place: Place, count: int, side: int = 300) -> Place:
    """Pages whose results are about as large as the pages: a quarter of a megabyte."""
    noise = np.random.default_rng(1).integers(0, 256, (side, side), np.uint8)
    for number in range(count):
        Image.fromarray(np.roll(noise, number)).save(place.pages / f"page {number:04}.png")
    return place


def after_pictures(process: "subprocess.Popen[str]", count: int) -> list[str]:
    """What a run has told when so many pictures have come to their ends."""
    assert process.stdout is not None
    return [process.stdout.readline() for _ in range(count)]


def rest_of(process: "subprocess.Popen[str]", told: list[str], seconds: float = 120) -> Ended:
    """How the run came out, with what was read of it before."""
    out, errors = process.communicate(timeout=seconds)
    return ended(process.returncode, "".join(told) + out, errors)


def failures(run: Ended) -> list[dict]:
    return [row["failure"] for row in run.rows if row["state"] == "failed"]


# --- the disk -------------------------------------------------------------------------------------


@pytest.mark.reliability("R20", "I1", "I2", "I3")
def test_a_full_disk_is_told_with_what_is_needed_and_gone_on_with(
    tmp_path, small_disk, record_property
):
    place = noisy(Place(tmp_path, small_disk / "out"), 16)
    before = originals(place.pages)
    run = place.run()
    check(place, run, before)
    assert 1 <= len(failures(run)) <= 4 and run.count("cancelled") > 0
    for row in run.rows:
        if row["state"] in ("failed", "cancelled"):
            told = NEEDED.match(row["failure"]["sentence"])
            assert told and int(told[1]) >= 1 > int(told[2]), row["failure"]["sentence"]
    subprocess.run(["mount", "-o", "remount,size=32m", str(small_disk)], check=True)
    again = place.run()
    check(place, again, before)
    assert again.count("skipped") == run.count("done") and again.count("failed") == 0
    record_property("files lost", 16 - len(list(place.output.iterdir())))


@pytest.mark.reliability("R20", "I2")
def test_a_full_disk_under_the_program_s_own_files_costs_no_picture(tmp_path, small_disk):
    place = Place(tmp_path).draw(3)
    shutil.move(place.home, small_disk / "home")
    place.home = small_disk / "home"
    store = SettingsStore(place.home / "settings.json")
    store.value = Settings(theme="dark")
    store.save()
    with contextlib.suppress(OSError), open(small_disk / "filler", "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    store.value = Settings(theme="light", recent=tuple("x" * 200 for _ in range(99)))
    store.save()
    assert SettingsStore(place.home / "settings.json").value.theme == "dark"
    before = originals(place.pages)
    run = place.run()
    check(place, run, before)
    assert run.count("done") == 3


@pytest.mark.reliability("R21", "I1", "I2", "I3")
@pytest.mark.parametrize(
    "fate",
    [
        "read-only",
        "unmounted",
        pytest.param("removed", marks=pytest.mark.slow),
        pytest.param("a folder of it unmounted", marks=pytest.mark.slow),
    ],
)
def test_an_output_that_goes_stops_the_run_with_one_message(tmp_path, small_disk, fate):
    subprocess.run(["mount", "-o", "remount,size=64m", str(small_disk)], check=True)
    output = small_disk / "out" if fate == "a folder of it unmounted" else small_disk
    place = noisy(Place(tmp_path, output), 60)
    if fate == "removed":
        place.output = tmp_path / "out"
    before = originals(place.pages)
    process = place.start()
    told = after_pictures(process, 3)
    if fate == "read-only":
        while subprocess.run(
            ["mount", "-o", "remount,ro", str(small_disk)], capture_output=True
        ).returncode:
            assert process.poll() is None
    elif fate == "removed":
        subprocess.run(["mv", str(place.output), str(tmp_path / "elsewhere")], check=True)
    else:
        subprocess.run(["umount", "-l", str(small_disk)], check=True)
    run = rest_of(process, told)
    assert originals(place.pages) == before and "Traceback" not in run.errors
    assert len(run.rows) == 60 and run.status == 1
    assert 1 <= len(failures(run)) <= 4 and run.count("cancelled") > 30
    words = "read-only" if fate == "read-only" else "is gone"
    assert all(words in failure["sentence"] for failure in failures(run))
    assert list(small_disk.iterdir()) == [] or fate in ("read-only", "removed")


def plain_rights() -> tuple[str, ...]:
    """What starts a program to which rights apply; skips the test where that can't be had."""
    if os.geteuid():
        return ()
    if shutil.which(PLAIN[0]) is None or subprocess.run([*PLAIN, "true"]).returncode:
        pytest.skip("root's rights can't be laid down here")
    return PLAIN


@pytest.mark.reliability("R21", "R25", "I1", "I2", "I3")
def test_a_folder_that_turns_read_only_stops_the_run_with_one_message(place):
    noisy(place, 60)
    before = originals(place.pages)
    place.command_before = plain_rights()
    process = place.start()
    told = after_pictures(process, 3)
    place.output.chmod(0o500)
    run = rest_of(process, told)
    place.output.chmod(0o700)
    assert originals(place.pages) == before and len(run.rows) == 60 and run.status == 1
    assert 1 <= len(failures(run)) <= 4 and run.count("cancelled") > 30
    assert all("read-only" in failure["sentence"] for failure in failures(run))
    place.output.chmod(0o500)
    again = place.run()
    place.output.chmod(0o700)
    assert again.status == 2 and "read-only" in again.errors and not again.rows
    # A temporary file could not be taken away either: the next run does that.
    last = place.run()
    check(place, last, before)
    assert last.status == 0 and last.count("skipped") == run.count("done")


@pytest.mark.reliability("R25", "I2")
def test_a_home_that_takes_no_files_costs_no_picture(place):
    place.draw(2)
    place.command_before = plain_rights()
    place.home.chmod(0o500)
    try:
        before = originals(place.pages)
        run = place.run()
    finally:
        place.home.chmod(0o700)
    check(place, run, before)
    assert run.count("done") == 2


@pytest.mark.reliability("R02", "I1", "I3")
def test_what_may_not_be_read_is_told(place):
    place.draw(2)
    secret = place.pages / "secret.png"
    secret.write_bytes((place.pages / "page 0000.png").read_bytes())
    (place.pages / "closed").mkdir()
    before = originals(place.pages)
    place.command_before = plain_rights()
    secret.chmod(0)
    (place.pages / "closed").chmod(0)
    try:
        run = place.run("-r")
    finally:
        secret.chmod(0o644)
        (place.pages / "closed").chmod(0o755)
    check(place, run, before)
    assert run.count("done") == 2 and run.count("failed") == 2
    assert "no permission" in run.failure("secret.png")
    assert "no permission" in run.failure("closed")


# --- the sources ----------------------------------------------------------------------------------


@pytest.mark.reliability("R22", "I2", "I3")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("rounds", [1, pytest.param(12, marks=pytest.mark.slow)])
def test_sources_that_change_are_refused_or_coloured_as_one(place, rounds, record_property):
    shades = (60, 190)
    changes = mixed = 0
    for turn in range(rounds):
        for number in range(30):
            Image.new("L", (400, 300), shades[0]).save(place.pages / f"page {number:02}.bmp")
        whole = [(place.pages / "page 00.bmp").read_bytes()]
        Image.new("L", (400, 300), shades[1]).save(place.pages.parent / "other.bmp")
        whole.append((place.pages.parent / "other.bmp").read_bytes())
        stop, count = threading.Event(), [0]
        meddler = threading.Thread(target=meddle, args=(place, whole, stop, count, turn))
        meddler.start()
        run = place.run("--existing", "overwrite", "--mode", "greyscale", "--format", "png")
        stop.set()
        meddler.join()
        changes += count[0]
        assert "Traceback" not in run.errors and len(run.rows) <= 30
        assert run.count("done") + run.count("failed") == len(run.rows)
        for row in run.rows:
            if row["state"] == "done":
                with Image.open(row["target"]) as picture:
                    low, high = picture.convert("L").getextrema()
                mixed += high - low > 4
    record_property("times", changes)
    record_property("changes of sources", changes)
    record_property("mixed pictures", mixed)
    assert mixed == 0 and changes > 10


def meddle(
    place: Place, whole: list[bytes], stop: threading.Event, count: list[int], seed: int
) -> None:
    """Delete, replace, rewrite and lengthen sources until it is enough."""
    chance = random.Random(seed)
    while not stop.is_set():
        page = place.pages / f"page {chance.randrange(30):02}.bmp"
        data = chance.choice(whole)
        way = chance.randrange(4)
        with contextlib.suppress(FileNotFoundError):
            if way == 0:
                page.unlink()
            elif way == 1:
                page.with_suffix(".new").write_bytes(data)
                os.replace(page.with_suffix(".new"), page)
            elif way == 2:
                with open(page, "r+b") as file:
                    for start in range(0, len(data), 20_000):
                        file.seek(start)
                        file.write(data[start : start + 20_000])
                        file.flush()
                        time.sleep(0.001)
            else:
                with open(page, "ab") as file:
                    file.write(b"more")
        count[0] += 1
        time.sleep(0.002)


# --- other programs, and signals ------------------------------------------------------------------


@pytest.mark.reliability("R23", "I1", "I2", "I3")
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("rounds", [1, pytest.param(8, marks=pytest.mark.slow)])
def test_two_programs_over_one_folder_share_the_work(place, rounds, record_property):
    noisy(place, 30)
    before = originals(place.pages)
    twice = 0
    for _ in range(rounds):
        programs = [place.start() for _ in range(2)]
        runs = [rest_of(program, []) for program in programs]
        for run in runs:
            check(place, run, before)
            assert run.count("failed") == 0
        done = [{r["source"] for r in run.rows if r["state"] == "done"} for run in runs]
        twice += len(done[0] & done[1])
        assert len(done[0] | done[1]) == 30 == len(list(place.output.iterdir()))
        for path in place.output.iterdir():
            path.unlink()
    record_property("times", rounds)
    record_property("pictures coloured twice", twice)
    assert twice == 0


@pytest.mark.reliability("R23", "R16", "I2")
def test_what_a_dead_program_held_is_free_at_once(place):
    noisy(place, 30)
    before = originals(place.pages)
    first, second = place.start(), place.start()
    after_pictures(first, 1)
    first.kill()
    first.communicate()
    run = rest_of(second, [])
    assert run.count("failed") == 0
    started = time.monotonic()
    third = place.run()
    check(place, third, before)
    assert third.status == 0 and time.monotonic() - started < 60
    assert len(list(place.output.iterdir())) == 30


@pytest.mark.reliability("R26", "R28", "I1", "I2", "I4")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("signals", [2, pytest.param(20, marks=pytest.mark.slow)])
def test_signals_at_any_moment_stop_soon_and_what_is_left_can_be_gone_on_with(
    place, signals, record_property
):
    noisy(place, 24, 500)
    before = originals(place.pages)
    seed = random.SystemRandom().randrange(1 << 32)
    chance, longest = random.Random(seed), 0.0
    for number in range(signals):
        process = place.start()
        told = after_pictures(process, 1) if chance.random() < 0.7 else []
        time.sleep(chance.uniform(0, 0.5) if told else chance.uniform(1, 3))
        process.send_signal((signal.SIGINT, signal.SIGTERM)[number % 2])
        sent = time.monotonic()
        run = rest_of(process, told)
        longest = max(longest, time.monotonic() - sent)
        assert "Traceback" not in run.errors, run.errors
        # A program that does not listen yet has begun nothing, and ends as the system ends it.
        unheard = -run.status in (signal.SIGINT, signal.SIGTERM) and not told and not run.rows
        assert run.status in (0, 130) or unheard, (seed, run.errors)
        if run.summary:
            check_results(place, run)
        assert originals(place.pages) == before
        if run.status == 0:
            for path in place.output.iterdir():
                path.unlink()
    assert longest < 5, seed
    run = place.run()
    check(place, run, before)
    assert run.status == 0
    record_property("times", signals)
    record_property("longest until it stopped, s", round(longest, 1))
    record_property("seed", str(seed))


# --- honest ends ----------------------------------------------------------------------------------


@pytest.mark.reliability("R36", "I3", "I4")
def test_what_is_told_is_what_is_there(place, capsys):
    place.draw(4)
    (place.pages / "page 0001.png").write_bytes(b"no picture")
    before = originals(place.pages)
    run = place.here(capsys)
    check(place, run, before)
    assert run.status == 1 and run.count("failed") == 1
    told = [part for part in place.command("--existing", "overwrite") if part != "--json"]
    words = subprocess.run(
        told, env=place.variables, capture_output=True, text=True, timeout=120
    ).stdout
    assert "3 coloured, 1 failed" in words and "page 0001.png" in words
    rows = {Path(row["target"]).name for row in run.rows if row["state"] == "done"}
    assert rows == set(os.listdir(place.output))
    # What failed can be mended and is the only thing that the next run does.
    Image.new("L", (30, 20), 90).save(place.pages / "page 0001.png")
    again = place.here(capsys)
    assert (again.count("done"), again.count("skipped")) == (1, 3) and again.status == 0
