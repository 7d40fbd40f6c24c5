"""Styles: which files are trusted, how the library keeps them, how they are passed on."""

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tiny_style import (
    change_description,
    chroma_only_generator,
    make_tiny_style,
    write_style,
)

from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, FailureKind, Sentence
from colorstudio.styles.checks import check_style
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import MAX_PACKAGE_BYTES, export_style, import_style
from colorstudio.styles.style import Style, StyleInfo, load_style


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
    sentence = failure_of(lambda: load_style(style_folder))
    assert "can't be used" in sentence
    assert isinstance(sentence, Sentence) and isinstance(sentence.values["why"], Sentence)


def test_a_description_saved_with_a_byte_order_mark_is_read(style_folder: Path) -> None:
    file = style_folder / "style.json"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert load_style(style_folder).info.name == "Ink"


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


def test_a_style_file_in_place_of_a_style_is_told_to_be_taken_in_first(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    file = export_style(load_style(style_folder), tmp_path / "given.colorstyle")
    with pytest.raises(ColorStudioError, match=r"“given\.colorstyle” .* Take it in first"):
        library.find(file)


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


def packed(kind: int = zipfile.ZIP_DEFLATED, /, **members: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", kind) as package:
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


@pytest.mark.parametrize("name", ["a/b", " ", ".hidden", "x" * 65])
def test_a_name_that_no_style_can_have_is_refused_as_such(
    library: StyleLibrary, style_folder: Path, tmp_path: Path, name: str
) -> None:
    file = export_style(load_style(style_folder), tmp_path / "ink.colorstyle")
    style = import_style(file, library)
    attempts: list[Callable[[], Style]] = [
        lambda: import_style(file, library, name=name),
        lambda: library.rename(style.info.name, name),
    ]
    for attempt in attempts:
        with pytest.raises(ColorStudioError) as caught:
            attempt()
        assert caught.value.failure.kind is FailureKind.USAGE
        assert caught.value.failure.sentence.endswith("Choose another name.")


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
    # Good ones, but zipfile would unpack them without a bound.
    "bzip2": lambda style: packed(zipfile.ZIP_BZIP2, **style),
    "lzma": lambda style: packed(zipfile.ZIP_LZMA, **style),
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


@pytest.mark.parametrize("member", ["generator.onnx", "style.json"])
def test_a_refused_package_is_told_by_its_own_name(
    member: str, library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    """Inside it may have the name of a good style, which must not look broken."""
    file = tmp_path / "given.colorstyle"
    file.write_bytes(packed(**(files_of(style_folder) | {member: b"[]"})))
    sentence = failure_of(lambda: import_style(file, library))
    assert sentence.startswith("“given.colorstyle” can't be imported: its ")


def test_a_broken_style_in_the_library_is_not_blamed_on_the_package(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    library.add(style_folder)
    (broken,) = library.folder.iterdir()
    (broken / "style.json").write_text("{")
    file = export_style(load_style(style_folder), tmp_path / "given.colorstyle")
    sentence = failure_of(lambda: import_style(file, library))
    assert sentence.startswith(f"The style “{broken.name}” can't be used")


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.timeout(30)
def test_a_pipe_is_no_package_and_is_not_waited_for(library: StyleLibrary, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.colorstyle")
    with pytest.raises(ColorStudioError) as caught:
        import_style(tmp_path / "pipe.colorstyle", library)
    assert caught.value.failure.kind is FailureKind.USAGE


def test_a_package_with_far_too_much_in_it_is_not_read(
    library: StyleLibrary, style_folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "given.colorstyle"
    file.write_bytes(packed(**files_of(style_folder)))
    with file.open("r+b") as opened:
        opened.truncate(MAX_PACKAGE_BYTES + (2 << 20))
    with pytest.raises(ColorStudioError) as caught:
        import_style(file, library)
    assert "is larger than" in caught.value.failure.sentence


def test_the_tiny_style_says_the_truth_about_itself(tmp_path: Path) -> None:
    write_style(tmp_path, chroma_only_generator())
    description = json.loads((tmp_path / "style.json").read_text())
    data = (tmp_path / "generator.onnx").read_bytes()
    assert description["sha256"] == hashlib.sha256(data).hexdigest()
