"""What counts as a question, and what two wordings have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.answers.rules import TEXT, asks_something, fingerprint, has_words, tidy


@pytest.mark.parametrize(
    "text",
    [
        "Does anybody know who repairs old sewing machines?",
        "Qui connaît un cordonnier près de la gare ?",
        "¿Alguien sabe dónde se renueva el permiso?",
        "Alguém sabe onde renovar a carta de condução?",
        "駅の近くで静かに働ける場所はどこですか？",
    ],
)
def test_what_somebody_else_may_ask_again_asks_something(text: str) -> None:
    assert asks_something(text)


@pytest.mark.parametrize(
    "text", ["Does it work?", "Really??", "Which string is missing?", "…?", ""]
)
def test_what_means_nothing_alone_asks_nothing(text: str) -> None:
    assert not asks_something(text)


@given(st.text())
def test_no_text_is_too_odd(text: str) -> None:
    assert asks_something(text) in (True, False)


@given(st.text(max_size=2 * TEXT))
def test_what_is_kept_is_never_longer_than_allowed(text: str) -> None:
    assert len(tidy(text)) <= TEXT


def test_case_accents_and_punctuation_make_no_other_question() -> None:
    assert fingerprint("Où est  la GARE ?") == fingerprint("ou est la gare")


@pytest.mark.parametrize("text", ["", "🙂🙂🙂", "?!…", "  \n ", "a"])
def test_signs_alone_are_no_words(text: str) -> None:
    assert not has_words(text)
