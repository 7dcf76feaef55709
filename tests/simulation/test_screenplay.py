"""What the simulated members say."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.features.prompts.deck_rules import Place, Round, following
from bot.features.prompts.decks.starter import starter
from bot.simulation.cast import NAIROBI, NEW_YORK, PARIS, TOWNS, Town
from bot.simulation.screenplay import Exchange, exchanges, screenplay

everyone = pytest.mark.parametrize("town", TOWNS, ids=lambda town: town.key)


def every_exchange(town: Town) -> list[Exchange]:
    play = screenplay(town)
    answers = [exchange for found in play.answers.values() for exchange in found]
    return [*answers, *play.small, *(scene.exchange for scene in play.scenes)]


@everyone
def test_every_line_is_spoken_by_somebody_of_the_group(town: Town) -> None:
    names = {member.called for member in town.members}
    assert {line.who for exchange in every_exchange(town) for line in exchange} <= names


@everyone
def test_nobody_answers_themselves(town: Town) -> None:
    pairs = [pair for e in every_exchange(town) for pair in pairwise(e)]
    assert [a for a, b in pairs if a.who == b.who] == []


@everyone
def test_nothing_is_said_twice(town: Town) -> None:
    said = [line.words for exchange in every_exchange(town) for line in exchange]
    assert len(said) == len(set(said))


@everyone
def test_first_names_are_unique_in_a_group(town: Town) -> None:
    names = [member.called for member in town.members]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("town", "deck", "count"), [(NEW_YORK, 1, 15), (NAIROBI, 1, 15), (PARIS, 2, 11)]
)
def test_the_first_weeks_prompts_have_answers_of_their_own(
    town: Town, deck: int, count: int
) -> None:
    cards = starter(town.language).cards
    first = 1 if deck == 1 else 1 + len(cards)
    places = [Place(first + n, n) for n in range(len(cards))]
    round = Round(deck, 1, True)
    for _ in range(count):
        drawn = following(round, places)
        assert drawn is not None
        number, round = drawn
        card = cards[number - first]
        assert card.options or screenplay(town).answer(card.text), card.key


def test_a_paragraph_is_an_exchange() -> None:
    (one, other) = exchanges("Ann: Hello\nBen: And you?\n\nAnybody may say this")
    assert [(line.who, line.words) for line in one] == [("Ann", "Hello"), ("Ben", "And you?")]
    assert [(line.who, line.words) for line in other] == [("", "Anybody may say this")]


def test_there_are_about_sixty_members() -> None:
    assert 55 <= sum(len(town.members) for town in TOWNS) <= 65


def test_somebody_comes_late_in_each_group() -> None:
    late = timedelta(days=10)
    assert all(any(timedelta(days=m.joins) > late for m in town.members) for town in TOWNS)
