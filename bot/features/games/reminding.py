"""Slow play: whoever asked for it is reminded of their turn, once, when half of it has passed.

In private if they agreed to that, else by a mention in the room, within the budget of mentions
that the core keeps. Nobody is reminded who moved meanwhile, is away, or sleeps at that hour.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot import consent
from bot.context import Context
from bot.effects import Button, OnDoubt, Post
from bot.events import Due, Undelivered
from bot.features.games import plays
from bot.features.games.core import Follows, games, number_in, post_name
from bot.features.games.plays import Phase, Played, Seat
from bot.features.games.showing import chat_of, places
from bot.features.games.turns import awaited
from bot.features.games.views import when
from bot.i18n import Words
from bot.play import Pace
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.groups import Group
from bot.text import Text, bold, isolated, mention
from bot.waking import after_waking

SHARES = (2, 4, 8)
"""The turn's half is the moment for it; where people sleep then, its quarter, or its eighth."""
MARGIN = timedelta(hours=1)
"""A reminder later than this before the end is of no use."""


def key(play: int) -> str:
    """The key under which a play waits to remind people."""
    return f"games:remind:{play}"


def _name(play: int, seat: int) -> str:
    return f"{post_name(play)}:remind:{seat}"


async def planned(ctx: Context, played: Played, begun: Collection[int]) -> Played:
    """Plans whom to remind when: of the turns that begin now, and no more of those that ended."""
    if played.pace is not Pace.SLOW or not any(seat.reminded for seat in played.seats):
        return played
    waited, seats = awaited(played), list(played.seats)
    for place, seat in enumerate(seats):
        at = seat.remind_at if seat.seat in waited else None
        if seat.reminded and seat.seat in begun:
            at = await _moment(ctx, played, seat)
        if at != seat.remind_at:
            await plays.change_seat(ctx.tx, played.id, seat.seat, remind_at=at)
            seats[place] = replace(seat, remind_at=at)
    after = replace(played, seats=tuple(seats))
    _arm(ctx, played, after)
    return after


def _arm(ctx: Context, before: Played, after: Played) -> None:
    moments = [seat.remind_at for seat in after.seats if seat.remind_at]
    if moments:
        ctx.arm(key(after.id), min(moments), "remind", str(after.id))
    elif any(seat.remind_at for seat in before.seats):
        ctx.disarm(key(after.id))


async def _moment(ctx: Context, played: Played, seat: Seat) -> datetime | None:
    """When to remind somebody of a turn that begins now; None if they sleep until its end."""
    group = (await places(ctx, played)).get(seat.group_id)
    if group is None or seat.member is None or played.due_at is None:
        return None
    wishes = await members.preference(ctx.tx, seat.member)
    zone = (wishes.zone if wishes else "") or group.zone
    own = (wishes.quiet_from, wishes.quiet_until) if wishes else (None, None)
    for share in SHARES:
        at = after_waking(ctx.now + (played.due_at - ctx.now) / share, 0, zone)
        sleeps = None not in own and consent.is_quiet(at, zone, *own)
        if at + MARGIN <= played.due_at and not sleeps:
            return at
    return None


async def wished(ctx: Context, played: Played, seat: Seat, *, on: bool) -> Played:
    """Somebody wants to be reminded from now on, or no more."""
    await plays.change_seat(ctx.tx, played.id, seat.seat, reminded=on, remind_at=None)
    seats = (
        replace(s, reminded=on, remind_at=None) if s.seat == seat.seat else s for s in played.seats
    )
    after = replace(played, seats=tuple(seats))
    begun = {seat.seat} & awaited(after) if on else set[int]()
    after = await planned(ctx, after, begun)
    _arm(ctx, played, after)
    return after


