"""The line art of a Krita file: its list of layers, and those that are called lines."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

from PIL import Image

from colorstudio.core.decoding import Decoded
from colorstudio.core.failures import ColorStudioError, worded
from colorstudio.core.kra_tiles import PIXEL_BYTES, TileError, read_tiles
from colorstudio.core.stacking import MOST_DEPTH, Layer, is_clear, names_lines, stacked
from colorstudio.core.zipped_documents import lines_taken
from colorstudio.core.zips import read_entry

_LIST: Final = "maindoc.xml"
_MOST_XML: Final = 4 << 20
_MOST_PROFILE: Final = 4 << 20
_MOST_BYTES: Final = 128 << 20  # of all line layers as they are packed
_MOST_LAYERS: Final = 200  # of line art
_UNREADABLE: Final = (TileError, ColorStudioError, KeyError, ValueError, ElementTree.ParseError)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A layer that is line art: its node in the list, the name that says so (its own or that of
    a group round it), and whether it is shown with all groups it lies in."""

    node: ElementTree.Element
    line_name: str
    visible: bool


def krita_lines(archive: zipfile.ZipFile, size: tuple[int, int]) -> tuple[Decoded | None, str]:
    """The line art of a Krita file whose merged picture has that (width, height).

    None where no layer is called lines, where they are empty, and where they can't be read: then
    with a sentence for `Artwork.warnings` that says so. Never raises but for a lack of memory.
    """
    name = ""
    try:
        image = _list_of_layers(archive)
        entries = list(_walk(image, "", True, 0))
        entries = [entry for entry in entries if entry.visible] or entries
        if not entries:
            return None, ""
        name = entries[0].line_name
        if (image.get("width"), image.get("height")) != (str(size[0]), str(size[1])):
            raise ValueError("the list of layers and the merged picture differ in size")
        if len(entries) > _MOST_LAYERS:
            raise ValueError("too many layers")
        picture = stacked(_layers(archive, entries, size), size)
        if is_clear(picture):
            return None, ""
        picture.format = "KRA"
        _label(picture, archive, image, entries)
    except _UNREADABLE:
        return None, _not_taken(name) if name else ""
    return Decoded(picture, "RGBA", (lines_taken(name),)), ""


def _not_taken(name: str) -> str:
    return worded(
        "The layer “{name}” is damaged or of a kind that can't be read by itself, so the merged "
        "picture was taken. Merge your lines into one paint layer to have them taken.",
        name=name,
    )


def _list_of_layers(archive: zipfile.ZipFile) -> ElementTree.Element:
    text = read_entry(archive, _LIST, _MOST_XML).decode()  # as parsed: no other encoding
    if "<!ENTITY" in text:
        raise ValueError("entities are not read")
    for node in ElementTree.fromstring(text):
        if _tag(node) == "IMAGE":
            return node
    raise ValueError("no picture")


def _tag(node: ElementTree.Element) -> str:
    return node.tag.rpartition("}")[2]


def _walk(
    parent: ElementTree.Element, line_name: str, visible: bool, depth: int
) -> Iterator[_Entry]:
    """The layers of line art in a picture or group, the lowest first; listed topmost first."""
    if depth > MOST_DEPTH:
        raise ValueError("too many groups within groups")
    for group in (node for node in parent if _tag(node) == "layers"):
        for node in reversed(list(group)):
            name = node.get("name", "")
            named = line_name or (name if names_lines(name) else "")
            shown = visible and node.get("visible") != "0"
            if node.get("nodetype") == "grouplayer" and not (named and _is_exotic(node)):
                yield from _walk(node, named, shown, depth + 1)
            elif named:
                yield _Entry(node, named, shown)


def _is_exotic(node: ElementTree.Element) -> bool:
    """True if a layer or group looks different in the picture than its pixels alone do: masks,
    styles, animation, alpha taken from below, an eraser."""
    return (
        any(_tag(child) == "masks" and len(child) for child in node)
        or any(node.get(word) for word in ("layerstyle", "keyframes"))
        or "0" in node.get("channelflags", "")
        or node.get("compositeop") in ("erase", "destination-in", "destination-atop")
    )


def _layers(
    archive: zipfile.ZipFile, entries: list[_Entry], size: tuple[int, int]
) -> Iterator[Layer]:
    budget = _MOST_BYTES
    for entry in entries:
        node = entry.node
        space = node.get("colorspacename", "")
        if node.get("nodetype") != "paintlayer" or space not in PIXEL_BYTES or _is_exotic(node):
            raise ValueError("not a paint layer of 8 or 16 bits")
        path = _path(archive, node)
        data = read_entry(archive, path, budget)
        budget -= len(data)
        default = read_entry(archive, f"{path}.defaultpixel", max(PIXEL_BYTES.values()))
        place = int(node.get("x", "0")), int(node.get("y", "0"))
        rgba = read_tiles(data, space, default, size, place)
        opacity = min(max(int(node.get("opacity", "255")), 0), 255) / 255
        yield Layer(rgba, 0, 0, opacity, node.get("compositeop") == "multiply")


def _path(archive: zipfile.ZipFile, node: ElementTree.Element) -> str:
    """Where the pixels of a layer lie, in a folder that is named after the picture."""
    ending = f"/layers/{node.get('filename') or '?'}"
    found = [name for name in archive.namelist() if name.endswith(ending)]
    if len(found) != 1:
        raise ValueError("a layer without its pixels")
    return found[0]


def _label(
    picture: Image.Image, archive: zipfile.ZipFile, image: ElementTree.Element, found: list[_Entry]
) -> None:
    """Give the picture its resolution, and the profile that all its layers have."""
    try:
        picture.info["dpi"] = float(image.get("x-res", "")), float(image.get("y-res", ""))
    except ValueError:  # metadata is no reason to refuse a picture
        picture.info.pop("dpi", None)
    names = {f"{_path(archive, entry.node)}.icc" for entry in found}
    rgb = all(entry.node.get("colorspacename", "").startswith("RGBA") for entry in found)
    if not rgb or not names <= set(archive.namelist()):
        return
    profiles = {read_entry(archive, name, _MOST_PROFILE) for name in names}
    if len(profiles) == 1:
        picture.info["icc_profile"] = profiles.pop()
