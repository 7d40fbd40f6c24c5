"""The states of the wizard and the style manager, with a real short training."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow

Wait = Callable[[Callable[[], bool]], None]
MINUTES = 3.0


def draw_book(folder: Path, pages: int = 12) -> Path:
    """Finished pages of one hand, with a grey one and a torn file among them."""
    from training.procedural import draw_scene

    folder.mkdir(parents=True)
    for seed in range(pages):
        wide, high = ((320, 240), (240, 320))[seed % 2]
        scene = draw_scene(4000 + seed, wide, high)
        Image.fromarray(scene.colour).save(folder / f"page {seed + 1:02}.png")
    with Image.open(folder / "page 01.png") as page:
        page.convert("L").save(folder / "sketch in pencil.png")
    (folder / "page 13.png").write_bytes(b"torn")
    return folder


def take_all(window: "MainWindow", wait: Wait, take: Callable[..., None]) -> None:
    """Every page of the wizard, then the manager."""
    with tempfile.TemporaryDirectory() as made_up:
        _take_wizard(window, wait, take, Path(made_up))
    _take_manager(window, wait, take)


def _take_wizard(window: "MainWindow", wait: Wait, take: Callable[..., None], place: Path) -> None:
    from colorstudio.ui.my_style.training_run import RunState

    tools = window.style_tools
    tools.train_action.trigger()
    wizard, desk = tools.wizard, tools.desk
    take("20-wizard", of=wizard)
    (place / "Empty").mkdir()
    wizard.look_at(place / "Empty")
    wait(lambda: desk.folder_look is not None and desk.folder_look.ended)
    take("21-wizard-nothing", of=wizard)
    wizard.look_at(draw_book(place / "The Lighthouse Book"))
    wait(lambda: desk.folder_look is not None and desk.folder_look.usable)
    take("22-wizard-folder", settle=1.5, of=wizard)
    wizard.next_button.click()
    wizard.style_page.author.setText("Marion Drew")
    take("23-wizard-style", of=wizard)
    wizard.style_page.advanced_button.click()
    take("24-wizard-advanced", of=wizard)
    look = desk.folder_look
    assert look is not None
    order = wizard.style_page.order(look.folder)
    small = {"size": 64.0, "batch-size": 4.0}
    desk.start(replace(order, minutes=MINUTES, numbers=small))
    take("25-wizard-starting", of=wizard)

    def has_looks(count: int) -> Callable[[], bool]:
        """So many looks, or on a slow machine what half a minute brings."""
        deadline = time.monotonic() + 30

        def there() -> bool:
            run = desk.run
            if run is None or not run.can_keep or not run.looks:
                return False
            return len(run.looks) >= count or time.monotonic() > deadline

        return there

    wait(has_looks(6))
    take("26-wizard-live", of=wizard)
    take("27-window-training")
    wizard.live_page.pause_button.click()
    wait(lambda: desk.run is not None and desk.run.state is RunState.PAUSED)
    take("28-wizard-paused", of=wizard)
    wizard.live_page.pause_button.click()
    wait(has_looks(9))
    desk._trainer.kill()
    wait(lambda: desk.run is not None and desk.run.state is RunState.BROKEN)
    take("29-wizard-killed", of=wizard)
    wizard.live_page.pause_button.click()
    wait(has_looks(12))
    wizard.live_page.strip.modes.button("lineart").click()
    take("30-wizard-lines", of=wizard)
    wizard.live_page.keep_button.click()
    wait(lambda: desk.run is not None and desk.run.state is RunState.DONE)
    take("31-wizard-result", of=wizard)
    wizard.next_button.click()


def _take_manager(window: "MainWindow", wait: Wait, take: Callable[..., None]) -> None:
    tools = window.style_tools
    tools.styles_action.trigger()
    manager = tools.manager
    wait(lambda: manager.list.count() >= 2)
    manager.list.setCurrentRow(0)
    take("40-styles", of=manager)
    manager.list.setCurrentRow(manager.list.count() - 1)
    take("41-styles-own", of=manager)
    manager.compare_button.click()
    wait(lambda: all(view.image is not None for view in manager.comparison.views))
    take("42-styles-compare", of=manager.comparison)
    manager.comparison.close()
    manager.close()
