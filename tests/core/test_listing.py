"""Lists in words: "y" is "e" where Spanish wants it, and nothing else is touched."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LANGUAGES, Words, with_e
from bot.text import isolated

ES = Words("es")
ITEMS = st.lists(st.text(max_size=12), min_size=1, max_size=5)


@pytest.mark.parametrize("last", ["Inés", "hijos", "Íñigo", "iglesias", "“islas”", isolated("Isa")])
def test_and_is_e_before_the_sound_of_i(last: str) -> None:
    assert ES.listing(["Ana", "Leo", last]) == f"Ana, Leo e {last}"


@pytest.mark.parametrize("last", ["Yolanda", "hielo", "iones", "Eva", "2 más", isolated("Luis")])
def test_and_stays_y_before_everything_else(last: str) -> None:
    assert ES.listing(["Ana", last]) == f"Ana y {last}"


def test_in_portuguese_and_is_e_anyway_and_in_french_it_never_is() -> None:
    assert [Words(one).listing(["Ana", "Inés"]) for one in ("pt", "fr")] == [
        "Ana e Inés",
        "Ana et Inés",
    ]


@given(items=ITEMS)
def test_a_list_of_one_is_itself_in_every_language(items: list[str]) -> None:
    assert all(Words(language).listing(items[:1]) == items[0] for language in LANGUAGES)


@given(items=ITEMS)
def test_only_the_word_between_the_last_two_changes(items: list[str]) -> None:
    *first, last = items
    listed = f"{', '.join(first)} y {last}"
    assert with_e(listed, last) in (listed, f"{', '.join(first)} e {last}")


@given(text=st.text(), last=st.text())
def test_what_is_no_list_stays_as_it_is(text: str, last: str) -> None:
    assert with_e(text, last) == text or text.endswith(f" y {last}")
