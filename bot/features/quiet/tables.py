"""What is kept to give the floor to quiet members, and to know whether that helps.

`people` says who is quiet, so that nobody has to be looked for among all: it changes only with
those who act, join or leave, and with those whose own rhythm has just been broken (`due_at`).
An occasion is one time that somebody could have been named: whether they were was drawn by lot,
and what they did afterwards is looked up once.
"""

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

settings = Table(
    "quiet_settings",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("switched_on", Boolean, nullable=False, default=False),
    Column("approve", Boolean, nullable=False, default=False),
    Column("dry_until", Moment),
    Column("reviewed_at", Moment),
)

people = Table(
    "quiet_people",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("kind", String(10), nullable=False, default=""),
    Column("since", Moment),
    Column("due_at", Moment),
    Column("draw", Float, nullable=False),
    Index(None, "group_id", "kind", "draw"),
    Index(None, "group_id", "due_at"),
)

outages = Table(
    "quiet_outages",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False),
    Index(None, "group_id", "until"),
)

left_out = Table(
    "quiet_left_out",
    metadata,
    Column("group_id", BigInteger, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

interests = Table(
    "quiet_interests",
    metadata,
    Column("member", Text, primary_key=True),
    Column("community", BigInteger, primary_key=True),
    Column("topic_key", String(200), primary_key=True),
    Column("topic", String(60), nullable=False),
    Column("draw", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "community", "topic_key", "draw"),
)

parts = Table(
    "quiet_parts",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("member", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("topic_key", String(200), nullable=False, default=""),
    Column("subject", Text, nullable=False),
    Column("draw", Float, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "group_id", "topic_key", "draw"),
    Index(None, "group_id", "member", "at"),
)
"""What somebody took part in: the subject of the post, not what they said. The subject is empty
where it is another member's words."""

proposals = Table(
    "quiet_proposals",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("post", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("candidates", Text, nullable=False),
    Column("without", Text, nullable=False, default="[]"),
    Column("state", String(10), nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("made_at", Moment, nullable=False),
    UniqueConstraint("group_id", "post"),
)
"""Who would be named in a coming post, for moderators to approve: JSON of `reasons.Candidate`, and
of the members that a moderator took out of it."""

coming = Table(
    "quiet_coming",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("subject", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
)
"""Posts that are announced and did not go out yet; `topics` is a JSON list."""

tried = Table(
    "quiet_tried",
    metadata,
    Column("group_id", BigInteger, primary_key=True, autoincrement=False),
    Column("post", Text, primary_key=True),
    Column("member", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Index(None, "member"),
)
"""Who would have been named while that is only tried out; deleted when it is decided."""

occasions = Table(
    "quiet_occasions",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("community", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("post", Text, nullable=False),
    Column("member", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("why", String(10), nullable=False),
    Column("named", Boolean, nullable=False),
    Column("chance", Float, nullable=False),
    Column("days_before", Integer, nullable=False),
    Column("messages_before", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("spoke", Boolean),
    Column("tied", Boolean),
    UniqueConstraint("group_id", "post", "member"),
    Index(None, "community", "id"),
    Index(None, "group_id", "at"),
    Index(None, "member", "at"),
)
"""`chance` is that of being named, as it was at the draw. The outcomes are NULL until they are
looked up; what can't be known (the post was never sent, the group is gone) is deleted."""

effects = Table(
    "quiet_effects",
    metadata,
    Column("community", BigInteger, primary_key=True, autoincrement=False),
    Column("learned", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
"""What the occasions have taught so far; JSON of `learning.Learned`."""
