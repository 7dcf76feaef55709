"""What the loopback Telegram shows to a bot, and what it says about itself."""

from __future__ import annotations

import pytest
from telegram import Update

from tests.telegram_api import Chat, Person, TelegramApi
from tests.telegram_api.methods.identity import commands_key
from tests.telegram_api.spec import request_faults, spec, type_faults

KINDS = Update.ALL_TYPES
needs_document = pytest.mark.skipif(spec() is None, reason="no vendor document to compare with")


async def everything(api: TelegramApi, ann: Person, forum: Chat) -> None:
    bob = api.user("Bob", "bobby")
    topic = await ann.opens_topic(forum, "Tea")
    message = await ann.says(forum, "Hello @bobby", topic=topic.id)
    await ann.edits(message, "Hello")
    await ann.sends_photo(forum, "A picture", reply_to=message)
    await ann.reacts(message, "👍")
    await bob.joins(forum)
    await ann.bans(forum, bob)
    await ann.closes_topic(forum, topic.id)
    await ann.starts("consent")
    await ann.blocks_bot()
    await ann.unblocks_bot()
    await ann.demotes_bot(forum)
    await ann.removes_bot(forum)
    await ann.adds_bot(forum)
    await ann.upgrades(api.group("Old", ann))


@needs_document
async def test_every_update_has_the_documented_form(api: TelegramApi) -> None:
    api.updates.allowed = KINDS
    ann = api.user("Ann")
    await everything(api, ann, api.supergroup("Forum", ann, forum=True, bot="administrator"))
    assert len(api.updates.pending) >= 18
    assert [f for update in api.updates.pending for f in type_faults("Update", update)] == []


@needs_document
@pytest.mark.parametrize(
    "params",
    [{"text": "x"}, {"chat_id": 1, "text": 5}, {"chat_id": 1, "text": "x", "colour": "red"}],
)
def test_a_request_against_the_document_is_noticed(params: dict[str, object]) -> None:
    assert len(request_faults("sendMessage", params)) == 1


async def test_privacy_mode_hides_ordinary_messages(api: TelegramApi) -> None:
    ann = api.user("Ann")
    friends = api.group("Friends", ann)
    await ann.says(friends, "Nice weather")
    await ann.says(friends, "/rain@other_bot")
    assert api.updates.pending == []


@pytest.mark.parametrize("text", ["/rain", "/rain@convive_test_bot", "Hey @Convive_Test_Bot"])
async def test_privacy_mode_shows_what_is_meant_for_the_bot(api: TelegramApi, text: str) -> None:
    ann = api.user("Ann")
    await ann.says(api.group("Friends", ann), text)
    assert len(api.updates.pending) == 1


async def test_reactions_come_only_when_asked_for(api: TelegramApi) -> None:
    ann = api.user("Ann")
    friends = api.supergroup("Friends", ann, bot="administrator")
    message = await ann.says(friends, "Hello")
    await ann.reacts(message, "👍")
    assert ["message" in update for update in api.updates.pending] == [True]


def test_a_menu_is_named_by_scope_and_language() -> None:
    scope = {"type": "all_private_chats"}
    assert commands_key(scope, "fr") != commands_key(scope, "")
