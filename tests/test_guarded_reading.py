"""Files that hang, crash or devour memory cost themselves, and nothing else."""

import os
import shutil
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fragile_reader import fragile
from PIL import Image
from pipeline_support import Batch

from colorstudio.core.cancel import Cancelled, CancelSource
from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.core.reading import read_artwork
from colorstudio.jobs import guarded_reading
from colorstudio.jobs.guarded_reading import GuardedReader
from colorstudio.jobs.job import JobState

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")

PIXELS = 24 * 16
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def reader() -> Iterator[GuardedReader]:
    made = GuardedReader(fragile, picture_seconds=4.0)
    yield made
    made.close()


def page(folder: Path, name: str, mode: str = "RGB") -> Path:
    """A small page of chance pixels."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    pixels = np.random.default_rng(7).integers(0, 256, (16, 24, bands), np.uint8)
    path = folder / f"{name}.png"
    Image.fromarray(pixels.squeeze()).save(path)
    return path


def run_program(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program of its own, with a small page of that folder as its argument."""
    (folder / "program.py").write_text(program)
    return subprocess.run(
        [sys.executable, str(folder / "program.py"), str(page(folder, "good"))],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=100,
    )


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("room", [True, False])
def test_a_picture_arrives_as_it_would_without_a_guard(reader, tmp_path, monkeypatch, mode, room):
    if not room:  # as in a container with little shared memory
        usage = namedtuple("usage", "free")
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10))
        reader.rest()
    path = page(tmp_path, "page", mode)
    expected, read = read_artwork(path), reader.artwork(path, PIXELS)
    assert reader.size(path) == (24, 16)
    assert np.array_equal(read.pixels, expected.pixels)
    assert (read.alpha is None) == (expected.alpha is None)
    if expected.alpha is not None:
        assert np.array_equal(read.alpha, expected.alpha)
    assert (read.format, read.frames, read.warnings) == ("PNG", 1, ())


def test_a_failure_keeps_its_sentence(reader, tmp_path):
    path = tmp_path / "letter.png"
    path.write_bytes(b"dear colourist")
    with pytest.raises(ColorStudioError) as refused:
        read_artwork(path)
    with pytest.raises(ColorStudioError) as guarded:
        reader.artwork(path, PIXELS)
    assert guarded.value.failure == refused.value.failure


@pytest.mark.reliability("R33", "R34")
@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("abort", FailureKind.DAMAGED, "breaks reading it"),
        ("hang", FailureKind.DAMAGED, "took too long"),
        ("stopped", FailureKind.DAMAGED, "took too long"),
        pytest.param(
            "hungry",
            FailureKind.OUT_OF_MEMORY,
            "not enough memory",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="a limit of Linux"),
        ),
    ],
)
def test_what_harms_the_reader_costs_itself_and_the_next_one_is_read(
    reader, tmp_path, name, kind, words
):
    with pytest.raises(ColorStudioError, match=words) as told:
        reader.artwork(page(tmp_path, name), PIXELS)
    assert told.value.failure.kind is kind
    assert name in told.value.failure.sentence
    assert reader.artwork(page(tmp_path, "good"), PIXELS).width == 24


@pytest.mark.reliability("R34")
def test_a_crash_that_was_bad_luck_is_tried_once_more(reader, tmp_path):
    assert reader.artwork(page(tmp_path, "once"), PIXELS).width == 24
    assert (tmp_path / "once.tried").exists()


@pytest.mark.reliability("R28")
def test_a_stop_does_not_wait_for_a_slow_file(tmp_path):
    reader, stop = GuardedReader(fragile, picture_seconds=500), CancelSource()
    try:
        path = page(tmp_path, "hang")
        threading.Timer(0.3, stop.cancel).start()
        with pytest.raises(Cancelled):
            reader.artwork(path, PIXELS, stop.token)
    finally:
        reader.close()


@pytest.mark.reliability("I2")
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /dev/shm")
def test_nothing_is_left_in_shared_memory(tmp_path):
    reader = GuardedReader(fragile, picture_seconds=4.0)
    reader.artwork(page(tmp_path, "good"), PIXELS)
    assert reader._memory is not None
    name = reader._memory.name  # other programs have segments of their own there
    assert name in os.listdir("/dev/shm")
    with pytest.raises(ColorStudioError):
        reader.artwork(page(tmp_path, "abort"), PIXELS)
    reader.close()
    assert name not in os.listdir("/dev/shm")


@pytest.mark.reliability("R30")
def test_where_shared_memory_is_refused_pictures_come_through_the_pipe(tmp_path):
    """And Python's own tracker of such memory has nothing to complain of."""
    program = (
        "import os, sys, pathlib\n"
        "from colorstudio.jobs.guarded_reading import GuardedReader\n"
        "if __name__ == '__main__':\n"
        "    real = os.ftruncate\n"
        "    def refuse(*_):\n"
        "        raise OSError(28, 'No space left on device')\n"
        "    os.ftruncate = refuse\n"
        "    reader = GuardedReader()\n"
        "    print(reader.artwork(pathlib.Path(sys.argv[1]), 400).width)\n"
        "    os.ftruncate = real\n"
        "    print(reader.artwork(pathlib.Path(sys.argv[1]), 400).width)\n"
        "    reader.close()\n"
    )
    told = run_program(program, tmp_path)
    assert (told.stdout, told.stderr) == ("24\n24\n", "")


