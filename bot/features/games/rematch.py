"""The same game again: a new lobby, in which everybody takes a seat anew."""

from bot.context import Context
from bot.events import ChoiceMade
from bot.features.games import challenge_offer, plays
from bot.features.games.core import Follows, games, number_in
from bot.features.games.plays import Phase
from bot.features.games.starting import opened


@games.choice("again")
async def again(ctx: Context, event: ChoiceMade) -> Follows:
    """Opens it where the button was pressed. Nobody is seated by it: joining is each one's own.

    Where two groups played, the other one is asked again.
    """
    played = await plays.load(ctx.tx, number_in(event.choice))
    if played is None or ctx.group is None:
        return [ctx.whisper(ctx.own.say("I don't know that game any more."))]
    if played.phase is not Phase.OVER:
        return [ctx.whisper(ctx.own.say("That game is not over yet."))]
    offer = await challenge_offer.offered(ctx, played.game, played.pace)
    return offer or await opened(ctx, played.game, played.pace, options=dict(played.options))
