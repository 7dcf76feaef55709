"""Boosted trees at work, and the trained weights."""

import time
from pathlib import Path

import numpy as np
import pytest

from bot.links.features import names
from bot.links.model import WEIGHTS, save, trained
from bot.links.trees import Forest, pack, unpack
from bot.links.window import Window
from tests.links.talk import talk

STUMPS = Forest(
    feature=np.array([1, 0, 1], np.uint8),
    threshold=np.array([2.0, 0.5, 7.0], np.float32),
    keeps=np.array([0b110, 0b110, 0b101], np.uint32),
    starts=np.array([0, 1], np.int32),
    leaves=np.array([[1, 10, 0], [100, 1000, 5000]], np.float32),
)
"""The second number up to 2 gives 1, above 10. The first up to .5 gives 100; above it the second
gives 1000, or above 7 it gives 5000."""


@pytest.mark.parametrize(
    ("row", "sum_"),
    [((0, 2), 101), ((0, 2.1), 110), ((1, 0), 1001), ((1, 3), 1010), ((1, 8), 5010)],
)
def test_each_tree_adds_the_value_of_the_leaf_that_a_row_reaches(
    row: tuple[float, float], sum_: float
) -> None:
    assert STUMPS.scores(np.array([row], np.float32)) == [sum_]


def test_a_packed_forest_is_unpacked_the_same() -> None:
    table = np.array([[0, 2], [1, 3]], np.float32)
    again = unpack(pack(STUMPS))
    assert (again.scores(table) == STUMPS.scores(table)).all()


def test_a_saved_model_is_read_the_same(tmp_path: Path) -> None:
    save(trained(), tmp_path / "weights.npz")
    assert (tmp_path / "weights.npz").read_bytes()[:2] == b"PK"


def test_the_weights_are_small() -> None:
    assert WEIGHTS.stat().st_size < 1_500_000


def test_the_weights_are_read_in_a_tenth_of_a_second() -> None:
    times = []
    for _ in range(3):
        trained.cache_clear()
        start = time.perf_counter()
        trained()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.1


def test_the_weights_ask_for_no_feature_that_is_not_there() -> None:
    heard = Window().read(talk("ann: hello")[0])
    assert trained().forest.feature.max() < len(names(heard))
