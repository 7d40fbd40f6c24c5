"""Builds a bundle of Color Studio for this system: `python resources/packaging/build.py colour`.

    python -m pip install -r <(python resources/packaging/build.py colour --requirements)
    python resources/packaging/build.py colour           without torch; `train`: with the trainer
    python resources/packaging/build.py colour --archive what is handed out, with its checksum

The environment must hold the requirements that --requirements prints (they follow pyproject.toml)
and PyInstaller. Results lie in dist/EDITION; sizes are told part by part.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DIST, WORK = ROOT / "dist", ROOT / "build"
APPLICATION = "org.colorstudio.ColorStudio"
EDITIONS = ("colour", "train")

TRAINERS = {"torch", "scipy", "scikit-image", "safetensors"}
"""Packages that only training and evaluating need."""

BUILDERS = ("pyinstaller>=6.11,<7",)


def main() -> int:
    """Build as asked on the command line; gives the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("edition", choices=EDITIONS)
    parser.add_argument("--requirements", action="store_true", help="only print what is needed")
    parser.add_argument("--archive", action="store_true", help="pack what is handed out as well")
    parser.add_argument("--keep", action="store_true", help="pack what was built before")
    asked = parser.parse_args()
    if asked.requirements:
        print("\n".join(requirements(asked.edition)))
        return 0
    if not asked.keep:
        build(asked.edition)
    bundle = DIST / asked.edition / "ColorStudio"
    subprocess.run([sys.executable, str(HERE / "sizes.py"), str(bundle)], check=True)
    if asked.archive:
        for path in pack(asked.edition, bundle):
            write_checksum(path)
            print(f"{path.relative_to(ROOT)}  {path.stat().st_size / 1e6:.1f} MB")
    return 0


