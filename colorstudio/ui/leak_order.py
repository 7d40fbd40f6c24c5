"""The button that puts pictures whose colours leak most at the top of the queue."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from colorstudio.ui.arranging import arrange
from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.icons import icon
from colorstudio.ui.row_order import worst_first


def worst_first_button(desk: BatchDesk, parent: QWidget) -> QToolButton:
    """A small button that sorts the desk's rows when it is clicked."""
    translate = QCoreApplication.translate
    button = QToolButton(parent)
    button.setText(translate("Leaks", "Worst first"))
    button.setIcon(icon("leaks"))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setToolTip(translate("Leaks", "Pictures whose colours leak most come first"))
    button.setProperty("flat", True)
    button.setProperty("small", True)
    button.clicked.connect(lambda: sort_worst_first(desk))
    return button


def sort_worst_first(desk: BatchDesk) -> None:
    """Put what leaks most at the top; what has no figure, or waits, keeps its order below."""
    figures = [
        (row.job.id, None if row.update.leaks is None else row.update.leaks.worst)
        for row in desk.rows.rows
    ]
    if arrange(desk.queue, desk.rows, worst_first(figures)):
        desk.arranged = True  # kept when the queue is planned anew
