"""The journal: what was asked, what is being coloured, and what came of it.

It survives a crash, a kill and a power cut: SQLite in write-ahead mode, short transactions
before and after each picture. From it the program knows at its next start which batch was
interrupted and which of its pictures are left, which results are its own and up to date, and
which picture it keeps dying of. Programs that share a journal never colour the same picture at
once.
"""

import contextlib
import json
import logging
import os
import sqlite3
import threading
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from colorstudio.core import places
from colorstudio.jobs.journal_file import connected, fingerprint, is_refusal, stored, transaction

CRASHES_ALLOWED = 2
"""A picture during which the program died this often is not tried again by itself."""

MOST_RESULTS = 200_000
"""Results that are remembered; the oldest go first. Some 40 MB on the disk."""

_PATIENCE = 10  # seconds

_log = logging.getLogger(__name__)


class Claim(Enum):
    """Whether a picture may be coloured now."""

    MINE = "mine"
    OTHERS = "others"  # another running program colours it
    FATAL = "fatal"  # the program keeps dying of it
    MADE = "made"  # another running program has coloured it meanwhile


@dataclass(frozen=True, slots=True)
class Page:
    """A picture of a batch. job: its plain values. state: how it ended, "" if it has not."""

    job: Mapping[str, Any]
    state: str


@dataclass(frozen=True, slots=True)
class Interrupted:
    """A batch whose program ended before it did. asked: as it was given to `begin`."""

    id: int
    asked: dict[str, Any]
    pages: tuple[Page, ...]

    @property
    def total(self) -> int:
        """How many pictures it has."""
        return len(self.pages)

    @property
    def left(self) -> int:
        """How many of them have not ended."""
        return sum(not page.state for page in self.pages)


