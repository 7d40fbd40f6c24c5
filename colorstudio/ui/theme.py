"""The look of the window: neutral greys with one accent, for judging colours; dark or light."""

from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from colorstudio.core.places import resources


class ThemeChoice(StrEnum):
    """What the artist wishes for."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


# The colours in use: the dark ones, until use_colors() exchanges them. So they are looked up when
# something is painted, and never kept.
# Greys without a tint: a tinted surround shifts how colours in the picture look.
SURROUND = "#232323"  # behind the picture and inside lists
WINDOW = "#2b2b2b"
PANEL = "#313131"
FIELD = "#232323"  # what is typed into
RAISED = "#3c3c3c"  # buttons
HOVER = "#484848"
LINE = "#1c1c1c"
EDGE = "#4a4a4a"
EDGE_OFF = "#3d3d3d"  # of what can't be used at the moment
HANDLE = "#565656"  # of scroll bars
HANDLE_HOVER = "#6e6e6e"

TEXT = "#e8e8e8"
MUTED = "#a8a8a8"
FAINT = "#767676"

ACCENT = "#3b80cf"
ACCENT_HOVER = "#4a90e0"
ACCENT_PRESSED = "#2f6db5"
ACCENT_TEXT = "#ffffff"
ACCENT_FOCUS = "#9cc6f5"
ACCENT_OFF = "#39424d"
ACCENT_OFF_TEXT = "#8d96a1"
SELECTION = "#2f4d6e"
SELECTION_TEXT = "#fefefe"

GOOD = "#74bd7b"
BAD = "#ef7b6e"
WARNING = "#e0b052"
BAD_GROUND = "#45302e"
BADGE_TEXT = "#1b1b1b"  # on good and bad

DARK: Final = {name: value for name, value in globals().items() if name.isupper()}

LIGHT: Final = {
    "SURROUND": "#dcdcdc",
    "WINDOW": "#ebebeb",
    "PANEL": "#f3f3f3",
    "FIELD": "#ffffff",
    "RAISED": "#fdfdfd",
    "HOVER": "#e2e2e2",
    "LINE": "#c6c6c6",
    "EDGE": "#bdbdbd",
    "EDGE_OFF": "#d2d2d2",
    "HANDLE": "#b0b0b0",
    "HANDLE_HOVER": "#929292",
    "TEXT": "#1d1d1d",
    "MUTED": "#565656",
    "FAINT": "#8b8b8b",
    "ACCENT": "#2c71c0",
    "ACCENT_HOVER": "#3b80cf",
    "ACCENT_PRESSED": "#245f9f",
    "ACCENT_TEXT": "#ffffff",
    "ACCENT_FOCUS": "#12406f",
    "ACCENT_OFF": "#c9d3de",
    "ACCENT_OFF_TEXT": "#7d8894",
    "SELECTION": "#bcd7f3",
    "SELECTION_TEXT": "#101010",
    "GOOD": "#2f7d38",
    "BAD": "#b9352a",
    "WARNING": "#8f6000",
    "BAD_GROUND": "#f6dcd9",
    "BADGE_TEXT": "#fafafa",
}

PAPER: Final = "#ffffff"  # under transparent pictures
CAPTION: Final = "#f0f0f0"  # on the dark pills over pictures
PAPER_SHADE: Final = "#e6e6e6"

CONTROL_HEIGHT: Final = 32


def use_colors(scheme: dict[str, str]) -> None:
    """Make these the colours in use; what is painted from now on has them."""
    globals().update(scheme)


def is_light() -> bool:
    """True while the light colours are in use."""
    return LIGHT["TEXT"] == TEXT


def apply_theme(app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
    """Give the whole application that look; dark where the system has no wish."""
    hints = QGuiApplication.styleHints()
    light = choice is ThemeChoice.LIGHT
    if choice is ThemeChoice.SYSTEM:
        hints.unsetColorScheme()
        light = hints.colorScheme() is Qt.ColorScheme.Light
    else:  # the frame of the window, too
        hints.setColorScheme(Qt.ColorScheme.Light if light else Qt.ColorScheme.Dark)
    use_colors(LIGHT if light else DARK)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(_palette())
    font = app.font()
    if font.pointSizeF() < 10.0:
        font.setPointSizeF(10.0)
        app.setFont(font)
    app.setStyleSheet(_style_sheet())


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: WINDOW,
        QPalette.ColorRole.Base: SURROUND,
        QPalette.ColorRole.AlternateBase: PANEL,
        QPalette.ColorRole.Button: RAISED,
        QPalette.ColorRole.WindowText: TEXT,
        QPalette.ColorRole.Text: TEXT,
        QPalette.ColorRole.ButtonText: TEXT,
        QPalette.ColorRole.ToolTipBase: RAISED,
        QPalette.ColorRole.ToolTipText: TEXT,
        QPalette.ColorRole.PlaceholderText: FAINT,
        QPalette.ColorRole.Highlight: SELECTION,
        QPalette.ColorRole.HighlightedText: TEXT,
        QPalette.ColorRole.Link: ACCENT_HOVER,
    }
    for role, color in roles.items():
        palette.setColor(role, QColor(color))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(FAINT))
    return palette


def _style_sheet() -> str:
    icons = (resources() / "icons").as_posix()
    ink = "-dark" if is_light() else ""
    return f"""
