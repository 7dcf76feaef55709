"""Kinds learn from each other."""

import numpy as np
import pytest

from bot.trial import Estimate
from bot.trial.kinds import between_kinds, shrunk

VACCINE = np.array(
    [
        [4, 119, 11, 128],
        [6, 300, 29, 274],
        [3, 228, 11, 209],
        [62, 13536, 248, 12619],
        [33, 5036, 47, 5761],
        [180, 1361, 372, 1079],
        [8, 2537, 10, 619],
        [505, 87886, 499, 87892],
        [29, 7470, 45, 7232],
        [17, 1699, 65, 1600],
        [186, 50448, 141, 27197],
        [5, 2493, 3, 2338],
        [27, 16886, 29, 17825],
    ]
)
"""Ill and well, vaccinated and not, in 13 trials: the textbook case (Colditz et al. 1994)."""


def told(effect: float, error: float) -> Estimate:
    half = 3 * error
    return Estimate(500, 250, effect, effect - half, effect + half, error, effect, 0.0)


def test_the_variance_between_trials_of_the_textbook_is_found() -> None:
    ill, well, ill_0, well_0 = VACCINE.T
    risks = np.log((ill / (ill + well)) / (ill_0 / (ill_0 + well_0)))
    variances = 1 / ill - 1 / (ill + well) + 1 / ill_0 - 1 / (ill_0 + well_0)
    assert between_kinds(risks, variances) == pytest.approx(0.318, abs=0.001)


def test_there_is_none_where_they_agree_as_well_as_chance_allows() -> None:
    assert between_kinds(np.array([0.1, 0.12]), np.array([0.01, 0.01])) == 0.0


def test_it_is_found_however_large() -> None:
    found = between_kinds(np.array([-1e3, 1e3]), np.array([1e-9, 1e-9]))
    assert found == pytest.approx(2e6)


def test_kinds_that_agree_become_one() -> None:
    found = shrunk({"a": told(0.10, 0.05), "b": told(0.12, 0.05)})
    assert found["a"].effect == found["b"].effect == pytest.approx(0.11)


def test_kinds_that_clearly_differ_keep_their_own() -> None:
    found = shrunk({"a": told(0.0, 0.01), "b": told(0.3, 0.01)})
    assert found["a"].effect == pytest.approx(0.0, abs=0.001)
    assert found["b"].effect == pytest.approx(0.3, abs=0.001)


def test_the_less_certain_kind_is_drawn_further() -> None:
    found = shrunk({"a": told(0.0, 0.02), "b": told(0.2, 0.08), "c": told(0.05, 0.02)})
    assert found["b"].effect is not None
    assert found["a"].effect is not None
    assert 0.2 - found["b"].effect > found["a"].effect - 0.0 > 0


def test_the_intervals_stay_the_own_ones() -> None:
    before = {"a": told(0.0, 0.02), "b": told(0.2, 0.08)}
    after = shrunk(before)
    assert {k: (e.low, e.high) for k, e in after.items()} == {
        k: (e.low, e.high) for k, e in before.items()
    }


def test_nobody_is_drawn_out_of_the_own_interval() -> None:
    many = {str(i): told(0.0, 0.01) for i in range(40)} | {"odd": told(0.05, 0.01)}
    odd = shrunk(many)["odd"]
    assert odd.effect is not None
    assert odd.low <= odd.effect


def test_a_kind_alone_stays_as_it_is() -> None:
    assert shrunk({"a": told(0.1, 0.05)}) == {"a": told(0.1, 0.05)}