@pytest.mark.reliability("R34")
def test_a_reader_started_while_another_thread_loads_opencv_lives(tmp_path):
    """OpenCV's folder, in sys.path as long as it is loaded, holds a "typing" of its own."""
    program = (
        "import pathlib, sys, threading, time\n"
        "from colorstudio.jobs.guarded_reading import GuardedReader\n"
        "loading = threading.Event()\n"
        "def hold(event, _):\n"
        "    if event == 'import' and not loading.is_set():\n"
        "        if any(pathlib.Path(entry).name == 'cv2' for entry in sys.path):\n"
        "            loading.set()\n"
        "            time.sleep(1)\n"
        "if __name__ == '__main__':\n"
        "    assert 'cv2' not in sys.modules\n"
        "    sys.addaudithook(hold)\n"
        "    threading.Thread(target=lambda: __import__('cv2')).start()\n"
        "    assert loading.wait(60)\n"
        "    reader = GuardedReader()\n"
        "    reader.start()\n"
        "    print(reader.size(pathlib.Path(sys.argv[1])))\n"
        "    reader.close()\n"
    )
    told = run_program(program, tmp_path)
    assert (told.stdout, told.stderr) == ("(24, 16)\n", "")


@pytest.mark.reliability("R34")
def test_in_a_batch_the_one_picture_fails_and_the_others_are_coloured(reader, tmp_path):
    batch = Batch(tmp_path).draw(3)
    page(tmp_path, "abort")
    batch.plan().run(reader=reader)
    assert batch.states == [JobState.FAILED, *[JobState.DONE] * 3]
    assert "breaks reading it" in batch.endings[min(batch.endings)].failure.sentence
    assert len(batch.written()) == 3


@pytest.mark.reliability("R34")
def test_a_reader_that_was_lost_between_two_pictures_is_replaced(tmp_path):
    reader = GuardedReader()
    try:
        assert reader.artwork(page(tmp_path, "one"), PIXELS).width == 24
        assert reader._process is not None
        reader._process.kill()
        reader._process.join()
        assert reader.artwork(page(tmp_path, "two"), PIXELS).width == 24
    finally:
        reader.close()


def test_all_batches_share_one_reader():
    assert guarded_reading.batch_reader() is guarded_reading.batch_reader()


@pytest.mark.reliability("R33")
def test_a_model_without_end_is_stopped_by_its_name(tmp_path):
    import onnxruntime as ort
    from onnx import TensorProto, helper
    from tiny_style import make_tiny_style

    from colorstudio.inference.generator import Generator
    from colorstudio.styles.style import load_style

    names = ["turn", "going", "luma_in", "going_out", "luma_out"]
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["going_out"]),
            helper.make_node("Sin", ["luma_in"], ["luma_out"]),
        ],
        "turn",
        [
            helper.make_tensor_value_info(names[0], TensorProto.INT64, []),
            helper.make_tensor_value_info(names[1], TensorProto.BOOL, []),
            helper.make_tensor_value_info(names[2], TensorProto.FLOAT, None),
        ],
        [
            helper.make_tensor_value_info(names[3], TensorProto.BOOL, []),
            helper.make_tensor_value_info(names[4], TensorProto.FLOAT, None),
        ],
    )
    turns = helper.make_tensor("turns", TensorProto.INT64, [], [1 << 62])
    going = helper.make_tensor("going", TensorProto.BOOL, [], [True])
    loop = helper.make_node("Loop", ["turns", "going", "luma"], ["chroma"], body=body)
    plane = helper.make_tensor_value_info("luma", TensorProto.FLOAT, None)
    out = helper.make_tensor_value_info("chroma", TensorProto.FLOAT, None)
    graph = helper.make_graph([loop], "endless", [plane], [out], [turns, going])
    model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])

    generator = Generator(load_style(make_tiny_style(tmp_path / "s", name="Tiny")), "cpu")
    session, facts = generator._session, generator.facts
    # As if the checks, which refuse every loop, had let it pass.
    generator._session = ort.InferenceSession(
        model.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    generator.facts = replace(facts, inputs=frozenset({"luma"}), outputs=frozenset({"chroma"}))
    luma = np.full((16, 16), 0.5, np.float32)
    with pytest.raises(ColorStudioError, match="“Tiny” did not come to an end"):
        generator._paint(luma, None, None, False, 0.5)
    generator._session, generator.facts = session, facts
    assert generator.paint(luma, None, None, False).chroma.shape == (2, 16, 16)


@pytest.mark.reliability("R16")
def test_a_reader_whose_program_is_gone_before_it_is_ready_ends_without_a_word():
    code = (
        "from multiprocessing import Pipe\n"
        "from colorstudio.jobs.reading_process import serve\n"
        "its, ours = Pipe()\n"
        "its.close()\n"
        "serve(ours)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
