"""One group of a community challenges another to a game between the two.

Anybody can challenge; anybody over there can accept, and a moderator there can decline. An answer
is awaited for a day, or for half an hour if it is to be played at once. A group has one challenge
at a time to answer, and after a no or a silence the same group can't ask it again at once. Each
group sees the other's name and the board, and no names of people.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.commands import N_
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Edit, Post, Urgency
from bot.events import ChatRemoved, ChoiceMade, CommunityChanged, Due
from bot.feature import answer_key
from bot.features.games import boards, plays, starting
from bot.features.games import challenge_records as records
from bot.features.games import challenge_views as views
from bot.features.games.beginning import begun
from bot.features.games.challenge_offer import others
from bot.features.games.challenge_records import Challenge, State
from bot.features.games.core import Follows, games, number_in
from bot.games import NAMES, game
from bot.i18n import Words
from bot.play import Game, Pace
from bot.refs import ChatRef, MemberRef
from bot.store import groups
from bot.store.database import Tx
from bot.store.groups import Group
from bot.text import Text

GOOD_FOR = {Pace.LIVE: timedelta(minutes=30), Pace.SLOW: timedelta(days=1)}
"""So long an answer is awaited."""
REST = {Pace.LIVE: timedelta(hours=12), Pace.SLOW: timedelta(days=2)}
"""Between two challenges by the same group, if the first came to nothing."""


@games.choice("vs")
async def picked(ctx: Context, event: ChoiceMade) -> Follows:
    """Against whom: 0 stands for two teams of this group."""
    key, pace, number = f"{answer_key(event.choice)[1]}..".split(".")[:3]
    if key not in NAMES or pace not in list(Pace) or not number.isdecimal():
        return []
    if number == "0":
        return await starting.opened(ctx, game(key), Pace(pace))
    other = next((group for group in await others(ctx) if group.id == int(number)), None)
    if other is None:
        return [ctx.panel(ctx.own.say("This group can't be challenged any more."))]
    refused = await _refusal(ctx, other)
    if refused is not None:
        return [ctx.panel(refused)]
    return await _challenged(ctx, event, game(key), Pace(pace), other)


async def _refusal(ctx: Context, other: Group) -> Text | None:
    """Why this group can't be challenged now, if so."""
    if refused := await boards.taken(ctx):
        return refused
    name = views.called(other)
    if await records.open_at(ctx.tx, other.id):
        return ctx.own.say("{group} has a challenge to answer already.", group=name)
    last = await records.latest(ctx.tx, ctx.here.id, other.id)
    again = last.at + REST[last.pace] if last else ctx.now
    if last and last.state in (State.DECLINED, State.LAPSED) and again > ctx.now:
        return ctx.own.say(
            "{group} didn't feel like it last time. You can ask again from {moment}.",
            group=name,
            moment=ctx.own.moment(again),
        )
    return None


async def _challenged(
    ctx: Context, event: ChoiceMade, chosen: Game[Any], pace: Pace, other: Group
) -> Follows:
    number = await records.create(
        ctx.tx,
        game=chosen.key,
        pace=pace,
        home=ctx.here.id,
        room=event.chat.room,
        there=other.id,
        member=str(event.member),
        at=ctx.now,
    )
    until = ctx.now + GOOD_FOR[pace]
    ctx.arm(_name(number), until, "challenge", str(number))
    here, undo = views.at_home(ctx.words, chosen, number, other, until)
    words = Words(other.language, other.zone)
    there, answers = views.over_there(words, chosen, number, ctx.here, pace, until)
    return [
        ctx.panel(ctx.own.say("I asked {group}.", group=views.called(other))),
        _post(number, ctx.here.chat.in_room(event.chat.room), here, undo),
        _post(number, other.chat, there, answers),
    ]


@games.choice("yes")
async def accepted(ctx: Context, event: ChoiceMade) -> Follows:
    """The game begins in both groups: whoever challenged is the first side."""
    challenge, home = await _asked(ctx, event)
    if challenge is None or home is None or challenge.there != ctx.here.id:
        return [_gone(ctx)]
    rooms = ((home, challenge.room), (ctx.here, event.chat.room))
    for group, room in rooms:
        if await plays.open_in(ctx.tx, group.id, room):
            return [ctx.whisper(_busy(ctx, group))]
    told = await _settled(ctx, challenge, State.ACCEPTED)
    number = await starting.created(
        ctx, game(challenge.game), challenge.pace, challenge.room, home, side=0
    )
    await plays.change(ctx.tx, number, host=str(challenge.member or ""))
    there = {"group_id": ctx.here.id, "room": event.chat.room, "side": 1}
    await plays.add_room(ctx.tx, number, **there)
    played = await plays.again(ctx.tx, number)
    return [*told, *await begun(ctx, played, urgency=Urgency.ANSWER)]


