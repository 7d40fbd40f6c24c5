"""Styles: which files are trusted, how the library keeps them, how they are passed on."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from PIL import Image
from tiny_style import (
    PALETTE_SIZE,
    change_description,
    chroma_only_generator,
    full_generator,
    generator_of,
    make_tiny_style,
    plane,
    write_style,
)

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.styles.checks import MAX_GENERATOR_BYTES, check_generator, check_style
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import export_style, import_style
from colorstudio.styles.style import StyleInfo, load_style


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StyleLibrary:
    """An empty library of one's own beside one bundled style."""
    monkeypatch.setattr(places, "resources", lambda: tmp_path / "resources")
    make_tiny_style(tmp_path / "resources" / "styles" / "starter", name="starter")
    return StyleLibrary(tmp_path / "home")


@pytest.fixture
def style_folder(tmp_path: Path) -> Path:
    return make_tiny_style(tmp_path / "made" / "ink", name="Ink")


def failure_of(work: Callable[[], object]) -> str:
    """The sentence that the work ends with; it must be a refusal of a style."""
    with pytest.raises(ColorStudioError) as caught:
        work()
    assert caught.value.failure.kind is FailureKind.BAD_STYLE
    return caught.value.failure.sentence


# --- generators ----------------------------------------------------------------------------------


def test_a_whole_generator_tells_what_it_takes_and_gives(style_folder: Path) -> None:
    facts = check_style(load_style(style_folder))
    assert facts.inputs == {"luma", "hints", "palette", "mode"}
    assert facts.outputs == {"chroma", "paint_luma"}
    assert facts.palette_size == PALETTE_SIZE


def test_luma_to_chroma_alone_is_a_style_too(tmp_path: Path) -> None:
    facts = check_style(load_style(make_tiny_style(tmp_path / "classic", full=False)))
    assert (facts.inputs, facts.outputs) == ({"luma"}, {"chroma"})


def with_node(*nodes: onnx.NodeProto, **constants: np.ndarray) -> onnx.ModelProto:
    """luma → chroma with more nodes before it; their results go nowhere."""
    whole = chroma_only_generator()
    whole.graph.node.extend(nodes)
    held = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    whole.graph.initializer.extend(held)
    return whole


def with_branch() -> onnx.ModelProto:
    inside = helper.make_graph([], "inside", [], [plane("luma", 1)])
    return with_node(
        helper.make_node("If", ["yes"], ["x"], then_branch=inside, else_branch=inside),
        yes=np.array(True),
    )


def endless_loop() -> onnx.ModelProto:
    body = helper.make_graph([], "body", [], [])
    return with_node(
        helper.make_node("Loop", ["turns", ""], [], body=body), turns=np.array(2**62, np.int64)
    )


def huge_constant() -> onnx.ModelProto:
    return with_node(
        helper.make_node("ConstantOfShape", ["size"], ["x"]), size=np.array([1 << 35], np.int64)
    )


def lying_tensor() -> onnx.ModelProto:
    whole = chroma_only_generator()
    whole.graph.initializer[0].dims[:] = [1 << 40, 1 << 10]
    return whole


def external_numbers(location: str) -> onnx.ModelProto:
    whole = chroma_only_generator()
    kernel = whole.graph.initializer[0]
    kernel.ClearField("raw_data")
    kernel.data_location = TensorProto.EXTERNAL
    kernel.external_data.add(key="location", value=location)
    return whole


def foreign_domain() -> onnx.ModelProto:
    whole = with_node(helper.make_node("Secret", ["luma"], ["x"], domain="com.example"))
    whole.opset_import.append(helper.make_opsetid("com.example", 1))
    return whole


def hidden_domain() -> onnx.ModelProto:
    return with_node(helper.make_node("Secret", ["luma"], ["x"], domain="com.example"))


def own_function() -> onnx.ModelProto:
    whole = chroma_only_generator()
    own = helper.make_function("", "Abs", ["x"], ["x"], [], whole.opset_import)
    whole.functions.append(own)
    return whole


def with_ends(
    inputs: list[onnx.ValueInfoProto], outputs: list[onnx.ValueInfoProto]
) -> onnx.ModelProto:
    node = helper.make_node("Conv", ["luma", "kernel", "offset"], ["chroma"])
    return generator_of([node], inputs, outputs, {})


def other_opset() -> onnx.ModelProto:
    whole = chroma_only_generator()
    whole.opset_import[0].version = 99
    return whole


def of_type(name: str, kind: int, shape: list[Any]) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, kind, shape)


UNFIT = {
    "a branch": (with_branch, "loops or branches"),
    "a loop that never ends": (endless_loop, "loops or branches"),
    "a constant of 128 GB": (huge_constant, "far too much memory"),
    "a lie about its sizes": (lying_tensor, "too large"),
    "numbers in a parent folder": (lambda: external_numbers("../../etc/passwd"), "other files"),
    "numbers at an absolute path": (lambda: external_numbers("/etc/passwd"), "other files"),
    "operators of another domain": (foreign_domain, "operators that Color Studio lacks"),
    "operators of a hidden domain": (hidden_domain, "operators that Color Studio lacks"),
    "functions of its own": (own_function, "functions of its own"),
    "chance": (lambda: with_node(helper.make_node("RandomNormal", [], ["x"])), "by chance"),
    "a version from the future": (other_opset, "ONNX version 99"),
    "no luma": (
        lambda: with_ends([plane("light", 1)], [plane("chroma", 2)]),
        "takes other inputs",
    ),
    "one more input": (
        lambda: with_ends([plane("luma", 1), plane("depth", 1)], [plane("chroma", 2)]),
        "takes other inputs",
    ),
    "no chroma": (lambda: with_ends([plane("luma", 1)], [plane("x", 2)]), "gives other outputs"),
    "three planes of chroma": (
        lambda: with_ends([plane("luma", 1)], [plane("chroma", 3)]),
        "number of planes",
    ),
    "colour for luma": (
        lambda: with_ends([plane("luma", 3)], [plane("chroma", 2)]),
        "number of planes",
    ),
    "half numbers": (
        lambda: with_ends(
            [of_type("luma", TensorProto.FLOAT16, ["N", 1, "H", "W"])], [plane("chroma", 2)]
        ),
        "32-bit numbers",
    ),
    "one size only": (
        lambda: with_ends(
            [of_type("luma", TensorProto.FLOAT, [1, 1, 256, 256])], [plane("chroma", 2)]
        ),
        "one size only",
    ),
    "no rows": (
        lambda: with_ends([of_type("luma", TensorProto.FLOAT, ["N", 1])], [plane("chroma", 2)]),
        "wrong shape",
    ),
}


@pytest.mark.parametrize("what", UNFIT)
def test_a_generator_is_refused_for(what: str, tmp_path: Path) -> None:
    make, reason = UNFIT[what]
    file = tmp_path / "generator.onnx"
    file.write_bytes(make().SerializeToString())
    sentence = failure_of(lambda: check_generator(file, name="Ink"))
    assert reason in sentence and "“Ink”" in sentence


