"""How a play counts in the league, and how a month does."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.games import league
from bot.features.games.league import COUNTED, MISSING, Lot, Side

SHARE = st.floats(0, 1, allow_nan=False)
POINTS = st.floats(0, 100, allow_nan=False)
PLAYS = st.lists(POINTS, max_size=12)
LOTS = st.builds(Lot, SHARE, SHARE)


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """A side as a play can bring it about."""
    heads = draw(st.integers(1, 60))
    pairs = draw(st.integers(0, heads * (heads - 1) // 2))
    best = draw(st.integers(0, 500))
    return Side(
        points=draw(st.integers(0, best)),
        best=best,
        heads=heads,
        newcomers=draw(st.integers(0, heads)),
        fresh=draw(st.integers(0, pairs)),
        pairs=pairs,
    )


def cloned(side: Side, times: int) -> Side:
    """The side with each of its people several times: each clone does what the person does, and
    two clones of one person are no pair."""
    return Side(
        points=side.points * times,
        best=side.best * times,
        heads=side.heads * times,
        newcomers=side.newcomers * times,
        fresh=side.fresh * times**2,
        pairs=side.pairs * times**2,
    )


@given(sides(), LOTS)
def test_a_play_gives_between_0_and_100_points(side: Side, lot: Lot) -> None:
    assert 0 <= league.points(side, lot) <= 100


@given(sides(), LOTS, st.integers(1, 9))
def test_cloning_every_player_changes_nothing(side: Side, lot: Lot, times: int) -> None:
    assert league.points(cloned(side, times), lot) == pytest.approx(league.points(side, lot))


@given(sides(), LOTS)
def test_a_team_as_mixed_as_one_drawn_by_lot_gets_all_of_the_mixing(side: Side, lot: Lot) -> None:
    as_by_lot = Lot(side.fresh / side.pairs if side.pairs else 0, side.newcomers / side.heads)
    without = league.points(Side(side.points, side.best, side.heads, 0, 0, 0), lot)
    assert league.points(side, as_by_lot) == pytest.approx(without + 40 * bool(side.pairs))


def test_veterans_among_themselves_get_no_points_for_mixing() -> None:
    veterans = Side(points=10, best=10, heads=5, newcomers=0, fresh=0, pairs=10)
    assert league.points(veterans, Lot(0.9, 0.4)) == 60


def test_a_small_group_whose_people_all_know_one_another_can_get_everything() -> None:
    friends = Side(points=10, best=10, heads=4, newcomers=0, fresh=0, pairs=6)
    assert league.points(friends, Lot(0, 0)) == 100


def test_a_large_group_gets_everything_if_it_mixes_as_a_draw_by_lot_would() -> None:
    crowd = Side(points=300, best=300, heads=30, newcomers=12, fresh=420, pairs=435)
    assert league.points(crowd, Lot(0.95, 0.4)) == 100


def test_who_plays_alone_mixes_with_nobody() -> None:
    assert league.points(Side(5, 10, 1, 1, 0, 0), Lot(0, 0)) == 30


@given(PLAYS, POINTS)
def test_one_more_play_never_lowers_a_month(plays: list[float], more: float) -> None:
    assert league.mean([*plays, more]) >= league.mean(plays)


@given(st.lists(POINTS, max_size=5))
def test_the_order_of_plays_does_not_matter(plays: list[float]) -> None:
    assert len({league.mean(order) for order in permutations(plays)}) == 1


@given(PLAYS)
def test_a_month_lies_between_0_and_100(plays: list[float]) -> None:
    assert 0 <= league.mean(plays) <= 100


@given(POINTS, st.integers(COUNTED, 40))
def test_playing_more_than_four_times_equally_well_gains_nothing(play: float, times: int) -> None:
    assert league.mean([play] * times) == league.mean([play] * COUNTED)


@given(st.floats(MISSING, 100), st.integers(1, 60))
def test_two_good_plays_are_worth_more_than_many_poor_ones(good: float, times: int) -> None:
    assert league.mean([good, good]) >= league.mean([MISSING] * times)


@given(st.dictionaries(st.integers(1, 9), PLAYS, max_size=6))
def test_a_better_mean_is_never_placed_after_a_poorer_one(plays: dict[int, list[float]]) -> None:
    placed = [one for one in league.standings(plays) if one.place is not None]
    assert [one.mean for one in placed] == sorted((one.mean for one in placed), reverse=True)


@given(st.dictionaries(st.integers(1, 9), PLAYS, max_size=6))
def test_everybody_stands_in_it_once(plays: dict[int, list[float]]) -> None:
    assert sorted(one.group for one in league.standings(plays)) == sorted(plays)


def test_one_play_is_too_few_for_a_place() -> None:
    placed, waiting = league.standings({1: [100.0], 2: [40.0, 30.0]})
    assert (placed.group, placed.place) == (2, 1)
    assert (waiting.group, waiting.place) == (1, None)


def test_equal_groups_share_a_place_and_the_next_one_stays_free() -> None:
    table = league.standings({1: [80.0, 80.0], 2: [80.0, 80.0], 3: [70.0, 70.0]})
    assert [one.place for one in table] == [1, 1, 3]


def test_a_group_without_a_place_is_nobody_s_better() -> None:
    table = league.standings({1: [100.0], 2: [90.0, 90.0]})
    assert [one.place for one in table] == [1, None]


@pytest.mark.parametrize(
    ("season", "before", "after"),
    [("2026-11", "2026-10", (2026, 12)), ("2026-12", "2026-11", (2027, 1))],
)
def test_seasons_follow_one_another(season: str, before: str, after: tuple[int, int]) -> None:
    assert league.preceding(season) == before
    assert league.following(season) == after


def test_december_comes_before_january() -> None:
    assert league.preceding("2027-01") == "2026-12"
