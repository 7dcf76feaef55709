"""The panel behind "⋯" in words: what somebody can do in this game as things stand."""

from msgspec import Struct

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.games.cast import Named
from bot.features.games.plays import Phase, Played, Seat
from bot.features.games.turns import awaited, free
from bot.features.games.views import heading, names, pace_line, when
from bot.i18n import Words
from bot.play import Pace
from bot.play.board import LABEL_LENGTH
from bot.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Text

MOST_FREE = 5


class Reader(Struct, frozen=True):
    """Who reads the panel: their seat, if they have one, and what they may do."""

    seat: Seat | None
    may_stop: bool
    group: int


def panel(
    played: Played, reader: Reader, words: Words, cast: Named, above: Text | None = None
) -> tuple[Text, Buttons]:
    """How the game goes, who is in, and what the reader can do."""
    lines = [
        *([above] if above else []),
        heading(played.game, words),
        played.game.about(words),
        pace_line(played, words),
        words.say("In so far: {names}", names=names(played, words, cast)),
        _situation(played, reader, words),
    ]
    rows = (
        _of_seat(played, reader, words),
        *_of_spectator(played, reader, words, cast),
        _of_all(played, reader, words),
    )
    return Text.join("\n\n", [line for line in lines if line]), tuple(row for row in rows if row)


def _situation(played: Played, reader: Reader, words: Words) -> Text:
    seat = reader.seat
    if seat is None and played.phase is Phase.GATHERING:
        return words.say("It has not begun yet. Press Join on its board to play.")
    if seat is None:
        return words.say("You are watching this game.")
    if played.phase is Phase.GATHERING:
        return words.say("You are in. It has not begun yet.")
    if seat.seat in awaited(played) and played.due_at is not None:
        moment = when(played, words, played.due_at)
        return words.say("You are in, and it is your turn, until {moment}.", moment=moment)
    if seat.seat in awaited(played):
        return words.say("You are in, and it is your turn.")
    return words.say("You are in. Nothing waits for you right now.")


def _of_seat(played: Played, reader: Reader, words: Words) -> tuple[Button, ...]:
    seat = reader.seat
    if seat is None:
        return ()
    buttons = []
    if seat.seat in awaited(played):
        buttons.append(Button(words.plain("Pass"), f"games.pass:{played.id}"))
    if played.pace is Pace.SLOW and seat.reminded:
        buttons.append(Button(words.plain("No more reminders"), f"games.quiet:{played.id}"))
    elif played.pace is Pace.SLOW:
        label = words.plain("Remind me when it's my turn")
        buttons.append(Button(label, f"games.remind:{played.id}"))
    buttons.append(Button(words.plain("Leave"), f"games.go:{played.id}"))
    return tuple(buttons)


def _of_spectator(
    played: Played, reader: Reader, words: Words, cast: Named
) -> list[tuple[Button, ...]]:
    """The seats that are free to take, each in a row: names are long."""
    if reader.seat is not None:
        return []
    seats = [seat for seat in free(played) if seat.group_id == reader.group]
    return [
        (Button(_place(cast.name(seat.seat), words), f"games.take:{played.id}:{seat.seat}"),)
        for seat in seats[:MOST_FREE]
    ]


def _place(name: str, words: Words) -> str:
    bare = name.strip(FIRST_STRONG_ISOLATE + POP_ISOLATE)
    label = str(words.say("Take {name}'s place", name=bare))
    over = len(label) - LABEL_LENGTH
    if over > 0:
        label = str(words.say("Take {name}'s place", name=f"{bare[: -over - 1]}…"))
    return label


def _of_all(played: Played, reader: Reader, words: Words) -> tuple[Button, ...]:
    buttons = [Button(words.plain("Bring the board down"), f"games.down:{played.id}")]
    if reader.may_stop:
        label = words.plain("Stop the game")
        buttons.append(Button(label, f"games.stop:{played.id}", look=Look.DANGER))
    return tuple(buttons)
