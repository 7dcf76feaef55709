"""The "⋯" button: what somebody can do in a game besides playing, shown to their eyes alone."""

from bot.aside import enter
from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade, CommandGiven, Opened
from bot.features.games import boards, more_views, plays, reminding
from bot.features.games.cast import Named
from bot.features.games.core import Follows, games, number_opened
from bot.features.games.joining import found, leaves, standing
from bot.features.games.making import make
from bot.features.games.more_views import Reader
from bot.features.games.plays import Played, Seat
from bot.features.games.stopping import may_stop
from bot.features.games.turns import awaited
from bot.play import PASS, Move, Pace
from bot.store import members
from bot.text import Text


@games.choice("more")
async def more(ctx: Context, event: ChoiceMade) -> Follows:
    """Shows the panel."""
    played = await found(ctx, event)
    return [ctx.whisper(played) if isinstance(played, Text) else await panel(ctx, played)]


@games.opened("more")
async def opened(ctx: Context, event: Opened) -> Follows:
    """Shows it in the private conversation that a link opened."""
    number = number_opened(event)
    played = await plays.load(ctx.tx, number)
    if played is not None and await _entered(ctx, played):
        found = await standing(ctx, number)
        return [ctx.whisper(found) if isinstance(found, Text) else await panel(ctx, found)]
    return [ctx.whisper(ctx.own.say("I don't see you in a group with that game."))]


async def _entered(ctx: Context, played: Played) -> bool:
    """Whether whoever opened the link is in a group of the play; it is theirs from now on."""
    seat = played.seat_of(ctx.member)
    if seat is not None:
        return await enter(ctx, seat.group_id)
    who = str(ctx.member)
    for room in played.rooms:
        if who in await members.present_among(ctx.tx, room.group_id, [who]):
            return await enter(ctx, room.group_id)
    return False


async def panel(
    ctx: Context, played: Played, *, above: Text | None = None, in_place: bool = False
) -> Whisper:
    """The panel for whoever caused the event."""
    cast = Named(played, ctx.own, {}, ctx.here.id)
    reader = Reader(played.seat_of(ctx.member), await may_stop(ctx, played), ctx.here.id)
    text, buttons = more_views.panel(played, reader, ctx.own, cast, above)
    return ctx.whisper(
        text,
        buttons=buttons,
        public_ok=False,
        in_place=in_place,
        payload=f"games-more-{played.id}",
    )


async def _mine(ctx: Context, event: ChoiceMade) -> tuple[Played, Seat] | Text:
    """The play and the seat of whoever pressed a button of their panel."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return played
    seat = played.seat_of(event.member)
    return (played, seat) if seat else ctx.own.say("You are not in this game.")


@games.choice("pass")
async def passes(ctx: Context, event: ChoiceMade) -> Follows:
    """Gives one's turn away."""
    mine = await _mine(ctx, event)
    if isinstance(mine, Text):
        return [ctx.whisper(mine, in_place=True)]
    played, seat = mine
    if seat.seat not in awaited(played):
        late = ctx.own.say("It isn't your turn any more.")
        return [await panel(ctx, played, above=late, in_place=True)]
    made = await make(ctx, played, seat, Move(PASS, seat.seat))
    said = made.note or ctx.own.say("You passed. No harm done.")
    return [ctx.whisper(said, in_place=True), *made.follows]


@games.choice("go")
async def goes(ctx: Context, event: ChoiceMade) -> Follows:
    """Leaves, from the panel."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=True)]
    return await leaves(ctx, played, event.member, in_place=True)


@games.choice("remind")
async def remind(ctx: Context, event: ChoiceMade) -> Follows:
    """Asks for reminders."""
    return await _wished(ctx, event, on=True)


@games.choice("quiet")
async def quiet(ctx: Context, event: ChoiceMade) -> Follows:
    """Wants them no more."""
    return await _wished(ctx, event, on=False)


async def _wished(ctx: Context, event: ChoiceMade, *, on: bool) -> Follows:
    mine = await _mine(ctx, event)
    if isinstance(mine, Text):
        return [ctx.whisper(mine, in_place=True)]
    played, seat = mine
    if played.pace is not Pace.SLOW:
        return [await panel(ctx, played, in_place=True)]
    now = await reminding.wished(ctx, played, seat, on=on)
    said = (
        ctx.own.say("I'll remind you once, half-way through each turn of yours in this game.")
        if on
        else ctx.own.say("No more reminders for this game.")
    )
    return [await panel(ctx, now, above=said, in_place=True)]


@games.choice("down")
async def down(ctx: Context, event: ChoiceMade) -> Follows:
    """Brings the board down."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=True)]
    told = ctx.whisper(ctx.own.say("The board is the last message of its room now."), in_place=True)
    return [told, *await boards.brought_down(ctx, played)]


@games.command(Command("game leave", N_("Leave the game in this room")))
async def leave(ctx: Context, event: CommandGiven) -> Follows:
    """The same as the button."""
    played = await boards.here(ctx)
    if played is None:
        return [ctx.whisper(boards.none(ctx))]
    return await leaves(ctx, played, event.member)
