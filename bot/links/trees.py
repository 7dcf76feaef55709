"""Boosted trees at work: the few lines of numpy that a trained forest needs."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from bot.links.window import Floats


class Forest(Struct, frozen=True):
    """Binary trees, all nodes in one row; the right child of a node is beside the left one.

    A leaf is its own child and its threshold is infinite, so that every row can take `depth` steps.
    """

    roots: NDArray[np.int32]
    feature: NDArray[np.uint8]
    threshold: Floats
    child: NDArray[np.int32]
    value: Floats
    depth: int

    def scores(self, table: Floats) -> Floats:
        """The sum over all trees, for each row of the table."""
        count = len(table)
        flat = np.ascontiguousarray(table).ravel()
        start = (np.arange(count) * table.shape[1])[:, None]
        node = np.broadcast_to(self.roots, (count, len(self.roots)))
        for _ in range(self.depth):
            right = flat[start + self.feature[node]] > self.threshold[node]
            node = self.child[node] + right
        total: Floats = self.value[node].sum(1, dtype=np.float32)
        return total


def pack(forest: Forest) -> dict[str, NDArray[Any]]:
    """A forest as arrays for a file, one for each field."""
    return {name: np.asarray(value) for name, value in structs.asdict(forest).items()}


def unpack(arrays: Mapping[str, NDArray[Any]]) -> Forest:
    """What `pack` gave. Raises KeyError if it isn't there."""
    parts = {name: arrays[name] for name in Forest.__struct_fields__ if name != "depth"}
    return Forest(**parts, depth=int(arrays["depth"]))
