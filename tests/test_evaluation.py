"""Evaluation: Levin's propagation, the measures, what is reproducible, tables, JSON and sheet."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import main
from colorstudio.core.artwork import Artwork
from colorstudio.core.hint_planes import hint_planes
from colorstudio.core.hints import Hint, HintSet
from colorstudio.core.mode import Mode
from training.evaluation import Way, colour, ways_of
from training.levin import propagate
from training.measures import BEST_PSNR, Truth, colourfulness, psnr
from training.openart import OpenPicture, plain_title, read_manifest, real_pairs, sources_in
from training.pictures import find_pictures
from training.procedural import draw_scene
from training.samples import (
    Sample,
    candidates_in,
    load_samples,
    paper_of,
    spread,
    true_hints,
    with_drawn_lines,
)
from training.starter import main as starter

ROOT = Path(__file__).resolve().parents[1]
EVERYTHING = frozenset({"hints", "palette", "lineart"})


@pytest.fixture(scope="module")
def style(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_style(tmp_path_factory.mktemp("styles") / "tiny")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three drawn pages in two sub-folders, one with real line art; and a grey one, left out."""
    place = tmp_path_factory.mktemp("pages")
    for seed, name in enumerate(["one/a.png", "one/b.png", "two/pair.color.png"]):
        scene = draw_scene(seed, 128, 96)
        (place / name).parent.mkdir(exist_ok=True)
        Image.fromarray(scene.colour).save(place / name)
    Image.fromarray(scene.lines).save(place / "two/pair.line.png")
    Image.fromarray(scene.lines).save(place / "two/grey.png")
    return place


def samples_of(folder: Path) -> list[Sample]:
    return list(load_samples(candidates_in(folder, find_pictures(folder))))


@pytest.fixture(scope="module")
def samples(folder: Path) -> list[Sample]:
    return samples_of(folder)


def two_regions() -> NDArray[np.float32]:
    """Luma of a dark and a light half."""
    luma = np.full((40, 60), 0.2, np.float32)
    luma[:, 30:] = 0.8
    return luma


def with_hints(luma: NDArray[np.float32], *hints: Hint) -> NDArray[np.float32]:
    return hint_planes(HintSet(hints), luma.shape, luma.shape)


# Levin, Lischinski & Weiss 2004


def test_each_region_takes_the_colour_of_its_own_hint():
    luma = two_regions()
    hints = with_hints(luma, Hint(8, 20, 3, "#d04030"), Hint(52, 20, 3, "#3050d0"))
    chroma = propagate(luma, hints)
    left, right = hints[:2, 20, 8], hints[:2, 20, 52]
    apart = np.linalg.norm(left - right)
    assert np.linalg.norm(chroma[:, :, :29].mean(axis=(1, 2)) - left) < 0.1 * apart
    assert np.linalg.norm(chroma[:, :, 31:].mean(axis=(1, 2)) - right) < 0.1 * apart


def test_hinted_pixels_keep_their_chroma_exactly():
    luma = np.random.default_rng(1).random((33, 47), dtype=np.float32)
    hints = with_hints(luma, Hint(5, 5, 2, "#40c020"), Hint(40, 30, 0, "#8020c0"))
    chroma = propagate(luma, hints)
    assert np.abs((chroma - hints[:2]) * hints[-1]).max() < 1e-6
    assert np.isfinite(chroma).all()


def test_every_other_pixel_is_a_mean_of_its_window():
    """The system of the paper holds at each pixel, checked with its weights written out."""
    luma = np.random.default_rng(2).random((9, 11), dtype=np.float32).astype(np.float64)
    hints = with_hints(luma.astype(np.float32), Hint(2, 2, 0, "#d04030"), Hint(8, 6, 0, "#3050d0"))
    chroma = propagate(luma.astype(np.float32), hints)
    for y, x in zip(*np.nonzero(hints[-1] == 0), strict=True):
        rows, columns = slice(max(0, y - 1), y + 2), slice(max(0, x - 1), x + 2)
        others = np.ones_like(luma[rows, columns], bool)
        others[min(1, y), min(1, x)] = False
        difference = (luma[rows, columns][others] - luma[y, x]) ** 2
        variance = max(0.6 * luma[rows, columns].var(), difference.min() / -np.log(0.01), 2e-6)
        weights = np.exp(-difference / variance)
        mean = (chroma[:, rows, columns][:, others] * weights).sum(axis=1) / weights.sum()
        assert np.allclose(chroma[:, y, x], mean, atol=1e-5)


