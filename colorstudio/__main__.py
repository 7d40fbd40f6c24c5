"""`python -m colorstudio …` does what the installed command does."""

import sys

from colorstudio.cli import main

if __name__ == "__main__":
    sys.exit(main())
