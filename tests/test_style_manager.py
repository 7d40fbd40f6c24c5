"""The style manager, on the real window with real style files."""

import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tiny_style import change_description, make_tiny_style
from window_support import LONG, colorize, drop, files, held_up, open_and_wait

from colorstudio.core.failures import ColorStudioError
from colorstudio.styles.library import StyleLibrary
from colorstudio.styles.package import export_style
from colorstudio.styles.style import load_style
from colorstudio.ui.style_manager.words import figures_lines

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow
    from colorstudio.ui.style_manager.manager import StyleManager

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A style file from a friend, with a sample and two lines of credits."""
    folder = make_tiny_style(
        tmp_path / "made", name="Friend", author="A. Friend", credits=["Pages by A.", "CC BY 4.0"]
    )
    Image.new("RGB", (64, 48), "teal").save(folder / "sample.png")
    return export_style(load_style(folder), tmp_path / "friend.colorstyle")


@pytest.fixture
def manager(window: "MainWindow", qtbot: QtBot) -> "StyleManager":
    """The manager, opened from the window, with the starter and Tiny in it."""
    window.style_tools.styles_action.trigger()
    made = window.style_tools.manager
    made.confirm = lambda question: True
    qtbot.waitUntil(lambda: names(made) == ["starter", "Tiny"], timeout=LONG)
    return made


def names(manager: "StyleManager") -> list[str]:
    texts = [manager.list.item(row).text() for row in range(manager.list.count())]
    return [text.removesuffix("  (in use)") for text in texts]


def choose(manager: "StyleManager", name: str) -> None:
    manager.list.setCurrentRow(names(manager).index(name))


def test_a_style_is_told_with_everything_known_of_it(manager: "StyleManager", qtbot: QtBot) -> None:
    choose(manager, "starter")
    text = manager.details.text
    assert "Came with Color Studio" in text and "CC BY 4.0" in text
    assert "with 10 hints" in text and "smaller" in text and "David Revoy" in text
    qtbot.waitUntil(lambda: not manager.details.sample.pixmap().isNull(), timeout=LONG)
    assert not manager.remove_button.isEnabled() and not manager.rename_button.isEnabled()
    choose(manager, "Tiny")
    assert "Your own" in manager.details.text and "No figures" in manager.details.text
    assert manager.remove_button.isEnabled()


def test_a_style_file_dropped_on_the_manager_is_in_the_library(
    manager: "StyleManager", window: "MainWindow", package: Path, qtbot: QtBot
) -> None:
    drop(manager, files(package))
    qtbot.waitUntil(lambda: names(manager) == ["starter", "Friend", "Tiny"], timeout=LONG)
    assert manager.style_now is not None and manager.style_now.info.name == "Friend"
    assert "Pages by A.\n\nCC BY 4.0" in manager.details.text
    assert window.tools.styles.findData("Friend") >= 0
    drop(manager, files(package))
    qtbot.waitUntil(lambda: "a style called “Friend” already" in manager.messages.sentence)
    assert "Rename or remove that one" in manager.messages.sentence, "what can be done here"


def test_a_style_file_dropped_on_the_window_opens_the_manager(
    window: "MainWindow", package: Path, pages: Path, qtbot: QtBot
) -> None:
    drop(window, files(package, pages))
    qtbot.waitUntil(lambda: "Friend" in names(window.style_tools.manager), timeout=LONG)
    assert window.style_tools.manager.isVisible() and window.messages.sentence == ""
    qtbot.waitUntil(lambda: window.studio.folder == pages, timeout=LONG)


def test_broken_files_are_told_in_place_and_change_nothing(
    manager: "StyleManager", package: Path, tmp_path: Path, qtbot: QtBot, home: Path
) -> None:
    torn = tmp_path / "torn.colorstyle"
    torn.write_bytes(package.read_bytes()[:500])
    alien = tmp_path / "alien.colorstyle"
    with zipfile.ZipFile(alien, "w") as archive:
        archive.writestr("../evil.txt", "no")
    manager.import_files([torn, alien, tmp_path / "gone.colorstyle"])
    qtbot.waitUntil(lambda: "2 more could not be imported" in manager.messages.sentence)
    assert "torn.colorstyle" in manager.messages.sentence
    assert [folder.name for folder in (home / "styles").iterdir()] == ["tiny"]
    drop(manager, files(tmp_path))
    assert "Only .colorstyle files" in manager.messages.sentence


def test_export_remove_import_gives_the_same_style_again(
    manager: "StyleManager", window: "MainWindow", tmp_path: Path, qtbot: QtBot
) -> None:
    choose(manager, "Tiny")
    manager.export_to(tmp_path / "tiny of mine")
    target = tmp_path / "tiny of mine.colorstyle"
    qtbot.waitUntil(target.is_file, timeout=LONG)
    manager.export_to(tmp_path / "tiny of mine")
    assert "a file of this name" in manager.messages.sentence
    asked: list[str] = []
    manager.confirm = lambda question: bool(asked.append(question))
    qtbot.mouseClick(manager.remove_button, LEFT)
    assert asked == ["Remove the style “Tiny” for good?"] and "Tiny" in names(manager)
    manager.confirm = lambda question: True
    qtbot.mouseClick(manager.remove_button, LEFT)
    qtbot.waitUntil(lambda: names(manager) == ["starter"], timeout=LONG)
    assert window.studio.wishes.style == "starter"
    manager.import_files([target])
    qtbot.waitUntil(lambda: names(manager) == ["starter", "Tiny"], timeout=LONG)


def test_of_acts_in_quick_succession_none_is_lost(
    manager: "StyleManager", window: "MainWindow", tmp_path: Path, home: Path, qtbot: QtBot
) -> None:
    for name in ("One", "Two"):
        make_tiny_style(home / "styles" / name.lower(), name=name)
    window.studio.prepare()
    qtbot.waitUntil(lambda: names(manager) == ["starter", "One", "Tiny", "Two"], timeout=LONG)
    manager.ask_name = lambda name: f"{name} ink"
    with held_up(window.style_tools.errands):  # a comparison, say
        for name in ("One", "Tiny"):
            choose(manager, name)
            manager.export_to(tmp_path / name)
    for name in ("One", "Tiny"):
        qtbot.waitUntil((tmp_path / f"{name}.colorstyle").is_file, timeout=LONG)
    with held_up(window.style_tools.errands):
        for name in ("Tiny", "One"):
            choose(manager, name)
            manager.rename_button.click()
    qtbot.waitUntil(lambda: names(manager) == ["starter", "One ink", "Tiny ink", "Two"],
                    timeout=LONG)  # fmt: skip
    assert window.studio.wishes.style == "Tiny ink", "it stays in use"
    with held_up(window.style_tools.errands):
        for name in ("One ink", "Two"):
            choose(manager, name)
            manager.remove_button.click()
    qtbot.waitUntil(lambda: names(manager) == ["starter", "Tiny ink"], timeout=LONG)


def test_a_style_file_that_is_only_to_be_moved_is_left_alone(
    manager: "StyleManager", package: Path
) -> None:
    move, refused = Qt.DropAction.MoveAction, Qt.DropAction.IgnoreAction
    assert drop(manager, files(package), move) == [refused] * 2, "its source would delete it"


def test_results_of_a_style_that_is_removed_wait_to_be_made_in_the_one_that_follows(
    manager: "StyleManager", window: "MainWindow", pages: Path, qtbot: QtBot
) -> None:
    open_and_wait(window, qtbot, pages, waiting=4)
    colorize(window, qtbot)
    assert window.studio.desk.outlook.to_color == 0
    choose(manager, "Tiny")
    told = window.studio.wishes_changed  # whoever looks what is out of date listens to that
    with qtbot.waitSignal(told, timeout=LONG, check_params_cb=lambda w: w.style == "starter"):
        manager.remove_button.click()
    qtbot.waitUntil(lambda: window.studio.desk.outlook.to_color == 4, timeout=LONG)


def test_a_renamed_style_stays_in_use(
    manager: "StyleManager", window: "MainWindow", home: Path, qtbot: QtBot
) -> None:
    choose(manager, "Tiny")
    manager.ask_name = lambda name: f"{name} ink"
    qtbot.mouseClick(manager.rename_button, LEFT)
    qtbot.waitUntil(lambda: names(manager) == ["starter", "Tiny ink"], timeout=LONG)
    assert window.studio.wishes.style == "Tiny ink"
    assert load_style(home / "styles" / "tiny").info.name == "Tiny ink"
    for taken in ("Starter", "a/b"):
        manager.ask_name = lambda name, taken=taken: taken
        manager.messages.hide()
        manager.rename_button.click()
        qtbot.waitUntil(lambda: manager.messages.sentence != "", timeout=LONG)
        assert names(manager) == ["starter", "Tiny ink"]


def test_the_library_renames_own_styles_only(home: Path) -> None:
    library = StyleLibrary()
    assert library.rename("tiny", "TINY").info.name == "TINY"  # another spelling of its own name
    with pytest.raises(ColorStudioError, match="came with"):
        library.rename("starter", "mine")
    with pytest.raises(ColorStudioError, match="no style called"):
        library.rename("gone", "mine")


def test_two_styles_are_compared_on_the_picture_in_view(
    manager: "StyleManager", window: "MainWindow", pages: Path, qtbot: QtBot
) -> None:
    assert not manager.compare_button.isEnabled()
    window.studio.show_picture(pages / "page 1.png")
    choose(manager, "starter")
    qtbot.mouseClick(manager.compare_button, LEFT)
    views = manager.comparison.views
    qtbot.waitUntil(lambda: all(view.image is not None for view in views), timeout=LONG)
    assert [view.title for view in views] == ["Tiny", "starter"]
    left, right = (view.image for view in views)
    assert left is not None and right is not None and left.size() == right.size()
    assert left != right
    qtbot.waitUntil(lambda: window.canvas_panel.canvas.has_colored, timeout=LONG)
    (pages / "page 1.png").unlink()
    manager.comparison.choices[0].activated.emit(0)
    qtbot.waitUntil(lambda: all(view.image is None for view in views), timeout=LONG)


def test_a_style_is_put_to_use_from_the_manager(
    manager: "StyleManager", window: "MainWindow", qtbot: QtBot
) -> None:
    choose(manager, "starter")
    qtbot.mouseClick(manager.use_button, LEFT)
    assert window.studio.wishes.style == "starter"
    qtbot.waitUntil(lambda: window.tools.styles.currentText() == "starter", timeout=LONG)
    assert not manager.use_button.isEnabled()


@pytest.mark.parametrize(
    "evaluation",
    [
        *({"psnr": 3}, {"psnr": {"greyscale: auto": "x"}}, {"gain": [1]}, {"pictures": "many"}),
        *({"psnr before training": {"greyscale: auto": v}} for v in (20, 1e308)),
    ],
)
def test_figures_from_strangers_never_break_the_manager(
    evaluation: dict[str, object], tmp_path: Path
) -> None:
    folder = make_tiny_style(tmp_path / "odd")
    change_description(folder, evaluation=json.loads(json.dumps(evaluation)))
    assert figures_lines(load_style(folder))
