"""What is kept of challenges between groups."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text

from bot.store.schema import Moment, Serial, metadata

challenges = Table(
    "games_challenges",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("game", String(20), nullable=False),
    Column("pace", String(5), nullable=False),
    Column("home", BigInteger, nullable=False),
    Column("room", Text, nullable=False),
    Column("there", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "home", "there"),
    Index(None, "there", "state"),
    Index(None, "member"),
)
"""`home` challenged `there` from its room; `member` did it, "" if they asked to be forgotten."""
