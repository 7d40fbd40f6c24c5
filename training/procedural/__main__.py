"""`python -m training.procedural`: write pairs for training, or the sample pictures."""

import argparse
import sys
from pathlib import Path

from PIL import Image

from training.procedural.samples import write_samples
from training.procedural.scenes import KINDS, draw_scene


def write_pairs(
    folder: Path, count: int, seed: int, size: int = 512, kind: str | None = None
) -> None:
    """Write `count` pairs such as 000007.line.png and 000007.color.png of size × size pixels.

    Each bears the number of its seed, from `seed` on, so that several calls fill one folder.
    `kind` (one of KINDS) fixes what is drawn. Raises OSError where the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(seed, seed + count):
        scene = draw_scene(number, size, size, kind)
        Image.fromarray(scene.lines).save(folder / f"{number:06d}.line.png", compress_level=3)
        Image.fromarray(scene.colour).save(folder / f"{number:06d}.color.png", compress_level=3)


def main(argv: list[str] | None = None) -> int:
    """Run the command; return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m training.procedural", description=__doc__)
    parser.add_argument("--folder", type=Path, help="write pairs of line art and colour here")
    parser.add_argument("--count", type=int, default=100, help="how many pairs (default: 100)")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first pair (default: 1)")
    parser.add_argument("--size", type=int, default=512, help="side in pixels (default: 512)")
    parser.add_argument("--kind", choices=KINDS, help="draw this only (default: chance decides)")
    parser.add_argument("--samples", type=Path, help="write the sample pictures here")
    choices = parser.parse_args(argv)
    if choices.folder is None and choices.samples is None:
        parser.error("Say what to write: --folder DIR or --samples DIR.")
    try:
        if choices.samples is not None:
            write_samples(choices.samples)
        if choices.folder is not None:
            write_pairs(choices.folder, choices.count, choices.seed, choices.size, choices.kind)
    except OSError as error:
        print(
            f"The pictures could not be written: {error}. Choose another folder.", file=sys.stderr
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