@dataclass(frozen=True, slots=True)
class Made:
    """What a result was made of. source: its fingerprint before it was read."""

    source: str
    settings: str


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
        # Not of the thread that opens the journal: another one may close it.
        self._lock_of_program = FileLock(self._lock_path(self.program), thread_local=False)
        self._lock_of_program.acquire()  # the system lets it go when the program ends, however
        self._lock = threading.Lock()
        try:
            # One after the other: of two programs that make the file at the same moment, SQLite
            # tells one at once that it is locked, however long it may wait otherwise.
            with FileLock(self._folder / "journal.opening", timeout=_PATIENCE):
                self._connection = self._opened()
        except BaseException:
            self._lock_of_program.release()
            raise

    def close(self) -> None:
        """Let go of the file; what was begun and not ended counts as interrupted from here on."""
        with contextlib.suppress(sqlite3.Error), self._writing() as journal:
            # Whose end a full disk kept out of the journal did not die of it.
            journal.execute("DELETE FROM hands WHERE program = ?", (self.program,))
        # Whatever a drive that has gone says now, the batch is done, and must not look refused.
        with contextlib.suppress(sqlite3.Error, OSError), self._lock:
            self._connection.close()
        with contextlib.suppress(OSError):
            self._lock_of_program.release()
        with contextlib.suppress(OSError):
            self._lock_path(self.program).unlink(missing_ok=True)

    # --- batches -------------------------------------------------------------------------------

    def begin(
        self, asked: dict[str, Any], pages: Sequence[Page], instead_of: Iterable[int] = ()
    ) -> int:
        """A batch of these pictures starts; asked: plain values that can be asked again.

        instead_of: interrupted batches that it goes on with. Gives the number of the batch.
        """
        row = (self.program, json.dumps(asked), len(pages))
        with self._writing() as journal:
            sql = "INSERT INTO batches (program, asked, total) VALUES (?, ?, ?)"
            number = int(journal.execute(sql, row).lastrowid or 0)
            _note_pages(journal, number, pages)
            for batch in instead_of:
                _forget_batch(journal, batch)
            return number

    def change(self, batch: int, more: Sequence[Page], gone: Iterable[int]) -> None:
        """Pictures came into a batch that runs; others, by the numbers of their jobs, left it."""
        with self._writing() as journal:
            _note_pages(journal, batch, more)
            sql = "DELETE FROM pages WHERE batch = ? AND number = ?"
            journal.executemany(sql, [(batch, number) for number in gone])

    def end(self, batch: int) -> None:
        """The batch came to its end, or is not to be gone on with."""
        with self._writing() as journal:
            _forget_batch(journal, batch)

    def interrupted(self) -> list[Interrupted]:
        """Batches of programs that are no longer there, the newest first."""
        with self._lock:
            sql = "SELECT id, program, asked FROM batches ORDER BY id DESC"
            rows = self._connection.execute(sql).fetchall()
        return [
            Interrupted(number, json.loads(asked), self._pages_of(number))
            for number, program, asked in rows
            if not self._lives(program)
        ]

    def _pages_of(self, batch: int) -> tuple[Page, ...]:
        with self._lock:
            sql = "SELECT job, state FROM pages WHERE batch = ? ORDER BY number"
            rows = self._connection.execute(sql, (batch,)).fetchall()
        return tuple(Page(json.loads(job), state) for job, state in rows)

    # --- pictures ------------------------------------------------------------------------------

    def latest(self) -> int:
        """The number of the newest result, for `claim`."""
        with self._lock:
            row = self._connection.execute("SELECT MAX(rowid) FROM results").fetchone()
        return row[0] or 0

    def claim(
        self,
        source: Path,
        target: Path,
        made: Made | None = None,
        *,
        since: int | None = None,
        again: bool = False,
    ) -> Claim:
        """Before a picture is read: say so, and hear whether it may be.

        made: what the result would be made of; results newer than `since` that were made of the
        same need not be made again. again: the artist wants it tried though the program kept
        dying of it.
        """
        with self._writing() as journal:
            if again:
                journal.execute("DELETE FROM crashes WHERE source = ?", (stored(source),))
            elif _crashes(journal, source) >= CRASHES_ALLOWED:
                return Claim.FATAL
            sql = "SELECT program FROM hands WHERE target = ?"
            held = journal.execute(sql, (stored(target),)).fetchone()
            if held is not None and held[0] != self.program and self._lives(held[0]):
                return Claim.OTHERS
            if made is not None and since is not None:
                sql = "SELECT file, source, settings FROM results WHERE target = ? AND rowid > ?"
                row = journal.execute(sql, (stored(target), since)).fetchone()
                if row == (fingerprint(target), made.source, made.settings):
                    return Claim.MADE
            sql = "INSERT OR REPLACE INTO hands (target, program, source) VALUES (?, ?, ?)"
            journal.execute(sql, (stored(target), self.program, stored(source)))
            return Claim.MINE

    def work_on(self, target: Path) -> None:
        """A claimed picture is being coloured or written: if the program dies now, it is why."""
        with self._writing() as journal:
            journal.execute("UPDATE hands SET working = 1 WHERE target = ?", (stored(target),))

    def suspects(self) -> frozenset[Path]:
        """Pictures during which a program died and that have not ended well since; absolute."""
        with self._lock:
            rows = self._connection.execute("SELECT source FROM crashes").fetchall()
        return frozenset(Path(os.fsdecode(source)) for (source,) in rows)

    def release(
        self,
        source: Path,
        target: Path,
        made: Made | None,
        *,
        page: tuple[int, int] = (0, 0),
        state: str = "",
    ) -> None:
        """After a picture has ended. made: what its result was made of, None if there is none.

        page: numbers of its batch and its job. state: how it ended; "" if it only was stopped.
        """
        with self._writing() as journal:
            journal.execute("DELETE FROM hands WHERE target = ?", (stored(target),))
            if state:
                journal.execute("DELETE FROM crashes WHERE source = ?", (stored(source),))
                sql = "UPDATE pages SET state = ? WHERE batch = ? AND number = ?"
                journal.execute(sql, (state, *page))
            if made is not None:
                row = (fingerprint(target), made.source, made.settings, stored(source))
                sql = (
                    "INSERT OR REPLACE INTO results (target, file, source, settings, origin) "
                    "VALUES (?, ?, ?, ?, ?)"
                )
                journal.execute(sql, (stored(target), *row))

    def forget_results(self, folder: Path, but: Collection[Path]) -> None:
        """What was made in a folder is no longer to be had, but for these results."""
        start, kept = stored(folder / "_")[:-1], {stored(target) for target in but}
        with self._writing() as journal:
            sql = "SELECT target FROM results WHERE substr(target, 1, ?) = ?"
            rows = journal.execute(sql, (len(start), start)).fetchall()
            gone = [row for row in rows if row[0] not in kept]
            journal.executemany("DELETE FROM results WHERE target = ?", gone)

    def outdated(self, target: Path, made: Made, source: Path | None = None) -> bool:
        """Whether the target is this program's own, untouched, and would come out otherwise now.

        False for a file that somebody else made or changed: it is not ours to replace; nor is
        the result of another picture than `source`, where that is given.
        """
        row = self._result(target)
        if row is None or row[0] != fingerprint(target):
            return False
        if source is not None and row[3] not in (None, stored(source)):
            return False
        return (row[1], row[2]) != (made.source, made.settings)

    def was_made_so(self, target: Path, made: Made) -> bool:
        """Whether a result that has been moved since, such as a page into its book, was made of
        just that."""
        row = self._result(target)
        return row is not None and (row[1], row[2]) == (made.source, made.settings)

    def made_of(self, target: Path, source: Path) -> str | None:
        """The fingerprint of the source when this program made the target of it.

        None where the target is not, or no longer, what this program made of that source.
        """
        row = self._result(target)
        if row is None or row[0] != fingerprint(target) or row[3] != stored(source):
            return None
        return row[1]

    def origin_of(self, target: Path) -> Path | None:
        """The picture that an untouched result of ours was made of; None where that's unknown."""
        row = self._result(target)
        if row is None or row[3] is None or row[0] != fingerprint(target):
            return None
        return Path(os.fsdecode(row[3]))

    def touched(self, target: Path) -> bool:
        """Whether there is a target that is not, or no longer, what this program made."""
        present, row = fingerprint(target), self._result(target)
        return bool(present) and (row is None or row[0] != present)

    def _result(self, target: Path) -> tuple[str, str, str, str | bytes | None] | None:
        """File, source and settings of a result, as they were, and the source's path if known."""
        with self._lock:
            sql = "SELECT file, source, settings, origin FROM results WHERE target = ?"
            row: tuple[str, str, str, str | bytes | None] | None
            row = self._connection.execute(sql, (stored(target),)).fetchone()
            return row

    # --- the file ------------------------------------------------------------------------------

    def _opened(self) -> sqlite3.Connection:
        path = self._folder / "journal.sqlite3"
        try:
            return self._begun(path)
        except (sqlite3.Error, ValueError, TypeError) as error:
            if is_refusal(error):
                raise
            _log.warning("The journal is damaged and was set aside: %s", error)
            for suffix in ("", "-wal", "-shm"):
                spoilt = path.with_name(path.name + suffix)
                if spoilt.exists():
                    spoilt.replace(spoilt.with_name(spoilt.name + ".bad"))
            return self._begun(path)

    def _begun(self, path: Path) -> sqlite3.Connection:
        """The journal, looked through once: what is damaged is found now and not later."""
        connection = connected(path)
        try:
            self._mourn(connection)
            for row in connection.execute("SELECT asked, id, program, total FROM batches"):
                json.loads(row[0])
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction. A disk that refuses it costs the journal's help, not the picture."""
        with self._lock, transaction(self._connection) as connection:
            yield connection

    def _mourn(self, connection: sqlite3.Connection) -> None:
        """Count what dead programs had in hand as crashes, and clear up after them."""
        with transaction(connection) as journal:
            sql = "SELECT target, program, source, working FROM hands"
            for target, program, source, working in journal.execute(sql).fetchall():
                if self._lives(program):
                    continue
                journal.execute("DELETE FROM hands WHERE target = ?", (target,))
                if not working:
                    continue  # it only waited, read by a process of its own
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


def _note_pages(journal: sqlite3.Connection, batch: int, pages: Iterable[Page]) -> None:
    sql = "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?)"
    rows = ((batch, page.job["id"], json.dumps(dict(page.job)), page.state) for page in pages)
    journal.executemany(sql, rows)


def _forget_batch(journal: sqlite3.Connection, batch: int) -> None:
    journal.execute("DELETE FROM batches WHERE id = ?", (batch,))
    journal.execute("DELETE FROM pages WHERE batch = ?", (batch,))


def _crashes(journal: sqlite3.Connection, source: Path) -> int:
    """How often a program died of the picture as it is now."""
    sql = "SELECT times FROM crashes WHERE source = ? AND file = ?"
    row = journal.execute(sql, (stored(source), fingerprint(source))).fetchone()
    return 0 if row is None else int(row[0])
