"""What a game of human bingo is made of: cards, questions and finds."""

from datetime import datetime

from msgspec import Struct

from bot.play import NOBODY

SQUARES = 9
NONE_OPEN = -1
_ROWS = [{0, 1, 2}, {3, 4, 5}, {6, 7, 8}]
_LINES = [*_ROWS, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}]


class Card(Struct, frozen=True):
    """Numbers of statements, who said yes to them and who said no; `opened` is the square that its
    owner chooses a person for, `page` the page of people."""

    statements: tuple[int, ...]
    names: tuple[int, ...] = (NOBODY,) * SQUARES
    refused: tuple[tuple[int, ...], ...] = ((),) * SQUARES
    opened: int = NONE_OPEN
    page: int = 0

    @property
    def found(self) -> int:
        """How many squares are filled."""
        return sum(name != NOBODY for name in self.names)

    @property
    def lines(self) -> int:
        """How many of the eight lines of three are full."""
        filled = {k for k, name in enumerate(self.names) if name != NOBODY}
        return sum(line <= filled for line in _LINES)


class Question(Struct, frozen=True):
    """Whether a square of the asker's card is true of somebody; `of` is NOBODY if the whole room
    is asked."""

    number: int
    asker: int
    square: int
    of: int


class Find(Struct, frozen=True):
    """A statement that turned out to be true of somebody; `line` if it made a line of three."""

    asker: int
    of: int
    statement: int
    line: bool


class State(Struct, frozen=True):
    """`cards` by seat, also of those who left; `asked` counts questions; `finds` are the newest,
    the last one newest."""

    until: datetime
    present: tuple[int, ...]
    cards: dict[int, Card]
    questions: tuple[Question, ...] = ()
    asked: int = 0
    finds: tuple[Find, ...] = ()
    over: bool = False

    def waiting(self, asker: int, square: int) -> Question | None:
        """The question that is under way for a square."""
        mine = (q for q in self.questions if (q.asker, q.square) == (asker, square))
        return next(mine, None)

    def put_to(self, seat: int) -> list[Question]:
        """The questions that wait for one person, the oldest first."""
        return [q for q in self.questions if q.of == seat]

    def put_to_room(self) -> list[Question]:
        """The questions that anybody may say yes to, the oldest first."""
        return [q for q in self.questions if q.of == NOBODY]

    def statement(self, question: Question) -> int:
        """The number of the statement that it is about."""
        return self.cards[question.asker].statements[question.square]
