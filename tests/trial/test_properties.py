"""What holds for any occasions."""

from collections.abc import Callable
from math import isnan
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.trial import Estimate, Occasion, by_kind, estimate, holdout, stopped
from bot.trial.rules import LEAST_LEFT_OUT, MOST_LEFT_OUT

EXAMPLES = 25
"""Each is a whole history."""
shares = st.floats(-1, 1).filter(lambda x: abs(x) > 1e-6)


@st.composite
def pasts(draw: st.DrawFn) -> list[Occasion]:
    """Histories of all sizes, lopsided and odd ones too: hypothesis chooses the shape."""
    rng = Random(draw(st.integers(0, 10_000)))
    number = draw(st.integers(0, 300))
    groups, drawn = draw(st.integers(1, 30)), draw(st.integers(1, 9))
    chances = draw(st.lists(st.sampled_from([0.01, 0.1, 0.5, 0.9, 0.99]), min_size=1, max_size=3))
    rates = draw(st.tuples(st.floats(0, 1), st.floats(0, 1)))
    covariates = draw(st.integers(0, 2))
    size = draw(st.sampled_from([1.0, 1e-3, 1e6]))

    def occasion(i: int) -> Occasion:
        chance = rng.choice(chances)
        named = rng.random() < chance
        before = tuple(size * rng.random() for _ in range(covariates))
        outcome = float(rng.random() < rates[named])
        kind = rng.choice("abc")
        return Occasion(named, chance, outcome, before, f"g{i % groups}", f"p{i // drawn}", kind)

    return [occasion(i) for i in range(number)]


estimates = st.builds(
    lambda effect, half: Estimate(100, 50, effect, effect - half, effect + half, half / 3),
    st.floats(-1, 1),
    st.floats(1e-6, 2),
)


def changed(past: list[Occasion], change: Callable[[Occasion], Occasion]) -> list[Occasion]:
    return [change(o) for o in past]


def like(one: Estimate, factor: float = 1.0) -> object:
    """The estimate in other units, to be compared with what is computed anew."""
    if one.effect is None:
        return (None, -float("inf"), float("inf"))
    ends = sorted([one.low * factor, one.high * factor])
    return pytest.approx((one.effect * factor, *ends), rel=1e-6, abs=1e-6 * abs(factor))


def told(one: Estimate) -> tuple[float | None, float, float]:
    return one.effect, one.low, one.high


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_there_is_never_a_number_that_is_none(past: list[Occasion]) -> None:
    for found in (estimate(past), *by_kind(past).values()):
        numbers = (*told(found), found.error, found.with_rate, found.without_rate)
        assert not any(n is not None and isnan(n) for n in numbers)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_the_effect_lies_in_its_interval(past: list[Occasion]) -> None:
    for found in (estimate(past), *by_kind(past).values()):
        assert found.effect is None or found.low <= found.effect <= found.high


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_names_of_groups_posts_and_kinds_do_not_matter(past: list[Occasion]) -> None:
    renamed = changed(
        past,
        lambda o: Occasion(
            o.named, o.chance, o.outcome, o.before, f"!{o.cluster}", f"!{o.block}", f"!{o.kind}"
        ),
    )
    assert estimate(renamed) == estimate(past)
    assert list(by_kind(renamed).values()) == list(by_kind(past).values())


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_exchanging_the_arms_turns_the_effect_around(past: list[Occasion]) -> None:
    turned = changed(
        past,
        lambda o: Occasion(not o.named, 1 - o.chance, o.outcome, o.before, o.cluster, o.block),
    )
    assert told(estimate(turned)) == like(estimate(past), -1)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts(), shares, st.integers(-3, 3))
def test_the_effect_is_in_the_units_of_the_outcome(
    past: list[Occasion], factor: float, shift: int
) -> None:
    scaled = changed(
        past,
        lambda o: Occasion(
            o.named, o.chance, factor * (o.outcome + shift), o.before, o.cluster, o.block
        ),
    )
    assert told(estimate(scaled)) == like(estimate(past), factor)


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts(), shares, st.integers(-3, 3))
def test_the_units_of_covariates_do_not_matter(
    past: list[Occasion], factor: float, shift: int
) -> None:
    scaled = changed(
        past,
        lambda o: Occasion(
            o.named,
            o.chance,
            o.outcome,
            tuple(factor * (x + shift * 1e-3) for x in o.before),
            o.cluster,
            o.block,
        ),
    )
    assert told(estimate(scaled)) == like(estimate(past))


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_the_order_within_a_post_does_not_matter(past: list[Occasion]) -> None:
    shuffled = sorted(past, key=lambda o: (int(o.block[1:]), o.cluster, o.outcome, o.named))
    ordered = sorted(past, key=lambda o: (int(o.block[1:]), o.cluster, o.named, -o.outcome))
    assert told(estimate(shuffled)) == like(estimate(ordered))


@settings(max_examples=EXAMPLES, deadline=None)
@given(estimates)
def test_from_a_tenth_to_a_half_are_left_out(found: Estimate) -> None:
    assert LEAST_LEFT_OUT <= holdout(found) <= MOST_LEFT_OUT


@settings(max_examples=EXAMPLES, deadline=None)
@given(estimates, st.floats(0, 1))
def test_more_certainty_never_leaves_out_more(found: Estimate, narrower: float) -> None:
    assert found.effect is not None
    half = (found.high - found.low) / 2 * narrower
    surer = Estimate(200, 100, found.effect, found.effect - half, found.effect + half)
    assert holdout(surer) <= holdout(found) + 1e-12


@settings(max_examples=EXAMPLES, deadline=None)
@given(pasts())
def test_a_kind_is_stopped_by_what_is_known_only(past: list[Occasion]) -> None:
    kinds = by_kind(past)
    assert all(kinds[kind].known for kind in stopped(kinds))
