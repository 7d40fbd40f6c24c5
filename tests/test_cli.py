"""The command line, through its real main(): real files in, real files out."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
from cli_support import colorize, objects
from PIL import Image

from colorstudio.cli import main, parser
from colorstudio.cli.interrupt import interruptible
from colorstudio.cli.progress import ProgressBar
from colorstudio.cli.report import Report
from colorstudio.core.failures import Failure, FailureKind
from colorstudio.core.leaks import Leak, LeakReading
from colorstudio.core.mode import Mode
from colorstudio.core.naming import Existing, OutputFormat
from colorstudio.jobs.job import JobState, JobUpdate
from colorstudio.jobs.journal import Journal
from colorstudio.jobs.pipeline import INEXACT
from colorstudio.jobs.planning import plan_batch

pytestmark = pytest.mark.usefixtures("command_home")


@pytest.fixture
def pages(grey_pages: Path) -> Path:
    return grey_pages


# --- colorize ------------------------------------------------------------------------------------


def test_a_folder_is_coloured(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert colorize(pages, "-o", tmp_path / "out") == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["one.png", "two.jpg"]
    with Image.open(tmp_path / "out" / "one.png") as picture:
        assert picture.size == (48, 32) and picture.mode == "RGB"
        assert np.ptp(np.asarray(picture), axis=2).max() > 20  # there is colour in it
    told = capsys.readouterr()
    assert "2 coloured in" in told.out and "on CPU" in told.out
    assert "changed luma pixels: 0" in told.out
    assert "\r" not in told.out + told.err and told.err == ""


def test_sub_folders_are_kept(pages: Path, tmp_path: Path) -> None:
    assert colorize(pages, "-r", "-o", tmp_path / "out", "--quiet") == 0
    assert (tmp_path / "out" / "chapter 2" / "線画 é.png").is_file()


@pytest.mark.reliability("R19")
def test_the_result_of_another_picture_of_the_same_name_is_kept(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    other = tmp_path / "another chapter"
    other.mkdir()
    Image.linear_gradient("L").save(other / "one.png")
    assert colorize(pages / "one.png", "-o", tmp_path / "out", "--quiet") == 0
    before = (tmp_path / "out" / "one.png").read_bytes()
    capsys.readouterr()
    assert colorize(other, "-o", tmp_path / "out", "--json") == 0
    assert objects(capsys.readouterr().out)[-1]["done"] == 1
    assert (tmp_path / "out" / "one.png").read_bytes() == before
    assert (tmp_path / "out" / "one (2).png").is_file()


@pytest.mark.reliability("I1")
def test_originals_stay_as_they_were(pages: Path, tmp_path: Path) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in pages.rglob("*.*")}
    colorize(pages, "-r", "-o", pages / "colorized")
    colorize(pages, "-r", "-o", pages / "colorized", "--existing", "overwrite")
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in before} == before
    assert len(list((pages / "colorized").rglob("*.*"))) == 3  # own results are no input


def test_json_tells_each_picture_and_last_the_summary(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (pages / "bad.png").write_bytes(b"no picture")
    assert colorize(pages, "-o", tmp_path / "out", "--json") == 1
    *pictures, summary = objects(capsys.readouterr().out)
    by_name = {Path(picture["source"]).name: picture for picture in pictures}
    assert set(by_name) == {"one.png", "two.jpg", "bad.png"}
    one = by_name["one.png"]
    assert (one["event"], one["state"], one["provider"]) == ("picture", "done", "CPU")
    assert (one["mode"], one["changed_luma"], one["failure"]) == ("greyscale", 0, None)
    assert by_name["two.jpg"]["changed_luma"] is None  # a JPEG rounds luma when it is written
    assert Path(one["target"]).is_file() and one["seconds"] > 0
    assert by_name["bad.png"]["failure"].keys() == {"kind", "sentence", "detail"}
    assert summary["event"] == "summary"
    assert (summary["done"], summary["failed"], summary["skipped"]) == (2, 1, 0)

    assert colorize(pages, "-o", tmp_path / "out", "--json") == 1
    *pictures, summary = objects(capsys.readouterr().out)
    assert sorted(p["state"] for p in pictures) == ["failed", "skipped", "skipped"]
    assert summary["skipped"] == 2


def test_nothing_is_said_of_luma_where_no_result_is_lossless(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert colorize(pages, "-o", tmp_path / "out", "--format", "jpeg") == 0
    assert "changed luma" not in capsys.readouterr().out


@pytest.mark.reliability("R20")
def test_what_a_full_disk_left_undone_is_told_as_json_with_the_reason(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    report = Report(plan_batch([pages], tmp_path / "out"), as_json=True, quiet=False)
    full = Failure(FailureKind.DISK_FULL, "The disk is full.")
    report(JobUpdate(1, JobState.FAILED, failure=full))
    report(JobUpdate(2, JobState.CANCELLED, failure=full))
    assert report.finish(interrupted=False) == 1
    *pictures, summary = objects(capsys.readouterr().out)
    assert [picture["state"] for picture in pictures] == ["failed", "cancelled"]
    assert all(picture["failure"]["kind"] == "disk_full" for picture in pictures)
    assert (summary["failed"], summary["cancelled"]) == (1, 1)


@pytest.mark.reliability("I3")
def test_failures_are_told_once_with_name_and_sentence(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (pages / "bad\x1b[31m\n.png").write_bytes(b"")
    assert colorize(pages, "-o", tmp_path / "out") == 1
    lines = capsys.readouterr().out.splitlines()
    assert len([line for line in lines if "bad" in line]) == 1
    assert "\x1b" not in "".join(lines)
    assert "2 coloured, 1 failed" in lines[-1]


def test_quiet_says_only_what_went_wrong(
    pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert colorize(pages, "-o", tmp_path / "out", "--quiet") == 0
    assert capsys.readouterr() == ("", "")
    (pages / "bad.png").write_bytes(b"")
    assert colorize(pages, "-o", tmp_path / "out", "--quiet") == 1
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.reliability("R19")
def test_a_second_run_skips_and_rename_keeps_both(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    colorize(pages, "-o", out, "--quiet")
    before = (out / "one.png").stat().st_mtime_ns
    assert colorize(pages, "-o", out, "--quiet") == 0
    assert (out / "one.png").stat().st_mtime_ns == before
    assert colorize(pages, "-o", out, "--quiet", "--existing", "rename") == 0
    assert len(list(out.iterdir())) == 4


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a plain user's rights")
def test_a_finished_folder_may_be_read_only(pages: Path, tmp_path: Path) -> None:
    colorize(pages, "-o", tmp_path / "out", "--quiet")
    (tmp_path / "out").chmod(0o500)
    assert colorize(pages, "-o", tmp_path / "out", "--quiet") == 0
    (tmp_path / "out").chmod(0o700)


@pytest.mark.reliability("R12")
@pytest.mark.parametrize(("fmt", "name"), [("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WEBP")])
def test_the_format_asked_for_is_the_format_written(
    fmt: str, name: str, pages: Path, tmp_path: Path
) -> None:
    assert colorize(pages, "-o", tmp_path / "out", "--format", fmt, "--quiet") == 0
    for path in (tmp_path / "out").iterdir():
        with Image.open(path) as picture:
            assert picture.format == name


def test_a_hint_file_is_obeyed(pages: Path, tmp_path: Path) -> None:
    hints = tmp_path / "hints.json"
    hints.write_text('{"hints": [{"x": 24, "y": 16, "radius": 40, "color": "#2040d0"}]}')
    plain, hinted = tmp_path / "plain", tmp_path / "hinted"
    assert colorize(pages / "one.png", "-o", plain, "--quiet") == 0
    assert colorize(pages / "one.png", "-o", hinted, "--quiet", "--hints", hints) == 0

    def blue(folder: Path) -> float:
        with Image.open(folder / "one.png") as picture:
            pixels = np.asarray(picture).astype(float)
        return float((pixels[..., 2] - pixels[..., 0])[10:20, 20:30].mean())

    assert blue(hinted) > blue(plain) + 30


def test_a_palette_steers_line_art(tmp_path: Path) -> None:
    drawing = np.full((64, 64), 255, np.uint8)
    drawing[30:33] = drawing[:, 30:33] = 0
    Image.fromarray(drawing).save(tmp_path / "drawing.png")
    Image.new("RGB", (16, 16), "orange").save(tmp_path / "page.png")
    results = []
    for name, more in (("plain", []), ("steered", ["--palette", tmp_path / "page.png"])):
        out = tmp_path / name
        assert colorize(tmp_path / "drawing.png", "-o", out, "--quiet", *more) == 0
        results.append(np.asarray(Image.open(out / "drawing.png")).astype(int))
    assert abs(results[0] - results[1]).max() > 1


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """A line drawing of two rooms."""
    pixels = np.full((80, 120), 255, np.uint8)
    pixels[10:70, 10:13] = pixels[10:70, 60:63] = pixels[10:70, 107:110] = 0
    pixels[10:13, 10:110] = pixels[67:70, 10:110] = 0
    Image.fromarray(pixels).save(tmp_path / "drawing.png", dpi=(300, 300))
    return tmp_path / "drawing.png"


@pytest.mark.parametrize("fmt", ["psd", "ora"])
def test_layered_files_are_written_and_hold_the_flattened_picture(
    fmt: str, drawing: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    out = tmp_path / "out"
    assert colorize(drawing, "-o", out, "--flat", "0.5", "--quiet") == 0
    assert colorize(drawing, "-o", out, "--flat", "0.5", "--format", fmt, "--json") == 0
    picture, _ = objects(capsys.readouterr().out)
    assert (picture["state"], Path(picture["target"]).name) == ("done", f"drawing.{fmt}")
    flattened = np.asarray(Image.open(out / "drawing.png"))
    data = (out / f"drawing.{fmt}").read_bytes()
    if fmt == "ora":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = archive.read("mergedimage.png")
    merged = Image.open(io.BytesIO(data)).convert("RGB")
    np.testing.assert_array_equal(np.asarray(merged), flattened)
    assert colorize(drawing, "-o", out, "--flat", "0.5", "--format", fmt, "--json") == 0
    assert objects(capsys.readouterr().out)[0]["state"] == "skipped"


def test_with_palette_only_the_paper_has_nothing_but_the_palette_s_values(
    drawing: Path, tmp_path: Path
) -> None:
    (tmp_path / "two.gpl").write_text("GIMP Palette\n208 64 48 Rust\n32 64 208 Sea\n")
    wish = ("--palette", tmp_path / "two.gpl", "--palette-only", "--flat", "1")
    assert colorize(drawing, "-o", tmp_path / "out", "--quiet", *wish) == 0
    pixels = np.asarray(Image.open(tmp_path / "out" / "drawing.png"))
    on_paper = pixels[np.asarray(Image.open(drawing)) == 255]
    found = {tuple(color) for color in np.unique(on_paper, axis=0).tolist()}
    assert found <= {(208, 64, 48), (32, 64, 208)}


def test_palette_only_in_the_format_of_a_jpeg_is_told(
    drawing: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "two.hex").write_text("d04030\n2040d0\n")
    both = tmp_path / "both"
    both.mkdir()
    for name in ("exact.png", "rounded.jpg"):
        Image.open(drawing).save(both / name)
    wish = ("--palette", tmp_path / "two.hex", "--palette-only", "--flat")
    assert colorize(both, "-o", tmp_path / "out", "--json", *wish, "1") == 0
    exact, rounded, _ = objects(capsys.readouterr().out)
    assert exact["warnings"] == [] and rounded["warnings"] == [INEXACT]
    assert colorize(both, "-o", tmp_path / "half", "--json", *wish, "0.5") == 0  # mixed anyway
    assert [row["warnings"] for row in objects(capsys.readouterr().out)[:2]] == [[], []]


@pytest.mark.reliability("R26")
@pytest.mark.skipif(os.name == "nt", reason="Windows closes no terminal by a signal")
def test_a_closed_terminal_stops_a_batch_unless_nohup_was_asked_for() -> None:
    former = signal.getsignal(signal.SIGHUP)
    stopped = []
    try:
        for handler in (signal.SIG_DFL, signal.SIG_IGN):
            signal.signal(signal.SIGHUP, handler)
            with interruptible() as token:
                signal.raise_signal(signal.SIGHUP)
                stopped.append(token.cancelled)
    finally:
        signal.signal(signal.SIGHUP, former)
    assert stopped == [True, False]


@pytest.mark.reliability("R26", "I4")
@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process that signals itself")
def test_a_signal_that_comes_too_late_changes_nothing() -> None:
    late = (
        "import os, signal, sys; from colorstudio.cli import program; "
        "sys.argv = ['colorstudio', '--help']; status = program(); "
        "[os.kill(os.getpid(), n) for n in (signal.SIGINT, signal.SIGTERM)]; sys.exit(status)"
    )
    ended = subprocess.run([sys.executable, "-c", late], capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")


# --- small things --------------------------------------------------------------------------------


def test_the_choices_are_those_of_the_engine() -> None:
    assert ("auto", *Mode) == parser.MODES
    assert tuple(OutputFormat) == parser.FORMATS
    assert tuple(Existing) == parser.EXISTING


@pytest.mark.reliability("R35")
def test_the_bar_tells_rate_and_time_left_and_never_nonsense(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(time, "time", lambda: -1e9)  # somebody sets the clock
    bar = ProgressBar(100)
    for _ in range(25):
        bar.advance()
    line = bar.line(10.0, 79)
    assert "25/100" in line and "2.50" in line and "00:30 left" in line and len(line) <= 79
    assert "-" not in ProgressBar(3).line(0.0, 79).replace("--", "")


def test_parsed_arguments_have_the_documented_defaults() -> None:
    parsed = parser.parse(["colorize", "in", "-o", "out"])
    assert isinstance(parsed, Namespace)
    assert (parsed.style, parsed.mode, parsed.format) == ("starter", "auto", "keep")
    assert (parsed.device, parsed.existing, parsed.recursive) == ("auto", "skip", False)


# --- line art ------------------------------------------------------------------------------------


@pytest.fixture
def inked(tmp_path: Path) -> Path:
    page = np.full((120, 200), 255, np.uint8)
    page[20:100, 30:33] = page[20:100, 160:163] = 0
    page[20:23, 30:163] = page[97:100, 30:163] = 0
    Image.fromarray(page).save(tmp_path / "inked.png")
    return tmp_path / "inked.png"


def test_line_art_is_told_with_unchanged_lines_and_its_leaks(
    inked: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert colorize(inked, "-o", tmp_path / "out", "--leaks", "--json") == 0
    picture, summary = objects(capsys.readouterr().out)
    assert picture["changed_lines"] == summary["changed_lines"] == 0
    assert picture["leaks"].keys() == {"crossing", "worst", "places"}
    assert colorize(inked, "-o", tmp_path / "again", "--leaks") == 0
    told = capsys.readouterr().out
    assert "of the chroma crosses lines" in told and "changed line pixels: 0" in told
    assert colorize(inked, "-o", tmp_path / "tinted", "--lines", "coloured", "--json") == 0
    assert objects(capsys.readouterr().out)[0]["changed_lines"] is None


@pytest.mark.parametrize(("count", "words"), [(1, "; 1 open gap at 7, 8"), (2, "; 2 open gaps, ")])
def test_one_open_gap_is_told_as_one(
    count: int, words: str, pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    leaks = LeakReading(0.1, (Leak(7, 8, ((5, 8), (9, 8)), 4, 0.2, background=False),) * count)
    report = Report(plan_batch([pages], tmp_path / "out"), as_json=False, quiet=False)
    report(JobUpdate(1, JobState.DONE, leaks=leaks))
    assert words in capsys.readouterr().out


def test_region_edits_beside_a_picture_are_honoured(inked: Path, tmp_path: Path) -> None:
    edits = [{"kind": "bucket", "points": [[60, 60]], "color": "#c81e28"}]
    (tmp_path / "inked.hints.json").write_text(json.dumps({"hints": [], "regions": edits}))
    assert colorize(inked, "-o", tmp_path / "out", "--flat", "1", "--quiet") == 0
    with Image.open(tmp_path / "out" / "inked.png") as picture:
        assert picture.getpixel((150, 30)) == (0xC8, 0x1E, 0x28)


def test_a_folder_of_layers_is_written_once(
    inked: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    command = (inked, "-o", tmp_path / "out", "--format", "png-layers", "--split-flats", "--json")
    assert colorize(*command) == 0
    names = sorted(file.name for file in (tmp_path / "out" / "inked.layers").iterdir())
    assert [name[3:] for name in names[-3:-1]] == ["Colour.png", "Lines.png"]
    assert names[0].startswith("01 Flat #") and names[-1] == "merged.png"
    capsys.readouterr()
    assert colorize(*command) == 0
    assert objects(capsys.readouterr().out)[-1]["skipped"] == 1
    assert colorize(inked, "-o", tmp_path / "out", "--split-flats") == 2


def test_a_picture_that_another_program_has_in_hand_is_told_as_such(
    drawing: Path, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    other = Journal()
    other.claim(drawing, tmp_path / "out" / "drawing.png")
    assert colorize(drawing, "-o", tmp_path / "out", "--quiet") == 0
    assert "is being coloured by another Color Studio" in capsys.readouterr().out
    assert not (tmp_path / "out" / "drawing.png").exists()
    other.close()


def test_pages_of_another_folder_do_not_count_as_done_by_results_of_the_same_name(
    tmp_path: Path, capsys
) -> None:
    for folder, shade in (("A", 90), ("B", 170)):
        (tmp_path / folder).mkdir()
        Image.new("L", (40, 30), shade).save(tmp_path / folder / "page.png")
    out = tmp_path / "out"
    for folder in ("A", "B", "A", "B"):
        assert main(["colorize", str(tmp_path / folder), "-o", str(out), "--json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    summaries = [line for line in lines if line["event"] == "summary"]
    assert [(s["done"], s["skipped"]) for s in summaries] == [(1, 0), (1, 0), (0, 1), (0, 1)]
    assert sorted(os.listdir(out)) == ["page (2).png", "page.png"]
    (tmp_path / "A").rename(tmp_path / "moved")
    assert main(["colorize", str(tmp_path / "moved"), "-o", str(out)]) == 0
    assert sorted(os.listdir(out)) == ["page (2).png", "page.png"], "the same picture elsewhere"
