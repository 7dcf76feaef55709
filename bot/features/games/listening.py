"""Rooms in which a typed live game hears every message: nobody has to answer the board.

Only where the bot may read, and where nothing else listens; it ends with the play.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Row, select

from bot.context import Context
from bot.features.games import plays
from bot.features.games.core import post_name
from bot.features.games.plays import Played, Room
from bot.features.games.showing import chat_of, places
from bot.play import Pace
from bot.ports import Can
from bot.refs import ChatRef, MessageRef
from bot.store import posts
from bot.store.database import Tx
from bot.store.groups import Group
from bot.store.schema import posts as posts_table

LASTS = timedelta(days=1)
"""Longer than any live game."""


def heard_as(play: int) -> str:
    """The name under which a room's messages come to the game."""
    return f"{post_name(play)}:here"


def is_room(post: str) -> bool:
    """Whether what was heard is a message in the room, not one to the board."""
    return post.endswith(":here")


async def begin(ctx: Context, played: Played) -> Played:
    """Listens from now on in each room where that can be done; the play with these rooms."""
    if not played.game.traits.types or played.pace is not Pace.LIVE:
        return played
    known, rooms = await places(ctx, played), list(played.rooms)
    for place, room in enumerate(rooms):
        group = known.get(room.group_id)
        if group is not None and await _is_free(ctx, chat_of(group, room)):
            await _listen(ctx, played, room, group)
            rooms[place] = replace(room, heard=True)
    return replace(played, rooms=tuple(rooms))


async def _listen(ctx: Context, played: Played, room: Room, group: Group) -> None:
    until, place = ctx.now + LASTS, MessageRef(chat_of(group, room), "")
    name = heard_as(played.id)
    await posts.record(ctx.tx, name, group.id, place, ctx.now, is_thread=True, listens_until=until)
    await plays.change_room(ctx.tx, played.id, group.id, heard=True)
    ctx.followed.append((name, place, until, True))


async def _is_free(ctx: Context, chat: ChatRef) -> bool:
    able = Can.READ in ctx.capabilities(chat).can
    return able and not await _listeners(ctx.tx, chat, ctx.now)


async def _listeners(tx: Tx, chat: ChatRef, now: datetime) -> Sequence[Row[Any]]:
    """What hears every message of a room."""
    where = (
        posts_table.c.platform == chat.platform,
        posts_table.c.native_group == chat.group,
        posts_table.c.room == chat.room,
        posts_table.c.is_thread,
        posts_table.c.listens_until > now,
    )
    return await tx.all(select(posts_table).where(*where).order_by(posts_table.c.sent_at))


async def end(ctx: Context, played: Played) -> None:
    """Listens no longer; what else listens to the room since then goes on."""
    rooms = [room for room in played.rooms if room.heard]
    known = await places(ctx, played) if rooms else {}
    for room in rooms:
        group = known.get(room.group_id)
        if group is None:
            continue
        await posts.forget(ctx.tx, group.id, heard_as(played.id))
        chat = chat_of(group, room)
        left = await _listeners(ctx.tx, chat, ctx.now)
        name, until = (left[-1].name, left[-1].listens_until) if left else ("", ctx.now)
        ctx.followed.append((name.partition(posts.LINK)[0], MessageRef(chat, ""), until, True))
