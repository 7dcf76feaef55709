"""Where a world is kept: one SQLite file, or nothing at all."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, id TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (kind, id)
);
CREATE TABLE IF NOT EXISTS file (id TEXT PRIMARY KEY, data BLOB NOT NULL);
"""

_KEEP = (
    "INSERT INTO record VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET data = excluded.data"
)

Row = tuple[str, str, bytes | None]
"""Kind, id and the stored form; None takes the record away."""


class Storage:
    """Records by kind and id, and the bytes of files. With `path` None it lives in memory only."""

    def __init__(self, path: Path | None) -> None:
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)

    def load(self) -> Iterator[tuple[str, str, bytes]]:
        """Everything there is, as (kind, id, stored form), in the order in which it was made."""
        yield from self._db.execute("SELECT kind, id, data FROM record ORDER BY rowid")

    def save(self, rows: Iterable[Row], files: Iterable[tuple[str, bytes]] = ()) -> None:
        """Writes all or nothing."""
        kept, gone = [], []
        for kind, key, data in rows:
            if data is None:
                gone.append((kind, key))
            else:
                kept.append((kind, key, data))
        self._db.execute("BEGIN IMMEDIATE")
        try:
            self._db.executemany("INSERT OR REPLACE INTO file VALUES (?, ?)", files)
            self._db.executemany(_KEEP, kept)
            self._db.executemany("DELETE FROM record WHERE kind = ? AND id = ?", gone)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def file(self, key: str) -> bytes:
        """The bytes of one file; raises KeyError if there is none."""
        row = self._db.execute("SELECT data FROM file WHERE id = ?", (key,)).fetchone()
        if row is None:
            raise KeyError(key)
        return bytes(row[0])

    def close(self) -> None:
        """Lets go of the file."""
        self._db.close()