@pytest.mark.parametrize("size", [(40, 60), (1, 30), (30, 1), (2, 1)])
def test_one_hint_colours_all_and_none_leaves_grey(size):
    luma = np.full(size, 0.5, np.float32)
    assert not propagate(luma, np.zeros((3, *size), np.float32)).any()
    hints = with_hints(luma, Hint(0, 0, 0, "#d04030"))
    one_colour = np.broadcast_to(hints[:2, :1, :1], (2, *size))
    assert np.allclose(propagate(luma, hints), one_colour, atol=1e-4)


# Measures


def test_a_copy_is_perfect_and_a_shift_has_the_textbook_psnr():
    picture = np.random.default_rng(3).integers(10, 200, (20, 30, 3), dtype=np.uint8)
    same = Truth(picture, np.ones((20, 30), bool)).closeness(picture)
    assert (same.psnr, same.ciede2000, same.colourfulness_ratio) == (BEST_PSNR, 0, 1)
    assert psnr(picture + np.uint8(16), picture) == pytest.approx(20 * np.log10(255 / 16), abs=1e-3)


def test_ciede2000_is_the_published_one():
    """Grey against black and white: their known lightness gives the known difference."""
    grey = np.full((4, 4, 3), 119, np.uint8)  # L* 50
    black = Truth(np.zeros((4, 4, 3), np.uint8), np.ones((4, 4), bool))
    # ΔL = 50, S_L at mean L* 25: 1 + 0.015 · 25² / sqrt(20 + 25²)
    assert black.closeness(grey).ciede2000 == pytest.approx(50.03 / 1.369, abs=0.1)


def test_colourfulness_is_nothing_for_grey_and_follows_the_paper():
    assert colourfulness(np.full((5, 5, 3), 90, np.uint8)) == 0
    red = np.tile(np.array([255, 0, 0], np.uint8), (5, 5, 1))
    assert colourfulness(red) == pytest.approx(0.3 * np.hypot(255, 127.5), abs=0.01)


def test_only_judged_pixels_count():
    truth = np.zeros((10, 10, 3), np.uint8)
    painted = truth.copy()
    painted[:5] = 200
    judged = np.zeros((10, 10), bool)
    judged[5:] = True
    assert Truth(truth, judged).closeness(painted).psnr == BEST_PSNR


# Samples


def test_chance_follows_from_the_picture_and_not_from_its_place(folder, samples, tmp_path):
    more = tmp_path / "more"
    shutil.copytree(folder, more)
    Image.fromarray(draw_scene(9, 128, 96).colour).save(more / "one" / "0 first.png")
    (more / "one" / "b.png").rename(more / "two" / "z.png")
    moved = {sample.seed: sample for sample in samples_of(more)}
    assert len(moved) == len(samples) + 1
    for sample in samples:
        again = moved[sample.seed]
        assert np.array_equal(sample.truth, again.truth)
        assert np.array_equal(sample.lines, again.lines)
        assert true_hints(sample.truth, 7, sample.seed) == true_hints(again.truth, 7, again.seed)


def test_more_hints_add_to_fewer_and_tell_the_truth(samples):
    sample = samples[0]
    few, many = (true_hints(sample.truth, count, sample.seed).hints for count in (5, 50))
    assert many[:5] == few
    assert all(hint.rgb == tuple(sample.truth[int(hint.y), int(hint.x)]) for hint in many)


def test_real_lines_are_judged_beside_drawn_ones_on_the_same_pixels(samples):
    pair = next(sample for sample in samples if sample.name.startswith("pair"))
    real, drawn = with_drawn_lines(pair)
    assert np.array_equal(real.lines, pair.lines) and not np.array_equal(drawn.lines, pair.lines)
    assert np.array_equal(real.paper, drawn.paper)
    assert not (real.paper & ~paper_of(pair.lines)).any()


def test_a_page_of_ink_alone_is_judged_as_a_whole():
    assert paper_of(np.zeros((4, 4), np.uint8)).all()


def test_a_few_pictures_are_spread_over_all():
    assert spread(list(range(10)), 3) == [0, 3, 6]
    assert spread([1, 2], None) == spread([1, 2], 5) == [1, 2]


# Sources


def manifest(folder: Path, rows: list[dict[str, str]]) -> None:
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["file", "source", "work", "artist", "licence"])
        writer.writeheader()
        writer.writerows({"work": "w", "artist": "a", "licence": "CC BY 4.0"} | row for row in rows)


