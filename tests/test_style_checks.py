"""Which generators are trusted with an artist's machine: static checks, nothing is run."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper
from tiny_style import (
    PALETTE_SIZE,
    change_description,
    chroma_only_generator,
    full_generator,
    generator_of,
    make_tiny_style,
    plane,
)

from colorstudio.core.failures import ColorStudioError, FailureKind
from colorstudio.styles.checks import MAX_GENERATOR_BYTES, check_generator, check_style
from colorstudio.styles.style import load_style


@pytest.fixture
def style_folder(tmp_path: Path) -> Path:
    return make_tiny_style(tmp_path / "ink", name="Ink")


def failure_of(work: Callable[[], object]) -> str:
    """The sentence that the work ends with; it must be a refusal of a style."""
    with pytest.raises(ColorStudioError) as caught:
        work()
    assert caught.value.failure.kind is FailureKind.BAD_STYLE
    return caught.value.failure.sentence


def test_a_whole_generator_tells_what_it_takes_and_gives(style_folder: Path) -> None:
    facts = check_style(load_style(style_folder))
    assert facts.inputs == {"luma", "hints", "palette", "mode"}
    assert facts.outputs == {"chroma", "paint_luma"}
    assert facts.palette_size == PALETTE_SIZE


def test_luma_to_chroma_alone_is_a_style_too(tmp_path: Path) -> None:
    facts = check_style(load_style(make_tiny_style(tmp_path / "classic", full=False)))
    assert facts.inputs == {"luma"} and facts.outputs == {"chroma"}


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


def constant_without_outputs() -> onnx.ModelProto:
    nothing = numpy_helper.from_array(np.zeros(1, np.float32))
    return with_node(helper.make_node("Constant", [], [], value=nothing))


def lying_tensor() -> onnx.ModelProto:
    whole = chroma_only_generator()
    whole.graph.initializer[0].dims[:] = [1 << 40, 1 << 10]
    return whole


def endless_sides() -> onnx.ModelProto:
    """Their product alone would take half a minute."""
    whole = chroma_only_generator()
    whole.graph.initializer[0].dims[:] = [1 << 62] * 80_000
    return whole


def endless_shape() -> onnx.ModelProto:
    return with_node(
        helper.make_node("ConstantOfShape", ["size"], ["x"]), size=np.full(80_000, 1 << 62)
    )


def sparse_constant(sides: list[int]) -> onnx.ModelProto:
    one = numpy_helper.from_array(np.ones(1, np.float32))
    place = numpy_helper.from_array(np.zeros(1, np.int64))
    block = helper.make_sparse_tensor(one, place, sides)
    return with_node(helper.make_node("Constant", [], ["x"], sparse_value=block))


def large_pool() -> onnx.ModelProto:
    """One operator that takes hours, in which no time limit is looked at."""
    sides = {"kernel_shape": [2001, 2001], "pads": [1000] * 4}
    return with_node(helper.make_node("AveragePool", ["luma"], ["x"], **sides))


def large_convolution() -> onnx.ModelProto:
    weights = np.zeros((1, 1, 1, 65), np.float32)
    return with_node(helper.make_node("Conv", ["luma", "weights"], ["x"]), weights=weights)


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
    "a constant that goes nowhere": (constant_without_outputs, "is damaged"),
    "a lie about its sizes": (lying_tensor, "too large"),
    "sides without an end": (endless_sides, "too large"),
    "a shape without an end": (endless_shape, "far too much memory"),
    "a sparse constant of 128 GB": (lambda: sparse_constant([1 << 35]), "too large"),
    "a pool of 2001 pixels": (large_pool, "kernels larger than 64 pixels"),
    "a convolution of 65 pixels": (large_convolution, "kernels larger than 64 pixels"),
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


@pytest.mark.timeout(10)  # whatever they hold
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
