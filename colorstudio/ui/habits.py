"""The window's habits: menus and keys, what is remembered, the look, the dialogs of the menus."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QDockWidget

from colorstudio.core import places
from colorstudio.core.failures import Failure, FailureKind
from colorstudio.styles.style import Style
from colorstudio.ui.about import about_heading, about_sentence, log_file, log_text, origin_of
from colorstudio.ui.hint_canvas import TOOL_KEYS
from colorstudio.ui.icons import recolored
from colorstudio.ui.menus import MenuRow, Menus
from colorstudio.ui.pasting import pasted, store_pasted
from colorstudio.ui.plain_coloring import coloring_of_text
from colorstudio.ui.self_test import SelfTest
from colorstudio.ui.session import PLAIN, Coloring
from colorstudio.ui.settings import Settings, SettingsStore
from colorstudio.ui.settings_dialog import SettingsDialog
from colorstudio.ui.shelf import PictureState, Sorting
from colorstudio.ui.text_dialog import ShortcutList, TextDialog
from colorstudio.ui.theme import ThemeChoice, apply_theme
from colorstudio.ui.worker_thread import Equipment

if TYPE_CHECKING:
    from colorstudio.ui.main_window import MainWindow

_TRIED = 3


class Habits(QObject):
    """Gives a window its menus and its memory."""

    def __init__(self, window: "MainWindow", store: SettingsStore) -> None:
        super().__init__(window)
        self._window, self._store = window, store
        self._styles: Sequence[Style] = ()
        self._equipment: Equipment | None = None
        self._recalled = False  # palette and flats are as they were
        self.menus = Menus(window)
        self._fill_menus()
        self.menus.recent_wanted.connect(window.studio.open_folder)
        window.empty_page.recent_wanted.connect(window.studio.open_folder)
        window.empty_page.paste_wanted.connect(self.paste)
        window.status.device_pressed.connect(self.self_test)
        studio = window.studio
        studio.place_opened.connect(self._remember_folder)
        studio.styles_listed.connect(self._keep_styles)
        studio.preview.equipped.connect(self._keep_equipment)
        studio.desk.equipped.connect(self._keep_equipment)
        studio.desk.changed.connect(self._enable)
        window.easel.hints_changed.connect(lambda _: self._enable())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)
        self._show_recent()
        self._use(store.value)
        self._enable()

    # --- the memory ----------------------------------------------------------------------------

    def restore(self) -> None:
        """Put window and docks where they were."""
        window, settings = self._window, self._store.value
        window.restoreGeometry(_from_base64(settings.geometry))
        hidden = [dock for dock in window.findChildren(QDockWidget) if dock.isHidden()]
        window.restoreState(_from_base64(settings.docks))
        for dock in hidden:  # panels come with the first picture
            dock.hide()

    def recall_coloring(self) -> None:
        """Have palette and flats as they were; not at the very start, they bring numpy along."""
        text = self._store.value.coloring
        if not text:
            self._recalled = True
            return
        studio = self._window.studio
        studio.browsing.ask(
            "coloring", lambda: coloring_of_text(text), self._take_coloring, studio.told.emit
        )

    def _take_coloring(self, coloring: Coloring) -> None:
        self._recalled = True
        studio = self._window.studio
        if studio.wishes.coloring == PLAIN and coloring != PLAIN:  # nothing was chosen meanwhile
            studio.set_coloring(coloring)

    def keep(self) -> None:
        """Remember how everything is now, for the next start."""
        window, before = self._window, self._store.value
        now = before.with_wishes(window.studio.wishes)
        if window.empty_page.isHidden():  # before that there are no panels to close
            panels = window.findChildren(QDockWidget)
            now = replace(now, closed=" ".join(p.objectName() for p in panels if p.isHidden()))
        self._store.value = replace(
            now,
            coloring=now.coloring or ("" if self._recalled else before.coloring),
            geometry=_base64(window.saveGeometry()),
            docks=_base64(window.saveState()),
        )
        self._store.save()

    @property
    def settings(self) -> Settings:
        """As they are remembered now."""
        return self._store.value

    def change(self, settings: Settings) -> None:
        """Use these from now on, and remember them."""
        self._store.value = settings
        self._use(settings)
        self._save_soon()

    def _use_output(self, folder: Path | None) -> None:
        """Results go there from now on; also of what waits, unless another place was chosen."""
        studio = self._window.studio
        as_usual, studio.usual_output = studio.wishes.output == studio.usual_output, folder
        if as_usual and folder != studio.wishes.output:
            studio.set_output(folder)

    def _save_soon(self) -> None:
        studio = self._window.studio
        studio.browsing.ask("settings", self._store.save, lambda _: None, studio.told.emit)

    def _use(self, settings: Settings) -> None:
        window = self._window
        window.studio.source.device = settings.device
        self._use_output(places.expanded(settings.output).absolute() if settings.output else None)
        window.studio.set_results(skip_coloured=settings.skip_coloured)
        window.notifier.wanted = settings.notify

    def _remember_folder(self, folder: Path | None, new_root: bool) -> None:
        if folder is None or not new_root or folder == places.samples_folder():
            return
        self._store.value = self._store.value.with_recent(folder)
        self._show_recent()
        self._save_soon()

    def _show_recent(self) -> None:
        self.menus.show_recent(self._store.value.recent)
        self._window.empty_page.show_recent(self._store.value.recent)

    # --- the look ------------------------------------------------------------------------------

    def apply_look(self, choice: ThemeChoice) -> None:
        """Show the whole program in that look, at once."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, choice)
        for owner in (*app.allWidgets(), *self._window.findChildren(QAction)):
            if isinstance(owner, QAbstractButton | QAction):
                fresh = recolored(owner.icon())
                if fresh is not None:
                    owner.setIcon(fresh)
        self._window.status.recolor()
        self._window.update()

    def _system_changed(self) -> None:
        if self._store.value.theme == ThemeChoice.SYSTEM:
            self.apply_look(ThemeChoice.SYSTEM)

    # --- what the menus do ---------------------------------------------------------------------

    def paste(self) -> None:
        """Open what the clipboard holds: files, their names, or a picture."""
        window = self._window
        found = pasted(QGuiApplication.clipboard().mimeData())
        if found.paths:
            window.open(list(found.paths))
        elif (picture := found.picture) is not None:
            window.studio.browsing.ask(
                f"paste {picture.cacheKey()}", lambda: store_pasted(picture),
                lambda path: window.open([path]), window.tell,
            )  # fmt: skip
        else:
            sentence = self.tr(
                "There is nothing in the clipboard that can be coloured. Copy a picture, or files."
            )
            window.tell(Failure(FailureKind.USAGE, sentence))

    def choose_settings(self) -> None:
        """Show the settings; they are used as soon as the dialog is accepted."""
        dialog = SettingsDialog(self._store.value, self._window)
        dialog.accepted.connect(lambda: self._take_settings(dialog.settings))
        self._open(dialog)

    def _take_settings(self, settings: Settings) -> None:
        before = self._store.value
        settings = replace(settings, recent=before.recent)  # which may have grown meanwhile
        self.change(settings)
        if settings.theme != before.theme:
            self.apply_look(ThemeChoice(settings.theme))
        if settings.device != before.device:
            self._window.studio.prepare()

    def self_test(self) -> None:
        """Show what pictures are coloured on, and why; with a report to copy."""
        self._open(SelfTest(lambda: self._equipment, self._window))

    def about(self) -> None:
        """Show what the program is and where its colours come from."""
        dialog = TextDialog(self.tr("About Color Studio"), self._window)
        dialog.show_text(about_heading(), about_sentence(), origin_of(self._styles))
        self._open(dialog)

    def show_log(self) -> None:
        """Show the end of the log."""
        dialog = TextDialog(self.tr("Log"), self._window)
        try:
            text = log_text() or self.tr("Nothing has been noted yet.")
        except OSError as error:
            text = str(error)
        dialog.show_text(self.tr("Log"), str(log_file()), text)
        dialog.text.moveCursor(dialog.text.textCursor().MoveOperation.End)
        self._open(dialog)

    def show_shortcuts(self) -> None:
        """List every key."""
        canvas = [
            (self.tr("Wheel"), self.tr("Zoom at the pointer")),
            (self.tr("Space, middle button"), self.tr("Drag the picture")),
            (self.tr("Double-click"), self.tr("Fit the picture, or show true pixels")),
            ("O", self.tr("Show the original while it is held")),
        ]
        queue = [
            (self.tr("Delete"), self.tr("Take selected pictures out of the queue")),
            (self.tr("Alt+Up, Alt+Down"), self.tr("Move them in the queue")),
        ]
        bar = self._window.hint_wiring.bar
        hints = [
            (QKeySequence(TOOL_KEYS[choice.value]).toString(), choice.label)
            for choice in (*bar.tools.choices, *bar.regions.switch.choices)
        ]
        hints += [
            ("[  ]", self.tr("Brush size")),
            ("M", self.tr("Show the hints, or hide them")),
            ("L", self.tr("Show the leaks, or hide them")),
        ]
        groups = [*self.menus.shortcuts(), (self.tr("Picture"), canvas),
                  (self.tr("Tools"), hints), (self.tr("Queue"), queue)]  # fmt: skip
        self._open(ShortcutList(groups, self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _keep_styles(self, styles: Sequence[Style]) -> None:
        self._styles = styles

    def _keep_equipment(self, equipment: Equipment) -> None:
        self._equipment = equipment

    # --- the menus -----------------------------------------------------------------------------

    def _enable(self) -> None:
        desk, actions = self._window.studio.desk, self.menus.actions
        runs, ready = desk.running, desk.outlook.to_color > 0 or desk.waiting > 0
        idle = not runs and not desk.awaited
        able = {
            "colorize": idle and ready,
            "try": idle and desk.outlook.to_color > _TRIED,
            "pause": runs and not desk.stopping,
            "stop": not idle and not desk.stopping,
            "no-hints": bool(self._window.easel.hints),
            "cancel-waiting": desk.waiting > 0,
            "cancel-all": runs or desk.waiting > 0,
        }
        for name, enabled in able.items():
            if actions[name].isEnabled() != enabled:
                actions[name].setEnabled(enabled)

    def _fill_menus(self) -> None:
        window, menus = self._window, self.menus
        studio, desk, panel = window.studio, window.studio.desk, window.folder_panel
        menus.fill(menus.file, [
            MenuRow("open", self.tr("Open folder…"), window.choose_folder, "Ctrl+O",
                    icon="folder-open"),
            MenuRow("add", self.tr("Add pictures…"), window.choose_pictures, "Ctrl+Shift+O",
                    icon="picture-add"),
        ])  # fmt: skip
        menus.file.addMenu(menus.recent)
        menus.fill(menus.file, [
            MenuRow("samples", self.tr("Try the samples"), studio.try_samples, icon="samples"),
            MenuRow("results", self.tr("Open the results"), window.open_results, "Ctrl+E",
                    group=True),
            MenuRow("settings", self.tr("Settings…"), self.choose_settings, "Ctrl+,", group=True),
            MenuRow("quit", self.tr("Quit"), window.close, "Ctrl+Q", group=True),
        ])  # fmt: skip
        grid = panel.grid
        menus.edit.addActions([window.hint_wiring.undo, window.hint_wiring.redo])
        menus.fill(menus.edit, [
            MenuRow("no-hints", self.tr("Remove all hints of this page"), window.easel.clear_hints),
            MenuRow("paste", self.tr("Paste"), self.paste, "Ctrl+V", group=True),
            MenuRow("select-all", self.tr("Select all"), self._select_all, "Ctrl+A", group=True),
            MenuRow("only", self.tr("Queue only the selected"),
                    lambda: studio.queue_only(grid.chosen) if grid.chosen else None, "Ctrl+D"),
            MenuRow("queue", self.tr("Add the selected to the queue"),
                    lambda: studio.add_pictures(grid.chosen), "Ctrl+Shift+D"),
        ])  # fmt: skip
        self._fill_view()
        menus.fill(menus.batch, [
            MenuRow("colorize", self.tr("Colorize"), studio.colorize, "Ctrl+Return", icon="brush"),
            MenuRow("try", self.tr("Try {count} first").format(count=_TRIED),
                    lambda: studio.try_first(_TRIED), "Ctrl+T"),
            MenuRow("pause", self.tr("Pause or go on"), studio.toggle_pause, "Ctrl+P",
                    icon="pause"),
            MenuRow("stop", self.tr("Stop"), desk.stop, "Esc", icon="stop"),
            MenuRow("cancel-waiting", self.tr("Cancel what waits"), desk.cancel_waiting,
                    group=True),
            MenuRow("cancel-all", self.tr("Cancel all"), desk.cancel_all),
            MenuRow("retry", self.tr("Retry what failed"), studio.retry_failed, "Ctrl+R",
                    icon="retry"),
            MenuRow("clear", self.tr("Clear what has ended"), desk.clear_finished, icon="clear"),
        ])  # fmt: skip
        menus.styles.addActions([window.style_tools.styles_action, window.style_tools.train_action])
        menus.fill(menus.help, [
            MenuRow("shortcuts", self.tr("Keyboard shortcuts"), self.show_shortcuts, "F1"),
            MenuRow("self-test", self.tr("Self-test…"), self.self_test, icon="device", group=True),
            MenuRow("log", self.tr("Show the log…"), self.show_log),
            MenuRow("about", self.tr("About Color Studio"), self.about, group=True),
        ])  # fmt: skip

    def _fill_view(self) -> None:
        window, menus = self._window, self.menus
        panel, canvas, views = window.folder_panel, window.canvas_panel, window.canvas_panel.views
        rows = [
            MenuRow(f"view-{number}", choice.label, views.button(choice.value).click,
                    shown_key=choice.shortcut, icon=choice.icon)
            for number, choice in enumerate(views.choices, start=1)
        ]  # fmt: skip
        menus.fill(menus.view, [
            *rows,
            MenuRow("fit", self.tr("Fit the picture"), canvas.canvas.fit, shown_key="Home",
                    icon="fit", group=True),
            MenuRow("pixels", self.tr("True pixels"), canvas.canvas.show_true_pixels,
                    shown_key="Ctrl+1", icon="actual-size"),
        ])  # fmt: skip
        menus.view.addSeparator()
        states = (("", self.tr("All")), (PictureState.NOT_YET, self.tr("Not yet coloured")),
                  (PictureState.DONE, self.tr("Done")),
                  (PictureState.FAILED, self.tr("Failed")))  # fmt: skip
        menus.choose(
            self.tr("Show"),
            states,
            lambda v: panel.show_only(PictureState(v) if v else None),
            menus.view,
        )
        orders = ((Sorting.NAME, self.tr("By name")), (Sorting.DATE, self.tr("Newest first")),
                  (Sorting.SIZE, self.tr("Largest first")))  # fmt: skip
        menus.choose(self.tr("Sort"), orders, lambda v: panel.sort_by(Sorting(v)), menus.view)
        menus.view.addSeparator()
        for dock in window.findChildren(QDockWidget):
            menus.view.addAction(dock.toggleViewAction())
        menus.fill(menus.view, [
            MenuRow("again", self.tr("Look again"), window.studio.look_again, "F5", group=True),
            MenuRow("full-screen", self.tr("Full screen"), self._toggle_full_screen, "F11"),
        ])  # fmt: skip

    def _select_all(self) -> None:
        queue = self._window.queue_panel.list
        (queue if queue.hasFocus() else self._window.folder_panel.grid).selectAll()

    def _toggle_full_screen(self) -> None:
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)


def _base64(data: QByteArray) -> str:
    return bytes(data.toBase64().data()).decode()


def _from_base64(text: str) -> QByteArray:
    """What is no base64 is of no use to Qt either, which then leaves all as it is."""
    return QByteArray.fromBase64(text.encode(errors="replace"))
