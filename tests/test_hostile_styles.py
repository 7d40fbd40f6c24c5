"""Styles from anywhere: what is no generator, or a bad one, is refused by name and in no time."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import generators
import numpy as np
import onnx
import pytest
from PIL import Image
from test_style_checks import UNFIT
from tiny_style import PALETTE_SIZE, chroma_only_generator, make_tiny_style, write_style

from colorstudio import Colorizer
from colorstudio.cli import main
from colorstudio.core.artwork import Artwork
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.mode import Mode
from colorstudio.core.request import ColorRequest
from colorstudio.inference import generator as running
from colorstudio.inference import providers
from colorstudio.styles.library import StyleLibrary

SECONDS = 5.0
"""No style takes longer than this to be refused."""

ROOT = Path(__file__).resolve().parents[1]

Make = Callable[[Path], object]


def _generator(make: Callable[[], onnx.ModelProto], palette_size: int = 0) -> Make:
    """A folder with that generator and a description that fits it."""
    return lambda folder: write_style(folder, make(), name=folder.name, palette_size=palette_size)


def _with_paint(chroma: float, paint_luma: float) -> Make:
    return _generator(lambda: generators.constant_outputs(chroma, paint_luma), PALETTE_SIZE)


def _spoilt(file: str, data: bytes) -> Make:
    def make(folder: Path) -> None:
        make_tiny_style(folder, name=folder.name)
        (folder / file).write_bytes(data)

    return make


def _cut(folder: Path) -> None:
    make_tiny_style(folder, name=folder.name)
    whole = (folder / "generator.onnx").read_bytes()
    (folder / "generator.onnx").write_bytes(whole[: len(whole) // 2])


def _pipe(file: str) -> Make:
    def make(folder: Path) -> None:
        make_tiny_style(folder, name=folder.name)
        (folder / file).unlink()
        os.mkfifo(folder / file)

    return make


def _huge(file: str) -> Make:
    def make(folder: Path) -> None:
        make_tiny_style(folder, name=folder.name)
        with (folder / file).open("wb") as opened:
            opened.truncate(8 << 30)  # takes no room on the disk

    return make


def _description(**values: Any) -> Make:
    return lambda folder: make_tiny_style(folder, **{"name": folder.name, **values})


HOSTILE: dict[str, Make] = {
    **{what: _generator(make) for what, (make, _) in UNFIT.items()},
    "no ONNX": _spoilt("generator.onnx", b"this is no generator"),
    "an empty generator": _spoilt("generator.onnx", b""),
    "a picture for a generator": _spoilt("generator.onnx", b"\x89PNG\r\n\x1a\n" * 50),
    "a cut generator": _cut,
    "a huge generator": _huge("generator.onnx"),
    "a pipe for a generator": _pipe("generator.onnx"),
    "a real loop without an end": _generator(generators.endless_loop),
    "arithmetic without an end": _generator(generators.endless_arithmetic),
    "a memory bomb that no look finds": _generator(generators.hidden_memory_bomb),
    "chroma that is no number": _with_paint(np.nan, 0),
    "paint that is infinite": _with_paint(0, np.inf),
    "paint that is black": _with_paint(0, -0.5),
    "paint of less than black": _with_paint(0.2, -7),
    "planes of another size": _generator(generators.other_size),
    "no description": lambda folder: (folder / "style.json").unlink(),
    "a description of nothing": _spoilt("style.json", b""),
    "a description of zeros": _spoilt("style.json", bytes(500)),
    "a description that is no JSON": _spoilt("style.json", b'{"name": '),
    "a description that is a list": _spoilt("style.json", b"[1, 2]"),
    "a description without an end": _spoilt("style.json", b"[" * 200_000),
    "a huge description": _huge("style.json"),
    "a pipe for a description": _pipe("style.json"),
    "a pickle for a description": _spoilt("style.json", b"cos\nsystem\n(S'touch PWNED'\ntR."),
    "a description from the future": _description(format_version=99),
    "a working size of a million": _description(working_size=10**6),
    "a working size of true": _description(working_size=True),
    "a working size of nothing": _description(working_size=float("nan")),
    "a name of two lines": _description(name="two\nlines"),
    "a name with an escape code": _description(name="\x1b[31mred"),
    "a name that leads elsewhere": _description(name="../../elsewhere"),
    "the fingerprint of another": _description(sha256="0" * 64),
}


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose styles folder is full of hostile styles, and has one good one."""
    home = tmp_path_factory.mktemp("home")
    for number, make in enumerate(HOSTILE.values()):
        folder = home / "styles" / f"hostile {number}"
        make_tiny_style(folder, name=folder.name)
        make(folder)
    make_tiny_style(home / "styles" / "good", name="Good")
    return home


