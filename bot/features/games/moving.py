"""A move comes in: by a button, a form, a typed message or time."""

from datetime import datetime

from bot.context import Context
from bot.effects import Post, Urgency
from bot.events import ChoiceMade, Due, Event, FormSubmitted, MessagePosted
from bot.feature import answer_key
from bot.features.games import hands, listening, plays, preparing
from bot.features.games.core import Follows, games, number_in
from bot.features.games.joining import refusal, seated, standing, time_for_lobby
from bot.features.games.making import make
from bot.features.games.plays import Phase, Played, Seat
from bot.features.games.turns import awaited, course
from bot.play import CAME, SAYS, Move, advance
from bot.text import Text, clean

TEXT_LENGTH = 1500


def move_of(arg: str) -> tuple[int, str, str]:
    """Play, act and argument of a control, from "12:pick.3"."""
    play, _, rest = arg.partition(":")
    act, _, which = rest.partition(".")
    return number_in(play, 0), act, which


async def going_on(ctx: Context, number: int) -> Played | Text:
    """The play, if moves can be made in it here, or why not."""
    played = await standing(ctx, number)
    if isinstance(played, Text):
        return played
    if played.play is None:
        return ctx.own.say("This game has not begun yet.")
    return preparing.awaited(ctx, played.game, played.language) or played


async def sat_down(ctx: Context, played: Played) -> tuple[Played, Seat, tuple[Move, ...]] | Text:
    """Where whoever acts sits; in open games they sit down by acting. Or why they can't."""
    seat = played.seat_of(ctx.member)
    if seat is not None:
        return played, seat, ()
    if not played.game.traits.open:
        return hands.watching(ctx, played)
    refused = await refusal(ctx, played, ctx.member)
    if refused is not None:
        return refused
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


@games.choice("f")
async def pressed_to_fill(ctx: Context, event: ChoiceMade) -> Follows:
    """A control that asks for something; one that does no longer is pressed as any other."""
    number, act, arg = move_of(answer_key(event.choice)[1])
    played = await going_on(ctx, number)
    if isinstance(played, Text):
        return [ctx.whisper(played)]
    seat = played.seat_of(event.member)
    if seat is None and not played.game.traits.open:
        return [ctx.whisper(hands.watching(ctx, played))]
    control = hands.control_of(ctx, played, seat.seat if seat else -1, act, arg)
    if control is not None and control.form:
        return hands.asked(ctx, played, seat, control)
    return await _pressed(ctx, event, in_hand=False)


async def _pressed(ctx: Context, event: ChoiceMade, *, in_hand: bool) -> Follows:
    number, act, arg = move_of(answer_key(event.choice)[1])
    played = await going_on(ctx, number)
    if isinstance(played, Text):
        return [ctx.whisper(played, in_place=in_hand)]
    down = await sat_down(ctx, played)
    if isinstance(down, Text):
        return [ctx.whisper(down)]
    played, seat, before = down
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
    down = played if isinstance(played, Text) else await sat_down(ctx, played)
    if isinstance(down, Text):
        return [ctx.whisper(down)]
    played, seat, before = down
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
    if isinstance(played, Text) or not text or not played.game.traits.types:
        return []
    in_room = listening.is_room(ctx.post)
    if in_room and not _is_meant(played, event):
        return []
    down = await sat_down(ctx, played)
    if isinstance(down, Text):
        return []
    played, seat, before = down
    move = Move(SAYS, seat.seat, text=text)
    if not before and _is_talk(played, move, ctx.now):
        return []
    made = await make(ctx, played, seat, *before, move)
    if made.note is None or (in_room and before):  # a first word that did not fit may be talk
        return made.follows
    answer = Post(chat=event.chat, text=made.note, reply_to=event.message, urgency=Urgency.ANSWER)
    return [answer, *made.follows]


def _is_meant(played: Played, event: MessagePosted) -> bool:
    """Whether a message in the room may be for the game: of somebody who is to move, and no answer
    to somebody else. The game itself tells a try from talk among those. Where everybody can walk
    in, a single word may be somebody's first."""
    seat, waited = played.seat_of(event.member), awaited(played)
    if seat is None:
        first = played.game.traits.open and len(event.text.split()) == 1
        return first and event.reply_to is None
    return event.reply_to is None and (not waited or seat.seat in waited)


def _is_talk(played: Played, move: Move, now: datetime) -> bool:
    """Whether a message means nothing to the game: then nothing of it is kept."""
    if played.play is None:
        return True
    before = course(played.game, played.play, (), now).play
    done = advance(played.game, before, move, now)
    return done.play.state == before.state and not done.effects


@games.due("time")
async def time(ctx: Context, event: Due) -> Follows:
    """The moment that a lobby or a game waited for."""
    played = await plays.load(ctx.tx, number_in(event.arg, 0))
    if played is None or played.phase is Phase.OVER:
        return []
    if played.play is None:
        return await time_for_lobby(ctx, played)
    return (await make(ctx, played, None)).follows
