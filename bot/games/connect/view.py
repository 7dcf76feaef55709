"""The grid in emoji, and in a sentence for those who can't see it."""

from bot.commands import N_
from bot.games.connect.grid import COLUMNS, HEIGHT, Cell, at, free, rows_through, top
from bot.games.connect.rules import (
    CHANCE,
    DRAWN_BY_LOT,
    DROP,
    FOUR,
    FULL,
    SIDES,
    Connect,
    Last,
    count,
)
from bot.i18n import Words
from bot.play import Board, Cast, Control, Effect
from bot.text import Text, bold

DISCS, MARKED, NOTHING = "🔴🟡", "🟥🟨", "⚪\ufe0f"
"""A square marks the last move, and in the end the four. Without its selector the empty place would
be drawn narrow by fonts that have it as a plain sign."""
NUMBERS = "".join(f"{n}\ufe0f\u20e3" for n in range(1, COLUMNS + 1))
FIRST_ROW = 4

NOTES = {
    "unseated": N_("You aren't in this game yet. Join it, then your vote counts."),
    "not_your_turn": N_("The other group is choosing now. Yours is next."),
    "closed": N_("That turn is over. The board shows what you can vote for now."),
    "full": N_("There is no room in that column. Please choose another one."),
    "passed": N_("You leave this move to the others. You can still vote until the turn closes."),
    "voted": N_("Your vote: column {column}. You can change it until the turn closes."),
    "changed": N_("Your vote is column {column} now."),
}


def words_of(said: Effect, words: Words, cast: Cast) -> Text:
    """A note in words."""
    if said.key == "not_your_turn" and cast.here is None:
        return words.say(
            "You play for {side}. The others are choosing now, and you are next.",
            side=cast.side(int(said.args["side"])),
        )
    return words.say(NOTES[said.key], **{name: str(value) for name, value in said.args.items()})


def board(state: Connect, words: Words, cast: Cast) -> Board:
    """The grid; buttons only where the side to move reads it."""
    parts = [_sides(cast), _grid(state), *_last(state, words, cast)]
    if state.ended:
        return Board(Text.join("\n\n", [*parts, _end(state, words, cast)]))
    mine = cast.here in (None, state.side)
    text = Text.join("\n\n", [*parts, _asked(state, words, cast, mine)])
    return Board(text, _buttons(state) if mine else ())


def _sides(cast: Cast) -> Text:
    return Text.join(
        "   ", (Text.of(DISCS[side], " ", bold(cast.side(side))) for side in range(SIDES))
    )


def _grid(state: Connect) -> Text:
    marked = _marked(state)
    rows = (
        "".join(_place(state, (column, row), marked) for column in range(COLUMNS))
        for row in reversed(range(HEIGHT))
    )
    return Text.of("\n".join((NUMBERS, *rows)))


def _place(state: Connect, cell: Cell, marked: list[Cell]) -> str:
    side = at(state.grid, *cell)
    if not side:
        return NOTHING
    return (MARKED if cell in marked else DISCS)[int(side)]


def _marked(state: Connect) -> list[Cell]:
    if state.last is None:
        return []
    cell = top(state.grid, state.last.column)
    return [c for row in rows_through(state.grid, cell) for c in row] or [cell]


def _last(state: Connect, words: Words, cast: Cast) -> list[Text]:
    if state.last is None:
        return []
    column, row = top(state.grid, state.last.column)
    where = words.say(
        "Last move: {side}, column {column}, row {row} from the bottom.",
        side=_named(state.last.side, cast),
        column=str(column + 1),
        row=str(row + 1),
    )
    return [Text.of(where, " ", _decided(state.last, words))]


def _decided(last: Last, words: Words) -> Text:
    if last.how == CHANCE:
        return words.say("Nobody voted, so chance dropped it.")
    if last.how == DRAWN_BY_LOT:
        return words.say("Several columns had as many votes; the lot decided.")
    return words.say_n("{n} vote for it.", "{n} votes for it.", last.votes)


def _asked(state: Connect, words: Words, cast: Cast, mine: bool) -> Text:
    side = _named(state.side, cast)
    asked = (
        words.say(
            "{side}: where should your disc fall? Everybody on this side can vote below; "
            "the column with most votes is played.",
            side=side,
        )
        if mine
        else words.say("{side} are voting on their move. Your group is next.", side=side)
    )
    return Text.join("\n", [asked, _so_far(state, words)])


def _so_far(state: Connect, words: Words) -> Text:
    votes = count(state).total()
    if votes:
        return words.say_n("{n} vote so far.", "{n} votes so far.", votes)
    if state.tallies[state.side].missed:
        return words.say("If nobody votes now, chance drops this disc.")
    return words.say("No vote so far.")


def _end(state: Connect, words: Words, cast: Cast) -> Text:
    if state.ended == FULL:
        return words.say("The grid is full and nobody has four in a row: a draw.")
    if state.ended != FOUR or state.last is None:
        return words.say("Both sides have been away for a while, so the game rests. Nobody lost.")
    (one, two), *_, (three, four) = rows_through(state.grid, top(state.grid, state.last.column))[0]
    return words.say(
        "{side} have four in a row, from column {one}, row {two} to column {three}, row {four}!",
        side=_named(state.last.side, cast),
        one=str(one + 1),
        two=str(two + 1),
        three=str(three + 1),
        four=str(four + 1),
    )


def _named(side: int, cast: Cast) -> Text:
    return Text.of(DISCS[side], " ", cast.side(side))


def _buttons(state: Connect) -> tuple[tuple[Control, ...], ...]:
    open_ones = free(state.grid)
    buttons = tuple(
        Control(str(c + 1), DROP, f"{state.turn}.{c}", disabled=c not in open_ones)
        for c in range(COLUMNS)
    )
    return buttons[:FIRST_ROW], buttons[FIRST_ROW:]
