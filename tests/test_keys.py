"""The keys of the window."""

from collections import Counter

from PySide6.QtGui import QAction


def test_no_two_actions_share_a_key(window):
    """Qt would do neither of them."""
    actions = window.findChildren(QAction)
    keys = Counter(key.toString() for action in actions for key in set(action.shortcuts()))
    assert [key for key, count in keys.items() if count > 1] == []
