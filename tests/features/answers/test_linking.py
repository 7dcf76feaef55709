"""Which messages of a room are taken for answers: what holds for any conversation."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.events import MessagePosted
from bot.features.answers.linking import REACH, Candidate, Conversation
from bot.features.answers.questions import Question
from bot.features.answers.sayings import may_answer
from bot.links import UNSURE
from bot.refs import ChatRef, MemberRef

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ROOM = ChatRef("local", "g", "1")
QUESTION = Question(
    id=7,
    community=1,
    group_id=1,
    member="local:ann",
    member_name="Ann",
    text="Where do I get a parking permit?",
    fingerprint="",
    language="en",
    topic=None,
    topic_fixed=False,
    state="open",
    source="marked",
    same_as=None,
    room="1",
    message="0",
    asked_at=NOW,
    answered_at=None,
    solved_at=None,
    stage=0,
)
TEXTS = st.sampled_from(
    [
        "Ann: they do permits in Mill Street",
        "Ann, the citizens' office",
        "which office?",
        "thanks",
        "that worked, thank you",
        "lunch, anybody",
        "bea: coffee at the harbour",
        "🙃",
    ]
)
SAID = st.tuples(st.sampled_from(["ann", "bea", "cid"]), TEXTS, st.booleans())


def message(number: int, name: str, text: str, reply_to: str | None = None) -> MessagePosted:
    return MessagePosted(
        id=f"l:m:{number}",
        at=NOW + timedelta(seconds=20 * number),
        chat=ROOM,
        member=MemberRef("local", name),
        name=name.capitalize(),
        message=str(number),
        text=text,
        reply_to=reply_to,
    )


def talked(said: list[tuple[str, str, bool]]) -> list[tuple[MessagePosted, Candidate | None]]:
    """A conversation under the question, and what was made of each message."""
    talk = Conversation([message(0, "ann", QUESTION.text)])
    talk.asks(QUESTION)
    events = [
        message(number, name, text, "0" if replies else None)
        for number, (name, text, replies) in enumerate(said, 1)
    ]
    return [(event, talk.hears(event)) for event in events]


@settings(max_examples=30, deadline=None)
@given(st.lists(SAID, max_size=12))
def test_only_others_answer_and_only_with_words(said: list[tuple[str, str, bool]]) -> None:
    for event, found in talked(said):
        if found is not None and not found.solved:
            assert event.member.id != "ann"
            assert may_answer(event.text)
            assert UNSURE <= found.confidence <= 1


@settings(max_examples=30, deadline=None)
@given(st.lists(SAID, max_size=12))
def test_only_the_asker_says_that_it_is_solved(said: list[tuple[str, str, bool]]) -> None:
    assert all(e.member.id == "ann" for e, found in talked(said) if found and found.solved)


def test_a_reply_to_the_question_is_certain() -> None:
    ((_, found),) = talked([("bea", "the citizens' office", True)])
    assert found == Candidate(7, 1.0)


def test_a_reply_to_what_the_asker_added_is_an_answer() -> None:
    talk = Conversation([message(0, "ann", QUESTION.text)])
    talk.asks(QUESTION)
    talk.hears(message(1, "ann", "It is for a van", "0"))
    found = talk.hears(message(2, "bea", "then Mill Street", "1"))
    assert found == Candidate(7, 1.0)


def test_a_settled_question_is_answered_no_more() -> None:
    talk = Conversation([message(0, "ann", QUESTION.text)])
    talk.asks(QUESTION)
    talk.settled(7)
    assert talk.hears(message(1, "bea", "the citizens' office", "0")) is None


def test_a_question_that_scrolled_away_costs_nothing() -> None:
    talk = Conversation([message(0, "ann", QUESTION.text)])
    talk.asks(QUESTION)
    for number in range(1, REACH + 2):
        talk.hears(message(number, "bea", "lunch, anybody"))
    assert talk.rests
