"""What is kept of plays. A state holds secrets: it is never logged and never shown as it is."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
)

from bot.store.schema import Moment, Serial, metadata

plays = Table(
    "games_plays",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("game", String(20), nullable=False),
    Column("phase", String(10), nullable=False),
    Column("pace", String(5), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("language", String(12), nullable=False),
    Column("seed", String(40), nullable=False),
    Column("host", Text, nullable=False, default=""),
    Column("day", String(10), nullable=False, default=""),
    Column("options", Text, nullable=False, default="{}"),
    Column("table", Text, nullable=False, default=""),
    Column("state", Text, nullable=False, default=""),
    Column("moves", Integer, nullable=False, default=0),
    Column("made_at", Moment, nullable=False),
    Column("begun_at", Moment),
    Column("moved_at", Moment),
    Column("due_at", Moment),
    Column("over_at", Moment),
    Index(None, "community", "game", "phase"),
    Index(None, "over_at"),
)
"""A game from the lobby to its end; `turn` in seconds, `table` what `begin` was given."""

rooms = Table(
    "games_rooms",
    metadata,
    Column("play", BigInteger, primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("room", Text, nullable=False),
    Column("side", SmallInteger),
    Column("open", Boolean, nullable=False, default=True),
    Column("shown", Integer, nullable=False, default=0),
    Column("heard", Boolean, nullable=False, default=False),
    Index(None, "group_id", "room", "open"),
)
"""Where a play's board stands: one room in each group; `side` if the group plays for one, `heard`
if what is written there counts without answering the board."""

seats = Table(
    "games_seats",
    metadata,
    Column("play", BigInteger, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("member", Text, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("side", SmallInteger, nullable=False, default=0),
    Column("plays", Boolean, nullable=False, default=True),
    Column("left", Boolean, nullable=False, default=False),
    Column("moves", Integer, nullable=False, default=0),
    Column("reminded", Boolean, nullable=False, default=False),
    Column("missed", Integer, nullable=False, default=0),
    Column("remind_at", Moment),
    Column("joined_at", Moment, nullable=False),
    Index(None, "member"),
)
"""Who sits where; `member` is empty where somebody asked to be forgotten. One who doesn't play
(`plays`) is an author of what the game is about. `reminded`: asked for reminders; `remind_at`: when
they come to be reminded of this turn, empty when that was done. `missed`: turns let go by in a row.
"""

held = Table(
    "games_held",
    metadata,
    Column("play", BigInteger, primary_key=True),
    Column("seat", Integer, primary_key=True),
    Column("member", Text, primary_key=True),
    Index(None, "member"),
)
"""Seats that somebody else took over: who held them before, whose words may stand in the log."""

moves = Table(
    "games_moves",
    metadata,
    Column("play", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("move", Text, nullable=False),
)
"""The log, from which each state can be reached again."""
