"""Joining and leaving, in the lobby and later; the host begins."""

from msgspec.structs import replace

from bot.aside import enter
from bot.context import Context
from bot.events import ChoiceMade, FromMember
from bot.features.games import plays
from bot.features.games.beginning import begun
from bot.features.games.core import KIND, Follows, games, number_in, post_name
from bot.features.games.making import ended, make, shut
from bot.features.games.plays import Phase, Played, Seat
from bot.features.games.showing import edits
from bot.follow_ups import TookPart
from bot.play import CAME, LEFT, Move
from bot.refs import MemberRef
from bot.store import identities, members
from bot.text import Text


async def found(ctx: Context, event: ChoiceMade) -> Played | Text:
    """The play that a button is about, or what to tell whoever pressed it."""
    return await standing(ctx, number_in(event.choice))


async def standing(ctx: Context, number: int) -> Played | Text:
    """A play that is not over, or why not. An event of a private conversation is one of the seat's
    group from now on; from a group where it isn't played nobody acts on it."""
    played = await plays.load(ctx.tx, number)
    if played is None or played.phase is Phase.OVER:
        return ctx.own.say("This game is over.")
    if ctx.group is None:
        seat = played.seat_of(ctx.member)
        if seat is None or not await enter(ctx, seat.group_id):
            return ctx.own.say("I don't see you in that game. Join it in the group first.")
    if played.room_in(ctx.here.id) is None:
        return ctx.own.say("That game is not played here.")
    return played


@games.choice("join")
async def join(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes a seat."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played)]
    refused = await refusal(ctx, played, event.member)
    if refused is not None:
        return [ctx.whisper(refused)]
    now, seat = await seated(ctx, played, event.member)
    part = took_part(ctx, event, now)
    if now.play is None:
        return [*await edits(ctx, now), part]
    made = await make(ctx, now, seat, Move(CAME, seat.seat, str(seat.side)))
    told = [ctx.whisper(made.note)] if made.note else []
    return [*told, *made.follows, part]


async def refusal(ctx: Context, played: Played, member: MemberRef) -> Text | None:
    """Why somebody can't have a seat of their own, if so."""
    if said := await twice(ctx, played, member):
        return said
    traits = played.game.traits
    if played.play is not None and not traits.late:
        return ctx.own.say("This one has begun without a free seat. The next one is yours.")
    if len(played.players) >= traits.most:
        return ctx.own.say("All seats are taken. The next one is yours.")
    return None


async def twice(ctx: Context, played: Played, member: MemberRef) -> Text | None:
    """What is said to somebody who is in already: a person has one seat, and a bot has none."""
    if played.seat_of(member):
        return ctx.own.say("You are in already.")
    theirs = await identities.of(ctx.tx, member)
    if any(str(seat.member) in theirs for seat in played.players if seat.member):
        return ctx.own.say("You are in already, with your other account.")
    if await members.is_bot(ctx.tx, ctx.here.id, member):
        return ctx.own.say("Games here are for people.")
    return None


async def seated(
    ctx: Context, played: Played, member: MemberRef, *, side: int | None = None
) -> tuple[Played, Seat]:
    """Gives somebody a seat: their old one if they left it, else a new one on that side, or on
    the smaller one. Where sides are groups, it is that of their group."""
    theirs = [seat for seat in played.seats if seat.member == member]
    old = next((seat for seat in theirs if seat.plays), None) or next(iter(theirs), None)
    at = _side_for(ctx, played) if side is None else side
    if old is None:
        number = await plays.sit(ctx.tx, played, member, ctx.here.id, ctx.now, side=at)
    else:
        number = old.seat  # also an author's: the game knows that their words are theirs
        values = {} if old.plays else {"plays": True, "group_id": ctx.here.id, "side": at}
        await plays.change_seat(ctx.tx, played.id, number, left=False, missed=0, **values)
    now = await plays.again(ctx.tx, played.id)
    return now, next(seat for seat in now.seats if seat.seat == number)


def _side_for(ctx: Context, played: Played) -> int:
    room = played.room_in(ctx.here.id)
    if room is not None and room.side is not None:
        return room.side
    sides = range(played.game.traits.sides)
    counts = {side: sum(s.side == side for s in played.players) for side in sides}
    fewest = min(counts.values())
    return ctx.rng.choice([side for side in sides if counts[side] == fewest])


def took_part(ctx: Context, event: FromMember, played: Played) -> TookPart:
    """Tells the other systems that somebody is in."""
    return TookPart(
        id=f"{event.id}:took",
        at=ctx.now,
        chat=ctx.here.chat,
        member=event.member,
        name=event.name,
        post=post_name(played.id),
        kind=KIND,
        subject=played.game.title(ctx.words),
    )


@games.choice("leave")
async def leave(ctx: Context, event: ChoiceMade) -> Follows:
    """Gives one's seat back. Nobody is blamed for it."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played)]
    return await leaves(ctx, played, event.member)


async def leaves(
    ctx: Context, played: Played, member: MemberRef, *, in_place: bool = False
) -> Follows:
    """Somebody gives their seat back, and is told so."""
    seat = played.seat_of(member)
    if seat is None:
        return [ctx.whisper(ctx.own.say("You are not in this game."), in_place=in_place)]
    said = ctx.own.say("You have left the game.")
    if played.play is None or played.game.traits.late:
        said = Text.of(said, " ", ctx.own.say("Join takes you back in."))
    return [ctx.whisper(said, in_place=in_place), *await left(ctx, played, seat)]


async def left(ctx: Context, played: Played, seat: Seat) -> Follows:
    """A seat is empty from now on; a host hands the game on to the next."""
    await plays.change_seat(ctx.tx, played.id, seat.seat, left=True, remind_at=None)
    others = [other for other in played.players if other.seat != seat.seat and other.member]
    if seat.member is not None:
        await handed_on(ctx, played, seat.member)
    now = await plays.load(ctx.tx, played.id)
    if now is None or now.play is None:
        return await edits(ctx, now) if now else []
    if not others and not now.game.traits.open:
        return await ended(ctx, now)
    made = await make(ctx, now, seat, Move(LEFT, seat.seat))
    return made.follows


async def handed_on(ctx: Context, played: Played, *gone: MemberRef) -> None:
    """If the host is among those who are gone, the next who plays looks after the game."""
    if played.host in gone:
        left = (str(s.member) for s in played.players if s.member and s.member not in gone)
        await plays.change(ctx.tx, played.id, host=next(left, ""))


@games.choice("begin")
async def begin(ctx: Context, event: ChoiceMade) -> Follows:
    """The host (or a moderator, or anyone if the host is gone) begins."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played)]
    if played.play is not None:
        return [ctx.whisper(ctx.own.say("It has begun already."))]
    if played.host not in (None, event.member) and not ctx.is_moderator:
        return [ctx.whisper(ctx.own.say("Whoever started the game begins it."))]
    missing = played.game.traits.fewest - len(played.players)
    if missing > 0:
        few = ctx.own.say_n("{n} more is needed.", "{n} more are needed.", missing)
        return [ctx.whisper(few)]
    return await begun(ctx, played)


async def time_for_lobby(ctx: Context, played: Played) -> Follows:
    """A lobby has waited long enough: it begins if there are enough people, else it closes."""
    if len(played.players) >= played.game.traits.fewest:
        return await begun(ctx, replace(played, due_at=None))
    closed = await shut(ctx, played)
    return await edits(ctx, closed) if closed else []
