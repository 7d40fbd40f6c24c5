"""Prints what CHANGELOG.md says of a version: `python release_notes.py 0.2.0`."""

import re
import sys
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"


def notes(version: str, text: str) -> str:
    """The section of that version, without its heading; ValueError if there is none."""
    heading = rf"^## {re.escape(version)}(?:[ \t][^\n]*)?$"
    found = re.search(rf"{heading}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if found is None or not found.group(1).strip():
        raise ValueError(f"CHANGELOG.md says nothing of version {version}.")
    return found.group(1).strip()


if __name__ == "__main__":
    try:
        print(notes(sys.argv[1], CHANGELOG.read_text(encoding="utf-8")))
    except ValueError as error:
        sys.exit(str(error))
