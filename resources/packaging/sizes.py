"""How large a bundle is, part by part: `python sizes.py dist/colour/ColorStudio`."""

import sys
from collections import Counter
from pathlib import Path

_SMALL = 1e6  # bytes; parts below are told together


def part_of(path: Path) -> str:
    """The part that a file belongs to, by its place in the bundle."""
    inside = path.parts[path.parts.index("_internal") + 1 :] if "_internal" in path.parts else ()
    if len(inside) < 2:
        return "system libraries" if ".so" in path.name or ".dll" in path.name else "program"
    name = inside[0].partition("-")[0].removesuffix(".libs")
    return {"opencv_python_headless": "cv2", "python3": "python"}.get(name, name)


def sizes(bundle: Path) -> Counter[str]:
    """Bytes of each part; links count nothing."""
    found: Counter[str] = Counter()
    for path in bundle.rglob("*"):
        if path.is_file() and not path.is_symlink():
            found[part_of(path.relative_to(bundle))] += path.stat().st_size
    return found


def main(bundle: Path) -> None:
    """Print the table, the largest first."""
    found = sizes(bundle)
    small = [name for name, size in found.items() if size < _SMALL]
    for name, size in found.most_common():
        if name not in small:
            print(f"{name:24}{size / 1e6:8.1f} MB")
    rest = sum(found[name] for name in small)
    print(f"{f'{len(small)} smaller parts':24}{rest / 1e6:8.1f} MB")
    print(f"{'all':24}{found.total() / 1e6:8.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
