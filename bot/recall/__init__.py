"""Finds kept texts again, by their words and by their meaning."""

from msgspec import Struct

from bot.store.database import Tx


class Hit(Struct, frozen=True):
    """A kept text that fits: `score` orders, `similarity` and `words` (0 to 1) say how well."""

    item: int
    score: float
    similarity: float = 0.0
    words: float = 0.0


class Recall:
    """The index of one database."""

    def __init__(self, meaning: bool = True) -> None:
        self.meaning = meaning

    async def keep(self, tx: Tx, community: int, item: int, text: str) -> None:
        """Makes a text findable, in place of what the item said before."""

    async def drop(self, tx: Tx, item: int) -> None:
        """The item is found no more."""

    async def search(self, tx: Tx, community: int, text: str, *, limit: int = 10) -> list[Hit]:
        """The items that fit best, the best first."""
        return []

    async def move(self, tx: Tx, before: int, after: int) -> None:
        """One community became a part of another."""
