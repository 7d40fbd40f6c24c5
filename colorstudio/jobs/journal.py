"""The journal: what was asked, what is being coloured, and what came of it.

It survives a crash, a kill and a power cut: SQLite in write-ahead mode, one short transaction
before and one after each picture. From it the program knows at its next start which batch was
interrupted, which results are its own and up to date, and which picture it keeps dying of.
Programs that share a journal never colour the same picture at once.
"""

import contextlib
import json
import logging
import os
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from colorstudio.core import places

CRASHES_ALLOWED = 3
"""A picture during which the program died this often is not tried again by itself."""

MOST_RESULTS = 200_000
"""Results that are remembered; the oldest go first. Some 40 MB on the disk."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS batches (
    id INTEGER PRIMARY KEY, program TEXT NOT NULL, asked TEXT NOT NULL, total INTEGER NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS claims (
    target TEXT PRIMARY KEY, program TEXT NOT NULL, source TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS crashes (
    source TEXT PRIMARY KEY, file TEXT NOT NULL, times INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS results (
    target TEXT PRIMARY KEY, file TEXT NOT NULL, source TEXT NOT NULL, settings TEXT NOT NULL);
"""

_log = logging.getLogger(__name__)


class Claim(Enum):
    """Whether a picture may be coloured now."""

    MINE = "mine"
    OTHERS = "others"  # another running program colours it
    FATAL = "fatal"  # the program keeps dying of it
    MADE = "made"  # another running program has coloured it meanwhile


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A batch whose program ended before it did. asked: as it was given to `begin`."""

    id: int
    asked: dict[str, Any]
    total: int
    ended: int


class Journal:
    """The journal of one program; safe to use from several threads.

    A damaged file is set aside as `.bad` and a new one begun: the journal is a help, never a
    reason not to work. Raises OSError only from the constructor, when nothing can be stored.
    """

    def __init__(self, folder: Path | None = None) -> None:
        """folder: where it lies, by default in the program's home."""
        self._folder = folder or places.home() / "journal"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.program = uuid.uuid4().hex
        self._lock_of_program = FileLock(self._lock_path(self.program))
        self._lock_of_program.acquire()  # the system lets it go when the program ends, however
        self._lock = threading.Lock()
        try:
            self._connection = self._opened()
        except BaseException:
            self._lock_of_program.release()
            raise

    def close(self) -> None:
        """Let go of the file; what was begun and not ended counts as interrupted from here on."""
        with contextlib.suppress(sqlite3.Error), self._writing() as journal:
            # Whose end a full disk kept out of the journal did not die of it.
            journal.execute("DELETE FROM claims WHERE program = ?", (self.program,))
        with self._lock:
            self._connection.close()
        self._lock_of_program.release()
        self._lock_path(self.program).unlink(missing_ok=True)

    # --- batches -------------------------------------------------------------------------------

    def begin(self, asked: dict[str, Any], total: int) -> int:
        """A batch of so many pictures starts; asked: plain values that can be asked again."""
        row = (self.program, json.dumps(asked), total)
        with self._writing() as journal:
            sql = "INSERT INTO batches (program, asked, total) VALUES (?, ?, ?)"
            return int(journal.execute(sql, row).lastrowid or 0)

    def end(self, batch: int) -> None:
        """The batch came to its end, or is not to be gone on with."""
        with self._writing() as journal:
            journal.execute("DELETE FROM batches WHERE id = ?", (batch,))

    def interrupted(self) -> list[Interrupted]:
        """Batches of programs that are no longer there, the newest first."""
        with self._lock:
            sql = "SELECT id, program, asked, total, ended FROM batches ORDER BY id DESC"
            rows = self._connection.execute(sql).fetchall()
        return [
            Interrupted(number, json.loads(asked), total, ended)
            for number, program, asked, total, ended in rows
            if not self._lives(program)
        ]

    # --- pictures ------------------------------------------------------------------------------

    def latest(self) -> int:
        """The number of the newest result, for `claim`."""
        with self._lock:
            row = self._connection.execute("SELECT MAX(rowid) FROM results").fetchone()
        return row[0] or 0

    def claim(
        self, source: Path, target: Path, settings: str = "", since: int | None = None
    ) -> Claim:
        """Before a picture is coloured: say so, and hear whether it may be.

        since: results newer than that, made with the same settings, need not be made again.
        """
        with self._writing() as journal:
            sql = "SELECT times FROM crashes WHERE source = ? AND file = ?"
            died = journal.execute(sql, (_stored(source), fingerprint(source))).fetchone()
            if died is not None and died[0] >= CRASHES_ALLOWED:
                return Claim.FATAL
            sql = "SELECT program FROM claims WHERE target = ?"
            held = journal.execute(sql, (_stored(target),)).fetchone()
            if held is not None and held[0] != self.program and self._lives(held[0]):
                return Claim.OTHERS
            if since is not None:
                sql = "SELECT file, source, settings FROM results WHERE target = ? AND rowid > ?"
                made = journal.execute(sql, (_stored(target), since)).fetchone()
                if made == (fingerprint(target), fingerprint(source), settings):
                    return Claim.MADE
            row = (_stored(target), self.program, _stored(source))
            journal.execute("INSERT OR REPLACE INTO claims VALUES (?, ?, ?)", row)
            return Claim.MINE

    def release(self, batch: int, source: Path, target: Path, settings: str | None) -> None:
        """After a picture has ended. settings: what it was coloured with, None if it was not."""
        with self._writing() as journal:
            journal.execute("DELETE FROM claims WHERE target = ?", (_stored(target),))
            journal.execute("DELETE FROM crashes WHERE source = ?", (_stored(source),))
            journal.execute("UPDATE batches SET ended = ended + 1 WHERE id = ?", (batch,))
            if settings is not None:
                row = (_stored(target), fingerprint(target), fingerprint(source), settings)
                journal.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", row)

    def outdated(self, source: Path, target: Path, settings: str) -> bool:
        """Whether the target is this program's own, untouched, and would come out otherwise now.

        False for a file that somebody else made or changed: it is not ours to replace.
        """
        with self._lock:
            sql = "SELECT file, source, settings FROM results WHERE target = ?"
            row = self._connection.execute(sql, (_stored(target),)).fetchone()
        if row is None or row[0] != fingerprint(target):
            return False
        return (row[1], row[2]) != (fingerprint(source), settings)

    # --- the file ------------------------------------------------------------------------------

    def _opened(self) -> sqlite3.Connection:
        path = self._folder / "journal.sqlite3"
        try:
            return self._begun(path)
        except (sqlite3.Error, ValueError, TypeError) as error:
            if _is_refusal(error):
                raise
            _log.warning("The journal is damaged and was set aside: %s", error)
            for suffix in ("", "-wal", "-shm"):
                spoilt = path.with_name(path.name + suffix)
                if spoilt.exists():
                    spoilt.replace(spoilt.with_name(spoilt.name + ".bad"))
            return self._begun(path)

    def _begun(self, path: Path) -> sqlite3.Connection:
        """The journal, looked through once: what is damaged is found now and not later."""
        connection = _connected(path)
        try:
            self._mourn(connection)
            for row in connection.execute("SELECT asked, id, program, total, ended FROM batches"):
                json.loads(row[0])
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. A disk that refuses it costs the journal's help, not the picture."""
        with self._lock, _transaction(self._connection) as connection:
            yield connection

    def _mourn(self, connection: sqlite3.Connection) -> None:
        """Count what dead programs had in hand as crashes, and clear up after them."""
        with _transaction(connection) as journal:
            for target, program, source in journal.execute("SELECT * FROM claims").fetchall():
                if self._lives(program):
                    continue
                journal.execute("DELETE FROM claims WHERE target = ?", (target,))
                file = fingerprint(Path(os.fsdecode(source)))
                sql = (
                    "INSERT INTO crashes VALUES (?, ?, 1) ON CONFLICT (source) DO UPDATE SET "
                    "times = CASE WHEN file = excluded.file THEN times + 1 ELSE 1 END, "
                    "file = excluded.file"
                )
                journal.execute(sql, (source, file))
            sql = (
                "DELETE FROM results WHERE rowid <= (SELECT rowid FROM results "
                "ORDER BY rowid DESC LIMIT 1 OFFSET ?)"
            )
            journal.execute(sql, (MOST_RESULTS,))
        for lock in self._folder.glob("*.lock"):
            if not self._lives(lock.stem):
                lock.unlink(missing_ok=True)

    def _lives(self, program: str) -> bool:
        if program == self.program:
            return True
        path = self._lock_path(program)
        if not path.exists():
            return False
        try:
            with FileLock(path, timeout=0):
                return False
        except Timeout:
            return True

    def _lock_path(self, program: str) -> Path:
        return self._folder / f"{program}.lock"


def fingerprint(path: Path) -> str:
    """Size and time of change of a file; empty where there is none."""
    try:
        facts = os.stat(path)
    except OSError:
        return ""
    return f"{facts.st_size} {facts.st_mtime_ns}"


def _stored(path: Path) -> str | bytes:
    """A path as SQLite takes it: a name that is no valid text goes in as its bytes."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return str(path)


def _is_refusal(error: Exception) -> bool:
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
def _transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has ended some by itself
            connection.execute("ROLLBACK")
        raise


def _connected(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # whole after a kill, however sudden
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection
