"""What short messages say, in four languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.sayings import is_courtesy, is_solving_mark, may_answer, says_solved


@pytest.mark.parametrize(
    "text", ["thanks!", "Merci beaucoup", "+1", "moi aussi", "muchas gracias", "obrigada!", "👍 ok"]
)
def test_courtesies_answer_nothing(text: str) -> None:
    assert is_courtesy(text)
    assert not may_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "Non",
        "the 12",
        "Prefeitura",
        "You need form E-12, ask for it at the gate",
        "Mairie, deuxième étage, et merci de fermer la porte derrière vous",
    ],
)
def test_what_says_something_may_answer(text: str) -> None:
    assert may_answer(text)


@pytest.mark.parametrize("text", ["Which version?", "¿Para coche o bici?", "Tu es où ?", "🙃", ""])
def test_questions_back_and_emoji_answer_nothing(text: str) -> None:
    assert not may_answer(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thanks, it worked",
        "that did it, you saved me",
        "Merci, ça marche !",
        "c'est réglé",
        "Sí, ya funciona, gracias",
        "deu certo, obrigado",
        "Agora funcionou",
    ],
)
def test_the_asker_says_that_it_is_solved(text: str) -> None:
    assert says_solved(text)


@pytest.mark.parametrize(
    "text",
    [
        "still doesn't work, thanks",
        "ça ne marche toujours pas",
        "no funciona",
        "ainda não funcionou",
        "Thanks, but which office?",
        "I called them twice today",
    ],
)
def test_the_asker_says_that_it_is_not(text: str) -> None:
    assert not says_solved(text)


@given(st.text(max_size=4_000))
def test_any_text_is_read(text: str) -> None:
    assert not (is_courtesy(text) and may_answer(text))
    says_solved(text)


@pytest.mark.parametrize(
    ("emoji", "solves"), [("✅", True), ("✔️", True), ("🏆", True), ("👍", False), ("", False)]
)
def test_ticks_and_cups_say_that_it_solved(emoji: str, solves: bool) -> None:
    assert is_solving_mark(emoji) == solves
