"""What people answered to prompts, in SQL."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, exists, select, update

from bot.features.prompts.tables import replies, votes
from bot.refs import MemberRef
from bot.store.database import Tx
from bot.store.schema import roster

TEXT = 2_000
"""Characters of an answer that are kept."""
NAME = 120


class Reply(Struct, frozen=True):
    """One message that answers a post."""

    id: int
    post: int
    group_id: int
    member: str
    member_name: str
    message: str
    text: str
    at: datetime


_FIELDS = [replies.c[name] for name in Reply.__struct_fields__]


def _reply(row: Row[Any]) -> Reply:
    return Reply(**row._mapping)


async def keep(
    tx: Tx,
    post: int,
    group: int,
    member: MemberRef,
    name: str,
    message: str,
    text: str,
    at: datetime,
) -> None:
    """Keeps an answer; the same message again changes nothing."""
    values = {
        "post": post,
        "group_id": group,
        "member": str(member),
        "member_name": name[:NAME],
        "message": message,
        "text": text[:TEXT],
        "at": at,
    }
    await tx.execute(tx.insert(replies).values(**values).on_conflict_do_nothing())


async def has_taken_part(tx: Tx, post: int, member: MemberRef) -> bool:
    """Whether this person answered the post already, or voted in it."""
    for table in (replies, votes):
        where = (table.c.post == post, table.c.member == str(member))
        if await tx.first(select(table.c.post).where(*where).limit(1)):
            return True
    return False


async def reword(tx: Tx, group: int, message: str, text: str, since: datetime) -> None:
    """Follows an edit. One statement, whether or not the message is an answer."""
    await tx.execute(
        update(replies).where(*_message(group, message, since)).values(text=text[:TEXT])
    )


async def drop(tx: Tx, group: int, message: str, since: datetime) -> None:
    """Follows a deletion, in the same way."""
    await tx.execute(delete(replies).where(*_message(group, message, since)))


def _message(group: int, message: str, since: datetime) -> tuple[Any, ...]:
    # A platform may number messages anew (a group that moves): old answers are left alone.
    return replies.c.group_id == group, replies.c.message == message, replies.c.at >= since


async def vote(tx: Tx, post: int, member: MemberRef, options: str, at: datetime) -> None:
    """Keeps somebody's choice in a prompt's poll, in place of an earlier one."""
    values = {"post": post, "member": str(member), "options": options, "at": at}
    await tx.put(votes, values)


async def unvote(tx: Tx, post: int, member: MemberRef) -> None:
    """The choice was taken back."""
    await tx.execute(delete(votes).where(votes.c.post == post, votes.c.member == str(member)))


async def of_posts(tx: Tx, posts: Collection[int]) -> Sequence[Reply]:
    """Every answer to these posts, oldest first."""
    if not posts:
        return []
    where = replies.c.post.in_(list(posts))
    rows = await tx.all(select(*_FIELDS).where(where).order_by(replies.c.at, replies.c.id))
    return [_reply(row) for row in rows]


async def to_show(tx: Tx, posts: Collection[int]) -> Sequence[Reply]:
    """The answers that other groups may see: with words, of people who are still there."""
    if not posts:
        return []
    gone = exists().where(
        roster.c.group_id == replies.c.group_id,
        roster.c.member == replies.c.member,
        roster.c.left_at.is_not(None),
    )
    where = (replies.c.post.in_(list(posts)), replies.c.text != "", ~gone)
    rows = await tx.all(select(*_FIELDS).where(*where).order_by(replies.c.at, replies.c.id))
    return [_reply(row) for row in rows]


async def votes_of(tx: Tx, posts: Collection[int]) -> Sequence[Row[Any]]:
    """The votes (post, member, options, at) in these posts."""
    if not posts:
        return []
    return await tx.all(select(votes).where(votes.c.post.in_(list(posts))))
