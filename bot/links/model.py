"""The trained part: a forest that scores what a message may answer, and what its scores mean.

`weights.npz` is made by scripts/train_links.py from annotated IRC logs: Kummerfeld et al., "A
Large-Scale Corpus for Conversation Disentanglement" (ACL 2019), CC BY 4.0. ADR 5 says why so.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from msgspec import Struct

from bot.links.features import rows
from bot.links.trees import Forest, pack, unpack
from bot.links.window import Floats, Heard, Window

WEIGHTS = Path(__file__).with_name("weights.npz")


class Model(Struct, frozen=True):
    """The scores of the forest are divided by `warmth`, so that the chances are honest."""

    forest: Forest
    warmth: float

    def answer(self, window: Window, message: Heard) -> tuple[Heard | None, float]:
        """What the message answers most likely, None for nothing, and how likely that is."""
        kept, table = rows(window, message)
        shares = chances(self.forest.scores(table) / self.warmth)
        best = int(shares.argmax())
        return None if best == len(kept) - 1 else window.heard[kept[best]], float(shares[best])


def chances(scores: Floats) -> Floats:
    """Scores as probabilities: positive, and 1 in all."""
    raised = np.exp(scores - scores.max())
    shares: Floats = raised / raised.sum()
    return shares


@cache
def trained() -> Model:
    """The model of this package, read when first asked for."""
    with np.load(WEIGHTS) as arrays:
        return Model(unpack(arrays), float(arrays["warmth"]))


def save(model: Model, path: Path) -> None:
    """Writes a model as `trained` reads it."""
    arrays: dict[str, Any] = {**pack(model.forest), "warmth": np.array(model.warmth)}
    np.savez_compressed(path, **arrays)