QWidget {{ color: {TEXT}; }}
QMainWindow, QDialog, QMessageBox {{ background: {WINDOW}; }}
QMainWindow::separator {{ background: {LINE}; width: 4px; height: 4px; }}
QMainWindow::separator:hover {{ background: {ACCENT}; }}
QSplitter::handle {{ background: {LINE}; }}
QSplitter::handle:vertical {{ height: 4px; }}
QToolTip {{ color: {TEXT}; background: {RAISED}; border: 1px solid {EDGE}; padding: 4px 6px; }}

QWidget[panel="true"] {{ background: {PANEL}; }}
QWidget[bar="true"] {{ background: {WINDOW}; }}
QLabel {{ background: transparent; }}
QLabel[tone="muted"] {{ color: {MUTED}; }}
QLabel[tone="title"] {{ font-weight: 600; }}
QLabel[tone="large"] {{ font-size: 20px; font-weight: 600; }}
QLabel[tone="bad"] {{ color: {BAD}; }}
QLabel[tone="warning"] {{ color: {WARNING}; }}
QLabel[note="true"] {{ background: {PANEL}; border: 1px solid {EDGE}; border-radius: 6px;
    padding: 6px 10px; }}

QToolBar {{ background: {WINDOW}; border: 0; border-bottom: 1px solid {LINE};
    padding: 8px; spacing: 8px; }}
QToolBar::separator {{ background: {EDGE}; width: 1px; margin: 6px 6px; }}

QPushButton, QToolButton {{ background: {RAISED}; border: 1px solid {EDGE}; border-radius: 6px;
    padding: 0 12px; min-height: {CONTROL_HEIGHT - 2}px; }}
QToolButton {{ padding: 0 8px; }}
QPushButton:hover, QToolButton:hover {{ background: {HOVER}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {WINDOW}; }}
QPushButton:disabled, QToolButton:disabled {{ color: {FAINT}; background: {PANEL};
    border-color: {EDGE_OFF}; }}
QPushButton:focus, QToolButton:focus, QComboBox:focus {{ border-color: {ACCENT_HOVER}; }}
QPushButton[primary="true"] {{ background: {ACCENT}; border-color: {ACCENT}; color: {ACCENT_TEXT};
    font-weight: 600; padding: 0 18px; }}
QPushButton[primary="true"]:hover {{ background: {ACCENT_HOVER}; border-color: {ACCENT_HOVER}; }}
QPushButton[primary="true"]:pressed {{ background: {ACCENT_PRESSED}; }}
QPushButton[primary="true"]:focus {{ border-color: {ACCENT_FOCUS}; }}
QPushButton[primary="true"]:disabled {{ background: {ACCENT_OFF};
    border-color: {ACCENT_OFF}; color: {ACCENT_OFF_TEXT}; }}
QPushButton[large="true"] {{ min-height: 42px; min-width: 168px; }}
QToolButton[flat="true"], QPushButton[flat="true"] {{ background: transparent;
    border-color: transparent; padding: 0 6px; }}
QToolButton[flat="true"]:hover, QPushButton[flat="true"]:hover {{ background: {HOVER}; }}
QToolButton[flat="true"]:focus, QPushButton[flat="true"]:focus {{ border-color: {ACCENT_HOVER}; }}
QToolButton[flat="true"]:checked {{ background: {SELECTION}; }}
QToolButton[small="true"], QPushButton[small="true"] {{ min-height: 24px; padding: 0 8px; }}

QToolButton[segment] {{ border-radius: 0; border-right-width: 0; padding: 0 12px; }}
QToolButton[segment="first"] {{ border-top-left-radius: 6px; border-bottom-left-radius: 6px; }}
QToolButton[segment="last"] {{ border-top-right-radius: 6px; border-bottom-right-radius: 6px;
    border-right-width: 1px; }}
QToolButton[segment]:checked {{ background: {SELECTION}; color: {SELECTION_TEXT}; }}

QToolButton[folded="true"] {{ padding: 0 18px 0 8px; }}
QToolButton[folded="true"]:checked {{ background: {SELECTION}; }}
QToolButton[folded="true"]::menu-indicator {{ image: url("{icons}/arrow-down{ink}.svg");
    width: 12px; height: 12px; subcontrol-position: right center; right: 4px; }}

QComboBox {{ background: {RAISED}; border: 1px solid {EDGE}; border-radius: 6px;
    padding: 0 10px; min-height: {CONTROL_HEIGHT - 2}px; }}
QComboBox:hover {{ background: {HOVER}; }}
QComboBox:disabled {{ color: {FAINT}; background: {PANEL}; }}
QComboBox::drop-down {{ border: 0; width: 26px; }}
QComboBox::down-arrow {{ image: url("{icons}/arrow-down{ink}.svg"); width: 14px; height: 14px; }}
QComboBox QAbstractItemView {{ background: {RAISED}; border: 1px solid {EDGE}; outline: 0;
    padding: 4px; selection-background-color: {SELECTION}; }}
