"""What a question is, and how wrong choices are found for a right one."""

from collections.abc import Callable, Iterable
from random import Random

from msgspec import Struct

from bot.games.trivia.judging import rivals_of
from bot.play.likeness import key

PACK = "own"
"""The kind of a question that a group wrote."""
CHOICES = 4


class Question(Struct, frozen=True, omit_defaults=True):
    """One question. `kind` names its sentence, which `about` (and `extra`) fill.

    With `choices` one of them is pressed, and `right` is one of them; without, the answer is
    typed, all of `right` count, and `rivals` are answers that it could be mistaken for. `fact` is
    told with the solution. `talk` names something to ask the people then, about `talk_of`.
    """

    kind: str
    about: str
    right: tuple[str, ...]
    extra: str = ""
    choices: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()
    fact: str = ""
    talk: str = ""
    talk_of: str = ""

    @property
    def answer(self) -> str:
        """The right answer as it is shown."""
        return self.right[0]


Maker = Callable[[str, Random], Question | None]
"""Makes a question in a language; None if chance led nowhere."""


def choices(right: str, wrong: Iterable[str], rng: Random) -> tuple[str, ...]:
    """The right one among three others, shuffled; () if there are too few that differ."""
    picked = [right]
    for other in wrong:
        if len(picked) < CHOICES and not any(key(other) == key(one) for one in picked):
            picked.append(other)
    rng.shuffle(picked)
    return tuple(picked) if len(picked) == CHOICES else ()


def typed(question: Question, known: Iterable[str]) -> Question:
    """The same question without choices; `known` are all answers of its kind."""
    return Question(
        question.kind,
        question.about,
        question.right,
        question.extra,
        rivals=rivals_of(question.right, known),
        fact=question.fact,
        talk=question.talk,
        talk_of=question.talk_of,
    )
