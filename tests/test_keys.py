"""The keys of the window."""

from collections import Counter

from PySide6.QtGui import QAction


def test_no_two_actions_share_a_key(window):
    """Qt would do neither of them."""
    actions = window.findChildren(QAction)
    keys = Counter(key.toString() for action in actions for key in set(action.shortcuts()))
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_action_with_a_key_stands_in_a_menu(window):
    """There it is looked for, and read by a screen reader."""
    menus = (entry.menu() for entry in window.menuBar().actions())
    found = [action for menu in menus for action in menu.actions()]
    keyed = [action for action in window.findChildren(QAction) if not action.shortcut().isEmpty()]
    assert [action.text() for action in keyed if action not in found] == []
