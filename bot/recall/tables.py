"""What recall remembers: the searchable side of a question, in rows that never change.

An entry is one version of one question: a new text is a new entry with a higher number, and the
old one goes. So a process may keep codes of entries in its memory and read only the new ones.

The inverted index is a plain table, not the databases' own full text: the same terms, the same
scores and the same transaction on both, and copies and backups that know nothing of it. ADR 6 has
the figures.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, Text

from bot.recall.words import STEM
from bot.store.schema import Serial, metadata

entries = Table(
    "recall_entries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("item", BigInteger, nullable=False),
    Column("terms", Text, nullable=False),
    Column("code", LargeBinary),
    Column("vector", LargeBinary),
    Index(None, "community", "id"),
    Index(None, "item"),
    sqlite_autoincrement=True,
)
"""`terms` are separated by spaces; `code` and `vector` are laid out by `bot.recall.meaning`, and
empty where questions are compared by their words alone."""

words = Table(
    "recall_words",
    metadata,
    Column("community", BigInteger, primary_key=True),
    Column("term", String(STEM), primary_key=True),
    Column("entry", BigInteger, primary_key=True),
    sqlite_with_rowid=False,
)
"""Which entries of a community have a term."""
