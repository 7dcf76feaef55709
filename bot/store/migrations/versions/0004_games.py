"""games"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("outbox") as batch:
        batch.add_column(sa.Column("edits", sa.Text(), server_default="", nullable=False))
    with op.batch_alter_table("prompt_schedules") as batch:
        batch.add_column(sa.Column("game", sa.String(length=20), server_default="", nullable=False))
    op.create_index(
        "ix_outbox_edits",
        "outbox",
        ["edits"],
        unique=False,
        sqlite_where=sa.text("edits <> ''"),
        postgresql_where=sa.text("edits <> ''"),
    )
