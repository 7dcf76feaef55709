"""People's names and words in the texts of games: on one line, short enough, told apart."""

from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Words
from bot.play.board import LABEL_LENGTH
from bot.play.wording import cut, inline, label, name_labels, named, one_line, paragraphs
from bot.text import Text, isolated

NAMES = st.lists(st.text(min_size=1, max_size=60).map(isolated), max_size=12)


@given(text=st.text(max_size=80), most=st.integers(1, 60))
def test_what_is_cut_is_short_enough_and_says_so(text: str, most: int) -> None:
    shown = cut(text, most)
    assert len(shown) <= most
    assert shown == text or shown.endswith("…")


@given(text=st.text())
def test_words_inside_a_sentence_stay_on_their_line_and_in_their_direction(text: str) -> None:
    shown = inline(text)
    assert "\n" not in shown
    assert shown.count("\u2068") == shown.count("\u2069") == 1


@given(text=st.text())
def test_one_line_of_one_line_is_itself(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(names=NAMES)
def test_names_fit_onto_buttons(names: list[str]) -> None:
    assert all(len(shown) <= LABEL_LENGTH for shown in name_labels(names))


def test_people_of_the_same_name_are_told_apart() -> None:
    assert name_labels([isolated("Ann"), isolated("Ben"), isolated("Ann")]) == [
        "Ann (1)",
        "Ben",
        "Ann (2)",
    ]


def test_a_button_shows_a_name_without_marks_of_direction() -> None:
    assert label(isolated("Ann")) == "Ann"


def test_of_many_names_some_are_shown_and_the_others_counted() -> None:
    assert named(list("abcde"), Words("en"), 3) == "a, b, c, and 2 more"
    assert named(list("abc"), Words("en"), 3) == "a, b, and c"


def test_an_empty_paragraph_leaves_no_gap() -> None:
    assert str(paragraphs([Text.of("a"), Text(), Text.of("b")])) == "a\n\nb"
