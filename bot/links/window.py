"""The last messages of one room, as numbers: what the features are computed from."""

from collections import Counter, deque
from datetime import datetime
from math import log

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from bot.links.messages import Message
from bot.links.people import ADDRESSED, NEAR, People
from bot.links.words import COMMON, shape, tokens

SIZE = 80
"""Of the links of people's messages in the training data, 98.9 % reach back at most so far."""
REMEMBERED_TEXTS = 400
"""How rare a word is, is judged by so many messages."""
STEM = 5
"""Words that begin with so many same letters count as kin."""
Floats = NDArray[np.float32]


class Heard(Struct, frozen=True):
    """What is remembered of a message: no text, only its words and shape.

    `spoken_to` says how strongly each person is named, `addressee` who most (-1: nobody clearly),
    `addresses` whether the text begins by naming somebody, known or a `stranger`.
    """

    id: str
    place: int
    seconds: float
    author: int
    spoken_to: dict[int, int]
    stranger: bool
    addressee: int
    addresses: bool
    words: frozenset[str]
    stems: frozenset[str]
    shape: list[float]
    is_new: bool


class Rarity:
    """How rare words are in the room lately."""

    def __init__(self) -> None:
        self._texts: deque[frozenset[str]] = deque()
        self._counts: Counter[str] = Counter()

    def add(self, words: frozenset[str]) -> None:
        """Another text; the oldest is forgotten."""
        self._texts.append(words)
        self._counts.update(words)
        if len(self._texts) > REMEMBERED_TEXTS:
            for word in self._texts.popleft():
                self._counts[word] -= 1
                if not self._counts[word]:
                    del self._counts[word]

    def weight(self, word: str) -> float:
        """From 0 to 6: the rarer, the more."""
        return log(REMEMBERED_TEXTS / (1 + self._counts.get(word, 0)))


class Window:
    """The last SIZE messages of people in one room, oldest first."""

    def __init__(self) -> None:
        self.heard: deque[Heard] = deque(maxlen=SIZE)
        self.people = People()
        self.rarity = Rarity()
        self._seen: dict[int, int] = {}
        self._place = 0

    def read(self, message: Message) -> Heard:
        """A message in numbers; it isn't in the window yet."""
        words = tokens(message.text)
        author = self.people.speaks(message)
        spoken_to, stranger = self.people.spoken_to(message)
        replied = self.find(message.reply_to)
        if replied and replied.author != author:
            spoken_to[replied.author] = ADDRESSED
        return Heard(
            id=message.id,
            place=self._place,
            seconds=_seconds(message.at),
            author=author,
            spoken_to=spoken_to,
            stranger=stranger,
            addressee=_clearest(spoken_to),
            addresses=stranger or ADDRESSED in spoken_to.values(),
            words=frozenset(w for w in words if w not in COMMON and len(w) > 1),
            stems=frozenset("~" + w[:STEM] for w in words if w not in COMMON and len(w) > 3),
            shape=shape(message.text, words),
            is_new=author not in self._seen,
        )

    def find(self, id: str | None) -> Heard | None:
        """The message of that id, if it is in the window."""
        return next((heard for heard in self.heard if heard.id == id), None)

    def add(self, heard: Heard) -> None:
        """Takes in what `read` gave."""
        self.heard.append(heard)
        self.rarity.add(heard.words | heard.stems)
        self._seen.pop(heard.author, None)
        self._seen[heard.author] = heard.place
        if len(self._seen) > 2000:
            self._seen.pop(next(iter(self._seen)))
        self._place += 1


def _clearest(spoken_to: dict[int, int]) -> int:
    best = max(spoken_to, key=spoken_to.__getitem__, default=-1)
    return best if spoken_to.get(best, 0) >= NEAR else -1


def _seconds(at: datetime) -> float:
    """Whole minutes: the training data knows no finer time."""
    return at.timestamp() // 60 * 60
