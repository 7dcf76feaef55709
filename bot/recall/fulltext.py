"""The databases' own full text over `recall_entries`: SQLite's FTS5, PostgreSQL's tsvector.

It says which entries have a term and nothing else: what a term is and what it is worth stays with
`words` and `scoring`, so that both databases find the same. A lexeme is a term behind the number
of its community, "12_visa", so that one look goes to one community and never through the others.

The databases keep it true themselves, by triggers and by an expression index: whatever writes
entries, a copy or a restore too, need not know of it. ADR 6 has the figures.
"""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    cast,
    column,
    event,
    literal_column,
    select,
    table,
)
from sqlalchemy.types import UserDefinedType

from bot.recall.tables import entries

NAME = "recall_fulltext"
"""Of the table and its shadows in SQLite, of the index in PostgreSQL."""


def _lexemes(row: str = "") -> str:
    """SQL: the lexemes of an entry, parted by spaces."""
    place = f"CAST({row}community AS text) || '_'"
    return f"{place} || replace({row}terms, ' ', ' ' || {place})"


_VECTOR = f"array_to_tsvector(string_to_array({_lexemes()}, ' '))"
_INTO = f"INSERT INTO {NAME}"
_ADD = f"{_INTO} (rowid, lexemes) VALUES (new.id, {_lexemes('new.')});"
_TAKE = f"{_INTO} ({NAME}, rowid, lexemes) VALUES ('delete', old.id, {_lexemes('old.')});"

CREATE = {
    "sqlite": (
        # "ascii" parts at ASCII signs only, so a lexeme stays whole in every script; no places
        # of words, sizes or texts are kept, because nobody asks for them.
        f"CREATE VIRTUAL TABLE {NAME} USING fts5(lexemes, content='', detail=none, columnsize=0,"
        " tokenize=\"ascii tokenchars '_'\")",
        f"CREATE TRIGGER {NAME}_insert AFTER INSERT ON recall_entries BEGIN {_ADD} END",
        f"CREATE TRIGGER {NAME}_delete AFTER DELETE ON recall_entries BEGIN {_TAKE} END",
        f"CREATE TRIGGER {NAME}_update AFTER UPDATE OF id, community, terms ON recall_entries"
        f" BEGIN {_TAKE} {_ADD} END",
    ),
    # Without a list of what is still to be put in, which every search would go through.
    "postgresql": (
        f"CREATE INDEX {NAME} ON recall_entries USING gin ({_VECTOR}) WITH (fastupdate = off)",
    ),
}
"""What makes it, by database; migration 0002 runs the same."""


def _create(_: Table, connection: Connection, **__: Any) -> None:
    for statement in CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


event.listen(entries, "after_create", _create)

_table = table(NAME, column("rowid"), column(NAME))


class _Query(UserDefinedType[str]):
    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        return "tsquery"


def query(dialect: str, community: int, term: str) -> str:
    """What asks for one term: a quoted string, in which no sign means anything."""
    lexeme = f"{community}_{term}"
    if dialect == "sqlite":
        return '"' + lexeme.replace('"', '""') + '"'
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


def having(dialect: str, query: ColumnElement[str]) -> Select[int]:
    """The numbers of the entries that have what a `query` asks for, as the column `entry`."""
    if dialect == "sqlite":
        return select(_table.c.rowid.label("entry")).where(_table.c[NAME].op("MATCH")(query))
    found = literal_column(_VECTOR).op("@@")(cast(cast(query, Text), _Query))
    # A sum, because the order of the numbers would tempt PostgreSQL to walk through all of them.
    return select((entries.c.id + literal_column("0")).label("entry")).where(found)
