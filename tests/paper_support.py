"""Drawings, and how a camera sees them."""

import cv2
import numpy as np
from numpy.typing import NDArray


def drawing(height: int = 600, width: int = 440) -> NDArray[np.uint8]:
    """Boxes, circles and a solid black on white."""
    page = np.full((height, width), 255, np.uint8)
    cv2.rectangle(page, (40, 50), (200, 330), 0, 3, cv2.LINE_AA)
    cv2.circle(page, (300, 200), 90, 0, 3, cv2.LINE_AA)
    cv2.circle(page, (300, 200), 40, 0, 2, cv2.LINE_AA)
    cv2.line(page, (30, 560), (420, 400), 0, 4, cv2.LINE_AA)
    cv2.rectangle(page, (60, 420), (140, 470), 0, -1)
    return page


def in_lamp_light(page: NDArray[np.uint8], least: float, most: float) -> NDArray[np.uint8]:
    """Brightest in one corner and darkest in the opposite one, with a sensor's grain."""
    height, width = page.shape
    y, x = np.mgrid[0:height, 0:width]
    light = least + (most - least) * (x / width + y / height) / 2
    grain = np.random.default_rng(4).normal(0, 2, page.shape)
    return np.clip(page * light + grain, 0, 255).astype(np.uint8)