@games.due("remind")
async def remind(ctx: Context, event: Due) -> Follows:
    """Reminds those whose moment has come, each once for this turn."""
    played = await plays.load(ctx.tx, number_in(event.arg, 0))
    if played is None or played.phase is not Phase.PLAYING:
        return []
    now = [seat for seat in played.players if seat.remind_at and seat.remind_at <= ctx.now]
    for seat in now:
        await plays.change_seat(ctx.tx, played.id, seat.seat, remind_at=None)
    done = {seat.seat for seat in now}
    seats = (replace(s, remind_at=None) if s.seat in done else s for s in played.seats)
    _arm(ctx, played, replace(played, seats=tuple(seats)))
    if played.due_at is None or played.due_at <= ctx.now:
        return []
    waited = awaited(played)
    return await _reminders(ctx, played, [seat for seat in now if seat.seat in waited])


async def _reminders(ctx: Context, played: Played, seats: Sequence[Seat]) -> Follows:
    known, follows, here = await places(ctx, played), Follows(), list[Seat]()
    for seat in seats:
        group = known.get(seat.group_id)
        if group is None or not group.active or seat.member is None:
            continue
        if await _is_left_alone(ctx, seat.member):
            continue
        wishes = await members.preference(ctx.tx, seat.member)
        if wishes and wishes.dm_agreed:
            words = Words(wishes.language or group.language, wishes.zone or group.zone)
            follows.append(_privately(played, seat.seat, seat.member, group, words))
        else:
            here.append(seat)
    return [*follows, *await _in_rooms(ctx, played, here, known)]


async def _is_left_alone(ctx: Context, member: MemberRef) -> bool:
    """Whether somebody is away, or said "never", under any account of theirs."""
    for account in sorted(await identities.of(ctx.tx, member)):
        wishes = await members.preference(ctx.tx, MemberRef.parse(account))
        if wishes and (wishes.no_pings or (wishes.away_until and wishes.away_until > ctx.now)):
            return True
    return False


def _privately(played: Played, seat: int, member: MemberRef, group: Group, words: Words) -> Post:
    text = words.say(
        "It's your turn in {game} in {group}, until {moment}. You asked me to remind you.",
        game=bold(played.game.title(words)),
        group=bold(isolated(group.title)),
        moment=_until(played, words),
    )
    off = Button(words.plain("No more reminders"), f"games.quiet:{played.id}")
    return Post(
        chat=member.private_chat,
        name=_name(played.id, seat),
        text=text,
        buttons=((off,),),
        stale_after=played.due_at,
        on_doubt=OnDoubt.SKIP,
    )


async def _in_rooms(
    ctx: Context, played: Played, seats: Sequence[Seat], known: dict[int, Group]
) -> Follows:
    """One post in each room for those who can't be written to and may be mentioned now."""
    posts = Follows()
    for room in played.rooms:
        group = known.get(room.group_id)
        people = [(s.member, s.name) for s in seats if s.group_id == room.group_id and s.member]
        if group is None or not people:
            continue
        asked = [member for member, _ in people]
        agreed = await consent.agreed(ctx.tx, asked, ctx.now, group.zone, ctx.feature)
        called = [(member, name) for member, name in people if member in agreed]
        if called:
            words = Words(group.language, group.zone)
            names = Text.join(", ", [mention(member, name) for member, name in called])
            posts.append(
                Post(
                    chat=chat_of(group, room),
                    text=_call(played, words, names),
                    reply_to_post=post_name(played.id),
                    pings=tuple(member for member, _ in called),
                    stale_after=played.due_at,
                )
            )
    return posts


def _call(played: Played, words: Words, names: Text) -> Text:
    return words.say(
        "{names}: your turn in {game}, until {moment}. (You asked me to remind you; “⋯” on the "
        "board ends that.)",
        names=names,
        game=bold(played.game.title(words)),
        moment=_until(played, words),
    )


def _until(played: Played, words: Words) -> str:
    return when(played, words, played.due_at) if played.due_at else ""


async def not_reminded(ctx: Context, event: Undelivered) -> Follows:
    """Whoever closed their private conversation meanwhile is mentioned in the room instead."""
    played = await plays.load(ctx.tx, number_in(event.name))
    if event.reason != "gone" or played is None or not event.chat.private:
        return []
    waited, number = awaited(played), number_in(event.name, 3)
    seats = [s for s in played.players if s.seat == number and s.seat in waited]
    return await _in_rooms(ctx, played, seats, await places(ctx, played))