@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b"this is no ONNX file", b"PK\x03\x04"])
def test_a_file_that_is_no_generator_is_refused(data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "generator.onnx"
    file.write_bytes(data)
    assert "no ONNX file" in failure_of(lambda: check_generator(file))


def test_a_cut_generator_is_refused(tmp_path: Path) -> None:
    whole = full_generator().SerializeToString()
    file = tmp_path / "generator.onnx"
    for length in range(1, len(whole), 7):
        file.write_bytes(whole[:length])
        failure_of(lambda: check_generator(file))


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "generator.onnx"
    with file.open("wb") as opened:
        opened.truncate(MAX_GENERATOR_BYTES + 1)  # takes no room on the disk
    assert "larger than" in failure_of(lambda: check_generator(file))


def test_a_generator_that_was_exchanged_is_refused(style_folder: Path) -> None:
    (style_folder / "generator.onnx").write_bytes(chroma_only_generator().SerializeToString())
    assert "not the one" in failure_of(lambda: check_style(load_style(style_folder)))


def test_description_and_generator_must_agree_about_the_palette(style_folder: Path) -> None:
    change_description(style_folder, palette_size=PALETTE_SIZE + 1)
    assert f"{PALETTE_SIZE} numbers" in failure_of(lambda: check_style(load_style(style_folder)))
    change_description(style_folder, palette_size=0)
    assert "disagree" in failure_of(lambda: check_style(load_style(style_folder)))


# --- descriptions --------------------------------------------------------------------------------


def test_a_description_survives_being_written_down(style_folder: Path) -> None:
    info = load_style(style_folder).info
    assert StyleInfo.from_json(info.to_json()) == info


def test_unknown_keys_are_left_aside(style_folder: Path) -> None:
    change_description(style_folder, mood="bright")
    assert load_style(style_folder).info.name == "Ink"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("name", 7),
        ("name", ""),
        ("name", "two\nlines"),
        ("name", "../up"),
        ("name", "x" * 65),
        ("working_size", 0),
        ("working_size", "512"),
        ("working_size", True),
        ("working_size", 10**9),
        ("multiple", -8),
        ("palette_size", 1.5),
        ("credits", "me"),
        ("credits", [1]),
        ("evaluation", []),
        ("sha256", None),
        ("format_version", 2),
        ("format_version", "1"),
    ],
)
def test_a_wrong_value_is_told(style_folder: Path, key: str, value: object) -> None:
    change_description(style_folder, **{key: value})
    assert "can't be used" in failure_of(lambda: load_style(style_folder))


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"\xff\xfe\x00", b"[" * 100_000, b"0" * 2**21])
def test_a_description_that_is_none_is_told(style_folder: Path, text: bytes) -> None:
    (style_folder / "style.json").write_bytes(text)
    failure_of(lambda: load_style(style_folder))


# --- the library ---------------------------------------------------------------------------------


def test_bundled_and_own_styles_are_found_by_name(
    library: StyleLibrary, style_folder: Path
) -> None:
    added = library.add(style_folder)
    assert [style.info.name for style in library.list()] == ["starter", "Ink"]
    assert library.find("INK") == added and added.folder.parent == library.folder
    assert library.find("starter").bundled and not added.bundled


def test_a_style_is_found_by_its_folder(library: StyleLibrary, style_folder: Path) -> None:
    assert library.find(str(style_folder)).info.name == "Ink"


def test_an_unknown_style_is_told_with_what_there_is(library: StyleLibrary) -> None:
    with pytest.raises(ColorStudioError) as caught:
        library.find("nothing")
    assert caught.value.failure.kind is FailureKind.NOT_FOUND
    assert "starter" in caught.value.failure.sentence


def test_broken_styles_hide_no_whole_ones(library: StyleLibrary, style_folder: Path) -> None:
    library.add(style_folder)
    (library.folder / "empty").mkdir()
    make_tiny_style(library.folder / "torn", name="Torn")
    (library.folder / "torn" / "style.json").write_text("{")
    make_tiny_style(library.folder / "twin", name="ink")
    (library.folder / "stray.txt").write_text("not a style")
    assert [style.info.name for style in library.list()] == ["starter", "Ink"]
    assert sorted(folder.name for folder, _ in library.broken) == ["empty", "torn", "twin"]
    assert "torn" in failure_of(lambda: library.find("torn"))


def test_a_name_that_is_taken_is_told(library: StyleLibrary, style_folder: Path) -> None:
    library.add(style_folder)
    for _ in range(2):
        with pytest.raises(ColorStudioError) as caught:
            library.add(style_folder)
        assert caught.value.failure.kind is FailureKind.USAGE
    assert library.add(style_folder, name="Ink two").info.name == "Ink two"
    assert library.find("Ink two").info.name == "Ink two"


def test_a_bad_style_leaves_the_library_as_it_was(
    library: StyleLibrary, style_folder: Path
) -> None:
    (style_folder / "generator.onnx").write_bytes(b"no")
    failure_of(lambda: library.add(style_folder))
    assert list(library.folder.iterdir()) == []


def test_own_styles_can_be_removed_and_bundled_ones_not(
    library: StyleLibrary, style_folder: Path
) -> None:
    library.add(style_folder)
    library.remove("ink")
    assert list(library.folder.iterdir()) == []
    for name, kind in (("starter", FailureKind.USAGE), ("ink", FailureKind.NOT_FOUND)):
        with pytest.raises(ColorStudioError) as caught:
            library.remove(name)
        assert caught.value.failure.kind is kind
    assert library.find("starter")


