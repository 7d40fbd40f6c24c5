"""A training child for tests of the window: it tells like the real one, and takes no time.

It trains until it is told what to do. STAND_IN says how it ends: `disk_full`, `no_better`,
or nothing.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from tiny_style import make_tiny_style

HOME = Path(os.environ["COLORSTUDIO_HOME"])
HOW = os.environ.get("STAND_IN", "")


def say(event: str, **rest: Any) -> None:
    print(json.dumps({"event": event, **rest}), flush=True)


def fail(kind: str, sentence: str) -> int:
    say("failed", failure={"kind": kind, "sentence": sentence, "detail": "made up"})
    print(sentence, file=sys.stderr)
    return 2


def tell_folder(folder: Path, **rest: Any) -> bool:
    """Every PNG is used but those called grey; False if there is none."""
    found = sorted(folder.glob("*.png"))
    used = [path for path in found if "grey" not in path.name]
    left = [{"path": str(p), "reason": "Without colour."} for p in found if p not in used]
    say("decoding", done=0, total=len(found))
    facts = {"small": len(used) < 8, "mixed": False, "notes": []}
    if rest:
        facts["paths"] = [str(path) for path in used]
    if found:
        say("pictures", used=len(used), held_back=min(len(used), 1), left_out=left, **facts)
    return bool(used)


def tell_look(run: Path, step: int, figure: float) -> None:
    """A look at one held-back page, whose painted picture is as red as its figure is high."""
    figures, first = {"greyscale": figure, "lineart": figure - 9}, {"greyscale": 20.0}
    say("validation", step=step, pages=1, psnr=figures, best=figures, best_step=step, start=first)
    (run / "pages").mkdir(parents=True, exist_ok=True)
    rows = []
    for mode in ("greyscale", "lineart"):
        files = {}
        for part, red in (("truth", 250), ("before", 20), ("painted", int(figure))):
            path = run / "pages" / f"{mode}-{part}-{step if part == 'painted' else ''}.png"
            Image.new("RGB", (16, 12), (red, 0, 0)).save(path)
            files[part] = str(path)
        rows.append({"mode": mode, "page": 0, **files})
    say("pages", step=step, pages=rows)


def tell_step(step: int) -> None:
    losses = {"chroma": 1 / step, "d": 1.3}
    say("step", step=step, losses=losses, pictures_per_second=4.0, seconds_left=90.0, share=0.25)


def train(folder: Path, name: str) -> int:
    run = HOME / "runs" / name
    say("run", name=name, folder=str(run), device="cpu")
    if not tell_folder(folder):
        return fail("nothing_to_do", "There is no colour picture to learn from.")
    tell_look(run, 0, 20.0)
    tell_step(1)
    if HOW == "disk_full":
        return fail("disk_full", "The disk is full. Go on with --resume.")
    (run / "last.safetensors").write_text("weights")
    say("checkpoint", path=str(run / "last.safetensors"), step=1)
    tell_look(run, 25, 26.0)
    tell_step(25)
    if sys.stdin.readline() != "keep\n":
        say("stopped", sentence="Stopped and saved.")
        return 130
    say("finishing", step=25)
    make_tiny_style(HOME / "styles" / name, name=name)
    before = {"greyscale: auto": 20.0, "lineart: auto": 11.0}
    after = before if HOW == "no_better" else {"greyscale: auto": 26.0, "lineart: auto": 17.0}
    say(
        "style",
        sentence="",
        name=name,
        pictures=4,
        steps=25,
        ended_early=False,
        no_better="mixed" if HOW == "no_better" else None,
        evaluation={"psnr": after, "psnr before training": before, "pictures": 1},
    )
    return 0


def main(words: list[str]) -> int:
    folder = Path(words[1])
    if "--look" not in words:
        name = next(word for word in words if word.startswith("--name=")).removeprefix("--name=")
        return train(folder, name)
    if not folder.is_dir():
        return fail("not_found", "The folder has gone.")
    if not tell_folder(folder, paths=True):
        return fail("nothing_to_do", "No picture was found.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
