"""Starting on a machine without the packages: main.py sets itself up, once, and can be refused."""

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import main

MAIN = Path(main.__file__)

# A build system inside the project itself: pip then has nothing to download.
BACKEND = """
import tomllib, zipfile

def build_editable(folder, settings=None, metadata=None):
    with open("pyproject.toml", "rb") as file:
        project = tomllib.load(file)["project"]
    needs = [need for need in project["dependencies"] if not need.startswith(("tiny", "never"))]
    about = ["Metadata-Version: 2.1", "Name: tinyproject", "Version: " + project["version"]]
    kind = ["Wheel-Version: 1.0", "Generator: x", "Root-Is-Purelib: true", "Tag: py3-none-any"]
    wheel = "tinyproject-" + project["version"]
    name = wheel + "-py3-none-any.whl"
    with zipfile.ZipFile(folder + "/" + name, "w") as packed:
        needed = ["Requires-Dist: " + need for need in needs]
        packed.writestr(wheel + ".dist-info/METADATA", "\\n".join([*about, *needed, ""]))
        packed.writestr(wheel + ".dist-info/WHEEL", "\\n".join([*kind, ""]))
        packed.writestr(wheel + ".dist-info/RECORD", "")
    return name
"""

PROGRAM = """
import os, sys

def main(arguments):
    print("here", os.path.basename(os.path.dirname(os.path.dirname(sys.executable))), *arguments)
    return 7
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that needs itself installed, which the running Python does not have."""
    return make_project(tmp_path / "Zoë's project")


