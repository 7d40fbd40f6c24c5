"""What the packaging scripts promise, without building anything."""

import json
import re
import sys
from importlib import import_module
from pathlib import Path

import pytest

from colorstudio import __version__
from colorstudio.styles.package import SUFFIX

ROOT = Path(__file__).resolve().parents[1]
PACKAGING = ROOT / "resources" / "packaging"
sys.path.insert(0, str(PACKAGING))
build, papers, release_notes, sizes, trimming = map(
    import_module, ("build", "papers", "release_notes", "sizes", "trimming")
)


def names(edition: str) -> set[str]:
    return {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in build.requirements(edition)}


def test_the_editions_differ_by_what_training_needs_and_follow_the_project():
    assert names("train") - names("colour") == build.TRAINERS
    assert {"onnxruntime", "PySide6-Essentials"} <= names("colour")
    assert "onnxruntime-gpu" not in names("train")


def test_the_version_is_the_one_in_the_program():
    assert build.version() == __version__


def test_a_checksum_is_read_by_the_usual_tool(tmp_path):
    file = tmp_path / "bundle.tar.xz"
    file.write_bytes(b"abc")
    build.write_checksum(file)
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    line = f"{digest}  bundle.tar.xz\n"
    assert (tmp_path / "bundle.tar.xz.sha256").read_text() == line


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqeglfs.so", False),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/imageformats/libqpdf.so", False),
        ("PySide6/Qt/plugins/platforminputcontexts/libqtvirtualkeyboardplugin.so", False),
        ("PySide6/Qt/lib/libQt6Widgets.so.6", True),
        ("PySide6/Qt/lib/libQt6Quick.so.6", False),
        ("PySide6/Qt6Qml.dll", False),
        ("PySide6/Qt/translations/qtbase_zh_CN.qm", True),
        ("PySide6/Qt/translations/qtbase_gd.qm", False),
        ("PySide6/Qt/translations/qt_help_de.qm", False),
        ("colorstudio/_resources/translations/colorstudio_zh_CN.qm", True),
        ("colorstudio/_resources/styles/starter/generator.onnx", True),
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/include/ATen/ATen.h", False),
        ("skimage/color/__init__.pyi", True),
        ("cv2/__init__.pyi", False),
    ],
)
def test_what_is_left_out_of_a_bundle(name, wanted):
    assert trimming.is_wanted(name) == wanted


def test_the_sizes_add_up(tmp_path):
    inside = tmp_path / "_internal"
    for name, size in (("cv2/cv2.so", 3), ("opencv_python_headless.libs/a.so", 4), ("libx.so", 5)):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_bytes(b"x" * size)
    (tmp_path / "colorstudio").write_bytes(b"x")
    assert sizes.sizes(tmp_path) == {"cv2": 7, "system libraries": 5, "program": 1}


def test_the_notes_of_a_release_are_the_changelog_s():
    text = (
        "# Changes\n\n## Unreleased\n\n- new\n\n## 0.2.0 - 1 May\n\n- more\n\n## 0.1.0\n\n- old\n"
    )
    assert release_notes.notes("0.2.0", text) == "- more"
    with pytest.raises(ValueError, match=r"0\.3\.0"):
        release_notes.notes("0.3.0", text)
    changelog = release_notes.CHANGELOG.read_text(encoding="utf-8")
    assert release_notes.notes(__version__, changelog)


def test_the_papers_name_what_is_inside_with_its_licences(tmp_path):
    papers.write_papers(tmp_path, "1.0", ["numpy.core", "PIL.Image", "colorstudio.app"], [])
    notices = (tmp_path / "THIRD-PARTY-NOTICES.txt").read_text(encoding="utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in notices and "Pillow" in notices
    sbom = json.loads((tmp_path / "sbom.cdx.json").read_text(encoding="utf-8"))
    found = {part["name"].lower() for part in sbom["components"]}
    assert found == {"numpy", "pillow", "python"}
    assert len(sbom["dependencies"][0]["dependsOn"]) == 3


def test_desktops_know_the_style_files_by_their_suffix():
    for file in ("linux/org.colorstudio.ColorStudio.xml", "windows/colorstudio.iss"):
        assert SUFFIX in (PACKAGING / file).read_text(encoding="utf-8")
    types = re.search(
        r"^MimeType=(.*)$",
        (PACKAGING / "linux/org.colorstudio.ColorStudio.desktop").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert "application/x-colorstyle" in types.group(1).split(";")
