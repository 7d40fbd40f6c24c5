"""Stopping work politely: the owner holds the switch, the worker only looks at it."""


class Cancelled(Exception):
    """Work was stopped on request. This is an ending, not an error."""


class _Switch:
    """One flag that only ever goes on.

    A plain attribute, not an Event: an Event takes a lock, and a signal handler that takes a
    lock which the interrupted code holds never returns.
    """

    __slots__ = ("on",)

    def __init__(self) -> None:
        self.on = False


class CancelToken:
    """The worker's view: it may look and stop, never cancel. Made by a CancelSource."""

    __slots__ = ("_switches",)

    def __init__(self, *switches: _Switch) -> None:
        self._switches = switches

    @property
    def cancelled(self) -> bool:
        """True once the owner has asked to stop; it never becomes False again."""
        return any(switch.on for switch in self._switches)

    def raise_if_cancelled(self) -> None:
        """Raise Cancelled if the owner has asked to stop."""
        if self.cancelled:
            raise Cancelled

    def joined(self, other: "CancelToken") -> "CancelToken":
        """A token that is cancelled as soon as this one or the other one is."""
        return CancelToken(*self._switches, *other._switches)


class CancelSource:
    """The owner's view: the switch itself. Safe to use from any thread and signal handler."""

    __slots__ = ("_switch",)

    def __init__(self) -> None:
        self._switch = _Switch()

    @property
    def token(self) -> CancelToken:
        """The view to hand to workers."""
        return CancelToken(self._switch)

    def cancel(self) -> None:
        """Ask every holder of a token to stop."""
        self._switch.on = True
