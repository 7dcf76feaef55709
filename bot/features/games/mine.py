"""What somebody did in games, for their eyes alone: after a play, and in all."""

from collections.abc import Collection

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade, CommandGiven, Opened
from bot.features.games import bests, meeting_records, mine_views, plays
from bot.features.games.core import Follows, games, number_in, number_opened
from bot.features.games.plays import Phase, Played, Seat
from bot.refs import MemberRef
from bot.store import identities


@games.command(Command("game mine", N_("See your own games, for your eyes only"), private=True))
async def mine(ctx: Context, event: CommandGiven) -> Follows:
    """Games played, own bests, and whom one met."""
    return [await _all(ctx, event.member)]


@games.opened("mine")
async def opened_mine(ctx: Context, event: Opened) -> Follows:
    """The same in private, by the link that stood in the room."""
    return [await _all(ctx, event.member)]


async def _all(ctx: Context, member: MemberRef) -> Whisper:
    accounts = await identities.of(ctx.tx, member)
    said = mine_views.mine(
        ctx.own,
        await bests.games_played(ctx.tx, accounts),
        await bests.of_person(ctx.tx, accounts),
        await meeting_records.names(ctx.tx, accounts),
    )
    return ctx.whisper(said, public_ok=False, payload="games-mine")


@games.choice("own")
async def own(ctx: Context, event: ChoiceMade) -> Follows:
    """What one did in this play."""
    return [await _in_play(ctx, event.member, number_in(event.choice))]


@games.opened("own")
async def opened_own(ctx: Context, event: Opened) -> Follows:
    """The same in private, by the link that stood in the room."""
    return [await _in_play(ctx, event.member, number_opened(event))]


async def _in_play(ctx: Context, member: MemberRef, number: int) -> Whisper:
    payload = f"games-own-{number}"
    accounts = await identities.of(ctx.tx, member)
    played = await plays.load(ctx.tx, number)
    if played is None or played.play is None or played.phase is not Phase.OVER:
        return ctx.whisper(ctx.own.say("I don't know that game any more."), payload=payload)
    seat = _seat(played, accounts)
    if seat is None:
        watched = ctx.own.say("You made no move in this game; the next one is yours too.")
        return ctx.whisper(watched, payload=payload)
    result = played.game.result(played.play.state)
    figure = (await bests.figures(ctx.tx, played, result)).get(seat.seat)
    best = await bests.of_game(ctx.tx, seat.member or member, played.key)
    met = await meeting_records.names(ctx.tx, accounts, played.id)
    said = mine_views.in_play(ctx.own, played, figure, best, met)
    return ctx.whisper(said, public_ok=False, payload=payload)


def _seat(played: Played, accounts: Collection[str]) -> Seat | None:
    theirs = (seat for seat in played.seats if seat.moves and str(seat.member) in accounts)
    return next(theirs, None)
