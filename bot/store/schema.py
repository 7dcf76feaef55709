"""Every table of the core. Features add theirs to the same `metadata` in their records.py.

Moments are whole milliseconds since 1970 in UTC (`Moment`), because both databases can count
and group with them. Members are stored as "platform:id", groups by our own number, which stays
when a platform gives the group a new id. Group 0 stands for private conversations.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY_MS = 86_400_000
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Whole milliseconds since 1970; the moment must be aware."""
    return (moment - EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """The inverse of `to_ms`."""
    return EPOCH + timedelta(milliseconds=value)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored as whole milliseconds since 1970."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else to_ms(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else from_ms(value)


# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")

communities = Table(
    "communities",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("name", Text, nullable=False),
)

groups = Table(
    "groups",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("platform", String(20), nullable=False),
    Column("native", Text, nullable=False),
    Column("title", Text, nullable=False, default=""),
    Column("language", String(12), nullable=False, default="en"),
    Column("zone", String(64), nullable=False, default="UTC"),
    Column("room", Text, nullable=False, default=""),
    Column("moderators_room", Text, nullable=False, default=""),
    Column("ready", Boolean, nullable=False, default=False),
    Column("paused", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("platform", "native"),
    Index(None, "community"),
)

roster = Table(
    "roster",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("joined_at", Moment),
    Column("left_at", Moment),
    Column("is_bot", Boolean, nullable=False, default=False),
    Index(None, "member"),
)

posts = Table(
    "posts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("native_group", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("is_thread", Boolean, nullable=False, default=False),
    Column("sent_at", Moment, nullable=False),
    Column("listens_until", Moment),
    Index(None, "platform", "native_group", "room", "message"),
    Index(None, "listens_until"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("platform", String(20), nullable=False),
    Column("chat", Text, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("urgency", SmallInteger, nullable=False),
    Column("feature", String(40), nullable=False),
    Column("event", Text, nullable=False),
    Column("effect", Text, nullable=False),
    Column("edits", Text, nullable=False, server_default=""),
    Column("created_at", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("claimed_at", Moment),
    Column("doubt_since", Moment),
    Column("tries", SmallInteger, nullable=False, default=0),
    Column("error", Text, nullable=False, default=""),
    Index(None, "platform", "state"),
    # Partial on PostgreSQL too, as its migration says: to say so here would load its dialect.
    Index("ix_outbox_edits", "edits", sqlite_where=text("edits <> ''")),
    sqlite_autoincrement=True,  # a number is never used again: couriers and tokens rely on it
)

due = Table(
    "due",
    metadata,
    Column("key", Text, primary_key=True),
    Column("due_at", Moment, nullable=False),
    Column("feature", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("arg", Text, nullable=False, default=""),
    Column("group_id", BigInteger, nullable=False),
    Index(None, "due_at"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("event", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("feature", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("traceback", Text, nullable=False),
)

preferences = Table(
    "preferences",
    metadata,
    Column("member", Text, primary_key=True),
    Column("language", String(12)),
    Column("no_pings", Boolean, nullable=False, default=False),
    Column("dm_agreed", Boolean, nullable=False, default=False),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
    Column("zone", String(64)),
    Column("away_until", Moment),
)

identities = Table(
    "identities",
    metadata,
    Column("member", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("linked_at", Moment, nullable=False),
    Index(None, "person"),
)

link_codes = Table(
    "link_codes",
    metadata,
    Column("member", Text, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("until", Moment, nullable=False),
    Column("taken_by", Text),
    Index(None, "digest"),
    Index(None, "taken_by"),
)
"""Codes by which somebody links another account; `taken_by` is the account that typed it."""

link_tries = Table(
    "link_tries",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("member", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member", "at"),
)
"""Codes that did not fit, for an hour."""

rests = Table(
    "rests",
    metadata,
    Column("member", Text, primary_key=True),
    Column("what", String(40), primary_key=True),
    Column("until", Moment, nullable=False),
)

calls = Table(
    "calls",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("member", Text, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("post", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("floor", Text, nullable=False),
    Index(None, "member", "at"),
    Index(None, "group_id", "post"),
)

pings = Table(
    "pings",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("member", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("feature", String(40), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Index(None, "member", "at"),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("owner", String(60), nullable=False),
    Column("fence", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
)

form_steps = Table(
    "form_steps",
    metadata,
    Column("member", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("arg", Text, nullable=False),
    Column("step", SmallInteger, nullable=False),
    Column("given", Text, nullable=False),
    Column("moderator", Boolean, nullable=False, default=False),
    Column("group_id", BigInteger, nullable=False, default=0),
    Column("asked_at", Moment, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("platform", String(20), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
