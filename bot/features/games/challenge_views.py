"""Challenges between groups in words. People's names stay in their own group."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.games.challenge_records import State
from bot.features.games.views import heading
from bot.i18n import Words
from bot.play import Game, Pace
from bot.play.board import LABEL_LENGTH
from bot.store.groups import Group
from bot.text import Span, Text, bold, clean, isolated


def called(group: Group) -> Span:
    """A group's name."""
    return bold(isolated(group.title))


def whom(words: Words, game: Game[Any], pace: Pace, others: Sequence[Group]) -> tuple[Text, Menu]:
    """Which group shall it be, or two teams of this one?"""
    options = [Option(words.plain("Two teams in this group"), f"games.vs:{game.key}.{pace}.0")]
    for group in others:
        label = clean(group.title)[:LABEL_LENGTH] or "…"
        options.append(Option(label, f"games.vs:{game.key}.{pace}.{group.id}"))
    asked = words.say("Whom shall your group play against?")
    text = Text.join("\n\n", [heading(game, words), game.about(words), asked])
    return text, Menu(words.plain("Choose a group"), tuple(options))


def at_home(
    words: Words, game: Game[Any], number: int, there: Group, until: datetime
) -> tuple[Text, Buttons]:
    """What the group sees that challenged another one."""
    said = words.say(
        "You challenged {group}. They have until {moment} to accept; then the game begins here.",
        group=called(there),
        moment=words.moment(until),
    )
    undo = Button(words.plain("Take it back"), f"games.undo:{number}")
    return Text.join("\n\n", [heading(game, words), said]), ((undo,),)


def over_there(
    words: Words, game: Game[Any], number: int, home: Group, pace: Pace, until: datetime
) -> tuple[Text, Buttons]:
    """What the group sees that was challenged."""
    challenged = words.say("The group {group} challenges you to a game!", group=called(home))
    takes = (
        words.say("It is played at once, each turn within minutes.")
        if pace is Pace.LIVE
        else words.say("It is played over days, each turn within some hours.")
    )
    how = words.say(
        "Anybody here can accept until {moment}, and a moderator can decline.",
        moment=words.moment(until),
    )
    buttons = (
        Button(words.plain("Accept"), f"games.yes:{number}", look=Look.MAIN),
        Button(words.plain("Not now"), f"games.no:{number}"),
    )
    parts = [heading(game, words), challenged, game.about(words), Text.of(takes, " ", how)]
    return Text.join("\n\n", parts), (buttons,)


def settled(words: Words, game: Game[Any], state: State, other: Group, *, home: bool) -> Text:
    """What stands in place of a challenge afterwards, in the group that made it (`home`) and in
    the one that got it; `other` is the other one."""
    said = _to_home if home else _to_challenged
    return Text.join("\n\n", [heading(game, words), said(words, state, called(other))])


def _to_home(words: Words, state: State, other: Span) -> Text:
    if state is State.ACCEPTED:
        return words.say("{group} accepted your challenge. The board is below.", group=other)
    if state is State.DECLINED:
        return words.say("{group} would rather not play just now. Another time!", group=other)
    if state is State.WITHDRAWN:
        return words.say("The challenge to {group} was taken back.", group=other)
    return words.say(
        "The challenge to {group} found nobody in time. Groups are busy; try again another day.",
        group=other,
    )


def _to_challenged(words: Words, state: State, other: Span) -> Text:
    if state is State.ACCEPTED:
        return words.say("You accepted the challenge of {group}. The board is below.", group=other)
    if state is State.DECLINED:
        return words.say("The challenge of {group} was declined. They were told.", group=other)
    if state is State.WITHDRAWN:
        return words.say("{group} took the challenge back.", group=other)
    return words.say("The challenge of {group} is over. There will be others.", group=other)
