"""What Telegram Desktop exports."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.telegram.exported import ExportReader
from bot.exports import BadExport, Skip
from bot.refs import MemberRef
from tests.exports.samples import all_of, homes, skipped, t, t_chat, written

READER = ExportReader()


def events(*messages: Any) -> list[Any]:
    return written(all_of(READER, t_chat(*messages)))


def test_a_message_has_the_id_that_it_had_live() -> None:
    [event] = events(t(5, "Hello"))
    assert event.id == "t:m:-1001234:5"
    assert event.member == MemberRef("telegram", "11")
    assert (event.name, event.text, event.message) == ("Person 11", "Hello", "5")


def test_a_basic_group_has_another_number_than_a_large_one() -> None:
    assert homes(all_of(READER, t_chat(t(1), kind="private_group"))) == [("-1234", "Friends")]
    assert homes(all_of(READER, t_chat(t(1)))) == [("-1001234", "Friends")]


def test_texts_in_parts_are_put_together() -> None:
    text = ["See ", {"type": "link", "text": "x.org"}, {"type": "bold", "text": "!"}]
    [event] = events(t(1, text))
    assert event.text == "See x.org!"


def test_a_person_named_in_the_text_is_mentioned() -> None:
    [event] = events(t(1, [{"type": "mention_name", "text": "Ben", "user_id": 12}]))
    assert event.mentions == (MemberRef("telegram", "12"),)


def test_a_reply_knows_whom_it_answers() -> None:
    _, event = events(t(1, who=11), t(2, who=12, reply_to_message_id=1))
    assert event.reply_to == "1"
    assert event.reply_to_member == MemberRef("telegram", "11")


def test_a_topic_is_a_room_and_what_stands_in_it_answers_nothing() -> None:
    opening = {**t(1), "type": "service", "action": "topic_created", "title": "Flats"}
    first, second = events(
        opening, t(2, reply_to_message_id=1), t(3, reply_to_message_id=2, who=12)
    )
    assert (first.chat.room, first.reply_to) == ("1", None)
    assert (second.chat.room, second.reply_to) == ("1", "2")


@pytest.mark.parametrize(
    ("message", "why"),
    [
        ({**t(1), "type": "service", "action": "pin_message"}, Skip.SERVICE),
        (t(1, from_id="channel99"), Skip.NOBODY),
        (t(1, inline_bot_buttons=[[]]), Skip.BOT),
        (t(1, date_unixtime="4102444800"), Skip.DATE),
        (t(1, date_unixtime="0"), Skip.DATE),
        (t(-1), Skip.BROKEN),
        ({**t(1), "id": "1"}, Skip.BROKEN),
        (t(1, text=7), Skip.BROKEN),
        (t(1, date_unixtime="soon"), Skip.BROKEN),
        (t(1, from_id=None), Skip.BROKEN),
        ("Hello", Skip.BROKEN),
        (None, Skip.BROKEN),
    ],
)
def test_what_no_person_wrote_is_left_out(message: Any, why: Skip) -> None:
    found = all_of(READER, t_chat(message, t(2, who=12)))
    assert skipped(found) == [(1, why)]
    assert len(written(found)) == 1


def test_a_deleted_account_still_counts_as_somebody() -> None:
    [event] = events({**t(1), "from": None})
    assert (event.member.id, event.name) == ("11", "")


def test_an_account_gives_its_groups_and_nothing_private() -> None:
    account = {
        "about": "x",
        "contacts": {"list": [{"first_name": "Zoe"}]},
        "chats": {
            "list": [
                {"type": "saved_messages", "id": 1, "messages": [t(1, "secret")]},
                {"name": "Zoe", "type": "personal_chat", "id": 2, "messages": [t(2, "secret")]},
                t_chat(t(3)),
                t_chat(t(4), id=77),
            ]
        },
        "left_chats": {"list": [t_chat(t(5), kind="private_group", id=8)]},
    }
    found = all_of(READER, account)
    assert [native for native, _ in homes(found)] == ["-1001234", "-10077", "-8"]
    assert [event.id for event in written(found)] == [
        "t:m:-1001234:3",
        "t:m:-10077:4",
        "t:m:-8:5",
    ]


@pytest.mark.parametrize(
    "data",
    [{}, [], {"messages": [1]}, {"type": "personal_chat", "id": 3, "messages": [t(1)]}],
)
def test_other_files_are_refused(data: Any) -> None:
    with pytest.raises(BadExport):
        all_of(READER, data)


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(t(1, reply_to_message_id=1))), ANYTHING))
def test_wrong_types_never_stop_the_reading(wrong: dict[str, Any]) -> None:
    found = all_of(READER, t_chat({**t(1), **wrong}, t(2, who=12)))
    assert [event.message for event in written(found)][-1] == "2"
