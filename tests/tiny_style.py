"""A style made on the spot: a real ONNX generator of a few hundred bytes, fitting the contract.

Its colours are a plain function of its inputs, so that tests can say what must come out:
chroma is half the luma input shifted by a constant, plus the hint where there is one; the paint
luma of white paper is clearly below white.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from colorstudio.core.palette import PALETTE_SIZE

OPSET = 17
CHROMA_OFFSET = (0.3, -0.2)  # of the normalised U and V


def make_tiny_style(
    folder: Path, *, name: str = "tiny", full: bool = True, **description: Any
) -> Path:
    """Write generator.onnx and style.json into folder (made if missing) and return it.

    full: all four inputs and both outputs; otherwise luma → chroma only, like the classic
    recipe. description: values of style.json to change.
    """
    folder.mkdir(parents=True, exist_ok=True)
    generator = full_generator() if full else chroma_only_generator()
    write_style(folder, generator, name=name, palette_size=PALETTE_SIZE if full else 0)
    if description:
        change_description(folder, **description)
    return folder


def write_style(
    folder: Path, generator: onnx.ModelProto, *, name: str = "tiny", palette_size: int = 0
) -> None:
    """Write the generator with a style.json that describes it truly."""
    data = generator.SerializeToString()
    (folder / "generator.onnx").write_bytes(data)
    description = {
        "format_version": 1,
        "name": name,
        "description": "A tiny style for trying things out.",
        "author": "Color Studio",
        "licence": "Apache-2.0",
        "credits": ["drawn by a program"],
        "recipe": "studio" if palette_size else "classic",
        "pictures": 1,
        "steps": 1,
        "date": "2026-01-31",
        "working_size": 64,
        "multiple": 8,
        "palette_size": palette_size,
        "sha256": hashlib.sha256(data).hexdigest(),
        "evaluation": {},
    }
    text = json.dumps(description, indent=2)
    (folder / "style.json").write_text(text, encoding="utf-8")


def change_description(folder: Path, **values: Any) -> None:
    """Change values of an existing style.json; None takes a value out."""
    file = folder / "style.json"
    description = json.loads(file.read_text(encoding="utf-8")) | values
    kept = {key: value for key, value in description.items() if value is not None}
    file.write_text(json.dumps(kept), encoding="utf-8")


def full_generator() -> onnx.ModelProto:
    """luma, hints, palette, mode → chroma, paint_luma."""
    nodes = [
        *_chroma_nodes("own_chroma"),
        # Where the mask is 1 the hinted colour, elsewhere the generator's own.
        helper.make_node("Slice", ["hints", "zero", "two", "one"], ["hinted"]),
        helper.make_node("Slice", ["hints", "two", "three", "one"], ["mask"]),
        helper.make_node("Sub", ["hinted", "own_chroma"], ["toward_hint"]),
        helper.make_node("Mul", ["toward_hint", "mask"], ["by_hint"]),
        # palette and mode are read, so that a caller who leaves them out is told.
        helper.make_node("ReduceMean", ["palette"], ["palette_mean"], axes=[1], keepdims=1),
        helper.make_node("Unsqueeze", ["mode", "one"], ["mode_column"]),
        helper.make_node("Mul", ["palette_mean", "mode_column"], ["steer"]),
        helper.make_node("Unsqueeze", ["steer", "last_two"], ["steer_map"]),
        helper.make_node("Add", ["own_chroma", "by_hint"], ["obeying"]),
        helper.make_node("Add", ["obeying", "steer_map"], ["chroma"]),
        helper.make_node("Mul", ["luma", "half"], ["paint_luma"]),
    ]
    constants: dict[str, np.ndarray] = {
        "zero": np.array([0], np.int64),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "three": np.array([3], np.int64),
        "last_two": np.array([2, 3], np.int64),
        "half": np.array(0.5, np.float32),
    }
    inputs = [
        plane("luma", 1),
        plane("hints", 3),
        helper.make_tensor_value_info("palette", TensorProto.FLOAT, ["N", PALETTE_SIZE]),
        helper.make_tensor_value_info("mode", TensorProto.FLOAT, ["N"]),
    ]
    outputs = [plane("chroma", 2), plane("paint_luma", 1)]
    return generator_of(nodes, inputs, outputs, constants)


def chroma_only_generator() -> onnx.ModelProto:
    """luma → chroma, as the classic recipe exports it."""
    return generator_of(_chroma_nodes("chroma"), [plane("luma", 1)], [plane("chroma", 2)], {})


def generator_of(
    nodes: Sequence[onnx.NodeProto],
    inputs: Sequence[onnx.ValueInfoProto],
    outputs: Sequence[onnx.ValueInfoProto],
    constants: dict[str, np.ndarray],
) -> onnx.ModelProto:
    """A whole generator from its parts; the weights of the chroma convolution come with it."""
    weights = {
        "kernel": np.full((2, 1, 1, 1), 0.5, np.float32),
        "offset": np.array(CHROMA_OFFSET, np.float32),
    }
    held = [numpy_helper.from_array(array, name) for name, array in (weights | constants).items()]
    graph = helper.make_graph(list(nodes), "tiny", list(inputs), list(outputs), held)
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", OPSET)])


def plane(name: str, channels: int) -> onnx.ValueInfoProto:
    """An input or output (N, channels, H, W) of float32 with free N, H, W."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", channels, "H", "W"])


def _chroma_nodes(result: str) -> list[onnx.NodeProto]:
    return [helper.make_node("Conv", ["luma", "kernel", "offset"], [result])]
