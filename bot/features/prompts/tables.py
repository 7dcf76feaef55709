"""What the prompts remember.

A deck belongs to a community, so that all its groups draw from it. A card is one prompt. An
occasion says which card a deck gave for a local slot: groups that post "together" share it, and
their answers come together because their posts name the same card and slot.

What is deleted keeps its row, so that it can be brought back and old posts know their card. A
fingerprint is what two texts that count as the same prompt have in common. An import waits for
its confirmation.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.store.schema import Moment, Serial, metadata

decks = Table(
    "prompt_decks",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("shuffled", Boolean, nullable=False, default=True),
    Column("round", Integer, nullable=False, default=1),
    Column("starter", String(12)),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    # Partial on PostgreSQL too, as its migration says: to say so here would load its dialect.
    Index(None, "community", "name", unique=True, sqlite_where=text("deleted_at IS NULL")),
)

cards = Table(
    "prompt_cards",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("deck", BigInteger, nullable=False),
    Column("key", String(64)),
    Column("text", Text, nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("category", String(40), nullable=False, default=""),
    Column("options", Text, nullable=False, default="[]"),
    Column("author", Text),
    Column("author_name", Text, nullable=False, default=""),
    Column("image_name", Text, nullable=False, default=""),
    Column("image", LargeBinary),
    Column("position", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Column("retired_at", Moment),
    Index(None, "deck", "position"),
    Index(None, "deck", "fingerprint"),
)

occasions = Table(
    "prompt_occasions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("deck", BigInteger, nullable=False),
    Column("round", Integer, nullable=False),
    Column("slot", String(40), nullable=False),
    Column("card", BigInteger, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("deck", "slot"),
    Index(None, "deck", "round"),
)

schedules = Table(
    "prompt_schedules",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("deck", BigInteger, nullable=False),
    Column("game", String(20), nullable=False, server_default=""),
    Column("rule", Text, nullable=False),
    Column("spoken", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("room_title", Text, nullable=False, default=""),
    Column("together", Boolean, nullable=False, default=True),
    Column("others", Boolean, nullable=False, default=False),
    Column("paused", Boolean, nullable=False, default=False),
    Column("next_slot", String(40), nullable=False, default=""),
    Column("next_at", Moment),
    Column("moved_to", Moment),
    Column("passed_slot", String(40), nullable=False, default=""),
    Column("passed_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("deleted_at", Moment),
    Index(None, "group_id"),
)

prompt_posts = Table(
    "prompt_posts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("schedule", BigInteger),
    Column("card", BigInteger, nullable=False),
    Column("slot", String(40), nullable=False),
    Column("name", Text, nullable=False),
    Column("posted_at", Moment, nullable=False),
    UniqueConstraint("group_id", "name"),
    Index(None, "card", "slot"),
)

replies = Table(
    "prompt_replies",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("post", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("post", "message"),
    Index(None, "group_id", "message"),
    Index(None, "member"),
)

votes = Table(
    "prompt_votes",
    metadata,
    Column("post", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("options", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "member"),
)

missed = Table(
    "prompt_missed",
    metadata,
    Column("schedule", BigInteger, primary_key=True),
    Column("slot", String(40), primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "group_id"),
)

suggestions = Table(
    "prompt_suggestions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("state", String(10), nullable=False),
    Column("card", BigInteger),
    Column("reason", Text, nullable=False, default=""),
    Column("made_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", Text),
    Index(None, "group_id", "state"),
    Index(None, "member", "made_at"),
)

imports = Table(
    "prompt_imports",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("deck_name", String(60), nullable=False),
    Column("format", String(8), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)
