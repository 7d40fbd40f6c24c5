"""The program starts itself: as a module, or as the bundle's program; with and without training."""

import subprocess
import sys
from pathlib import Path

import pytest

from colorstudio.cli import main
from colorstudio.core import own_program
from colorstudio.ui.my_style.absent_page import AbsentPage


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As if this ran from a bundle with a program for consoles."""
    folder = tmp_path / "Color Studio 彩"
    folder.mkdir()
    (folder / own_program.CONSOLE_PROGRAM).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "Color Studio"))
    return folder


def test_a_module_of_the_same_name_elsewhere_is_not_taken(tmp_path):
    (tmp_path / "colorstudio.py").write_text("print('wrong')", encoding="utf-8")
    command = own_program.command("--help")
    done = subprocess.run(
        command, env=own_program.environment(), cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0 and "colorize" in done.stdout


def test_a_bundle_starts_its_own_program(bundle, monkeypatch):
    monkeypatch.setattr(sys, "platform", "linux")
    assert own_program.command("train", "x") == [str(bundle / "Color Studio"), "train", "x"]
    assert "PYTHONPATH" not in own_program.environment()


def test_on_windows_a_bundle_starts_the_one_whose_output_can_be_read(bundle, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    assert own_program.command("train") == [str(bundle / "colorstudio.exe"), "train"]


@pytest.mark.parametrize("command", ["train", "evaluate"])
def test_the_edition_that_only_colours_says_where_training_is(bundle, command, monkeypatch, capsys):
    monkeypatch.setattr(own_program, "can_train", lambda: False)
    assert main([command, "pages", "--help"]) == 2
    assert capsys.readouterr().err.strip() == own_program.NO_TRAINING


def test_a_python_without_torch_is_told_how_to_get_it(monkeypatch, capsys):
    monkeypatch.setattr(own_program, "can_train", lambda: False)
    assert main(["train", "pages"]) == 2
    assert "pip install torch" in capsys.readouterr().err


def test_the_wizard_of_that_edition_says_so_and_starts_nothing(window, monkeypatch):
    monkeypatch.setattr(own_program, "can_train", lambda: False)
    window.style_tools.train_action.trigger()
    wizard = window.style_tools.wizard
    assert isinstance(wizard.page, AbsentPage) and "Colour + Train" in wizard.page.text.text()
    assert not wizard.next_button.isVisible() and wizard.cancel_button.isVisible()
    wizard.cancel_button.click()
    assert not wizard.isVisible()
