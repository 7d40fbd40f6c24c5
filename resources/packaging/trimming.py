"""Which files of other packages a bundle can do without."""

import re
import sys

QT_PLUGINS = {
    "generic": (),
    "iconengines": ("svgicon",),
    "imageformats": ("svg", "gif", "ico", "jpeg", "webp", "icns"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("xcb", "wayland", "offscreen", "windows", "cocoa"),
    "platformthemes": ("xdgdesktopportal",),
    "styles": ("",),
    "wayland-decoration-client": ("",),
    "wayland-graphics-integration-client": ("shm",),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": (),
}
"""Qt's plugins by folder, and what the names of those that are needed have in them."""

QT_LIBRARIES = (
    "Qml", "Quick", "Pdf", "VirtualKeyboard", "EglFS", "3D", "Designer", "Test", "Sql",
    "PrintSupport", "Help",
)  # fmt: skip
"""Libraries of Qt that only plugins left out, or modules that are not used, ask for."""

LANGUAGES = ("en", "zh_CN", "ja", "ko", "de", "fr", "es", "it", "pt_BR", "ru", "pl", "uk")
"""Languages in which Qt's own dialogs may speak; the window's own are resources."""

_NEVER = re.compile(
    r"(^|/)(tests?|include|testing)/.*\.(py|h|hpp|cuh|onnx|pb|npz|npy)$"
    r"|^(?!skimage/).*\.pyi$|/share/cmake/|\.lib$"  # skimage reads its own as it runs
    r"|libonnxruntime_providers_(cuda|tensorrt)|onnxruntime_providers_(cuda|tensorrt)\.dll"
    r"|opencv_videoio_ffmpeg.*\.dll$|cv2/data/haarcascade"
    r"|(^|/)(opengl32sw|d3dcompiler_\d+)\.dll$"
    r"|libQt6(EglFs|WlShell)"
    r"|(^|/)lib(gtk|gdk)-3"
)


def is_wanted(name: str) -> bool:
    """Whether the file with this place in the bundle is needed."""
    name = name.replace("\\", "/")
    if _NEVER.search(name):
        return False
    plugin = re.search(r"PySide6/(?:Qt/)?plugins/([^/]+)/([^/]+)$", name)
    if plugin is not None:
        folder, file = plugin.groups()
        return any(part in file for part in QT_PLUGINS.get(folder, ()))
    text = re.search(r"PySide6/(?:Qt/)?translations/\w+?_(\w+)\.qm$", name)
    if text is not None:
        return "qtbase_" in name and text.group(1) in LANGUAGES
    return not re.search(rf"(?:lib|/)Qt6?({'|'.join(QT_LIBRARIES)})", name)


Entry = tuple[str, str, str]  # place in the bundle, where it comes from, kind


def without_orphans(entries: list[Entry]) -> list[Entry]:
    """Leave out the system's libraries that only plugins asked for which are gone (Linux)."""
    if not sys.platform.startswith("linux"):
        return entries
    from PyInstaller.depend.bindepend import get_imports

    loose = {name: source for name, source, _ in entries if "/" not in name and ".so" in name}
    asked: set[str] = set()
    waiting = [source for name, source, _ in entries if name not in loose]
    waiting += [source for name, source in loose.items() if name.startswith("libpython")]
    while waiting:
        for name, _ in get_imports(waiting.pop()):
            name = name.rpartition("/")[2]
            if name in loose and name not in asked:
                asked.add(name)
                waiting.append(loose[name])
    return [
        entry for entry in entries
        if entry[0] not in loose or entry[0] in asked or entry[0].startswith("libpython")
    ]  # fmt: skip
