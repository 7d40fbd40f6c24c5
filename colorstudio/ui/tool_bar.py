"""The bar at the top: what to colour, how, and the one button that starts it."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from colorstudio.core.modes import Mode
from colorstudio.ui import theme
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.icons import icon
from colorstudio.ui.segmented import Choice, SegmentedSwitch
from colorstudio.ui.style_picker import StylePicker
from colorstudio.ui.wording import mode_words, pictures
from colorstudio.ui.worker_thread import Equipment

_ICON_AND_TEXT = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
_ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly


def mode_choices() -> tuple[Choice, ...]:
    """The modes to choose from, each with what it does."""
    translate = QCoreApplication.translate
    return (
        Choice(None, mode_words(None), translate(
            "ToolBar", "Find out for each picture whether it is greyscale or line art")),
        Choice(Mode.GREYSCALE, mode_words(Mode.GREYSCALE), translate(
            "ToolBar", "Keep the picture's light and dark exactly, add colour")),
        Choice(Mode.LINEART, mode_words(Mode.LINEART), translate(
            "ToolBar", "Keep the lines, paint the paper between them")),
    )  # fmt: skip


class ToolBar(QToolBar):
    """Holds the controls; the window connects them, and the menus listen to the keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Tools"))
        self.setObjectName("Tools")
        self._labels: list[QAction] = []
        self._narrow = self._paused = False
        self._wanted = 0  # logical pixels for all words, as far as is known
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.open_button = _button(
            "folder-open", self.tr("Open folder"), self.tr("Open a folder  (Ctrl+O)")
        )
        self.add_button = _button(
            "picture-add", self.tr("Add pictures"), self.tr("Add to the queue  (Ctrl+Shift+O)")
        )
        self.styles = StylePicker(self)
        self.modes = SegmentedSwitch(self.tr("Mode"), mode_choices(), self)
        self.stop_button = QPushButton(icon("stop"), self.tr("Stop"), self)
        self.stop_button.setAccessibleName(self.tr("Stop"))
        self.stop_button.setToolTip(self.tr("Stop after the pictures being coloured  (Esc)"))
        self.pause_button = QPushButton(icon("pause"), self.tr("Pause"), self)
        self.pause_button.setToolTip(self.tr("Rest before the next picture, or go on  (Ctrl+P)"))
        self.colorize_button = QPushButton(self.tr("Colorize"), self)
        self.colorize_button.setIcon(icon("brush", theme.ACCENT_TEXT))
        self.colorize_button.setToolTip(
            self.tr("Colour everything that waits in the queue  (Ctrl+Return)")
        )
        self.colorize_button.setProperty("primary", True)
        self.colorize_button.setMinimumWidth(200)
        for button in (self.pause_button, self.stop_button, self.colorize_button):
            button.setIconSize(QSize(18, 18))
        self._lay_out()

    def show_desk(self, desk: BatchDesk) -> None:
        """Offer what the queue allows."""
        left = desk.outlook.to_color if not desk.running else 0
        self.colorize_button.setText(_start_words(desk, left))
        busy = desk.running or desk.awaited
        self.colorize_button.setEnabled(not busy and (left > 0 or desk.waiting > 0))
        self.stop_button.setEnabled(busy and not desk.stopping)
        self.pause_button.setEnabled(desk.running and not desk.stopping)
        self._show_paused(desk.paused)
        self._fit(self.width())

    def _show_paused(self, paused: bool) -> None:
        words = self.tr("Resume") if paused else self.tr("Pause")
        self.pause_button.setAccessibleName(words)
        self.pause_button.setText("" if self._narrow else words)
        if paused != self._paused:
            self._paused = paused
            self.pause_button.setIcon(icon("resume" if paused else "pause"))

    def show_equipment(self, equipment: Equipment) -> None:
        """Grey out what the style lacks."""
        able = "lineart" in equipment.supports
        lacking = self.tr("This style can't paint line art. Choose another style for that.")
        button = self.modes.button(Mode.LINEART)
        button.setEnabled(able)
        choice = next(c for c in self.modes.choices if c.value is Mode.LINEART)
        button.setToolTip(choice.tooltip if able else lacking)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the words give way to the controls."""
        self._fit(event.size().width())
        super().resizeEvent(event)

    def _fit(self, width: int) -> None:
        """Show words or only icons, as there is room for.

        What is too much depends on language, font and the number of pictures; the last button,
        the one that starts it all, would be moved into an overflow menu.
        """
        if not self._narrow:
            self._wanted = self.sizeHint().width()
        narrow = width < self._wanted
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.stop_button.setText("" if narrow else self.stop_button.accessibleName())
        self._show_paused(self._paused)
        self.colorize_button.setIcon(QIcon() if narrow else icon("brush", theme.ACCENT_TEXT))
        self.styles.set_narrow(narrow)
        for button in (self.open_button, self.add_button):
            button.setToolButtonStyle(_ICON_ONLY if narrow else _ICON_AND_TEXT)
        for action in self._labels:
            action.setVisible(not narrow)

    def _lay_out(self) -> None:
        gap = QWidget(self)
        gap.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for part in (self.open_button, self.add_button, None, self.tr("Style"), self.styles,
                     self.tr("Mode"), self.modes, gap, self.pause_button, self.stop_button,
                     self.colorize_button):  # fmt: skip
            if part is None:
                self.addSeparator()
            elif isinstance(part, str):
                label = QLabel(part, self)
                label.setProperty("tone", "muted")
                self._labels.append(self.addWidget(label))
            else:
                self.addWidget(part)


def _start_words(desk: BatchDesk, left: int) -> str:
    translate = QCoreApplication.translate
    if desk.paused:
        return translate("ToolBar", "Paused")
    if desk.stopping:
        return translate("ToolBar", "Stopping…")
    if desk.running:
        return translate("ToolBar", "Colouring…")
    if desk.awaited:
        return translate("ToolBar", "Starting…")
    if not left:
        return translate("ToolBar", "Colorize")
    words = translate("ToolBar", "Colorize {pictures}")
    if desk.was_stopped:
        words = translate("ToolBar", "Continue with {pictures}")
    return words.format(pictures=pictures(left))


def _button(icon_name: str, words: str, tooltip: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(icon(icon_name))
    button.setIconSize(QSize(20, 20))
    button.setText(words)
    button.setToolTip(tooltip)
    button.setAccessibleName(words)
    button.setToolButtonStyle(_ICON_AND_TEXT)
    return button
