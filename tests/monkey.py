"""Wild hands on the real window, the same for the same seed; nothing of the artist's may suffer.

    QT_QPA_PLATFORM=offscreen python tests/monkey.py [SECONDS [FIRST_SEED]]

Each seed gets a window, a home and a folder of odd pages of its own.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from odd_pages import make_odd_pages  # noqa: E402  the path is set just above
from PIL import Image  # noqa: E402
from PySide6.QtCore import (  # noqa: E402
    QMimeData,
    QPoint,
    QPointF,
    QSize,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import (  # noqa: E402
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QImage,
)  # fmt: skip
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QWidget  # noqa: E402
from tiny_style import make_tiny_style  # noqa: E402
from wild_support import (  # noqa: E402
    Complaints,
    wait_for,
    wait_until,
    without_system_dialogs,
)
from window_support import turn_wheel  # noqa: E402

from colorstudio.core.layer_files import LAYERED_SUFFIXES  # noqa: E402
from colorstudio.core.output_options import Existing, OutputFormat  # noqa: E402
from colorstudio.jobs.job import JobState  # noqa: E402
from colorstudio.ui.main_window import MainWindow  # noqa: E402
from colorstudio.ui.theme import ThemeChoice, apply_theme  # noqa: E402

_KEYS = [Qt.Key[f"Key_{name}"] for name in (
    "Escape", "Delete", "Backspace", "Up", "Down", "Left", "Right", "Home", "End", "PageUp",
    "PageDown", "Tab", "Space", "Return", "Plus", "Minus", "A", "B", "D", "E", "H", "P", "Q", "X",
    "1", "2", "3", "F1", "F5", "F11", "BracketLeft", "BracketRight",
)]  # fmt: skip
_CTRL_KEYS = [Qt.Key[f"Key_{name}"] for name in (
    "Return", "A", "C", "D", "E", "P", "R", "T", "V", "Y", "Z", "1", "Comma",
)]  # fmt: skip
_MODIFIERS = [Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier]
_LEFT = Qt.MouseButton.LeftButton
_HESITATION = 300  # ms for which a menu stays open when nothing else is chosen


class Monkey:
    """One seed's worth of wild use."""

    def __init__(self, place: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        self.pages = make_odd_pages(place / "pages")
        self.more = make_odd_pages(place / "more")
        self._place = place
        self.originals = self._facts()
        self.window = MainWindow()
        self.window.confirm_close = lambda: False
        self._tame()
        self.window.show()
        self.deeds: list[str] = []
        self._overwrote = False  # a batch ran whose results were to replace what lay there
        start = self.window.studio.desk.start

        def watched(*asked: Any, **more: Any) -> None:
            self._overwrote |= self._overwrites
            start(*asked, **more)

        self.window.studio.desk.start = watched  # type: ignore[method-assign]

    def play(self, seconds: float) -> None:
        """Wild use for so long."""
        self.window.open([self.pages])
        end = time.monotonic() + seconds
        acts: list[tuple[Callable[[], None], int]] = [
            (self._click, 30), (self._paint, 14), (self._press_key, 14), (self._turn_wheel, 6),
            (self._work_batch, 10), (self._drop, 5), (self._resize, 3), (self._switch, 6),
            (self._undo, 6), (self._meddle, 3), (self._wait, 10),
        ]  # fmt: skip
        deeds, weights = [act for act, _ in acts], [weight for _, weight in acts]
        while time.monotonic() < end:
            act = self._chance.choices(deeds, weights)[0]
            self.deeds.append(act.__name__)
            act()
            # What is added to a batch that runs follows the wishes of that moment.
            self._overwrote |= self.window.studio.desk.running and self._overwrites
            QApplication.processEvents()
            self._leave_dialogs()

    # --- the end -------------------------------------------------------------------------------

    def settle(self) -> None:
        """Stop what runs and wait until the window is at rest; it must still answer."""
        self._leave_dialogs(surely=True)
        desk = self.window.studio.desk
        desk.stop()
        wait_until(lambda: not (self.window.studio.planning.busy or desk.running))
        answered: list[bool] = []
        self.window.studio.browsing.ask("answer", lambda: True, answered.append, lambda _: None)
        self.window.studio.hints.when_saved(lambda: answered.append(True))
        wait_until(lambda: len(answered) == 2)

    def leave(self, *, at_work: bool) -> None:
        """Close the window, also in the middle of a batch."""
        if at_work:
            self.window.tools.colorize_button.click()
            wait_for(0.2)
        self._leave_dialogs(surely=True)
        self.window.confirm_close = lambda: True
        self.window.close()
        assert self.window.left_in_time, "a thread outlived the window"
        self.window.deleteLater()
        QApplication.processEvents()

    def check_queue(self) -> None:
        """Every picture has an ending or waits, and failures say why."""
        desk = self.window.studio.desk
        rows = desk.rows.rows
        assert sum(desk.count(state) for state in JobState) == len(rows)
        for row in rows:
            assert desk.queue.state_of(row.job.id) is row.state, "the list lags behind"
            assert row.state is not JobState.RUNNING
            if row.state is JobState.FAILED:
                assert row.update.failure and row.update.failure.sentence

    def check_files(self) -> None:
        """Originals are as they were, results are whole, and nothing else lies about."""
        facts = self._facts()
        touched = {path for path in self.originals if facts.get(path) != self.originals[path]}
        asked_for = {p for p in touched if self._overwrote and self._lies_for_a_result(p)}
        assert touched <= asked_for, f"originals were touched: {touched}"
        for path in self._place.rglob("*"):
            if not path.is_file() or path in self.originals or path.is_relative_to(self._home):
                continue
            assert path.name.endswith((".hints.json", ".hints.json.bad")) or self._is_whole(path)

    # --- what hands do -------------------------------------------------------------------------

    def _click(self) -> None:
        widget = self._some_widget()
        if widget is None:
            return
        place = self._some_place(widget)
        how = self._chance.random()
        # A button that shows its menu waits in its press for a choice: somebody turns away.
        QTimer.singleShot(_HESITATION, self.window, _close_popup)
        if how < 0.8:
            QTest.mouseClick(widget, _LEFT, pos=place)
        elif how < 0.9:
            QTest.mouseDClick(widget, _LEFT, pos=place)
        else:
            reason = QContextMenuEvent.Reason.Mouse
            event = QContextMenuEvent(reason, place, widget.mapToGlobal(place))
            QApplication.sendEvent(widget, event)

    def _paint(self) -> None:
        canvas = self.window.canvas_panel.canvas
        if not canvas.isVisible():
            return
        keys = self._chance.choice([Qt.KeyboardModifier.NoModifier, *_MODIFIERS])
        QTest.mousePress(canvas, _LEFT, keys, self._some_place(canvas))
        for _ in range(self._chance.randrange(8)):
            QTest.mouseMove(canvas, self._some_place(canvas))
        QTest.mouseRelease(canvas, _LEFT, keys, self._some_place(canvas))

    def _press_key(self) -> None:
        widget = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
        if self._chance.random() < 0.4:
            keys = Qt.KeyboardModifier.ControlModifier
            QTest.keyClick(widget, self._chance.choice(_CTRL_KEYS), keys)
        else:
            keys = self._chance.choice([Qt.KeyboardModifier.NoModifier] * 3 + _MODIFIERS)
            QTest.keyClick(widget, self._chance.choice(_KEYS), keys)

    def _turn_wheel(self) -> None:
        canvas = self.window.canvas_panel.canvas
        widget = canvas if self._chance.random() < 0.6 else self._some_widget()
        if widget is not None and widget.isVisible():
            turn_wheel(widget, self._some_place(widget), self._chance.choice([-3, -1, 1, 5]))

    def _work_batch(self) -> None:
        tools, panel, studio = self.window.tools, self.window.queue_panel, self.window.studio
        button = self._chance.choice([
            *[tools.colorize_button] * 5, tools.pause_button, tools.pause_button,
            tools.stop_button, panel.trial_button, panel.cancel_button, panel.retry_button,
            panel.clear_button,
        ])  # fmt: skip
        if button.isEnabled() and button.isVisible():
            button.click()
        rows = studio.desk.rows.rows
        if rows and self._chance.random() < 0.3:
            ids = [self._chance.choice(rows).job.id for _ in range(3)]
            act: Callable[[Any], None] = self._chance.choice([
                studio.desk.cancel, studio.retry, studio.remove,
                lambda ids: studio.desk.move(ids, self._chance.choice([None, ids[0]])),
            ])  # fmt: skip
            act(ids)

    def _drop(self) -> None:
        data = QMimeData()
        kind = self._chance.randrange(7)
        if kind == 0:
            data.setText("nothing of use")
        elif kind == 1:
            data.setUrls([QUrl("https://example.org/a.png")])
        elif kind == 2:
            data.setImageData(QImage(QSize(9, 9), QImage.Format.Format_RGB32))
        elif kind == 3:
            data.setUrls([QUrl.fromLocalFile(str(self._chance.choice([self.pages, self.more])))])
        else:
            files = sorted(self.more.iterdir())
            some = self._chance.sample(files, self._chance.randint(1, len(files)))
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in some])
        panels = [self.window, self.window, self.window.palette_panel]
        target = self._chance.choice(panels)
        if not target.isVisible():
            return
        place = self._some_place(target)
        none = Qt.KeyboardModifier.NoModifier
        offered = self._chance.choice([Qt.DropAction.CopyAction, Qt.DropAction.MoveAction])
        over = QDragEnterEvent(place, offered, data, _LEFT, none)
        QApplication.sendEvent(target, over)
        if over.isAccepted():
            fallen = QDropEvent(QPointF(place), offered, data, _LEFT, none)
            QApplication.sendEvent(target, fallen)

    def _resize(self) -> None:
        self.window.resize(self._chance.randint(500, 2200), self._chance.randint(300, 1500))

    def _switch(self) -> None:
        window, studio = self.window, self.window.studio
        kind = self._chance.randrange(7)
        if kind == 0:
            window.habits.apply_look(self._chance.choice([ThemeChoice.DARK, ThemeChoice.LIGHT]))
        elif kind == 1:
            window.tools.styles.picked.emit(self._chance.choice(["Tiny", "Plain", "Gone"]))
        elif kind == 2:
            buttons = [window.tools.modes.button(c.value) for c in window.tools.modes.choices]
            self._chance.choice(buttons).click()
        elif kind == 3:
            studio.set_results(fmt=self._chance.choice(list(OutputFormat)))
        elif kind == 4:
            studio.set_results(existing=self._chance.choice(list(Existing)))
        elif kind == 5:
            studio.set_recursive(self._chance.random() < 0.5)
        else:
            boxes = [box for box in window.findChildren(QComboBox) if box.isEnabled()]
            box = self._chance.choice(boxes)
            separator = Qt.ItemDataRole.AccessibleDescriptionRole
            rows = [n for n in range(box.count()) if box.itemData(n, separator) != "separator"]
            if rows:
                box.setCurrentIndex(self._chance.choice(rows))

    def _undo(self) -> None:
        wiring = self.window.hint_wiring
        self._chance.choice([wiring.undo, wiring.undo, wiring.redo]).trigger()

    def _meddle(self) -> None:
        """Another program works in the same folder."""
        kind = self._chance.randrange(4)
        victim = self.pages / f"page {self._chance.choice([1, 2, 10])}.png"
        if kind == 0:  # it saves a page anew
            Image.linear_gradient("L").resize((310, 210)).save(victim)
            self.originals[victim] = _facts_of(victim)
        elif kind == 1:
            (self.pages / "page 1.hints.json").write_text("not what it was")
        elif kind == 2:
            made = list((self.pages / "colorized").glob("*.png"))
            if made:
                self._chance.choice(made).unlink(missing_ok=True)
        else:
            late = self.pages / f"late {self._chance.randrange(5)}.png"
            Image.radial_gradient("L").save(late)
            self.originals[late] = _facts_of(late)

    def _wait(self) -> None:
        wait_for(self._chance.choice([0.0, 0.02, 0.1, 0.3]))

    # --- inner workings ------------------------------------------------------------------------

    @property
    def _home(self) -> Path:
        return self._place / "home"

    @property
    def _overwrites(self) -> bool:
        return self.window.studio.wishes.existing is Existing.OVERWRITE

    def _tame(self) -> None:
        """What leaves the window or takes minutes is left to tests of its own."""
        actions = self.window.habits.menus.actions
        for action in (actions["quit"], actions["self-test"], self.window.style_tools.train_action):
            action.setEnabled(False)
        self.window.status.device_pressed.disconnect(self.window.habits.self_test)

    def _leave_dialogs(self, *, surely: bool = False) -> None:
        for _ in range(20):
            if not surely and self._chance.random() < 0.7:
                return
            popup, dialog = QApplication.activePopupWidget(), QApplication.activeModalWidget()
            others = [d for d in self.window.findChildren(QDialog) if d.isVisible()]
            top = popup or dialog or (others[0] if others else None)
            if top is None:
                return
            top.close()
            QApplication.processEvents()

    def _some_widget(self) -> QWidget | None:
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
        there = [w for w in top.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
        there = [w for w in there if not (w.isWindow() and w is not top)]
        return self._chance.choice(there) if there else top

    def _some_place(self, widget: QWidget) -> QPoint:
        wide, high = max(1, widget.width()), max(1, widget.height())
        return QPoint(self._chance.randrange(wide), self._chance.randrange(high))

    def _facts(self) -> dict[Path, tuple[bytes, int]]:
        found = [*self._place.glob("pages/**/*"), *self._place.glob("more/**/*")]
        mine = getattr(self, "originals", None)
        files = (p for p in found if p.is_file() and not p.name.endswith(".hints.json"))
        return {p: _facts_of(p) for p in files if mine is None or p in mine}

    def _lies_for_a_result(self, path: Path) -> bool:
        pages = {page.stem for page in self.originals if page.parent == path.parent.parent}
        return path.parent.name == "colorized" and path.stem in pages

    def _is_whole(self, path: Path) -> bool:
        assert ".part" not in path.name, f"half a file is left: {path}"
        sent = path.is_relative_to(self.more)  # chosen in a dialog
        ours = "colorized" in path.parts or sent
        assert ours, f"what is {path}?"
        if path.suffix.lower() not in (*LAYERED_SUFFIXES, ".gpl"):
            with Image.open(path) as picture:
                picture.load()
        return path.stat().st_size > 0


def _close_popup() -> None:
    popup = QApplication.activePopupWidget()
    if popup is not None:
        popup.close()


def _facts_of(path: Path) -> tuple[bytes, int]:
    return path.read_bytes(), path.stat().st_mtime_ns


def play(place: Path, seed: int, seconds: float) -> list[str]:
    """One seed, from a fresh home to a closed window; gives what was complained of."""
    home = place / "home"
    make_tiny_style(home / "styles" / "tiny", name="Tiny")
    make_tiny_style(home / "styles" / "plain", name="Plain", full=False)
    (home / "settings.json").write_text('{"style": "Tiny"}')
    os.environ["COLORSTUDIO_HOME"] = str(home)
    complaints = Complaints()
    with complaints.listening(), without_system_dialogs(place, seed):
        monkey = Monkey(place, seed)
        try:
            monkey.play(seconds)
            monkey.settle()
            monkey.check_queue()
            monkey.check_files()
        finally:
            monkey.leave(at_work=seed % 2 == 0)
        monkey.check_files()
    return complaints.heard


def main(seconds: float, first: int) -> int:
    """Seed after seed, 15 seconds each."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, ThemeChoice.DARK)
    end, seed, bad = time.monotonic() + seconds, first, 0
    while time.monotonic() < end:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
            try:
                heard = play(Path(place), seed, 15)
            except AssertionError as error:
                heard = [f"AssertionError: {error}"]
        bad += bool(heard)
        print(f"seed {seed}: {'fine' if not heard else chr(10).join(heard)}", flush=True)
        seed += 1
    print(f"{seed - first} seeds, {bad} with complaints")
    return 1 if bad else 0


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(float(given[0]) if given else 600, int(given[1]) if len(given) > 1 else 1))
