"""The connection: what breaks, and how it comes back."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.discord.starts import MOST_A_DAY, Starts
from bot.effects import Post
from bot.events import CommandGiven, MessagePosted
from bot.ports import Can, Fatal
from bot.text import Text
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import COMMANDS, Core, chat_of, connected
from tests.discord_api import ApiError, DiscordApi, Guild

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


async def test_a_first_connection_that_fails_is_tried_again(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    api.refuse_gateway(2)
    async with connected(api, core, tmp_path):
        ann.says(general, "at last")
        await api.until(lambda: core.all(MessagePosted))


async def test_a_failing_api_is_tried_again(api: DiscordApi, tmp_path: Path) -> None:
    api.guild("Friends")
    api.fail("GET", "/gateway/bot", ApiError(403, 0, "Forbidden"))
    async with connected(api, Core(api.changed), tmp_path):
        assert len(api.sessions) == 1


async def test_a_garbled_frame_leads_to_a_new_connection_and_nothing_is_missed(
    town: Town,
) -> None:
    town.ann.says(town.general, "before")
    await town.api.until(lambda: town.core.all(MessagePosted))
    town.api.links[0].transport.write(b"\x82\x08garbled!" + b"\x82\x04\x00\x00\xff\xff")
    await town.api.until(lambda: len(town.api.sessions) == 2)
    town.ann.says(town.general, "after")
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 2)


async def test_whether_it_is_connected_can_be_asked(town: Town) -> None:
    assert town.adapter.connected
    await town.adapter.close()
    assert not town.adapter.connected


async def test_a_broken_line_is_resumed_without_a_new_identify(town: Town, tmp_path: Path) -> None:
    town.api.drop()
    town.ann.says(town.general, "did you miss me?")
    await town.api.until(lambda: town.core.all(MessagePosted))
    assert len(json.loads((tmp_path / "discord-starts.json").read_text())["identifies"]) == 1


async def test_what_no_resume_brings_back_is_read_from_the_history(town: Town) -> None:
    town.ann.says(town.general, "before")
    await town.api.until(lambda: town.core.all(MessagePosted))
    town.api.forget_sessions()
    for number in range(120):
        town.ann.says(town.general, f"unheard {number}")
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 121)
    texts = [event.text for event in town.core.all(MessagePosted)]
    assert texts == ["before", *(f"unheard {number}" for number in range(120))]
    assert {event.chat for event in town.core.all(MessagePosted)} == {chat_of(town.general)}


async def test_after_a_restart_the_history_is_read_from_the_last_recorded_message(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    known = ann.says(general, "known")
    ann.says(general, "missed")
    core.seen[chat_of(general)] = str(known.id)
    async with connected(api, core, tmp_path):
        await api.until(lambda: core.all(MessagePosted))
        assert [event.text for event in core.all(MessagePosted)] == ["missed"]


async def test_a_room_that_was_silent_until_the_gap_is_read_too(town: Town) -> None:
    quiet = town.guild.channel("quiet")
    forum = town.guild.forum("questions")
    start = town.ann.says(town.general, "before")
    await town.api.until(lambda: town.core.all(MessagePosted))
    town.api.forget_sessions()
    thread = town.api.thread(town.general, "talk", start)
    town.ann.says(quiet, "in the quiet room")
    town.ann.says(thread, "in a new thread")
    assert forum.type == 15
    await town.api.until(lambda: len(town.core.all(MessagePosted)) == 3)
    assert {event.chat.room for event in town.core.all(MessagePosted)[1:]} == {
        str(quiet.id),
        str(thread.id),
    }


async def test_neither_what_people_say_nor_any_token_is_logged(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        town.api.drop()
        town.ann.says(town.general, "canary-text")
        made = town.ann.commands(town.general, "prompt week")
        await town.api.until(lambda: len(town.core.all(MessagePosted)) == 1)
        event = town.core.last(CommandGiven)
        town.api.slow_down("POST", "/channels/*/messages", 0.01)
        for answering in (event.answer, ""):
            effect = Post(chat=event.chat, text=Text.of("canary-text"), answering=answering)
            await town.adapter.perform(effect, f"row-{answering[:5]}")
    written = "\n".join(record.getMessage() for record in caplog.records)
    for secret in ("canary-text", town.api.token, made.token):
        assert secret not in written


async def test_a_room_whose_history_is_closed_doesnt_stop_the_others(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    closed, general, ann = guild.channel("closed"), guild.channel("general"), guild.person("Ann")
    closed.forbid("read_message_history")
    for room in (closed, general):
        core.seen[chat_of(room)] = str(ann.says(room, "old").id)
        ann.says(room, "new")
    async with connected(api, core, tmp_path):
        await api.until(lambda: core.all(MessagePosted))
        assert core.last(MessagePosted).chat == chat_of(general)


async def test_a_refused_token_is_fatal_and_not_repeated(api: DiscordApi, tmp_path: Path) -> None:
    secret = "canary-token"
    with pytest.raises(Fatal) as caught:
        async with connected(api, Core(), tmp_path, token=secret):
            pass
    assert secret not in str(caught.value)
    assert caught.value.__cause__ is None


async def test_a_token_that_is_revoked_meanwhile_is_fatal(town: Town) -> None:
    town.api.revoke_token()
    with pytest.raises(Fatal):
        await town.running


async def test_each_guild_is_heard_on_its_own_shard(tmp_path: Path) -> None:
    async with DiscordApi(shards=2) as api:
        core = Core(api.changed)
        guilds: list[Guild] = []
        while len({(guild.id >> 22) % 2 for guild in guilds}) < 2:
            guilds.append(api.guild(f"Guild {len(guilds)}"))
            api.ids.last += 1 << 22
        rooms = [guild.channel("general") for guild in guilds]
        people = [guild.person("Ann") for guild in guilds]
        async with connected(api, core, tmp_path) as adapter:
            await api.until(lambda: len(api.sessions) == 2)
            for person, room in zip(people, rooms, strict=True):
                person.says(room, room.guild.name if room.guild else "")
            await api.until(lambda: len(core.all(MessagePosted)) == len(guilds))
            assert {e.text for e in core.all(MessagePosted)} == {g.name for g in guilds}
            assert adapter.capabilities(chat_of(rooms[-1])).can


async def test_without_privileged_intents_the_bot_works_and_says_so(
    api: DiscordApi, tmp_path: Path
) -> None:
    api.approved_intents = set()
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, core, tmp_path) as adapter:
        ann.says(general, "unreadable")
        await api.until(lambda: core.all(MessagePosted))
        assert core.last(MessagePosted).text == ""
        able = adapter.capabilities(chat_of(general)).can
        assert not able & (Can.READ | Can.ROSTER)


async def test_commands_are_told_once_and_again_when_they_change(
    api: DiscordApi, tmp_path: Path
) -> None:
    def syncs() -> int:
        return len(
            [1 for method, path, _ in api.requests if method == "PUT" and "commands" in path]
        )

    api.guild("Friends")
    core = Core(api.changed)
    for _ in range(2):
        async with connected(api, core, tmp_path):
            assert syncs() == 1
    core.commands = COMMANDS[:1]
    async with connected(api, core, tmp_path):
        assert syncs() == 2
        assert [command["name"] for command in api.global_commands] == ["setup"]


def test_after_200_starts_in_a_day_the_bot_waits_for_the_oldest_to_be_a_day_old(
    tmp_path: Path,
) -> None:
    now = NOON
    starts = Starts(tmp_path / "starts.json", lambda: now)
    for _ in range(MOST_A_DAY):
        starts.identified()
        now += timedelta(seconds=10)
    again = Starts(tmp_path / "starts.json", lambda: now)
    assert again.identify_in() == NOON + timedelta(days=1) - now


def test_failures_in_a_row_wait_longer_over_restarts_until_one_succeeds(tmp_path: Path) -> None:
    file = tmp_path / "starts.json"
    waits = [Starts(file, lambda: NOON).failed().total_seconds() for _ in range(10)]
    assert waits == [5, 10, 20, 40, 80, 160, 320, 640, 900, 900]
    Starts(file, lambda: NOON).succeeded()
    assert Starts(file, lambda: NOON).failed().total_seconds() == 5


def test_a_damaged_record_is_begun_anew(tmp_path: Path) -> None:
    file = tmp_path / "starts.json"
    file.write_text("{")
    assert Starts(file, lambda: NOON).identify_in() == timedelta(0)
