"""Games that a group planned: "Fridays at 18:00 trivia" opens a lobby each time."""

from bot.context import Context
from bot.effects import Urgency
from bot.features.games import plays
from bot.features.games.core import Follows, games
from bot.features.games.starting import opened
from bot.follow_ups import GamePlanned
from bot.games import NAMES, game
from bot.play import Pace


@games.on(GamePlanned)
async def planned(ctx: Context, event: GamePlanned) -> Follows:
    """Opens the lobby, unless a game stands in the room: that one comes first.

    A game that can be played live is, because people come for the hour that was planned.
    """
    if event.game not in NAMES or ctx.group is None:
        return []
    if await plays.open_in(ctx.tx, ctx.here.id, event.chat.room):
        return []
    chosen = game(event.game)
    pace = Pace.LIVE if chosen.traits.live else Pace.SLOW
    return await opened(ctx, chosen, pace, room=event.chat.room, urgency=Urgency.SCHEDULED)
