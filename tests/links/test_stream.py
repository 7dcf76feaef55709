"""One room as it talks."""

from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.links.messages import Link, Message
from bot.links.stream import Stream
from bot.links.window import SIZE
from tests.links.talk import NOON, links, talk

NAMES = st.sampled_from(["ann", "Bob", "Çelik", "d'Arc", "نور", "x y", ""])
MESSAGES = st.lists(
    st.tuples(
        NAMES,
        st.one_of(st.text(max_size=60), st.sampled_from(["bob: how?", "@ann sí", "=== x left"])),
        st.integers(-5, 600),
        st.lists(NAMES, max_size=2),
    ),
    max_size=25,
)


def linked(said: list[tuple[str, str, int, list[str]]]) -> list[Link]:
    stream, at = Stream(), NOON
    found = []
    for number, (author, text, minutes, mentions) in enumerate(said):
        at += timedelta(minutes=minutes)
        found.append(stream.link(Message(f"{number}", at, author, text, tuple(mentions))))
    return found


@given(MESSAGES)
@settings(max_examples=60, deadline=None)
def test_a_link_never_goes_forward_and_never_to_itself(
    said: list[tuple[str, str, int, list[str]]],
) -> None:
    assert all(link.to is None or int(link.to) < int(link.of) for link in linked(said))


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_the_same_messages_give_the_same_links(said: list[tuple[str, str, int, list[str]]]) -> None:
    assert linked(said) == linked(said)


@given(MESSAGES)
@settings(max_examples=40, deadline=None)
def test_a_confidence_is_a_probability(said: list[tuple[str, str, int, list[str]]]) -> None:
    assert all(0 <= link.confidence <= 1 for link in linked(said))


def test_the_first_message_starts_a_conversation() -> None:
    assert links("ann: hello everyone")[0].to is None


def test_a_native_reply_is_certain() -> None:
    stream = Stream()
    for message in (messages := talk("ann: where is the sea?", "bob: hi", "cleo: bob: hi")):
        stream.link(message)
    reply = Message("r", NOON + timedelta(hours=5), "dan", "bob: hi", reply_to=messages[0].id)
    assert stream.link(reply) == Link("r", "m0", 1.0, to_question=True)


def test_a_native_reply_to_a_message_long_gone_is_certain_too() -> None:
    reply = Message("r", NOON, "dan", "indeed", reply_to="years ago")
    assert Stream().link(reply) == Link("r", "years ago", 1.0)


def test_a_mention_links_to_the_last_message_of_that_person() -> None:
    stream = Stream()
    for message in talk("7: is the office open today?", "8: what a goal", "9: unbelievable"):
        stream.link(message)
    answer = Message("a", NOON + timedelta(minutes=2), "10", "yes until five", mentions=("7",))
    assert stream.link(answer).to == "m0"


def test_a_display_name_in_the_text_is_a_mention() -> None:
    stream = Stream()
    for message in talk("7: is the office open today?", "8: what a goal", "9: unbelievable"):
        stream.link(msgspec.structs.replace(message, name=f"Person {message.author}"))
    answer = Message("a", NOON + timedelta(minutes=2), "10", "@Person 7 yes until five")
    assert stream.link(answer).to == "m0"


def test_a_notice_answers_nothing_and_nothing_answers_it() -> None:
    stream = Stream()
    stream.link(Message("n", NOON, "", "=== ann has joined"))
    assert stream.link(Message("m", NOON, "bob", "ann has joined")).to is None


def test_nothing_older_than_the_window_is_answered() -> None:
    stream = Stream()
    lines = [
        "ann: does anybody know the visa fee?",
        *(f"p{n}: so it goes {n}" for n in range(SIZE)),
    ]
    for message in talk(*lines):
        stream.link(message)
    late = Message("late", NOON + timedelta(hours=1), "zoe", "ann: the visa fee is 80 euros")
    assert stream.link(late).to != "m0"


def test_a_stream_keeps_no_text() -> None:
    stream = Stream()
    stream.link(Message("m", NOON, "ann", "my secret is a very long sentence indeed"))
    kept = stream._window.heard[0]
    assert "a very long" not in repr(msgspec.structs.asdict(kept))


def test_memory_stays_bounded() -> None:
    stream = Stream()
    for number in range(3 * SIZE):
        stream.link(Message(str(number), NOON, f"p{number}", f"=ok {number}"))
    assert len(stream._window.heard) == SIZE
