"""Who has to do with whom in a play, and who of them met for the first time."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.features.games import meeting
from bot.features.games.meeting import MOST_TOGETHER, Pair
from bot.features.games.plays import Seat
from bot.play import Result, Score
from bot.refs import MemberRef

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NOTHING = Result((Score(0, 0),))


def seat(number: int, *, group: int = 1, moves: int = 1, member: str | None = None) -> Seat:
    """Somebody at the table, p0 on seat 0 unless told."""
    ref = MemberRef("local", member or f"p{number}") if member != "" else None
    return Seat(
        seat=number,
        member=ref,
        group_id=group,
        side=0,
        plays=True,
        left=False,
        moves=moves,
        reminded=False,
        missed=0,
        remind_at=None,
        joined_at=NOW,
        name=f"P{number}",
    )


def themselves(*seats: Seat) -> dict[str, str]:
    """Every account is a person of its own."""
    return {str(one.member): str(one.member) for one in seats}


def numbers(pairs: list[Pair]) -> list[tuple[int, int]]:
    return [(one.seat, other.seat) for one, other in pairs]


def test_all_who_moved_had_to_do_with_each_other() -> None:
    seats = [seat(0), seat(1), seat(2)]
    assert numbers(meeting.pairs(NOTHING, seats, themselves(*seats))) == [(0, 1), (0, 2), (1, 2)]


def test_who_made_no_move_met_nobody() -> None:
    seats = [seat(0), seat(1, moves=0)]
    assert meeting.pairs(NOTHING, seats, themselves(*seats)) == []


def test_the_game_says_who_had_to_do_with_whom() -> None:
    seats = [seat(0), seat(1), seat(2)]
    told = Result((), met=((2, 0), (0, 2)))
    assert numbers(meeting.pairs(told, seats, themselves(*seats))) == [(2, 0)]


def test_people_of_two_groups_do_not_meet() -> None:
    seats = [seat(0), seat(1, group=2)]
    assert meeting.pairs(NOTHING, seats, themselves(*seats)) == []


def test_who_asked_to_be_forgotten_is_nobody_s_pair() -> None:
    seats = [seat(0), seat(1, member="")]
    told = Result((), met=((0, 1),))
    assert meeting.pairs(told, seats, themselves(*seats)) == []


def test_nobody_meets_their_own_other_account() -> None:
    seats = [seat(0), seat(1)]
    assert meeting.pairs(NOTHING, seats, {"local:p0": "one", "local:p1": "one"}) == []


def test_in_a_crowd_not_everybody_has_to_do_with_everybody() -> None:
    seats = [seat(n) for n in range(MOST_TOGETHER + 1)]
    assert meeting.pairs(NOTHING, seats, themselves(*seats)) == []


def test_who_exchanged_a_word_before_does_not_meet_for_the_first_time() -> None:
    seats = [seat(0), seat(1), seat(2)]
    person = themselves(*seats)
    pairs = meeting.pairs(NOTHING, seats, person)
    known = {meeting.ordered("local:p2", "local:p0")}
    assert numbers(meeting.first_time(pairs, known, person)) == [(0, 1), (1, 2)]


SEATS = st.lists(
    st.builds(
        lambda group, moves, forgotten: (group, moves, "" if forgotten else None),
        st.integers(1, 2),
        st.integers(0, 1),
        st.booleans(),
    ),
    max_size=8,
)
MET = st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 9)), max_size=12)


@given(SEATS, MET)
def test_no_pair_counts_twice_or_with_itself(
    drawn: list[tuple[int, int, str | None]], met: list[tuple[int, int]]
) -> None:
    seats = [
        seat(n, group=group, moves=moves, member=who) for n, (group, moves, who) in enumerate(drawn)
    ]
    found = numbers(meeting.pairs(Result((), met=tuple(met)), seats, themselves(*seats)))
    assert len({frozenset(pair) for pair in found}) == len(found)
    assert all(one != other for one, other in found)
