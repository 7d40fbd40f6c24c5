"""The exit statuses of every command."""

DONE, SOME_FAILED, NOT_STARTED, INTERRUPTED = 0, 1, 2, 130
