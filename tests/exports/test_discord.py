"""What DiscordChatExporter writes."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.exported import ExportReader
from bot.exports import BadExport, Skip
from bot.refs import ChatRef, MemberRef
from tests.exports.samples import all_of, d, d_channel, d_id, d_reply, homes, skipped, written
from tests.exports.test_telegram import ANYTHING

READER = ExportReader()


def events(*messages: Any) -> list[Any]:
    return written(all_of(READER, d_channel(*messages)))


def test_a_message_has_the_id_and_the_moment_that_it_had_live() -> None:
    [event] = events(d(3, "Hello"))
    assert event.id == f"d:m:{d_id(3)}"
    assert event.at == datetime(2026, 11, 1, 10, 3, tzinfo=UTC)
    assert event.chat == ChatRef("discord", "5", "7")
    assert (event.member, event.name) == (MemberRef("discord", "21"), "Person 21")


def test_the_server_is_told_first() -> None:
    assert homes(all_of(READER, d_channel(d(1)))) == [("5", "Friends")]


def test_a_reply_knows_whom_it_answers() -> None:
    _, event = events(d(1), d_reply(2, to=1))
    assert (event.reply_to, event.reply_to_member) == (d_id(1), MemberRef("discord", "21"))


def test_mentions_of_programs_are_left_out() -> None:
    people = [{"id": "22", "isBot": False}, {"id": "23", "isBot": True}]
    [event] = events(d(1, mentions=people))
    assert event.mentions == (MemberRef("discord", "22"),)


@pytest.mark.parametrize(
    ("message", "why"),
    [
        (d(1, type="GuildMemberJoin"), Skip.SERVICE),
        (d(1, bot=True), Skip.BOT),
        (d(1, webhook=True), Skip.BOT),
        ({**d(1), "id": str(2**62)}, Skip.DATE),
        ({**d(1), "id": "0"}, Skip.DATE),
        ({**d(1), "id": "-5"}, Skip.BROKEN),
        ({**d(1), "id": 5}, Skip.BROKEN),
        ({**d(1), "author": None}, Skip.BROKEN),
        (d(1, mentions=[3]), Skip.BROKEN),
        (7, Skip.BROKEN),
    ],
)
def test_what_no_person_wrote_is_left_out(message: Any, why: Skip) -> None:
    found = all_of(READER, d_channel(message, d(2)))
    assert skipped(found) == [(1, why)]
    assert len(written(found)) == 1


@pytest.mark.parametrize("guild", ["0", 5, None, "x"])
def test_what_is_from_no_server_is_refused(guild: Any) -> None:
    with pytest.raises(BadExport):
        all_of(READER, d_channel(d(1), guild=guild))


@pytest.mark.parametrize("data", [{}, [], {"messages": [d(1)]}])
def test_other_files_are_refused(data: Any) -> None:
    with pytest.raises(BadExport):
        all_of(READER, data)


@given(st.dictionaries(st.sampled_from([*d(1), "reference"]), ANYTHING))
def test_wrong_types_never_stop_the_reading(wrong: dict[str, Any]) -> None:
    found = all_of(READER, d_channel({**d(1), **wrong}, d(2)))
    assert [event.message for event in written(found)][-1] == d_id(2)