def _busy(ctx: Context, group: Group) -> Text:
    if group.id == ctx.here.id:
        return ctx.own.say("Another game is on in this room. Accept when it is over.")
    return ctx.own.say("{group} is in another game. Accept a little later.", group=group.title)


@games.choice("no", moderator=True)
async def declined(ctx: Context, event: ChoiceMade) -> Follows:
    """Not now; the others are told kindly."""
    challenge, _ = await _asked(ctx, event)
    if challenge is None or challenge.there != ctx.here.id:
        return [_gone(ctx)]
    return await _settled(ctx, challenge, State.DECLINED)


@games.choice("undo")
async def withdrawn(ctx: Context, event: ChoiceMade) -> Follows:
    """Whoever challenged, or a moderator of that group, takes it back."""
    challenge, _ = await _asked(ctx, event)
    if challenge is None or challenge.home != ctx.here.id:
        return [_gone(ctx)]
    if challenge.member not in (None, event.member) and not ctx.is_moderator:
        return [ctx.whisper(ctx.own.say("Whoever challenged them can take it back."))]
    return await _settled(ctx, challenge, State.WITHDRAWN)


@games.due("challenge")
async def lapsed(ctx: Context, event: Due) -> Follows:
    """Nobody answered in time."""
    challenge = await records.by_id(ctx.tx, number_in(event.arg, 0))
    if challenge is None or challenge.state is not State.OPEN:
        return []
    return await _settled(ctx, challenge, State.LAPSED)


@games.on(ChatRemoved)
@games.on(CommunityChanged)
async def parted(ctx: Context, event: ChatRemoved | CommunityChanged) -> Follows:
    """A group that is gone, or not of this community any more, has no challenges."""
    if ctx.group is None:
        return []
    group = event.group_id if isinstance(event, CommunityChanged) else ctx.here.id
    follows: Follows = []
    for challenge in await records.open_of(ctx.tx, group):
        follows += await _settled(ctx, challenge, State.LAPSED)
    return follows


@games.keeps
async def keeps(tx: Tx, member: MemberRef) -> Mapping[str, Any]:
    """The last challenge that somebody made to each group."""
    made = await records.of_member(tx, member)
    return {
        N_("Challenges you made"): [
            {"game": challenge.game, "at": challenge.at.isoformat()} for challenge in made
        ]
    }


@games.forgets
async def forgets(tx: Tx, member: MemberRef) -> None:
    """Who challenged."""
    await records.forget(tx, member)


def _name(number: int) -> str:
    return f"games:challenge:{number}"


def _post(number: int, chat: ChatRef, text: Text, buttons: Buttons) -> Post:
    return Post(chat=chat, name=_name(number), text=text, buttons=buttons, urgency=Urgency.ANSWER)


async def _asked(ctx: Context, event: ChoiceMade) -> tuple[Challenge | None, Group | None]:
    """The open challenge that a button is about, and the group that made it."""
    challenge = await records.by_id(ctx.tx, number_in(event.choice))
    if challenge is None or challenge.state is not State.OPEN or ctx.group is None:
        return None, None
    return challenge, await groups.by_id(ctx.tx, challenge.home)


def _gone(ctx: Context) -> AnyEffect:
    return ctx.whisper(ctx.own.say("This challenge is not open any more."))


async def _settled(ctx: Context, challenge: Challenge, state: State) -> Follows:
    """The challenge is over, and both groups can read how."""
    await records.settle(ctx.tx, challenge.id, state)
    ctx.disarm(_name(challenge.id))
    both = await groups.by_ids(ctx.tx, {challenge.home, challenge.there})
    home, there = both.get(challenge.home), both.get(challenge.there)
    if home is None or there is None:
        return []
    places = ((home, there, home.chat.in_room(challenge.room)), (there, home, there.chat))
    return [
        Edit(
            chat=chat,
            name=_name(challenge.id),
            text=views.settled(
                Words(group.language, group.zone),
                game(challenge.game),
                state,
                other,
                home=group is home,
            ),
            urgency=Urgency.ANSWER,
        )
        for group, other, chat in places
        if group.active
    ]
