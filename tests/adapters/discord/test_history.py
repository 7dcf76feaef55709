"""What people wrote in a room before."""

from __future__ import annotations

import pytest

from bot.effects import Post
from bot.events import MessagePosted
from bot.ports import Can, TryLater, Unreachable
from bot.refs import ChatRef
from bot.text import Text
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import chat_of


async def heard(town: Town, count: int) -> list[MessagePosted]:
    """What the core heard live, once it is so many."""
    await town.api.until(lambda: len(town.core.all(MessagePosted)) >= count)
    return town.core.all(MessagePosted)


async def test_the_past_is_told_as_it_was_heard_newest_first(town: Town) -> None:
    asked = town.ann.says(town.general, f"Who knows <@{town.bob.id}>?", files=1)
    await town.adapter.perform(Post(chat=chat_of(town.general), text=Text.of("Not me")), "1")
    town.bob.says(town.general, "I do", reply_to=asked)
    live = await heard(town, 2)
    assert await town.adapter.history(chat_of(town.general), None, 100) == live[::-1]


async def test_the_past_is_read_in_stretches_until_the_rooms_beginning(town: Town) -> None:
    for number in range(5):
        town.ann.says(town.general, f"{number}")
    read: list[str] = []
    before = None
    while stretch := await town.adapter.history(chat_of(town.general), before, 2):
        read += [event.text for event in stretch]
        before = stretch[-1].message
    assert read == ["4", "3", "2", "1", "0"]


async def test_a_long_stretch_of_programs_is_read_over(town: Town) -> None:
    town.ann.says(town.general, "long ago")
    for _ in range(150):
        town.api.post(town.general, town.api.bot, "beep")
    (event,) = await town.adapter.history(chat_of(town.general), None, 10)
    assert event.text == "long ago"


async def test_a_room_of_programs_alone_has_no_past(town: Town) -> None:
    for _ in range(100):
        town.api.post(town.general, town.api.bot, "beep")
    assert await town.adapter.history(chat_of(town.general), None, 10) == []


async def test_more_than_a_page_is_read_for_one_question(town: Town) -> None:
    for number in range(130):
        town.ann.says(town.general, f"{number}")
    read = await town.adapter.history(chat_of(town.general), None, 120)
    assert [event.text for event in read] == [str(number) for number in range(129, 9, -1)]


async def test_a_forum_post_has_its_first_message_in_its_past(town: Town) -> None:
    forum = town.guild.forum("questions")
    first = town.ann.opens_post(forum, "Bread", "How do I bake it?")
    town.bob.says(first.channel, "With flour")
    live = await heard(town, 2)
    assert await town.adapter.history(chat_of(first.channel), None, 10) == live[::-1]


async def test_the_group_alone_means_its_first_room(town: Town) -> None:
    said = town.ann.says(town.general, "hello")
    (event,) = await town.adapter.history(ChatRef("discord", str(town.guild.id)), None, 10)
    assert (event.message, event.chat) == (str(said.id), chat_of(town.general))


async def test_a_past_that_the_bot_may_not_read_is_not_offered(town: Town) -> None:
    assert Can.HISTORY in town.adapter.capabilities(chat_of(town.general)).can
    town.general.forbid("read_message_history")
    town.ann.says(town.general, "hello")
    await heard(town, 1)
    assert Can.HISTORY not in town.adapter.capabilities(chat_of(town.general)).can
    with pytest.raises(Unreachable):
        await town.adapter.history(chat_of(town.general), None, 10)


async def test_a_forum_itself_has_no_past(town: Town) -> None:
    forum = town.guild.forum("questions")
    town.ann.says(town.general, "hello")
    await heard(town, 1)
    assert Can.HISTORY not in town.adapter.capabilities(chat_of(forum)).can


async def test_a_room_that_is_gone_is_unreachable(town: Town) -> None:
    with pytest.raises(Unreachable):
        await town.adapter.history(chat_of(town.general).in_room("424242"), None, 10)


async def test_without_a_connection_one_tries_later(town: Town) -> None:
    await town.adapter.close()
    with pytest.raises(TryLater):
        await town.adapter.history(chat_of(town.general), None, 10)
