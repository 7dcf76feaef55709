"""Meanings as bytes for the database, and how alike two of them are.

A vector is kept as whole numbers from -127 to 127; its length is not kept, because only the
direction counts. A code is one bit for each number, its sign: enough to find the nearest few
hundred, which are then compared exactly. English texts have the second vector behind the first.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.recall.models import Meaning, Vectors

WIDE, ENGLISH = 512, 384
CODE_BYTES = (WIDE + ENGLISH) // 8
UNRELATED_WIDE, UNRELATED_ENGLISH = 0.21, 0.10
"""Cosines of questions that have nothing in common, in the mean over tests/bench/recall_set."""
WIDE_SHARE = 0.25
"""What the multilingual model has to say about two English texts; see ADR 6."""


def packed(meaning: Meaning) -> tuple[bytes, bytes]:
    """Code and vector for the database."""
    parts = [meaning.wide] if meaning.english is None else [meaning.wide, meaning.english]
    code = b"".join(np.packbits(part > 0).tobytes() for part in parts)
    whole = [np.rint(part * (127 / np.abs(part).max())).astype(np.int8) for part in parts]
    return code, b"".join(part.tobytes() for part in whole)


def similarities(asked: Meaning, vectors: Sequence[bytes | None]) -> NDArray[np.float32]:
    """How alike in meaning kept vectors are: about 0 unrelated, 1 the same; 0 where none is."""
    if not vectors:
        return np.zeros(0, dtype=np.float32)
    whole = b"".join((vector or b"").ljust(WIDE + ENGLISH, b"\0") for vector in vectors)
    numbers = np.frombuffer(whole, dtype=np.int8).reshape(-1, WIDE + ENGLISH).astype(np.float32)
    alike = _alike(asked, _units(numbers[:, :WIDE]), _units(numbers[:, WIDE:]))
    return np.where([bool(vector) for vector in vectors], alike, np.float32(0))


def compared(asked: Meaning, meanings: Sequence[Meaning]) -> NDArray[np.float32]:
    """How alike in meaning: about 0 unrelated, 1 the same."""
    nothing = np.zeros(ENGLISH, dtype=np.float32)
    english = [nothing if meaning.english is None else meaning.english for meaning in meanings]
    return _alike(asked, np.stack([meaning.wide for meaning in meanings]), np.stack(english))


def _alike(asked: Meaning, wide: Vectors, english: Vectors) -> NDArray[np.float32]:
    """`english` has zeros for the texts that are not English."""
    general = above(wide @ asked.wide, UNRELATED_WIDE)
    if asked.english is None:
        return general
    both: NDArray[np.bool_] = np.any(english, axis=1)
    return weighed(general, above(english @ asked.english, UNRELATED_ENGLISH), both)


def weighed(
    general: NDArray[np.float32], special: NDArray[np.float32], both: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """What both models say; the second counts only where `both` texts are English."""
    return np.where(both, WIDE_SHARE * general + (1 - WIDE_SHARE) * special, general)


def above(cosines: NDArray[np.float32], unrelated: float) -> NDArray[np.float32]:
    """Cosines on the scale that has 0 for the unrelated."""
    return (cosines - np.float32(unrelated)) / np.float32(1 - unrelated)


def _units(vectors: Vectors) -> Vectors:
    """Each of length 1; nothing stays nothing."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(lengths, 1)).astype(np.float32, copy=False)
