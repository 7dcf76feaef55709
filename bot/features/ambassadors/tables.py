"""What is kept about ambassadors, about what they were asked, and about what it did."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema import Moment, Serial, metadata

people = Table(
    "ambassadors_people",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("at", Moment, nullable=False),
    Column("asked_at", Moment),
    Column("closed_at", Moment),
    Column("opened", Integer, nullable=False, default=0),
    UniqueConstraint("community", "member"),
    Index(None, "member"),
)
"""`group_id` is where they were invited; `closed_at` since when private messages do not arrive;
`asked_at` when they were last asked for anything; `opened` how often they began."""

asks = Table(
    "ambassadors_asks",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("post", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("written", Text),
    UniqueConstraint("group_id", "post", "member"),
    Index(None, "member"),
)
"""One time that somebody was asked to begin; `written` is their opening until it is posted."""

trials = Table(
    "ambassadors_trials",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("post", Text, nullable=False),
    Column("room", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("asked", Boolean),
    Column("chance", Float),
    Column("before", Float),
    Column("repliers", Integer, nullable=False, default=0),
    Column("went_out_at", Moment),
    Column("concluded", Boolean, nullable=False, default=False),
    UniqueConstraint("group_id", "post"),
    Index(None, "community", "id"),
)
"""A prompt for which an ambassador could be asked; whether one was, a coin decided (`chance`, as
it was then; NULL before). `before` is the number of people who answered earlier ones on average.
`repliers` counts those who answered and are no ambassadors, whom being asked may move anyway."""

effects = Table(
    "ambassadors_effects",
    metadata,
    Column("community", BigInteger, primary_key=True, autoincrement=False),
    Column("learned", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What the trials of a community have taught so far; JSON of `bot.trial.Estimate`."""
