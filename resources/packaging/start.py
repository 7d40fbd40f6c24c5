"""Where a bundle starts: the window, the command line, the trainer and the reading process."""

import multiprocessing
import os
import sys


def restore_library_path() -> None:
    """Programs of the system that are started from here must find the system's own libraries."""
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the reading process goes its own way here
    if sys.platform.startswith("linux"):
        restore_library_path()
    from colorstudio.cli import program

    sys.exit(program())
