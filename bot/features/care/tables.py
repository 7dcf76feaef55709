"""What could not be done lately, per group and reason."""

from sqlalchemy import BigInteger, Column, Integer, String, Table, Text

from bot.store.schema import Moment, metadata

troubles = Table(
    "care_troubles",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("reason", String(10), primary_key=True),
    Column("times", Integer, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("told_at", Moment),
    Column("room", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
