"""`python -m colorstudio`: the same as the command `colorstudio`."""

import signal
import sys

if __name__ == "__main__":
    # Nothing has begun while Python still loads: Ctrl-C ends it at once, without a traceback.
    signal.signal(signal.SIGINT, signal.SIG_DFL)

    from colorstudio.cli import program

    sys.exit(program())
