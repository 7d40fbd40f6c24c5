"""The choice of a style, by name."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QComboBox, QListView, QWidget

from colorstudio.core.failures import printable
from colorstudio.styles.style import Style
from colorstudio.ui.icons import plain_tooltip


class StylePicker(QComboBox):
    """Lists the style library; `picked` is emitted when the artist chooses another style."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setView(QListView(self))  # a plain list, which takes the theme
        self.set_narrow(False)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setAccessibleName(self.tr("Style"))
        self.setToolTip(self.tr("The style that pictures are coloured in"))
        self.setEnabled(False)
        self.setPlaceholderText(self.tr("No style"))
        self.activated.connect(lambda row: self.picked.emit(self.itemData(row)))

    def set_narrow(self, narrow: bool) -> None:
        """Take the room of a short name, or of most."""
        self.setMinimumWidth(100 if narrow else 160)
        self.setMaximumWidth(130 if narrow else 240)

    def show_styles(self, styles: Sequence[Style], current: str) -> None:
        """Fill the list and mark the style in use."""
        self.clear()
        for style in styles:
            self.addItem(printable(style.info.name), style.info.name)
            row = self.count() - 1
            self.setItemData(row, plain_tooltip(_about(style)), Qt.ItemDataRole.ToolTipRole)
        self.setCurrentIndex(self.findData(current))
        self.setEnabled(bool(styles))


def _about(style: Style) -> str:
    info = style.info
    by = QCoreApplication.translate("StylePicker", "By {author}.").format(author=info.author)
    parts = [info.description, by if info.author else "", info.licence]
    return printable("  ".join(part for part in parts if part))
