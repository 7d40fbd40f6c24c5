"""Memory of processes, as the system counts it, for `bench`."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

_LOOK_SECONDS = 0.02
_MIB = 1 << 20


def run_measured(command: Sequence[str]) -> tuple[float, float | None]:
    """Run a command to its end: its seconds, and the peak of its memory in MiB.

    On Linux that of all its processes together, looked at fifty times a second; elsewhere of the
    largest; None on Windows. Raises CalledProcessError when it fails, OSError.
    """
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as child:
        watch = _Watch(child.pid)
        watch.start()
        _, errors = child.communicate()
        seconds = time.perf_counter() - started
        watch.leave()
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command, stderr=errors)
    return seconds, watch.peak or _largest_child()


def resident() -> float | None:
    """Memory of this process and its children now, in MiB; None where that can't be told."""
    return _family_memory(os.getpid()) if sys.platform == "linux" else None


class _Watch(threading.Thread):
    """Looks at a process and its children again and again."""

    def __init__(self, process: int) -> None:
        super().__init__(name="memory", daemon=True)
        self._process = process
        self._ended = threading.Event()
        self.peak: float | None = None

    def run(self) -> None:
        """Look until told to leave."""
        while sys.platform == "linux" and not self._ended.wait(_LOOK_SECONDS):
            self.peak = max(self.peak or 0.0, _family_memory(self._process) or 0.0)

    def leave(self) -> None:
        self._ended.set()
        self.join()


def _family_memory(process: int) -> float:
    """Resident memory of a process and all below it, in MiB; what they share is counted once."""
    own, shared = 0, 0
    for member in _family(process):
        try:
            status = Path(f"/proc/{member}/status").read_text()
        except OSError:
            continue  # it has just ended
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        segments = _kilobytes(fields, "RssShmem")
        own += _kilobytes(fields, "VmRSS") - segments
        shared = max(shared, segments)
    return (own + shared) * 1024 / _MIB


def _kilobytes(fields: dict[str, str], name: str) -> int:
    return int(fields.get(name, "0 kB").split()[0])


def _family(process: int) -> list[int]:
    members = [process]
    for member in members:  # grows while it is walked
        for children in Path(f"/proc/{member}/task").glob("*/children"):
            try:
                members += [int(child) for child in children.read_text().split()]
            except OSError:
                continue
    return members


def _largest_child() -> float | None:
    if sys.platform == "win32":
        return None
    import resource

    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if sys.platform == "darwin":
        kilobytes //= 1024  # there the system counts bytes
    return kilobytes / 1024
