"""What only one person may see or write: shown to their eyes, asked where nobody reads along."""

from bot.aside import enter
from bot.commands import Form
from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade, Opened
from bot.features.games import plays, views
from bot.features.games.cast import Named
from bot.features.games.core import Follows, games, number_opened
from bot.features.games.joining import found
from bot.features.games.plays import Phase, Played, Seat
from bot.play import Board, Control
from bot.ports import Can
from bot.text import Text


def control_of(ctx: Context, played: Played, seat: int, act: str, arg: str) -> Control | None:
    """The control that was pressed, if it still stands on the board or in the hand."""
    if played.play is None:
        return None
    cast = Named(played, ctx.own, {}, ctx.group.id if ctx.group else None)
    state, game = played.play.state, played.game
    hand = game.hand(state, seat, ctx.own, cast)
    on_board = game.board(state, ctx.own, cast).control(act, arg)
    return on_board or (hand.control(act, arg) if hand else None)


def asked(ctx: Context, played: Played, seat: Seat | None, control: Control) -> Follows:
    """Asks for a control's form: here, or for secrets in private where forms are public here."""
    chat = ctx.event.chat
    if control.secret and not chat.private and Can.FORMS not in ctx.capabilities(chat).can:
        return [hand_of(ctx, played, seat)]
    form = Form("games.move", control.title or control.label, control.form)
    return [ctx.ask(form, f"{played.id}:{control.act}.{control.arg}")]


def hand_of(
    ctx: Context,
    played: Played,
    seat: Seat | None,
    *,
    above: Text | None = None,
    in_place: bool = False,
) -> Whisper:
    """The hand of a seat; where a game has none, what can be done in secret."""
    board = _hand(ctx, played, seat)
    text = Text.join("\n\n", [part for part in (above, board.text) if part])
    return ctx.whisper(
        text,
        buttons=views.controls(board, played.id, "h"),
        public_ok=False,
        in_place=in_place,
        payload=f"games-hand-{played.id}",
    )


def _hand(ctx: Context, played: Played, seat: Seat | None) -> Board:
    cast = Named(played, ctx.own, {}, ctx.group.id if ctx.group else None)
    if played.play is None or played.phase is Phase.OVER:
        return Board(ctx.own.say("This game is over."))
    state, game = played.play.state, played.game
    hand = game.hand(state, seat.seat, ctx.own, cast) if seat else None
    if hand is not None:
        return hand
    board = game.board(state, ctx.own, cast)
    secret = tuple(c for row in board.rows for c in row if c.secret)
    nothing = ctx.own.say("There is nothing to do for you alone right now.")
    return Board(views.heading(game, ctx.own) if secret else nothing, (secret,) if secret else ())


@games.choice("hand")
async def hand(ctx: Context, event: ChoiceMade) -> Follows:
    """Shows somebody their hand."""
    played = await found(ctx, event)
    if isinstance(played, Text):
        return [ctx.whisper(played)]
    seat = played.seat_of(event.member)
    if seat is None and not played.game.traits.open:
        return [ctx.whisper(watching(ctx, played))]
    return [hand_of(ctx, played, seat)]


@games.opened("hand")
async def opened(ctx: Context, event: Opened) -> Follows:
    """Shows a hand in the private conversation that a link opened."""
    played = await plays.load(ctx.tx, number_opened(event))
    seat = played.seat_of(event.member) if played else None
    if played is None or seat is None or not await enter(ctx, seat.group_id):
        return [
            ctx.whisper(ctx.own.say("I don't see you in that game. Join it in the group first."))
        ]
    return [hand_of(ctx, played, seat)]


def watching(ctx: Context, played: Played) -> Text:
    """What is said to somebody who presses what is for players."""
    if played.game.traits.late:
        return ctx.own.say("You are watching this game. Press Join to play.")
    return ctx.own.say("You are watching this game; the next one is yours too.")