@pytest.mark.reliability("R37")
@pytest.mark.parametrize("number", range(len(HOSTILE)), ids=list(HOSTILE))
def test_a_hostile_style_is_refused_by_name_and_at_once(
    number: int, crowd: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = crowd / "styles" / f"hostile {number}"
    started = time.monotonic()
    with pytest.raises(ColorStudioError) as caught:
        Colorizer(folder, "cpu")
    took = time.monotonic() - started
    record_property("seconds", round(took, 2))
    failure = caught.value.failure
    assert failure.kind is FailureKind.BAD_STYLE
    named = "“" in failure.sentence and failure.sentence.endswith("remove it.")
    assert named and "\x1b" not in failure.sentence and "\n" not in failure.sentence
    assert took <= SECONDS


@pytest.mark.reliability("R37")
def test_a_folder_full_of_them_hides_no_good_one(
    crowd: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    record_property: Callable[[str, object], None],
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(crowd))
    library = StyleLibrary()
    started = time.monotonic()
    assert "Good" in [style.info.name for style in library.list()]
    took = time.monotonic() - started
    assert took <= SECONDS
    page = tmp_path / "page.png"
    Image.fromarray(np.full((40, 60), 120, np.uint8)).save(page)
    assert main(["colorize", str(page), "-o", str(tmp_path / "out"), "--style", "Good"]) == 0
    assert main(["styles", "list"]) == 1
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err and "\x1b" not in told.out
    record_property("hostile styles", len(HOSTILE))
    record_property("seconds to list", round(took, 2))


@pytest.mark.reliability("R37")
def test_a_hostile_style_is_not_taken_into_the_library(crowd: Path, tmp_path: Path) -> None:
    library = StyleLibrary(tmp_path)
    for number in range(len(UNFIT)):
        with pytest.raises(ColorStudioError):
            library.add(crowd / "styles" / f"hostile {number}")
    assert library.list()[-1].bundled and not list(library.folder.glob("hostile*"))


# Numbers that go bad in the middle


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Colorizer]:
    """A good style whose session gives other numbers from now on."""

    def make(change: Callable[[dict[str, Any]], None]) -> Colorizer:
        colorizer = Colorizer(make_tiny_style(tmp_path / "style", name="Ink"), "cpu")
        whole = running._run_in_time

        def run(session: Any, names: list[str], inputs: Any, seconds: float) -> list[Any]:
            outputs = dict(zip(names, whole(session, names, inputs, seconds), strict=True))
            change(outputs)
            return [outputs[name] for name in names]

        monkeypatch.setattr(running, "_run_in_time", run)
        return colorizer

    return make


BAD_NUMBERS: dict[str, Callable[[dict[str, Any]], object]] = {
    "one pixel of no number": lambda o: o["chroma"].__setitem__((0, 0, 3, 3), np.nan),
    "one infinite pixel": lambda o: o["paint_luma"].__setitem__((0, 0, 1, 1), -np.inf),
    "black paint": lambda o: o["paint_luma"].fill(-0.5),
    "a smaller plane": lambda o: o.update(chroma=o["chroma"][:, :, :-8]),
    "one plane too many": lambda o: o.update(chroma=np.concatenate([o["chroma"]] * 2, axis=1)),
}


@pytest.mark.reliability("R38")
@pytest.mark.parametrize("what", BAD_NUMBERS)
def test_bad_numbers_fail_the_picture_and_nothing_is_made(
    what: str, failing: Callable[..., Colorizer]
) -> None:
    colorizer = failing(BAD_NUMBERS[what])
    page = np.full((60, 80), 255, np.uint8)
    page[20:24] = 0
    with pytest.raises(ColorStudioError, match="“Ink” gave no usable colours") as caught:
        colorizer.colorize(page, "lineart")
    assert caught.value.failure.kind is FailureKind.BAD_NUMBERS


@pytest.mark.reliability("R38")
def test_of_a_batch_with_bad_numbers_nothing_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failing: Callable[..., Colorizer],
) -> None:
    colorizer = failing(lambda outputs: outputs["chroma"].fill(np.nan))
    monkeypatch.setattr("colorstudio.cli.colorize.Colorizer", lambda *_: colorizer)
    for name in ("a.png", "b.png"):
        Image.fromarray(np.full((40, 60), 120, np.uint8)).save(tmp_path / name)
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    asked = ["colorize", str(tmp_path), "-o", str(tmp_path / "out"), "--json"]
    assert main([*asked, "--style", str(tmp_path / "style")]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row.get("failure", {}).get("kind") for row in rows[:2]] == ["bad_numbers"] * 2
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.reliability("R38")
@pytest.mark.parametrize("mode", [Mode.GREYSCALE, Mode.LINEART, None])
def test_a_black_page_is_no_bad_number(mode: Mode | None, tmp_path: Path) -> None:
    make_tiny_style(tmp_path, name="Ink")
    black = Artwork(np.zeros((50, 70), np.uint8))
    colored = Colorizer(tmp_path, "cpu").colorize_artwork(black, ColorRequest(mode))
    assert colored.artwork.pixels.shape == (50, 70, 3)
    if colored.mode is Mode.GREYSCALE:
        assert colored.artwork.pixels.max() == 0


