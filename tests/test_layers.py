"""The layers hold: what each part drags in, looked at in a fresh process."""

import subprocess
import sys

import pytest

HEAVY = ("torch", "onnxruntime", "PySide6", "onnx", "cv2", "psd_tools", "skimage")


def loaded_with(module: str) -> set[str]:
    """Which heavy packages a fresh interpreter has loaded after importing the module."""
    ask = f"import sys, {module}; print(*[n for n in {HEAVY} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("module", "allowed"),
    [
        ("colorstudio", set()),
        ("colorstudio.cli", set()),
        ("colorstudio.cli.parser", set()),
        ("training.command", set()),
        ("colorstudio.core.reading", set()),
        ("colorstudio.core.recompose", {"cv2"}),
        ("colorstudio.core.layer_files", {"cv2"}),
        ("colorstudio.styles.library", {"onnx"}),
        ("colorstudio.jobs.pipeline", {"cv2"}),
        ("colorstudio.inference.colorizer", {"cv2", "onnx", "onnxruntime"}),
        ("colorstudio.ui.main_window", {"cv2", "onnx", "PySide6"}),
        ("training.trainer", {"torch", "cv2", "onnx", "onnxruntime"}),
    ],
)
def test_a_part_brings_no_more_than_its_layer_allows(module, allowed):
    assert loaded_with(module) <= allowed


def test_importlinter_finds_the_contracts_kept():
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout
