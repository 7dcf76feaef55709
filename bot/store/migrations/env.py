"""Alembic's entry: works on the connection that `bot.store.migrate` hands over."""

from typing import Any

import sqlalchemy as sa
from alembic import context


def _render(kind: str, item: Any, _: Any) -> Any:
    """Migrations stay readable when our own types change: they hold plain columns."""
    if kind == "type" and isinstance(item, sa.TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def _ours(name: str | None, _: str, __: Any) -> bool:
    """The full text of recall and the tables that SQLite makes for it are in no `Table`."""
    return not (name or "").startswith("recall_fulltext")


attributes = context.config.attributes
context.configure(
    connection=attributes["connection"],
    target_metadata=attributes.get("metadata"),
    render_item=_render,
    include_name=_ours,
)
context.run_migrations()
