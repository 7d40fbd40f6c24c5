"""Endless drawn scenes as pairs of line art and colour, for training without anybody's pictures."""

from training.procedural.finishing import Scene
from training.procedural.scenes import KINDS, draw_scene

__all__ = ["KINDS", "Scene", "draw_scene"]