def requirements(edition: str) -> list[str]:
    """What pyproject.toml asks for, less what the edition does without.

    Bundles colour on the processor: onnxruntime with CUDA is of use only beside libraries of
    several gigabytes.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    kept = []
    for line in project["dependencies"]:
        name = re.split(r"[^\w.-]", line, maxsplit=1)[0]
        if name == "onnxruntime-gpu":
            kept.append(line.partition(";")[0].replace("onnxruntime-gpu", "onnxruntime").strip())
        elif name != "onnxruntime" and (edition == "train" or name not in TRAINERS):
            kept.append(line)
    return [*kept, *BUILDERS]


def build(edition: str) -> None:
    """Make the bundle in dist/EDITION."""
    work = WORK / edition
    papers = work / "papers"
    papers.mkdir(parents=True, exist_ok=True)
    make_icons(papers)
    environment = {
        **os.environ,
        "COLORSTUDIO_EDITION": edition,
        "COLORSTUDIO_BUILD": str(papers),
        "QT_QPA_PLATFORM": "offscreen",
    }
    options = ["--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(DIST / edition), "--workpath", str(work)]
    command = [sys.executable, "-m", "PyInstaller", *options, *places]
    subprocess.run([*command, str(HERE / "colorstudio.spec")], check=True, env=environment)
    if sys.platform.startswith("linux"):
        add_menu_files(DIST / edition / "ColorStudio", papers)


def make_icons(folder: Path) -> None:
    """The program's icon in the form of each system, from the one drawing."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    drawing = QSvgRenderer(str(ROOT / "resources" / "icons" / "colorstudio.svg"))
    image = QImage(1024, 1024, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    drawing.render(painter)
    painter.end()
    image.save(str(folder / "colorstudio-1024.png"))
    del app
    with Image.open(folder / "colorstudio-1024.png") as large:
        large.resize((256, 256), Image.Resampling.LANCZOS).save(folder / "colorstudio.png")
        large.save(folder / "colorstudio.ico", sizes=[(n, n) for n in (16, 24, 32, 48, 64, 256)])
        large.save(folder / "colorstudio.icns")


def add_menu_files(bundle: Path, papers: Path) -> None:
    """What a Linux desktop needs to know of the program, and the script that tells it."""
    share = bundle / "share"
    share.mkdir(exist_ok=True)
    for suffix in (".desktop", ".xml"):
        shutil.copy(HERE / "linux" / f"{APPLICATION}{suffix}", share)
    shutil.copy(ROOT / "resources" / "icons" / "colorstudio.svg", share / f"{APPLICATION}.svg")
    shutil.copy(papers / "colorstudio.png", share / f"{APPLICATION}.png")
    shutil.copy(HERE / "linux" / "install.sh", bundle)
    (bundle / "install.sh").chmod(0o755)


# --- packing -----------------------------------------------------------------------------------


def pack(edition: str, bundle: Path) -> list[Path]:
    """What is handed out for this system."""
    name = f"ColorStudio-{version()}-{edition}"
    if sys.platform == "win32":
        return _pack_windows(edition, bundle, name)
    if sys.platform == "darwin":
        return [_pack_macos(edition, name)]
    return [_pack_tar(bundle, name), _pack_deb(edition, bundle, name)]


def version() -> str:
    """The one version, from where it is written."""
    text = (ROOT / "colorstudio" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(.+)"', text, re.MULTILINE)
    assert found is not None
    return found.group(1)


def write_checksum(path: Path) -> None:
    """The checksum beside the file, as `sha256sum -c` reads it."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    path.with_name(path.name + ".sha256").write_text(f"{digest}  {path.name}\n", encoding="ascii")


def _pack_tar(bundle: Path, name: str) -> Path:
    target = DIST / f"{name}-linux-{platform.machine()}.tar.xz"

    def nobodys(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = "root"
        return info

    with tarfile.open(target, "w:xz", preset=6) as archive:
        archive.add(bundle, "ColorStudio", filter=nobodys)
    return target


def _pack_deb(edition: str, bundle: Path, name: str) -> Path:
    """A package for Debian, Ubuntu and Mint: installed by a double-click, into /opt."""
    machine = {"x86_64": "amd64", "aarch64": "arm64"}[platform.machine()]
    target = DIST / f"{name}-linux-{platform.machine()}.deb"
    tree = WORK / edition / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    program = tree / "opt" / "colorstudio"
    shutil.copytree(bundle, program, symlinks=True, copy_function=os.link)
    (program / "install.sh").unlink()
    share = tree / "usr" / "share"
    for folder, suffix in {
        "applications": ".desktop",
        "mime/packages": ".xml",
        "icons/hicolor/scalable/apps": ".svg",
        "icons/hicolor/256x256/apps": ".png",
    }.items():
        (share / folder).mkdir(parents=True)
        shutil.copy(program / "share" / f"{APPLICATION}{suffix}", share / folder)
    shutil.rmtree(program / "share")
    (tree / "usr" / "bin").mkdir()
    (tree / "usr" / "bin" / "colorstudio").symlink_to("/opt/colorstudio/colorstudio")
    kilobytes = sum(path.stat().st_size for path in program.rglob("*") if path.is_file()) // 1024
    (tree / "DEBIAN").mkdir()
    control = (HERE / "linux" / "control").read_text(encoding="utf-8")
    (tree / "DEBIAN" / "control").write_text(
        control.format(version=version(), machine=machine, kilobytes=kilobytes), encoding="utf-8"
    )
    command = ["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", str(tree), str(target)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(tree)
    return target


def _pack_macos(edition: str, name: str) -> Path:
    target = DIST / f"{name}-macos-{platform.machine()}.dmg"
    target.unlink(missing_ok=True)
    stage = WORK / edition / "dmg"
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir(parents=True)
    shutil.copytree(
        DIST / edition / "Color Studio.app", stage / "Color Studio.app", symlinks=True
    )  # fmt: skip
    (stage / "Applications").symlink_to("/Applications")
    made = ["hdiutil", "create", "-volname", "Color Studio", "-srcfolder", str(stage)]
    subprocess.run([*made, "-format", "UDZO", "-ov", str(target)], check=True)
    return target


def _pack_windows(edition: str, bundle: Path, name: str) -> list[Path]:
    stem = DIST / f"{name}-windows-x86_64"
    made = [Path(shutil.make_archive(str(stem), "zip", bundle.parent, bundle.name))]
    compiler = shutil.which("iscc")
    if compiler is None:
        print("iscc (Inno Setup) is not here, so there is no installer.", file=sys.stderr)
        return made
    defined = [f"/DVersion={version()}", f"/DEdition={edition}", f"/DBundle={bundle}"]
    script = str(HERE / "windows" / "colorstudio.iss")
    subprocess.run([compiler, *defined, f"/O{DIST}", script], check=True)
    return [*made, DIST / f"{name}-windows-x86_64-setup.exe"]


if __name__ == "__main__":
    sys.exit(main())
