"""`/game answers`: everybody decides whether their own answers to prompts may come up in games."""

import msgspec
from msgspec.structs import replace

from bot.aside import enter
from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade, CommandGiven, Opened
from bot.feature import answer_key
from bot.features.games import agreeing_views as views
from bot.features.games import boards, plays, sayings
from bot.features.games.core import Follows, games, number_opened
from bot.features.games.showing import edits
from bot.play import SAYINGS
from bot.store import members

games.keeps(sayings.keeps)
games.forgets(sayings.forgets)


@games.command(
    Command("game answers", N_("Choose whether your answers to prompts may come up in games"))
)
async def asked(ctx: Context, event: CommandGiven) -> Follows:
    """How it stands, and the way to change it."""
    return [await _state(ctx)]


@games.opened("answers")
async def opened(ctx: Context, event: Opened) -> Follows:
    """The same in the private conversation that a link opened."""
    there, who = await enter(ctx, number_opened(event)), str(event.member)
    if not there or not await members.present_among(ctx.tx, ctx.here.id, [who]):
        return [ctx.whisper(views.in_group(ctx.own))]
    return [await _state(ctx)]


@games.choice("agree")
async def agreed(ctx: Context, event: ChoiceMade) -> Follows:
    """The button in a lobby: whoever presses it agrees."""
    if ctx.group is None:
        return [ctx.whisper(views.in_group(ctx.own))]
    await sayings.agree(ctx.tx, ctx.here.id, event.member, ctx.now)
    return [await _state(ctx)]


@games.choice("answers")
async def decided(ctx: Context, event: ChoiceMade) -> Follows:
    """A tap on the answer, which can be taken back by another."""
    if ctx.group is None:
        return [ctx.whisper(views.in_group(ctx.own))]
    if answer_key(event.choice)[1] == views.YES:
        await sayings.agree(ctx.tx, ctx.here.id, event.member, ctx.now)
        return [await _state(ctx, in_place=True)]
    await sayings.withdraw(ctx.tx, ctx.here.id, event.member)
    return [await _state(ctx, in_place=True), *await _taken_out(ctx)]


async def _taken_out(ctx: Context) -> Follows:
    """Their words leave the games that are played here now."""
    follows: Follows = []
    for played in await boards.of_group(ctx.tx, ctx.here.id):
        if played.play and played.game.traits.supplies == SAYINGS:
            state = played.play.state
            for seat in (seat.seat for seat in played.seats if seat.member == ctx.member):
                state = played.game.forget(state, seat)
            await plays.change(ctx.tx, played.id, state=msgspec.json.encode(state).decode())
            follows += await edits(ctx, replace(played, play=replace(played.play, state=state)))
    return follows


async def _state(ctx: Context, *, in_place: bool = False) -> Whisper:
    """What somebody decided, for their eyes only."""
    agreed = await sayings.has_agreed(ctx.tx, ctx.here.id, ctx.member)
    count = await sayings.answers_of(ctx.tx, ctx.here.id, ctx.member)
    return ctx.whisper(
        views.told(ctx.own, count, agreed=agreed),
        buttons=((views.deciding(ctx.own, agreed=agreed),),),
        public_ok=False,
        in_place=in_place,
        payload=f"games-answers-{ctx.here.id}",
    )
