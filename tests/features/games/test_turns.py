"""Whose turn begins, who let one go by: pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.games import pruning, turns
from bot.features.games.plays import Phase, Played, Seat
from bot.games import game
from bot.play import PASS, SAYS, Move, Pace, Play, Sitting, Table, begin
from bot.refs import MemberRef

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SEATS = 3


def seat(number: int, *, missed: int = 0, member: bool = True) -> Seat:
    who = MemberRef("local", str(number)) if member else None
    return Seat(number, who, 1, 0, True, False, 0, False, missed, None, NOW, f"Person {number}")


def story() -> Play:
    sitting = tuple(Sitting(n) for n in range(SEATS))
    return begin(game("story"), Table(sitting, 1, Pace.SLOW, DAY, "en"), "seed", NOW)


def played(play: Play, *seats: Seat, pace: Pace = Pace.SLOW, key: str = "story") -> Played:
    return Played(
        id=1,
        community=1,
        key=key,
        phase=Phase.PLAYING,
        pace=pace,
        turn=DAY,
        language="en",
        host=None,
        day="",
        options={},
        made_at=NOW,
        begun_at=NOW,
        moved_at=NOW,
        due_at=NOW + DAY,
        table=None,
        play=play,
        seed="seed",
        rooms=(),
        seats=seats or tuple(seat(n) for n in range(SEATS)),
    )


def first_of(play: Play) -> int:
    (one,) = game("story").awaited(play.state)
    return one


def test_a_turn_that_time_ended_is_missed_by_whom_it_hung_on() -> None:
    play = story()
    done = turns.course(game("story"), play, (), NOW + DAY)
    assert done.missed == {first_of(play): 1}


def test_a_turn_that_several_share_is_nobodys_to_miss() -> None:
    sitting = tuple(Sitting(n) for n in range(SEATS))
    lies = game("two_truths")
    play = begin(lies, Table(sitting, 1, Pace.SLOW, DAY, "en"), "seed", NOW)
    done = turns.course(lies, play, (), NOW + DAY)
    assert set(done.missed) == set(range(SEATS))
    assert sum(done.missed.values()) == 0


def test_a_move_in_time_misses_nothing() -> None:
    play = story()
    move = Move(SAYS, first_of(play), text="It began like any other day.")
    done = turns.course(game("story"), play, (move,), NOW + DAY / 2)
    assert done.missed == {}
    assert len(done.log) == 1


@given(st.integers(min_value=0, max_value=40))
def test_each_turn_of_an_outage_counts_once_for_whom_it_hung_on(days: int) -> None:
    done = turns.course(game("story"), story(), (), NOW + DAY * days)
    assert sum(done.missed.values()) == len(done.log)


@given(st.integers(min_value=0, max_value=5))
def test_a_late_move_comes_after_what_time_did(days: int) -> None:
    play = story()
    done = turns.course(game("story"), play, (Move(PASS, first_of(play)),), NOW + DAY * days)
    moments = [logged.at for logged in done.log]
    assert moments == sorted(moments)


def test_whoever_moves_has_missed_nothing_any_more() -> None:
    back = seat(0, missed=2)
    assert turns.missed_now(back, back, {0: 1}) == 0
    assert turns.missed_now(back, seat(1), {0: 1}) == 3


def test_a_turn_begins_for_the_next_when_one_has_moved() -> None:
    play = story()
    one = first_of(play)
    done = turns.course(game("story"), play, (Move(PASS, one),), NOW)
    before, after = played(play), played(done.play)
    assert turns.begun_for(before, after, seat(one), {}) == {first_of(done.play)}


def test_no_turn_begins_when_somebody_else_was_refused() -> None:
    play = story()
    other = next(n for n in range(SEATS) if n != first_of(play))
    assert turns.begun_for(played(play), played(play), seat(other), {}) == set()


@pytest.mark.parametrize(("pace", "missed"), [(Pace.LIVE, 2), (Pace.SLOW, 1)])
def test_a_seat_is_free_after_so_many_missed_turns(pace: Pace, missed: int) -> None:
    for count in range(4):
        found = turns.free(played(story(), seat(0, missed=count), seat(1), pace=pace))
        assert [one.seat for one in found] == ([0] if count >= missed else [])


def test_the_seat_of_the_forgotten_is_free() -> None:
    found = turns.free(played(story(), seat(0, member=False), seat(1)))
    assert [one.seat for one in found] == [0]


def test_where_everybody_walks_in_no_seat_is_free() -> None:
    assert turns.free(played(story(), seat(0, missed=9), key="connect")) == []


@given(st.integers(min_value=0, max_value=10_000_000))
def test_letting_go_comes_once_a_day_however_often_it_is_armed(seconds: int) -> None:
    now = NOW + timedelta(seconds=seconds)
    at = pruning.next_at(now)
    assert timedelta(0) < at - now <= timedelta(days=1)
    assert pruning.next_at(at - timedelta(microseconds=1)) == at
