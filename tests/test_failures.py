"""Every failure is one sentence that an artist can act on."""

import errno
import pickle
from pathlib import Path

import pytest

from colorstudio.core.failures import (
    ColorStudioError,
    Failure,
    FailureKind,
    describe,
    printable,
)


@pytest.mark.parametrize(
    ("number", "writing", "kind", "advice"),
    [
        (errno.ENOSPC, True, FailureKind.DISK_FULL, "Make room"),
        (errno.ENOSPC, False, FailureKind.DISK_FULL, "Make room"),
        (errno.EACCES, False, FailureKind.NO_PERMISSION, "Change its permissions"),
        (errno.EACCES, True, FailureKind.CANNOT_WRITE, "Choose another one"),
        (errno.EROFS, True, FailureKind.CANNOT_WRITE, "Choose another one"),
        (errno.ENOENT, False, FailureKind.NOT_FOUND, "Check the name"),
        (errno.ENOENT, True, FailureKind.CANNOT_WRITE, "Choose another one"),
        (errno.ENAMETOOLONG, True, FailureKind.CANNOT_WRITE, "shorter name"),
        (errno.EIO, False, FailureKind.DAMAGED, "Check it"),
        (errno.EIO, True, FailureKind.CANNOT_WRITE, "Check it"),
        (errno.ENOMEM, False, FailureKind.OUT_OF_MEMORY, "Close other programs"),
    ],
)
def test_errors_of_the_system_become_sentences(
    number: int, writing: bool, kind: FailureKind, advice: str
) -> None:
    failure = describe(OSError(number, "text of the system"), Path("a/page.png"), writing=writing)
    assert failure.kind is kind
    assert advice in failure.sentence and failure.sentence.endswith(".")
    assert "text of the system" in failure.detail


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
def test_a_result_that_is_open_elsewhere_is_no_folder_that_takes_no_files(number: int) -> None:
    error = OSError(number, "text of the system", "out/.page.part.png", None, "out/page.png")
    failure = describe(error, Path("out/page.png"), writing=True)
    assert failure.kind is FailureKind.CANNOT_WRITE
    assert failure.sentence.startswith("“page.png” can't be replaced")


@pytest.mark.reliability("R30")
def test_lack_of_memory_names_the_picture() -> None:
    failure = describe(MemoryError(), Path("books/page.png"))
    assert failure.kind is FailureKind.OUT_OF_MEMORY
    assert "“page.png”" in failure.sentence


def test_a_known_error_keeps_its_own_sentence() -> None:
    error = ColorStudioError(FailureKind.BAD_STYLE, "The style is broken. Choose another.", "why")
    assert describe(error) == Failure(
        FailureKind.BAD_STYLE, "The style is broken. Choose another.", "why"
    )
    assert str(error) == "The style is broken. Choose another."


def test_an_unknown_error_asks_for_a_report_and_survives_braces() -> None:
    failure = describe(KeyError("{what} {0}\x1b[31m\nnext"), Path("{odd}.png"))
    assert failure.kind is FailureKind.INTERNAL
    assert "“{odd}.png”" in failure.sentence and "report" in failure.sentence
    assert printable(failure.sentence) == failure.sentence


def test_a_failure_survives_the_way_between_processes() -> None:
    error = ColorStudioError(FailureKind.DEVICE, "Sentence.", "detail")
    assert pickle.loads(pickle.dumps(error)).failure == error.failure


@pytest.mark.reliability("R11")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("線画 é.png", "線画 é.png"),
        ("two\nlines\tand\r.png", "two lines and .png"),
        ("red\x1b[31m.png", "red\ufffd[31m.png"),
        ("lone \udc80.png", "lone \ufffd.png"),
        ("turned \u202egnp.exe", "turned \ufffdgnp.exe"),
        ("family 👩‍👧.png", "family 👩‍👧.png"),
    ],
)
def test_names_are_shown_on_one_safe_line(name: str, shown: str) -> None:
    assert printable(name) == shown
    printable(name).encode("utf-8")
