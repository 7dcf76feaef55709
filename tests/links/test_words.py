"""What reads as a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links.questions import ASKS
from bot.links.words import reads_as_question, shape, tokens

QUESTIONS = [
    "How do I renew my residence permit?",
    "does anyone know a good dentist near the station",
    "Ann: which form did you use for the visa?",
    "Quelqu'un connaît un bon médecin",
    "Comment est-ce que je m'inscris à la mairie ?",
    "je cherche un appartement à Lyon",
    "¿Dónde se pide la cita?",
    "alguien sabe cuánto tarda el visado",
    "Alguém sabe onde fica o consulado",
    "Como faço para abrir uma conta no banco?",
    "где купить билет?",
    "هل المكتب مفتوح اليوم؟",
    "你知道办公室在哪里吗？",
]
STATEMENTS = [
    "",
    "?",
    "what?",
    "really??",
    "😀",
    "ok thanks",
    "that is how it works",
    "see https://example.org/?q=1",
    "> what is this?\nno idea",
    "`SELECT ?`",
    "someone told me yesterday",
    "merci beaucoup",
    "te lo mando mañana",
    "que bom, parabéns",
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_reads_as_one(text: str) -> None:
    assert reads_as_question(text) >= ASKS


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_does_not(text: str) -> None:
    assert reads_as_question(text) < ASKS


@given(st.text())
def test_any_text_has_a_likelihood(text: str) -> None:
    assert 0 <= reads_as_question(text) <= 1


@given(st.text())
def test_any_text_has_a_shape_of_finite_numbers(text: str) -> None:
    assert all(abs(value) < 1e6 for value in shape(text, tokens(text)))


def test_a_long_text_is_read_quickly() -> None:
    """Nothing in the patterns backtracks: 100,000 characters of the worst kind take no second."""
    assert reads_as_question("`" * 50_001 + "? " * 25_000) <= 1
