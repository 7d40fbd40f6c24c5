"""Generators that must not be trusted, or that fail in the middle: made on the spot for tests."""

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tiny_style import full_generator, generator_of, plane

ENDLESS_TURNS = 2**62


def _luma_to_chroma(*nodes: onnx.NodeProto, added: str, **constants: np.ndarray) -> onnx.ModelProto:
    """luma → chroma, plus one number that the nodes work out first."""
    paint = [
        helper.make_node("Conv", ["luma", "kernel", "offset"], ["plain"]),
        helper.make_node("Add", ["plain", added], ["chroma"]),
    ]
    return generator_of([*nodes, *paint], [plane("luma", 1)], [plane("chroma", 2)], constants)


def endless_loop() -> onnx.ModelProto:
    """A real Loop of 2^62 turns, which loads without complaint and never comes back."""
    flag, turn = TensorProto.BOOL, TensorProto.INT64
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["go"], ["go on"]),
            helper.make_node("Add", ["sum", "sum"], ["more"]),
        ],
        "body",
        [
            helper.make_tensor_value_info("turn", turn, []),
            helper.make_tensor_value_info("go", flag, []),
            helper.make_tensor_value_info("sum", TensorProto.FLOAT, []),
        ],
        [
            helper.make_tensor_value_info("go on", flag, []),
            helper.make_tensor_value_info("more", TensorProto.FLOAT, []),
        ],
    )
    loop = helper.make_node("Loop", ["turns", "yes", "nought"], ["total"], body=body)
    return _luma_to_chroma(
        loop,
        added="total",
        turns=np.array(ENDLESS_TURNS, np.int64),
        yes=np.array(True),
        nought=np.array(0, np.float32),
    )


def endless_arithmetic(products: int = 400) -> onnx.ModelProto:
    """Minutes of matrix products that depend on no input: onnxruntime works them out while it
    loads the file, where nothing can stop it."""
    first = helper.make_node("ConstantOfShape", ["size"], ["m0"])
    chain = [helper.make_node("MatMul", [f"m{n}", "m0"], [f"m{n + 1}"]) for n in range(products)]
    total = helper.make_node("ReduceSum", [f"m{products}"], ["total"], keepdims=0)
    return _luma_to_chroma(
        first, *chain, total, added="total", size=np.array([1500, 1500], np.int64)
    )


def hidden_memory_bomb() -> onnx.ModelProto:
    """Asks for 256 GiB, by a size that is worked out: no look at the file finds it."""
    return _luma_to_chroma(
        helper.make_node("Mul", ["side", "side"], ["size"]),
        helper.make_node("ConstantOfShape", ["size"], ["block"]),
        helper.make_node("ReduceSum", ["block"], ["total"], keepdims=0),
        added="total",
        side=np.array([1 << 18], np.int64),
    )


def hungry_for_large_pages(pixels: int) -> onnx.ModelProto:
    """Fails with a lack of memory, as onnxruntime words it, once luma has more pixels.

    It asks for a block of 2^16 elements for each pixel above that number.
    """
    whole = full_generator()
    nodes = [
        helper.make_node("Size", ["luma"], ["count"]),
        helper.make_node("Sub", ["count", "most"], ["above"]),
        helper.make_node("Max", ["above", "none"], ["excess"]),
        helper.make_node("Mul", ["excess", "many"], ["elements"]),
        helper.make_node("Reshape", ["elements", "as_list"], ["size"]),
        helper.make_node("ConstantOfShape", ["size"], ["block"]),
        helper.make_node("ReduceSum", ["block"], ["nothing"], keepdims=0),
        helper.make_node("Add", ["own paint", "nothing"], ["paint_luma"]),
    ]
    (paint,) = (node for node in whole.graph.node if node.output[0] == "paint_luma")
    paint.output[0] = "own paint"
    whole.graph.node.extend(nodes)
    held = {
        "most": np.array(pixels, np.int64),
        "none": np.array(0, np.int64),
        "many": np.array(1 << 16, np.int64),
        "as_list": np.array([1], np.int64),
    }
    whole.graph.initializer.extend(numpy_helper.from_array(a, name) for name, a in held.items())
    return whole


def constant_outputs(chroma: float, paint_luma: float) -> onnx.ModelProto:
    """Everywhere the same numbers, whatever comes in: not a number, infinite, black …"""
    whole = full_generator()
    for node in whole.graph.node:
        for place, name in enumerate(node.output):
            if name in ("chroma", "paint_luma"):
                node.output[place] = f"own {name}"
    for name, value in (("chroma", chroma), ("paint_luma", paint_luma)):
        scale = numpy_helper.from_array(np.array(0, np.float32), f"no {name}")
        shift = numpy_helper.from_array(np.array(value, np.float32), f"only {name}")
        whole.graph.initializer.extend([scale, shift])
        whole.graph.node.append(helper.make_node("Mul", [f"own {name}", scale.name], [f"0 {name}"]))
        whole.graph.node.append(helper.make_node("Add", [f"0 {name}", shift.name], [name]))
    return whole


def other_size(sides: Sequence[int] = (32, 32)) -> onnx.ModelProto:
    """Always gives planes of one size."""
    size = np.array([1, 2, *sides], np.int64)
    empty = helper.make_tensor("value", TensorProto.FLOAT, [1], [0.0])
    node = helper.make_node("ConstantOfShape", ["size"], ["chroma"], value=empty)
    return generator_of([node], [plane("luma", 1)], [plane("chroma", 2)], {"size": size})
