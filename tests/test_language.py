"""The window in three languages: nothing is left untranslated, and nothing is lost on the way."""

import ast
import html
import json
import pickle
import re
import string
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from translations import ALIASES, LANGUAGES, ROOT, TRANSLATIONS, sources_of_texts
from window_support import LONG, open_and_wait

from colorstudio.core.failures import (
    ColorStudioError,
    FailureKind,
    describe,
    from_wording,
    worded,
    wording_of,
)
from colorstudio.ui.language import Language, best_of, speak
from colorstudio.ui.sentences import told
from colorstudio.ui.settings import Settings, SettingsStore
from colorstudio.ui.settings_dialog import SettingsDialog
from colorstudio.ui.wording import clock_time, end_line, pictures, waiting_line

_LOWER_LAYERS = ("core", "styles", "inference", "jobs")


class Text(NamedTuple):
    """One text of the program that is to be translated, and what parts it from others like it."""

    context: str
    source: str
    comment: str = ""


def texts_of_code() -> set[Text]:
    """Every text that the code marks, as Python itself reads the files."""
    return {
        text
        for path in sources_of_texts()
        for text in _texts_in(ast.parse(path.read_text(encoding="utf-8")), "")
    }


def _texts_in(node: ast.AST, owner: str) -> Iterator[Text]:
    if isinstance(node, ast.ClassDef):
        owner = node.name
    if isinstance(node, ast.Call):
        name = _name_of(node)
        literal = [a.value if isinstance(a, ast.Constant) else None for a in node.args]
        if name == "translate" and len(literal) >= 2 and all(literal[:2]):
            yield Text(*map(str, literal[:3]))
        elif name == "tr" and literal and literal[0]:
            # A plain name is no method: Qt's tools would take its context for the text.
            assert isinstance(node.func, ast.Attribute), f"call it translate: {ast.unparse(node)}"
            yield Text(owner, *map(str, literal[:2]))
        elif name in ("worded", "marked") and literal and literal[0]:
            yield Text("", str(literal[0]))
    for child in ast.iter_child_nodes(node):
        yield from _texts_in(child, owner)


def _name_of(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def translations_in(file: Path) -> dict[Text, str]:
    """The finished translations of a .ts file."""
    found = {}
    for context in ElementTree.parse(file).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            text = Text(
                context.findtext("name") or "",
                message.findtext("source") or "",
                message.findtext("comment") or "",
            )
            if translation.get("type") is None:
                found[text] = translation.text or ""
    return found


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:  # a text with lone braces that is never formatted
        return []
    return sorted((name, spec or "") for _, name, spec, _ in parts if name is not None)


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[QApplication]:
    """The application; it speaks English again afterwards."""
    yield qapp
    speak(qapp, Language.ENGLISH)
    QLocale.setDefault(QLocale.c())


# --- the files -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    found = translations_in(TRANSLATIONS / f"colorstudio_{language}.ts")
    wanted = texts_of_code()
    assert len(wanted) > 500
    assert wanted - set(found) == set(), "run tests/translations.py, then translate these"
    assert set(found) - wanted == set(), "run tests/translations.py: these are gone"
    assert [text for text, translation in found.items() if not translation.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_gaps_and_line_breaks(language):
    for text, translation in translations_in(TRANSLATIONS / f"colorstudio_{language}.ts").items():
        assert _fields(translation) == _fields(text.source), text
        assert translation.count("\n") == text.source.count("\n"), text
        assert ("&" in translation) == ("&" in text.source), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_files_say_the_same(qapp, language):
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / f"colorstudio_{language}.qm"))
    for text, translation in translations_in(TRANSLATIONS / f"colorstudio_{language}.ts").items():
        assert translator.translate(*text) == translation, "run tests/translations.py"


def test_qts_own_tool_finds_the_same_texts(tmp_path):
    import PySide6

    tool = Path(PySide6.__file__).with_name("lupdate")
    if not tool.exists():
        pytest.skip("PySide6 comes without lupdate here")
    sources = [str(path) for path in sources_of_texts()]
    target = tmp_path / "found_ja.ts"
    options = ["-silent", "-tr-function-alias", ALIASES]
    subprocess.run([str(tool), *options, *sources, "-ts", str(target)], check=True)
    found = ElementTree.parse(target).iter("context")
    texts = {
        Text(
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("comment") or "",
        )
        for context in found
        for message in context.iter("message")
    }
    assert texts == texts_of_code()


def test_sentences_of_the_lower_layers_know_how_they_are_worded():
    plain = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for layer in _LOWER_LAYERS
        for path in (ROOT / "colorstudio" / layer).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and _name_of(call) in ("Failure", "ColorStudioError")
        if len(call.args) > 1 and isinstance(call.args[1], ast.Constant | ast.JoinedStr)
    ]
    assert plain == [], "use worded(…), so that the window can translate it"


# --- sentences from below ------------------------------------------------------------------------