QComboBox QAbstractItemView::item {{ min-height: 28px; padding: 0 8px; border-radius: 4px; }}
QComboBox QAbstractItemView::item:selected {{ background: {SELECTION}; }}
QComboBox[small="true"] {{ min-height: 24px; }}

QLineEdit {{ background: {FIELD}; border: 1px solid {EDGE}; border-radius: 6px;
    padding: 0 8px; min-height: {CONTROL_HEIGHT - 2}px; selection-background-color: {ACCENT}; }}
QLineEdit:focus {{ border-color: {ACCENT_HOVER}; }}
QLineEdit:disabled {{ color: {FAINT}; background: {PANEL}; }}
QLineEdit[small="true"] {{ min-height: 24px; }}
QSlider::groove:horizontal {{ background: {FIELD}; height: 4px; border-radius: 2px; }}
QSlider::sub-page:horizontal {{ background: {ACCENT}; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {TEXT}; width: 14px; height: 14px; margin: -5px 0;
    border-radius: 7px; }}
QSlider::handle:horizontal:hover, QSlider::handle:horizontal:focus {{
    border: 1px solid {ACCENT_HOVER}; }}
QSlider::sub-page:horizontal:disabled, QSlider::handle:horizontal:disabled {{
    background: {FAINT}; }}

QCheckBox {{ spacing: 8px; min-height: 24px; }}
QCheckBox::indicator {{ width: 16px; height: 16px; border: 1px solid {FAINT}; border-radius: 4px;
    background: {FIELD}; }}
QCheckBox::indicator:checked {{ background: {ACCENT}; border-color: {ACCENT};
    image: url("{icons}/tick.svg"); }}
QCheckBox::indicator:focus {{ border-color: {ACCENT_HOVER}; }}

QAbstractScrollArea {{ background: {SURROUND}; border: 0; }}
QListView, QTreeView {{ background: {SURROUND}; border: 0; outline: 0; }}
QTreeView::item {{ min-height: 26px; padding-left: 2px; }}
QTreeView::item:hover {{ background: {PANEL}; }}
QTreeView::item:selected {{ background: {SELECTION}; color: {TEXT}; }}
QTreeView::branch {{ background: {SURROUND}; }}
QTreeView::branch:selected {{ background: {SELECTION}; }}
QTreeView::branch:has-children:closed {{ image: url("{icons}/arrow-right{ink}.svg"); }}
QTreeView::branch:has-children:open {{ image: url("{icons}/arrow-down{ink}.svg"); }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {HANDLE}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 36px; }}
QScrollBar::handle:horizontal {{ min-width: 36px; }}
QScrollBar::handle:hover {{ background: {HANDLE_HOVER}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QProgressBar {{ background: {SURROUND}; border: 0; border-radius: 4px; max-height: 8px;
    min-height: 8px; }}
QProgressBar::chunk {{ background: {ACCENT}; border-radius: 4px; }}
QProgressBar[state="bad"]::chunk {{ background: {WARNING}; }}
QProgressBar[state="good"]::chunk {{ background: {GOOD}; }}

QMenu {{ background: {RAISED}; border: 1px solid {EDGE}; padding: 6px; }}
QMenu::item {{ padding: 6px 24px 6px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {SELECTION}; }}
QMenu::item:disabled {{ color: {FAINT}; }}
QMenu::indicator {{ width: 14px; height: 14px; padding-left: 8px; }}
QMenu::indicator:checked {{ image: url("{icons}/tick{ink}.svg"); }}
QMenu::separator {{ height: 1px; background: {EDGE}; margin: 6px 4px; }}

QMenuBar {{ background: {WINDOW}; padding: 2px 4px; }}
QMenuBar::item {{ background: transparent; padding: 5px 10px; border-radius: 4px; }}
QMenuBar::item:selected {{ background: {HOVER}; }}
QMenuBar::item:pressed {{ background: {SELECTION}; color: {SELECTION_TEXT}; }}
QWidget[chip="true"] {{ border: 1px solid transparent; border-radius: 4px; }}
QWidget[chip="true"]:hover {{ background: {HOVER}; }}
QWidget[chip="true"]:focus {{ border-color: {ACCENT_HOVER}; }}
QStatusBar {{ background: {WINDOW}; border-top: 1px solid {LINE}; min-height: 30px; }}
QStatusBar::item {{ border: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QPlainTextEdit {{ background: {FIELD}; border: 1px solid {EDGE}; border-radius: 6px; }}
QFrame[popup="true"] {{ background: {PANEL}; border: 1px solid {EDGE}; border-radius: 8px; }}
QLabel[drop="true"] {{ color: {MUTED}; border: 2px dashed {EDGE}; border-radius: 12px; }}
QFrame[rule="true"] {{ background: {LINE}; border: 0; }}
QFrame[message="bad"] {{ background: {BAD_GROUND}; border-left: 4px solid {BAD}; }}
QFrame[message="offer"] {{ background: {PANEL}; border-left: 4px solid {ACCENT}; }}
"""
