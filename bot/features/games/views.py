"""The lobby in words, and what stands around a game's board."""

from datetime import datetime
from typing import Any

from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.games.agreeing_views import agreement_row
from bot.features.games.cast import Named
from bot.features.games.plays import Phase, Played
from bot.features.games.turns import free
from bot.i18n import Words
from bot.play import SAYINGS, Board, Control, Game, Pace
from bot.play.board import LABEL_LENGTH
from bot.text import Text, bold, code, italic

SHOWN_NAMES = 12


def heading(game: Game[Any], words: Words) -> Text:
    """The game's name above everything that is about it."""
    return Text.of(f"{game.emoji} ", bold(game.title(words)))


def picker(words: Words, games: list[Game[Any]]) -> tuple[Text, Menu]:
    """Which game shall it be?"""
    options = tuple(
        Option(f"{game.emoji} {game.title(words)}"[:LABEL_LENGTH], f"games.pick:{game.key}")
        for game in games
    )
    return words.say("Which game shall it be?"), Menu(words.plain("Choose a game"), options)


def pace_question(game: Game[Any], words: Words) -> tuple[Text, Buttons]:
    """Now, or over days?"""
    text = Text.join(
        "\n\n", [heading(game, words), game.about(words), words.say("How shall it go?")]
    )
    buttons = (
        Button(words.plain("Now, all together"), f"games.live:{game.key}", look=Look.MAIN),
        Button(words.plain("Slowly, over days"), f"games.slow:{game.key}"),
    )
    return text, (buttons,)


def pace_line(played: Played, words: Words) -> Text:
    """How fast it goes."""
    span = words.duration(played.turn)
    if played.pace is Pace.LIVE:
        return words.say("We play now; a turn takes up to {span}.", span=span)
    return words.say("We play slowly; a turn takes up to {span}.", span=span)


def names(played: Played, words: Words, cast: Named) -> Text:
    """Who is in; people of other groups are only counted."""
    seats = [seat for seat in played.players if not cast.elsewhere(seat)]
    shown = [cast.name(seat.seat) for seat in seats[:SHOWN_NAMES]]
    if len(seats) > SHOWN_NAMES:
        shown.append(str(words.say_n("{n} more", "{n} more", len(seats) - SHOWN_NAMES)))
    if others := len(played.players) - len(seats):
        shown.append(str(words.say_n("{n} from elsewhere", "{n} from elsewhere", others)))
    return Text.of(words.listing(shown)) if shown else words.say("nobody yet")


def gathering(played: Played, words: Words, cast: Named) -> tuple[Text, Buttons]:
    """The lobby before the beginning."""
    game, traits = played.game, played.game.traits
    lines = [
        heading(game, words),
        game.about(words),
        pace_line(played, words),
        words.say("In so far: {names}", names=names(played, words, cast)),
    ]
    missing = traits.fewest - len(played.players)
    if missing > 0:
        lines.append(
            words.say_n("{n} more is needed.", "{n} more are needed.", missing),
        )
    if played.due_at is not None:
        lines.append(
            until(
                words.say(
                    "It begins by itself at {moment} if there are enough of us.",
                    moment=when(played, words, played.due_at),
                )
            )
        )
    buttons = (
        Button(words.plain("Join"), f"games.join:{played.id}", look=Look.MAIN),
        Button(words.plain("Leave"), f"games.leave:{played.id}"),
        Button(words.plain("Begin"), f"games.begin:{played.id}", disabled=missing > 0),
        Button("⋯", f"games.more:{played.id}"),
    )
    agreeing = (agreement_row(words),) if traits.supplies == SAYINGS else ()
    return Text.join("\n\n", lines), (buttons, *agreeing)


def when(played: Played, words: Words, moment: datetime) -> str:
    """A moment, with its day where a game lasts for days."""
    return words.time(moment) if played.pace is Pace.LIVE else words.moment(moment)


def until(text: Text) -> Text:
    """A remark in small letters."""
    return Text.of(italic(str(text)))


def playing(
    played: Played, board: Board, words: Words, cast: Named, *, heard: bool
) -> tuple[Text, Buttons]:
    """A game's board with its name above, and below it how to answer, until when, and whose seat
    is free to take."""
    lines = [heading(played.game, words), board.text]
    if played.phase is not Phase.PLAYING:
        return Text.join("\n\n", [*lines, *_broken_off(played, words)]), ()
    types = played.game.traits.types and board.types
    lines += [until(line) for line in _below(played, words, cast, types=types, heard=heard)]
    own = [Button("⋯", f"games.more:{played.id}")]
    if played.game.traits.late and not played.game.traits.open:
        own.insert(0, Button(words.plain("Join"), f"games.join:{played.id}"))
    return Text.join("\n\n", lines), (*controls(board, played.id, "m"), tuple(own))


def _broken_off(played: Played, words: Words) -> list[Text]:
    """A board that was stopped still asks what it asked: it has no answer any more."""
    if played.play is None or played.game.over(played.play.state):
        return []
    return [until(words.say("The game ended here, before its time."))]


def _below(played: Played, words: Words, cast: Named, *, types: bool, heard: bool) -> list[Text]:
    lines = []
    if types:
        lines.append(
            words.say("You can just write here, too.")
            if heard
            else words.say("To type an answer, reply to this message.")
        )
    if moment := played.game.deadline(played.play.state) if played.play else None:
        lines.append(words.say("Until {moment}", moment=when(played, words, moment)))
    if seats := [cast.name(seat.seat) for seat in free(played)[:SHOWN_NAMES]]:
        lines.append(
            words.say_n(
                "{names} may be busy elsewhere: the seat is free to take, under “⋯”.",
                "{names} may be busy elsewhere: their seats are free to take, under “⋯”.",
                len(seats),
                names=words.listing(seats),
            )
        )
    return lines


def controls(board: Board, play: int, key: str) -> Buttons:
    """A board's controls as buttons; `key` is "m" on the shared board and "h" in a hand. Those
    that ask for something go by "f"."""
    return tuple(tuple(_button(control, play, key) for control in row) for row in board.rows)


def _button(control: Control, play: int, key: str) -> Button:
    if control.opens_hand:
        what = f"games.hand:{play}"
    else:
        what = f"games.{'f' if control.form else key}:{play}:{control.act}.{control.arg}"
    return Button(control.label, what, look=control.look, disabled=control.disabled)


def called_off(played: Played, words: Words) -> Text:
    """The lobby of a game that didn't come about."""
    never = words.say(
        "It didn't come about this time. {start} opens another.", start=code("/game start")
    )
    return Text.join("\n\n", [heading(played.game, words), never])


def taken(words: Words, game: Game[Any]) -> Text:
    """Another game stands in this room."""
    return words.say(
        "There is a game in this room already: {game}. {board} shows it again; the next one can "
        "start when it is over, or in another room.",
        game=bold(game.title(words)),
        board=code("/game board"),
    )
