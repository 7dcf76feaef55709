"""Who said it?: whoever wrote the words can't guess them, and silence costs nobody a place."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.who_said import rules, view
from bot.games.who_said.rules import State
from bot.i18n import Words
from bot.play import (
    CAME,
    LEFT,
    NOBODY,
    PASS,
    TIME,
    Item,
    Lacking,
    Line,
    Move,
    Note,
    Pace,
    Score,
    Sitting,
    Table,
)
from tests.games.players import NamedCast

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
TURN = timedelta(minutes=2)
ANN, BEN, CLEO, DAN = range(4)
STRANGER, OTHER, THIRD = 10, 11, 12
"""Authors who don't play."""


def items(*authors: int) -> tuple[Item, ...]:
    return tuple(Item(f"Saying {n} of {by}", by=by, source="What?") for n, by in enumerate(authors))


def begun(*authors: int, seats: Sequence[int] = (ANN, BEN, CLEO, DAN), seed: int = 1) -> State:
    table = Table(
        seats=tuple(Sitting(seat, seat % 2) for seat in seats),
        sides=2,
        pace=Pace.LIVE,
        turn=TURN,
        language="en",
        items=items(*(authors or (STRANGER, OTHER, THIRD))),
    )
    return rules.begin(table, NOW, Random(seed))


def moved(state: State, *moves: Move) -> State:
    for move in moves:
        state = rules.step(state, move, NOW, Random(2))[0]
    return state


def pick(state: State, seat: int, name: int | None = None) -> Move:
    """The right name, unless another is wanted."""
    wanted = state.saying.by if name is None else name
    return Move(rules.PICK, seat, f"{state.number + 1}.{state.names.index(wanted)}")


def wrong(state: State, seat: int) -> Move:
    return pick(state, seat, next(name for name in state.names if name != state.saying.by))


def keys(state: State, move: Move) -> list[str]:
    return [said.key for said in rules.step(state, move, NOW, Random(2))[1]]


def of_author(author: int) -> State:
    """A game whose first saying is that player's."""
    games = (begun(ANN, BEN, STRANGER, seed=seed) for seed in range(100))
    return next(state for state in games if state.saying.by == author)


@pytest.mark.parametrize("authors", [(), (ANN, BEN), (ANN, ANN, BEN, BEN), (NOBODY,) * 5])
def test_it_needs_sayings_of_three_people(authors: tuple[int, ...]) -> None:
    table = Table((Sitting(ANN), Sitting(BEN)), 2, Pace.LIVE, TURN, "en", items=items(*authors))
    with pytest.raises(Lacking):
        rules.begin(table, NOW, Random(1))


def test_what_lacks_is_said_in_words() -> None:
    text = view.words_of(Line("lacking"), Words("en"), NamedCast())
    assert "/game answers" in str(text)


@given(st.lists(st.integers(0, 15), min_size=3, max_size=40), st.integers(0, 999))
def test_as_many_people_as_possible_are_heard(authors: list[int], seed: int) -> None:
    if len(set(authors)) < rules.FEWEST_AUTHORS:
        return
    state = begun(*authors, seed=seed)
    heard = {saying.by for saying in state.sayings}
    assert len(state.sayings) == min(rules.ROUNDS, len(authors))
    assert len(heard) == min(len(state.sayings), len(set(authors)))


@given(st.integers(0, 999))
def test_the_author_is_among_four_different_names(seed: int) -> None:
    state = begun(seed=seed)
    assert len(set(state.names)) == rules.CHOICES
    assert state.saying.by in state.names


def test_authors_cannot_pick_for_their_own_words() -> None:
    state = of_author(ANN)
    assert keys(state, pick(state, ANN)) == ["own"]
    assert moved(state, pick(state, ANN)) == state
    assert keys(state, Move(PASS, ANN)) == ["own"]


def test_authors_are_not_awaited() -> None:
    assert set(rules.awaited(of_author(ANN))) == {BEN, CLEO, DAN}


def test_the_first_pick_counts() -> None:
    state = begun()
    picked = moved(state, wrong(state, ANN))
    assert keys(picked, pick(state, ANN)) == ["again"]
    assert moved(picked, pick(state, ANN)) == picked


def test_when_all_have_picked_the_next_is_asked_at_once() -> None:
    state = begun()
    after = moved(state, *(pick(state, seat) for seat in (ANN, BEN, CLEO, DAN)))
    assert after.number == 1
    assert after.told[0].knew == after.told[0].could == (2, 2)


def test_time_closes_a_round() -> None:
    state = begun()
    after = moved(state, pick(state, ANN), wrong(state, BEN), Move(TIME))
    assert after.number == 1
    assert after.told[0].knew == (1, 0)
    assert after.until == NOW + TURN


def test_a_late_pick_does_not_count_for_the_next_round() -> None:
    state = begun()
    late = pick(state, BEN)
    after = moved(state, pick(state, ANN), Move(TIME))
    assert keys(after, late) == ["late"]
    assert moved(after, late) == after


def test_authors_do_not_count_in_their_own_round() -> None:
    state = of_author(ANN)
    after = moved(state, pick(state, BEN), Move(TIME))
    assert after.told[0].could == (1, 2)


