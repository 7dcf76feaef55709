"""Topics from the words that questions share."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.topic_rules import (
    LEAST,
    MOST_TOPICS,
    WORDS,
    named,
    sorted_into,
    suggest,
    telling,
    tidy_name,
)

VISA = [
    "How do I renew my visa at the prefecture?",
    "Which photos does the visa office want?",
    "Is a visa needed for Brazil?",
    "My visa expires in May, what now?",
    "Visa appointment: how long in advance?",
]
BIKES = [
    "Who repairs bicycles near the station?",
    "Where to park a bicycle safely?",
    "My bicycle was stolen, what should I do?",
    "Can I take a bicycle on the train?",
]
TOWN = dict(enumerate([*VISA, *BIKES, "Is the library open on Sunday?", "Any good tea shop?"], 1))
WORD = st.sampled_from(["visa", "tax", "tea", "rent", "bike", "school", "train", "book", "bank"])
TEXTS = st.dictionaries(st.integers(1, 60), st.lists(WORD, max_size=6).map(" ".join), max_size=40)


def test_questions_that_share_a_telling_word_suggest_a_topic() -> None:
    found = {topic.name: set(topic.questions) for topic in suggest(TOWN)}
    assert found == {"Visa": {1, 2, 3, 4, 5}, "Bicycle": {6, 7, 8, 9}}


def test_words_that_everybody_uses_are_no_topic() -> None:
    assert suggest({n: f"How can I find someone who knows thing {n}?" for n in range(20)}) == []


def test_a_word_in_nearly_every_question_is_no_topic() -> None:
    texts = {n: f"Lisbon {word}?" for n, word in enumerate("abcdefghijklmnopqrst")}
    assert suggest(texts) == []


@given(TEXTS)
def test_no_question_is_suggested_twice(texts: dict[int, str]) -> None:
    gathered = [number for topic in suggest(texts) for number in topic.questions]
    assert len(gathered) == len(set(gathered))


@given(TEXTS)
def test_suggestions_are_few_and_large_enough(texts: dict[int, str]) -> None:
    found = suggest(texts)
    assert len(found) <= MOST_TOPICS
    assert all(len(topic.questions) >= LEAST and len(topic.words) <= WORDS for topic in found)


@given(TEXTS, st.randoms())
def test_the_order_of_questions_makes_no_difference(texts: dict[int, str], rng: Random) -> None:
    shuffled = list(texts.items())
    rng.shuffle(shuffled)
    assert suggest(dict(shuffled)) == suggest(texts)


@given(TEXTS)
def test_what_a_topic_gathered_is_sorted_into_it(texts: dict[int, str]) -> None:
    for topic in suggest(texts):
        assert all(sorted_into(texts[n], {7: topic.words}) == 7 for n in topic.questions)


@given(st.text(max_size=200))
def test_any_text_can_be_sorted(text: str) -> None:
    assert sorted_into(text, {1: ("visa",), 2: ()}) in (1, None)


def test_the_topic_with_most_of_the_words_wins() -> None:
    topics = {1: ("train", "ticket"), 2: ("bike", "train", "ticket")}
    assert sorted_into("A bike on the train: which ticket?", topics) == 2


def test_a_topic_in_another_language_is_found_by_its_word() -> None:
    texts = dict(
        enumerate(
            [
                "Où est la préfecture ?",
                "La préfecture ouvre quand ?",
                "Préfecture fermée lundi ?",
                "Rendez-vous à la préfecture ?",
            ]
        )
    )
    assert [topic.name for topic in suggest(texts)] == ["Préfecture"]


def test_a_named_topic_is_known_by_the_words_of_its_name() -> None:
    assert named("The bikes and the train") == ("bikes", "train")


@given(st.text(max_size=200))
def test_a_name_is_one_short_line(typed: str) -> None:
    name = tidy_name(typed)
    assert "\n" not in name
    assert len(name) <= 60


@given(st.text(max_size=200))
def test_telling_terms_never_include_common_words(text: str) -> None:
    assert not {"the", "how", "what"} & set(telling(text))
