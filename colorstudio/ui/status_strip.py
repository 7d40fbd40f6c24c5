"""The line at the bottom: what just happened, and the device really in use, always in sight."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStatusBar, QWidget

from colorstudio.core.failures import printable
from colorstudio.ui import theme
from colorstudio.ui.canvas_panel import ElidedLabel
from colorstudio.ui.icons import picture_of, plain_tooltip
from colorstudio.ui.sentences import told
from colorstudio.ui.worker_thread import Equipment


class StatusStrip(QStatusBar):
    """A message to the left, the provider to the right."""

    device_pressed = Signal()  # the artist wants to know more about the device

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._message = ElidedLabel(self)
        self._message.setProperty("tone", "muted")
        self._sign = QLabel(self)
        self._device = QLabel(self)
        self._device.setTextFormat(Qt.TextFormat.PlainText)
        chip = _Chip(self)
        chip.pressed.connect(self.device_pressed)
        chip.setAccessibleName(self.tr("Device in use: open the self-test"))
        row = QHBoxLayout(chip)
        row.setContentsMargins(8, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(self._sign)
        row.addWidget(self._device)
        self._chip = chip
        self._role = "FAINT"
        self._message.setContentsMargins(12, 0, 0, 0)
        self.addWidget(self._message, 1)
        self.addPermanentWidget(chip)
        self._provider = ""
        self._show(self.tr("Device: getting ready…"), self.tr("The style is being loaded"), "FAINT")

    def tell(self, text: str) -> None:
        """Show that message until the next one."""
        self._message.show_text(told(text))

    def show_equipment(self, equipment: Equipment) -> None:
        """The provider really in use; where it is a fallback, the tooltip says why.

        A card that gives up in the middle of the work is told in words, too.
        """
        if self._provider not in ("", equipment.provider) and equipment.reason:
            self.tell(equipment.reason)
        self._provider = equipment.provider
        plain = self.tr("Pictures are coloured on the {device}.").format(device=equipment.provider)
        tip = equipment.reason or plain
        role = "MUTED" if equipment.reason else "GOOD"
        self._show(self.tr("Device: {device}").format(device=equipment.provider), tip, role)

    def show_no_device(self, reason: str) -> None:
        """No style could be loaded, and so no device is in use."""
        self._show(self.tr("Device: none in use"), reason, "BAD")

    @property
    def chip(self) -> QWidget:
        """The place of the device, which can be pressed."""
        return self._chip

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

    def recolor(self) -> None:
        """The theme has other colours now."""
        color = getattr(theme, self._role)
        self._sign.setPixmap(picture_of("device", 18, color, self.devicePixelRatioF()))

    def _show(self, text: str, tip: str, role: str) -> None:
        self._device.setText(printable(text))
        self._chip.setToolTip(plain_tooltip(told(tip)))
        self._role = role
        self.recolor()


class _Chip(QWidget):
    """A place that can be pressed, by mouse or keyboard."""

    pressed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setProperty("chip", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that press a button."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)