def test_nobody_waits_for_who_passes_or_leaves() -> None:
    state = begun()
    after = moved(state, pick(state, ANN), Move(PASS, BEN), Move(LEFT, CLEO), pick(state, DAN))
    assert after.number == 1


def test_who_comes_late_picks_from_then_on() -> None:
    state = moved(begun(), Move(CAME, 4, "1"))
    after = moved(state, *(pick(state, seat) for seat in (ANN, BEN, CLEO, DAN)))
    assert after.number == 0
    assert moved(after, pick(after, 4)).told[0].could == (2, 3)


def test_an_author_who_comes_late_is_told_it_is_theirs() -> None:
    state = begun()
    author = state.saying.by
    assert keys(moved(state, Move(CAME, author, "0")), pick(state, author)) == ["own"]


def test_two_rounds_without_anybody_end_it() -> None:
    after = moved(begun(), *[Move(TIME)] * rules.EMPTY_ROUNDS)
    assert after.over
    assert not rules.awaited(after)


def test_if_everybody_leaves_it_is_over() -> None:
    assert moved(begun(), *(Move(LEFT, seat) for seat in (ANN, BEN, CLEO, DAN))).over


def test_the_last_saying_ends_it() -> None:
    state = begun()
    while not state.over:
        state = moved(state, *(pick(state, seat) for seat in (ANN, BEN, CLEO, DAN)))
    assert len(state.told) == 3
    assert rules.result(state).scores == (Score(6, 6), Score(6, 6))
    assert rules.result(state).bests == {ANN: 3, BEN: 3, CLEO: 3, DAN: 3}


def test_a_picks_note_names_who_was_picked() -> None:
    state = begun()
    note = rules.step(state, pick(state, ANN), NOW, Random(2))[1][0]
    assert isinstance(note, Note)
    assert note.args == {"name": state.saying.by}


def test_strangers_cannot_pick() -> None:
    state = begun()
    assert rules.step(state, pick(state, 99), NOW, Random(2)) == (state, ())


def shown(state: State) -> str:
    return str(view.board(state, Words("en"), NamedCast()))


def test_forgotten_words_are_shown_no_more_and_nobody_is_named() -> None:
    state = of_author(ANN)
    forgotten = rules.forget(moved(state, pick(state, BEN)), ANN)
    after = moved(forgotten, Move(rules.GO_ON, BEN))
    for board in map(shown, (forgotten, after)):
        assert state.saying.text not in board
        assert f"was {NamedCast().name(ANN)}" not in board


def test_one_tap_goes_on_after_words_that_were_taken_back() -> None:
    state = begun()
    assert moved(state, Move(rules.GO_ON, BEN)) == state
    forgotten = rules.forget(state, state.saying.by)
    assert moved(forgotten, Move(rules.GO_ON, BEN)).number == 1
    assert moved(forgotten, Move(TIME)).number == 1


def test_words_that_were_taken_back_count_for_nobody() -> None:
    state = begun()
    forgotten = rules.forget(moved(state, pick(state, ANN)), state.saying.by)
    assert keys(forgotten, pick(state, BEN)) == ["gone"]
    assert rules.result(moved(forgotten, Move(TIME))).scores == (Score(0, 0), Score(0, 0))


def test_solutions_that_were_taken_back_are_not_told_at_the_end() -> None:
    state = begun()
    author = state.saying.by
    while not state.over:
        state = moved(state, *(pick(state, seat) for seat in (ANN, BEN, CLEO, DAN)))
    said = next(saying.text for saying in state.sayings if saying.by == author)
    assert said in shown(state)
    assert said not in shown(rules.forget(state, author))


def test_forgotten_words_are_not_asked_about() -> None:
    state = begun()
    later = {saying.by for saying in state.sayings} - {state.saying.by}
    for author in later:
        state = rules.forget(state, author)
    assert moved(state, pick(state, ANN), Move(TIME)).over


def test_the_board_does_not_tell_who_it_was_before_the_end_of_the_round() -> None:
    state = of_author(ANN)
    boards = [
        view.board(one, Words("en"), NamedCast())
        for one in (state, moved(state, Move(PASS, ANN)), moved(state, pick(state, ANN)))
    ]
    assert all(board == boards[0] for board in boards)


def test_the_next_board_tells_who_it_was_and_asks_for_the_story() -> None:
    state = of_author(ANN)
    after = moved(state, pick(state, BEN), Move(TIME))
    text = str(view.board(after, Words("en"), NamedCast()).text)
    assert f"was {NamedCast().name(ANN)}" in text
    assert "is there a story behind it?" in text


class Namesakes(NamedCast):
    """Everybody is called the same."""

    def name(self, seat: int) -> str:
        return "M" * 40


def test_people_of_one_name_can_be_told_apart() -> None:
    board = view.board(begun(), Words("en"), Namesakes())
    labels = [control.label for row in board.rows for control in row]
    assert len(set(labels)) == len(labels) == rules.CHOICES
    assert all(len(label) <= 40 for label in labels)
