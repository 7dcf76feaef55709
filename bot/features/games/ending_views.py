"""The end of a play in words: what was reached together, and who met. Nobody's own score."""

from collections.abc import Sequence

from bot.context import Buttons
from bot.effects import Button, Look
from bot.features.games.cast import Named
from bot.features.games.meeting import Pair
from bot.features.games.plays import Played
from bot.features.games.views import heading
from bot.i18n import Words
from bot.play import Result, Score
from bot.text import Part, Text, bold

PAIRS_NAMED = 5
FINE = 100
"""From so many possible points on, they are steps of a scale and not things to count."""


def ended(
    played: Played,
    result: Result | None,
    fresh: Sequence[Pair],
    words: Words,
    cast: Named,
) -> Text:
    """What stands in one room; `result` is None for a game that was stopped, `fresh` are those of
    this room who met for the first time."""
    lines: list[Part] = [heading(played.game, words)]
    if result is None:
        lines.append(words.say("The game stops here. Thank you all for playing."))
    else:
        lines.append(reached(played, result, words, cast))
    if fresh:
        lines.append(met(fresh, words, cast))
    if result is not None:
        lines.append(words.say("Thank you all for playing."))
    return Text.join("\n\n", [line for line in lines if line])


def reached(played: Played, result: Result, words: Words, cast: Named) -> Text:
    """What the sides reached of what they could have; which one is ahead, if several played."""
    if len(result.scores) < 2:
        return _together(result.scores, words)
    there = sorted({seat.side for seat in played.seats if seat.moves})
    sides = {side: result.scores[side] for side in there if side < len(result.scores)}
    lines = [
        words.labelled(bold(cast.side(side)), _compared(score, words))
        for side, score in sides.items()
        if score.best
    ]
    if len(sides) > 1:
        lines.append(_ahead(sides, words, cast))
    return Text.join("\n", lines)


def _together(scores: Sequence[Score], words: Words) -> Text:
    if not scores or not scores[0].best:
        return Text()
    return words.say("Together you reached {figure}.", figure=_figure(scores[0], words))


def _figure(score: Score, words: Words) -> Text:
    """Points as people count them; a share where they are finer than that."""
    if score.best >= FINE:
        return Text.of(words.percent(_share(score)))
    return words.say(
        "{points} of {best}", points=words.number(score.points), best=words.number(score.best)
    )


def _compared(score: Score, words: Words) -> Text:
    figure, share = _figure(score, words), words.percent(_share(score))
    return figure if score.best >= FINE else Text.of(figure, f" ({share})")


def _share(score: Score) -> float:
    return score.points / score.best if score.best else 0.0


def _ahead(sides: dict[int, Score], words: Words, cast: Named) -> Text:
    most = max(_share(score) for score in sides.values())
    first = [side for side, score in sides.items() if _share(score) == most]
    if len(first) > 1:
        return words.say("It is a draw. Well played, all of you.")
    return words.say(
        "{side} is ahead this time. Well played, all of you.", side=cast.side(first[0])
    )


def met(fresh: Sequence[Pair], words: Words, cast: Named) -> Text:
    """Pairs who met for the first time, by name and without a ping."""
    named = [f"{cast.name(one.seat)} & {cast.name(other.seat)}" for one, other in fresh]
    shown = named[:PAIRS_NAMED]
    if rest := len(named) - len(shown):
        shown.append(str(words.say_n("{n} more pair", "{n} more pairs", rest)))
    return words.say("👋 Met here for the first time: {pairs}", pairs=words.listing(shown))


def buttons(played: Played, words: Words, *, finished: bool) -> Buttons:
    """What can be done after the end."""
    again = Button(words.plain("Rematch"), f"games.again:{played.id}", look=Look.MAIN)
    own = Button(words.plain("My own figures"), f"games.own:{played.id}")
    row = () if played.game.traits.shared else (again,)
    row = (*row, own) if finished else row
    return (row,) if row else ()
