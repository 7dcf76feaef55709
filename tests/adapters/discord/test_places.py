"""Rooms, permissions and what is missing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.checks import permissions
from bot.events import MessagePosted, Opened
from bot.ports import Can
from bot.refs import ChatRef
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import chat_of, member_of
from tests.discord_api import DiscordApi, point_discord_py_at


async def told(town: Town) -> None:
    """Until the bot has read what happened so far."""
    before = len(town.core.heard)
    town.ann.says(town.general, "anything new?")
    await town.api.until(lambda: len(town.core.heard) > before)


async def test_rooms_are_those_that_can_be_written_in(town: Town) -> None:
    town.guild.channel("silent").forbid("send_messages")
    town.guild.forum("questions")
    await told(town)
    places = await town.adapter.rooms(ChatRef("discord", str(town.guild.id)))
    assert [(place.title, place.default) for place in places] == [
        ("general", True),
        ("questions", False),
    ]


async def test_a_missing_permission_is_a_missing_capability(town: Town) -> None:
    assert Can.POLLS | Can.PINS in town.adapter.capabilities(chat_of(town.general)).can
    town.general.forbid("send_polls", "pin_messages")
    await told(town)
    assert not town.adapter.capabilities(chat_of(town.general)).can & (Can.POLLS | Can.PINS)


async def test_the_bots_profile_is_the_way_to_write_to_it(town: Town) -> None:
    link = town.adapter.capabilities(chat_of(town.general)).private_link
    assert link == f"https://discord.com/users/{town.api.bot.id}"


async def test_a_message_has_an_address(town: Town) -> None:
    link = town.adapter.capabilities(chat_of(town.general)).message_link
    room = chat_of(town.general)
    assert link == f"https://discord.com/channels/{room.group}/{room.room}/{{message}}"


async def test_who_writes_to_the_bot_opens_the_conversation_once(town: Town) -> None:
    for _ in range(2):
        town.ann.says(town.ann.dm, "hello")
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 2)
    assert [event.member for event in town.core.all(Opened)] == [member_of(town.ann)]


async def test_a_private_conversation_has_no_threads_or_roles(town: Town) -> None:
    able = town.adapter.capabilities(member_of(town.ann).private_chat).can
    assert Can.BUTTONS | Can.FORMS in able
    assert not able & (Can.THREADS | Can.ROLES | Can.PINS)


async def test_the_check_names_what_is_missing_and_how_to_mend_it(town: Town) -> None:
    town.general.forbid("pin_messages")
    found = await town.adapter.check([chat_of(town.general)])
    missing = [finding for finding in found if not finding.ok]
    assert [finding.what for finding in missing] == ["The bot can pin messages."]
    assert "Pin Messages" in missing[0].mend


async def test_a_room_that_the_bot_cant_see_is_one_finding(town: Town) -> None:
    town.general.forbid("view_channel")
    found = await town.adapter.check([chat_of(town.general)])
    assert [finding.what for finding in found if not finding.ok] == ["The bot can see this room."]


async def test_the_check_works_without_a_connection(api: DiscordApi, tmp_path: Path) -> None:
    api.approved_intents = {"members"}
    general = api.guild("Friends").channel("general")
    with point_discord_py_at(api):
        adapter = DiscordAdapter(api.token, tmp_path, between_starts=timedelta(0))
        found = await adapter.check([chat_of(general)])
    assert [finding.what for finding in found if not finding.ok] == [
        "The bot may read messages (Message Content Intent)."
    ]


async def test_a_refused_token_is_a_finding(api: DiscordApi, tmp_path: Path) -> None:
    with point_discord_py_at(api):
        adapter = DiscordAdapter("wrong", tmp_path)
        found = await adapter.check([])
    assert [(finding.ok, "token" in finding.what) for finding in found] == [(False, True)]


def test_overwrites_apply_from_everybody_over_roles_to_the_member() -> None:
    guild = {"id": "1", "roles": [{"id": "1", "permissions": str(0b1000_0000_0000)}]}
    member = {"roles": ["2"]}
    channel = {
        "permission_overwrites": [
            {"id": "1", "allow": "0", "deny": str(1 << 11)},
            {"id": "2", "allow": str(1 << 11), "deny": "0"},
            {"id": "9", "allow": str(1 << 6), "deny": "0"},
        ]
    }
    granted = permissions(guild, member, channel, "9")
    assert granted.send_messages
    assert granted.add_reactions
    assert not permissions(guild, {"roles": []}, channel, "8").send_messages
