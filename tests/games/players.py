"""Players without a plan: they press whatever there is to press, at any time, and talk nonsense."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import msgspec

from bot.commands import Field
from bot.i18n import LANGUAGES, Words
from bot.play import (
    CAME,
    LEFT,
    PASS,
    SAYS,
    TIME,
    Advanced,
    Board,
    Control,
    Game,
    Item,
    Logged,
    Move,
    Pace,
    Play,
    Sitting,
    Table,
    advance,
    begin,
    due_at,
)
from bot.play.lexicon import common
from bot.text import isolated

START = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
NAMES = (
    "Ann",
    "‮evil‬",
    "محمد بن عبد الله الطويل الاسم جداً هنا",
    "M" * 40,
    "👩‍👩‍👧‍👦 family",
    "@everyone",
    "<b>bold</b> *x* `y`",
    "{name}",
)
"""Names as people have them: 40 wide letters, right to left, emoji, markup."""
NONSENSE = ("", "x", "1", "42", "-1", "a.b", "99999999", "é", "🟦", "٣")
WORDS = (
    "house",
    "maison",
    "Straße",
    "مرحبا",
    "🙂🙂",
    "a" * 500,
    "once upon a time there was a bot",
    "{seat} %s @everyone",
    "50",
    "true",
)
OF_WORDS = ("chain", "guess")
"""Games in which only real words count."""


class NamedCast:
    """Names for any number of seats."""

    here: int | None = None

    def name(self, seat: int) -> str:
        return isolated(NAMES[seat % len(NAMES)])

    def side(self, side: int) -> str:
        return f"{'🟦🟧🟩🟪'[side % 4]} {NAMES[(side + 3) % len(NAMES)]}"


def items(game: Game[Any], seats: int) -> tuple[Item, ...]:
    """Content as the lobby would bring it."""
    if not game.traits.supplies:
        return ()
    return tuple(
        Item(
            f"Something {n} that somebody said, of a fair length, with {{braces}} in it",
            (f"answer {n}",),
            tuple(f"other {n} {k}" for k in range(4)),
            by=n % (seats + 3),
            source=f"What is number {n}?",
        )
        for n in range(24)
    )


def table(game: Game[Any], rng: Random) -> Table:
    """A table that the lobby could lay."""
    traits = game.traits
    fewest = 0 if traits.open else traits.fewest
    count = rng.randint(fewest, min(traits.most, max(fewest, 1) + 6))
    paces = [(Pace.LIVE, traits.live), (Pace.SLOW, traits.slow)]
    pace, turn = rng.choice([(pace, turn) for pace, turn in paces if turn is not None])
    return Table(
        seats=tuple(Sitting(n, n % traits.sides) for n in range(count)),
        sides=traits.sides,
        pace=pace,
        turn=turn,
        language=rng.choice(sorted(LANGUAGES)),
        secret="the same for all" if traits.shared else "",
        day="2026-11-23",
        items=items(game, count),
    )


class RandomGame:
    """One random game, move by move."""

    def __init__(self, game: Game[Any], seed: int) -> None:
        self.game = game
        self.rng = Random(seed)
        self.seed = f"seed {seed}"
        self.now = START
        self.table = table(game, self.rng)
        self.seats = len(self.table.seats)
        self.log: list[Logged] = []
        self.effects = 0
        self.play = begin(game, self.table, self.seed, self.now)

    @property
    def words(self) -> Words:
        return Words(self.table.language)

    def moves(self, most: int) -> Iterator[Advanced]:
        """At most so many random moves; stops when the game is over."""
        for _ in range(most):
            if self.game.over(self.play.state):
                return
            self.now += timedelta(seconds=self.rng.choice((0, 1, 5, 30, 400)))
            self.now += timedelta(microseconds=self.rng.randrange(3000))
            yield self.make(self.move())

    def make(self, move: Move | None) -> Advanced:
        """Makes a move."""
        done = advance(self.game, self.play, move, self.now)
        self.log += done.log
        self.play = done.play
        return done

    def times_out(self, most: int) -> int:
        """Lets time alone play; how many moves of time there were until the end."""
        for count in range(most):
            due = due_at(self.game, self.play.state)
            if due is None:
                return count
            self.now = max(due, self.now)
            self.make(None)
        return most

    def seat(self) -> int:
        """Half of the moves come from somebody who is awaited, so that games get on."""
        awaited = sorted(self.game.awaited(self.play.state))
        if awaited and self.rng.random() < 0.5:
            return self.rng.choice(awaited)
        return self.rng.randrange(max(self.seats, 1) + 1)

    def move(self) -> Move:
        """Mostly something that stands on a board, at times anything."""
        seat = self.seat()
        chance = self.rng.random()
        if chance < 0.65 and (control := self.control(seat)):
            return Move(control.act, seat, control.arg, values=self.filled(control.form))
        if chance < 0.80:
            return Move(SAYS, seat, text=self.said())
        if chance < 0.84:
            return Move(PASS, seat)
        if chance < 0.87:
            return Move(LEFT, seat)
        if chance < 0.90 and self.game.traits.late:
            self.seats += 1
            return Move(CAME, self.seats - 1, str(self.rng.randrange(self.table.sides)))
        acts = [c.act for c in self.controls(seat)] or ["pick"]
        values = {name: self.rng.choice(WORDS) for name in ("one", "two")}
        return Move(
            self.rng.choice([*acts, TIME, "nonsense"]),
            self.rng.choice((seat, 1000, -1)),
            self.rng.choice(NONSENSE),
            self.rng.choice(("", *WORDS)),
            self.rng.choice(({}, values)),
        )

    def controls(self, seat: int) -> list[Control]:
        """Everything that this seat could press."""
        state, words, cast = self.play.state, self.words, NamedCast()
        boards = [self.game.board(state, words, cast), self.game.hand(state, seat, words, cast)]
        return [
            control
            for board in boards
            if board
            for row in board.rows
            for control in row
            if not control.opens_hand and not control.disabled
        ]

    def control(self, seat: int) -> Control | None:
        found = self.controls(seat)
        return self.rng.choice(found) if found else None

    def filled(self, form: tuple[Field, ...]) -> dict[str, str]:
        return {
            field.name: self.value(field)[: field.max_length]
            for field in form
            if field.required or self.rng.random() < 0.5
        }

    def value(self, field: Field) -> str:
        """What the field suggests, or anything."""
        suggested = field.placeholder if self.rng.random() < 0.5 else ""
        return suggested or self.said()

    def said(self) -> str:
        """What somebody types: nonsense, or where real words count often one of those."""
        if self.game.key in OF_WORDS and self.rng.random() < 0.7:
            return self.rng.choice(common(self.table.language))
        return self.rng.choice(WORDS)


def stored(game: Game[Any], play: Play) -> Play:
    """The play after a stay in the store: through JSON and back."""
    state = msgspec.json.decode(msgspec.json.encode(play.state), type=game.state)
    return Play(play.seed, play.moves, state)


def every_text(game: Game[Any], play: Play, seats: int, cast: NamedCast) -> Iterator[Board]:
    """Each board and hand in each language."""
    for language in LANGUAGES:
        words = Words(language)
        yield game.board(play.state, words, cast)
        for seat in range(seats):
            hand = game.hand(play.state, seat, words, cast)
            if hand:
                yield hand


__all__ = ["NamedCast", "RandomGame", "every_text", "stored", "table"]
