"""Where Color Studio keeps things: one home for each kind of file.

Without COLORSTUDIO_HOME each kind goes to the platform's usual place; with it, everything the
program keeps lies under that one folder. Nothing here makes a folder: whoever writes makes it.
"""

import os
from pathlib import Path

HOME_VARIABLE = "COLORSTUDIO_HOME"
APPLICATION = "ColorStudio"


def home() -> Path:
    """The folder for what the artist must not lose: own styles and settings."""
    return _own_home() or Path(_dirs("user_data_dir"))


def styles_folder() -> Path:
    """The artist's own styles, one folder each."""
    return home() / "styles"


def samples_folder() -> Path:
    """The artist's copies of the samples, with what was made of them."""
    return home() / "samples"


def cache_folder() -> Path:
    """What can be thrown away and made again."""
    own = _own_home()
    return own / "cache" if own else Path(_dirs("user_cache_dir"))


def log_folder() -> Path:
    """The log files, bounded in size by whoever writes them."""
    own = _own_home()
    return own / "logs" if own else Path(_dirs("user_log_dir"))


def settings_file() -> Path:
    """The one file of settings."""
    return home() / "settings.json"


def resources() -> Path:
    """What comes with the program: bundled styles, samples, icons."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_resources"  # where a wheel puts them
    return installed if installed.is_dir() else package.parent / "resources"


def expanded(text: str) -> Path:
    """A path as it was typed, with `~` for the user's folder; as it is where there is no such user.

    `Path.expanduser` raises RuntimeError there.
    """
    return Path(os.path.expanduser(text))


def _own_home() -> Path | None:
    named = os.environ.get(HOME_VARIABLE, "").strip()
    return expanded(named).absolute() if named else None


def _dirs(kind: str) -> str:
    import platformdirs  # here, because with COLORSTUDIO_HOME it is not needed

    return str(getattr(platformdirs, kind)(APPLICATION, appauthor=False))
