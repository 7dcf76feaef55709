"""What people do on Telegram reaches the core as events."""

from __future__ import annotations

from datetime import UTC

import pytest

from adapters.telegram import TelegramAdapter
from bot.effects import Button, Edit, Poll, Post
from bot.events import (
    ChatAdded,
    ChatMoved,
    ChatRemoved,
    ChoiceMade,
    MemberJoined,
    MemberLeft,
    MessageEdited,
    MessagePosted,
    Opened,
    PollVoted,
    Reacted,
)
from bot.refs import MessageRef
from bot.text import Text
from tests.adapters.telegram.conftest import running
from tests.adapters.telegram.core import Core, ref, who
from tests.telegram_api import Chat, Person, TelegramApi

pytestmark = pytest.mark.usefixtures("adapter")


async def test_a_message_is_an_event(core: Core, group: Chat, ann: Person) -> None:
    message = await ann.says(group, "Good morning")
    event = await core.heard(MessagePosted)
    assert event.chat == ref(group)
    assert (event.member, event.name, event.text) == (who(ann), "Ann", "Good morning")
    assert event.message == str(message.id)
    assert event.id == f"t:m:{group.id}:{message.id}"
    assert event.at.tzinfo is UTC or event.at.utcoffset() is not None


async def test_a_reply_names_whom_it_answers(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    question = await bob.says(group, "Tea?")
    await ann.says(group, "Yes", reply_to=question)
    event = await core.heard(MessagePosted, 2)
    assert (event.reply_to, event.reply_to_member) == (str(question.id), who(bob))


async def test_people_are_mentioned_by_user_name_and_without(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    await ann.says(group, "Hello")
    named = {"type": "text_mention", "offset": 3, "length": 3, "user": bob.user.as_json()}
    await ann.says(group, "😀 Bob @ann_lee @nobody", entities=[named])
    event = await core.heard(MessagePosted, 2)
    assert event.mentions == (who(bob), who(ann))


async def test_a_picture_says_its_caption(core: Core, group: Chat, ann: Person) -> None:
    await ann.sends_photo(group, "My cat")
    event = await core.heard(MessagePosted)
    assert (event.text, event.has_media) == ("My cat", True)


async def test_an_edit_is_told(core: Core, group: Chat, ann: Person) -> None:
    message = await ann.says(group, "Helo")
    await ann.edits(message, "Hello")
    event = await core.heard(MessageEdited)
    assert (event.message, event.text) == (str(message.id), "Hello")


async def test_a_topic_is_a_room(api: TelegramApi, core: Core, ann: Person) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    await ann.says(forum, "Green or black?", topic=topic.id)
    event = await core.heard(MessagePosted)
    assert event.chat == ref(forum, str(topic.id))
    assert event.reply_to is None


async def test_the_general_topic_is_the_group_itself(
    api: TelegramApi, core: Core, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    await ann.says(forum, "Hello")
    assert (await core.heard(MessagePosted)).chat == ref(forum)


async def test_a_deep_link_opens_the_private_conversation(core: Core, ann: Person) -> None:
    await ann.starts("prompt-yes-7")
    event = await core.heard(Opened)
    assert (event.chat, event.payload) == (who(ann).private_chat, "prompt-yes-7")


async def test_a_press_is_told_and_stops_spinning(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    buttons = ((Button("Yes", "prompt.yes:7"), Button("Old", "prompt.old", disabled=True)),)
    await adapter.perform(Post(chat=ref(group), text=Text.of("Tea?"), buttons=buttons), "1")
    press = await ann.presses(group.last, "Yes")
    event = await core.heard(ChoiceMade)
    assert (event.choice, event.message) == ("prompt.yes:7", str(group.last.id))
    assert event.moderator
    message = MessageRef(event.chat, event.message)
    edit = Edit(chat=event.chat, text=Text.of("Yes"), message=message, answering=event.answer)
    await adapter.perform(edit, "2")
    assert (await press.answered())["text"] is None


async def test_a_disabled_button_does_nothing(
    core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    buttons = ((Button("Old", "prompt.old", disabled=True),),)
    await adapter.perform(Post(chat=ref(group), text=Text.of("Tea?"), buttons=buttons), "1")
    await (await ann.presses(group.last, "Old")).answered()
    assert core.events == []


async def test_reactions_are_told_one_by_one(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    message = await ann.says(group, "Tea")
    await bob.reacts(message, "👍", "🔥")
    await bob.reacts(message, "🔥")
    event = await core.heard(Reacted, 3)
    assert (event.emoji, event.added, event.member) == ("👍", False, who(bob))
    assert len({e.id for e in core.events}) == 4


async def test_votes_find_their_poll_after_a_restart(
    api: TelegramApi, core: Core, adapter: TelegramAdapter, group: Chat, ann: Person
) -> None:
    sent = await adapter.perform(Poll(chat=ref(group), question="Tea?", options=("No", "Yes")), "1")
    async with running(api, core):
        await ann.votes(group.last, "Yes")
        event = await core.heard(PollVoted)
    assert sent is not None
    assert (event.chat, event.message, event.options) == (sent.chat, sent.id, (1,))


async def test_reactions_in_a_topic_find_their_room(
    api: TelegramApi, core: Core, adapter: TelegramAdapter, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    topic = await ann.opens_topic(forum, "Tea")
    room = ref(forum, str(topic.id))
    await adapter.perform(Post(chat=room, text=Text.of("Which?")), "1")
    await ann.reacts(forum.last, "👍")
    assert (await core.heard(Reacted)).chat == room


@pytest.mark.parametrize("standing", ["member", "administrator"])
async def test_coming_and_going_are_told_once(
    api: TelegramApi, core: Core, ann: Person, standing: str
) -> None:
    group = api.supergroup("Readers", ann, bot=standing)
    carl = api.user("Carl")
    await carl.joins(group)
    assert (await core.heard(MemberJoined)).member == who(carl)
    await carl.leaves(group)
    assert (await core.heard(MemberLeft)).member == who(carl)
    await api.confirmed()
    assert len(core.events) == 2


async def test_the_bot_comes_and_goes(
    api: TelegramApi, core: Core, ann: Person, group: Chat
) -> None:
    await ann.removes_bot(group)
    assert (await core.heard(ChatRemoved)).chat == ref(group)
    await ann.adds_bot(group)
    event = await core.heard(ChatAdded)
    assert (event.title, event.by, event.new) == ("Friends", who(ann), True)


async def test_a_migration_is_one_fact(api: TelegramApi, core: Core, ann: Person) -> None:
    old = api.group("Old", ann)
    new = await ann.upgrades(old)
    event = await core.heard(ChatMoved, 2)
    assert (event.chat, event.to) == (ref(old), ref(new))
    assert len({e.id for e in core.events}) == 1


async def test_channels_and_disguised_administrators_are_no_members(
    core: Core, group: Chat, ann: Person
) -> None:
    await ann.says(group, "Rules", sender_chat=group)
    await ann.says(group, "Hello")
    await core.heard(MessagePosted)
    assert len(core.events) == 1
