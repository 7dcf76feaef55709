"""What is kept so that nobody posts into silence. The words of a first post are not."""

from sqlalchemy import BigInteger, Column, Index, String, Table, Text, UniqueConstraint

from bot.store.schema import Moment, Serial, metadata

newcomers = Table(
    "ambassadors_newcomers",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("joined_at", Moment, nullable=False),
)
"""People who joined and have not said anything yet."""

waiting = Table(
    "ambassadors_waiting",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("room", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("post", Text, nullable=False, default=""),
    Column("member", Text, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("subject", Text, nullable=False, default=""),
    Column("at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("shown_at", Moment),
    Index(None, "group_id", "message"),
    Index(None, "member"),
)
"""Something that somebody said and that a person should answer; `subject` is a question's words,
which are kept anyway."""

shown = Table(
    "ambassadors_shown",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("waiting", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("answer", String(10), nullable=False, default=""),
    UniqueConstraint("waiting", "member"),
    Index(None, "member"),
)
"""Whom it was shown to, and what they said."""
