"""Is a file a generator that can be trusted with an artist's machine? Static checks only.

Nothing is run here. What only a run can show (numbers that are not finite, endless work) is
found by the trial run of `inference`.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import onnx
from onnx import AttributeProto, GraphProto, ModelProto, NodeProto, SparseTensorProto, TensorProto

from colorstudio.core.failures import ColorStudioError, describe, worded
from colorstudio.core.small_files import NoFileError, TooLargeError, read_within
from colorstudio.styles.style import Style, unfit

MAX_GENERATOR_BYTES = 64 << 20
MIN_OPSET, MAX_OPSET = 13, 22
MAX_CONSTANT_ELEMENTS = 1 << 24  # no generator needs a constant of more than 64 MiB
MAX_DIMS = 8  # pictures have four
MAX_KERNEL_SIDE = 64  # within one operator nothing can stop a run: a kernel of 2000 takes hours

INPUT_CHANNELS = {"luma": 1, "hints": 3}
OUTPUT_CHANNELS = {"chroma": 2, "paint_luma": 1}
_RANKS = {"palette": 2, "mode": 1}  # everything else is planes: N, channels, H, W
OPTIONAL_INPUTS = frozenset({"hints", "palette", "mode"})

_DEFAULT_DOMAINS = ("", "ai.onnx")
_CONTROL_FLOW = frozenset({"Loop", "Scan", "If", "SequenceMap"})
_CHANCE = ("Random", "Multinomial", "Bernoulli")  # the same page must always come out the same
_SHAPED_BY_INPUT = {"ConstantOfShape": 0, "Expand": 1}  # which input says how large the output is


@dataclass(frozen=True, slots=True)
class GeneratorFacts:
    """What a checked generator takes and gives.

    palette_size: fixed length of the palette, None where it takes any (or no palette).
    """

    inputs: frozenset[str]
    outputs: frozenset[str]
    palette_size: int | None
    opset: int


def check_style(style: Style) -> GeneratorFacts:
    """Check a whole style: the file's fingerprint, the generator, and that both agree.

    Raises ColorStudioError (BAD_STYLE) with a sentence naming the style.
    """
    name, info = style.info.name, style.info
    facts = check_generator(style.generator, name=name)
    if fingerprint(style.generator) != info.sha256.lower():
        raise unfit(
            name, worded("its generator is not the one that its description was written for")
        )
    if ("palette" in facts.inputs) != (info.palette_size > 0):
        raise unfit(name, worded("its description and its generator disagree about a palette"))
    if facts.palette_size not in (None, info.palette_size):
        raise unfit(
            name,
            worded("its generator takes a palette of {number} numbers", number=facts.palette_size),
        )
    return facts


def check_generator(path: Path, *, name: str = "") -> GeneratorFacts:
    """Check an ONNX file against the generator's contract, without running it.

    name: of the style, for the sentence of the ColorStudioError (BAD_STYLE) raised for a file
    that is too large, no ONNX file, refers to other files, has operators outside the default
    domain, control flow or chance, or other inputs and outputs than the contract's.
    """
    name = name or path.parent.name
    generator = _parse(path, name)
    try:
        return _check_whole(generator, name)
    except (ColorStudioError, MemoryError):
        raise
    except Exception as error:  # the parts of a made-up file need not fit each other
        raise unfit(name, worded("its generator is damaged"), str(error)) from error


def _check_whole(generator: ModelProto, name: str) -> GeneratorFacts:
    opset = _check_opset(generator, name)
    graph = generator.graph
    if generator.functions or generator.training_info:
        raise unfit(name, worded("its generator brings functions of its own"))
    _check_operators(graph.node, name)
    _check_tensors(graph, name)
    _check_declared_sizes(graph, name)
    _check_kernels(graph, name)
    return _check_ends(graph, name, opset)


def fingerprint(path: Path) -> str:
    """The sha256 of a file, lower-case hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _parse(path: Path, name: str) -> ModelProto:
    try:
        data = read_within(path, MAX_GENERATOR_BYTES)
    except NoFileError as error:
        raise unfit(name, worded("its generator is no ordinary file")) from error
    except TooLargeError as error:
        most = MAX_GENERATOR_BYTES >> 20
        raise unfit(name, worded("its generator is larger than {most} MiB", most=most)) from error
    except OSError as error:
        failure = describe(error, path)
        raise ColorStudioError(failure.kind, failure.sentence, failure.detail) from error
    try:
        generator = onnx.load_model_from_string(data)  # from bytes: no other file is opened
    except Exception as error:  # protobuf has several errors of its own
        raise unfit(
            name, worded("its generator is no ONNX file, or a damaged one"), str(error)
        ) from error
    if not generator.HasField("graph") or not generator.graph.node:
        raise unfit(name, worded("its generator is empty or no ONNX file"))
    return generator


