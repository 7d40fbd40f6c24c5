"""`python -m colorstudio`: the same as the command `colorstudio`."""

import sys

from colorstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
