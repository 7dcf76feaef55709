"""Packs of own questions: read as a whole, or told what is wrong and where."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.trivia.pack_words import fault_words
from bot.games.trivia.packs import (
    LONGEST,
    MOST_FAULTS,
    MOST_QUESTIONS,
    Fault,
    Pack,
    PackFaults,
    parse,
)
from bot.i18n import LANGUAGES, Words
from bot.play import Item

GUIDE = Path(__file__).parents[3] / "docs" / "game-packs.md"
GOOD = '[[question]]\ntext = "Where?"\nanswers = ["Here"]\n'

toml_text = st.text(st.characters(codec="utf-8"), max_size=60)
lines = st.lists(
    st.one_of(
        toml_text,
        st.sampled_from(
            [
                "[[question]]",
                'text = "a"',
                'answers = ["b"]',
                'answer = "b"',
                "answer = 3",
                'wrong = ["c", "b"]',
                "fact = true",
                "answers = [[1], {}]",
                "[question]",
                "other = 1",
                'text = """',
            ]
        ),
    ),
    max_size=12,
).map("\n".join)


def faults(text: str) -> list[Fault]:
    with pytest.raises(PackFaults) as raised:
        parse(text)
    return list(raised.value.faults)


def codes(text: str) -> list[str]:
    return [fault.code for fault in faults(text)]


def test_the_example_of_the_guide_is_a_pack() -> None:
    example = re.search(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    assert example
    first, second, third = parse(example[1]).items
    assert first.answers == ("Lisbon", "Lisboa")
    assert first.others == ("Porto", "Madrid", "Valencia")
    assert first.source.startswith("Eleven people")
    assert second.answers == ("Biscuit",)
    assert third.answers == ("9",)


def test_a_question_becomes_an_item() -> None:
    assert parse(GOOD) == Pack((Item("Where?", ("Here",)),))


def test_a_pack_may_be_for_games_in_one_language() -> None:
    assert parse(f'language = "fr"\n{GOOD}').language == "fr"
    assert parse(GOOD).language == ""


def test_a_question_may_run_over_several_lines_and_is_shown_in_one() -> None:
    assert (
        parse('[[question]]\ntext = """\nWhere\n  to?"""\nanswer = "x"\n').items[0].text
        == "Where to?"
    )


def test_direction_characters_are_taken_out() -> None:
    assert parse('[[question]]\ntext = "\\u202Ea"\nanswer = "b"\n').items[0].text == "a"


def test_a_fault_names_the_question_and_its_line() -> None:
    assert faults(GOOD + "\n[[question]]\ntext = 'Why?'\n") == [Fault("missing", 2, 5, "answers")]


def test_a_slip_in_the_file_names_the_line() -> None:
    (fault,) = faults('[[question]]\ntext = "no end\n')
    assert (fault.code, fault.question, fault.line) == ("syntax", 0, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "no-questions"),
        ("title = 'x'\n" + GOOD, "unknown-key"),
        ("[question]\ntext = 'x'", "wrong-type"),
        (GOOD + "answer = 'x'", "unknown-key"),
        (GOOD + "hint = 'x'", "unknown-key"),
        ("[[question]]\nanswer = 'x'", "missing"),
        ("[[question]]\ntext = true\nanswer = 'x'", "wrong-type"),
        ("[[question]]\ntext = 'a'\nanswers = 'x'", "wrong-type"),
        ("[[question]]\ntext = 'a'\nanswers = []", "empty"),
        ("[[question]]\ntext = ' '\nanswer = 'x'", "empty"),
        (GOOD + f"fact = '{'x' * 301}'", "too-long"),
        (GOOD + f"wrong = {[str(n) for n in range(21)]}", "too-many-answers"),
        (GOOD + "wrong = ['there', 'HERE!']", "right-and-wrong"),
        (GOOD * 2, "twice"),
        (f"language = 'de'\n{GOOD}", "language"),
        (f"language = ['fr']\n{GOOD}", "language"),
        (f"{GOOD}language = 'fr'\n", "unknown-key"),
        ("x = " + "[" * 50_000, "syntax"),
        ("x = " + "1" * 9_999, "syntax"),
        ("#" * 200_001, "too-large"),
        ("[[question]]\n" * (MOST_QUESTIONS + 1), "too-many"),
    ],
)
def test_what_is_wrong_is_told(text: str, code: str) -> None:
    assert codes(text) == [code]


def test_all_faults_are_told_at_once() -> None:
    assert codes("[[question]]\n[[question]]\ntext = 'a'") == ["missing", "missing", "missing"]


def test_no_more_faults_are_told_than_somebody_reads() -> None:
    assert len(faults("[[question]]\n" * 100)) == MOST_FAULTS


def test_a_line_is_left_out_where_a_header_stands_in_a_text() -> None:
    text = "[[question]]\ntext = '''\n[[question]]\n'''\n"
    assert faults(text) == [Fault("missing", 1, 0, "answers")]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_fault_has_words(language: str) -> None:
    for code in {row.split("`")[1] for row in _rows()}:
        told = fault_words(Fault(code, 2, 7, "text"), Words(language))
        assert "2" in str(told)
        assert "{" not in str(told)


def _rows() -> list[str]:
    from bot.games.trivia import packs

    return [row for row in (packs.__doc__ or "").splitlines() if row.startswith("| `")]


@given(lines)
def test_any_text_is_a_pack_or_told_what_is_wrong(text: str) -> None:
    items: tuple[Item, ...] = ()
    found: tuple[Fault, ...] = ()
    try:
        items = parse(text).items
    except PackFaults as error:
        found = error.faults
    assert bool(items) != bool(found)
    assert all(str(fault_words(fault, Words())) for fault in found)
    assert all(item.text and item.answers and len(item.text) <= 300 for item in items)
    assert all(len(answer) <= LONGEST["answers"] for item in items for answer in item.answers)
