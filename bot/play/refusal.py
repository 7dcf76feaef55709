"""A form that was refused: what somebody wrote into it goes back to them with the reason."""

from bot.play.game import Effect, Note
from bot.play.move import Move
from bot.text import Text, quote

TYPED = "typed"
MOST_GIVEN_BACK = 1200
"""Characters, so that there is room for the reason in the same message."""


def refused(move: Move, key: str, **args: str | int) -> Note:
    """A note to whoever filled in the form of that move, which bears all that they wrote."""
    typed = "\n".join(value for value in move.values.values() if value.strip())
    kept: dict[str, str | int] = {TYPED: typed[:MOST_GIVEN_BACK]} if typed else {}
    return Note(move.seat, key, kept | args)


def given_back(reason: Text, said: Effect) -> Text:
    """The reason, and below it what was written, to be copied into the next try."""
    typed = str(said.args.get(TYPED, ""))
    return Text.of(reason, "\n", quote(typed)) if typed else reason
