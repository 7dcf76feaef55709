"""What is chosen and not yet confirmed."""

from sqlalchemy import BigInteger, Column, String, Table, Text

from bot.store.schema import Moment, metadata

drafts = Table(
    "setup_drafts",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, nullable=False),
    Column("chosen", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

codes = Table(
    "community_codes",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("asked_by", BigInteger),
)