def test_sources_come_from_the_manifest_or_else_from_the_sub_folder(folder, tmp_path, monkeypatch):
    art = tmp_path / "art"
    shutil.copytree(folder, art)
    paths = [picture.path for picture in find_pictures(art)]
    by_folder = ["one", "one", "two", "two"]
    assert sources_in(art, paths) == by_folder
    assert sources_in(art / "one", paths[:2]) == ["one", "one"]
    manifest(art, [{"file": "one/a.png", "source": "book"}, {"file": "gone.png", "source": "x"}])
    assert sources_in(art, paths) == ["book", "one", "two", "two"]
    assert sources_in(art / "one", paths[:2]) == ["book", "one"]  # the manifest lies above
    monkeypatch.chdir(art / "one")
    assert sources_in(Path("."), [Path("a.png")]) == ["book"]
    (art / "manifest.csv").write_bytes(b"\xff\x00 not a list")
    assert sources_in(art, paths) == by_folder


# Ways


def test_levin_stands_beside_every_number_of_hints_in_greyscale_mode():
    names = [way.name for way in ways_of((0, 1, 10), True, EVERYTHING)]
    assert names == [
        "greyscale: auto",
        "greyscale: own palette",
        "greyscale: 1 hint",
        "greyscale: Levin 2004 + 1 hint",
        "greyscale: 10 hints",
        "greyscale: 10 hints + own palette",
        "greyscale: Levin 2004 + 10 hints",
        "lineart: auto",
        "lineart: own palette",
        "lineart: 1 hint",
        "lineart: 10 hints",
        "lineart: 10 hints + own palette",
    ]


def test_a_style_is_only_asked_for_what_it_knows():
    ways = ways_of((10,), True, frozenset())
    assert [way.name for way in ways] == ["greyscale: auto", "greyscale: Levin 2004 + 10 hints"]


def test_levin_colours_as_the_program_does_with_luma_kept(samples):
    sample = samples[0]
    way = Way(Mode.GREYSCALE, hints=50, levin=True)
    painted = colour(None, sample, way)  # type: ignore[arg-type]  # Levin asks no style
    off = Artwork(painted).luma8().astype(int) - sample.grey
    assert np.abs(off).max() <= 1
    whole = Truth(sample.truth, np.ones_like(sample.paper))
    assert whole.closeness(painted).psnr > whole.closeness(sample.grey).psnr + 3


# The commands


def test_evaluate_prints_one_object_for_programs(folder, style, capsys):
    words = ["evaluate", str(folder), "--style", str(style), "--hints", "0,10", "--json"]
    assert main(words) == 0
    first = capsys.readouterr().out
    figures = json.loads(first)
    assert (figures["style"], figures["pictures"]) == ("tiny", 3)
    names = set(figures["psnr"])
    assert {"grey alone", "mean colour (oracle)", "lines alone", "greyscale: auto"} <= names
    for kind in ("gain", "ciede2000", "colourfulness"):
        assert set(figures[kind]) == names
    assert figures["gain"]["grey alone"] == figures["gain"]["lines alone"] == 0
    assert figures["colourfulness"]["grey alone"] == 0
    assert {name: part["pictures"] for name, part in figures["by_source"].items()} == {
        "one": 2,
        "two": 1,
    }
    assert set(figures["by_source"]["one"]["ciede2000"]) == names
    weighed = sum(p["pictures"] * p["psnr"]["grey alone"] for p in figures["by_source"].values())
    assert weighed / 3 == pytest.approx(figures["psnr"]["grey alone"], abs=0.02)
    assert main(words) == 0 and capsys.readouterr().out == first  # to the last digit


def test_evaluate_names_what_it_passes_over_and_why(folder, style, tmp_path, capsys):
    pages = tmp_path / "pages"
    shutil.copytree(folder, pages)
    (pages / "one" / "broken.png").write_bytes(b"no picture")
    words = ["evaluate", str(pages), "--style", str(style), "--hints", "0"]
    assert main([*words, "--json"]) == 0
    left_out = {
        Path(row["file"]).name: row["reason"]
        for row in json.loads(capsys.readouterr().out)["left_out"]
    }
    assert set(left_out) == {"grey.png", "broken.png"} and left_out["grey.png"] == "Without colour."
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "Passed over: 2" in text and f"  {pages / 'two' / 'grey.png'}: Without colour." in text


