"""What is kept of imports: how far they are, and which of their finds a moderator decided about."""

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
)

from bot.store.schema import Moment, Serial, metadata

imports = Table(
    "answer_imports",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("group_id", BigInteger, nullable=False),
    Column("mark", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("foreign_home", Boolean, nullable=False, default=False),
    Column("state", String(10), nullable=False),
    Column("total", Integer, nullable=False, default=0),
    Column("done", Integer, nullable=False, default=0),
    Column("added", Integer, nullable=False, default=0),
    Column("known", Integer, nullable=False, default=0),
    Column("found", Integer, nullable=False, default=0),
    Column("room", Text, nullable=False, default=""),
    Column("before", Text),
    Column("since", Moment),
    Column("reached", Text),
    Column("made_at", Moment, nullable=False),
    Index(None, "group_id", "mark"),
)

files = Table(
    "answer_import_files",
    metadata,
    Column("import_id", BigInteger, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

proposals = Table(
    "answer_proposals",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("import_id", BigInteger, nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("message", Text, nullable=False),
    Column("question", BigInteger, nullable=False),
    Column("decision", String(8), nullable=False, default=""),
    Column("decided_at", Moment),
    UniqueConstraint("group_id", "message"),
    Index(None, "import_id", "decision"),
)
