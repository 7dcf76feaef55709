"""What is kept of plays that are over."""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, SmallInteger, String, Table, Text

from bot.store.schema import Moment, metadata

met = Table(
    "games_met",
    metadata,
    Column("community", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("peer", Text, primary_key=True),
    Column("play", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member"),
    Index(None, "peer"),
    Index(None, "play"),
)
"""Two people who had never exchanged a word before they played together; `member` < `peer`."""

results = Table(
    "games_results",
    metadata,
    Column("play", BigInteger, primary_key=True),
    Column("side", SmallInteger, primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("game", String(20), nullable=False),
    Column("season", String(7), nullable=False),
    Column("at", Moment, nullable=False),
    Column("heads", Integer, nullable=False),
    Column("points", Integer, nullable=False),
    Column("best", Integer, nullable=False),
    Column("newcomers", Integer, nullable=False),
    Column("fresh", Integer, nullable=False),
    Column("pairs", Integer, nullable=False),
    Column("league", Float),
    Index(None, "community", "season"),
    Index(None, "group_id", "season"),
)
"""What the people of one group reached on one side, and how mixed they were. It names nobody.

`season` is the month in the group's zone ("2026-11"), `league` its points (`league.points`); None
where a play doesn't count, because the whole community played it together."""

bests = Table(
    "games_bests",
    metadata,
    Column("member", Text, primary_key=True),
    Column("game", String(20), primary_key=True),
    Column("value", Integer, nullable=False),
    Column("before", Integer),
    Column("at", Moment, nullable=False),
    Column("play", BigInteger, nullable=False),
)
"""Somebody's best figure in a game, the one that it beat, and in which play that was."""
