"""Which questions a game has: those of the pack first, then others of all kinds, made by chance."""

from collections.abc import Iterator
from random import Random

from bot.games.trivia import countries, tongues
from bot.games.trivia.asking import CHOICES, PACK, Maker, Question
from bot.games.trivia.judging import rivals_of
from bot.play import Item
from bot.play.likeness import key

QUESTIONS = 8
CHOSEN: tuple[Maker, ...] = (
    countries.capital,
    countries.flag,
    tongues.word,
    countries.neighbour,
    countries.itself,
    countries.peopled,
    tongues.itself,
    countries.whose,
    countries.sign,
    countries.speaks,
    tongues.meaning,
    countries.money,
)
TYPED: tuple[Maker, ...] = (
    countries.typed_capital,
    countries.typed_country,
    countries.borders,
    tongues.typed_tongue,
)
EVERY_TYPED = 4
"""One question in so many is typed; the others have choices."""
EVERY_TALK = 3
"""After one question in so many the people are asked something of their own."""
TRIES = 500
"""Draws after which a game is content with fewer questions."""


def draw(
    items: tuple[Item, ...], language: str, rng: Random, count: int = QUESTIONS
) -> tuple[Question, ...]:
    """The questions of a game, no two with the same answer. With `items`, as many of them as
    fit, in a drawn order; the rest is made."""
    own = list(dict.fromkeys(items))
    rng.shuffle(own)
    drawn = [of_item(item, items, rng) for item in own[:count]]
    if len(drawn) < count:
        drawn += _made(language, rng, count - len(drawn), {key(q.answer) for q in drawn})
    return tuple(_talking(question, n) for n, question in enumerate(drawn))


def of_item(item: Item, items: tuple[Item, ...], rng: Random) -> Question:
    """A question of a pack: with choices if it names wrong answers, typed if not. The answers to
    the pack's other questions are known to be wrong."""
    wrong = _wrong(item)
    if not wrong:
        known = (answer for other in items if other is not item for answer in other.answers)
        rivals = rivals_of(item.answers, known)
        return Question(PACK, item.text, item.answers, rivals=rivals, fact=item.source)
    picked = rng.sample(wrong, min(len(wrong), CHOICES - 1))
    offered = [item.answers[0], *picked]
    rng.shuffle(offered)
    return Question(PACK, item.text, item.answers, choices=tuple(offered), fact=item.source)


def _wrong(item: Item) -> list[str]:
    """The wrong answers, each once."""
    right = {key(answer) for answer in item.answers}
    return list({key(other): other for other in item.others if key(other) not in right}.values())


def _made(language: str, rng: Random, count: int, used: set[str]) -> list[Question]:
    """Questions of all kinds in turn; an answer that was there or was asked about comes no more."""
    made: list[Question] = []
    makers = _makers(rng)
    for _ in range(TRIES):
        if len(made) == count:
            break
        maker = next(makers)
        for _ in range(CHOICES):
            question = maker(language, rng)
            if question is not None and not _said(question) & used:
                used |= _said(question)
                made.append(question)
                break
    return made


def _makers(rng: Random) -> Iterator[Maker]:
    """Kinds without end, each about as often as the others of its sort."""
    chosen: list[Maker] = []
    typed: list[Maker] = []
    number = rng.randrange(EVERY_TYPED)
    while True:
        number += 1
        pile, kinds = (typed, TYPED) if number % EVERY_TYPED == 0 else (chosen, CHOSEN)
        if not pile:
            pile += rng.sample(kinds, len(kinds))
        yield pile.pop()


def _said(question: Question) -> set[str]:
    return {key(text) for text in (question.about, question.answer, question.talk_of) if text}


def _talking(question: Question, number: int) -> Question:
    """The question, with something to talk about only now and then."""
    if number % EVERY_TALK == 1:
        return question
    return Question(
        question.kind,
        question.about,
        question.right,
        question.extra,
        question.choices,
        question.rivals,
        question.fact,
    )
