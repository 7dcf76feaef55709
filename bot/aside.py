"""Answers that had to move from a group into a private conversation, and what is pressed there.

A press in a private conversation names no group. So an answer with buttons is remembered under
the group that it belongs to, and, for a day, whether its reader moderated that group when asking.
"""

from datetime import timedelta

from msgspec.structs import replace

from bot.context import Context
from bot.effects import AnyEffect, Post
from bot.events import ChoiceMade, Event
from bot.refs import MessageRef
from bot.store import groups, posts
from bot.store.database import Tx
from bot.store.groups import Group

RIGHTS_LAST = timedelta(days=1)
_MEMBER, _MODERATOR = "aside", "aside!"


def remembered(ctx: Context, effect: AnyEffect, number: int) -> AnyEffect:
    """The effect, under a name if it is an answer with buttons that left its group.

    `number` tells several answers to one event apart.
    """
    if not (isinstance(effect, Post) and effect.chat.private and ctx.group and not effect.name):
        return effect
    if not (effect.buttons or effect.menu):
        return effect
    right = _MODERATOR if ctx.is_moderator else _MEMBER
    return replace(effect, name=f"{effect.feature}:{right}:{ctx.event.id}:{number}")


async def brought_back(tx: Tx, event: Event) -> tuple[Event, Group | None]:
    """A private press with the right and the group of the answer that it is about."""
    if not (isinstance(event, ChoiceMade) and event.chat.private and event.message):
        return event, None
    row = await posts.at(tx, MessageRef(event.chat, event.message))
    right = row.name.split(":")[1] if row and row.name.count(":") > 1 else ""
    if row is None or right not in (_MEMBER, _MODERATOR):
        return event, None
    moderator = right == _MODERATOR and event.at - row.sent_at <= RIGHTS_LAST
    return replace(event, moderator=moderator), await groups.by_id(tx, row.group_id)


async def enter(ctx: Context, number: int) -> bool:
    """Lets an event of a private conversation be one of the group that it is about; whether
    that group is still there."""
    if ctx.group is None or ctx.group.id != number:
        ctx.group = await groups.by_id(ctx.tx, number)
    return ctx.group is not None and ctx.group.active
