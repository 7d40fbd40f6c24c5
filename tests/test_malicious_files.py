"""Files that would do something if anybody unpickled or ran them: nobody does."""

import io
import json
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tiny_style import make_tiny_style

from colorstudio.cli import main
from colorstudio.core.failures import ColorStudioError
from colorstudio.core.hints import load_hints
from colorstudio.core.palette_files import read_palette
from colorstudio.core.reading import read_artwork
from colorstudio.jobs.journal import Journal
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import import_style


class Bomb:
    """Unpickling it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Path.touch, (self.mark,)


def _plain(bomb: Bomb) -> bytes:
    return pickle.dumps(bomb)


def _as_text(bomb: Bomb) -> bytes:
    return pickle.dumps(bomb, protocol=0)


def _as_numpy(bomb: Bomb) -> bytes:
    memory = io.BytesIO()
    np.save(memory, np.array([bomb], dtype=object), allow_pickle=True)
    return memory.getvalue()


def _zipped(bomb: Bomb) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        archive.writestr("archive/data.pkl", pickle.dumps(bomb))
        archive.writestr("mergedimage.png", pickle.dumps(bomb))
        archive.writestr("style.json", pickle.dumps(bomb))
        archive.writestr("generator.onnx", pickle.dumps(bomb))
    return memory.getvalue()


SHAPES: list[Callable[[Bomb], bytes]] = [_plain, _as_text, _as_numpy, _zipped]


@pytest.mark.reliability("R40")
@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_is_opened_nothing_in_it_is_run(
    shape: Callable[[Bomb], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark, home = tmp_path / "PWNED", tmp_path / "home"
    data = shape(Bomb(mark))
    pickle.loads(_plain(Bomb(mark)))  # the bomb works
    assert mark.exists()
    mark.unlink()
    monkeypatch.setenv("COLORSTUDIO_HOME", str(home))
    make_tiny_style(home / "styles" / "tiny", name="Tiny")
    pages = tmp_path / "pages"
    pages.mkdir()
    Image.fromarray(np.full((30, 40), 99, np.uint8)).save(pages / "page.png")
    (pages / "page.hints.json").write_bytes(data)
    for suffix in ("png", "jpg", "tif", "psd", "kra", "ora", "cbz", "pdf"):
        (pages / f"bomb.{suffix}").write_bytes(data)
        with pytest.raises(ColorStudioError):
            read_artwork(pages / f"bomb.{suffix}")
    with pytest.raises(ColorStudioError):
        load_hints(pages / "page.hints.json")
    for suffix in ("gpl", "ase", "aco", "hex", "png"):
        (tmp_path / f"bomb.{suffix}").write_bytes(data)
        with pytest.raises(ColorStudioError):
            read_palette(tmp_path / f"bomb.{suffix}")
    (tmp_path / "bomb.colorstyle").write_bytes(data)
    with pytest.raises(ColorStudioError):
        import_style(tmp_path / "bomb.colorstyle", StyleLibrary())
    for name in ("settings.json", "runs/unfinished.json"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_bytes(data)
    journal = Journal()
    journal.close()
    (next(home.rglob("journal.sqlite3"))).write_bytes(data)
    asked = ["colorize", str(pages), "-o", str(tmp_path / "out"), "--quiet"]
    assert main([*asked, "--style", "Tiny"]) == 1
    assert (tmp_path / "out" / "page.png").is_file()
    from colorstudio.ui.my_style.journal import read_unfinished
    from colorstudio.ui.settings import Settings, SettingsStore

    assert SettingsStore().value == Settings() and read_unfinished() == []
    assert not mark.exists()


@pytest.mark.reliability("R40")
def test_what_names_and_texts_hold_is_never_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLORSTUDIO_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    make_tiny_style(tmp_path / "home" / "styles" / "tiny", name="Tiny")
    pages = tmp_path / "pages"
    pages.mkdir()
    names = ["$(touch PWNED).png", "`touch PWNED`.png", "; touch PWNED;.png", "-o PWNED.png"]
    for name in names:
        Image.fromarray(np.full((30, 40), 99, np.uint8)).save(pages / name)
    hint = {"x": "__import__('os').mkdir('PWNED')", "y": 1, "radius": 2, "color": "#ffffff"}
    (pages / "-o PWNED.hints.json").write_text(json.dumps({"hints": [hint]}))
    asked = ["colorize", str(pages), "-o", str(tmp_path / "out"), "--style", "Tiny", "--json"]
    assert main(asked) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["done"] == len(names)
    assert not list(tmp_path.rglob("PWNED"))
