"""What the group said, brought to the games that ask for it."""

from bot.context import Context
from bot.features.games import sayings
from bot.features.games.beginning import Supplied, supplies
from bot.features.games.plays import Played
from bot.play import SAYINGS, Item

ONE_GAME = 6
"""Sayings for one game: all of them come up."""
FEWEST = 3
"""With fewer authors no game begins, and nothing is used up."""


@supplies(SAYINGS)
async def supply(ctx: Context, played: Played) -> Supplied:
    """Sayings of people in the group, each with its author."""
    group = played.rooms[0].group_id
    drawn = await sayings.sayings(ctx.tx, group, ONE_GAME, ctx.rng)
    authors = list(dict.fromkeys(saying.author for saying in drawn))
    if len(authors) >= FEWEST:
        await sayings.came_up(ctx.tx, group, drawn, ctx.now)
    items = [
        Item(saying.text, source=saying.source, by=authors.index(saying.author)) for saying in drawn
    ]
    return items, [(author, group) for author in authors]
