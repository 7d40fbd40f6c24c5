"""Pages of PDFs, drawn by PDFium as pictures.

A scanned page is drawn at the very size of its scan, any other one at 300 dots per inch.
"""

import io
import math
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pypdfium2
from PIL import Image
from pypdfium2 import raw

from colorstudio.core.failures import ColorStudioError, FailureKind, worded

_POINTS_PER_INCH: Final = 72
_USUAL_DPI: Final = 300.0
_LEAST_DPI, _MOST_DPI = 72.0, 1200.0  # many programs make a point of each pixel
_MOST_PIXELS: Final = 40_000_000  # of a drawn page: A3 at 400 dpi
_LEAST_SIDE: Final = 1.0  # of a page, in points
_HAIR: Final = 1e-5  # of a page: more than the error of a float
_MARGIN: Final = 1 / 256  # of a pixel
_MOST_OBJECTS: Final = 50  # looked at to find the scan

_turn = threading.Lock()
"""PDFium works for one thread at a time."""


def count_pages(book: Path) -> int:
    """How many pages a PDF has. Raises ColorStudioError."""
    with _opened(book) as document:
        return len(document)


def rendered_page(book: Path, number: int, *, packed: bool = False) -> bytes:
    """One page, numbered from 1, on white, as a picture file with its dpi.

    packed: as a PNG, not as the BMP that is quicker to read. Raises ColorStudioError.
    """
    with _opened(book) as document:
        if not 1 <= number <= len(document):
            raise ColorStudioError(
                FailureKind.NOT_FOUND, worded("There is no such page in the PDF.")
            )
        page = document[number - 1]
        dpi = _dpi(page)
        image = _drawn(page, dpi)
    memory = io.BytesIO()
    image.save(memory, "PNG" if packed else "BMP", dpi=(dpi, dpi))
    return memory.getvalue()


@contextmanager
def _opened(book: Path) -> Iterator[Any]:
    with _turn:
        document = pypdfium2.PdfDocument(_loaded(book))
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise _damaged(str(error)) from error
        finally:
            document.close()


def _loaded(book: Path) -> Any:
    """PDFium's handle of the document.

    pypdfium2 would take one without pages for one that can't be loaded, and give the error of
    another one as its reason.
    """
    os.stat(book)  # of a file that is not there PDFium says no more than of a damaged one
    handle = raw.FPDF_LoadDocument(f"{book}\0".encode(errors="surrogateescape"), None)
    if handle:
        return handle
    code = raw.FPDF_GetLastError()
    if code == raw.FPDF_ERR_PASSWORD:
        raise ColorStudioError(
            FailureKind.NO_PERMISSION,
            worded("The PDF is locked with a password. Save it without one, then try again."),
        )
    raise _damaged(f"PDFium's error {code}")


def _damaged(detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.DAMAGED,
        worded("The PDF is damaged or of a kind that can't be read. Save its pages as pictures."),
        detail,
    )


def _drawn(page: Any, dpi: float) -> Image.Image:
    """A page on white. A scan that fills it lies on the picture pixel by pixel.

    PDFium stretches an image over every pixel that it touches. One that ends a float's error
    beyond the last row would be stretched by a row, and its dots blurred; so the page ends, and
    begins, a hair within the picture.
    """
    across, down = (max(side, _LEAST_SIDE) for side in page.get_size())
    scale = dpi / _POINTS_PER_INCH * (1 - _HAIR)
    width, height = math.ceil(across * scale), math.ceil(down * scale)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    wide, tall = (width - 2 * _MARGIN) / across, (height - 2 * _MARGIN) / down
    place = raw.FS_MATRIX(wide, 0, 0, tall, _MARGIN, _MARGIN)
    whole = raw.FS_RECTF(0, 0, width, height)
    raw.FPDF_RenderPageBitmapWithMatrix(bitmap, page, place, whole, raw.FPDF_ANNOT)
    image: Image.Image = bitmap.to_pil().convert("RGB")
    return image


def _dpi(page: Any) -> float:
    """The resolution to draw a page at: its scan's own, bounded so that the page fits."""
    width, height = (max(side, _LEAST_SIDE) for side in page.get_size())
    dpi = _USUAL_DPI
    for number, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])):
        left, bottom, right, top = item.get_bounds()
        if number >= _MOST_OBJECTS:
            break
        if (right - left) * (top - bottom) > _SCAN_SHARE * width * height:
            along, up, *_ = item.get_matrix().get()  # where its rows run: it may lie on its side
            dpi = item.get_px_size()[0] * _POINTS_PER_INCH / max(math.hypot(along, up), 1.0)
            break
    fits = (_MOST_PIXELS / (width * height)) ** 0.5 * _POINTS_PER_INCH
    return float(min(max(dpi, _LEAST_DPI), _MOST_DPI, fits))


_SCAN_SHARE: Final = 0.8  # of the page: an image that large is the page itself
