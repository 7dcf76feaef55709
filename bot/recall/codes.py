"""One-bit codes of a community's questions in memory, and the nearest of them to a meaning.

112 bytes a question. Bits that differ estimate the angle between two vectors; all codes are
looked at, which numpy does at about a million a few hundredths of a second.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.recall.meaning import (
    CODE_BYTES,
    ENGLISH,
    UNRELATED_ENGLISH,
    UNRELATED_WIDE,
    WIDE,
    above,
    packed,
    weighed,
)
from bot.recall.models import Meaning

_WORDS = WIDE // 64
_ALL_WORDS = CODE_BYTES // 8


def _cosines(bits: int) -> NDArray[np.float32]:
    """The cosine that so many differing bits stand for."""
    return np.cos(np.pi * np.arange(bits + 1) / bits).astype(np.float32)


_GENERAL = above(_cosines(WIDE), UNRELATED_WIDE)
_SPECIAL = above(_cosines(ENGLISH), UNRELATED_ENGLISH)
_BLOCK = 65_536
"""Codes that are compared in one go: their sums stay in the processor's cache."""


class Codes:
    """Grows at its end; what is no longer true is left to the exact comparison."""

    def __init__(self) -> None:
        self.count = 0
        self._ids = np.zeros(256, dtype=np.int64)
        self._both = np.zeros(256, dtype=np.bool_)
        self._words = np.zeros((_ALL_WORDS, 256), dtype=np.uint64)

    def extend(self, rows: Sequence[tuple[int, bytes]]) -> None:
        """Adds entries: a number and a code each."""
        if not rows:
            return
        end = self.count + len(rows)
        self._grow(end)
        place = slice(self.count, end)
        self._ids[place] = [number for number, _ in rows]
        self._both[place] = [len(code) == CODE_BYTES for _, code in rows]
        whole = b"".join(code.ljust(CODE_BYTES, b"\0") for _, code in rows)
        self._words[:, place] = np.frombuffer(whole, dtype=np.uint64).reshape(-1, _ALL_WORDS).T
        self.count = end

    def nearest(self, asked: Meaning, limit: int) -> list[tuple[float, int]]:
        """About how alike the likeliest entries are, and their numbers, in no order."""
        if not self.count:
            return []
        likely = self._likely(asked)
        count = min(limit, self.count)
        best = np.argpartition(likely, -count)[-count:]
        return list(zip(likely[best].tolist(), self._ids[best].tolist(), strict=True))

    def _likely(self, asked: Meaning) -> NDArray[np.float32]:
        code = np.frombuffer(packed(asked)[0], dtype=np.uint64)
        likely = np.empty(self.count, dtype=np.float32)
        for start in range(0, self.count, _BLOCK):
            block = slice(start, min(start + _BLOCK, self.count))
            general = _GENERAL[self._differing(code[:_WORDS], 0, block)]
            if asked.english is not None:
                special = _SPECIAL[self._differing(code[_WORDS:], _WORDS, block)]
                general = weighed(general, special, self._both[block])
            likely[block] = general
        return likely

    def _differing(self, code: NDArray[np.uint64], start: int, block: slice) -> NDArray[np.uint16]:
        differing = np.zeros(block.stop - block.start, dtype=np.uint16)
        for place, word in enumerate(code, start):
            differing += np.bitwise_count(self._words[place, block] ^ word)
        return differing

    def _grow(self, needed: int) -> None:
        room = len(self._ids)
        if needed <= room:
            return
        more = max(needed, room * 3 // 2) - room
        self._ids = np.pad(self._ids, (0, more))
        self._both = np.pad(self._both, (0, more))
        self._words = np.pad(self._words, ((0, 0), (0, more)))
