"""Keeps groups and roster true: who came, who went, where the bot is."""

from bot.context import Context
from bot.events import ChatAdded, ChatMoved, ChatRemoved, MemberJoined, MemberLeft, Opened
from bot.i18n import closest
from bot.interests import Interests
from bot.store import groups, members, merge


async def note(ctx: Context, interests: Interests) -> None:
    """Records what an event says about groups and people, before any feature hears of it."""
    event = ctx.event
    if isinstance(event, Opened):
        await members.prefer(ctx.tx, event.member, dm_agreed=True)
    if ctx.group is None:
        return
    group = ctx.group.id
    if isinstance(event, MemberJoined):
        joined_at = None if event.known else event.at
        await members.joined(ctx.tx, group, event.member, event.name, joined_at, event.is_bot)
    elif isinstance(event, MemberLeft):
        await members.left(ctx.tx, group, event.member, event.at)
    elif isinstance(event, ChatAdded):
        await _arrived(ctx, event)
    elif isinstance(event, ChatRemoved):
        await ctx.change_group(active=False)
    elif isinstance(event, ChatMoved):
        ctx.absorbed = await merge.moved(ctx.tx, ctx.group, event.to)
        ctx.group = await groups.by_id(ctx.tx, group)
        ctx.after_commit.append(lambda: interests.moved(event.chat, event.to))


async def _arrived(ctx: Context, event: ChatAdded) -> None:
    values: dict[str, object] = {"active": True}
    if event.title and event.title != ctx.here.title:
        values["title"] = event.title
    if event.chat.room and not ctx.here.room:
        values["room"] = event.chat.room
    if event.language and not ctx.here.ready:
        values["language"] = closest(event.language)
    await ctx.change_group(**values)
