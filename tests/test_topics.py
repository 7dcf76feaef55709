"""What a text is about, as keys."""

from hypothesis import given
from hypothesis import strategies as st

from bot.topics import key_of, keys_in


def test_a_topic_is_found_in_a_question_that_names_it() -> None:
    assert key_of("Tax returns") in keys_in("Who helps me with the TAX RETURN of last year?")


def test_a_topic_is_not_found_where_only_one_of_its_words_stands() -> None:
    assert key_of("tax return") not in keys_in("When does the bus return?")


@given(st.text(max_size=300))
def test_any_text_has_topics_without_failing(text: str) -> None:
    assert all(isinstance(key, str) for key in keys_in(text))
