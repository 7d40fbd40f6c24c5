"""Start Color Studio: `python3 main.py …`, on a fresh machine too.

Python's standard library is all this file needs. When packages are missing it puts them, after
saying so, into an environment of its own beside itself (`.venv`) and starts again inside it. It
stays readable for old Pythons, so that they too can be told which one is needed.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
PROJECT = ROOT / "pyproject.toml"
ENVIRONMENT = ROOT / ".venv"
MARKER = ENVIRONMENT / "made-by-colorstudio.txt"  # others' environments are left alone
STAMP = ENVIRONMENT / "colorstudio-ready.txt"  # which requirements the environment fulfils

NO_SETUP = "COLORSTUDIO_NO_SETUP"
HANDED_OVER = "COLORSTUDIO_HANDED_OVER"  # how often this start has started itself again

SIZE = "6 GB" if sys.platform.startswith("linux") else "1.5 GB"  # on the disk; Linux: with CUDA
NOT_STARTED, INTERRUPTED = 2, 130


class SetupError(Exception):
    """The packages can't be had; the text is the sentence to show."""


def main(arguments: list[str]) -> int:
    """Run the program with the arguments, setting its packages up first where needed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an old Python gets this far
        complain(f"Color Studio needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
        return NOT_STARTED
    try:
        missing = missing_packages()
        if not missing:
            os.environ.pop(HANDED_OVER, None)  # not for programs started from here
            return run_program(arguments)
        return run_inside(missing, arguments)
    except SetupError as error:
        complain(str(error))
        return NOT_STARTED
    except KeyboardInterrupt:
        return INTERRUPTED


def run_program(arguments: list[str]) -> int:
    from colorstudio.cli import main as program

    return program(arguments)


def run_inside(missing: list[str], arguments: list[str]) -> int:
    """Run the program in the environment, set up first where needed. Raises SetupError."""
    try:
        set_up(missing)
        return hand_over(arguments)
    except OSError as error:
        raise SetupError(
            f"The environment {ENVIRONMENT} can't be used ({error.strerror or error}). Check the "
            "room on the disk and the rights of the folder, then start again."
        ) from None


# --- what is needed ----------------------------------------------------------------------------


def missing_packages() -> list[str]:
    """The project's requirements that the running Python does not fulfil."""
    import tomllib

    try:
        project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    except (OSError, ValueError, KeyError):
        raise SetupError(f"{PROJECT} is missing or damaged. Get Color Studio again.") from None
    present = installed_packages()
    return [need for need in project.get("dependencies", []) if not is_met(need, present)]


def installed_packages() -> dict[str, str]:
    """Version of each installed package, read off folder names: importlib.metadata takes longer
    to import than the rest of this file to run."""
    versions: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            parts = re.match(r"(.+?)-(\d[^-]*)(?:-py[^-]+)?\.(?:dist|egg)-info$", name)
            if parts is not None:
                versions.setdefault(normal(parts.group(1)), parts.group(2))
    return versions


def normal(name: str) -> str:
    """All spellings of a package's name are one: `PySide6_Essentials` is `pyside6-essentials`."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_met(requirement: str, present: dict[str, str]) -> bool:
    """True if the requirement (`name >= version; marker`) is met, or not for this system."""
    parts = re.match(r"\s*([\w.-]+)\s*(?:\[[^]]*\])?\s*\(?([^;)]*)\)?\s*;?\s*(.*)", requirement)
    if parts is None:
        return False
    name, limits, marker = parts.groups()
    if not is_for_here(marker):
        return True
    version = present.get(normal(name))
    return version is not None and all(
        allows(limit, version) for limit in limits.split(",") if limit.strip()
    )


def is_for_here(marker: str) -> bool:
    """True if a requirement's marker, the part after `;`, holds for this system."""
    ways = re.split(r"\s+or\s+", marker)
    return any(all(holds(part) for part in re.split(r"\s+and\s+", way)) for way in ways)


def holds(condition: str) -> bool:
    """One condition of a marker, such as `sys_platform == "darwin"`; unknown ones hold."""
    import platform

    facts = {
        "sys_platform": sys.platform,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "os_name": os.name,
    }
    parts = re.match(r"\(*\s*(\w+)\s*(==|!=)\s*[\"']([^\"']*)[\"']", condition.strip())
    if parts is None or parts.group(1) not in facts:
        return True
    return (facts[parts.group(1)] == parts.group(3)) == (parts.group(2) == "==")


def allows(limit: str, version: str) -> bool:
    """One version limit, such as `>=2.10`, by the numbers of the release."""
    parts = re.match(r"\s*(>=|<=|==|!=|~=|>|<)\s*([\d.]+)", limit)
    if parts is None:
        return True
    wanted, present = release(parts.group(2)), release(version)
    if parts.group(1) == "~=":
        return present >= wanted and present[: len(wanted) - 1] == wanted[:-1]
    width = max(len(wanted), len(present))
    wanted, present = (part + (0,) * (width - len(part)) for part in (wanted, present))
    return {
        ">=": present >= wanted,
        "<=": present <= wanted,
        "==": present == wanted,
        "!=": present != wanted,
        ">": present > wanted,
        "<": present < wanted,
    }[parts.group(1)]


def release(version: str) -> tuple[int, ...]:
    """The numbers of a version: `2.10.0+cpu` is (2, 10, 0)."""
    leading = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(number) for number in leading.group().split(".")) if leading else ()


# --- the environment ---------------------------------------------------------------------------


