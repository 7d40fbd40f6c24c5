"""Where a picture lies in the canvas: zoom and position as a frozen value, all in device pixels."""

from dataclasses import dataclass, replace

MOST_ZOOM = 32.0
LEAST_SIDE = 48.0  # device pixels to which a picture can be made small, at least
_KEEP_IN_SIGHT = 64.0  # device pixels of the picture that can't be moved out of the canvas
_MARGIN = 0.04  # of the canvas, left free around a fitted picture


@dataclass(frozen=True, slots=True)
class Viewport:
    """A picture (width × height, its own pixels) seen in a canvas (canvas_width × canvas_height).

    scale: device pixels per picture pixel. left, top: of the picture, in the canvas.
    fitted: the picture follows the size of the canvas.
    """

    width: int
    height: int
    canvas_width: int
    canvas_height: int
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    fitted: bool = True

    @classmethod
    def fit(cls, width: int, height: int, canvas_width: int, canvas_height: int) -> "Viewport":
        """The whole picture, centred; small pictures are shown at most twice their size."""
        room_x, room_y = canvas_width * (1 - _MARGIN), canvas_height * (1 - _MARGIN)
        scale = max(min(room_x / width, room_y / height, 2.0), 1 / max(width, height))
        view = cls(width, height, canvas_width, canvas_height, scale)
        return view._centred()

    def resized(self, canvas_width: int, canvas_height: int) -> "Viewport":
        """The canvas changed: a fitted picture fits again, another one keeps its centre."""
        if self.fitted:
            return Viewport.fit(self.width, self.height, canvas_width, canvas_height)
        moved = replace(
            self,
            canvas_width=canvas_width,
            canvas_height=canvas_height,
            left=self.left + (canvas_width - self.canvas_width) / 2,
            top=self.top + (canvas_height - self.canvas_height) / 2,
        )
        return moved._kept_in_sight()

    def zoomed(self, factor: float, x: float, y: float) -> "Viewport":
        """Zoom so that the spot of the picture under (x, y) of the canvas stays there."""
        scale = min(max(self.scale * factor, self._least_scale()), MOST_ZOOM)
        ratio = scale / self.scale
        left, top = x - (x - self.left) * ratio, y - (y - self.top) * ratio
        return replace(self, scale=scale, left=left, top=top, fitted=False)._kept_in_sight()

    def at_scale(self, scale: float) -> "Viewport":
        """Zoom to a scale around the middle of the canvas; 1.0 shows true pixels, unblurred."""
        view = self.zoomed(scale / self.scale, self.canvas_width / 2, self.canvas_height / 2)
        left, top = float(round(view.left)), float(round(view.top))
        return replace(view, scale=scale, left=left, top=top)

    def moved(self, dx: float, dy: float) -> "Viewport":
        """Push the picture by device pixels."""
        return replace(self, left=self.left + dx, top=self.top + dy, fitted=False)._kept_in_sight()

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """The place in the picture, in its pixels, under (x, y) of the canvas."""
        return (x - self.left) / self.scale, (y - self.top) / self.scale

    def to_canvas(self, x: float, y: float) -> tuple[float, float]:
        """The place in the canvas of (x, y) of the picture."""
        return self.left + x * self.scale, self.top + y * self.scale

    def _least_scale(self) -> float:
        return min(1.0, LEAST_SIDE / max(self.width, self.height))

    def _centred(self) -> "Viewport":
        left = (self.canvas_width - self.width * self.scale) / 2
        top = (self.canvas_height - self.height * self.scale) / 2
        return replace(self, left=float(round(left)), top=float(round(top)))

    def _kept_in_sight(self) -> "Viewport":
        def bounded(start: float, length: float, room: float) -> float:
            keep = min(_KEEP_IN_SIGHT, length, room)
            return min(max(start, keep - length), room - keep)

        return replace(
            self,
            left=bounded(self.left, self.width * self.scale, self.canvas_width),
            top=bounded(self.top, self.height * self.scale, self.canvas_height),
        )
