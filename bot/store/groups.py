"""Groups and communities: where the bot is, and how each place wants it to behave."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, bindparam, delete, insert, select, update

from bot.refs import ChatRef
from bot.store.database import Tx
from bot.store.schema import communities, groups
from bot.store.sqlite_connection import at_once


class Group(Struct, frozen=True):
    """A group as it stands. `room` is where scheduled posts go unless told otherwise."""

    id: int
    community: int
    platform: str
    native: str
    title: str
    language: str
    zone: str
    room: str
    moderators_room: str
    ready: bool
    paused: bool
    active: bool

    @property
    def chat(self) -> ChatRef:
        """The room for posts."""
        return ChatRef(self.platform, self.native, self.room)

    @property
    def moderators_chat(self) -> ChatRef:
        """Where moderators are told things; the room for posts where none was chosen."""
        return self.chat.in_room(self.moderators_room or self.room)


_FIELDS = [groups.c[name] for name in Group.__struct_fields__]
_BY_IDS = at_once(select(*_FIELDS).where(groups.c.id.in_(bindparam("numbers", expanding=True))))
_BY_ID = at_once(select(*_FIELDS).where(groups.c.id == bindparam("number")))
_BY_NATIVE = at_once(
    select(*_FIELDS).where(
        groups.c.platform == bindparam("platform"), groups.c.native == bindparam("native")
    )
)


def _group(row: Row[Any]) -> Group:
    return Group(**row._mapping)


async def by_id(tx: Tx, group_id: int) -> Group | None:
    """The group with our number."""
    row = (await tx.execute(_BY_ID, {"number": group_id})).first()
    return _group(row) if row else None


async def by_ids(tx: Tx, numbers: Collection[int]) -> dict[int, Group]:
    """The groups with these numbers, in one statement."""
    if len(numbers) == 1:
        group = await by_id(tx, *numbers)
        return {group.id: group} if group else {}
    rows = (await tx.execute(_BY_IDS, {"numbers": list(numbers)})).all()
    return {row.id: _group(row) for row in rows}


async def by_native(tx: Tx, platform: str, native: str) -> Group | None:
    """The group with the platform's id."""
    row = (await tx.execute(_BY_NATIVE, {"platform": platform, "native": native})).first()
    return _group(row) if row else None


async def active(tx: Tx) -> Sequence[Group]:
    """Every group that the bot is in."""
    rows = await tx.all(select(*_FIELDS).where(groups.c.active).order_by(groups.c.id))
    return [_group(row) for row in rows]


async def of_community(tx: Tx, community: int) -> Sequence[Group]:
    """The groups that form one community."""
    where = (groups.c.community == community, groups.c.active)
    return [_group(r) for r in await tx.all(select(*_FIELDS).where(*where).order_by(groups.c.id))]


async def create(
    tx: Tx, chat: ChatRef, at: datetime, *, title: str = "", language: str = "en"
) -> Group:
    """Makes the group, in a community of its own, or returns the one that another process made."""
    community = await tx.execute(insert(communities).values(name=title))
    number = community.inserted_primary_key
    row = {
        "community": number[0] if number else 0,
        "platform": chat.platform,
        "native": chat.group,
        "title": title,
        "language": language,
        "created_at": at,
    }
    statement = tx.insert(groups).values(**row)
    await tx.execute(statement.on_conflict_do_nothing(index_elements=["platform", "native"]))
    made = await by_native(tx, chat.platform, chat.group)
    if made is None:
        raise LookupError(f"the group {chat} could not be made")
    return made


async def change(tx: Tx, group_id: int, **values: Any) -> None:
    """Sets columns of one group."""
    await tx.execute(update(groups).where(groups.c.id == group_id).values(**values))


async def join_community(tx: Tx, group_id: int, community: int) -> None:
    """Makes the group a part of another community; one that is left empty goes."""
    group = await by_id(tx, group_id)
    await change(tx, group_id, community=community)
    if group and not await of_community(tx, group.community):
        await tx.execute(delete(communities).where(communities.c.id == group.community))