def set_up(missing: list[str]) -> None:
    """Make the environment, or complete it. Raises SetupError if that is impossible."""
    tries = int(os.environ.get(HANDED_OVER, "0"))
    if tries > 1:
        raise SetupError(
            f"The packages in {ENVIRONMENT} stay incomplete ({', '.join(missing)}). "
            "Delete that folder and start again."
        )
    if is_ready() and tries == 0:
        return
    if not is_ours():
        raise SetupError(
            f"{ENVIRONMENT} is not of Color Studio's making. Move it, then start again; "
            f"or put the packages into an environment of yours: {by_hand()}"
        )
    ask(missing)
    if not works():
        make_environment()
    install()


def is_ready() -> bool:
    """True if the environment was completed for the present requirements."""
    try:
        return environment_python().exists() and STAMP.read_text(encoding="utf-8") == stamp()
    except (OSError, ValueError):
        return False


def is_ours() -> bool:
    """True if the environment may be filled or deleted: made here, or nothing is there yet."""
    if MARKER.is_file() or STAMP.is_file():
        return True
    if not os.path.lexists(ENVIRONMENT):
        return True
    is_folder = ENVIRONMENT.is_dir() and not ENVIRONMENT.is_symlink()
    return is_folder and not any(ENVIRONMENT.iterdir())  # a start may have stopped right there


def stamp() -> str:
    """Changes when the requirements change or when the folder was moved."""
    return f"{hashlib.sha256(PROJECT.read_bytes()).hexdigest()} {str(ROOT)!a}"


def environment_python() -> Path:
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def works() -> bool:
    """True if the environment's Python starts and has its installer."""
    try:
        return call([str(environment_python()), "-c", "import pip"], quiet=True) == 0
    except OSError:
        return False


def ask(missing: list[str]) -> None:
    """Say what will happen; on a terminal wait for Enter. Raises SetupError for a refusal."""
    hint = f"To do it by hand: {by_hand()}"
    needs = f"Color Studio needs {len(missing)} packages (about {SIZE})."
    if os.environ.get(NO_SETUP, "") not in ("", "0"):
        raise SetupError(f"{needs} {NO_SETUP} is set, so nothing is installed. {hint}")
    complain(f"{needs} They are put into {ENVIRONMENT}; nothing else on this computer is touched.")
    if not (is_terminal(sys.stdin) and is_terminal(sys.stderr)):
        return
    complain("Press Enter to go on, or Ctrl-C to stop.")
    if not sys.stdin.readline():
        raise SetupError(f"Nothing is installed. {hint}")


def by_hand() -> str:
    return f'{Path(sys.executable).name} -m pip install -e "{ROOT}"'


def make_environment() -> None:
    from importlib.util import find_spec

    if find_spec("venv") is None or find_spec("ensurepip") is None:
        raise SetupError(
            "This Python can't make environments. Install that part of it (on Debian and "
            f"Ubuntu: sudo apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv), "
            "then start again."
        )
    clear_environment()
    try:
        ENVIRONMENT.mkdir()
        MARKER.write_text("Color Studio may delete this folder.\n", encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"The folder {ROOT} can't be written ({error.strerror}). "
            "Copy Color Studio to a folder of your own, then start again."
        ) from None
    # Inside the environment that was just cleared away, its own Python is gone.
    python = getattr(sys, "_base_executable", None) or sys.executable
    if call([python, "-m", "venv", str(ENVIRONMENT)]) != 0:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        raise SetupError(f"The environment {ENVIRONMENT} could not be made; see above.")


def clear_environment() -> None:
    """Delete a half-made or broken environment; set_up has seen that it is ours."""
    if ENVIRONMENT.is_symlink():
        raise SetupError(f"{ENVIRONMENT} is a link to elsewhere. Remove it, then start again.")
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)


def install() -> None:
    """Put the packages into the environment; the stamp comes last, so a half is never a whole."""
    STAMP.unlink(missing_ok=True)
    pip = [str(environment_python()), "-m", "pip", "install", "--disable-pip-version-check"]
    if call([*pip, "--no-input", "-e", str(ROOT)]) != 0:
        raise SetupError(
            "The packages could not be installed; the reason stands above. Check the network "
            "and the room on the disk, then start again: what is there already is kept."
        )
    STAMP.write_text(stamp(), encoding="utf-8")


def hand_over(arguments: list[str]) -> int:
    """Start again inside the environment, with the same arguments."""
    command = [str(environment_python()), str(ROOT / "main.py"), *arguments]
    tries = int(os.environ.get(HANDED_OVER, "0"))
    environ = {**os.environ, HANDED_OVER: str(tries + 1)}
    if os.name != "nt":
        os.execve(command[0], command, environ)
    process = subprocess.Popen(command, env=environ)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # the child got it too, and says how it ended
            continue


# --- small things ------------------------------------------------------------------------------


def call(command: list[str], *, quiet: bool = False) -> int:
    """Run a command; what it prints goes to standard error, which may not be there at all."""
    visible = sys.stderr is not None and not quiet
    target = sys.stderr.fileno() if visible else subprocess.DEVNULL
    return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=target, stderr=target)


def complain(sentence: str) -> None:
    if sys.stderr is None:  # started without a console
        return
    if hasattr(sys.stderr, "reconfigure"):
        sys.stderr.reconfigure(errors="backslashreplace")  # any folder's name on any terminal
    print(sentence, file=sys.stderr, flush=True)


def is_terminal(stream: object) -> bool:
    return stream is not None and getattr(stream, "isatty", lambda: False)()


if __name__ == "__main__":
    _status = main(sys.argv[1:])
    # All is done: a late Ctrl-C, while Python leaves, must not make it look broken.
    for _late in (signal.SIGINT, signal.SIGTERM):
        signal.signal(_late, signal.SIG_IGN)
    sys.exit(_status)
