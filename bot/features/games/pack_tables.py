"""What is kept of packs of own questions."""

from sqlalchemy import BigInteger, Boolean, Column, Index, String, Table, Text

from bot.store.schema import Moment, Serial, metadata

NAME_LENGTH = 40

packs = Table(
    "games_packs",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("name", String(NAME_LENGTH), nullable=False),
    Column("language", String(12), nullable=False, server_default=""),
    Column("text", Text, nullable=False),
    Column("kept", Boolean, nullable=False, default=False),
    Column("active", Boolean, nullable=False, default=True),
    Column("made_at", Moment, nullable=False),
    Index(None, "community"),
)
"""A pack as its file was; not `kept`, it waits for somebody's yes and has no questions yet. Who
brought it is not written down. `language` is that of the games it is for, "" if for all."""

questions = Table(
    "games_pack_questions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("pack", BigInteger, nullable=False),
    Column("item", Text, nullable=False),
    Column("used_at", Moment),
    Index(None, "pack"),
)
"""Each question of a kept pack, and when it last came up in a game."""
