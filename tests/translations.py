"""Brings the window's translations up to date with its texts.

    python tests/translations.py

Texts that are new stand in resources/translations/*.ts as unfinished: translate them there (by
hand or in Qt Linguist), then run this again, which writes the compiled .qm files beside them.
"""

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parents[1]
TRANSLATIONS = ROOT / "resources" / "translations"
LANGUAGES = ("zh_CN", "ja")
PARTS = ("colorstudio", "training")
# How the layers without Qt mark their sentences (core/failures.py).
ALIASES = "tr+=worded,tr+=marked"


def sources_of_texts() -> list[Path]:
    """Every file that may hold texts for the window."""
    return sorted(path for part in PARTS for path in (ROOT / part).rglob("*.py"))


def main() -> int:
    """Collect, compile, and say how many texts still want a translation."""
    sources = [str(path.relative_to(ROOT)) for path in sources_of_texts()]
    for language in LANGUAGES:
        target = TRANSLATIONS / f"colorstudio_{language}.ts"
        options = ("-silent", "-no-obsolete", "-locations", "none", "-tr-function-alias", ALIASES)
        _run("lupdate", *options, *sources, "-ts", str(target))
        _run("lrelease", "-silent", str(target))
        left = target.read_text(encoding="utf-8").count('type="unfinished"')
        print(f"{target.name}: {left} to translate" if left else f"{target.name}: complete")
    return 0


def _run(tool: str, *arguments: str) -> None:
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(PySide6.__file__).with_name(tool + suffix)
    subprocess.run([str(program), *arguments], cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main())
