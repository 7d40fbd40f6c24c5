"""Training and the style manager, as the window offers them: two actions, and what they open."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolBar, QToolButton, QWidget

from colorstudio.core.failures import printable
from colorstudio.styles.style import Style
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.icons import icon
from colorstudio.ui.my_style import words
from colorstudio.ui.my_style.training_desk import TrainingDesk
from colorstudio.ui.my_style.training_run import RunState
from colorstudio.ui.studio import Studio
from colorstudio.ui.style_manager.files import style_files

if TYPE_CHECKING:
    from colorstudio.ui.my_style.wizard import TrainingWizard
    from colorstudio.ui.style_manager.manager import StyleManager


class StyleTools(QObject):
    """Opens the wizard and the manager, and keeps them and the studio of one mind.

    `train_action` and `styles_action` may stand in any menu or tool bar; `status_button` belongs
    in the status bar, and is seen while there is a training to come back to.
    """

    told = Signal(object)  # Failure

    def __init__(self, studio: Studio, window: QWidget) -> None:
        super().__init__(window)
        self._studio, self._window = studio, window
        self._styles: list[Style] = []
        self._wizard: TrainingWizard | None = None
        self._manager: StyleManager | None = None
        self.desk = TrainingDesk(self)
        self.errands = ErrandThread(self)
        self.train_action, self.styles_action = style_actions(
            self, self.open_wizard, self.open_manager
        )
        self.status_button = _status_button(self.train_action, window)
        studio.styles_listed.connect(self._take_styles)
        studio.picture_opened.connect(self._picture_opened)
        studio.wishes_changed.connect(self._wishes_changed)
        self.desk.changed.connect(self._show_status)
        self.desk.state_changed.connect(self._show_status)
        self.desk.unfinished_changed.connect(self._show_status)
        self.desk.style_made.connect(self._style_made)
        self.desk.told.connect(self.told)
        self.desk.prepare()

    # --- what can be opened --------------------------------------------------------------------

    @property
    def wizard(self) -> "TrainingWizard":
        """The wizard, made when it is first asked for."""
        if self._wizard is None:
            from colorstudio.ui.my_style.wizard import TrainingWizard  # not at the start

            made = TrainingWizard(self.desk, self._studio.thumbnails, self.errands, self._window)
            made.use_wanted.connect(self._use)
            made.show_styles(self._styles)
            self._wizard = made
        return self._wizard

    @property
    def manager(self) -> "StyleManager":
        """The style manager, made when it is first asked for."""
        if self._manager is None:
            from colorstudio.ui.style_manager.manager import StyleManager  # not at the start

            made = StyleManager(self.errands, self._window)
            made.use_wanted.connect(self._use)
            made.changed.connect(lambda _: self._studio.prepare())
            made.renamed.connect(self._renamed)
            self._manager = made
            self._tell_manager()
        return self._manager

    def open_wizard(self) -> None:
        """Show the wizard, where the training stands."""
        _show(self.wizard)

    def open_manager(self) -> None:
        """Show the style manager."""
        _show(self.manager)

    def import_files(self, paths: Sequence[Path]) -> list[Path]:
        """Import the style files among what was dropped; gives back the rest."""
        files = style_files(paths)
        if files:
            self.open_manager()
            self.manager.import_files(files)
        return [path for path in paths if path not in files]

    # --- the end -------------------------------------------------------------------------------

    def why_stay(self) -> str:
        """What would be interrupted by closing the window; "" if nothing."""
        run = self.desk.run
        if run is None or not self.desk.busy:
            return ""
        text = self.tr("“{name}” is still being trained. It is saved now and can be continued.")
        return text.format(name=printable(run.order.name))

    def leave(self, milliseconds: int) -> bool:
        """Save a training and end every child and thread; True if they ended within that time."""
        deadline = QDeadlineTimer(milliseconds)
        for dialog in (self._wizard, self._manager):
            if dialog is not None:
                dialog.hide()
        self.errands.leave()
        ended = self.desk.leave(deadline)
        return bool(self.errands.wait(deadline)) and ended

    # --- of one mind ---------------------------------------------------------------------------

    def _take_styles(self, styles: list[Style]) -> None:
        self._styles = styles
        if self._wizard is not None:
            self._wizard.show_styles(styles)
        self._tell_manager()

    def _tell_manager(self) -> None:
        if self._manager is not None:
            self._manager.show_styles(self._styles, self._studio.wishes.style)
            self._manager.show_picture(self._studio.picture, self._studio.wishes.mode)

    def _picture_opened(self, picture: Path) -> None:
        if self._manager is not None:
            self._manager.show_picture(picture, self._studio.wishes.mode)

    def _wishes_changed(self, _: object) -> None:
        if self._manager is not None:
            self._manager.show_current(self._studio.wishes.style)
            self._manager.show_picture(self._studio.picture, self._studio.wishes.mode)

    def _use(self, name: str) -> None:
        self._studio.set_style(name)
        self._studio.prepare()

    def _renamed(self, old: str, new: str) -> None:
        if self._studio.wishes.style == old:
            self._studio.set_style(new)

    def _style_made(self, _: str) -> None:
        self._studio.prepare()

    def _show_status(self) -> None:
        run = self.desk.run
        text = ""
        if run is not None and run.state is not RunState.CANCELLED:
            line = words.state_line(run)
            share = f" {run.share:.0%}" if run.state is RunState.TRAINING and run.step else ""
            text = f"{printable(run.order.name)}: {line}{share}"
        elif self.desk.unfinished:
            newest = self.desk.unfinished[-1]
            text = words.unfinished_line(newest.order.name, newest.share)
        self.status_button.setText(text)
        self.status_button.setVisible(bool(text))


def style_actions(
    parent: QObject, train: Callable[[], None], manage: Callable[[], None]
) -> tuple[QAction, QAction]:
    """*Train…* and *Styles…*, for a menu or tool bar."""
    translate = QCoreApplication.translate
    made = []
    train_words = (
        translate("StyleTools", "Train on my style…"),
        translate("StyleTools", "Make a style of your own from finished pages"),
    )
    styles_words = (
        translate("StyleTools", "Styles…"),
        translate("StyleTools", "Look at, import, pass on and compare styles"),
    )
    for icon_name, (text, tip), keys, act in (
        ("train", train_words, "Ctrl+Shift+T", train),
        ("styles", styles_words, "Ctrl+Shift+S", manage),
    ):
        action = QAction(icon(icon_name), text, parent)
        action.setToolTip(f"{tip}  ({keys})")
        action.setShortcut(keys)
        action.triggered.connect(lambda _=False, act=act: act())
        made.append(action)
    return made[0], made[1]


def add_to_tool_bar(tools: QToolBar, after: QWidget, actions: Sequence[QAction]) -> None:
    """Put the actions, as icons, right of that widget."""
    placed = tools.actions()
    place = next(n for n, action in enumerate(placed) if tools.widgetForAction(action) is after)
    following = placed[place + 1] if place + 1 < len(placed) else None
    for action in actions:
        if following is None:
            tools.addAction(action)
        else:
            tools.insertAction(following, action)
        button = tools.widgetForAction(action)
        if isinstance(button, QToolButton):
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            button.setAccessibleName(action.text())
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


def _status_button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon("train"))
    button.setToolTip(action.toolTip())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setProperty("flat", True)
    button.setProperty("small", True)
    button.clicked.connect(action.trigger)
    button.hide()
    return button


def _show(dialog: QWidget) -> None:
    dialog.show()
    dialog.activateWindow()
