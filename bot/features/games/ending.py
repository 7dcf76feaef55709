"""When a play is over: what was reached and who met, in each room; the figures are kept.

A group that is paused is told when the pause is over, if that is soon.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.context import Context
from bot.effects import Post, Urgency
from bot.events import Due, Undelivered
from bot.features.games import bests, ending_views, league_records, meeting_records, plays
from bot.features.games.cast import Named
from bot.features.games.core import Follows, games, number_in, when_over
from bot.features.games.meeting import Pair, movers
from bot.features.games.meeting_records import Meetings
from bot.features.games.plays import Played, Room
from bot.features.games.seasons import await_end
from bot.features.games.showing import chat_of, places
from bot.i18n import Words
from bot.play import Result
from bot.store.groups import Group

PAUSED = timedelta(hours=1)
"""After so long a paused group is looked at again."""
NEWS = timedelta(days=7)
"""What ended longer ago is no news any more."""


def end_name(play: int) -> str:
    """The name of the post at the end of a play."""
    return f"games:{play}:end"


@when_over
async def over(ctx: Context, played: Played) -> Follows:
    """Nothing is posted where nobody made a move: the board says so."""
    if played.play is None or not movers(played.seats):
        return []
    await ctx.rollups()
    result = played.game.result(played.play.state)
    finished = played.game.over(played.play.state)
    meetings = await meeting_records.of_play(ctx.tx, played, result)
    known = await places(ctx, played)
    if finished:
        await _counted(ctx, played, result, meetings, known)
    await meeting_records.keep(ctx.tx, played, meetings.fresh, ctx.now)
    urgency = Urgency.SCHEDULED if isinstance(ctx.event, Due) else Urgency.ANSWER
    return [
        _post(played, meetings.fresh, room, known, urgency)
        for room in played.rooms
        if room.group_id in known and known[room.group_id].active
    ]


async def _counted(
    ctx: Context, played: Played, result: Result, meetings: Meetings, known: Mapping[int, Group]
) -> None:
    """A play that was stopped counts neither for the league nor for anybody's best."""
    await bests.keep(ctx.tx, played, result, ctx.now)
    counted = await league_records.record(ctx.tx, played, result, meetings, known, ctx.now)
    for number in counted:
        await_end(ctx, known[number])


def not_told(ctx: Context, event: Undelivered) -> None:
    """A group was paused when a play ended: its end is told later."""
    number = number_in(event.name)
    if ctx.group is not None and event.reason == "paused":
        ctx.arm(f"{event.name}:{ctx.here.id}", ctx.now + PAUSED, "told", str(number))


@games.due("told")
async def told_later(ctx: Context, event: Due) -> Follows:
    """Tells it in the group that was paused, or waits on."""
    played = await plays.load(ctx.tx, number_in(event.arg, 0))
    room = played.room_in(ctx.here.id) if played and ctx.group else None
    if played is None or room is None or played.play is None or not ctx.here.active:
        return []
    if played.moved_at is None or ctx.now - played.moved_at > NEWS:
        return []
    if ctx.here.paused:
        ctx.arm(event.key, ctx.now + PAUSED, "told", event.arg)
        return []
    fresh = await meeting_records.fresh_of(ctx.tx, played)
    return [_post(played, fresh, room, await places(ctx, played), Urgency.SCHEDULED)]


def _post(
    played: Played,
    fresh: Sequence[Pair],
    room: Room,
    known: Mapping[int, Group],
    urgency: Urgency,
) -> Post:
    group = known[room.group_id]
    words = Words(group.language, group.zone)
    cast = Named(played, words, dict(known), group.id)
    here = [pair for pair in fresh if pair[0].group_id == group.id]
    state = played.play.state if played.play else None
    finished = state is not None and played.game.over(state)
    result = played.game.result(state) if finished else None
    return Post(
        chat=chat_of(group, room),
        name=end_name(played.id),
        text=ending_views.ended(played, result, here, words, cast),
        buttons=ending_views.buttons(played, words, finished=finished),
        attachment=played.game.keepsake(state, words, cast),
        urgency=urgency,
    )