def _check_opset(generator: ModelProto, name: str) -> int:
    versions = {entry.domain: entry.version for entry in generator.opset_import}
    foreign = [domain for domain in versions if domain not in _DEFAULT_DOMAINS]
    if foreign:
        raise unfit(
            name, worded("its generator needs operators that Color Studio lacks"), foreign[0]
        )
    opset = max(versions.values(), default=0)
    if not MIN_OPSET <= opset <= MAX_OPSET:
        raise unfit(
            name, worded("its generator uses ONNX version {opset}", opset=opset), f"opset {opset}"
        )
    return opset


def _check_operators(nodes: Iterable[NodeProto], name: str) -> None:
    for node in nodes:
        if node.domain not in _DEFAULT_DOMAINS:
            operator = f"{node.domain}.{node.op_type}"
            raise unfit(
                name, worded("its generator needs operators that Color Studio lacks"), operator
            )
        nested = any(
            a.type in (AttributeProto.GRAPH, AttributeProto.GRAPHS) for a in node.attribute
        )
        if nested or node.op_type in _CONTROL_FLOW:
            raise unfit(name, worded("its generator contains loops or branches"), node.op_type)
        if node.op_type.startswith(_CHANCE):
            raise unfit(name, worded("its generator colours by chance"), node.op_type)


def _attributes(graph: GraphProto) -> Iterator[AttributeProto]:
    return (attribute for node in graph.node for attribute in node.attribute)


def _sparse_tensors(graph: GraphProto) -> Iterator[SparseTensorProto]:
    yield from graph.sparse_initializer
    for attribute in _attributes(graph):
        yield from attribute.sparse_tensors
        if attribute.HasField("sparse_tensor"):
            yield attribute.sparse_tensor


def _tensors(graph: GraphProto) -> Iterator[TensorProto]:
    """Every number block in the file: weights, sparse weights, constants inside operators."""
    yield from graph.initializer
    for attribute in _attributes(graph):
        yield from attribute.tensors
        if attribute.HasField("t"):
            yield attribute.t
    for block in _sparse_tensors(graph):
        yield from (block.values, block.indices)


def _check_tensors(graph: GraphProto, name: str) -> None:
    for tensor in _tensors(graph):
        if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
            raise unfit(name, worded("its generator takes numbers from other files"), tensor.name)
    sizes = [tensor.dims for tensor in _tensors(graph)]
    sizes += [block.dims for block in _sparse_tensors(graph)]
    for dims in sizes:
        if _is_too_large(dims):
            raise unfit(name, worded("its generator holds a block of numbers that is too large"))


def _is_too_large(dims: Sequence[int]) -> bool:
    """Whether a block of such sides is none that a generator needs; quick for any file."""
    # Their number comes first: the product of thousands of sides is itself hours of work.
    return (
        len(dims) > MAX_DIMS
        or any(size < 0 for size in dims)
        or math.prod(dims) > MAX_CONSTANT_ELEMENTS
    )


def _constants(graph: GraphProto) -> dict[str, TensorProto]:
    """Number blocks by the name under which operators take them."""
    constants = {tensor.name: tensor for tensor in graph.initializer}
    for node in graph.node:
        if node.op_type == "Constant" and node.attribute and node.attribute[0].HasField("t"):
            constants[node.output[0]] = node.attribute[0].t
    return constants


