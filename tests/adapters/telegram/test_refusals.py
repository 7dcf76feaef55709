"""What can go wrong with an effect, and what the core is told of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.telegram import TelegramAdapter
from bot.effects import (
    Attachment,
    Delete,
    OpenThread,
    Pin,
    Post,
)
from bot.events import ChatMoved
from bot.ports import Can, InDoubt, Rejected, TryLater, Unreachable
from bot.refs import ChatRef
from bot.text import Text
from tests.adapters.telegram.core import Core, post, ref, who
from tests.telegram_api import Chat, Person, TelegramApi


async def test_a_flood_means_later(api: TelegramApi, adapter: TelegramAdapter, group: Chat) -> None:
    api.flood("sendMessage", retry_after=7)
    with pytest.raises(TryLater) as later:
        await adapter.perform(post(group, "Hello"), "1")
    assert later.value.after == timedelta(seconds=7)


async def test_a_blocked_bot_can_reach_nobody(adapter: TelegramAdapter, ann: Person) -> None:
    await ann.starts()
    await ann.blocks_bot()
    with pytest.raises(Unreachable):
        await adapter.perform(Post(chat=who(ann).private_chat, text=Text.of("Hello")), "1")


@pytest.mark.parametrize("chat", [ChatRef("telegram", "-5"), ChatRef("telegram", "", "5")])
async def test_an_unknown_chat_is_unreachable(adapter: TelegramAdapter, chat: ChatRef) -> None:
    with pytest.raises(Unreachable):
        await adapter.perform(Post(chat=chat, text=Text.of("Hello")), "1")


async def test_a_muted_bot_is_unreachable(adapter: TelegramAdapter, group: Chat) -> None:
    group.bot_muted = True
    with pytest.raises(Unreachable):
        await adapter.perform(post(group, "Hello"), "1")


async def test_an_empty_message_is_our_fault(adapter: TelegramAdapter, group: Chat) -> None:
    with pytest.raises(Rejected):
        await adapter.perform(post(group, " "), "1")


@pytest.mark.parametrize("loses", ["lose_answer", "lose_request"])
async def test_a_broken_connection_leaves_a_send_in_doubt(
    api: TelegramApi, adapter: TelegramAdapter, group: Chat, loses: str
) -> None:
    getattr(api, loses)("sendMessage")
    with pytest.raises(InDoubt):
        await adapter.perform(post(group, "Hello"), "1")


async def test_an_error_of_the_server_leaves_a_send_in_doubt(
    api: TelegramApi, adapter: TelegramAdapter, group: Chat
) -> None:
    api.fail("sendMessage", 500)
    with pytest.raises(InDoubt):
        await adapter.perform(post(group, "Hello"), "1")


async def test_what_may_run_twice_is_never_in_doubt(
    api: TelegramApi, adapter: TelegramAdapter, group: Chat
) -> None:
    sent = await adapter.perform(post(group, "Hello"), "1")
    api.lose_answer("deleteMessage")
    with pytest.raises(TryLater):
        await adapter.perform(Delete(chat=ref(group), message=sent), "2")


async def test_no_connection_means_nothing_was_sent(unused_tcp_port: int) -> None:
    adapter = TelegramAdapter("1:x", base_url=f"http://127.0.0.1:{unused_tcp_port}")
    with pytest.raises(TryLater):
        await adapter.perform(Post(chat=ChatRef("telegram", "-5"), text=Text.of("Hello")), "1")
    await adapter.close()


async def test_a_moved_group_is_told_and_the_send_waits_for_it(
    api: TelegramApi, core: Core, adapter: TelegramAdapter, ann: Person
) -> None:
    old = api.group("Old", ann)
    api.updates.allowed = ["poll"]
    new = await ann.upgrades(old)
    with pytest.raises(TryLater):
        await adapter.perform(post(old, "Hello"), "1")
    (event,) = core.events
    assert isinstance(event, ChatMoved)
    assert (event.chat, event.to) == (ref(old), ref(new))


async def test_a_part_that_is_missing_leaves_the_whole_in_doubt(
    api: TelegramApi, adapter: TelegramAdapter, group: Chat
) -> None:
    effect = post(group, "x" * 1025, attachment=Attachment("chart.png", b"png"))
    api.fail("sendMessage", 400)
    with pytest.raises(InDoubt):
        await adapter.perform(effect, "1")


async def test_what_the_rights_no_longer_allow_is_not_offered_again(
    api: TelegramApi, adapter: TelegramAdapter, ann: Person
) -> None:
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    chat = ref(forum)
    await adapter.check([chat])
    assert Can.THREADS | Can.PINS in adapter.capabilities(chat).can
    sent = await adapter.perform(post(forum, "Hello"), "1")
    forum.bot_rights.update(can_manage_topics=False, can_pin_messages=False)
    for effect in (
        OpenThread(chat=chat, name="t", title="Tea"),
        Pin(chat=chat, name="p", message=sent),
    ):
        with pytest.raises(Unreachable):
            await adapter.perform(effect, "2")
    assert not (Can.THREADS | Can.PINS) & adapter.capabilities(chat).can
