"""The deck we ship: the same prompts in four languages, each fit to be posted anywhere."""

from collections import Counter
from itertools import combinations

import pytest

from bot.features.prompts.deckfile import MAX_OPTION, MAX_QUESTION, Card, same
from bot.features.prompts.decks.starter import CATEGORIES, LANGUAGES, starter

DECKS = {language: starter(language).cards for language in LANGUAGES}

each_language = pytest.mark.parametrize("cards", DECKS.values(), ids=DECKS.keys())


def _outline(cards: tuple[Card, ...]) -> list[tuple[str | None, str, int]]:
    return [(card.key, card.category, len(card.options)) for card in cards]


@each_language
def test_it_has_at_least_120_prompts(cards: tuple[Card, ...]) -> None:
    assert len(cards) >= 120


@each_language
def test_every_prompt_has_a_key_of_its_own(cards: tuple[Card, ...]) -> None:
    assert len({card.key for card in cards if card.key}) == len(cards)


@each_language
def test_every_category_has_at_least_20_prompts(cards: tuple[Card, ...]) -> None:
    counts = Counter(card.category for card in cards)
    assert tuple(counts) == CATEGORIES
    assert min(counts.values()) >= 20


@each_language
def test_every_category_has_a_poll(cards: tuple[Card, ...]) -> None:
    assert {card.category for card in cards if card.options} == set(CATEGORIES)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_keys_categories_and_numbers_of_options_are_the_same_in_all_languages(
    language: str,
) -> None:
    assert _outline(DECKS[language]) == _outline(DECKS[LANGUAGES[0]])


@pytest.mark.parametrize(("one", "other"), list(combinations(LANGUAGES, 2)))
def test_no_prompt_reads_the_same_in_two_languages(one: str, other: str) -> None:
    texts = ({same(card.text) for card in DECKS[language]} for language in (one, other))
    assert not set.intersection(*texts)


@each_language
def test_every_prompt_fits_a_phone_screen(cards: tuple[Card, ...]) -> None:
    assert [card.text for card in cards if not 20 <= len(card.text) <= 160] == []


@each_language
def test_every_poll_has_three_to_six_options_that_fit(cards: tuple[Card, ...]) -> None:
    polls = [card for card in cards if card.options]
    assert all(3 <= len(poll.options) <= 6 for poll in polls)
    assert all(len(option) <= MAX_OPTION for poll in polls for option in poll.options)
    assert all(len(poll.text) <= MAX_QUESTION for poll in polls)


@each_language
def test_every_prompt_is_a_sentence_that_ends(cards: tuple[Card, ...]) -> None:
    assert [card.text for card in cards if card.text[-1] not in ".?”»"] == []


def test_french_never_breaks_a_line_before_its_question_marks() -> None:
    assert [card.text for card in DECKS["fr"] if " ?" in card.text or " :" in card.text] == []


def test_spanish_opens_every_question_it_closes() -> None:
    assert all(card.text.count("¿") == card.text.count("?") for card in DECKS["es"])
