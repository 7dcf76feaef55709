"""How often the offer is made: a property over any stream of messages."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.events import MessagePosted
from bot.features.answers.offer_pace import BETWEEN, PERSON, Offers
from bot.refs import ChatRef, MemberRef
from tests.dialogue import START

MINUTES = st.integers(0, 600)
STREAM = st.lists(st.tuples(MINUTES, st.integers(0, 2), st.integers(0, 3)), max_size=60)
"""Minutes since the last message, room, person."""


def message(number: int, minute: int, room: int, person: int) -> MessagePosted:
    return MessagePosted(
        id=f"m{number}",
        at=START + timedelta(minutes=minute),
        chat=ChatRef("local", "g", str(room)),
        member=MemberRef("local", str(person)),
        message=str(number),
        text="Where is the key?",
    )


def offers_made(stream: list[tuple[int, int, int]]) -> list[MessagePosted]:
    offers, made, minute = Offers(), [], 0
    for number, (passed, room, person) in enumerate(stream):
        minute += passed
        event = message(number, minute, room, person)
        if offers.allows(event):
            offers.made(event)
            made.append(event)
    return made


@given(STREAM)
def test_a_room_never_has_two_offers_close_together(stream: list[tuple[int, int, int]]) -> None:
    made = offers_made(stream)
    pairs = [(a, b) for a in made for b in made if a.chat == b.chat and a.at < b.at]
    assert all(b.at - a.at >= BETWEEN for a, b in pairs)


@given(STREAM)
def test_a_person_never_has_two_offers_in_a_day(stream: list[tuple[int, int, int]]) -> None:
    made = offers_made(stream)
    pairs = [(a, b) for a in made for b in made if a.member == b.member and a.at < b.at]
    assert all(b.at - a.at >= PERSON for a, b in pairs)


def test_a_message_that_is_handled_again_may_have_its_own_offer() -> None:
    offers, event = Offers(), message(1, 0, 0, 0)
    offers.made(event)
    assert offers.allows(event)
