"""Somebody takes the place of a player who has let turns go by; nobody is worse off for it.

In games that people may join at any time the old player leaves, as if by the button, and whoever
takes the place sits down on the same side: so nobody's words are taken for another's. In the others
the seat itself changes hands, with its turn; the one who held it may be asked back in the same way.
"""

from bot.context import Context
from bot.events import ChoiceMade, FromMember
from bot.features.games import plays
from bot.features.games.core import Follows, games, number_in
from bot.features.games.joining import found, seated, took_part, twice
from bot.features.games.making import make
from bot.features.games.plays import Played, Seat
from bot.features.games.showing import edits
from bot.features.games.turns import free
from bot.play import CAME, LEFT, Move
from bot.text import Text


@games.choice("take")
async def take(ctx: Context, event: ChoiceMade) -> Follows:
    """A spectator presses "Take …'s place"."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=True)]
    number = number_in(event.choice, 2)
    seat = next((seat for seat in free(played) if seat.seat == number), None)
    refused = await _refusal(ctx, played, seat, event)
    if seat is None or refused is not None:
        return [ctx.whisper(refused or Text(), in_place=True)]
    takes = _joins_for if played.game.traits.late else _takes_over
    told = ctx.whisper(ctx.own.say("The seat is yours. Have fun!"), in_place=True)
    return [told, *await takes(ctx, played, seat, event)]


async def _refusal(
    ctx: Context, played: Played, seat: Seat | None, event: FromMember
) -> Text | None:
    if said := await twice(ctx, played, event.member):
        return said
    if seat is None:
        return ctx.own.say("That seat is taken again; its player is back or somebody was faster.")
    if seat.group_id != ctx.here.id:
        return ctx.own.say("That seat is one of another group.")
    return None


async def _joins_for(ctx: Context, played: Played, seat: Seat, event: FromMember) -> Follows:
    """The old seat is left, and a new one is taken on its side."""
    await plays.change_seat(ctx.tx, played.id, seat.seat, left=True, remind_at=None)
    now = await plays.load(ctx.tx, played.id)
    if now is None:
        return []
    now, own = await seated(ctx, now, event.member, side=seat.side)
    made = await make(ctx, now, own, Move(CAME, own.seat, str(own.side)), Move(LEFT, seat.seat))
    return [*made.follows, took_part(ctx, event, now)]


async def _takes_over(ctx: Context, played: Played, seat: Seat, event: FromMember) -> Follows:
    """The seat changes hands; what its holder wrote in it can still be forgotten."""
    if seat.member is not None and seat.moves:
        await plays.was_held(ctx.tx, played.id, seat.seat, seat.member)
    await plays.change_seat(
        ctx.tx,
        played.id,
        seat.seat,
        member=str(event.member),
        group_id=ctx.here.id,
        joined_at=ctx.now,
        moves=0,
        missed=0,
        reminded=False,
        remind_at=None,
    )
    now = await plays.load(ctx.tx, played.id)
    return [*await edits(ctx, now), took_part(ctx, event, now)] if now else []
