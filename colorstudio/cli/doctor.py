"""`colorstudio doctor`: what works on this computer, to be sent with a bug report."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import Any

from colorstudio import __version__
from colorstudio.cli.console import say, say_json
from colorstudio.core import places
from colorstudio.core.failures import ColorStudioError, describe
from colorstudio.jobs.storing import can_store_in
from colorstudio.styles.checks import check_style
from colorstudio.styles.library import StyleLibrary

_PACKAGES = (
    "torch",
    "numpy",
    "pillow",
    "onnx",
    "onnxruntime-gpu",
    "onnxruntime",
    "PySide6-Essentials",
    "opencv-python-headless",
)
_GIB = 1 << 30


def run(namespace: argparse.Namespace) -> int:
    """Tell everything that can be found out; what can't is told as such. Always 0."""
    found = {heading: _guarded(find) for heading, find in _FINDINGS.items()}
    if namespace.json:
        say_json(event="doctor", **found)
        return 0
    for heading, value in found.items():
        _tell(heading, value)
    return 0


def _guarded(find: Callable[[], Any]) -> Any:
    """No finding may keep the others from being told."""
    try:
        return find()
    except Exception as error:
        failure = describe(error)
        return {"failure": failure.sentence, "detail": failure.detail}


def _tell(heading: str, value: Any, indent: str = "") -> None:
    if isinstance(value, dict):
        say(f"{indent}{heading}:" if value else f"{indent}{heading}: none")
        for key, part in value.items():
            _tell(str(key), part, indent + "  ")
    elif isinstance(value, list):
        say(f"{indent}{heading}: {', '.join(str(part) for part in value) or 'none'}")
    else:
        say(f"{indent}{heading}: {value}")


def _versions() -> dict[str, str]:
    """From the packages' descriptions: importing torch would take seconds."""
    versions = {"python": platform.python_version(), "colorstudio": __version__}
    for package in _PACKAGES:
        try:
            versions[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def _computer() -> dict[str, Any]:
    return {
        "system": platform.platform(),
        "processor": platform.machine(),
        "cores": os.cpu_count(),
        "memory": _memory(),
        "python program": sys.executable,
    }


def _memory() -> str:
    if not hasattr(os, "sysconf") or "SC_PHYS_PAGES" not in os.sysconf_names:
        return "not known"
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{whole / _GIB:.1f} GiB"


def _device() -> dict[str, Any]:
    """The provider that a real session ends up with, and why it is not a better one."""
    from colorstudio.inference import providers
    from colorstudio.inference.colorizer import Colorizer

    report = Colorizer("starter").provider
    return {
        "in use": report.name,
        "reason": report.reason or "it is the best one here",
        "listed": _guarded(providers.available),
    }


def _gpu() -> str:
    program = shutil.which("nvidia-smi")
    if program is None:
        return "no nvidia-smi, so no NVIDIA driver either"
    query = [program, "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"]
    answer = subprocess.run(query, capture_output=True, text=True, timeout=10, check=False)
    return "; ".join((answer.stdout or answer.stderr).split("\n")).strip("; ")


def _folders() -> dict[str, str]:
    folders = {
        "own styles": places.styles_folder(),
        "settings": places.settings_file().parent,
        "cache": places.cache_folder(),
        "log": places.log_folder(),
        "resources": places.resources(),
    }
    return {name: _folder(path, name != "resources") for name, path in folders.items()}


def _folder(path: Path, written: bool) -> str:
    """The path, and what is wrong with it; a folder that is not there yet is made when needed."""
    standing = next((place for place in (path, *path.parents) if place.is_dir()), None)
    if not written:
        return f"{path}" if path.is_dir() else f"{path} (missing: install Color Studio again)"
    if standing is None or not can_store_in(standing):
        return f"{path} (can't be written)"
    return str(path) if standing == path else f"{path} (not made yet)"


def _styles() -> dict[str, str]:
    library = StyleLibrary()
    found = {}
    for style in library.list():
        try:
            check_style(style)
            found[style.info.name] = "bundled" if style.bundled else "your own"
        except ColorStudioError as error:
            found[style.info.name] = error.failure.sentence
    return found | {folder.name: failure.sentence for folder, failure in library.broken}


_FINDINGS: dict[str, Callable[[], Any]] = {
    "versions": _versions,
    "computer": _computer,
    "device": _device,
    "gpu": _gpu,
    "folders": _folders,
    "styles": _styles,
}
