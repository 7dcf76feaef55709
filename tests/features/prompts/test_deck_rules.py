"""Rounds of a deck: every card once, in an order that a preview can know."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.features.prompts.deck_rules import Place, Round, fingerprint, following, visible

acts = st.lists(st.sampled_from(["draw", "draw", "draw", "add", "take"]), max_size=60)


def lived(acts: list[str], cards: int, shuffled: bool) -> list[tuple[int, int, frozenset[int]]]:
    """Plays acts; each draw gives the card, its round, and the cards there were."""
    round = Round(7, 1, shuffled)
    deck = [Place(n, n) for n in range(cards)]
    drawn = []
    for at, act in enumerate(acts):
        if act == "add":
            deck.append(Place(100 + at, 100 + at))
        elif act == "take" and deck:
            deck.pop(at % len(deck))
        elif found := following(round, deck):
            card, round = found
            drawn.append((card, round.number, frozenset(place.card for place in deck)))
    return drawn


@given(acts, st.integers(0, 8), st.booleans())
def test_no_card_comes_twice_in_a_round(acts: list[str], cards: int, shuffled: bool) -> None:
    seen = [(card, number) for card, number, _ in lived(acts, cards, shuffled)]
    assert len(seen) == len(set(seen))


@given(acts, st.integers(0, 8), st.booleans())
def test_no_card_comes_twice_in_a_row_if_there_is_another(
    acts: list[str], cards: int, shuffled: bool
) -> None:
    for (before, _, _), (after, _, deck) in pairwise(lived(acts, cards, shuffled)):
        assert before != after or len(deck) == 1


@given(acts, st.integers(0, 8), st.booleans())
def test_a_new_round_begins_only_when_every_card_came(
    acts: list[str], cards: int, shuffled: bool
) -> None:
    came: set[int] = set()
    rounds = 1
    for card, number, deck in lived(acts, cards, shuffled):
        if number != rounds:
            assert deck <= came
            came, rounds = set(), number
        came.add(card)


def test_an_ordered_deck_gives_its_cards_in_their_order() -> None:
    drawn = [card for card, _, _ in lived(["draw"] * 6, 3, shuffled=False)]
    assert drawn == [0, 1, 2, 0, 1, 2]


def test_a_shuffled_deck_has_another_order_in_each_round() -> None:
    drawn = [card for card, _, _ in lived(["draw"] * 16, 8, shuffled=True)]
    assert drawn[:8] != drawn[8:]


def test_an_empty_deck_gives_nothing() -> None:
    assert following(Round(1, 1, True), []) is None


def test_case_spacing_and_punctuation_make_no_other_prompt() -> None:
    assert fingerprint("What made you smile?") == fingerprint("  what made\nYOU smile …")


def test_prompts_of_nothing_but_signs_are_told_apart() -> None:
    assert fingerprint("🍎?") != fingerprint("🍐?")


def test_hidden_characters_alone_are_no_text() -> None:
    assert visible("\u202e\u200b \u200d\n") == ""


def test_an_override_of_direction_is_left_out_of_a_text() -> None:
    assert visible("abc\u202edef") == "abcdef"
