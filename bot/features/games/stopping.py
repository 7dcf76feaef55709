"""Stopping a game: by whoever started it or a moderator, after a question whether they are sure.

A game that the whole community shares is not stopped by one of its groups: it only leaves it.
"""

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import Button, Edit, Look, Urgency
from bot.events import ChoiceMade, CommandGiven
from bot.features.games import boards, plays, views
from bot.features.games.core import Follows, games, post_name
from bot.features.games.joining import found, handed_on
from bot.features.games.making import ended, make, shut
from bot.features.games.plays import Played
from bot.features.games.showing import chat_of, edits, places
from bot.i18n import Words
from bot.play import LEFT, Move
from bot.store import identities
from bot.text import Text, bold, isolated


async def may_stop(ctx: Context, played: Played) -> bool:
    """Whether who caused the event may stop the play: its host, under any account; a moderator;
    and if the host is gone, anybody who plays, or anybody at all where nobody does."""
    if ctx.is_moderator:
        return True
    if played.host is None:
        return not played.players or played.seat_of(ctx.member) is not None
    return str(played.host) in await identities.of(ctx.tx, ctx.member)


@games.command(Command("game stop", N_("Stop the game in this room")))
async def stop(ctx: Context, event: CommandGiven) -> Follows:
    """Asks whether they are sure."""
    played = await boards.here(ctx)
    if played is None:
        return [ctx.whisper(boards.none(ctx))]
    if not await may_stop(ctx, played):
        return [ctx.whisper(_not_you(ctx, played))]
    text, buttons = question(played, ctx.own)
    return [ctx.panel(text, buttons=buttons)]


@games.choice("stop")
async def wanted(ctx: Context, event: ChoiceMade) -> Follows:
    """The same, from the panel of somebody."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=True)]
    if not await may_stop(ctx, played):
        return [ctx.whisper(_not_you(ctx, played), in_place=True)]
    text, buttons = question(played, ctx.own)
    return [ctx.whisper(text, buttons=buttons, in_place=True)]


@games.choice("halt")
async def halt(ctx: Context, event: ChoiceMade) -> Follows:
    """They are sure."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=True)]
    if not await may_stop(ctx, played):
        return [ctx.whisper(_not_you(ctx, played))]
    told = ctx.whisper(ctx.own.say("The game is stopped."), in_place=True)
    return [told, *await stopped(ctx, played)]


@games.choice("keep")
async def keep(ctx: Context, event: ChoiceMade) -> Follows:
    """They are not."""
    return [ctx.whisper(ctx.own.say("The game goes on."), in_place=True)]


def question(played: Played, words: Words) -> tuple[Text, Buttons]:
    """Whether they are sure."""
    text = words.say(
        "Stop {game} for everybody? This can't be undone.",
        game=bold(played.game.title(words)),
    )
    buttons = (
        Button(words.plain("Stop the game"), f"games.halt:{played.id}", look=Look.DANGER),
        Button(words.plain("Let it go on"), f"games.keep:{played.id}"),
    )
    return text, (buttons,)


def _not_you(ctx: Context, played: Played) -> Text:
    own = (seat for seat in played.seats if seat.group_id == ctx.here.id)
    host = next((seat.name for seat in own if seat.member == played.host), "")
    if not host:
        return ctx.own.say("Whoever started the game can stop it, or a moderator.")
    return ctx.own.say(
        "{name} looks after this game and can stop it, or a moderator. You can leave it.",
        name=isolated(host),
    )


async def stopped(ctx: Context, played: Played) -> Follows:
    """The play ends as it stands; a lobby closes; one that others share only leaves this group."""
    if played.game.traits.shared and len(played.rooms) > 1:
        return await withdrawn(ctx, played, ctx.here.id)
    if played.play is not None:
        return await ended(ctx, played)
    closed = await shut(ctx, played)
    return await edits(ctx, closed) if closed else []


async def withdrawn(ctx: Context, played: Played, group: int) -> Follows:
    """A play of several groups goes on without one of them."""
    room = played.room_in(group)
    if room is None:
        return []
    where = (await places(ctx, played)).get(group)
    await plays.drop_room(ctx.tx, played.id, group)
    leaving = [seat for seat in played.players if seat.group_id == group]
    for seat in leaving:
        await plays.change_seat(ctx.tx, played.id, seat.seat, left=True, remind_at=None)
    await handed_on(ctx, played, *(seat.member for seat in leaving if seat.member))
    now = await plays.load(ctx.tx, played.id)
    if now is None:
        return []
    moves = [Move(LEFT, seat.seat) for seat in leaving]
    made = (await make(ctx, now, None, *moves)).follows if moves else []
    if where is None or not where.active:
        return made
    words = Words(where.language, where.zone)
    said = views.until(words.say("This game has ended here; it goes on in other groups."))
    text = Text.join("\n\n", [views.heading(played.game, words), said])
    board = Edit(
        chat=chat_of(where, room), name=post_name(played.id), text=text, urgency=Urgency.ANSWER
    )
    return [board, *made]