def test_a_broken_style_can_be_removed(library: StyleLibrary) -> None:
    (library.folder / "torn").mkdir(parents=True)
    library.remove("torn")
    assert list(library.folder.iterdir()) == []


def test_removing_never_leaves_the_library(library: StyleLibrary, tmp_path: Path) -> None:
    (tmp_path / "home" / "diary").mkdir(parents=True)
    for name in ("../diary", str(tmp_path / "home" / "diary"), "..", ""):
        with pytest.raises(ColorStudioError):
            library.remove(name)
    assert (tmp_path / "home" / "diary").is_dir()


# --- packages ------------------------------------------------------------------------------------


def packed(**members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return buffer.getvalue()


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_style_comes_back_as_it_was_given_away(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (32, 32), "orange").save(style_folder / "sample.png")
    (style_folder / "CREDITS.txt").write_text("Thanks.")
    (style_folder / "secret-notes.txt").write_text("not to be passed on")
    file = export_style(load_style(style_folder), tmp_path / "ink")
    assert file.name == "ink.colorstyle"
    (style_folder / "secret-notes.txt").unlink()
    style = import_style(file, library)
    assert files_of(style.folder) == files_of(style_folder)
    assert style.sample is not None


def test_a_style_can_be_imported_under_another_name(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    file = export_style(load_style(style_folder), tmp_path / "ink.colorstyle")
    import_style(file, library)
    with pytest.raises(ColorStudioError, match="already"):
        import_style(file, library)
    assert import_style(file, library, name="水彩").info.name == "水彩"
    check_style(library.find("水彩"))


def flipped(style: dict[str, bytes]) -> bytes:
    data = bytearray(packed(**style))
    data[60] ^= 0xFF
    return bytes(data)


def lying(style: dict[str, bytes]) -> bytes:
    """A zip that declares 10 bytes for a member of 100,000."""
    data = bytearray(packed(**style, **{"CREDITS.txt": b"a" * 100_000}))
    at = data.rindex(b"CREDITS.txt") - 46 + 24  # the size in the directory at the end
    data[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(data)


HOSTILE: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "no zip": lambda style: b"hello",
    "nothing": lambda style: b"",
    "cut": lambda style: packed(**style)[:-30],
    "flipped": flipped,
    "escape": lambda style: packed(**style, **{"../../evil.txt": b"x"}),
    "absolute": lambda style: packed(**style, **{"/tmp/evil.txt": b"x"}),
    "foreign file": lambda style: packed(**style, **{"run-me.exe": b"MZ"}),
    "no generator": lambda style: packed(**{"style.json": style["style.json"]}),
    "bomb": lambda style: packed(**style, LICENSE=bytes(100 << 20)),
    "lying size": lying,
    "no picture": lambda style: packed(**style, **{"sample.png": b"no picture"}),
    "bad generator": lambda style: packed(**(style | {"generator.onnx": b"no"})),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_package_is_refused_whole(
    what: str, library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "given.colorstyle"
    file.write_bytes(HOSTILE[what](files_of(style_folder)))
    failure_of(lambda: import_style(file, library))
    assert list(library.folder.iterdir()) == []
    assert not list(tmp_path.rglob("evil.txt"))


def test_doubled_members_are_refused(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "given.colorstyle"
    with zipfile.ZipFile(file, "w") as package:
        for name, data in files_of(style_folder).items():
            package.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("style.json", b"{}")
    failure_of(lambda: import_style(file, library))


def test_a_missing_package_is_told(library: StyleLibrary, tmp_path: Path) -> None:
    with pytest.raises(ColorStudioError) as caught:
        import_style(tmp_path / "nowhere.colorstyle", library)
    assert caught.value.failure.kind is FailureKind.NOT_FOUND


def test_the_tiny_style_says_the_truth_about_itself(tmp_path: Path) -> None:
    write_style(tmp_path, chroma_only_generator())
    description = json.loads((tmp_path / "style.json").read_text())
    data = (tmp_path / "generator.onnx").read_bytes()
    assert description["sha256"] == hashlib.sha256(data).hexdigest()
