"""The commands about styles, and the one that tells about this computer."""

import json
from pathlib import Path

import pytest
from cli_support import objects
from tiny_style import make_tiny_style

from colorstudio.cli import main

pytestmark = pytest.mark.usefixtures("command_home")


@pytest.fixture
def own_home(command_home: Path) -> Path:
    return command_home


def test_styles_are_listed_shown_given_away_and_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["styles", "export", "starter"]) == 0
    assert (tmp_path / "starter.colorstyle").is_file()
    assert main(["styles", "export", "starter"]) == 2  # never overwrites
    assert main(["styles", "import", "starter.colorstyle"]) == 2  # the name is taken
    assert main(["styles", "import", "starter.colorstyle", "--name", "My ink"]) == 0
    capsys.readouterr()

    assert main(["styles", "list", "--json"]) == 0
    assert [o["name"] for o in objects(capsys.readouterr().out)] == ["starter", "My ink"]
    assert main(["styles", "show", "my ink", "--json"]) == 0
    (shown,) = objects(capsys.readouterr().out)
    assert shown["name"] == "My ink" and "luma" in shown["inputs"] and not shown["bundled"]

    assert main(["styles", "remove", "my ink"]) == 0
    for wrong in (["remove", "starter"], ["remove", "My ink"], ["show", "x"], ["import", "x"], []):
        capsys.readouterr()
        assert main(["styles", *wrong]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_list_has_a_line_for_each_style_however_much_it_says_of_itself(
    own_home: Path, capsys: pytest.CaptureFixture
) -> None:
    folder = make_tiny_style(own_home / "styles" / "loud", name="loud")
    description = json.loads((folder / "style.json").read_text())
    description["description"] = "猫" * 100_000
    (folder / "style.json").write_text(json.dumps(description))
    assert main(["styles", "list"]) == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.startswith("loud (your own): 猫") and line.endswith("…") and len(line) < 400


def test_broken_styles_are_listed_with_the_reason(
    own_home: Path, capsys: pytest.CaptureFixture
) -> None:
    (own_home / "styles" / "torn").mkdir(parents=True)
    exchanged = make_tiny_style(own_home / "styles" / "exchanged", name="exchanged")
    (exchanged / "generator.onnx").write_bytes(b"no")
    assert main(["styles", "list"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3 and "torn" in lines[1] and "exchanged" in lines[2]


def test_doctor_tells_what_a_bug_report_needs(capsys: pytest.CaptureFixture) -> None:
    assert main(["doctor", "--json"]) == 0
    (found,) = objects(capsys.readouterr().out)
    assert found["versions"]["python"].startswith("3.")
    assert found["device"]["in use"] in ("CPU", "CUDA")
    assert "CPUExecutionProvider" in found["device"]["listed"]
    assert found["styles"] == {"starter": "bundled"}


def test_doctor_never_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    (tmp_path / "resources" / "styles" / "starter" / "style.json").write_text("{")
    monkeypatch.setenv("COLORSTUDIO_HOME", "/proc/nowhere")
    monkeypatch.setenv("PATH", "")
    assert main(["doctor"]) == 0
    told = capsys.readouterr()
    assert "can't be written" in told.out and "can't be used" in told.out and told.err == ""
