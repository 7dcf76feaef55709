"""The loopback Discord against the real discord.py."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from tests.discord_api import ApiError, DiscordApi, SlidingWindow, TokenBucket, point_discord_py_at
from tests.discord_api.spec import DOCUMENT, violations


class Echo(discord.Client):
    """Says back what it reads, and offers one command and one button."""

    def __init__(self, **options: Any) -> None:
        super().__init__(intents=discord.Intents.all(), max_messages=None, **options)
        self.tree = app_commands.CommandTree(self)
        self.seen: list[str] = []

    async def setup_hook(self) -> None:
        @self.tree.command(name="form", description="Opens a form")
        async def form(interaction: discord.Interaction, title: str) -> None:
            modal = discord.ui.Modal(title=title, custom_id="form:1")
            modal.add_item(discord.ui.TextInput(label="Idea", custom_id="idea"))
            await interaction.response.send_modal(modal)

        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the library's pause of five seconds."""

    async def on_message(self, message: discord.Message) -> None:
        self.seen.append(message.content)
        if message.author != self.user:
            await message.channel.send(f"{message.author.display_name}: {message.content}")

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        if interaction.type is discord.InteractionType.component:
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.followup.send("thanks")


@asynccontextmanager
async def connected(api: DiscordApi, client: discord.Client) -> AsyncIterator[None]:
    with point_discord_py_at(api):
        task = asyncio.create_task(client.start(api.token))
        try:
            await api.until(lambda: any(s.link for s in api.sessions.values()))
            yield
        finally:
            await client.close()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def api() -> AsyncIterator[DiscordApi]:
    async with DiscordApi() as api:
        yield api
        assert api.violations == []


async def test_a_message_arrives_and_is_answered(api: DiscordApi) -> None:
    guild = api.guild("Friends")
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, Echo()):
        ann.says(general, "hi")
        await api.until(lambda: general.texts == ["hi", "Ann: hi"])


async def test_a_broken_line_is_resumed_and_nothing_is_missed(api: DiscordApi) -> None:
    guild = api.guild("Friends")
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, Echo()):
        api.drop()
        ann.says(general, "while you were away")
        await api.until(lambda: general.texts[-1:] == ["Ann: while you were away"])
        assert len(api.sessions) == 1


async def test_a_lost_session_is_identified_anew(api: DiscordApi) -> None:
    async with connected(api, Echo()):
        api.invalidate_sessions()
        assert not api.sessions
        await api.until(lambda: api.sessions)


async def test_heartbeats_are_sent_and_acknowledged() -> None:
    async with DiscordApi(heartbeat_interval=20) as api, connected(api, Echo()):
        await api.until(lambda: api.received.count(1) >= 3)


async def test_a_command_opens_a_form_and_a_button_is_answered_in_private(api: DiscordApi) -> None:
    guild = api.guild("Friends")
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, Echo()):
        await api.until(lambda: api.global_commands)
        form = ann.commands(general, "form", {"title": "Suggest"})
        await api.until(lambda: form.modal)
        button = {"type": 2, "label": "Thanks", "style": 1, "custom_id": "thanks:7"}
        message = api.post(
            general, api.bot, "press", components=[{"type": 1, "components": [button]}]
        )
        pressed = ann.presses(message, "Thanks")
        await api.until(lambda: pressed.texts == ["thanks"])
        assert pressed.answers[0].flags & 64
        assert "thanks" not in general.texts


async def test_a_nonce_makes_a_repeated_send_harmless(api: DiscordApi) -> None:
    general = api.guild("Friends").channel("general")
    client = Echo()
    async with connected(api, client):
        for _ in range(2):
            await client.get_partial_messageable(general.id).send("once", nonce="row-1")
        assert general.texts == ["once"]


@pytest.mark.parametrize(
    ("permission", "code"), [("send_messages", 50013), ("view_channel", 50001)]
)
async def test_a_missing_permission_has_its_code(
    api: DiscordApi, permission: str, code: int
) -> None:
    general = api.guild("Friends").channel("general")
    general.forbid(permission)
    client = Echo()
    async with connected(api, client):
        with pytest.raises(discord.Forbidden) as caught:
            await client.get_partial_messageable(general.id).send("hello")
        assert caught.value.code == code


