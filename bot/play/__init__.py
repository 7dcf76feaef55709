"""What a game is: a pure step function over a state that is data, and views of that state.

A game knows seats and sides, never people, groups or platforms. The lobby
(`bot.features.games`) knows who sits where, keeps the state, posts the board and tells the time.
"""

from bot.play.board import Board, Cast, Control
from bot.play.game import Effect, Game, Lacking, Line, Note, Result, Score, Step
from bot.play.move import (
    CAME,
    LEFT,
    NOBODY,
    PACKS,
    PASS,
    SAYINGS,
    SAYS,
    TIME,
    Item,
    Move,
    Pace,
    Sitting,
    Table,
    Traits,
)
from bot.play.playing import Advanced, Logged, Play, advance, begin, due_at, replay, whole
from bot.play.refusal import given_back, refused

__all__ = [
    "CAME",
    "LEFT",
    "NOBODY",
    "PACKS",
    "PASS",
    "SAYINGS",
    "SAYS",
    "TIME",
    "Advanced",
    "Board",
    "Cast",
    "Control",
    "Effect",
    "Game",
    "Item",
    "Lacking",
    "Line",
    "Logged",
    "Move",
    "Note",
    "Pace",
    "Play",
    "Result",
    "Score",
    "Sitting",
    "Step",
    "Table",
    "Traits",
    "advance",
    "begin",
    "due_at",
    "given_back",
    "refused",
    "replay",
    "whole",
]
