"""`/game board`: brings the board of this room's game down to where people are."""

from bot.commands import N_, Command
from bot.context import Context
from bot.events import CommandGiven
from bot.features.games import plays
from bot.features.games.core import Follows, games
from bot.features.games.showing import post
from bot.text import code


@games.command(Command("game board", N_("Bring the board of the game in this room down here")))
async def board(ctx: Context, event: CommandGiven) -> Follows:
    """Posts the board anew; the old message is edited no more."""
    number = await plays.open_in(ctx.tx, ctx.here.id, event.chat.room)
    played = await plays.load(ctx.tx, number) if number else None
    room = played.room_in(ctx.here.id) if played else None
    if played is None or room is None:
        none = ctx.own.say(
            "There is no game in this room. {start} opens one.", start=code("/game start")
        )
        return [ctx.whisper(none)]
    return [await post(ctx, played, room)]
