"""A move comes in: by a button, a form, a typed message or time."""

from bot.aside import enter
from bot.context import Context
from bot.effects import Post, Urgency
from bot.events import ChoiceMade, Due, Event, FormSubmitted, FromMember, MessagePosted
from bot.feature import answer_key
from bot.features.games import hands, plays
from bot.features.games.core import Follows, games, number_in
from bot.features.games.joining import seated, time_for_lobby
from bot.features.games.making import make
from bot.features.games.plays import Phase, Played, Seat
from bot.play import CAME, SAYS, Move
from bot.text import clean

TEXT_LENGTH = 1500


def move_of(arg: str) -> tuple[int, str, str]:
    """Play, act and argument of a control, from "12:pick.3"."""
    play, _, rest = arg.partition(":")
    act, _, which = rest.partition(".")
    return number_in(f":{play}"), act, which


async def going_on(ctx: Context, number: int) -> Played | None:
    """The play, if moves can be made in it; the event is one of a group of it from now on."""
    played = await plays.load(ctx.tx, number)
    if played is None or played.play is None or played.phase is not Phase.PLAYING:
        return None
    if ctx.group is None and isinstance(ctx.event, FromMember):
        seat = played.seat_of(ctx.event.member)
        if seat is None or not await enter(ctx, seat.group_id):
            return None
    return played


async def _sat_down(ctx: Context, played: Played) -> tuple[Played, Seat | None, tuple[Move, ...]]:
    """Where whoever acts sits; in open games they sit down by acting."""
    seat = played.seat_of(ctx.member)
    if seat is not None or not played.game.traits.open or ctx.group is None:
        return played, seat, ()
    played, seat = await seated(ctx, played, ctx.member)
    return played, seat, (Move(CAME, seat.seat, str(seat.side)),)


@games.choice("m")
async def pressed(ctx: Context, event: ChoiceMade) -> Follows:
    """A control of a shared board."""
    return await _pressed(ctx, event, in_hand=False)


@games.choice("h")
async def pressed_in_hand(ctx: Context, event: ChoiceMade) -> Follows:
    """A control that only one person sees."""
    return await _pressed(ctx, event, in_hand=True)


async def _pressed(ctx: Context, event: ChoiceMade, *, in_hand: bool) -> Follows:
    number, act, arg = move_of(answer_key(event.choice)[1])
    played = await going_on(ctx, number)
    if played is None:
        return [ctx.whisper(ctx.own.say("This game is over."), in_place=in_hand)]
    seat = played.seat_of(event.member)
    if seat is None and not played.game.traits.open:
        return [ctx.whisper(hands.watching(ctx, played))]
    control = hands.control_of(ctx, played, seat.seat if seat else -1, act, arg)
    if control is not None and control.form:
        return hands.asked(ctx, played, seat, control)
    played, seat, before = await _sat_down(ctx, played)
    if seat is None:
        return []
    made = await make(ctx, played, seat, *before, Move(act, seat.seat, arg))
    if in_hand:
        own = hands.hand_of(ctx, made.played, seat, above=made.note, in_place=True)
        return [own, *made.follows]
    return [*([ctx.whisper(made.note)] if made.note else []), *made.follows]


@games.form("move")
async def filled(ctx: Context, event: FormSubmitted) -> Follows:
    """What was asked after a control was pressed."""
    number, act, arg = move_of(event.arg)
    played = await going_on(ctx, number)
    if played is None:
        return [ctx.whisper(ctx.own.say("This game is over."))]
    played, seat, before = await _sat_down(ctx, played)
    if seat is None:
        return [ctx.whisper(hands.watching(ctx, played))]
    values = {name: clean(value).strip()[:TEXT_LENGTH] for name, value in event.values.items()}
    made = await make(ctx, played, seat, *before, Move(act, seat.seat, arg, values=values))
    if event.chat.private:
        thanks = made.note or ctx.own.say("That's in.")
        return [hands.hand_of(ctx, made.played, seat, above=thanks), *made.follows]
    return [*([ctx.whisper(made.note)] if made.note else []), *made.follows]


@games.heard
async def said(ctx: Context, event: Event) -> Follows:
    """A reply to the board, or a message in a room that a live game listens to."""
    if not isinstance(event, MessagePosted):
        return []
    played = await going_on(ctx, number_in(ctx.post))
    text = clean(event.text).strip()[:TEXT_LENGTH]
    if played is None or not text or not played.game.traits.types:
        return []
    played, seat, before = await _sat_down(ctx, played)
    if seat is None:
        return []
    made = await make(ctx, played, seat, *before, Move(SAYS, seat.seat, text=text))
    if made.note is None:
        return made.follows
    answer = Post(chat=event.chat, text=made.note, reply_to=event.message, urgency=Urgency.ANSWER)
    return [answer, *made.follows]


@games.due("time")
async def time(ctx: Context, event: Due) -> Follows:
    """The moment that a lobby or a game waited for."""
    played = await plays.load(ctx.tx, number_in(f":{event.arg}"))
    if played is None or played.phase is Phase.OVER:
        return []
    if played.play is None:
        return await time_for_lobby(ctx, played)
    return (await make(ctx, played, None)).follows
