"""The window's language: the system's where there is a translation, or the one that was chosen."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from colorstudio.core.places import resources


class Language(StrEnum):
    """What the artist wishes for; the values are names of Qt's locales."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"
    JAPANESE = "ja"


OWN_NAMES: Final = {
    Language.ENGLISH: "English",
    Language.CHINESE: "简体中文",
    Language.JAPANESE: "日本語",
}
"""Each language as its readers call it: they must find it whatever the window speaks."""

_FONTS: Final = {
    Language.CHINESE: (
        "Microsoft YaHei UI",
        "PingFang SC",
        "Noto Sans CJK SC",
        "Source Han Sans SC",
    ),
    Language.JAPANESE: ("Yu Gothic UI", "Hiragino Sans", "Noto Sans CJK JP"),
}
"""Fonts of Windows, macOS and Linux. Chinese and Japanese share signs that they draw differently,
and a system of another language may take the wrong ones, or bold ones."""

_TRADITIONAL = ("-Hant", "-TW", "-HK", "-MO")  # whose readers have another script


def speak(app: QApplication, choice: Language = Language.SYSTEM) -> Language:
    """Let all windows made from now on speak that language; gives the one that it comes to.

    Qt's own buttons and dialogs speak it too, as far as Qt's translations are installed.
    """
    language = choice
    if choice is Language.SYSTEM:
        language = best_of(QLocale.system().uiLanguages())
    QLocale.setDefault(QLocale(language.value))
    _write_in(app, language)
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()
    qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    for stem, folder in (("qtbase", qt), ("colorstudio", str(resources() / "translations"))):
        translator = QTranslator(app)
        if language is not Language.ENGLISH and translator.load(f"{stem}_{language}", folder):
            app.installTranslator(translator)
    return language


def best_of(wanted: Iterable[str]) -> Language:
    """The first language of the list that the window speaks; `wanted` has names as `zh-Hans-CN`."""
    for name in wanted:
        if name.startswith("zh") and not any(sign in name for sign in _TRADITIONAL):
            return Language.CHINESE
        for language in (Language.ENGLISH, Language.JAPANESE):
            if name.partition("-")[0] == language:
                return language
    return Language.ENGLISH


def _write_in(app: QApplication, language: Language) -> None:
    """Take the signs that the system's own font lacks from a font of that language."""
    ours = {name for names in _FONTS.values() for name in names}
    font = app.font()
    plain = [name for name in font.families() if name not in ours]
    extra = [name for name in _FONTS.get(language, ()) if QFontDatabase.hasFamily(name)]
    if font.families() != plain + extra:
        font.setFamilies(plain + extra)
        app.setFont(font)
