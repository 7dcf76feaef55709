"""`/game list`: what can be played, and what is open in this group."""

from bot.commands import N_, Command
from bot.context import Context
from bot.events import CommandGiven
from bot.features.games import boards, views
from bot.features.games.core import Follows, games, post_name
from bot.features.games.plays import Phase, Played
from bot.features.games.showing import chat_of
from bot.games import games as all_games
from bot.store import posts
from bot.text import Part, Text, bold, code, link


@games.command(Command("game list", N_("Show the games, and what is open in this group")))
async def listed(ctx: Context, event: CommandGiven) -> Follows:
    """Every game with one line, and the open ones with a link to their board."""
    if ctx.group is None:
        return [ctx.whisper(ctx.own.say("Games are played in a group, not here."))]
    lines: list[Part] = [bold(ctx.own.plain("What we can play"))]
    lines += [
        ctx.own.labelled(views.heading(game, ctx.own), game.about(ctx.own)) for game in all_games()
    ]
    start, board = code("/game start"), code("/game board")
    lines += ["", ctx.own.say("{start} begins one in this room.", start=start), ""]
    lines += [bold(ctx.own.plain("Open in this group")), *await _open(ctx)]
    lines.append(ctx.own.say("{board} brings a room's board down.", board=board))
    return [ctx.whisper(Text.join("\n", lines))]


async def _open(ctx: Context) -> list[Text]:
    lines = [await _line(ctx, played) for played in await boards.of_group(ctx.tx, ctx.here.id)]
    return lines or [ctx.own.say("nothing yet")]


async def _line(ctx: Context, played: Played) -> Text:
    count = len(played.players)
    if played.phase is Phase.GATHERING:
        about = ctx.own.say_n("{n} person, waiting for more", "{n} people, soon", count)
    else:
        about = ctx.own.say_n("{n} person plays", "{n} people play", count)
    return Text.of("· ", await _title(ctx, played), " (", about, ")")


async def _title(ctx: Context, played: Played) -> Part:
    """The name of the game, leading to its board where messages have addresses."""
    title = f"{played.game.emoji} {played.game.title(ctx.own)}"
    room = played.room_in(ctx.here.id)
    row = await posts.find(ctx.tx, ctx.here.id, post_name(played.id))
    if room is None or row is None:
        return title
    template = ctx.capabilities(chat_of(ctx.here, room)).message_link
    return link(title, template.replace("{message}", row.message)) if template else title
