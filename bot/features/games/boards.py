"""`/game board`: brings the board of this room's game down to where people are."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Edit
from bot.events import CommandGiven
from bot.features.games import plays, views
from bot.features.games.core import Follows, games, post_name
from bot.features.games.plays import Played
from bot.features.games.showing import chat_of, post
from bot.store import posts
from bot.store.database import Tx
from bot.text import Text, code


@games.command(Command("game board", N_("Bring the board of the game in this room down here")))
async def board(ctx: Context, event: CommandGiven) -> Follows:
    """Posts the board anew; the old message is edited no more."""
    played = await here(ctx)
    return await brought_down(ctx, played) if played else [ctx.whisper(none(ctx))]


async def here(ctx: Context, room: str | None = None) -> Played | None:
    """The play whose board stands in a room of this group: that of the event unless told."""
    if ctx.group is None:
        return None
    place = ctx.event.chat.room if room is None else room
    number = await plays.open_in(ctx.tx, ctx.here.id, place) or await _unnamed(ctx, place)
    return await plays.load(ctx.tx, number) if number else None


async def _unnamed(ctx: Context, place: str) -> int:
    """A play that came by itself to a group of which no room was known: it stands where its board
    was delivered."""
    number = await plays.open_in(ctx.tx, ctx.here.id, "") if place else 0
    row = await posts.find(ctx.tx, ctx.here.id, post_name(number)) if number else None
    return number if row is not None and row.room == place else 0


async def of_group(tx: Tx, group: int) -> list[Played]:
    """The plays that are open in a group."""
    found = [await plays.load(tx, number) for number in await plays.open_in_group(tx, group)]
    return [played for played in found if played is not None]


async def taken(ctx: Context, room: str | None = None) -> Text | None:
    """What is said where a room has its game already; None if it is free."""
    played = await here(ctx, room)
    return views.taken(ctx.own, played.game) if played else None


def none(ctx: Context) -> Text:
    """What is said where no game is open."""
    return ctx.own.say(
        "There is no game in this room. {start} opens one.", start=code("/game start")
    )


async def brought_down(ctx: Context, played: Played) -> Follows:
    """The board as the last message of its room; the one above it only says so from now on."""
    room = played.room_in(ctx.here.id)
    if room is None:
        return [ctx.whisper(none(ctx))]
    follows: Follows = [await post(ctx, played, room)]
    old = await posts.find(ctx.tx, ctx.here.id, post_name(played.id))
    if old is not None:
        said = Text.join(
            "\n\n",
            [
                views.heading(played.game, ctx.words),
                views.until(ctx.words.say("The board is further down now.")),
            ],
        )
        chat = chat_of(ctx.here, room)
        follows.append(Edit(chat=chat, text=said, message=posts.message_of(old)))
    return follows