def test_a_worded_sentence_is_a_plain_one_for_everybody_else():
    sentence = worded("{what} is a folder. Choose a picture in it.", what="“Scans”")
    assert sentence == "“Scans” is a folder. Choose a picture in it."
    assert json.loads(json.dumps({"sentence": sentence})) == {"sentence": str(sentence)}
    again = pickle.loads(pickle.dumps(ColorStudioError(FailureKind.USAGE, sentence, "")))
    assert again.failure.sentence.values == {"what": "“Scans”"}


def test_wordings_travel_as_json(speaking):
    reason = worded("Nearly the same picture as “{name}”.", name="page {1}.png")
    within = worded("Coloured without hints. {reason}", reason=reason)
    held = json.loads(json.dumps(wording_of(within)))
    again = from_wording(str(within), held)
    assert again == within and wording_of(again) == held
    speak(speaking, Language.JAPANESE)
    assert told(again) == "色ヒントなしで着色しました。「page {1}.png」とほとんど同じ画像です。"
    assert told("Without colour.") == "色がありません。"  # from a list that an earlier run kept
    assert wording_of("Plain.") == {} and from_wording("Plain.", {}) == "Plain."
    for strange in (None, 3, {"template": "{a}", "values": {}}, {"template": "{", "values": {}},
                    {"template": "x", "values": [1]}):  # fmt: skip
        assert from_wording("Plain.", strange) == "Plain."


def test_failures_are_told_in_the_windows_language(speaking):
    failure = describe(FileNotFoundError(2, "gone"), Path("{odd} page.png"))
    within = worded("The palette “{name}” can't be used. {reason}",
                    name="a.gpl", reason=worded("There is no colour in it."))  # fmt: skip
    assert told(failure.sentence) == failure.sentence
    assert speak(speaking, Language.CHINESE) is Language.CHINESE
    assert told(failure.sentence) == "找不到“{odd} page.png”。请检查名称，并确认所在磁盘已连接。"
    assert told(within) == "无法使用调色板“a.gpl”。其中没有颜色。"
    assert told("Somebody else's words.\n") == "Somebody else's words. "
    speak(speaking, Language.JAPANESE)
    unnamed = describe(PermissionError(13, "no"))
    assert told(unnamed.sentence).startswith("ファイルを開く権限がありません。")
    assert "permission" in unnamed.sentence  # the log and the command line stay English


# --- words with numbers --------------------------------------------------------------------------


def test_numbers_in_the_three_languages(speaking):
    assert [pictures(n) for n in (0, 1, 1200)] == ["0 pictures", "1 picture", "1,200 pictures"]
    assert waiting_line(9, 1) == "9 to colour, 1 was coloured before"
    speak(speaking, Language.CHINESE)
    assert [pictures(n) for n in (1, 1200)] == ["1 张图片", "1,200 张图片"]
    assert end_line(3, 1, 2, 0) == "已上色 3 张图片，失败 1，跳过 2。"
    speak(speaking, Language.JAPANESE)
    assert end_line(3, 0, 0, 0) == "完了: 画像 3 枚を着色。"
    assert waiting_line(9, 2) == "着色待ち 9 枚、2 枚は着色済み"
    assert clock_time(0.0, 3 * 86400.0).split()[0] in "月火水木金土日"


# --- the choice of a language --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["zh-Hans-CN", "zh-CN", "zh"], Language.CHINESE),
        (["zh-SG"], Language.CHINESE),
        (["zh-Hant-TW", "zh-TW"], Language.ENGLISH),
        (["de-DE", "ja-JP", "en-US"], Language.JAPANESE),
        (["en-GB", "ja-JP"], Language.ENGLISH),
        (["fr-FR", "jam-JM"], Language.ENGLISH),
        (["C"], Language.ENGLISH),
        ([], Language.ENGLISH),
    ],
)
def test_the_systems_languages(wanted, language):
    assert best_of(wanted) is language


def test_qts_own_buttons_speak_it_too(speaking):
    speak(speaking, Language.CHINESE)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "取消"


def test_going_back_to_english_leaves_nothing_behind(speaking):
    speak(speaking, Language.JAPANESE)
    assert QCoreApplication.translate("Wording", "Done") == "完了"
    speak(speaking, Language.ENGLISH)
    assert QCoreApplication.translate("Wording", "Done") == "Done"


def test_the_settings_remember_the_language(qtbot: QtBot, home):
    dialog = SettingsDialog(Settings())
    qtbot.addWidget(dialog)
    choice = dialog.controls["language"]
    assert [choice.itemText(n) for n in range(1, choice.count())] == [
        "English",
        "简体中文",
        "日本語",
    ]
    choice.setCurrentIndex(choice.findData("ja"))
    store = SettingsStore()
    store.value = dialog.settings
    store.save()
    assert Language(SettingsStore().value.language) is Language.JAPANESE
    assert Settings.from_dict({"language": "tlh"}).language == Language.SYSTEM


# --- the window ----------------------------------------------------------------------------------


class Marking(QTranslator):
    """Translates every text into itself in brackets, which shows what was never asked for."""

    def isEmpty(self) -> bool:
        """Qt passes empty ones over."""
        return False

    def translate(self, context, source, disambiguation=None, n=-1):
        """The text, marked."""
        return f"⟦{source}⟧"


