"""`colorstudio styles`: the style library by hand."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Final

from colorstudio.cli.console import say, say_json
from colorstudio.core.failures import ColorStudioError, FailureKind, printable
from colorstudio.styles.checks import check_style
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import SUFFIX, export_style, import_style
from colorstudio.styles.style import Style

_MOST_LETTERS: Final = (
    300  # of a description in the list; whoever made a style may have written more
)


def run(namespace: argparse.Namespace) -> int:
    """Do the action asked for; raises ColorStudioError where it can't be done."""
    return _ACTIONS[namespace.action](namespace)


def _list(namespace: argparse.Namespace) -> int:
    """Every style, each one checked; 1 if some are broken."""
    library = StyleLibrary()
    styles, broken = library.list(), list(library.broken)
    for style in styles:
        try:
            check_style(style)
        except ColorStudioError as error:
            broken.append((style.folder, error.failure))
        else:
            _tell_style(style, as_json=namespace.json)
    for folder, failure in broken:
        if namespace.json:
            say_json(event="broken", folder=str(folder), failure=asdict(failure))
        else:
            say(failure.sentence)
    return 1 if broken else 0


def _tell_style(style: Style, *, as_json: bool) -> None:
    info = style.info
    if as_json:
        say_json(event="style", name=info.name, folder=str(style.folder), bundled=style.bundled)
        return
    origin = "bundled" if style.bundled else "your own"
    pictures = "1 picture" if info.pictures == 1 else f"{info.pictures:,} pictures"
    made = f"Trained on {pictures}." if info.pictures else "no description"
    words = info.description
    if len(words) > _MOST_LETTERS:
        words = f"{words[:_MOST_LETTERS]} …"
    say(f"{info.name} ({origin}): {words or made}")


def _show(namespace: argparse.Namespace) -> int:
    style = StyleLibrary().find(namespace.style)
    facts = check_style(style)
    known = asdict(style.info) | {
        "bundled": style.bundled,
        "folder": str(style.folder),
        "inputs": sorted(facts.inputs),
        "outputs": sorted(facts.outputs),
    }
    if namespace.json:
        say_json(event="style", **known)
        return 0
    for key, value in known.items():
        say(f"{key.replace('_', ' ')}: {_in_words(value)}")
    return 0


def _in_words(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {part}" for key, part in value.items())
    return str(value)


def _import(namespace: argparse.Namespace) -> int:
    style = import_style(namespace.file, StyleLibrary(), name=namespace.name)
    say(f"The style “{style.info.name}” is in your library now.")
    return 0


def _export(namespace: argparse.Namespace) -> int:
    style = StyleLibrary().find(namespace.style)
    target = namespace.file or Path(f"{style.info.name}{SUFFIX}")
    if target.exists() or target.with_name(target.name + SUFFIX).exists():
        raise ColorStudioError(
            FailureKind.USAGE,
            f"“{printable(target.name)}” is there already. Choose another file name.",
        )
    say(f"The style “{style.info.name}” is in {export_style(style, target)}.")
    return 0


def _remove(namespace: argparse.Namespace) -> int:
    StyleLibrary().remove(namespace.style)
    say(f"The style “{printable(namespace.style)}” is removed.")
    return 0


_ACTIONS = {
    "list": _list,
    "show": _show,
    "import": _import,
    "export": _export,
    "remove": _remove,
}