@pytest.fixture(scope="module")
def set_up_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was started once; each test leaves it whole."""
    root = make_project(tmp_path_factory.mktemp("set up") / "Zoë's project")
    first = start(root, "colorize", "--json")
    assert (first.returncode, first.stdout) == (7, "here .venv colorize --json\n")
    assert "needs 1 packages" in first.stderr and "nothing else" in first.stderr
    return root


def make_project(root: Path) -> Path:
    (root / "colorstudio").mkdir(parents=True)
    shutil.copy(MAIN, root)
    (root / "colorstudio" / "__init__.py").write_text("")
    (root / "colorstudio" / "cli.py").write_text(PROGRAM)
    (root / "backend.py").write_text(BACKEND)
    write_needs(root, "tinyproject >= 1.0")
    return root


def write_needs(root: Path, *needs: str, version: str = "1.0") -> None:
    (root / "pyproject.toml").write_text(
        textwrap.dedent(f"""
            [build-system]
            requires = []
            build-backend = "backend"
            backend-path = ["."]
            [project]
            name = "tinyproject"
            version = "{version}"
            dependencies = {list(needs)}
        """)
    )


def start(
    root: Path, *arguments: str, python: str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    environ = {k: v for k, v in os.environ.items() if not k.startswith(("COLORSTUDIO", "PYTHON"))}
    return subprocess.run(
        [python, str(root / "main.py"), *arguments],
        env=environ | {"PIP_NO_INDEX": "1"} | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def environment_python(root: Path) -> Path:
    return root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def test_packages_that_are_there_are_used_as_they_are(project: Path) -> None:
    write_needs(project, "pytest >= 7, < 1000", "winonly; sys_platform == 'nowhere'")
    ran = start(project, "colorize", "a b")
    assert ran.returncode == 7
    assert ran.stdout.endswith("colorize a b\n")
    assert not (project / ".venv").exists()


def test_a_machine_that_was_set_up_starts_at_once(set_up_project: Path) -> None:
    ran = start(set_up_project, "doctor")
    assert (ran.returncode, ran.stdout, ran.stderr) == (7, "here .venv doctor\n", "")


def test_a_package_that_went_away_is_brought_back(set_up_project: Path) -> None:
    shutil.rmtree(next((set_up_project / ".venv").rglob("tinyproject-1.0.dist-info")))
    assert start(set_up_project).stdout == "here .venv\n"


def test_the_environment_follows_the_requirements(set_up_project: Path) -> None:
    write_needs(set_up_project, "tinyproject >= 2.0", version="2.0")
    ran = start(set_up_project)
    assert (ran.returncode, ran.stdout) == (7, "here .venv\n")
    assert start(set_up_project).stderr == ""


def test_what_stays_missing_is_not_tried_for_ever(set_up_project: Path) -> None:
    kept = (set_up_project / "pyproject.toml").read_text()
    write_needs(set_up_project, "tinyproject", "never-installed", version="2.0")
    ran = start(set_up_project)
    assert ran.returncode == 2 and "Delete that folder" in ran.stderr
    (set_up_project / "pyproject.toml").write_text(kept)


def test_what_cannot_be_installed_is_told_and_tried_again_next_time(set_up_project: Path) -> None:
    kept = (set_up_project / "pyproject.toml").read_text()
    write_needs(set_up_project, "tinyproject", "no-such-package-anywhere", version="2.0")
    failed = start(set_up_project)
    assert failed.returncode == 2
    assert "could not be installed" in failed.stderr and "Traceback" not in failed.stderr

    (set_up_project / "pyproject.toml").write_text(kept)
    assert start(set_up_project).stdout == "here .venv\n"


def test_an_environment_whose_python_went_away_is_made_anew(set_up_project: Path) -> None:
    environment_python(set_up_project).unlink()
    assert start(set_up_project).stdout == "here .venv\n"


def test_set_up_can_be_refused(project: Path) -> None:
    ran = start(project, COLORSTUDIO_NO_SETUP="1")
    assert ran.returncode == 2
    assert "pip install -e" in ran.stderr and ran.stdout == ""
    assert not (project / ".venv").exists()


def test_a_folder_that_is_something_else_is_left_alone(project: Path) -> None:
    (project / ".venv").mkdir()
    (project / ".venv" / "diary.txt").write_text("mine")
    ran = start(project)
    assert ran.returncode == 2 and "Move it" in ran.stderr
    assert (project / ".venv" / "diary.txt").read_text() == "mine"


def test_an_environment_of_somebody_else_is_left_alone(project: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(project / ".venv")], check=True
    )
    before = sorted((project / ".venv").rglob("*"))
    ran = start(project)
    assert ran.returncode == 2 and "Move it" in ran.stderr and "pip install -e" in ran.stderr
    assert sorted((project / ".venv").rglob("*")) == before


def test_a_file_in_the_environment_s_place_is_told(project: Path) -> None:
    (project / ".venv").write_text("mine")
    ran = start(project)
    assert ran.returncode == 2 and "Move it" in ran.stderr and "Traceback" not in ran.stderr
    assert (project / ".venv").read_text() == "mine"


def test_what_the_disk_refuses_is_told(set_up_project: Path) -> None:
    stamp = set_up_project / ".venv" / "colorstudio-ready.txt"
    kept = stamp.read_text()
    stamp.unlink()
    stamp.mkdir()  # now it can be neither removed as a file nor written
    ran = start(set_up_project)
    assert ran.returncode == 2
    assert "can't be used" in ran.stderr and "Traceback" not in ran.stderr
    stamp.rmdir()
    stamp.write_text(kept)


def test_ctrl_c_at_the_question_ends_quietly(project: Path) -> None:
    code = (
        "import sys, main\n"
        "def interrupted(missing): raise KeyboardInterrupt\n"
        "main.ask = interrupted\n"
        "sys.exit(main.main([]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, text=True, timeout=60
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")


def test_a_damaged_project_file_is_told(project: Path) -> None:
    (project / "pyproject.toml").write_text("[project")
    ran = start(project)
    assert ran.returncode == 2 and "Get Color Studio again" in ran.stderr


@pytest.mark.parametrize(
    ("limit", "version", "allowed"),
    [
        (">=2.10", "2.9.1", False),
        (">=2.10", "2.13.0+cpu", True),
        ("<2.14", "2.14.0", False),
        ("<2.14", "2.13.1", True),
        ("==1.0", "1.0.0", True),
        ("!=1.0", "1.0", False),
        ("~=1.4", "1.9", True),
        ("~=1.4", "2.0", False),
        (">1", "1.0.0", False),
    ],
)
def test_version_limits_mean_what_they_say(limit: str, version: str, allowed: bool) -> None:
    assert main.allows(limit, version) is allowed
