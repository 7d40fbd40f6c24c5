"""Arrays to what Qt can draw, made away from the UI thread."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_SMALLEST_SIDE = 512  # no smaller level is needed: painting this one is fast at any zoom


@dataclass(frozen=True, slots=True)
class Pyramid:
    """A picture at full size and at halves of it, so that any zoom paints few pixels.

    levels[0] is the picture itself; each next level is half as wide and high. The images look
    into `planes`, which must live as long as they do.
    """

    levels: tuple[QImage, ...]
    planes: "tuple[NDArray[np.uint8], ...]"
    has_alpha: bool

    @property
    def width(self) -> int:
        """Pixels in a row of the picture itself."""
        return int(self.levels[0].width())

    @property
    def height(self) -> int:
        """Rows of the picture itself."""
        return int(self.levels[0].height())

    def level_for(self, scale: float) -> QImage:
        """The smallest level with enough pixels for a scale (device pixels per picture pixel)."""
        index, step = 0, 1.0
        while index + 1 < len(self.levels) and step / 2 >= scale:
            index, step = index + 1, step / 2
        return self.levels[index]


def pyramid_of(pixels: "NDArray[np.uint8]", alpha: "NDArray[np.uint8] | None" = None) -> Pyramid:
    """Build the pyramid of (H, W) grey or (H, W, 3) RGB pixels with alpha (H, W) or none."""
    import cv2  # here: the window shows before it is loaded. It works without Python's lock.
    import numpy as np

    planes = [_bgra(pixels, alpha)]
    while max(planes[-1].shape[:2]) > _SMALLEST_SIDE:
        height, width = planes[-1].shape[:2]
        half = (max(1, width // 2), max(1, height // 2))
        planes.append(np.asarray(cv2.resize(planes[-1], half, interpolation=cv2.INTER_AREA)))
    return Pyramid(
        tuple(_image(plane, alpha is not None) for plane in planes),
        tuple(planes),
        alpha is not None,
    )


def draft_of(pixels: "NDArray[np.uint8]", alpha: "NDArray[np.uint8] | None", width: int) -> Pyramid:
    """A pyramid of a picture `width` pixels wide, of which only a smaller one is there yet.

    The smaller one stands for the picture itself and for each level down to its own size.
    """
    small = pyramid_of(pixels, alpha)
    missing = max(0, round(math.log2(width / pixels.shape[1])))
    return Pyramid(
        small.levels[:1] * missing + small.levels,
        small.planes[:1] * missing + small.planes,
        small.has_alpha,
    )


def thumbnail_image(rgba: "NDArray[np.uint8]") -> QImage:
    """A QImage of its own memory from (h, w, 4) RGBA, not multiplied by alpha."""
    import numpy as np

    height, width = rgba.shape[:2]
    plane = np.ascontiguousarray(rgba)
    image = QImage(plane.data, width, height, width * 4, QImage.Format.Format_RGBA8888)
    return image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _bgra(pixels: "NDArray[np.uint8]", alpha: "NDArray[np.uint8] | None") -> "NDArray[np.uint8]":
    """Qt's fast 32-bit layout; with alpha, colours are multiplied by it."""
    import cv2
    import numpy as np

    code = cv2.COLOR_GRAY2BGRA if pixels.ndim == 2 else cv2.COLOR_RGB2BGRA
    bgra = np.asarray(cv2.cvtColor(np.ascontiguousarray(pixels), code))
    if alpha is None:
        return bgra.astype(np.uint8, copy=False)
    coverage = cv2.cvtColor(np.ascontiguousarray(alpha), cv2.COLOR_GRAY2BGRA)
    multiplied = np.asarray(cv2.multiply(bgra, coverage, scale=1 / 255))
    multiplied[..., 3] = alpha
    return multiplied.astype(np.uint8, copy=False)


def _image(plane: "NDArray[np.uint8]", has_alpha: bool) -> QImage:
    height, width = plane.shape[:2]
    layout = QImage.Format.Format_ARGB32_Premultiplied if has_alpha else QImage.Format.Format_RGB32
    return QImage(plane.data, width, height, width * 4, layout)
