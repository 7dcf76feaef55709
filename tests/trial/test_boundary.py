"""How many standard errors are allowed at every moment at once."""

from math import exp, inf, sqrt

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import lambertw
from scipy.stats import norm

from bot.trial.intervals import INTENDED, boundary
from tests.trial.runs import at_most

ALPHAS = [0.05, 0.01]


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("size", [50, 1000, 20_000])
def test_there_the_mixture_of_alternatives_is_one_in_alpha_likelier(
    alpha: float, size: int
) -> None:
    spread = sqrt((-lambertw(-(alpha**2) / np.e, -1).real - 1) / INTENDED)
    total = boundary(size, alpha) * sqrt(size)
    middle, width = total / (size + spread**-2), (size + spread**-2) ** -0.5

    def likelier(drift: float) -> float:
        return exp(drift * total - drift**2 * size / 2) * float(norm.pdf(drift, scale=spread))

    area = quad(likelier, middle - 12 * width, middle + 12 * width)[0]
    assert area == pytest.approx(1 / alpha)


@pytest.mark.parametrize("alpha", ALPHAS)
def test_no_other_spread_is_narrower_at_the_intended_size(alpha: float) -> None:
    best = boundary(INTENDED, alpha)
    clocks = np.linspace(0.5, 50, 1000)
    others = np.sqrt((1 + 1 / clocks) * (np.log1p(clocks) - 2 * np.log(alpha)))
    assert best == pytest.approx(min(others), rel=1e-4)


def test_a_random_walk_stays_within_it_for_ever_as_often_as_promised() -> None:
    runs, steps = 2000, 1500
    walks = np.random.default_rng(1).normal(size=(runs, steps)).cumsum(axis=1)
    sizes = np.arange(1, steps + 1)
    bounds = np.array([boundary(int(size), 0.05) for size in sizes]) * np.sqrt(sizes)
    assert (np.abs(walks) > bounds).any(axis=1).sum() <= at_most(runs, 0.05)


def test_it_is_wider_than_for_one_look() -> None:
    assert 1.96 < boundary(INTENDED, 0.05) < 3.1 < inf