def test_evaluate_prints_tables_and_a_labelled_sheet_for_people(folder, style, tmp_path, capsys):
    sheet = tmp_path / "sheet.png"
    words = ["evaluate", str(folder), "--style", str(style), "--hints", "0", "--sheet", str(sheet)]
    assert main(words) == 0
    text = capsys.readouterr().out
    assert "CIEDE2000 by source" in text and "one (2)" in text
    assert max(map(len, text.splitlines())) <= 110
    with Image.open(sheet) as image:
        pixels = np.asarray(image)
    assert pixels.shape[0] > 3 * 256 and pixels.shape[1] > 12 * 256
    head = pixels[:60].min(axis=(0, 2))
    labelled = np.flatnonzero(head < 100)
    assert labelled[0] < 40 and labelled[-1] > 11 * 264  # from the first column to the last


def test_a_sheet_that_cannot_be_written_is_refused_before_the_work(folder, style, tmp_path, capsys):
    (tmp_path / "folder.png").mkdir()
    for name in ("sheet.xyz", "gone/sheet.png", "folder.png"):
        target = tmp_path / name
        words = ["evaluate", str(folder), "--style", str(style), "--sheet", str(target)]
        assert main(words) == 2
        told = capsys.readouterr()
        assert (not told.out and target.parent.name in told.err) or target.name in told.err
        assert not told.out


@pytest.mark.parametrize("name", ["one/a.png", "two/pair.line.png", "two/grey.png", "one/link.png"])
def test_no_picture_that_is_compared_is_lost_to_the_sheet(folder, style, tmp_path, capsys, name):
    pages = tmp_path / "pages"
    shutil.copytree(folder, pages)
    (pages / "one/link.png").symlink_to(pages / "one/a.png")
    before = (pages / name).read_bytes()
    words = ["evaluate", str(pages), "--style", str(style), "--most", "1"]
    assert main([*words, "--hints", "0", "--sheet", str(pages / name)]) == 2
    told = capsys.readouterr()
    assert "would be lost" in told.err and not told.out
    assert (pages / name).read_bytes() == before


def test_a_reader_who_leaves_early_is_no_failure(folder, style):
    command = [sys.executable, "main.py", "evaluate", str(folder), "--style", str(style)]
    with subprocess.Popen(
        [*command, "--hints", "0", "--most", "1"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        process.stdout.close()  # before the first line
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_no_console_at_all_is_no_failure_either(folder, style, monkeypatch):
    for stream in ("stdout", "stderr"):
        monkeypatch.setattr(sys, stream, None)
    words = ["evaluate", str(folder), "--style", str(style), "--hints", "0", "--most", "1"]
    assert main(words) == 0


TITLES = [f"tale {a}{b}" for a in "abcdefgh" for b in "abcdefgh"]


def is_held_back(title: str) -> bool:
    """Whether a work of this title is among those that judge, in a source of two works."""
    return OpenPicture(Path(), "bookdash", plain_title(title), "", "CC BY 4.0").judged


def test_the_starter_is_judged_by_source_and_on_real_line_art(folder, style, tmp_path, capsys):
    art = tmp_path / "art"
    shutil.copytree(folder, art)
    held_back = {"source": "bookdash", "work": next(filter(is_held_back, TITLES))}
    files = [{"file": f"one/{name}.png"} | held_back for name in "ab"]
    pair = [{"file": f"two/pair.{kind}.png", "source": "pprunner"} for kind in ("color", "line")]
    manifest(art, [*files, {"file": "two/grey.png", "source": "bookdash"}, *pair])
    assert [p.lines.name for p in real_pairs(read_manifest(art))] == ["pair.line.png"]
    words = ["evaluate", "--art", str(art), "--style", str(style), "--hints", "0,10"]
    assert starter([*words, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["pictures"] == 2 and list(figures["by_source"]) == ["bookdash"]
    assert list(figures["real_pairs"]) == ["pprunner", "all pairs"]
    pairs = figures["real_pairs"]["pprunner"]
    assert pairs["pictures"] == 1 and set(pairs["real"]) == set(pairs["drawn"])
    assert starter(words) == 0
    assert "real − drawn" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, "file,source\nx.png,book\n"])
def test_art_without_a_proper_manifest_is_refused_in_a_sentence(tmp_path, capsys, content):
    if content:
        (tmp_path / "manifest.csv").write_text(content, encoding="utf-8")
    assert starter(["evaluate", "--art", str(tmp_path)]) == 2
    assert "manifest.csv" in capsys.readouterr().err
