"""OpenRaster (baseline 0.0.5) and Krita files: ZIPs with a merged picture and layers."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final
from xml.etree import ElementTree

import numpy as np
from PIL import Image

from colorstudio.core.decoding import MAX_PIXELS, Decoded, load, open_header
from colorstudio.core.failures import ColorStudioError, FailureKind, worded
from colorstudio.core.stacking import MOST_DEPTH, Layer, is_clear, names_lines, stacked
from colorstudio.core.zips import open_zip, read_entry

PUT_TOGETHER: Final = worded(
    "The file was saved without its merged picture, so its layers were laid on each "
    "other. Blend modes other than normal and multiply may look different."
)
"""Sentences about what was read, for `Artwork.warnings`."""

_MERGED: Final = "mergedimage.png"
_KINDS: Final = {b"image/openraster": "ORA", b"application/x-krita": "KRA"}
_MOST_XML: Final = 4 << 20
_MOST_MIMETYPE: Final = 64


def lines_taken(name: str) -> str:
    """Tells which layer of a document is coloured as its line art."""
    return worded("The layer “{name}” was taken as the line art.", name=name)


def zipped_kind(file: IO[bytes]) -> str | None:
    """ "ORA", "KRA", or None for another archive. Raises ColorStudioError for a damaged one."""
    archive = open_zip(file)
    try:
        return _KINDS.get(read_entry(archive, "mimetype", _MOST_MIMETYPE).strip())
    except (KeyError, ColorStudioError):
        return None
    finally:
        file.seek(0)


def zipped_size(file: IO[bytes], kind: str) -> tuple[int, int]:
    """(width, height) of the document. Raises ColorStudioError."""
    archive = open_zip(file)
    if _MERGED not in archive.namelist() and kind == "ORA":
        return _Stack(archive).size
    size: tuple[int, int] = open_header(_merged(archive)).size
    return size


def load_zipped(file: IO[bytes], kind: str, thumbnail: int | None) -> Decoded:
    """Decode the line layer, the merged picture, or what its layers make together."""
    archive = open_zip(file)
    stack = _Stack(archive) if kind == "ORA" and "stack.xml" in archive.namelist() else None
    lines = stack.lines() if stack and thumbnail is None else []
    if stack and lines:
        art = stack.decoded(lines, lines_taken(lines[0].shown_name))
        if not is_clear(art.image):
            return art
    if stack and _MERGED not in archive.namelist():
        return stack.decoded(stack.visible(), PUT_TOGETHER)
    warnings: tuple[str, ...] = ()
    if kind == "KRA" and thumbnail is None:
        from colorstudio.core.kra_layers import krita_lines

        found, warning = krita_lines(archive, zipped_size(file, kind))
        if found:
            return found
        warnings = (warning,) if warning else ()
    decoded = load(_merged(archive), thumbnail)
    image = decoded.image
    image.format = kind
    if stack and stack.dpi:
        image.info.setdefault("dpi", stack.dpi)
    return Decoded(image, decoded.rawmode, decoded.warnings + warnings)


def _merged(archive: zipfile.ZipFile) -> IO[bytes]:
    try:
        return io.BytesIO(read_entry(archive, _MERGED))
    except KeyError as error:
        raise ColorStudioError(
            FailureKind.DAMAGED,
            worded(
                "The file holds no merged picture. Open it in the program it comes from and save "
                "it again."
            ),
        ) from error


@dataclass(frozen=True, slots=True)
class _Entry:
    """A layer as stack.xml names it; visible: with all groups it lies in; line_name: of it or
    of a group round it, if that names line art."""

    name: str
    source: str
    left: int
    top: int
    opacity: float
    multiply: bool
    visible: bool
    line_name: str

    @property
    def shown_name(self) -> str:
        return self.line_name or self.name


class _Stack:
    """The layers of an OpenRaster file. Raises ColorStudioError for a broken list of them."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        try:
            text = read_entry(archive, "stack.xml", _MOST_XML)
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise ValueError("document types are not read")
            self._image = ElementTree.fromstring(text)
            self.size = int(self._image.get("w", "")), int(self._image.get("h", ""))
            self._entries = list(self._walk(self._image, True, "", 0))
        except (KeyError, ValueError, ElementTree.ParseError) as error:
            raise _broken_stack(str(error)) from error
        if min(self.size) < 1 or self.size[0] * self.size[1] > MAX_PIXELS:
            raise _broken_stack(f"{self.size[0]} x {self.size[1]} pixels")

    @property
    def dpi(self) -> tuple[float, float] | None:
        try:
            return float(self._image.get("xres", "")), float(self._image.get("yres", ""))
        except ValueError:
            return None

    def lines(self) -> list[_Entry]:
        """The layers of line art, the lowest first: the visible ones, or all if none is."""
        found = [entry for entry in self._entries if entry.line_name]
        return [entry for entry in found if entry.visible] or found

    def visible(self) -> list[_Entry]:
        """All that is shown, the lowest first."""
        return [entry for entry in self._entries if entry.visible]

    def decoded(self, entries: list[_Entry], warning: str) -> Decoded:
        """Some layers laid on each other."""
        image = stacked(map(self._layer, entries), self.size)
        image.format = "ORA"
        if self.dpi:
            image.info["dpi"] = self.dpi
        return Decoded(image, "RGBA", (warning,))

    def _layer(self, entry: _Entry) -> Layer:
        try:
            data = read_entry(self._archive, entry.source)
        except KeyError as error:
            raise _broken_stack(f"no {entry.source}") from error
        rgba = np.asarray(_to_rgba(load(io.BytesIO(data)).image))
        return Layer(rgba, entry.left, entry.top, entry.opacity, entry.multiply)

    def _walk(
        self, parent: ElementTree.Element, visible: bool, line_name: str, depth: int
    ) -> Iterator[_Entry]:
        """The layers below a stack, the lowest first; they are listed the topmost first."""
        if depth > MOST_DEPTH:
            raise ValueError("too many groups within groups")
        for node in reversed(list(parent)):
            name = node.get("name", "")
            named = line_name or (name if names_lines(name) else "")
            shown = visible and node.get("visibility", "visible") == "visible"
            if node.tag == "stack":
                yield from self._walk(node, shown, named, depth + 1)
            elif node.tag == "layer":
                yield _Entry(
                    name,
                    node.get("src", ""),
                    int(node.get("x", "0")),
                    int(node.get("y", "0")),
                    min(1.0, max(0.0, float(node.get("opacity", "1")))),  # "nan" shows nothing
                    node.get("composite-op", "") == "svg:multiply",
                    shown,
                    named,
                )


def _to_rgba(image: Image.Image) -> Image.Image:
    return image if image.mode == "RGBA" else image.convert("RGBA")


def _broken_stack(detail: str) -> ColorStudioError:
    return ColorStudioError(
        FailureKind.DAMAGED,
        worded(
            "The list of layers in the file is broken. Open it in the program it comes from "
            "and save it again."
        ),
        detail,
    )
