"""When a play is over: what was reached and who met, in each room; the figures are kept."""

from collections.abc import Mapping

from bot.context import Context
from bot.effects import Post, Urgency
from bot.events import Due
from bot.features.games import bests, ending_views, league_records, meeting_records
from bot.features.games.cast import Named
from bot.features.games.core import Follows, when_over
from bot.features.games.meeting import movers
from bot.features.games.meeting_records import Meetings
from bot.features.games.plays import Played, Room
from bot.features.games.seasons import await_end
from bot.features.games.showing import chat_of, places
from bot.i18n import Words
from bot.play import Result
from bot.store.groups import Group


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
    told = result if finished else None
    urgency = Urgency.SCHEDULED if isinstance(ctx.event, Due) else Urgency.ANSWER
    return [
        _post(played, told, meetings, room, known, urgency)
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


def _post(
    played: Played,
    result: Result | None,
    meetings: Meetings,
    room: Room,
    known: Mapping[int, Group],
    urgency: Urgency,
) -> Post:
    group = known[room.group_id]
    words = Words(group.language, group.zone)
    cast = Named(played, words, dict(known), group.id)
    fresh = [pair for pair in meetings.fresh if pair[0].group_id == group.id]
    state = played.play.state if played.play else None
    return Post(
        chat=chat_of(group, room),
        name=end_name(played.id),
        text=ending_views.ended(played, result, fresh, words, cast),
        buttons=ending_views.buttons(played, words, finished=result is not None),
        attachment=played.game.keepsake(state, words, cast),
        urgency=urgency,
    )
