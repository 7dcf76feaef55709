"""languages of packs"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "games_packs",
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
    )
