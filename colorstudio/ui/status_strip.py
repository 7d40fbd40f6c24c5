"""The line at the bottom: what just happened, and the device really in use, always in sight."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from colorstudio.core.failures import printable
from colorstudio.ui import theme
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.icons import picture_of, plain_tooltip
from colorstudio.ui.worker_thread import Equipment


class StatusStrip(QStatusBar):
    """A message to the left, the provider to the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._message = ElidedLabel(self)
        self._message.setProperty("tone", "muted")
        self._sign = QLabel(self)
        self._device = QLabel(self)
        self._device.setTextFormat(Qt.TextFormat.PlainText)
        chip = QWidget(self)
        row = QHBoxLayout(chip)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._device)
        self._chip = chip
        self._message.setContentsMargins(12, 0, 0, 0)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(chip)
        self._show("Device: getting ready…", "The style is being loaded", theme.FAINT)

    def tell(self, text: str) -> None:
        """Show that message until the next one."""
        self._message.show_text(printable(text))

    def show_equipment(self, equipment: Equipment) -> None:
        """The provider really in use; where it is a fallback, the tooltip says why."""
        tip = equipment.reason or f"Pictures are coloured on the {equipment.provider}."
        color = theme.MUTED if equipment.reason else theme.GOOD
        self._show(f"Device: {equipment.provider}", tip, color)

    def show_no_device(self, reason: str) -> None:
        """No style could be loaded, and so no device is in use."""
        self._show("Device: none in use", reason, theme.BAD)

    @property
    def message(self) -> str:
        """What is told."""
        return self._message.whole_text

    @property
    def device(self) -> str:
        """The provider as shown."""
        return self._device.text()

    @property
    def device_reason(self) -> str:
        """The tooltip of the provider."""
        return self._chip.toolTip()

    def _show(self, text: str, tip: str, color: str) -> None:
        self._device.setText(printable(text))
        self._chip.setToolTip(plain_tooltip(printable(tip)))
        self._sign.setPixmap(picture_of("device", 18, color, self.devicePixelRatioF()))
