"""Somebody's own games in words; nobody else reads them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row

from bot.features.games.plays import Played
from bot.features.games.views import heading
from bot.games import NAMES, game
from bot.i18n import Words
from bot.text import Part, Text, bold, code, isolated

SHOWN = 20


def mine(words: Words, played: int, bests: Sequence[Row[Any]], met: Sequence[str]) -> Text:
    """Games played, own bests, and whom one met."""
    if not played:
        return words.say("You have not played yet. {start} begins.", start=code("/game start"))
    games = words.say_n(
        "You have played {n} game so far.", "You have played {n} games so far.", played
    )
    parts: list[Part] = [Text.of(bold(words.plain("Your games")), "\n", games)]
    greatest = {row.game: row for row in reversed(bests) if row.game in NAMES}
    if greatest:
        lines: list[Part] = [words.say("Your best figure in each game:")]
        lines += [_best(words, greatest[key]) for key in NAMES if key in greatest]
        parts.append(Text.join("\n", lines))
    if met:
        parts.append(words.say("People you met while playing: {names}", names=_names(words, met)))
    parts.append(words.say("Nobody else is shown this."))
    return Text.join("\n\n", parts)


def _best(words: Words, row: Row[Any]) -> Text:
    made = game(row.game)
    day = words.day(row.at.astimezone(words.zone).date())
    figure = bold(str(made.best_words(row.value, words)))
    return words.labelled(f"{made.emoji} {made.title(words)}", Text.of(figure, f" ({day})"))


def _names(words: Words, met: Sequence[str]) -> str:
    shown = [isolated(name) for name in met[:SHOWN]]
    if rest := len(met) - len(shown):
        shown.append(str(words.say_n("{n} more", "{n} more", rest)))
    return words.listing(shown)


def in_play(
    words: Words,
    played: Played,
    figure: int | None,
    best: Row[Any] | None,
    met: Sequence[str],
) -> Text:
    """What one did in a play, beside one's best."""
    parts: list[Part] = [heading(played.game, words)]
    if figure is not None:
        parts.append(_figure(words, played, figure, best))
    else:
        parts.append(words.say("You were part of it; this game counts nothing for one alone."))
    if met:
        names = _names(words, met)
        parts.append(words.say("You met here for the first time: {names}", names=names))
    parts.append(words.say("Nobody else is shown this."))
    return Text.join("\n\n", parts)


def _figure(words: Words, played: Played, figure: int, best: Row[Any] | None) -> Text:
    counted = played.game.best_words
    own = words.say("Your figure: {figure}.", figure=bold(str(counted(figure, words))))
    if best is None:
        return own
    if best.play != played.id:
        beaten = words.say("Your best is {best}.", best=counted(best.value, words))
    elif best.before is None:
        beaten = words.say("It is your first in this game.")
    else:
        beaten = words.say("A new best! It was {best}.", best=counted(best.before, words))
    return Text.of(own, " ", beaten)
