"""Which provider runs the generator, and the honest reason when it is not the wanted one."""

import contextlib
import ctypes
import io
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import onnxruntime as ort

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.core.own_program import is_bundle
from colorstudio.core.small_files import read_within
from colorstudio.styles.checks import MAX_GENERATOR_BYTES

DEVICES = ("auto", "cuda", "cpu")

CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_OPTIONS = {CUDA: {"cudnn_conv_algo_search": "HEURISTIC", "use_tf32": "0"}, CPU: {}}
"""Trying every way of convolving makes the first page of each size wait a fifth of a second, for
none that is faster; and TF32 is no faster either, so that a card computes as the CPU does."""
_DRIVERS = ("nvcuda.dll",) if sys.platform == "win32" else ("libcuda.so.1", "libcuda.so")

MOST_MEMORY = 2 << 30
"""Bytes that all sessions on the CPU may have together. The bundled style takes 21 MiB beside its
weights at its working size, and 77 MiB at 1024 × 1024; what asks for more than this is refused it,
and the artist's machine goes on."""

_FATAL_ONLY = 4  # onnxruntime's log level: its fallback noise is told better by the reason


@dataclass(frozen=True, slots=True)
class ProviderReport:
    """The provider really in use. reason: why it is not CUDA, empty when it is or CPU was asked."""

    name: str
    wanted: str
    reason: str = ""


def available() -> list[str]:
    """The providers that onnxruntime was built with; not yet a promise that they work."""
    return list(ort.get_available_providers())


def open_session(generator: Path, device: str) -> tuple[ort.InferenceSession, ProviderReport]:
    """A session for an ONNX file on the best provider that really works.

    device: auto, cuda or cpu. Raises ColorStudioError: USAGE for another device,
    BAD_STYLE when onnxruntime cannot load the file at all.
    """
    if device not in DEVICES:
        raise ColorStudioError(
            FailureKind.USAGE,
            worded(
                "There is no device “{device}”. Use auto, cuda or cpu.", device=printable(device)
            ),
        )
    if device == "cpu":
        return _on_cpu(generator), ProviderReport("CPU", device)
    # A card that gave up is tried again when somebody asks for it by name, or at the next start.
    reason = (_given_up if device == "auto" else "") or why_no_cuda()
    if not reason:
        try:
            return _on_cuda(generator), ProviderReport("CUDA", device)
        except _NotInUse as error:
            reason = error.args[0]  # with how it was worded
    return _on_cpu(generator), ProviderReport("CPU", device, reason)


def on_cpu_after(
    failure: Exception, generator: Path, wanted: str
) -> tuple[ort.InferenceSession, ProviderReport]:
    """A CPU session to go on with when CUDA gave up in the middle of the work.

    Sessions for "auto" leave the card alone from now on.
    """
    global _given_up
    if memory_was_refused(failure):
        _given_up = worded(
            "The graphics card ran out of memory in the middle of the work ({reason}). "
            "It is tried again at the next start.",
            reason=_first_line(failure),
        )
    else:
        _given_up = worded(
            "The graphics card gave up in the middle of the work ({reason}). "
            "It is tried again at the next start.",
            reason=_first_line(failure),
        )
    return _on_cpu(generator), ProviderReport("CPU", wanted, _given_up)


def plain_session(generator: Path) -> ort.InferenceSession:
    """A session on the CPU that takes the file as it is: loading it computes nothing."""
    return _on_cpu(generator, ort.GraphOptimizationLevel.ORT_DISABLE_ALL)


def memory_was_refused(error: BaseException) -> bool:
    """Whether a session or a run failed for lack of memory, be it the card's or the machine's.

    onnxruntime has no exception of its own for this, so its words are looked at.
    """
    words = str(error).lower()
    return isinstance(error, MemoryError) or any(sign in words for sign in _MEMORY_SIGNS)


def why_no_cuda() -> str:
    """Why CUDA can't be used here, in a sentence; empty when it is worth a try."""
    if CUDA not in ort.get_available_providers():
        if is_bundle():
            return worded(
                "This download works on the processor, which is quick enough for colouring. The "
                "one for Python (see the guide) uses NVIDIA cards too."
            )
        return worded("This onnxruntime is built without CUDA.")
    if not any(_loads(name) for name in _DRIVERS):
        return worded("No NVIDIA graphics driver was found.")
    return ""


_MEMORY_SIGNS = (
    "failed to allocate",
    "out of memory",
    "available memory",
    "bad_alloc",
    "alloc_failed",
)

_given_up = ""  # why the card is not used any more in this process


class _NotInUse(Exception):
    """CUDA was asked for and is not what the session runs on."""


def _on_cuda(generator: Path) -> ort.InferenceSession:
    said = io.StringIO()
    try:
        # torch's or the CUDA packages' own libraries serve onnxruntime too. What does not load is
        # printed, and standard output belongs to the report.
        with contextlib.redirect_stdout(said):
            ort.preload_dlls()
        session = _session(generator, [CUDA, CPU])
    except Exception as error:  # any trouble with a card is a reason to use the CPU
        raise _NotInUse(
            worded("CUDA could not be started ({reason}).", reason=_first_line(error))
        ) from error
    if CUDA not in session.get_providers():
        detail = printable(said.getvalue().strip().split("\n")[0])[:200]
        if not detail:
            raise _NotInUse(
                worded("CUDA could not be started: its libraries are missing or do not fit.")
            )
        raise _NotInUse(
            worded(
                "CUDA could not be started: its libraries are missing or do not fit ({reason}).",
                reason=detail,
            )
        )
    return session


def _on_cpu(
    generator: Path,
    optimisation: ort.GraphOptimizationLevel = ort.GraphOptimizationLevel.ORT_ENABLE_ALL,
) -> ort.InferenceSession:
    try:
        return _session(generator, [CPU], optimisation)
    except Exception as error:
        raise ColorStudioError(
            FailureKind.BAD_STYLE,
            worded(
                "The style “{name}” can't be used: its generator does not load. Get it again, or "
                "remove it.",
                name=printable(generator.parent.name),
            ),
            _first_line(error),
        ) from error


SPIN = "50"
"""Microseconds."""


def _session(
    generator: Path,
    providers: list[str],
    optimisation: ort.GraphOptimizationLevel = ort.GraphOptimizationLevel.ORT_ENABLE_ALL,
) -> ort.InferenceSession:
    _bound_memory()
    options = ort.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    options.graph_optimization_level = optimisation
    options.add_session_config_entry("session.use_env_allocators", "1")
    # Threads that wait for the next piece of work by turning in circles take the processor from
    # decoding, recomposing and encoding, which go on beside the generator. Over the moment
    # between two operators it is quicker than to sleep and be woken.
    options.add_session_config_entry("session.intra_op.spin_duration_us", SPIN)
    # Given as bytes, a file can't pull in others from beside it.
    return ort.InferenceSession(
        read_within(generator, MAX_GENERATOR_BYTES),
        options,
        providers=providers,
        provider_options=[_OPTIONS[name] for name in providers],
    )


_bounding = threading.Lock()
_bounded = False


def _bound_memory() -> None:
    """Once in a process: one store of memory with an upper end for all sessions on the CPU."""
    global _bounded
    with _bounding:
        if _bounded:
            return
        _bounded = True
        kind = ort.OrtMemoryInfo(
            "Cpu", ort.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, ort.OrtMemType.DEFAULT
        )
        own = -1  # onnxruntime's own value
        limits = {
            "max_mem": MOST_MEMORY,
            "arena_extend_strategy": own,
            "initial_chunk_size_bytes": own,
            "max_dead_bytes_per_chunk": own,
        }
        # Another program that uses this one as a library may have made a store already.
        with contextlib.suppress(Exception):
            ort.create_and_register_allocator(kind, ort.OrtArenaCfg(limits))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _first_line(error: Exception) -> str:
    return printable(str(error).strip().split("\n")[0])[:200]
