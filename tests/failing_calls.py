"""A disk that fails at one certain call: the n-th write, fsync or rename of a test."""

import errno
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

KINDS = ("write", "fsync", "rename")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@contextmanager
def nth_fails(kind: str, number: int, code: int) -> Iterator[list[bool]]:
    """Within the block the number-th call of that kind raises, once; gives whether it did.

    A failing write takes half of what it was given first, as a disk that fills up does.
    """
    calls, failed = 0, [False]

    def now() -> bool:
        nonlocal calls
        calls += 1
        failed[0] |= calls == number
        return calls == number

    def failing(real: Any) -> Any:
        def call(*given: Any, **options: Any) -> Any:
            if now():
                raise OSError(code, os.strerror(code))
            return real(*given, **options)

        return call

    class FailingFile(io.FileIO):
        def write(self, data: Any) -> int:
            if now():
                whole = bytes(data)
                super().write(whole[: len(whole) // 2])
                raise OSError(code, os.strerror(code))
            return super().write(data)

    def write_bytes(path: Path, data: bytes) -> int:
        with FailingFile(path, "wb") as file:
            return file.write(data)

    with pytest.MonkeyPatch.context() as patch:
        if kind == "write":
            patch.setattr(io, "FileIO", FailingFile)
            patch.setattr(Path, "write_bytes", write_bytes)
        elif kind == "fsync":
            patch.setattr(os, "fsync", failing(os.fsync))
        else:
            patch.setattr(os, "replace", failing(os.replace))
            patch.setattr(os, "rename", failing(os.rename))
        yield failed
