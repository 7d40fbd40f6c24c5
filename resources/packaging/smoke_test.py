"""Tries a bundle by command line, alike on all systems: `python smoke_test.py dist/colour`.

The bundle is moved to a folder with spaces and signs of two scripts in its name. It colours the
samples, tells about itself, and trains a few steps or says why it can't.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

STEPS = "4"


def program_of(folder: Path) -> Path:
    """The program to call, in dist/EDITION or wherever that was moved to."""
    if sys.platform == "darwin":
        return folder / "Color Studio.app" / "Contents" / "MacOS" / "colorstudio"
    return folder / "ColorStudio" / ("colorstudio.exe" if os.name == "nt" else "colorstudio")


class Trial:
    """A bundle somewhere, with a home of its own."""

    def __init__(self, program: Path, place: Path) -> None:
        self._program = program
        kept = {"SYSTEMROOT", "TEMP", "TMP", "TMPDIR"}
        self._environment = {k: v for k, v in os.environ.items() if k.upper() in kept}
        self._environment |= {"COLORSTUDIO_HOME": str(place / "home"), "PYTHONUTF8": "1",
                              "LANG": "C.UTF-8"}  # fmt: skip

    def run(self, *arguments: object, status: int = 0) -> str:
        """What it says; leaves with a sentence where the exit status is another."""
        command = [str(self._program), *map(str, arguments)]
        done = subprocess.run(
            command, env=self._environment, capture_output=True, timeout=900, check=False
        )
        said = (done.stdout + done.stderr).decode("utf-8", "replace")
        if done.returncode != status:
            sys.exit(f"{' '.join(command)}\nended with {done.returncode}:\n{said}")
        return said


def main(built: Path) -> None:
    """Try it all."""
    with tempfile.TemporaryDirectory(prefix="Färben 彩色 ") as made:
        place = Path(made)
        folder = place / "my bundle"
        folder.mkdir()
        name = "Color Studio.app" if sys.platform == "darwin" else "ColorStudio"
        shutil.copytree(built / name, folder / name, symlinks=True)
        trial = Trial(program_of(folder), place)
        samples = next(folder.rglob("samples"))
        count = len(list(samples.glob("*.png")))
        said = trial.run("colorize", samples, "-o", place / "out", "--device", "cpu")
        assert f"{count} coloured" in said and "changed luma pixels: 0" in said, said
        assert "starter: bundled" in trial.run("doctor")
        if any(folder.rglob("torch")):
            trial.run("train", place / "out", "--name", "Try 试", "--steps", STEPS,
                      "--device", "cpu")  # fmt: skip
            trial.run("evaluate", place / "out", "--most", "1", "--hints", "0", "--device", "cpu")
            mine = ("--style", "Try 试", "--device", "cpu")
            trial.run("colorize", samples / "greyscale-owl.png", "-o", place / "mine", *mine)
        else:
            said = trial.run("train", place / "out", "--name", "Try", status=2)
            assert "Colour + Train" in said, said
        print(f"{built.name}: coloured {count} samples, and all else went well.")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
