"""Which provider runs the generator, and the honest reason when it is not the wanted one."""

import contextlib
import ctypes
import io
import sys
from dataclasses import dataclass
from pathlib import Path

import onnxruntime as ort

from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.core.own_program import is_bundle

DEVICES = ("auto", "cuda", "cpu")

CUDA, CPU = "CUDAExecutionProvider", "CPUExecutionProvider"
_DRIVERS = ("nvcuda.dll",) if sys.platform == "win32" else ("libcuda.so.1", "libcuda.so")

_BUNDLED_WITHOUT = (
    "This download works on the processor, which is quick enough for colouring. The one for "
    "Python (see the guide) uses NVIDIA cards too."
)

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
            FailureKind.USAGE, f"There is no device “{printable(device)}”. Use auto, cuda or cpu."
        )
    if device == "cpu":
        return _on_cpu(generator), ProviderReport("CPU", device)
    reason = why_no_cuda()
    if not reason:
        try:
            return _on_cuda(generator), ProviderReport("CUDA", device)
        except _NotInUse as error:
            reason = str(error)
    return _on_cpu(generator), ProviderReport("CPU", device, reason)


def on_cpu_after(
    failure: Exception, generator: Path, wanted: str
) -> tuple[ort.InferenceSession, ProviderReport]:
    """A CPU session to go on with when CUDA gave up in the middle of the work."""
    reason = f"The graphics card gave up in the middle of the work ({_first_line(failure)})."
    return _on_cpu(generator), ProviderReport("CPU", wanted, reason)


def why_no_cuda() -> str:
    """Why CUDA can't be used here, in a sentence; empty when it is worth a try."""
    if CUDA not in ort.get_available_providers():
        return _BUNDLED_WITHOUT if is_bundle() else "This onnxruntime is built without CUDA."
    if not any(_loads(name) for name in _DRIVERS):
        return "No NVIDIA graphics driver was found."
    return ""


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
        raise _NotInUse(f"CUDA could not be started ({_first_line(error)}).") from error
    if CUDA not in session.get_providers():
        detail = printable(said.getvalue().strip().split("\n")[0])[:200]
        reason = "CUDA could not be started: its libraries are missing or do not fit"
        raise _NotInUse(f"{reason} ({detail})." if detail else f"{reason}.")
    return session


def _on_cpu(generator: Path) -> ort.InferenceSession:
    try:
        return _session(generator, [CPU])
    except Exception as error:
        raise ColorStudioError(
            FailureKind.BAD_STYLE,
            f"The style “{printable(generator.parent.name)}” can't be used: its generator does "
            "not load. Get it again, or remove it.",
            _first_line(error),
        ) from error


def _session(generator: Path, providers: list[str]) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.log_severity_level = _FATAL_ONLY
    # Given as bytes, a file can't pull in others from beside it.
    return ort.InferenceSession(generator.read_bytes(), options, providers=providers)


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _first_line(error: Exception) -> str:
    return printable(str(error).strip().split("\n")[0])[:200]
