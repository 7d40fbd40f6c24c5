"""A style's generator, ready to run: padding, optional inputs, and numbers that are checked."""

import threading
from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as ort_state

from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.inference.providers import ProviderReport, on_cpu_after, open_session
from colorstudio.styles.checks import check_style
from colorstudio.styles.style import Style, unfit

Planes = NDArray[np.float32]

# onnxruntime's own exceptions share no base of their own; RuntimeError covers the others.
_RUN_FAILURES = (
    RuntimeError,
    ort_state.Fail,
    ort_state.RuntimeException,
    ort_state.InvalidArgument,
    ort_state.EPFail,
)

TRIAL_SIDE = 64
TRIAL_SECONDS = 5.0
RUN_SECONDS = 120.0
"""A run at working size takes far less than a second; one that does not end is stopped."""


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """What a generator gave: chroma (2, H, W) normalised, paint luma (H, W) 0..1 or None."""

    chroma: Planes
    paint_luma: Planes | None


class Generator:
    """One style's generator on one provider. Safe to use from several threads.

    Raises ColorStudioError: BAD_STYLE when the file does not fit or fails its trial run,
    BAD_NUMBERS when a later run gives other than finite numbers of the right shape.
    """

    def __init__(self, style: Style, device: str) -> None:
        self.style = style
        self.facts = check_style(style)
        self._session, self.provider = open_session(style.generator, device)
        self._renewal = threading.Lock()
        self._try_out()

    def paint(
        self, luma: Planes, hints: Planes | None, palette: Planes | None, line_art: bool
    ) -> Painted:
        """Run on luma (H, W) 0..1 with hint planes (3, H, W) and palette (P,), or None."""
        return self._paint(luma, hints, palette, line_art, RUN_SECONDS)

    def _paint(
        self,
        luma: Planes,
        hints: Planes | None,
        palette: Planes | None,
        line_art: bool,
        seconds: float,
    ) -> Painted:
        info, wanted = self.style.info, self.facts.inputs
        inputs = {"luma": _padded(luma[None, None] - np.float32(0.5), info.multiple, "edge")}
        if "hints" in wanted:
            given = np.zeros((3, *luma.shape), np.float32) if hints is None else hints
            inputs["hints"] = _padded(given[None], info.multiple, "constant")
        if "palette" in wanted:
            none = np.zeros(info.palette_size, np.float32)
            inputs["palette"] = (none if palette is None else palette)[None]
        if "mode" in wanted:
            inputs["mode"] = np.array([line_art], np.float32)
        outputs = self._run(inputs, seconds)
        return _checked(outputs, inputs["luma"].shape[2:], luma.shape, info.name)

    def _run(self, inputs: dict[str, Planes], seconds: float) -> dict[str, Planes]:
        names = sorted(self.facts.outputs)
        session, provider = self._session, self.provider
        try:
            values = _run_in_time(session, names, inputs, seconds)
        except TimeoutError as error:
            raise _endless(self.style.info.name, seconds) from error
        except _RUN_FAILURES as error:
            if provider.name == "CPU":
                raise
            session = self._renewed(provider, error)
            values = _run_in_time(session, names, inputs, seconds)
        return dict(zip(names, values, strict=True))

    def _renewed(self, broken: ProviderReport, error: Exception) -> ort.InferenceSession:
        """A CPU session in the place of a lost card's; made once, whoever notices first."""
        with self._renewal:
            if self.provider is broken:
                self._session, self.provider = on_cpu_after(
                    error, self.style.generator, broken.wanted
                )
            return self._session

    def _try_out(self) -> None:
        """Run once on a small ramp: what only shows in a run shows before the artist's pages."""
        # A card's first run also loads libraries and picks kernels, which takes its time.
        seconds = TRIAL_SECONDS if self.provider.name == "CPU" else RUN_SECONDS
        ramp = np.linspace(0, 1, TRIAL_SIDE**2, dtype=np.float32).reshape(TRIAL_SIDE, TRIAL_SIDE)
        try:
            for line_art in (False, True):
                self._paint(ramp, None, None, line_art, seconds)
        except ColorStudioError as error:
            raise self._refused(f"it gives no usable colours ({error.failure.detail})") from error
        except _RUN_FAILURES as error:
            raise self._refused(f"its generator fails in a trial run ({error})") from error

    def _refused(self, why: str) -> ColorStudioError:
        return unfit(self.style.info.name, printable(why)[:200])


def _run_in_time(
    session: ort.InferenceSession, names: list[str], inputs: dict[str, Planes], seconds: float
) -> list[Planes]:
    """Run, and stop a run that does not come to an end: that is a TimeoutError."""
    options = ort.RunOptions()
    options.log_severity_level = 4
    alarm = threading.Timer(seconds, lambda: setattr(options, "terminate", True))
    alarm.daemon = True
    alarm.start()
    try:
        return list(session.run(names, inputs, options))
    except _RUN_FAILURES as error:
        if options.terminate:
            raise TimeoutError(str(error)) from error
        raise
    finally:
        alarm.cancel()


def _padded(planes: Planes, multiple: int, fill: Literal["edge", "constant"]) -> Planes:
    """Planes (N, C, H, W) grown at the right and bottom to whole multiples."""
    grow = [(0, 0), (0, 0), *((0, -side % multiple) for side in planes.shape[2:])]
    return np.pad(planes, grow, mode=fill).astype(np.float32, copy=False)


def _checked(
    outputs: dict[str, Planes], ran: tuple[int, ...], wanted: tuple[int, ...], name: str
) -> Painted:
    """Cut the padding off, once shapes and numbers are what the contract says."""
    channels = {"chroma": 2, "paint_luma": 1}
    for output, planes in outputs.items():
        if planes.shape != (1, channels[output], *ran):
            raise _bad_numbers(name, f"{output} has the shape {planes.shape}")
        if not np.isfinite(planes).all():
            raise _bad_numbers(name, f"{output} is not finite")
    height, width = wanted
    chroma = np.clip(outputs["chroma"][0, :, :height, :width], -1, 1)
    paint = outputs.get("paint_luma")
    paint_luma = None if paint is None else np.clip(paint[0, 0, :height, :width] + 0.5, 0, 1)
    return Painted(chroma, paint_luma)


def _endless(name: str, seconds: float) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.BAD_STYLE,
        f"The style “{printable(name)}” did not come to an end within {seconds:.0f} s, so it was "
        "stopped and nothing was written. Try another style.",
    )


def _bad_numbers(name: str, detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.BAD_NUMBERS,
        f"The style “{printable(name)}” gave no usable colours for this picture, so nothing was "
        "written. Try again with --device cpu, or with another style.",
        detail,
    )
