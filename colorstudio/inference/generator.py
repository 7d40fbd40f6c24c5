"""A style's generator, ready to run: padding, optional inputs, and numbers that are checked."""

import threading
from dataclasses import dataclass
from typing import Literal

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from colorstudio.core.failures import ColorStudioError, FailureKind, printable, worded
from colorstudio.inference.providers import (
    ProviderReport,
    memory_was_refused,
    on_cpu_after,
    open_session,
    plain_session,
)
from colorstudio.styles.checks import check_style
from colorstudio.styles.style import Style, unfit

Planes = NDArray[np.float32]

TRIAL_SIDE = 64
TRIAL_SECONDS = 3.0
RUN_SECONDS = 120.0
"""A run at working size takes far less than a second; one that does not end is stopped."""

BLACK = 1 / 255
"""Paint that is darker than this everywhere is no paint …"""
PAPER = 0.25
"""… where the page has anything lighter than this to paint on."""

_tried: set[str] = set()  # sha256 of generators that have come through a trial in this process


@dataclass(frozen=True, slots=True, eq=False)
class Painted:
    """What a generator gave: chroma (2, H, W) normalised, paint luma (H, W) 0..1 or None."""

    chroma: Planes
    paint_luma: Planes | None


class Generator:
    """One style's generator on one provider. Safe to use from several threads.

    Raises ColorStudioError: BAD_STYLE when the file does not fit or fails its trial run; of a
    later run BAD_NUMBERS when it gives other than finite numbers of the right shape or paints
    everything black, OUT_OF_MEMORY, and BAD_STYLE when it fails or does not end.
    """

    def __init__(self, style: Style, device: str) -> None:
        self.style = style
        self.facts = check_style(style)
        self._renewal = threading.Lock()
        if not style.bundled and style.info.sha256 not in _tried:
            self._try_as_it_stands()
        self._session, self.provider = open_session(style.generator, device)
        self._try_out()
        _tried.add(style.info.sha256)

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
        painted = _checked(outputs, inputs["luma"].shape[2:], luma.shape, info.name)
        if line_art and painted.paint_luma is not None and _is_blackout(painted.paint_luma, luma):
            raise _bad_numbers(info.name, "paint_luma is black everywhere")
        return painted

    def _run(self, inputs: dict[str, Planes], seconds: float) -> dict[str, Planes]:
        names = sorted(self.facts.outputs)
        session, provider = self._session, self.provider
        try:
            try:
                values = _run_in_time(session, names, inputs, seconds)
            except Exception as error:  # onnxruntime's own exceptions share no base
                if provider.name == "CPU":
                    raise
                session = self._renewed(provider, error)
                values = _run_in_time(session, names, inputs, seconds)
        except Exception as error:
            raise _failed_run(self.style.info.name, error) from error
        return dict(zip(names, values, strict=True))

    def _renewed(self, broken: ProviderReport, error: Exception) -> ort.InferenceSession:
        """A CPU session in the place of a lost card's; made once, whoever notices first."""
        with self._renewal:
            if self.provider is broken:
                self._session, self.provider = on_cpu_after(
                    error, self.style.generator, broken.wanted
                )
            return self._session

    def _try_as_it_stands(self) -> None:
        """A trial without optimisation, before the session that is meant to work.

        While a session is made, onnxruntime works out all that depends on no input, which nothing
        can stop. Here that is part of a run, and a run can be stopped.
        """
        session = plain_session(self.style.generator)
        self._session, self.provider = session, ProviderReport("CPU", "cpu")
        self._try_out()

    def _try_out(self) -> None:
        """Run once on a small ramp: what only shows in a run shows before the artist's pages."""
        # A card's first run also loads libraries and picks kernels, which takes its time.
        seconds = TRIAL_SECONDS if self.provider.name == "CPU" else RUN_SECONDS
        ramp = np.linspace(0, 1, TRIAL_SIDE**2, dtype=np.float32).reshape(TRIAL_SIDE, TRIAL_SIDE)
        try:
            for line_art in (False, True):
                self._paint(ramp, None, None, line_art, seconds)
        except ColorStudioError as error:
            raise self._refused(error) from error

    def _refused(self, error: ColorStudioError) -> ColorStudioError:
        name, failure = self.style.info.name, error.failure
        if failure.kind is FailureKind.BAD_NUMBERS:
            reason = printable(failure.detail)[:200]
            return unfit(name, worded("it gives no usable colours ({reason})", reason=reason))
        if failure.kind is FailureKind.OUT_OF_MEMORY:
            why = worded("its generator asks for far too much memory")
            return unfit(name, why, failure.detail)
        if isinstance(error.__cause__, _Overdue):
            reason = printable(failure.detail)[:200]
            why = worded("its generator fails in a trial run ({reason})", reason=reason)
        else:
            why = worded("its generator fails in a trial run")
        return unfit(name, why, failure.detail)


class _Overdue(Exception):
    """A run did not come to its end in time and was stopped."""


def _run_in_time(
    session: ort.InferenceSession, names: list[str], inputs: dict[str, Planes], seconds: float
) -> list[Planes]:
    """Run, and stop a run that does not come to an end. Raises _Overdue, or what the run raises."""
    options = ort.RunOptions()
    options.log_severity_level = 4
    late = threading.Event()

    def stop() -> None:
        late.set()
        options.terminate = True

    alarm = threading.Timer(seconds, stop)
    alarm.daemon = True
    alarm.start()
    try:
        return list(session.run(names, inputs, options))
    except Exception as error:
        if late.is_set():
            raise _Overdue(f"no end within {seconds:g} seconds") from error
        raise
    finally:
        alarm.cancel()


def _failed_run(name: str, error: Exception) -> ColorStudioError:
    """A run that gave nothing, as a sentence. The detail is one line."""
    style, detail = printable(name), printable(str(error).strip())[:300]
    if memory_was_refused(error):
        sentence = worded(
            "The style “{name}” needs more memory for this picture than there is. Close other "
            "programs, or use another style.",
            name=style,
        )
        detail = detail or "not enough memory"
        return ColorStudioError(FailureKind.OUT_OF_MEMORY, sentence, detail)
    if isinstance(error, _Overdue):
        sentence = worded(
            "The style “{name}” did not come to an end and was stopped with this picture, so "
            "nothing was written. Try again with --device cpu, or with another style.",
            name=style,
        )
    else:
        sentence = worded(
            "The style “{name}” failed with this picture, so nothing was written. Try again with "
            "--device cpu, or with another style.",
            name=style,
        )
    return ColorStudioError(FailureKind.BAD_STYLE, sentence, detail)


def _is_blackout(paint: Planes, luma: Planes) -> bool:
    """Whether paper, which is there, was painted black all over: a black page has no paper."""
    return bool(paint.max() < BLACK and luma.max() > PAPER)


def _padded(planes: Planes, multiple: int, fill: Literal["edge", "constant"]) -> Planes:
    """Planes (N, C, H, W) grown at the right and bottom to whole multiples."""
    grow = [(0, 0), (0, 0), *((0, -side % multiple) for side in planes.shape[2:])]
    grown = np.pad(planes, grow, mode=fill) if np.any(grow) else planes
    return grown.astype(np.float32, copy=False)


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


def _bad_numbers(name: str, detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.BAD_NUMBERS,
        worded(
            "The style “{name}” gave no usable colours for this picture, so nothing was "
            "written. Try again with --device cpu, or with another style.",
            name=printable(name),
        ),
        detail,
    )
