"""Which message answered which: the rule, with and without the model."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.events import MessagePosted
from bot.features.answers.importing.pairing import Pair, Pairs
from bot.links.stream import Stream
from bot.refs import ChatRef, MemberRef
from tests.features.answers.importing.conftest import Replies

START = datetime(2026, 11, 1, 10, tzinfo=UTC)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["ann", "ben", "cat"]),
        st.sampled_from(
            ["How do I open the door?", "With the key under the mat.", "Thanks", "👍", "", "Why?"]
        ),
        st.integers(0, 6),
        st.sampled_from(["", "hall"]),
    ),
    max_size=25,
)


def said(number: int, who: str, text: str, to: int = 0, room: str = "") -> MessagePosted:
    return MessagePosted(
        id=f"l:m:{number}",
        at=START + timedelta(seconds=40 * number),
        chat=ChatRef("local", "friends", room),
        member=MemberRef("local", who),
        name=who.title(),
        message=str(number),
        text=text,
        reply_to=str(to) if to else None,
    )


def found(*events: MessagePosted, model: bool = False) -> list[tuple[str, str]]:
    pairs = Pairs(Stream if model else Replies)
    heard = [pairs.hear(event) for event in events]
    return [(p.question.message, p.answer.message) for p in heard if p is not None]


def test_a_reply_to_a_question_is_a_pair() -> None:
    asked = said(1, "ann", "How do I get a tax number?")
    assert found(asked, said(2, "ben", "At the tax office in town.", to=1)) == [("1", "2")]


def test_nobody_answers_themselves() -> None:
    asked = said(1, "ann", "How do I get a tax number?")
    assert found(asked, said(2, "ann", "At the tax office in town.", to=1)) == []


def test_thanks_are_no_answer() -> None:
    assert found(said(1, "ann", "How do I get a tax number?"), said(2, "ben", "ok", to=1)) == []


def test_a_question_back_is_no_answer() -> None:
    asked = said(1, "ann", "How do I get a tax number?")
    assert found(asked, said(2, "ben", "Which country are you in?", to=1)) == []


def test_what_is_no_question_has_no_answer() -> None:
    assert found(said(1, "ann", "Lovely day."), said(2, "ben", "It is indeed so.", to=1)) == []


def test_a_reply_long_after_still_counts() -> None:
    between = [said(n, "cat", f"Line {n} about nothing") for n in range(2, 150)]
    last = said(150, "ben", "At the tax office in town.", to=1)
    assert found(said(1, "ann", "How do I get a tax number?"), *between, last) == [("1", "150")]


def test_the_model_finds_an_answer_without_a_reply() -> None:
    lines = (
        said(1, "cat", "Good morning everybody"),
        said(2, "ann", "How do I get a tax number in Portugal?"),
        said(3, "ben", "Ann: you get the tax number at the tax office, bring your passport"),
    )
    assert found(*lines, model=True) == [("2", "3")]


@given(LINES)
def test_a_pair_is_a_question_and_a_later_message_of_another_in_the_same_room(
    lines: list[tuple[str, str, int, str]],
) -> None:
    events = [
        said(n, who, text, min(to, n - 1), room) for n, (who, text, to, room) in enumerate(lines, 1)
    ]
    pairs = Pairs(Replies)
    for pair in [pair for event in events if (pair := pairs.hear(event))]:
        assert isinstance(pair, Pair)
        assert int(pair.question.message) < int(pair.answer.message)
        assert pair.question.member != pair.answer.member
        assert pair.question.chat == pair.answer.chat
        assert pair.question.text == "How do I open the door?"
