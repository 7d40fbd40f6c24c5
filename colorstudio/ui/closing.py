"""The question before a window is closed in which work is going on."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from colorstudio.ui.batch_desk import BatchDesk
from colorstudio.ui.wording import pictures


def ask_to_close(window: QWidget, desk: BatchDesk, training: str) -> bool:
    """Say what would be interrupted, and ask; True closes. training: what is told of one, or ""."""
    translate, view = QCoreApplication.translate, desk.view()
    box = QMessageBox(window)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Color Studio")
    box.setText(training)
    if desk.running:
        left = pictures(view.total - view.ended)
        question = translate("MainWindow", "{pictures} still to be coloured. Stop and close?")
        box.setText(question.format(pictures=left))
        kept = translate("MainWindow", "Finished pictures are kept.")
        box.setInformativeText(" ".join((kept, training)).strip())
    stop = box.addButton(
        translate("MainWindow", "Stop and close"), QMessageBox.ButtonRole.AcceptRole
    )
    box.addButton(translate("MainWindow", "Go on"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    return box.clickedButton() is stop
