"""The game of the day that a whole community plays together: one play, a board in each group.

Who starts it in a second group on the same day and in the same language joins what the first one
began. Names of people stay in their own group.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from bot.context import Context
from bot.effects import Urgency
from bot.features.games import plays
from bot.features.games.core import Follows
from bot.features.games.plays import Phase, Played
from bot.features.games.showing import post
from bot.features.games.tables import plays as kept
from bot.features.games.views import heading
from bot.i18n import zone_of
from bot.play import Game
from bot.store.groups import Group
from bot.text import Text, code


def day_in(ctx: Context, group: Group) -> str:
    """The name of today where the group lives."""
    return ctx.now.astimezone(zone_of(group.zone)).date().isoformat()


async def joined(ctx: Context, chosen: Game[Any], room: str, urgency: Urgency) -> Follows | None:
    """One board more for what the community plays today; None if there is nothing to join yet.

    A group that has today's game already, or had it, is told so.
    """
    if not chosen.traits.shared:
        return None
    todays = await _todays(ctx, chosen)
    for played in todays:
        if played.room_in(ctx.here.id) is not None and not _broken_off(played):
            return _told(ctx, played, urgency)
    for played in todays:
        if played.phase is not Phase.OVER and played.room_in(ctx.here.id) is None:
            return await _one_more(ctx, played, room, urgency)
    return None


async def _todays(ctx: Context, chosen: Game[Any]) -> Sequence[Played]:
    rows = await ctx.tx.all(
        select(kept.c.id)
        .where(
            kept.c.community == ctx.here.community,
            kept.c.game == chosen.key,
            kept.c.language == ctx.here.language,
            kept.c.day == day_in(ctx, ctx.here),
        )
        .order_by(kept.c.id)
    )
    found = [await plays.load(ctx.tx, row.id) for row in rows]
    return [played for played in found if played is not None]


def _broken_off(played: Played) -> bool:
    """Whether it was stopped before its end: then it may be started again."""
    over = played.play is not None and played.game.over(played.play.state)
    return played.phase is Phase.OVER and not over


def _told(ctx: Context, played: Played, urgency: Urgency) -> Follows:
    if urgency is not Urgency.ANSWER:
        return []
    said = (
        ctx.own.say("You had today's already. Tomorrow there is a new one.")
        if played.phase is Phase.OVER
        else ctx.own.say(
            "Today's is on already. {board} in its room brings it down again.",
            board=code("/game board"),
        )
    )
    return [ctx.whisper(Text.join("\n\n", [heading(played.game, ctx.own), said]))]


async def _one_more(ctx: Context, played: Played, room: str, urgency: Urgency) -> Follows | None:
    await plays.add_room(ctx.tx, played.id, group_id=ctx.here.id, room=room)
    now = await plays.load(ctx.tx, played.id)
    mine = now.room_in(ctx.here.id) if now else None
    if now is None or mine is None:
        return None
    return [await post(ctx, now, mine, urgency)]
