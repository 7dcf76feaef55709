"""What is kept of questions and answers.

A question belongs to a community, so that all its groups find it. Its text and those of its answers
are given on purpose, or linked to it by the model of `bot.links`; nothing else is kept. The words
are searched through `bot.recall`, under the question's number.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema import Moment, Serial, metadata

questions = Table(
    "answer_questions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("fingerprint", String(32), nullable=False),
    Column("language", String(12), nullable=False, default=""),
    Column("topic", BigInteger),
    Column("topic_fixed", Boolean, nullable=False, default=False),
    Column("state", String(10), nullable=False),
    Column("source", String(10), nullable=False),
    Column("same_as", BigInteger),
    Column("room", Text, nullable=False),
    Column("message", Text),
    Column("asked_at", Moment, nullable=False),
    Column("answered_at", Moment),
    Column("solved_at", Moment),
    Column("stage", SmallInteger, nullable=False, default=0),
    Column("carry_at", Moment),
    Column("edited_at", Moment),
    Index(None, "community", "state", "asked_at"),
    Index(None, "community", "fingerprint"),
    Index(None, "community", "topic", "id", "state"),
    Index(None, "group_id", "message"),
    Index(None, "group_id", "carry_at"),
    Index(None, "community", "asked_at"),
    Index(None, "member"),
    Index(None, "same_as"),
)

given = Table(
    "answer_given",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("question", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("member_name", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("message", Text),
    Column("at", Moment, nullable=False),
    Column("source", String(10), nullable=False),
    Column("confidence", Float, nullable=False, default=1.0),
    Column("state", String(10), nullable=False),
    Column("solves", Boolean, nullable=False, default=False),
    Column("solved_by", Text),
    Column("solved_at", Moment),
    Column("worked", String(8), nullable=False, default=""),
    Column("outdated", Boolean, nullable=False, default=False),
    Column("helped", Integer, nullable=False, default=0),
    UniqueConstraint("question", "group_id", "message"),
    Index(None, "group_id", "message"),
    Index(None, "member"),
)

flags = Table(
    "answer_flags",
    metadata,
    Column("answer", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("decides", Boolean, nullable=False, default=False),
    Index(None, "member"),
)

thanks = Table(
    "answer_thanks",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("answer", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("thanked_by", Text, nullable=False),
    Column("question", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("told", Boolean, nullable=False, default=False),
    UniqueConstraint("answer", "question"),
    Index(None, "member", "told"),
    Index(None, "thanked_by"),
)

topics = Table(
    "answer_topics",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("name", String(60), nullable=False),
    Column("words", Text, nullable=False, default="[]"),
    Column("suggested", Boolean, nullable=False, default=False),
    Column("made_at", Moment, nullable=False),
    Column("merged_into", BigInteger),
    Column("dropped_at", Moment),
    UniqueConstraint("community", "name"),
)

willing = Table(
    "answer_willing",
    metadata,
    Column("member", Text, primary_key=True),
    Column("community", BigInteger, primary_key=True),
    Column("topic", String(60), primary_key=True),
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "community", "words"),
)

carries = Table(
    "answer_carries",
    metadata,
    Column("question", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Index(None, "community", "at"),
    Index(None, "member"),
)

offered = Table(
    "answer_offered",
    metadata,
    Column("member", Text, primary_key=True),
    Column("until", Moment, nullable=False),
)
"""Who is not to be asked whether an answer shall be kept, until when."""

travels = Table(
    "answer_travels",
    metadata,
    Column("question", BigInteger, primary_key=True),
    Column("group_id", BigInteger, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "group_id"),
)

settings = Table(
    "answer_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("offer", Boolean, nullable=False, default=True),
    Column("capture", Boolean, nullable=False, default=True),
    Column("carry", Boolean, nullable=False, default=True),
    Column("carry_minutes", Integer, nullable=False, default=120),
    Column("travel", Boolean, nullable=False, default=False),
    Column("report", Boolean, nullable=False, default=True),
)
