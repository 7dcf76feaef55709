"""The log of activity, and the rollups that are folded from it (`bot.store.activity`).

Moments in these tables are plain milliseconds: SQL counts with them.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema import Serial, metadata

activity = Table(
    "activity",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("event", Text, nullable=False),
    Column("kind", SmallInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("room", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("peer", Text),
    Column("message", Text),
    UniqueConstraint("event"),
    sqlite_autoincrement=True,  # the folding mark relies on growing numbers
)

member_state = Table(
    "member_state",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("first_at", BigInteger, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("last_spoke_at", BigInteger),
    Column("messages", Integer, nullable=False),
    Column("reactions", Integer, nullable=False),
    Index(None, "group_id", "last_at"),
)

member_day = Table(
    "member_day",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("reactions", Integer, nullable=False),
)

member_month = Table(
    "member_month",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("month", Integer, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("reactions", Integer, nullable=False),
    Index(None, "group_id", "month", "messages"),
)

pair_day = Table(
    "pair_day",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("peer", Text, primary_key=True),
    Column("day", Integer, primary_key=True),
    Column("messages", Integer, nullable=False),
)

pairs = Table(
    "pairs",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("peer", Text, primary_key=True),
    Column("first_at", BigInteger, nullable=False),
    Column("messages", Integer, nullable=False),
)

room_state = Table(
    "room_state",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("room", Text, primary_key=True),
    Column("last_at", BigInteger, nullable=False),
    Column("last_message", Text),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
