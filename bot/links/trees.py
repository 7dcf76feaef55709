"""Boosted trees at work: the few lines of numpy that a trained forest needs.

All splits of all trees are tried at once. Each split that a row passes strikes out the leaves to
its left; of what remains in a tree the first leaf counts. (QuickScorer: Lucchese et al., 2015.)
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from bot.links.window import Floats

LEAVES = 32
"""A tree has at most so many: one bit each."""
_ALL = np.uint32(0xFFFFFFFF)


class Forest(Struct, frozen=True):
    """The splits of all trees, one tree after the other, and a line of leaf values for each tree.

    A row passes split `i` if its `feature[i]` is above `threshold[i]`; then only the leaves in
    `keeps[i]` remain. The splits of tree `t` begin at `starts[t]`; each tree has at least one.
    """

    feature: NDArray[np.uint8]
    threshold: Floats
    keeps: NDArray[np.uint32]
    starts: NDArray[np.int32]
    leaves: Floats

    def scores(self, table: Floats) -> Floats:
        """The sum over all trees, for each row of the table."""
        passed = np.ascontiguousarray(table.T)[self.feature] > self.threshold[:, None]
        struck = np.where(passed, self.keeps[:, None], _ALL)
        remaining = np.bitwise_and.reduceat(struck, self.starts, axis=0)
        lowest = remaining & (~remaining + np.uint32(1))
        leaf = np.frexp(lowest.astype(np.float32))[1] - 1
        tree = np.arange(len(self.starts))[:, None]
        total: Floats = self.leaves[tree, leaf].sum(0, dtype=np.float32)
        return total


def pack(forest: Forest) -> dict[str, NDArray[Any]]:
    """A forest as arrays for a file, one for each field."""
    return {name: np.asarray(value) for name, value in structs.asdict(forest).items()}


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Forest:
    """What `pack` gave. Raises KeyError if it isn't there."""
    return Forest(**{name: arrays[name] for name in Forest.__struct_fields__})
