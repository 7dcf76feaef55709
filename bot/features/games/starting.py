"""`/game start`: a game is chosen, and its lobby opens in the room."""

from datetime import timedelta
from typing import Any

import msgspec

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import Urgency
from bot.events import Answerable, ChoiceMade, CommandGiven, Event, FromMember
from bot.feature import answer_key
from bot.features.games import boards, challenge_offer, plays, preparing, sharing, views
from bot.features.games.beginning import begun
from bot.features.games.core import KIND, Follows, due_key, games, post_name
from bot.features.games.plays import Phase
from bot.features.games.showing import post
from bot.follow_ups import WorthAnswering
from bot.games import NAMES, game
from bot.games import games as all_games
from bot.i18n import Words
from bot.play import Game, Pace
from bot.store.groups import Group

GATHER = {Pace.LIVE: timedelta(minutes=15), Pace.SLOW: timedelta(days=1)}
"""So long a lobby waits for players before it begins or closes by itself."""
ENGLISH = Words("en")

START = Command(
    "game start",
    N_("Start a game in this room"),
    (
        Param(
            "game",
            N_("Which game"),
            Kind.CHOICE,
            required=False,
            choices=tuple(Choice(key, game(key).title(ENGLISH)) for key in NAMES),
        ),
        Param(
            "pace",
            N_("Now, or over days"),
            Kind.CHOICE,
            required=False,
            choices=(
                Choice(Pace.LIVE, N_("Now, all together")),
                Choice(Pace.SLOW, N_("Slowly, over days")),
            ),
        ),
    ),
)


@games.command(START)
async def start(ctx: Context, event: CommandGiven) -> Follows:
    """Opens a lobby, or asks first what is missing."""
    if refused := await boards.taken(ctx):
        return [ctx.whisper(refused)]
    if "game" not in event.args:
        text, menu = views.picker(ctx.own, all_games())
        return [ctx.panel(text, menu=menu)]
    return await _with_pace(ctx, game(event.args["game"]), event.args.get("pace", ""))


@games.choice("pick")
async def picked(ctx: Context, event: ChoiceMade) -> Follows:
    """The game was chosen."""
    key = answer_key(event.choice)[1]
    return await _with_pace(ctx, game(key), "") if key in NAMES else []


@games.choice("live")
async def live(ctx: Context, event: ChoiceMade) -> Follows:
    """Now."""
    return await _at_pace(ctx, event, Pace.LIVE)


@games.choice("slow")
async def slow(ctx: Context, event: ChoiceMade) -> Follows:
    """Over days."""
    return await _at_pace(ctx, event, Pace.SLOW)


async def _at_pace(ctx: Context, event: ChoiceMade, pace: Pace) -> Follows:
    key = answer_key(event.choice)[1]
    return await _ready(ctx, game(key), pace) if key in NAMES else []


async def _with_pace(ctx: Context, chosen: Game[Any], pace: str) -> Follows:
    able = [Pace.LIVE] if chosen.traits.live else []
    able += [Pace.SLOW] if chosen.traits.slow else []
    if pace in able or len(able) == 1:
        return await _ready(ctx, chosen, Pace(pace) if pace in able else able[0])
    text, buttons = views.pace_question(chosen, ctx.own)
    return [ctx.panel(text, buttons=buttons)]


async def _ready(ctx: Context, chosen: Game[Any], pace: Pace) -> Follows:
    return await challenge_offer.offered(ctx, chosen, pace) or await opened(ctx, chosen, pace)


async def opened(
    ctx: Context,
    chosen: Game[Any],
    pace: Pace,
    *,
    room: str | None = None,
    urgency: Urgency = Urgency.ANSWER,
    **values: Any,
) -> Follows:
    """A new lobby (or at once the game, if it is one that everybody walks into).

    `room` is that of the event unless told; `values` are further columns of the play.
    """
    if ctx.group is None:
        return [ctx.whisper(ctx.own.say("Games are played in a group, not here."))]
    place = ctx.event.chat.room if room is None else room
    if refused := await boards.taken(ctx, place):
        return [ctx.whisper(refused)]
    if wait := preparing.awaited(ctx, chosen, ctx.here.language):
        return [ctx.whisper(wait)] if isinstance(ctx.event, Answerable) else []
    shared = await sharing.joined(ctx, chosen, place, urgency)
    if shared is not None:
        return shared
    number = await created(ctx, chosen, pace, place, ctx.here, **values)
    played = await plays.again(ctx.tx, number)
    if chosen.traits.open:
        return await begun(ctx, played, urgency=urgency)
    ctx.arm(due_key(number), ctx.now + GATHER[pace], "time", str(number))
    lobby = await post(ctx, played, played.rooms[0], urgency)
    return [lobby, _worth(ctx, played.id, chosen)]


async def created(
    ctx: Context, chosen: Game[Any], pace: Pace, room: str, group: Group, **values: Any
) -> int:
    """A new play with its first room, that of a group; returns its number."""
    turn = chosen.traits.live if pace is Pace.LIVE else chosen.traits.slow
    row = {
        "community": group.community,
        "game": chosen.key,
        "phase": Phase.GATHERING,
        "pace": pace,
        "turn": int((turn or timedelta(days=1)).total_seconds()),
        "language": group.language,
        "seed": f"{ctx.rng.getrandbits(96):x}",
        "host": str(getattr(ctx.event, "member", "")),
        "day": sharing.day_in(ctx, group),
        "options": msgspec.json.encode(values.pop("options", {})).decode(),
        "made_at": ctx.now,
        "due_at": None if chosen.traits.open else ctx.now + GATHER[pace],
    }
    place = {"group_id": group.id, "room": room, "side": values.pop("side", None)}
    return await plays.create(ctx.tx, row | values, place)


def _worth(ctx: Context, number: int, chosen: Game[Any]) -> Event:
    """Whoever gives people the floor may name them in the lobby."""
    return WorthAnswering(
        id=f"{ctx.event.id}:game",
        at=ctx.now,
        chat=ctx.here.chat,
        name=post_name(number),
        kind=KIND,
        subject=chosen.title(ctx.words),
        author=ctx.event.member if isinstance(ctx.event, FromMember) else None,
    )
