"""Topics from the words that questions share. Pure.

A topic is a list of terms (`bot.recall.words`), the telling one first. A question belongs to the
topic whose terms it has most of: the first counts two, every other one, and two are needed.

New topics are found in two steps, small enough to follow by hand:

* **which questions**: again and again the term is taken that gathers most questions not gathered
  yet, weighted by its rarity (a greedy cover). Words that everybody uses are left out, by a list
  and by how many questions have them.
* **which terms**: those that set the gathered questions apart from the others, by class-based
  TF-IDF: how often a term comes in the class, times log(1 + A / f), with A the average number of
  terms in a class and f how often the term comes in all of them (Grootendorst 2022, "BERTopic").
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import log

from msgspec import Struct

from bot.links.words import COMMON, TOKEN
from bot.recall.words import terms
from bot.text import clean

LEAST = 4
"""Questions that make a topic."""
MOST_TOPICS = 6
"""Suggested at a time."""
WORDS = 6
"""Terms of a topic."""
EVERYWHERE = 0.4
"""A term that a larger share of the questions has tells nothing..."""
ENOUGH = 15
"""... once there are so many questions."""
SHORTEST = 3
OWN = 0.5
"""The share of a term's questions that lie in the topic, at least."""
NAME = 60
_USUAL = (
    "know find best good want need people thing something work works like make really about into "
    "some more most much many time first new way still go going does using used use tell give "
    "from entre since until after before when while without other others another sait savoir "
    "trouver bon bonne meilleur faire fait faut besoin veux chose quelque plus bien sans sous "
    "chez avant après depuis autre autres saber encontrar mejor bueno buena hacer hace quiero "
    "necesito cosa algo alguna más muy para sobre desde hasta antes después otro otra achar "
    "melhor fazer faz quero preciso coisa algum mais muito bem depois até sem outro outra"
)
"""Words that say nothing of a subject, beside those of `bot.links.words`."""


class Found(Struct, frozen=True):
    """A topic that the questions suggest, with the numbers of those that belong to it."""

    name: str
    words: tuple[str, ...]
    questions: tuple[int, ...]


@cache
def _common() -> frozenset[str]:
    return frozenset(term for word in COMMON.union(_USUAL.split()) for term in terms(word))


def telling(text: str) -> list[str]:
    """The terms of a text that may say what it is about."""
    return [
        term
        for term in terms(text)
        if term not in _common() and not term.isdecimal() and _is_long(term)
    ]


def _is_long(term: str) -> bool:
    return len(term) >= SHORTEST or not term.isascii()


def named(name: str) -> tuple[str, ...]:
    """The terms of a topic that somebody named: those of the name, the longest first."""
    found = dict.fromkeys(telling(name) or terms(name))
    return tuple(sorted(found, key=lambda term: -len(term))[:WORDS])


def tidy_name(typed: str) -> str:
    """A topic's name on one line, "" if nothing of it can be seen."""
    return " ".join(clean(typed).split())[:NAME].strip()


def fit(found: Sequence[str], words: Sequence[str]) -> int:
    """How much a question with these terms belongs to a topic; two or more: it does."""
    own = set(found)
    return sum((2 if place == 0 else 1) for place, word in enumerate(words) if word in own)


def sorted_into(text: str, topics: Mapping[int, Sequence[str]]) -> int | None:
    """The topic that a question belongs to, or None; of equals the older one."""
    found = telling(text)
    fits = {number: fit(found, words) for number, words in topics.items()}
    best = max(fits, key=lambda number: (fits[number], -number), default=None)
    return best if best is not None and fits[best] >= 2 else None


def suggest(texts: Mapping[int, str], most: int = MOST_TOPICS) -> list[Found]:
    """At most so many topics for questions that have none, the largest first."""
    own = {number: frozenset(telling(texts[number])) for number in sorted(texts)}
    having = Counter(term for found in own.values() for term in found)
    limit = EVERYWHERE * len(own) if len(own) >= ENOUGH else len(own)
    seeds = {term: n for term, n in having.items() if LEAST <= n <= limit}
    left = dict(own)
    topics = []
    for _ in range(most):
        seed = _next(seeds, left, len(own))
        if seed is None:
            break
        words = _words(seed, own, having)
        members = [number for number, found in left.items() if fit(tuple(found), words) >= 2]
        topics.append(Found(_name(seed, [texts[n] for n in members]), words, tuple(members)))
        left = {number: found for number, found in left.items() if number not in set(members)}
    return sorted(topics, key=lambda topic: -len(topic.questions))


def _next(seeds: Mapping[str, int], left: Mapping[int, frozenset[str]], size: int) -> str | None:
    open_ = Counter(term for found in left.values() for term in found if term in seeds)
    worth = {
        term: count * log(1 + size / seeds[term]) for term, count in open_.items() if count >= LEAST
    }
    return min(worth, key=lambda term: (-worth[term], term), default=None)


def _words(
    seed: str, own: Mapping[int, frozenset[str]], having: Mapping[str, int]
) -> tuple[str, ...]:
    """The seed, and the terms that set its questions apart."""
    members = [found for found in own.values() if seed in found]
    inside = Counter(term for found in members for term in found if term != seed)
    average = sum(having.values()) / 2  # two classes: these questions and all others
    worth = {
        term: count * log(1 + average / having[term])
        for term, count in inside.items()
        if count >= 2 and count >= OWN * having[term]
    }
    best = sorted(worth, key=lambda term: (-worth[term], term))
    return (seed, *best[: WORDS - 1])


def _name(seed: str, texts: Sequence[str]) -> str:
    """The seed as people mostly write it."""
    spoken = Counter(word for text in texts for word in _spoken(seed, text))
    best = min(spoken, key=lambda word: (-spoken[word], len(word), word), default=seed)
    return (best[:1].upper() + best[1:])[:NAME]


def _spoken(seed: str, text: str) -> Iterator[str]:
    for word in TOKEN.findall(clean(text)):
        if terms(word) == [seed]:
            yield word.lower() if not word.isupper() else word
