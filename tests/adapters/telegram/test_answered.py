"""What a command or a message answers, and whose it is."""

from __future__ import annotations

import pytest

from adapters.telegram import TelegramAdapter
from bot.effects import Poll
from bot.events import About, CommandGiven, MessagePosted, Reacted
from bot.ports import Can
from bot.refs import MemberRef
from tests.adapters.telegram.conftest import running
from tests.adapters.telegram.core import Core, post, ref, who
from tests.telegram_api import Chat, Person, TelegramApi

pytestmark = pytest.mark.usefixtures("adapter")
DISGUISED = MemberRef("telegram", "1087968824")
CHANNELS = MemberRef("telegram", "136817688")


async def about(core: Core) -> About:
    event = await core.heard(CommandGiven)
    assert event.about is not None
    return event.about


async def test_a_command_that_answers_a_message_is_about_it(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    question = await bob.says(group, "How do I bake bread?")
    await ann.says(group, "/help", reply_to=question)
    found = await about(core)
    assert (found.message, found.author, found.name) == (str(question.id), who(bob), "Bob")
    assert found.text == "How do I bake bread?"
    assert found.at is not None
    assert found.at.timestamp() == question.date


async def test_a_command_that_answers_the_bot_names_no_author(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    await adapter.perform(post(group, "Hello"), "1")
    await ann.says(group, "/help", reply_to=group.last)
    found = await about(core)
    assert (found.author, found.text) == (None, "Hello")


async def test_the_words_of_a_picture_are_its_caption(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    picture = await bob.sends_photo(group, "Is this right?")
    await ann.says(group, "/help", reply_to=picture)
    assert (await about(core)).text == "Is this right?"


async def test_the_words_of_a_poll_are_its_question(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    await adapter.perform(Poll(chat=ref(group), question="When?", options=("now", "later")), "1")
    await ann.says(group, "/help", reply_to=group.last)
    assert (await about(core)).text == "When?"


async def test_an_administrator_in_disguise_is_the_account_that_stands_for_them(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    rules = await ann.says(group, "Be kind", sender_chat=group)
    await bob.says(group, "/help", reply_to=rules)
    found = await about(core)
    assert (found.author, found.name, found.text) == (DISGUISED, "Friends", "Be kind")


async def test_a_channel_is_the_account_that_stands_for_it(
    api: TelegramApi, core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    channel = api.group("News", ann, kind="channel")
    news = await ann.says(group, "It is spring", sender_chat=channel)
    await bob.says(group, "/help", reply_to=news)
    found = await about(core)
    assert (found.author, found.name) == (CHANNELS, "News")


async def test_who_answers_an_administrator_in_disguise_does_not_answer_the_bot(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    rules = await ann.says(group, "Be kind", sender_chat=group)
    await bob.says(group, "Yes", reply_to=rules)
    event = await core.heard(MessagePosted)
    assert (event.reply_to, event.reply_to_member) == (str(rules.id), DISGUISED)


async def test_outside_of_topics_the_first_message_of_a_chain_can_be_answered(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    question = await bob.says(group, "Tea?")
    answer = await ann.says(group, "/help", reply_to=question)
    assert answer.thread_id == question.id
    assert (await about(core)).message == str(question.id)


async def test_a_command_in_a_topic_answers_nothing_by_itself(
    api: TelegramApi, core: Core, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    await ann.says(forum, "/help", topic=topic.id)
    event = await core.heard(CommandGiven)
    assert (event.chat, event.about) == (ref(forum, str(topic.id)), None)


async def test_in_a_topic_messages_can_be_answered(
    api: TelegramApi, core: Core, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    question = await ann.says(forum, "Green or black?", topic=topic.id)
    await ann.says(forum, "/help", reply_to=question)
    assert (await about(core)).message == str(question.id)


async def test_reactions_on_somebodys_message_in_a_topic_find_their_room(
    api: TelegramApi, core: Core, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    said = await ann.says(forum, "Green", topic=topic.id)
    await ann.reacts(said, "👍")
    event = await core.heard(Reacted)
    assert (event.chat, event.message) == (ref(forum, str(topic.id)), str(said.id))


async def test_after_a_restart_reactions_still_name_their_message(
    api: TelegramApi, core: Core, adapter: TelegramAdapter, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    said = await ann.says(forum, "Green", topic=topic.id)
    await core.heard(MessagePosted)
    async with running(api, core):
        await ann.reacts(said, "👍")
        event = await core.heard(Reacted)
    assert (event.chat.group, event.message) == (str(forum.id), str(said.id))


async def test_no_chat_has_a_past_to_be_read(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    await ann.says(group, "Hello")
    await core.heard(MessagePosted)
    assert Can.HISTORY not in adapter.capabilities(ref(group)).can
    assert list(await adapter.history(ref(group), None, 10)) == []
