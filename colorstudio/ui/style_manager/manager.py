"""The style manager: the library as a list, and what can be done with each style."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from colorstudio.core.failures import Failure, FailureKind, printable
from colorstudio.core.modes import Mode
from colorstudio.styles.style import MAX_NAME_LENGTH, Style
from colorstudio.ui.drops import dropped_paths, take_copy
from colorstudio.ui.errand_thread import ErrandThread
from colorstudio.ui.icons import icon
from colorstudio.ui.message_bar import MessageBar
from colorstudio.ui.parts import open_at
from colorstudio.ui.sentences import told
from colorstudio.ui.style_manager import library_errands as library
from colorstudio.ui.style_manager.comparison import Comparison
from colorstudio.ui.style_manager.details import SAMPLE_SIDE, StyleDetails
from colorstudio.ui.style_manager.files import SUFFIX, style_files

_LIST_WIDTH = 268
_ICON, _RIM = 44, 10


class StyleManager(QDialog):
    """Shows the style library. What changes it happens on an errand; `changed` asks for a new list.

    confirm and ask_name are asked before something is removed or renamed; they can be replaced,
    for tests.
    """

    changed = Signal(object)  # name of the style to look at now, or None
    removed = Signal(str)
    renamed = Signal(str, str)
    use_wanted = Signal(str)

    def __init__(self, errands: ErrandThread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.confirm: Callable[[str], bool] = self._ask
        self.ask_name: Callable[[str], str] = self._ask_name
        self._errands = errands
        self._styles: list[Style] = []
        self._samples: dict[str, QImage] = {}
        self._wanted: str | None = None
        self._picture: Path | None = None
        self._mode: Mode | None = None
        self._current = ""
        self.comparison = Comparison(errands, self)
        self.messages = MessageBar(self)
        self.list = QListWidget(self)
        self.details = StyleDetails(self)
        self.use_button = self._button("", self.tr("Use this style"), self._use)
        self.use_button.setProperty("primary", True)
        self.import_button = self._button("drop", self.tr("Import…"), self.choose_import)
        self.export_button = self._button("", self.tr("Export…"), self.choose_export)
        self.rename_button = self._button("", self.tr("Rename…"), self._rename)
        self.remove_button = self._button("", self.tr("Remove…"), self._remove)
        self.compare_button = self._button("view-divider", self.tr("Compare"), self._compare)
        self.setWindowTitle(self.tr("Styles"))
        self.setAcceptDrops(True)
        self.setMinimumSize(QSize(720, 480))
        open_at(self, 980, 680)
        self._lay_out()
        self._show_buttons()

    # --- what the window tells -----------------------------------------------------------------

    def show_styles(self, styles: Sequence[Style], current: str) -> None:
        """The library as it is now; current: the style in use."""
        chosen = self._wanted or (self.style_now.info.name if self.style_now else current)
        self._wanted = None
        self._styles, self._current = list(styles), current
        self.list.clear()
        for style in self._styles:
            self._add_row(style)
        names = [style.info.name for style in self._styles]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        side = round(SAMPLE_SIDE * self.devicePixelRatioF())
        self._errands.ask("samples", lambda: library.read_samples(styles, side),
                          self._take_samples, self.messages.tell)  # fmt: skip
        self._show_buttons()

    def show_current(self, name: str) -> None:
        """Another style is in use."""
        if name != self._current and name in [style.info.name for style in self._styles]:
            self.show_styles(self._styles, name)

    def show_picture(self, picture: Path | None, mode: Mode | None) -> None:
        """The picture in view, to compare styles on, and the mode it is coloured in."""
        self._picture, self._mode = picture, mode
        self._show_buttons()

    def import_files(self, files: Sequence[Path]) -> None:
        """Take style files into the library."""
        self.messages.hide()
        self._errands.ask(f"import {files}", lambda: library.import_files(files), self._imported,
                          self.messages.tell)  # fmt: skip

    # --- drops ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Style files may be dropped anywhere on the manager."""
        if event.mimeData().hasUrls():
            take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        files = style_files(dropped_paths(event.mimeData()))
        take_copy(event)
        if not event.isAccepted():
            return
        if files:
            self.import_files(files)
        else:
            self._tell(self.tr("Only .colorstyle files of this computer can be dropped here."))

    # --- what can be done ----------------------------------------------------------------------

    @property
    def style_now(self) -> Style | None:
        """The chosen style."""
        row = self.list.currentRow()
        return self._styles[row] if 0 <= row < len(self._styles) else None

    def choose_import(self) -> None:
        """Ask for style files."""
        kinds = self.tr("Styles ({pattern})").format(pattern=f"*{SUFFIX}")
        title = self.tr("Import styles")
        chosen, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if chosen:
            self.import_files([Path(name) for name in chosen])

    def choose_export(self) -> None:
        """Ask for a file and write the chosen style into it."""
        style = self.style_now
        if style is None:
            return
        kinds = self.tr("Styles ({pattern})").format(pattern=f"*{SUFFIX}")
        title, name = self.tr("Export the style"), f"{style.info.name}{SUFFIX}"
        chosen, _ = QFileDialog.getSaveFileName(self, title, name, kinds)
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, target: Path) -> None:
        """Write the chosen style into that file, which may be there: the artist was asked."""
        style = self.style_now
        if style is None:
            return
        if target.suffix.lower() != SUFFIX:
            target = target.with_name(target.name + SUFFIX)
            if target.exists():  # that one nobody was asked about
                self._tell(self.tr("There is a file of this name already. Choose another name."))
                return
        self.messages.hide()
        self._errands.ask(f"export {target}", lambda: library.export(style, target),
                          self._exported, self.messages.tell)  # fmt: skip

    def _use(self) -> None:
        if self.style_now is not None:
            self.use_wanted.emit(self.style_now.info.name)

    def _rename(self) -> None:
        style = self.style_now
        if style is None or style.bundled:
            return
        old, new = style.info.name, self.ask_name(style.info.name).strip()
        if new and new != old:
            self.messages.hide()
            self._errands.ask(f"rename {old}", lambda: library.rename(old, new), self._renamed,
                              self.messages.tell)  # fmt: skip

    def _remove(self) -> None:
        style = self.style_now
        if style is None or style.bundled:
            return
        name = style.info.name
        question = self.tr("Remove the style “{name}” for good?").format(name=printable(name))
        if self.confirm(question):
            self.messages.hide()
            self._errands.ask(f"remove {name}", lambda: library.remove(name), self._removed,
                              self.messages.tell)  # fmt: skip

    def _compare(self) -> None:
        style = self.style_now
        if style is None or self._picture is None:
            return
        names = [s.info.name for s in self._styles if s.info.name != style.info.name]
        other = self._current if self._current in names else names[0]
        self.comparison.show_picture(
            self._picture, self._styles, other, style.info.name, self._mode
        )
        self.comparison.show()

    # --- what came of it -----------------------------------------------------------------------

    def _imported(self, taken: library.Taken) -> None:
        for failure in taken.failures[:1]:
            more = len(taken.failures) - 1
            detail = "\n".join(told(other.sentence) for other in taken.failures[1:])
            rest = self.tr("{more} more could not be imported.").format(more=more) if more else ""
            sentence = f"{told(failure.sentence)} {rest}".strip()
            self.messages.tell(Failure(failure.kind, sentence, failure.detail or detail))
        if taken.names:
            self._want(taken.names[-1])

    def _exported(self, target: Path) -> None:
        """The new file is where the artist put it: nothing needs saying."""

    def _renamed(self, names: tuple[str, str]) -> None:
        self.renamed.emit(*names)
        self._want(names[1])

    def _removed(self, name: str) -> None:
        self.removed.emit(name)
        self._want(None)

    def _want(self, name: str | None) -> None:
        self._wanted = name
        self.changed.emit(name)

    def _take_samples(self, samples: dict[str, QImage]) -> None:
        self._samples = samples
        for row, style in enumerate(self._styles):
            self.list.item(row).setIcon(_list_icon(samples.get(style.info.name)))
        self._show_style()

    # --- putting together ----------------------------------------------------------------------

    def _add_row(self, style: Style) -> None:
        item = QListWidgetItem(printable(style.info.name), self.list)
        item.setSizeHint(QSize(_LIST_WIDTH - 20, _ICON + 14))
        if style.info.name == self._current:
            item.setText(self.tr("{name}  (in use)").format(name=printable(style.info.name)))

    def _show_style(self) -> None:
        style = self.style_now
        sample = None if style is None else self._samples.get(style.info.name)
        self.details.show_style(style, sample)
        self._show_buttons()

    def _show_buttons(self) -> None:
        style = self.style_now
        own = style is not None and not style.bundled
        came = self.tr("This style came with Color Studio.")
        for button in (self.rename_button, self.remove_button):
            button.setEnabled(own)
            button.setToolTip("" if own else came)
        self.export_button.setEnabled(style is not None)
        self.use_button.setEnabled(style is not None and style.info.name != self._current)
        able = self._picture is not None and len(self._styles) > 1
        self.compare_button.setEnabled(able)
        self.compare_button.setToolTip(
            self.tr("Colour the picture in view in two styles, side by side")
            if able
            else self.tr("Open a picture, and have two styles, to compare them")
        )

    def _tell(self, sentence: str) -> None:
        self.messages.tell(Failure(FailureKind.USAGE, sentence))

    def _ask(self, question: str) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(question)
        remove = box.addButton(self.tr("Remove"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(self.tr("Keep it"), QMessageBox.ButtonRole.RejectRole))
        box.exec()
        return box.clickedButton() is remove

    def _ask_name(self, name: str) -> str:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(self.tr("Rename the style"))
        dialog.setLabelText(self.tr("New name"))
        dialog.setTextValue(name[:MAX_NAME_LENGTH])
        return dialog.textValue() if dialog.exec() else ""

    def _button(self, icon_name: str, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        if icon_name:
            button.setIcon(icon(icon_name))
        button.setAutoDefault(False)
        button.clicked.connect(lambda: act())
        return button

    def _lay_out(self) -> None:
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setIconSize(QSize(_ICON + _RIM, _ICON))
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Styles"))
        self.list.currentRowChanged.connect(lambda _: self._show_style())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.list)
        middle.addWidget(self.details, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.import_button)
        foot.addStretch(1)
        for button in (self.export_button, self.rename_button, self.remove_button,
                       self.compare_button, self.use_button):  # fmt: skip
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addLayout(middle, 1)
        column.addLayout(foot)


def _list_icon(image: QImage | None) -> QIcon:
    """The middle of a picture with a rim at its left, the same on a chosen row."""
    scale = 2  # for fine screens
    pixmap = QPixmap((_ICON + _RIM) * scale, _ICON * scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    if image is not None:
        side = min(image.width(), image.height())
        part = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(_RIM * scale, 0, _ICON * scale, _ICON * scale), part)
        painter.end()
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Selected)
    return made
