"""Connecting, acknowledging, leaving: nothing is lost and nothing is doubled."""

from __future__ import annotations

import asyncio
import logging

import pytest
import structlog

from adapters.telegram import TelegramAdapter, Webhook
from bot.effects import Post
from bot.events import MessagePosted
from bot.ports import Can, Fatal
from bot.refs import ChatRef
from bot.text import Text
from tests.adapters.telegram.conftest import running
from tests.adapters.telegram.core import Core, ref
from tests.telegram_api import TelegramApi
from tests.telegram_api.methods.identity import commands_key


async def test_an_update_is_confirmed_only_after_the_commit(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    core.open.clear()
    ann = api.user("Ann")
    await ann.says(ann.private, "Hello")
    await api.until(lambda: len(core.events) == 1)
    assert len(api.updates.pending) == 1
    core.open.set()
    await api.confirmed()


async def test_what_was_not_committed_is_told_again_to_the_next_copy(
    api: TelegramApi, core: Core
) -> None:
    ann = api.user("Ann")
    core.open.clear()
    async with running(api, core):
        await ann.says(ann.private, "Hello")
        await api.until(lambda: len(core.events) == 1)
    after = Core()
    async with running(api, after):
        await after.heard(MessagePosted)
    assert after.events == core.events


async def test_a_hundred_updates_are_one_commit(api: TelegramApi, core: Core) -> None:
    ann = api.user("Ann")
    for n in range(100):
        await ann.says(ann.private, str(n))
    async with running(api, core):
        await core.heard(MessagePosted, 100)
    assert core.commits == 1


async def test_a_lost_connection_is_taken_up_again(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    ann = api.user("Ann")
    api.lose_answer("getUpdates")
    api.fail("getUpdates", 502)
    await ann.says(ann.private, "Hello")
    await core.heard(MessagePosted)
    await api.confirmed()


async def test_the_adapter_tells_whether_it_is_connected(api: TelegramApi, core: Core) -> None:
    adapter = TelegramAdapter(api.token, base_url=api.address, first_pause=60)

    def connected() -> bool:
        return adapter.connected

    assert not connected()
    task = asyncio.create_task(adapter.run(core))
    await api.until(lambda: bool(api.calls("getUpdates")))
    assert connected()
    api.fail("getUpdates", 502)
    await api.user("Ann").starts()
    await api.until(lambda: len(api.calls("getUpdates")) == 2)
    while connected():  # noqa: ASYNC110 - the answer is on its way, and nothing tells
        await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await adapter.close()


async def test_a_server_that_is_away_at_first_is_waited_for(api: TelegramApi, core: Core) -> None:
    api.fail("getMe", 502, times=2)
    ann = api.user("Ann")
    await ann.says(ann.private, "Hello")
    async with running(api, core):
        await core.heard(MessagePosted)


async def test_a_strange_update_does_not_stop_the_others(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    ann = api.user("Ann")
    group = api.group("Friends", ann, bot="administrator")
    strange = (await ann.says(group, "?")).as_json() | {"date": "yesterday"}
    api.updates.push("message", strange)
    await ann.says(group, "Hello")
    await core.heard(MessagePosted, 2)
    await api.confirmed()


async def test_a_revoked_token_ends_with_a_clear_word(api: TelegramApi, core: Core) -> None:
    api.revoke_token()
    adapter = TelegramAdapter(api.token, base_url=api.address)
    with pytest.raises(Fatal, match="BotFather"):
        await adapter.run(core)
    await adapter.close()


async def test_a_token_revoked_while_running_ends_it(api: TelegramApi, core: Core) -> None:
    adapter = TelegramAdapter(api.token, base_url=api.address)
    task = asyncio.create_task(adapter.run(core))
    await api.until(lambda: bool(api.calls("getUpdates")))
    api.revoke_token()
    await api.user("Ann").starts()
    with pytest.raises(Fatal, match="BotFather"):
        await task
    await adapter.close()


async def test_the_second_copy_leaves_and_the_first_stays(api: TelegramApi, core: Core) -> None:
    ann = api.user("Ann")
    async with running(api, core):
        await ann.says(ann.private, "One")
        await core.heard(MessagePosted)
        await api.confirmed()
        copy = TelegramAdapter(api.token, base_url=api.address)
        with pytest.raises(Fatal, match="Another copy"):
            await copy.run(Core())
        await copy.close()
        await ann.says(ann.private, "Two")
        await core.heard(MessagePosted, 2)


async def test_a_webhook_is_answered_after_the_commit(
    api: TelegramApi, core: Core, unused_tcp_port: int
) -> None:
    hook = Webhook(f"http://127.0.0.1:{unused_tcp_port}/hook", "s3cret", unused_tcp_port)
    adapter = TelegramAdapter(api.token, base_url=api.address, webhook=hook)
    task = asyncio.create_task(adapter.run(core))
    await api.until(lambda: api.updates.webhook is not None)
    core.open.clear()
    ann = api.user("Ann")
    await ann.says(ann.private, "Hello")
    await api.until(lambda: len(core.events) == 1)
    assert len(api.updates.pending) == 1
    core.open.set()
    await api.confirmed()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await adapter.close()


async def test_menus_differ_by_scope_and_language(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    await api.until(lambda: len(api.commands) == 12)

    def names(scope: str, language: str) -> list[str]:
        return [c["command"] for c in api.commands[commands_key({"type": scope}, language)]]

    assert names("all_private_chats", "fr") == ["help"]
    assert "prompt_add" in names("all_chat_administrators", "")
    assert "prompt_add" not in names("all_group_chats", "")


async def test_privacy_mode_is_known_and_explained(
    api: TelegramApi, core: Core, adapter: TelegramAdapter
) -> None:
    ann = api.user("Ann")
    group = api.group("Friends", ann)
    assert Can.READ not in adapter.capabilities(ref(group)).can
    findings = await adapter.check([ref(group)])
    assert any("privacy mode" in f.mend for f in findings if not f.ok)
    await ann.promotes_bot(group)
    await api.confirmed()
    assert Can.READ in adapter.capabilities(ref(group)).can


async def test_a_good_installation_has_no_faults(
    api: TelegramApi, adapter: TelegramAdapter
) -> None:
    forum = api.supergroup("Forum", forum=True, bot="administrator")
    assert all(f.ok for f in await adapter.check([ref(forum), ref(forum, "5")]))


async def test_a_group_that_is_gone_is_found(api: TelegramApi, adapter: TelegramAdapter) -> None:
    findings = await adapter.check([ChatRef("telegram", "-5")])
    assert [f.ok for f in findings] == [True, False]


async def test_groups_from_before_are_known_after_a_start(api: TelegramApi) -> None:
    forum = api.supergroup("Forum", forum=True, bot="administrator")
    async with running(api, Core([ref(forum)])) as adapter:
        await api.until(lambda: bool(api.calls("getChatMember")))
        rooms = await adapter.rooms(ref(forum))
        assert Can.THREADS in adapter.capabilities(ref(forum)).can
    assert [(place.title, place.default) for place in rooms] == [("Forum", True)]


async def test_topics_that_people_opened_are_rooms_also_after_a_restart(
    api: TelegramApi, core: Core
) -> None:
    ann = api.user("Ann")
    forum = api.supergroup("Forum", ann, forum=True, bot="administrator")
    missed = await ann.opens_topic(forum, "Missed")
    api.updates.pending.clear()
    async with running(api, core):
        await ann.opens_topic(forum, "Tea")
        await ann.says(forum, "Hello", topic=missed.id)
        await core.heard(MessagePosted)
    async with running(api, core) as adapter:
        rooms = await adapter.rooms(ref(forum))
    assert [room.title for room in rooms] == ["Forum", "Tea", "Missed"]


async def test_the_private_link_names_the_bot(adapter: TelegramAdapter) -> None:
    chat = ChatRef("telegram", "-5")
    link = adapter.capabilities(chat).private_link
    assert link == "https://t.me/convive_test_bot?start={payload}"


async def test_the_token_appears_in_no_log(
    api: TelegramApi, core: Core, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.lose_answer("getUpdates")
    with structlog.testing.capture_logs() as said:
        async with running(api, core) as adapter:
            ann = api.user("Ann")
            await ann.starts()
            await adapter.perform(Post(chat=ref_private(ann.user.id), text=Text.of("Hi")), "1")
            await api.confirmed()
    assert "loopback-canary" not in caplog.text + repr(said)


def ref_private(user: int) -> ChatRef:
    return ChatRef("telegram", "", str(user))
