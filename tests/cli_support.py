"""The command line in this very process, for tests: what it is told, and what it prints."""

import json
from typing import Any

from colorstudio.cli import main


def colorize(*arguments: object) -> int:
    return main(["colorize", *map(str, arguments)])


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]
