"""The short way reads what the library would have read."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from telegram import Message

from adapters.telegram import wire
from adapters.telegram.names import author, member_ref, place_of

names = st.text(min_size=1)
users = st.fixed_dictionaries(
    {"id": st.integers(1, 2**52), "is_bot": st.booleans(), "first_name": names},
    optional={"last_name": names, "username": names, "language_code": names},
)
chats = st.fixed_dictionaries(
    {"id": st.integers(-(2**52), 2**52), "type": st.sampled_from(["private", "supergroup"])},
    optional={"title": names, "is_forum": st.booleans()},
)
messages = st.fixed_dictionaries(
    {
        "message_id": st.integers(1, 2**31),
        "date": st.integers(0, 2**32),
        "chat": chats,
        "from": users,
        "text": names,
    },
    optional={
        "message_thread_id": st.integers(1, 2**31),
        "is_topic_message": st.booleans(),
        "sender_chat": chats,
        "edit_hide": st.booleans(),
    },
)


@given(messages)
def test_place_author_and_name_are_the_same(message: dict[str, Any]) -> None:
    quick, full = wire.read(message), Message.de_json(message, None)
    mine, theirs = author(quick), author(full)
    assert place_of(quick) == place_of(full)
    assert quick.date == int(full.date.timestamp())
    assert (mine is None) == (theirs is None)
    if mine is not None and theirs is not None:
        assert (member_ref(mine), mine.full_name) == (member_ref(theirs), theirs.full_name)


def test_a_picture_without_words_is_no_service_message() -> None:
    assert wire.content({"photo": []}) == ""
    assert wire.content({"new_chat_title": "Friends"}) is None
