"""What is said about an effect, and when nothing is."""

import random
import subprocess
import sys
from collections.abc import Callable
from math import inf, nan

import pytest

from bot.trial import Estimate, Occasion, Verdict, by_kind, estimate, history, holdout, stopped

Draw = Callable[[random.Random, int], Occasion]


def many(number: int, draw: Draw, seed: int = 1) -> list[Occasion]:
    rng = random.Random(seed)
    return [draw(rng, i) for i in range(number)]


def plain(without: float, with_: float, chance: float = 0.5) -> Draw:
    """Everybody speaks again with these probabilities."""

    def draw(rng: random.Random, _: int) -> Occasion:
        named = rng.random() < chance
        return Occasion(named, chance, float(rng.random() < (with_ if named else without)), (), "g")

    return draw


def silent(rng: random.Random, _: int) -> Occasion:
    return Occasion(rng.random() < 0.5, 0.5, 0.0, (), "g")


def known(found: Estimate) -> tuple[float, float, float]:
    """Effect, and the two rates."""
    assert found.effect is not None
    assert found.with_rate is not None
    assert found.without_rate is not None
    return found.effect, found.with_rate, found.without_rate


def width(occasions: list[Occasion]) -> float:
    found = estimate(occasions)
    return found.high - found.low


@pytest.mark.parametrize("number", [0, 1, 60])
def test_with_few_cases_nothing_is_known(number: int) -> None:
    found = estimate(many(number, plain(0.1, 0.9)))
    assert (found.effect, found.low, found.high) == (None, -inf, inf)
    assert found.verdict is Verdict.UNKNOWN


def test_with_one_arm_empty_nothing_is_known() -> None:
    all_named = [Occasion(True, 0.9, float(i % 3 == 0), (), "g") for i in range(1000)]
    assert not estimate(all_named).known


def test_where_nobody_ever_speaks_nothing_is_known() -> None:
    assert not estimate(many(5000, silent)).known


def test_a_few_large_posts_are_few_cases() -> None:
    found = [
        Occasion(i % 2 == 0, 0.5, float(i % 3 == 0), (), "g", f"p{i % 10}") for i in range(500)
    ]
    assert not estimate(found).known


def test_occasions_and_the_named_are_counted_from_the_first() -> None:
    found = estimate([Occasion(i < 3, 0.5, 0.0, (), "g") for i in range(10)])
    assert (found.occasions, found.named) == (10, 3)


def test_the_effect_is_the_difference_of_the_rates() -> None:
    effect, with_rate, without_rate = known(estimate(many(2000, plain(0.2, 0.3))))
    assert effect == pytest.approx(with_rate - without_rate)


def test_the_planted_rates_are_found() -> None:
    _, with_rate, without_rate = known(estimate(many(30_000, plain(0.2, 0.3))))
    assert with_rate == pytest.approx(0.3, abs=0.02)
    assert without_rate == pytest.approx(0.2, abs=0.02)


def test_rates_are_right_though_the_chance_goes_with_who_speaks_anyway() -> None:
    def draw(rng: random.Random, i: int) -> Occasion:
        talks = i % 2 == 0
        chance = 0.8 if talks else 0.2
        rate = 0.6 if talks else 0.1
        return Occasion(rng.random() < chance, chance, float(rng.random() < rate), (), "g")

    effect, _, without_rate = known(estimate(many(30_000, draw)))
    assert effect == pytest.approx(0.0, abs=0.02)
    assert without_rate == pytest.approx(0.35, abs=0.02)


@pytest.mark.parametrize(
    ("without", "with_", "verdict"),
    [
        (0.2, 0.5, Verdict.HELPS),
        (0.5, 0.2, Verdict.HARMS),
        (0.3, 0.3, Verdict.NO_DIFFERENCE_SEEN),
    ],
)
def test_the_verdict_is_told(without: float, with_: float, verdict: Verdict) -> None:
    assert estimate(many(1000, plain(without, with_))).verdict is verdict


