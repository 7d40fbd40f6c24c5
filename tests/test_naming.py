"""Each input has one output of its own, on every disk, and no original is ever replaced."""

import os
import unicodedata
from pathlib import Path

import pytest

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.naming import Existing, OutputFormat, Plan, plan_outputs
from colorstudio.core.scan import Found

OUT = Path("/nowhere/out")


def found(*names: str) -> list[Found]:
    return [Found(Path("/in") / name, Path(name)) for name in names]


def targets(*names: str, fmt: OutputFormat = OutputFormat.KEEP, output: Path = OUT) -> list[str]:
    plans = plan_outputs(found(*names), output, fmt, Existing.SKIP)
    assert [plan.source for plan in plans] == [each.path for each in found(*names)]
    return [plan.target.relative_to(output).as_posix() for plan in plans]


def test_names_and_sub_folders_are_kept() -> None:
    names = ["a.png", "b.JPG", "c.jpeg", "d.TIFF", "e.webp", "f.bmp", "books/one/g.png"]
    assert targets(*names) == names


def test_what_cannot_be_written_back_becomes_png() -> None:
    assert targets("a.gif", "no suffix", "notes.txt", "x.tar.gif") == [
        "a.png",
        "no suffix.png",
        "notes.txt.png",
        "x.tar.png",
    ]


def test_layered_files_stay_layered_files() -> None:
    names = ["a.psd", "b.PSB", "c.ora", "d.kra"]
    assert targets(*names) == ["a.psd", "b.psb", "c.ora", "d.ora"]
    assert targets(*names, fmt=OutputFormat.PNG) == ["a.png", "b.png", "c.png", "d.png"]


@pytest.mark.parametrize(
    ("fmt", "expected"),
    [
        (OutputFormat.PNG, ["a.PNG", "b.png", "c.png"]),
        (OutputFormat.JPEG, ["a.jpg", "b.jpeg", "c.jpg"]),
        (OutputFormat.WEBP, ["a.webp", "b.webp", "c.webp"]),
        (OutputFormat.TIFF, ["a.tif", "b.tif", "c.tif"]),
    ],
)
def test_a_chosen_format_names_the_suffix(fmt: OutputFormat, expected: list[str]) -> None:
    assert targets("a.PNG", "b.jpeg", "c.gif", fmt=fmt) == expected


@pytest.mark.reliability("R12")
def test_the_first_keeps_the_plain_name() -> None:
    names = ["same.gif", "same.jpg", "same.png", "same.png.png", "same.webp"]
    assert targets(*names, fmt=OutputFormat.PNG) == [
        "same.png",
        "same.jpg.png",
        "same (2).png",
        "same.png.png",
        "same.webp.png",
    ]


@pytest.mark.reliability("R12")
def test_a_name_made_up_for_one_never_takes_the_plain_name_of_another() -> None:
    assert targets("a.gif", "a.jpg", "a.jpg.bmp", fmt=OutputFormat.PNG) == [
        "a.png",
        "a (2).png",
        "a.jpg.png",
    ]


@pytest.mark.reliability("R12")
def test_names_that_some_disks_take_for_the_same_stay_apart() -> None:
    composed, decomposed = "é.png", unicodedata.normalize("NFD", "é.png")
    assert composed != decomposed
    names = ["Case.png", "case.png", "BOOK/a.png", "book/A.png", composed, decomposed, "ß.png"]
    named = targets(*names, "SS.png")
    keys = {unicodedata.normalize("NFC", name).casefold() for name in named}
    assert len(keys) == len(names) + 1
    assert named[0] == "Case.png" and named[1] == "case (2).png"


@pytest.mark.reliability("R12")
def test_the_same_inputs_get_the_same_names() -> None:
    names = ("b.gif", "b.png", "B.png", "b.jpg")
    assert targets(*names) == targets(*names)


@pytest.mark.reliability("R14")
@pytest.mark.parametrize("letter", ["n", "é", "線"])
def test_long_names_are_shortened_and_stay_apart(letter: str) -> None:
    most = 251 // len(letter.encode())
    one, two = letter * most, letter * (most - 1) + "x" * len(letter.encode())
    # "x.webp" is one byte longer than "x.png"; the made-up names are longer still.
    named = targets(f"{one}.png", f"{two}.png", f"{one}.gif", f"{one}.jpg", fmt=OutputFormat.WEBP)
    assert len(set(named)) == 4
    assert all(len(name.encode()) <= 255 and name.endswith(".webp") for name in named)


@pytest.mark.reliability("R11")
def test_names_that_are_no_valid_text_can_be_planned() -> None:
    [name] = targets("\udcff" * 252 + ".gif")
    assert len(os.fsencode(name)) <= 255


def plan_one(folder: Path, existing: Existing, *, fmt: OutputFormat = OutputFormat.KEEP) -> Plan:
    (folder / "in").mkdir(exist_ok=True)
    source = folder / "in" / "a.png"
    source.touch()
    return plan_outputs([Found(source, Path("a.png"))], folder / "out", fmt, existing)[0]


@pytest.mark.reliability("R19")
def test_an_existing_output_is_skipped_overwritten_or_left_beside(tmp_path: Path) -> None:
    target = tmp_path / "out" / "a.png"
    assert not plan_one(tmp_path, Existing.SKIP).skip
    target.parent.mkdir()
    target.touch()
    (tmp_path / "out" / "a (2).png").touch()
    skipped = plan_one(tmp_path, Existing.SKIP)
    assert skipped.skip and skipped.target == target
    replaced = plan_one(tmp_path, Existing.OVERWRITE)
    assert not replaced.skip and replaced.target == target
    renamed = plan_one(tmp_path, Existing.RENAME)
    assert not renamed.skip and renamed.target == tmp_path / "out" / "a (3).png"


@pytest.mark.reliability("R19")
def test_renamed_outputs_do_not_meet_each_other(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.mkdir()
    for name in ("a.png", "a (2).png"):
        (output / name).touch()
    plans = plan_outputs(found("a.png", "a (2).png"), output, OutputFormat.KEEP, Existing.RENAME)
    assert len({plan.target for plan in plans}) == 2
    assert not any(plan.target.exists() for plan in plans)


@pytest.mark.reliability("R15")
@pytest.mark.parametrize("existing", [Existing.SKIP, Existing.OVERWRITE])
@pytest.mark.parametrize("way", ["same", "symbolic", "hard"])
def test_a_result_that_would_replace_an_original_is_refused(
    tmp_path: Path, existing: Existing, way: str
) -> None:
    source = tmp_path / "a.png"
    source.touch()
    output = tmp_path
    if way != "same":
        output = tmp_path / "out"
        output.mkdir()
        link = output / "a.png"
        link.symlink_to(source) if way == "symbolic" else link.hardlink_to(source)
    with pytest.raises(ColorStudioError, match=r"replace the original “a\.png”") as caught:
        plan_outputs([Found(source, Path("a.png"))], output, OutputFormat.KEEP, existing)
    assert caught.value.failure.kind is FailureKind.USAGE


def test_another_format_may_lie_beside_the_original(tmp_path: Path) -> None:
    source = tmp_path / "a.png"
    source.touch()
    item = Found(source, Path("a.png"))
    [plan] = plan_outputs([item], tmp_path, OutputFormat.JPEG, Existing.SKIP)
    assert plan == Plan(source, tmp_path / "a.jpg", skip=False)
