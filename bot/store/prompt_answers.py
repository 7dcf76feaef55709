"""What people answered to prompts, for other systems to read. The prompts write it."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, column, select, table

from bot.store.database import Tx

MOST = 2000
"""The newest answers that are looked at."""
_replies = table(
    "prompt_replies",
    *(column(name) for name in ("id", "post", "group_id", "member", "member_name", "text")),
)
_posts = table("prompt_posts", column("id"), column("card"))
_cards = table("prompt_cards", column("id"), column("text"))


async def of_members(tx: Tx, group: int, members: Collection[str]) -> Sequence[Row[Any]]:
    """The kept answers (id, member, member_name, text, question) of these members in a group,
    the newest first."""
    answered = (
        select(
            _replies.c.id,
            _replies.c.member,
            _replies.c.member_name,
            _replies.c.text,
            _cards.c.text.label("question"),
        )
        .join(_posts, _posts.c.id == _replies.c.post)
        .join(_cards, _cards.c.id == _posts.c.card)
    )
    where = (_replies.c.group_id == group, _replies.c.member.in_(sorted(members)))
    newest = answered.where(*where, _replies.c.text != "").order_by(_replies.c.id.desc())
    return await tx.all(newest.limit(MOST))
