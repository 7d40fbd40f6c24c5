"""Last page: what came of it, on pages that the style has not seen."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from colorstudio.core.failures import printable
from colorstudio.ui.my_style import words
from colorstudio.ui.my_style.page_strip import PageStrip
from colorstudio.ui.my_style.training_run import TrainingRun
from colorstudio.ui.parts import told_label


class ResultPage(QWidget):
    """Before, after and the truth, with the figures in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = told_label("large", self)
        self._text = told_label("", self)
        self._facts = told_label("muted", self)
        self.strip = PageStrip((self.tr("Before"), self.tr("After"), self.tr("Yours")), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._title, self._text, self._facts):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.strip, 1)
        column.addStretch(0)  # where no page was held back

    def show_run(self, run: TrainingRun) -> None:
        """Tell what came of a run that is done; its pictures are read now."""
        news = run.style
        if news is None:
            return
        start = run.order.start
        self._title.setText(words.result_title(news))
        self._text.setText("\n".join(words.result_lines(news, start)))
        facts = self.tr("Trained on {pictures:,} pictures in {steps:,} steps.")
        self._facts.setText(facts.format(pictures=news.pictures, steps=news.steps))
        before = self.tr("Before, with “{start}”").format(start=printable(start))
        self.strip.set_titles(before, self.tr("After, pages it has not seen"))
        self.strip.show_pages(run.pages, run.pages, before=True)
        self.strip.setVisible(bool(run.pages))

    @property
    def text(self) -> str:
        """Title and sentences, as shown."""
        return f"{self._title.text()}\n{self._text.text()}"