# Runs that do not end, and memory


@pytest.mark.reliability("R33")
def test_an_endless_generator_is_stopped_in_time_and_the_next_one_works(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A real Loop of 2^62 turns, past the checks that would have refused it."""
    endless = tmp_path / "endless.onnx"
    endless.write_bytes(generators.endless_loop().SerializeToString())
    luma = {"luma": np.zeros((1, 1, 64, 64), np.float32)}
    for make in (providers.plain_session, lambda path: providers.open_session(path, "cpu")[0]):
        session = make(endless)
        started = time.monotonic()
        with pytest.raises(running._Overdue, match=r"no end within 0\.5 seconds"):
            running._run_in_time(session, ["chroma"], luma, 0.5)
        assert 0.4 < time.monotonic() - started < 3
    record_property("seconds until stopped", round(time.monotonic() - started, 2))
    make_tiny_style(tmp_path / "ink", name="Ink")
    assert Colorizer(tmp_path / "ink", "cpu").colorize(np.full((9, 9), 99, np.uint8)) is not None


@pytest.mark.reliability("R33")
def test_an_endless_picture_fails_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_tiny_style(tmp_path, name="Ink", full=False)
    colorizer = Colorizer(tmp_path, "cpu")
    endless = tmp_path / "endless.onnx"
    endless.write_bytes(generators.endless_loop().SerializeToString())
    monkeypatch.setattr(colorizer._generator, "_session", providers.plain_session(endless))
    monkeypatch.setattr(running, "RUN_SECONDS", 0.3)
    with pytest.raises(ColorStudioError, match="“Ink” did not come to an end and was stopped"):
        colorizer.colorize(np.full((40, 40), 99, np.uint8))


@pytest.mark.reliability("R30")
def test_a_style_gets_no_more_memory_than_its_share_and_the_next_picture_works(
    tmp_path: Path,
) -> None:
    hungry = generators.hungry_for_large_pages(pixels=64 * 64)
    write_style(tmp_path, hungry, name="Hungry", palette_size=PALETTE_SIZE)
    description = json.loads((tmp_path / "style.json").read_text()) | {"working_size": 256}
    (tmp_path / "style.json").write_text(json.dumps(description))
    colorizer = Colorizer(tmp_path, "cpu")
    with pytest.raises(ColorStudioError, match="“Hungry” needs more memory") as caught:
        colorizer.colorize(np.full((400, 400), 99, np.uint8))
    assert caught.value.failure.kind is FailureKind.OUT_OF_MEMORY
    assert colorizer.colorize(np.full((40, 40), 99, np.uint8)).shape == (40, 40, 3)


# Numbers in other files


EXTERNAL = """
import os, sys
sys.path[:0] = [{tests!r}]
opened = []
sys.addaudithook(lambda event, facts: opened.append(str(facts[0])) if event == "open" else None)
from colorstudio import Colorizer
from colorstudio.core.failures import ColorStudioError
for folder in sys.argv[1:]:
    try:
        Colorizer(folder, "cpu")
    except ColorStudioError as error:
        print(error.failure.sentence)
print([name for name in opened if "outside.bin" in name])
"""


@pytest.mark.reliability("R39")
def test_numbers_in_other_files_are_refused_before_any_of_them_is_opened(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Watched from outside by strace where there is one, and from inside by an audit hook."""
    outside = tmp_path / "outside.bin"
    outside.write_bytes(np.zeros(2, np.float32).tobytes())
    folders = []
    for number, place in enumerate(("../outside.bin", str(outside), "link.bin")):
        folder = tmp_path / f"style {number}"
        make_tiny_style(folder, name=folder.name, full=False)
        whole = chroma_only_generator()
        kernel = whole.graph.initializer[0]
        kernel.ClearField("raw_data")
        kernel.data_location = onnx.TensorProto.EXTERNAL
        kernel.external_data.add(key="location", value=place)
        write_style(folder, whole, name=folder.name)
        (folder / "link.bin").symlink_to(outside)
        folders.append(str(folder))
    script = EXTERNAL.format(tests=str(ROOT / "tests"))
    trace, strace = tmp_path / "trace", shutil.which("strace")
    watch = [strace, "-f", "-e", "trace=openat,open", "-o", str(trace)] if strace else []
    done = subprocess.run(
        [*watch, sys.executable, "-c", script, *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if watch and not trace.exists():
        pytest.skip("strace may not watch here")
    *sentences, opened = done.stdout.splitlines()
    assert len(sentences) == 3, done.stderr
    assert all("takes numbers from other files" in sentence for sentence in sentences)
    assert opened == "[]"
    if watch:
        assert "outside.bin" not in trace.read_text(errors="replace")
    record_property("watched by", "strace and audit hook" if watch else "audit hook")
