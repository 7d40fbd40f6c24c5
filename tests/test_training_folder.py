"""The training folder: told truly, with pages held back to judge by."""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from training_support import CPU, draw_pages

from colorstudio.cli import main
from colorstudio.core.failures import ColorStudioError
from training.batches import BatchMaker
from training.folder_report import MIXED, FolderReport, look_at, mixedness
from training.holdout import held_back, remember
from training.pictures import LEVELS, PictureStore, find_pictures, scan_folder
from training.procedural import draw_scene
from training.recipes import ClassicRecipe
from training.samples import candidates_in, load_samples
from training.twins import TwinFinder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six drawn pages of different sizes."""
    return draw_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def store(folder: Path) -> PictureStore:
    return PictureStore(find_pictures(folder))


# The folder


def test_a_picture_saved_twice_is_used_once_and_the_report_names_the_other(tmp_path):
    page = Image.fromarray(draw_scene(3, 200, 160).colour)
    page.save(tmp_path / "a.png")
    page.resize((120, 150)).save(tmp_path / "b.jpg", quality=70)
    Image.fromarray(np.array(page)[:, :, ::-1]).save(tmp_path / "other colours.png")
    Image.fromarray(draw_scene(4, 200, 160).colour).save(tmp_path / "other page.png")
    store = PictureStore(find_pictures(tmp_path))
    assert [(row.path.name, row.reason) for row in store.left_out] == [
        ("b.jpg", "Nearly the same picture as “a.png”.")
    ]
    assert len(store) == 3


def test_flat_pictures_of_other_colours_are_no_twins():
    finder = TwinFinder()
    finder.remember(Path("red"), np.full((60, 60, 3), (200, 30, 30), np.uint8))
    assert finder.twin_of(np.full((60, 60, 3), (30, 30, 200), np.uint8)) is None
    assert finder.twin_of(np.full((90, 60, 3), (201, 30, 30), np.uint8)) == Path("red")


def test_line_art_is_found_by_name_in_any_format_and_in_folders(tmp_path):
    names = [
        *("x.color.jpg", "x.line.png", "y.colour.png", "Y.line.png", "alone.line.png"),
        *("line/1.png", "color/1.webp", "book/lines/a/2.png", "book/colours/a/2.png"),
    ]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (60, 60), "red").save(tmp_path / name)
    found = {
        str(p.path.relative_to(tmp_path)): p.lines and str(p.lines.relative_to(tmp_path))
        for p in find_pictures(tmp_path)
    }
    assert found == {
        "x.color.jpg": "x.line.png",
        "color/1.webp": "line/1.png",
        "book/colours/a/2.png": "book/lines/a/2.png",
        "y.colour.png": None,
        "Y.line.png": None,
        "alone.line.png": None,
    }


def test_line_art_that_cannot_be_used_costs_its_page_nothing_and_is_told(tmp_path):
    for seed, name in enumerate(["damaged", "larger", "scanned", "squeezed", "turned"]):
        scene = draw_scene(seed, 200, 160)
        Image.fromarray(scene.colour).save(tmp_path / f"{name}.color.png")
        lines = Image.fromarray(scene.lines)
        size = {"larger": (400, 320), "scanned": (203, 160), "squeezed": (160, 160)}.get(name)
        lines = lines.resize(size) if size else lines
        lines = lines.rotate(90, expand=True) if name == "turned" else lines
        lines.save(tmp_path / f"{name}.line.png")
    whole = (tmp_path / "damaged.line.png").read_bytes()
    (tmp_path / "damaged.line.png").write_bytes(whole[:20])
    store = PictureStore(find_pictures(tmp_path))
    used = [picture.path.name.partition(".")[0] for picture in store.used]
    assert used == ["damaged", "larger", "scanned", "squeezed", "turned"]
    assert store.has_lines.tolist() == [False, True, True, False, False]
    told = {row.path.name: row.reason for row in store.left_out}
    assert list(told) == ["damaged.line.png", "squeezed.line.png", "turned.line.png"]
    assert all(reason.startswith("Not used as line art.") for reason in told.values())
    assert told["turned.line.png"].endswith("Its page has another shape.")
    drawn = [s.name for s in load_samples(candidates_in(tmp_path, find_pictures(tmp_path)))]
    assert len(drawn) == 5  # evaluation takes such pages, too


def test_a_book_counts_as_a_folder_of_its_pages(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "book.cbz", "w") as book:
        for number in range(3):
            book.write(folder / f"page {number}.png", f"color/{number}.png")
        book.write(folder / "page 0.png", "line/0.png")
    (tmp_path / "broken.zip").write_bytes(b"PK and no more")
    shutil.copy(folder / "page 5.png", tmp_path / "loose.png")
    pictures, unread = scan_folder(tmp_path)
    inside = [tmp_path / "book.cbz" / "color" / f"{number}.png" for number in range(3)]
    assert {picture.path for picture in pictures} == {*inside, tmp_path / "loose.png"}
    assert [row.path.name for row in unread] == ["broken.zip"] and "damaged" in unread[0].reason
    store = PictureStore(pictures)
    assert len(store) == 4 and store.has_lines.sum() == 1
    alone, _ = scan_folder(tmp_path / "book.cbz")
    samples = list(load_samples(candidates_in(tmp_path / "book.cbz", alone)))
    assert [sample.name for sample in samples] == ["0.png", "1.png", "2.png"]
    assert len({sample.seed for sample in samples}) == 3


def test_what_cannot_even_be_looked_at_is_told_too(folder, tmp_path):
    shutil.copy(folder / "page 0.png", tmp_path / "page.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "nowhere.png")
    pictures, unread = scan_folder(tmp_path)
    assert len(pictures) == 1
    report = look_at(PictureStore(pictures), [], unread)
    assert [row.path.name for row in report.left_out] == ["link.png"]
    assert "can't be held back" in report.notes[0]


def test_what_the_program_coloured_itself_is_no_example_unless_it_is_asked_for(folder, tmp_path):
    results = tmp_path / "chapter" / "colorized"
    results.mkdir(parents=True)
    shutil.copy(folder / "page 0.png", tmp_path / "chapter" / "page.png")
    shutil.copy(folder / "page 1.png", results / "page.png")
    pictures, left_out = scan_folder(tmp_path)
    assert [picture.path for picture in pictures] == [tmp_path / "chapter" / "page.png"]
    assert [row.path for row in left_out] == [results / "page.png"]
    assert "choose that folder itself" in left_out[0].reason
    pictures, left_out = scan_folder(results)
    assert [picture.path for picture in pictures] == [results / "page.png"] and not left_out


def test_few_pictures_are_told_and_enough_are_not(store):
    assert "6 pictures are few" in look_at(store, [0]).notes[0]
    assert FolderReport(12, 2, (), mixed=False).notes == []


def striped(folder: Path, hues: list[int]) -> PictureStore:
    """Pages whose shapes differ and whose colour is one hue each, 0..255."""
    chance = np.random.default_rng(5)
    folder.mkdir()
    for number, hue in enumerate(hues):
        value = np.repeat(np.repeat(chance.integers(60, 250, (8, 8)), 16, 0), 16, 1)
        hsv = np.dstack([np.full_like(value, hue), np.full_like(value, 180), value])
        page = Image.fromarray(hsv.astype(np.uint8), "HSV").convert("RGB")
        page.save(folder / f"{number}.png")
    return PictureStore(find_pictures(folder))


def test_a_mixed_folder_is_told_from_one_of_a_single_palette(tmp_path):
    one_palette = striped(tmp_path / "one", [20, 22, 25, 18, 21, 24, 20, 23, 19, 21])
    mixed = striped(tmp_path / "mixed", [0, 25, 50, 80, 105, 130, 155, 180, 205, 230])
    assert mixedness(one_palette) < MIXED < mixedness(mixed)
    assert "differ much" in look_at(mixed, [0]).notes[0]
    assert not look_at(one_palette, [0]).mixed


# Pages held back


def test_a_fifth_is_held_back_always_the_same_and_none_of_one(store, folder, tmp_path):
    held = held_back(store, seed=1)
    assert len(held) == 1 and held == held_back(store, seed=1)
    assert len({tuple(held_back(store, seed)) for seed in range(9)}) > 1
    shutil.copy(folder / "page 0.png", tmp_path)
    assert held_back(PictureStore(find_pictures(tmp_path)), seed=1) == []


def test_held_back_pages_are_in_no_batch(tmp_path):
    for number, colour in enumerate(["red", "green", "green", "green"]):
        page = Image.new("RGB", (100 + 9 * number, 100), colour)
        page.paste("white", (10, 10, 40, 30 + 20 * number))
        page.save(tmp_path / f"{number}.png")
    store = PictureStore(find_pictures(tmp_path))
    maker = BatchMaker(
        store.without([0]), batch_size=8, crop=32, seed=1, device=CPU, mix=ClassicRecipe.mix
    )
    assert all((maker.batch(step).chroma[:, 1] <= 0.01).all() for step in range(12))


def names_held(place: Path, run: Path, seed: int = 2) -> list[str]:
    """Files that a run which goes on holds back."""
    store = PictureStore(find_pictures(place))
    return [store.used[number].path.name for number in held_back(store, seed, run)]


def retouch(page: Path) -> None:
    pixels = np.array(Image.open(page))
    pixels[:20, :20] = (250, 30, 30)
    Image.fromarray(pixels).save(page)


@pytest.fixture
def begun(folder: Path, tmp_path: Path) -> tuple[Path, Path, str]:
    """A folder that a run has begun to learn from, its run folder, and the page that judges."""
    place = shutil.copytree(folder, tmp_path / "book")
    store = PictureStore(find_pictures(place))
    (number,) = held_back(store, 2)
    remember(store, [number], tmp_path)
    return place, tmp_path, store.used[number].path.name


def test_a_resumed_run_holds_back_what_it_held_back_before(begun):
    place, run, held = begun
    assert names_held(place, run, seed=7) == [held], "whatever the seed is now"
    for seed in range(30, 36):
        Image.fromarray(draw_scene(seed, 140, 128).colour).save(place / f"a {seed}.png")
    assert names_held(place, run) == [held]
    moved = place.rename(run / "moved")
    assert names_held(moved, run) == [held]


def test_retouched_pages_keep_what_they_were_held_back_or_learnt_from(begun):
    place, run, held = begun
    for page in place.iterdir():
        retouch(page)
    assert names_held(place, run) == [held]


def test_pages_once_learnt_from_never_judge(begun):
    place, run, held = begun
    (place / held).unlink()
    with pytest.raises(ColorStudioError, match="have gone from the folder"):
        names_held(place, run)
    Image.fromarray(draw_scene(40, 140, 128).colour).save(place / "new.png")
    assert names_held(place, run) == ["new.png"]
    store = PictureStore(find_pictures(place))
    remember(store, held_back(store, 2, run), run, resumed=True)
    assert names_held(place, run) == ["new.png"]
    seen = next(page for page in place.iterdir() if page.name not in (held, "new.png"))
    (run / "other").mkdir()
    shutil.copy(seen, run / "other" / "again.png")
    Image.fromarray(draw_scene(41, 140, 128).colour).save(run / "other" / "other.png")
    assert names_held(run / "other", run) == ["other.png"]


def test_the_pages_an_older_program_held_back_are_known(begun):
    place, run, held = begun
    store = PictureStore(find_pictures(place))
    numbers = [number for number, page in enumerate(store.used) if page.path.name == held]
    old = [hashlib.sha256(b"2 " + store.canvases[LEVELS[-1]][n].tobytes()).hexdigest()
           for n in numbers]  # fmt: skip
    (run / "held-back.json").write_text(json.dumps(old))
    assert names_held(place, run) == [held]
    (place / held).unlink()
    with pytest.raises(ColorStudioError, match="have gone from the folder"):
        names_held(place, run)


def test_a_look_tells_on_standard_output_what_was_asked(folder, command_home, capsys):
    assert main(["train", str(folder), "--look"]) == 0
    told = capsys.readouterr()
    assert "6 pictures to learn from" in told.out and told.err == ""


def test_a_look_at_nothing_but_grey_pages_says_so(tmp_path, command_home, capsys):
    (tmp_path / "pages").mkdir()
    Image.linear_gradient("L").save(tmp_path / "pages" / "grey.png")
    assert main(["train", str(tmp_path / "pages"), "--look"]) == 0
    told = capsys.readouterr().out
    assert "grey.png: Without colour." in told
    assert told.splitlines()[-1].startswith("No picture to learn from")
