"""The order in which Tab goes through a window: that of reading, as the layouts have it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QGridLayout,
    QLayout,
    QSplitter,
    QStackedWidget,
    QToolBar,
    QWidget,
)


def chain(parts: Iterable[QWidget]) -> None:
    """Let Tab go through these parts of a window one after the other, each in reading order.

    The first stays where it is in the window's order, all others follow it.
    """
    stops = [stop for part in parts for stop in reading_order(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def reading_order(widget: QWidget) -> Iterator[QWidget]:
    """What in a widget can have the focus, itself included, from the upper left on.

    Of joined buttons, all: that one which is on takes the focus, and that may change.
    """
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus or isinstance(widget, QAbstractButton):
        yield widget
    for child in _children(widget):
        yield from reading_order(child)


def _children(widget: QWidget) -> Sequence[QWidget]:
    if isinstance(widget, QToolBar):
        return [widget.widgetForAction(action) for action in widget.actions()]
    if isinstance(widget, QSplitter | QStackedWidget):
        return [part for n in range(widget.count()) if (part := widget.widget(n)) is not None]
    layout = widget.layout()
    return [] if layout is None else list(_laid_out(layout))


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    numbers = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        # Row, column, and how many of each it takes: PySide's stubs know no types here.
        numbers.sort(key=lambda number: cast(tuple[int, ...], layout.getItemPosition(number)))
    for number in numbers:
        item = layout.itemAt(number)
        if item is None:
            continue
        inner, part = item.layout(), item.widget()
        if inner is not None:
            yield from _laid_out(inner)
        elif part is not None:
            yield part
