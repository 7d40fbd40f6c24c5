"""The two modes by name; how a picture's mode is found out (`mode`) needs the arrays' library."""

from enum import StrEnum


class Mode(StrEnum):
    """How a picture is coloured: its luma kept, or paint laid under its lines."""

    GREYSCALE = "greyscale"
    LINEART = "lineart"