def _check_declared_sizes(graph: GraphProto, name: str) -> None:
    """Refuse the plainest memory bomb: an operator told by a constant to fill a huge block."""
    constants = _constants(graph)
    for node in graph.node:
        position = _SHAPED_BY_INPUT.get(node.op_type)
        if position is None or position >= len(node.input):
            continue
        shape = constants.get(node.input[position])
        if shape is not None and _asks_for_too_much(shape):
            raise unfit(name, worded("its generator asks for far too much memory"), node.op_type)


def _asks_for_too_much(shape: TensorProto) -> bool:
    if math.prod(shape.dims) > MAX_DIMS:
        return True
    sides = (int(size) for size in onnx.numpy_helper.to_array(shape).flat)
    return math.prod(sides) > MAX_CONSTANT_ELEMENTS


def _check_kernels(graph: GraphProto, name: str) -> None:
    """Refuse work without an end inside one operator, where no time limit is looked at."""
    constants = _constants(graph)
    for node in graph.node:
        kernels = [a.ints for a in node.attribute if a.name == "kernel_shape"]
        if "Conv" in node.op_type:
            kernels += [constants[key].dims[2:] for key in node.input if key in constants]
        for sides in kernels:
            if any(side > MAX_KERNEL_SIDE for side in sides):
                raise unfit(
                    name,
                    worded(
                        "its generator uses kernels larger than {most} pixels",
                        most=MAX_KERNEL_SIDE,
                    ),
                    node.op_type,
                )


def _check_ends(graph: GraphProto, name: str, opset: int) -> GeneratorFacts:
    """Inputs and outputs by name, type, rank and channels."""
    held = {tensor.name for tensor in graph.initializer}
    inputs = {value.name: value for value in graph.input if value.name not in held}
    outputs = {value.name: value for value in graph.output}
    if "luma" not in inputs or not inputs.keys() <= {"luma"} | OPTIONAL_INPUTS:
        raise unfit(name, worded("its generator takes other inputs than a style's"), _names(inputs))
    if "chroma" not in outputs or not outputs.keys() <= OUTPUT_CHANNELS.keys():
        raise unfit(
            name, worded("its generator gives other outputs than a style's"), _names(outputs)
        )
    for key, value in inputs.items():
        _check_numbers(value, name, rank=_RANKS.get(key, 4), channels=INPUT_CHANNELS.get(key))
        _check_free(value, name)
    for key, value in outputs.items():
        if value.type.tensor_type.HasField("shape"):  # an exporter may leave it open
            _check_numbers(value, name, rank=4, channels=OUTPUT_CHANNELS[key])
    palette = inputs["palette"].type.tensor_type.shape.dim[1] if "palette" in inputs else None
    fixed = palette.dim_value if palette is not None and palette.HasField("dim_value") else None
    return GeneratorFacts(frozenset(inputs), frozenset(outputs), fixed, opset)


def _check_numbers(
    value: onnx.ValueInfoProto, name: str, *, rank: int, channels: int | None
) -> None:
    """One input or output: float32, the right rank and the right number of planes."""
    numbers, dims = value.type.tensor_type, value.type.tensor_type.shape.dim
    if numbers.elem_type != TensorProto.FLOAT:
        raise unfit(
            name, worded("“{name}” of its generator is not of 32-bit numbers", name=value.name)
        )
    if len(dims) != rank:
        raise unfit(name, worded("“{name}” of its generator has the wrong shape", name=value.name))
    if channels is not None and dims[1].HasField("dim_value") and dims[1].dim_value != channels:
        raise unfit(
            name,
            worded("“{name}” of its generator has the wrong number of planes", name=value.name),
        )


def _check_free(value: onnx.ValueInfoProto, name: str) -> None:
    """Every size but the number of planes is free: pictures come in all sizes."""
    dims = value.type.tensor_type.shape.dim
    if any(dim.HasField("dim_value") for axis, dim in enumerate(dims) if axis != 1):
        raise unfit(name, worded("“{name}” of its generator takes one size only", name=value.name))


def _names(values: Iterable[str]) -> str:
    return ", ".join(sorted(values)) or "none"
