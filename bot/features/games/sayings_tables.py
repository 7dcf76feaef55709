"""What is kept for games about what people said."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from bot.store.schema import Moment, metadata

agreed = Table(
    "games_agreed",
    metadata,
    Column("member", Text, primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "group_id"),
)
"""Who agreed that their answers to prompts may come up in this group's games."""

said = Table(
    "games_said",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("reply", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
)
"""The answers that came up in a group's last games."""