async def test_an_answer_lost_after_the_work_leaves_the_message(api: DiscordApi) -> None:
    general = api.guild("Friends").channel("general")
    client = Echo()
    async with connected(api, client):
        api.break_off("POST", "/channels/*/messages", "after")
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await client.get_partial_messageable(general.id).send("kept", nonce="row-2")
        assert general.texts == ["kept"]


async def test_a_429_says_how_long_to_wait(api: DiscordApi) -> None:
    general = api.guild("Friends").channel("general")
    client = Echo()
    async with connected(api, client):
        api.slow_down("POST", "/channels/*/messages", 0.01)
        await client.get_partial_messageable(general.id).send("later")
        assert (general.texts, api.too_many) == (["later"], 1)


async def test_injected_errors_hit_once(api: DiscordApi) -> None:
    general = api.guild("Friends").channel("general")
    client = Echo()
    async with connected(api, client):
        api.fail("POST", "/channels/*/messages", ApiError(400, 50035, "Invalid Form Body"))
        with pytest.raises(discord.HTTPException):
            await client.get_partial_messageable(general.id).send("a")
        await client.get_partial_messageable(general.id).send("b")
        assert general.texts == ["b"]


async def test_a_flood_of_events_arrives_whole(api: DiscordApi) -> None:
    guild = api.guild("Friends")
    general, people = guild.channel("general"), [guild.person(f"P{n}") for n in range(5)]
    client = Echo()
    async with connected(api, client):
        client.on_message = None  # type: ignore[method-assign, assignment]  # nobody answers here
        arrived = 0

        def count(_: Any) -> None:
            nonlocal arrived
            arrived += 1
            api.changed()

        client._connection.parsers["MESSAGE_CREATE"] = count
        api.flood(general, people, 2_000)
        await api.until(lambda: arrived == 2_000)


async def test_a_revoked_token_is_turned_away(api: DiscordApi) -> None:
    api.revoke_token()
    with point_discord_py_at(api), pytest.raises(discord.LoginFailure):
        await Echo().start("loopback-token")


async def test_a_request_against_the_document_is_noticed() -> None:
    if not DOCUMENT.exists():
        pytest.skip("NOT CHECKED: the vendor's OpenAPI document is not beside this tree")
    async with DiscordApi() as api:
        client = Echo()
        async with connected(api, client):
            route = discord.http.Route("GET", "/users/@me/toasters")
            with pytest.raises(discord.NotFound):
                await client.http.request(route)
        assert api.violations == ["GET /users/@me/toasters: no such operation"]


def test_a_sliding_window_frees_a_slot_when_the_oldest_is_out() -> None:
    limiter = SlidingWindow(2, 1.0)
    assert [limiter.take(t) for t in (0.0, 0.5, 0.75, 1.0)] == [0.0, 0.0, 0.25, 0.0]


def test_a_token_bucket_refills_evenly() -> None:
    limiter = TokenBucket(2, 1.0)
    assert [limiter.take(t) for t in (0.0, 0.0, 0.25, 0.5)] == [0.0, 0.0, 0.25, 0.0]


def test_the_vendors_document_is_at_hand() -> None:
    if not Path(DOCUMENT).exists():
        pytest.skip("NOT CHECKED: requests are not held against the vendor's OpenAPI document")


@pytest.mark.parametrize(
    ("component", "fault"),
    [
        ({"type": 2, "style": 1, "label": "ok", "custom_id": "a"}, ""),
        ({"type": 2, "style": 1, "label": "x" * 81, "custom_id": "a"}, "is too long"),
        ({"type": 3, "custom_id": "a", "options": "none"}, "is not of type 'array'"),
    ],
)
def test_a_component_is_held_to_its_own_schema(component: dict[str, Any], fault: str) -> None:
    if not DOCUMENT.exists():
        pytest.skip("NOT CHECKED: the vendor's OpenAPI document is not beside this tree")
    body = {"components": [{"type": 1, "components": [component]}]}
    found = violations("POST", "/channels/1/messages", {}, body)
    assert bool(found) == bool(fault)
    assert fault in "".join(found)
