"""What a game needs that takes long to load (a lexicon, the countries) is loaded beside everything
else; what somebody wanted meanwhile is done afterwards."""

import asyncio
from typing import Any

from msgspec.structs import replace

from bot.context import Context
from bot.events import Event
from bot.play import Game
from bot.store.database import Tx
from bot.text import Text


def awaited(ctx: Context, game: Game[Any], language: str) -> Text | None:
    """What to say while a game is being prepared, after which this event comes once more; None
    if it can be played at once. A stop of the program in between loses the event."""
    if game.prepared(language):
        return None
    again = replace(ctx.event, id=f"{ctx.event.id}:prepared")

    async def prepare(_: Tx) -> Event:
        await asyncio.to_thread(game.prepare, language)
        return again

    ctx.after_commit.append(lambda: ctx.around.errand(prepare))
    return ctx.own.say("One moment, I am fetching what we need for this game.")