def test_people_of_one_post_who_do_as_one_are_one_case() -> None:
    def draw(rng: random.Random, i: int) -> Occasion:
        together = random.Random(i // 5)
        named = together.random() < 0.5
        return Occasion(named, 0.5, float(together.random() < 0.4), (), "g", f"p{i // 5}")

    posts = many(2000, draw)
    alone = [Occasion(o.named, o.chance, o.outcome, (), "g") for o in posts]
    assert width(posts) > 1.8 * width(alone)


def test_many_groups_with_effects_of_their_own_widen_the_interval() -> None:
    def draw(rng: random.Random, i: int) -> Occasion:
        named = rng.random() < 0.5
        rate = 0.5 + (0.4 if i % 2 else -0.4) * named
        return Occasion(named, 0.5, float(rng.random() < rate), (), f"g{i % 40}")

    groups = many(4000, draw)
    one = [Occasion(o.named, o.chance, o.outcome, (), "g") for o in groups]
    assert width(groups) > 1.5 * width(one)


def test_what_is_known_before_narrows_the_interval() -> None:
    def draw(rng: random.Random, _: int) -> Occasion:
        named, activity = rng.random() < 0.5, rng.random()
        return Occasion(named, 0.5, float(rng.random() < activity), (activity,), "g")

    told = many(2000, draw)
    untold = [Occasion(o.named, o.chance, o.outcome, (), "g") for o in told]
    assert width(told) < 0.9 * width(untold)


def test_a_small_holdout_widens_the_interval() -> None:
    assert width(many(2000, plain(0.3, 0.3, 0.9))) > 1.3 * width(many(2000, plain(0.3, 0.3)))


def test_numbers_are_measured_as_well() -> None:
    def draw(rng: random.Random, _: int) -> Occasion:
        named = rng.random() < 0.5
        return Occasion(named, 0.5, float(rng.randint(0, 6) + named), (), "g")

    found = estimate(many(3000, draw))
    assert 0 < found.low < 1 < found.high


def test_a_history_is_what_was_said_then() -> None:
    occasions = many(700, plain(0.2, 0.3))
    then = [estimate(occasions[:size]) for size in (0, 5, 150, 700)]
    now = history(occasions, [0, 5, 150, 700])
    assert [e.verdict for e in now] == [e.verdict for e in then]
    assert [e.low for e in now] == pytest.approx([e.low for e in then])


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.5, nan])
def test_a_chance_that_is_none_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="chance"):
        estimate([Occasion(True, chance, 1.0, (), "g")])


@pytest.mark.parametrize("number", [nan, inf, 1e200])
def test_numbers_that_cannot_be_summed_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="numbers"):
        estimate([Occasion(True, 0.5, number, (), "g")])
    with pytest.raises(ValueError, match="numbers"):
        estimate([Occasion(True, 0.5, 1.0, (number,), "g")])


def test_occasions_with_different_covariates_are_refused() -> None:
    with pytest.raises(ValueError, match="covariates"):
        estimate([Occasion(True, 0.5, 1.0, (1.0,), "g"), Occasion(True, 0.5, 1.0, (), "g")])


def test_nothing_is_said_of_no_kinds() -> None:
    assert by_kind([]) == {}


def test_without_data_half_are_left_out_and_nobody_is_stopped() -> None:
    nothing = estimate([])
    assert holdout(nothing) == 0.5
    assert stopped({"new": nothing}) == frozenset()


def test_a_kind_is_stopped_when_all_of_its_interval_is_too_little() -> None:
    kinds = {
        "helped": Estimate(900, 450, 0.1, 0.06, 0.14),
        "barely": Estimate(900, 450, 0.03, 0.01, 0.049),
        "harmed": Estimate(900, 450, -0.1, -0.14, -0.06),
        "open": Estimate(900, 450, 0.0, -0.1, 0.1),
    }
    assert stopped(kinds) == {"barely", "harmed"}


def test_numpy_is_loaded_by_the_first_estimate_and_not_before() -> None:
    code = "import bot.trial, sys; assert not {'numpy', 'scipy'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