@pytest.fixture
def marking(qapp: QApplication) -> Iterator[None]:
    """Every translated text is marked."""
    translator = Marking(qapp)
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def marked_window(marking, qtbot: QtBot, home):
    """The window, made while texts are marked."""
    from colorstudio.ui.main_window import MainWindow

    made = MainWindow()
    made.studio.set_style("Tiny")
    made.confirm_close = lambda: True
    qtbot.addWidget(made)
    made.resize(1440, 900)  # so that no place is shortened
    made.show()
    yield made
    made.close()
    assert made.left_in_time


_READERS = ("text", "toolTip", "accessibleName", "windowTitle", "placeholderText", "title")
_OWN_WORDS = re.compile(
    r"^(Color Studio.*|English|简体中文|日本語|Tiny|starter|A tiny style for .*|drawn by a program"
    r"|PNG|JPEG|WebP|TIFF|colorized"
    r"|#?[0-9a-f]{6}|\{name\}|→ .*|qt_.*)$"
)


def unmarked_texts(top: QWidget) -> set[str]:
    """Texts of a window and all in it, hidden or not, that are not translated."""
    texts: set[str] = set()
    for part in (top, *top.findChildren(QWidget), *top.findChildren(QAction)):
        for read in (
            "text",
            "toolTip",
            "accessibleName",
            "windowTitle",
            "placeholderText",
            "title",
        ):
            if not callable(reader := getattr(part, read, None)):
                continue
            try:
                texts.add(str(reader()))
            except TypeError:  # a reader that wants to know more: of an item, say
                continue
        if isinstance(part, QComboBox):
            texts.update(part.itemText(row) for row in range(part.count()))
    plain = {html.unescape(re.sub(r"<[^>]*>", "", text)).strip() for text in texts}
    return {
        text
        for text in plain
        if "⟦" not in text and re.search(r"[^\W\d_]{2}", text) and not _OWN_WORDS.match(text)
    }


def test_no_text_of_the_window_bypasses_the_translation(marked_window, qtbot, pages):
    window = marked_window
    qtbot.waitUntil(lambda: "CPU" in window.status.device, timeout=LONG)
    (pages / "torn.png").write_bytes(b"torn")
    open_and_wait(window, qtbot, pages, waiting=5)
    seen = {str(pages), pages.name, *(path.name for path in pages.iterdir())}
    window.studio.colorize()
    qtbot.waitUntil(lambda: window.studio.desk.view().ended == 5, timeout=LONG)
    qtbot.waitUntil(lambda: not window.studio.desk.running, timeout=LONG)
    wizard = window.style_tools.wizard
    # Its library looks at every class of Qt in a thread of its own: nothing else must meanwhile.
    qtbot.waitUntil(lambda: wizard.live_page.curves is not None, timeout=60_000)
    window.queue_panel.list.selectAll()
    menu = window.queue_panel.offer_menu(window.pos())
    # Keys, numbers, and the ends of paths that were too long for their place.
    keys = re.compile(r"^(Ctrl|Alt|Shift|F\d|Esc|Home|Return|Space)\b|^\d+, \d+$|^….*/")
    for part in (window, menu, wizard, window.style_tools.manager,
                 window.style_tools.manager.comparison):  # fmt: skip
        left = {t for t in unmarked_texts(part) if not keys.match(t)}
        assert {t for t in left if not any(name in t for name in seen)} == set(), part
    for name in ("settings", "shortcuts", "about"):
        window.habits.menus.actions[name].trigger()
        dialog = next(d for d in window.findChildren(QDialog) if d.isVisible())
        assert {t for t in unmarked_texts(dialog) if not keys.match(t)} - {""} == set(), name
        dialog.close()


def test_the_window_in_chinese(speaking, qtbot, home, pages):
    from colorstudio.ui.main_window import MainWindow

    speak(speaking, Language.CHINESE)
    made = MainWindow()
    made.studio.set_style("Tiny")
    made.confirm_close = lambda: True
    qtbot.addWidget(made)
    made.show()
    (pages / "torn.png").write_bytes(b"torn")
    open_and_wait(made, qtbot, pages, waiting=5)
    assert made.tools.colorize_button.text() == "上色 5 张图片"
    made.studio.colorize()
    qtbot.waitUntil(lambda: made.studio.desk.view().ended == 5, timeout=LONG)
    qtbot.waitUntil(lambda: not made.studio.desk.running, timeout=LONG)
    assert made.queue_panel.pace == "已上色 4 张图片，失败 1。"
    failed = next(r for r in made.studio.desk.rows.rows if r.update.failure is not None)
    made.queue_panel.list.setCurrentIndex(made.studio.desk.rows.index_of(failed.job.id))
    assert made.queue_panel.failure_box.sentence.startswith("这不是可以读取的图片类型")
    assert failed.update.failure.sentence.startswith("This is not a picture")
    groups = dict(made.habits.menus.shortcuts())
    assert "文件" in groups and ("Ctrl+O", "打开文件夹") in groups["文件"]
    made.close()
    assert made.left_in_time
