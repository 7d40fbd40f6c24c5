"""Sentences of the layers below, said in the window's language."""

from PySide6.QtCore import QCoreApplication

from colorstudio.core.failures import Sentence, printable


def told(sentence: str) -> str:
    """A sentence as the window shows it: translated if it knows how it was worded, on one line.

    Where a translation does not fit the values, the English sentence is shown.
    """
    return printable(_translated(sentence))


def _translated(sentence: str) -> str:
    if not isinstance(sentence, Sentence):  # one without values is its own template
        return QCoreApplication.translate("", sentence) if sentence else ""
    words = QCoreApplication.translate("", sentence.template)
    values = {
        name: _translated(value) if isinstance(value, str) else value
        for name, value in sentence.values.items()
    }
    try:
        return words.format(**values)
    except (KeyError, IndexError, ValueError):
        return str(sentence)
