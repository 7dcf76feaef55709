"""Whom a question is carried to, over any history."""

from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.answers.carry_rules import (
    CAP,
    LATELY,
    NAMES,
    Carried,
    Part,
    Past,
    barred,
    likeness,
    pick,
    rank,
    shared,
)

PEOPLE = ("ann", "bea", "cem", "dia", "eli", "fay")
people = st.sampled_from(PEOPLE)
pasts = st.builds(
    Past,
    member=people,
    part=st.sampled_from(Part),
    age=st.integers(0, 5_000),
    likeness=st.sampled_from((0.0, 0.4, 0.9)),
)
histories = st.lists(pasts, max_size=8)
rounds = st.lists(st.tuples(people, histories, st.sets(people)), max_size=8)


def carried_through(
    asked: list[tuple[str, list[Past], set[str]]],
) -> list[tuple[str, set[str], list[str]]]:
    """Each question's asker, who agreed, and whom it was shown to, twice over."""
    log: list[Carried] = []
    shown = []
    for number, (asker, history, agreed) in enumerate(asked):
        for _ in range(2):
            chosen = pick(rank(history), barred(asker, number, log), agreed)
            log = [Carried(number, one.member) for one in chosen] + log
            shown.append((asker, agreed, [one.member for one in chosen]))
    return shown


@settings(max_examples=25)
@given(rounds)
def test_never_more_than_two_are_named(asked: list[tuple[str, list[Past], set[str]]]) -> None:
    assert all(len(names) <= NAMES for _, _, names in carried_through(asked))


@settings(max_examples=25)
@given(rounds)
def test_the_asker_is_never_asked(asked: list[tuple[str, list[Past], set[str]]]) -> None:
    assert all(asker not in names for asker, _, names in carried_through(asked))


@settings(max_examples=25)
@given(rounds)
def test_nobody_who_did_not_agree_is_named(asked: list[tuple[str, list[Past], set[str]]]) -> None:
    assert all(set(names) <= agreed for _, agreed, names in carried_through(asked))


@settings(max_examples=25)
@given(rounds)
def test_nobody_is_shown_two_questions_running(
    asked: list[tuple[str, list[Past], set[str]]],
) -> None:
    named = [names for _, _, names in carried_through(asked) if names]
    assert all(not set(one) & set(two) for one, two in pairwise(named))


@settings(max_examples=25)
@given(rounds)
def test_nobody_has_more_than_their_share(asked: list[tuple[str, list[Past], set[str]]]) -> None:
    named = [name for _, _, names in carried_through(asked) for name in names]
    windows = [named[i : i + LATELY] for i in range(len(named))]
    assert all(window.count(name) <= CAP + 1 for window in windows for name in PEOPLE)


@given(histories)
def test_only_those_who_know_the_like_are_asked(history: list[Past]) -> None:
    like = {past.member for past in history if past.likeness > 0}
    assert {one.member for one in pick(rank(history), (), PEOPLE)} <= like


@given(histories)
def test_the_reason_is_true(history: list[Past]) -> None:
    assert all(one.because in history for one in rank(history))


@given(histories)
def test_the_order_of_the_history_makes_no_difference_to_who_is_ranked(history: list[Past]) -> None:
    there = {one.member for one in rank(history)}
    assert there == {one.member for one in rank(reversed(history))} == {p.member for p in history}


def test_who_solved_the_like_comes_before_who_answered_it() -> None:
    history = [Past("ann", Part.ANSWERED, likeness=0.9), Past("bea", Part.SOLVED, likeness=0.9)]
    assert [one.member for one in rank(history)] == ["bea", "ann"]


def test_who_answered_lately_comes_before_who_did_long_ago() -> None:
    history = [
        Past("ann", Part.SOLVED, age=60, likeness=0.9),
        Past("bea", Part.SOLVED, age=2, likeness=0.9),
    ]
    assert [one.member for one in rank(history)] == ["bea", "ann"]


def test_one_answer_of_today_counts_more_than_many_of_long_ago() -> None:
    history = [Past("ann", Part.ANSWERED, age=400)] * 50 + [Past("bea", Part.ANSWERED)]
    assert [one.member for one in rank(history)] == ["bea", "ann"]


def test_what_is_told_is_what_was_most_alike() -> None:
    when = datetime(2026, 3, 1, tzinfo=UTC)
    old = Past("ann", Part.SOLVED, age=900, likeness=0.9, subject="Visa?", at=when)
    (ann,) = rank([Past("ann", Part.SOLVED), old])
    assert ann.because == old


def test_a_faint_likeness_is_none() -> None:
    assert likeness(0.2, 0.1, 0.2) == 0.0


def test_other_words_around_the_same_matter_are_alike() -> None:
    one = "Which dentist near the harbour speaks English?"
    assert likeness(0, 0, shared(one, "Is there an English speaking dentist at the harbour?")) > 0


def test_the_same_kind_of_question_about_something_else_is_not_alike() -> None:
    one = "Which dentist near the harbour speaks English?"
    assert likeness(0, 0, shared(one, "Which bus goes to the airport in the morning?")) == 0


@given(st.text(), st.text())
def test_shared_words_are_a_share(one: str, two: str) -> None:
    assert 0 <= shared(one, two) == shared(two, one) <= 1
