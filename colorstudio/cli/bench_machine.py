"""Which machine a run of `bench` is about."""

import os
import platform
import sys
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

from colorstudio import __version__

_PACKAGES = ("numpy", "pillow", "opencv-python-headless", "onnxruntime-gpu", "onnxruntime", "torch")


def machine() -> dict[str, Any]:
    """Cores, processor, memory in MiB, load, system, and the versions that matter for speed."""
    return {
        "date": datetime.now().astimezone().isoformat(timespec="seconds"),
        "cores": usable_cores(),
        "processor": _processor(),
        "memory": _memory(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "versions": {"colorstudio": __version__, "python": platform.python_version()} | _versions(),
    }


def usable_cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _processor() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> int | None:
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return None
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20


def _versions() -> dict[str, str]:
    found = {}
    for package in _PACKAGES:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
