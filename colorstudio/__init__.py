"""Color Studio: colours folders of line art and greyscale pages on the artist's own machine."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from colorstudio.inference.colorizer import Colorizer

__version__ = "0.1.0"
__all__ = ["Colorizer", "__version__"]


def __getattr__(name: str) -> object:
    # On first use: `--help` and the window must not wait for onnxruntime.
    if name == "Colorizer":
        from colorstudio.inference.colorizer import Colorizer

        return Colorizer
    raise AttributeError(f"module 'colorstudio' has no attribute {name!r}")
