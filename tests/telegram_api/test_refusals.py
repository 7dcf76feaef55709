"""The loopback Telegram refuses what Telegram refuses, and python-telegram-bot understands."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)

from tests.telegram_api import TelegramApi
from tests.telegram_api.client import App, application


async def test_a_bot_cannot_write_first(api: TelegramApi, app: App) -> None:
    ann = api.user("Ann")
    with pytest.raises(Forbidden, match="can't initiate"):
        await app.bot.send_message(ann.user.id, "Hello")


async def test_a_blocked_bot_cannot_write(api: TelegramApi, app: App) -> None:
    ann = api.user("Ann")
    await ann.starts()
    await ann.blocks_bot()
    with pytest.raises(Forbidden, match="blocked"):
        await app.bot.send_message(ann.user.id, "Hello")


async def test_an_unknown_chat_is_not_found(api: TelegramApi, app: App) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await app.bot.send_message(-5, "Hello")


async def test_a_moved_group_tells_its_new_id(api: TelegramApi, app: App) -> None:
    ann = api.user("Ann")
    group = api.group("Friends", ann)
    new = await ann.upgrades(group)
    with pytest.raises(ChatMigrated) as moved:
        await app.bot.send_message(group.id, "Hello")
    assert moved.value.new_chat_id == new.id


async def test_callback_data_ends_at_64_bytes(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("x", callback_data="é" * 33)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        await app.bot.send_message(friends.id, "Hello", reply_markup=markup)


async def test_the_general_topic_has_no_thread_id(api: TelegramApi, app: App) -> None:
    forum = api.supergroup("Forum", forum=True, bot="administrator")
    with pytest.raises(BadRequest, match=r"(?i)thread not found"):
        await app.bot.send_message(forum.id, "Hello", message_thread_id=1)


async def test_a_closed_topic_takes_no_message_of_an_ordinary_bot(
    api: TelegramApi, app: App
) -> None:
    ann = api.user("Ann")
    forum = api.supergroup("Forum", ann, forum=True)
    topic = await ann.opens_topic(forum, "Tea")
    await ann.closes_topic(forum, topic.id)
    with pytest.raises(BadRequest, match=r"(?i)topic_closed"):
        await app.bot.send_message(forum.id, "Hello", message_thread_id=topic.id)


async def test_entities_are_counted_in_utf16(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    bold = MessageEntity(MessageEntity.BOLD, 0, 3)
    sent = await app.bot.send_message(friends.id, "😀a", entities=[bold])
    assert sent.parse_entity(sent.entities[0]) == "😀a"
    with pytest.raises(BadRequest, match=r"(?i)ends after the end"):
        await app.bot.send_message(friends.id, "é", entities=[bold])


@pytest.mark.parametrize("text", ["", "   ", "x" * 4097])
async def test_empty_and_overlong_texts_are_refused(api: TelegramApi, app: App, text: str) -> None:
    friends = api.group("Friends")
    with pytest.raises(BadRequest):
        await app.bot.send_message(friends.id, text)


async def test_a_flood_tells_how_long_to_wait(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    api.flood("sendMessage", retry_after=3)
    with pytest.raises(RetryAfter) as flood:
        await app.bot.send_message(friends.id, "Hello")
    assert flood.value._retry_after == timedelta(seconds=3)


async def test_the_published_limits_can_be_switched_on(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    limits = api.enforce_limits()
    limits.now = lambda: 0.0
    await app.bot.send_message(friends.id, "One")
    with pytest.raises(RetryAfter):
        await app.bot.send_message(friends.id, "Two")
    limits.now = lambda: 1.0
    await app.bot.send_message(friends.id, "Two")
    assert limits.refused == 1


async def test_a_lost_answer_leaves_the_message_standing(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    api.lose_answer("sendMessage")
    with pytest.raises(NetworkError):
        await app.bot.send_message(friends.id, "Hello")
    assert friends.last.text == "Hello"


async def test_a_lost_request_leaves_nothing(api: TelegramApi, app: App) -> None:
    friends = api.group("Friends")
    api.lose_request("sendMessage")
    with pytest.raises(NetworkError):
        await app.bot.send_message(friends.id, "Hello")
    assert friends.messages == []


async def test_a_revoked_token_is_refused(api: TelegramApi, app: App) -> None:
    api.revoke_token()
    with pytest.raises(InvalidToken):
        await app.bot.get_me()


async def test_a_second_reader_ends_the_first(api: TelegramApi, app: App) -> None:
    async with application(api) as copy:
        first = asyncio.create_task(app.bot.get_updates(timeout=5))
        await api.until(lambda: len(api.calls("getUpdates")) == 1)
        second = asyncio.create_task(copy.bot.get_updates(timeout=5))
        with pytest.raises(Conflict):
            await first
        await api.user("Ann").starts()
        assert len(await second) == 1


async def test_an_update_is_told_again_until_it_is_confirmed(api: TelegramApi, app: App) -> None:
    await api.user("Ann").starts()
    (told,) = await app.bot.get_updates()
    assert await app.bot.get_updates() == (told,)
    assert await app.bot.get_updates(offset=told.update_id + 1) == ()
