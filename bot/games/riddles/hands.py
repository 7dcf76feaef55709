"""Emoji riddles in words: what only one person sees."""

from bot.games.riddles.state import Guess, Riddle, Stage, State
from bot.games.riddles.view import clue, guessing, only_guessing, shown, writing
from bot.i18n import Words
from bot.play import Board, Cast, Control
from bot.play.wording import inline, label, paragraphs
from bot.text import Text, bold


def hand(state: State, seat: int, words: Words, cast: Cast) -> Board | None:
    """One's own riddle, the guesses at it, or the riddle to guess."""
    if seat not in state.present or state.stage is Stage.OVER:
        return None
    if state.stage is Stage.WRITING:
        return _writing(state, seat, words)
    if state.riddle is None:
        return None
    if seat == state.author:
        return _judging(state, state.riddle, words, cast)
    return _guessing(state, state.riddle, seat, words)


def _writing(state: State, seat: int, words: Words) -> Board:
    riddle = state.written.get(seat)
    if riddle is None:
        none = words.say("You have no riddle yet. One is enough, and nobody has to.")
        return Board(none, ((writing(words), only_guessing(state, words)),))
    drop = Control(words.plain("Take it back"), "drop")
    text = paragraphs([_own(riddle, words), words.say("You can change it until all are through.")])
    return Board(text, ((writing(words, riddle), drop),))


def _solution(riddle: Riddle) -> Text:
    return Text.of(riddle.emoji, " = ", bold(inline(riddle.solution)))


def _own(riddle: Riddle, words: Words) -> Text:
    parts = [_solution(riddle)]
    if riddle.hint:
        parts.append(words.say("Your hint: {hint}", hint=inline(riddle.hint)))
    return Text.join("\n", parts)


def _judging(state: State, riddle: Riddle, words: Words, cast: Cast) -> Board:
    if not state.guesses:
        none = words.say("They are guessing at your riddle. Come back here to judge what they try.")
        return Board(paragraphs([_own(riddle, words), none]))
    task = words.say("If a guess means the same, take it. If it comes close, say so.")
    guesses = [words.labelled(cast.name(guess.seat), shown(guess)) for guess in state.guesses]
    rows = tuple(_row(state, guess, words) for guess in reversed(state.guesses))
    return Board(paragraphs([_own(riddle, words), task, Text.join("\n", guesses)]), rows)


def _row(state: State, guess: Guess, words: Words) -> tuple[Control, ...]:
    which = f"{state.at}.{guess.number}"
    close = Control(words.plain("🔥 Close!"), "warm", which, disabled=guess.near)
    return Control(label(f"✅ {guess.text}"), "ok", which), close


def _guessing(state: State, riddle: Riddle, seat: int, words: Words) -> Board:
    if seat in state.solvers:
        found = words.say("You found it. Keep it to yourself until all are through.")
        return Board(paragraphs([_solution(riddle), found]))
    return Board(paragraphs([Text.of(riddle.emoji), clue(state, words)]), (guessing(state, words),))
