"""The journal's file: its tables, its transactions, and how paths and files stand in it."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from colorstudio.core.books import split_page

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    id INTEGER PRIMARY KEY, program TEXT NOT NULL, asked TEXT NOT NULL, total INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS pages (
    batch INTEGER NOT NULL, number INTEGER NOT NULL, job TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '', PRIMARY KEY (batch, number)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS hands (
    target TEXT PRIMARY KEY, program TEXT NOT NULL, source TEXT NOT NULL,
    working INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS crashes (
    source TEXT PRIMARY KEY, file TEXT NOT NULL, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS results (
    target TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, settings TEXT NOT NULL,
    origin TEXT);
"""


def fingerprint(path: Path) -> str:
    """Size and time of change of a file; empty where there is none.

    A page of a book has its book's, and its own name. A folder (of layers) has those of all its
    files: its own time stays when one of them is saved.
    """
    try:
        return _of_files_in(path) if path.is_dir() else _size_and_time(path)
    except OSError:
        pass  # a path into a book, which the system knows nothing of, or nothing at all
    try:
        place = split_page(path)
        return "" if place is None else f"{_size_and_time(place[0])} {place[1]!a}"
    except OSError:
        return ""


def _size_and_time(path: Path) -> str:
    facts = os.stat(path)
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _of_files_in(folder: Path) -> str:
    """One for all files of a folder, without hidden ones: systems keep their own there."""
    names = sorted(os.fsencode(name) for name in os.listdir(folder))
    digest = hashlib.sha256()
    for name in names:
        if not name.startswith(b"."):
            facts = os.lstat(folder / os.fsdecode(name))
            digest.update(name + b"/%d %d/" % (facts.st_size, facts.st_mtime_ns))
    return digest.hexdigest()


def absolute(path: Path) -> Path:
    """A path that means the same file in whatever folder a program runs."""
    return Path(os.path.abspath(path))


def stored(path: Path) -> str | bytes:
    """A path as SQLite takes it: a name that is no valid text goes in as its bytes.

    All programs share one journal, so it is the absolute path, however it was typed.
    """
    whole = os.path.abspath(path)
    try:
        whole.encode()
    except UnicodeEncodeError:
        return os.fsencode(whole)
    return whole


def is_refusal(error: Exception) -> bool:
    """True if the disk refused, or another program is at it: the journal itself may be whole."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _REFUSALS


_REFUSALS = {
    sqlite3.SQLITE_AUTH,
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""Result codes (sqlite.org/rescode.html) that say nothing against the file's contents."""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All that is done within, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended some by itself
            connection.execute("ROLLBACK")
        raise


def connected(path: Path) -> sqlite3.Connection:
    """The journal's file, with its tables. Raises sqlite3.Error."""
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # whole after a kill, however sudden
        connection.executescript(_SCHEMA)
        _bring_up_to_date(connection)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Older journals do not tell which picture a result was made of."""
    columns = [row[1] for row in connection.execute("PRAGMA table_info(results)")]
    if "origin" not in columns:
        connection.execute("ALTER TABLE results ADD COLUMN origin TEXT")
