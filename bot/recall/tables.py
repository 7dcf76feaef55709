"""What recall remembers: the searchable side of a question, in rows that never change.

An entry is one version of one question: a new text is a new entry with a higher number, and the
old one goes. So a process may keep codes of entries in its memory and read only the new ones.

The index of their terms is the databases' own full text: `bot.recall.fulltext`.
"""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, Table, Text

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
