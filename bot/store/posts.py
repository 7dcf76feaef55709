"""Which message of a platform each named post became, and which of them still listen."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, select, update

from bot.refs import ChatRef, MessageRef
from bot.store.database import Tx
from bot.store.schema import posts

LINK = "~"
"""Between a post's name and a message of somebody's that continues its conversation."""


def message_of(row: Row[Any]) -> MessageRef:
    """The platform's message behind a row."""
    return MessageRef(ChatRef(row.platform, row.native_group, row.room), row.message)


async def record(
    tx: Tx,
    name: str,
    group: int,
    message: MessageRef,
    sent_at: datetime,
    *,
    is_thread: bool = False,
    listens_until: datetime | None = None,
) -> None:
    """Keeps what a post became; the same name again takes its place."""
    chat = message.chat
    await tx.put(
        posts,
        {
            "name": name,
            "group_id": group,
            "platform": chat.platform,
            "native_group": chat.group,
            "room": chat.room,
            "message": message.id,
            "is_thread": is_thread,
            "sent_at": sent_at,
            "listens_until": listens_until,
        },
    )


async def find(tx: Tx, group: int, name: str) -> Row[Any] | None:
    """The post of that name in the group, if it was sent."""
    return await tx.first(select(posts).where(posts.c.name == name, posts.c.group_id == group))


async def at(tx: Tx, message: MessageRef) -> Row[Any] | None:
    """The post that is this message."""
    chat = message.chat
    where = (
        posts.c.platform == chat.platform,
        posts.c.native_group == chat.group,
        posts.c.message == message.id,
        posts.c.room == chat.room,
        ~posts.c.is_thread,
    )
    return await tx.first(select(posts).where(*where))


async def listening(tx: Tx, now: datetime) -> Sequence[Row[Any]]:
    """The posts whose replies are still waited for."""
    return await tx.all(select(posts).where(posts.c.listens_until > now))


async def moved(tx: Tx, old: ChatRef, new: ChatRef) -> None:
    """The group has a new native id."""
    where = (posts.c.platform == old.platform, posts.c.native_group == old.group)
    await tx.execute(update(posts).where(*where).values(native_group=new.group))


async def forget(tx: Tx, group: int, name: str) -> None:
    """The post was deleted."""
    await tx.execute(delete(posts).where(posts.c.name == name, posts.c.group_id == group))
