"""How good recall is on our own set: MAP, MRR and P@1 in four languages and across them.

`questions.jsonl` holds 64 questions of everyday life in a community, in neighbouring topics that
are easily confused, each in English, French, Spanish and Portuguese: as it was kept, asked again
in `near` words, and asked by somebody who describes the same trouble in other words (`far`).
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from bot.recall import rank
from bot.recall.words import folded

LANGUAGES = ("en", "fr", "es", "pt")
SET = Path(__file__).parent / "recall_set" / "questions.jsonl"
Ranker = Callable[[str, Sequence[str]], Sequence[float]]


class Case(Struct, frozen=True):
    """A question, the texts of a collection, and which of them ask the same."""

    question: str
    texts: Sequence[str]
    right: frozenset[int]


class Quality(Struct, frozen=True):
    """Mean average precision, mean reciprocal rank, share right at once: all 0 to 100."""

    map: float
    mrr: float
    first: float

    def __str__(self) -> str:
        return f"{self.map:.1f} / {self.mrr:.1f} / {self.first:.1f}"


def questions() -> list[dict[str, dict[str, str]]]:
    """The set: for each question, by language, by wording."""
    lines = SET.read_text("utf-8").splitlines()
    return [{name: row[name] for name in LANGUAGES} for row in map(json.loads, lines)]


def within(language: str, asked: str, kept: Sequence[str]) -> Iterator[Case]:
    """Questions asked in one wording, of a collection of others in the same language."""
    rows = [row[language] for row in questions()]
    texts = [row[wording] for row in rows for wording in kept]
    for place, row in enumerate(rows):
        right = range(place * len(kept), (place + 1) * len(kept))
        yield Case(row[asked], texts, frozenset(right))


def across(language: str) -> Iterator[Case]:
    """Questions in one language, of a collection in the three others."""
    others = [other for other in LANGUAGES if other != language]
    texts = [row[other]["kept"] for row in questions() for other in others]
    for place, row in enumerate(questions()):
        right = range(place * len(others), (place + 1) * len(others))
        yield Case(row[language]["near"], texts, frozenset(right))


def measured(cases: Sequence[Case], ranker: Ranker) -> Quality:
    """The means over the cases; texts with equal scores count in the worst order."""
    precisions, reciprocals, hits = [], [], []
    for case in cases:
        scores = ranker(case.question, case.texts)
        order = sorted(range(len(scores)), key=lambda n: (-scores[n], n in case.right))
        ranks = [place for place, number in enumerate(order, 1) if number in case.right]
        precisions.append(sum(n / at for n, at in enumerate(ranks, 1)) / len(ranks))
        reciprocals.append(1 / ranks[0])
        hits.append(ranks[0] == 1)
    return Quality(*(100 * sum(of) / len(of) for of in (precisions, reciprocals, hits)))


def by_words(question: str, texts: Sequence[str]) -> Sequence[float]:
    """Ours without the models."""
    return rank(question, texts, meaning=False)


def by_full_text(question: str, texts: Sequence[str]) -> Sequence[float]:
    """SQLite's FTS5 as it comes: any of the words, bm25."""
    store = _full_text(tuple(texts))
    words = " OR ".join(
        f'"{word}"'
        for word in "".join(
            letter if letter.isalnum() else " " for letter in folded(question)
        ).split()
    )
    scores = [0.0] * len(texts)
    rows = store.execute("SELECT rowid, -bm25(t) FROM t WHERE t MATCH ?", (words,))
    for row, score in rows:
        scores[row - 1] = score
    return scores


_stores: dict[tuple[str, ...], sqlite3.Connection] = {}


def _full_text(texts: tuple[str, ...]) -> sqlite3.Connection:
    if texts not in _stores:
        store = sqlite3.connect(":memory:")
        store.execute("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61')")
        store.executemany("INSERT INTO t VALUES (?)", [(text,) for text in texts])
        _stores[texts] = store
    return _stores[texts]
