"""The adapter against simcord: a stricter reading of Discord's rules than our own loopback's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord

from adapters.discord import answers
from adapters.discord.adapter import DiscordAdapter
from bot.commands import Field, Form
from bot.effects import (
    AskForm,
    Button,
    GrantRole,
    Look,
    Menu,
    OpenThread,
    Option,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.events import (
    ChatAdded,
    ChoiceMade,
    CommandGiven,
    FormSubmitted,
    MessagePosted,
    PollVoted,
    Reacted,
)
from bot.ports import Can
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.text import Text
from tests.adapters.discord.core import Core
from tests.listener import E

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
pytestmark = pytest.mark.simcord(shard_count=1)


@dataclass
class Sim:
    env: Any
    core: Core
    adapter: DiscordAdapter
    guild: Any
    channel: Any
    ann: Any

    @property
    def chat(self) -> ChatRef:
        return ChatRef("discord", str(self.guild.id), str(self.channel.id))

    def last(self, kind: type[E]) -> E:
        return self.core.last(kind)

    async def post(self, **fields: Any) -> MessageRef:
        effect = Post(chat=self.chat, **{"text": Text.of("hello"), **fields})
        made = await self.adapter.perform(effect, "row-1")
        assert made is not None
        return made

    @property
    def newest(self) -> discord.Message:
        return self.channel.last_message  # type: ignore[no-any-return]  # simcord has no types


class Wired:
    """The adapter and its core; made before simcord, because simcord wants the client."""

    def __init__(self, state: Path) -> None:
        self.core = Core()
        self.env: Any = None
        self.adapter = DiscordAdapter("simcord", state, clock=self.now)

    def now(self) -> datetime:
        return self.env.now() if self.env else NEW_YEAR


@pytest.fixture
def wired(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Wired:
    # simcord settles before it returns, so whoever answers later is one who let wait
    monkeypatch.setattr(answers, "PATIENCE", 0.0)
    return Wired(tmp_path)


@pytest.fixture
def simcord_bot(wired: Wired) -> discord.Client:
    return wired.adapter.prepare(wired.core)


@pytest.fixture
async def sim(wired: Wired, simcord_env: Any) -> Sim:
    wired.env = simcord_env
    guild = simcord_env.create_guild("Friends")
    channel = guild.create_text_channel("general")
    ann = guild.add_member(simcord_env.create_user("ann"))
    return Sim(simcord_env, wired.core, wired.adapter, guild, channel, ann)


async def test_a_guild_and_a_message_are_told(sim: Sim) -> None:
    sent = await sim.ann.send(sim.channel, "hello")
    event = sim.last(MessagePosted)
    assert (event.text, event.message, event.chat) == ("hello", str(sent.id), sim.chat)
    assert sim.last(ChatAdded).title == "Friends"


async def test_the_commands_are_accepted_and_offered_by_permission(sim: Sim) -> None:
    assert "prompt add" in sim.ann.available_commands(sim.channel)
    assert "setup" not in sim.ann.available_commands(sim.channel)
    with pytest.raises(simcord.OptionError):
        await sim.ann.slash(sim.channel, "prompt add", text="x" * 1501)


async def test_a_command_is_given_from_the_menu_of_a_message(sim: Sim) -> None:
    sent = await sim.ann.send(sim.channel, "How do I bake bread?")
    await sim.ann.context_menu(sim.channel, "This is a question", sent)
    event = sim.last(CommandGiven)
    assert event.about is not None
    assert (event.path, event.about.message) == ("ask", str(sent.id))
    assert event.about.text == "How do I bake bread?"


async def test_a_rooms_past_is_read(sim: Sim) -> None:
    await sim.ann.send(sim.channel, "one")
    await sim.post()
    await sim.ann.send(sim.channel, "two")
    read = await sim.adapter.history(sim.chat, None, 10)
    assert [event.text for event in read] == ["two", "one"]
    assert await sim.adapter.history(sim.chat, read[-1].message, 10) == []


async def test_completion_offers_choices(sim: Sim) -> None:
    offered = await sim.ann.autocomplete(sim.channel, "prompt add", "deck", "wo", text="x")
    assert offered[0] == {"name": "Wo 0", "value": "wo-0"}


async def test_a_whisper_answers_in_place_of_thinking(sim: Sim) -> None:
    shown = await sim.ann.slash(sim.channel, "prompt week")
    event = sim.last(CommandGiven)
    assert shown.deferred
    await sim.adapter.perform(
        Whisper(chat=sim.chat, to=event.member, text=Text.of("7 days"), answering=event.answer),
        "row-1",
    )
    assert (shown.response.content, shown.ephemeral) == ("7 days", True)


async def test_a_button_and_a_menu_are_pressed(sim: Sim) -> None:
    rows = ((Button("Go", "p.go:7", look=Look.MAIN), Button("Off", "p.off", disabled=True)),)
    menu = Menu("Colour", (Option("Red", "p.c:red", "warm"), Option("Blue", "p.c:blue")))
    await sim.post(buttons=rows, menu=menu)
    await sim.ann.click(sim.newest, label="Go")
    assert sim.last(ChoiceMade).choice == "p.go:7"
    await sim.ann.select(sim.newest, ["p.c:blue"])
    assert sim.last(ChoiceMade).choice == "p.c:blue"


async def test_a_form_is_valid_and_comes_back(sim: Sim, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "PATIENCE", 60.0)
    await sim.post(buttons=((Button("Suggest", "p.s"),),))
    shown = await sim.ann.click(sim.newest, label="Suggest")
    event = sim.last(ChoiceMade)
    form = Form("p.suggest", "Suggest", (Field("text", "Your idea", long=True, max_length=300),))
    ask = AskForm(chat=sim.chat, to=event.member, form=form, arg="7", answering=event.answer)
    await sim.adapter.perform(ask, "row-2")
    control = shown.modal["components"][0]["component"]["custom_id"]
    await sim.ann.submit_modal(shown, {control: "more music"})
    filled = sim.last(FormSubmitted)
    assert (filled.form, filled.arg, filled.values) == ("p.suggest", "7", {"text": "more music"})


async def test_votes_in_a_poll_are_told(sim: Sim) -> None:
    poll = Poll(chat=sim.chat, question="When?", options=("now", "later"), multiple=True)
    await sim.adapter.perform(poll, "row-1")
    await sim.ann.vote(sim.newest, answer=2)
    await sim.ann.vote(sim.newest, answer=1)
    assert sim.last(PollVoted).options == (0, 1)
    await sim.ann.remove_vote(sim.newest, answer=2)
    assert sim.last(PollVoted).options == (0,)


async def test_reactions_are_told_and_given(sim: Sim) -> None:
    made = await sim.post()
    await sim.ann.react(sim.newest, "🎉")
    assert sim.last(Reacted).emoji == "🎉"
    await sim.adapter.perform(React(chat=sim.chat, message=made, emoji="👍"), "row-2")
    assert {str(reaction.emoji) for reaction in sim.newest.reactions} == {"🎉", "👍"}


async def test_a_thread_is_opened_and_written_in(sim: Sim) -> None:
    made = await sim.post()
    opening = OpenThread(chat=sim.chat, name="t", title="Talk", message=made)
    thread = await sim.adapter.perform(opening, "row-2")
    assert thread is not None
    await sim.adapter.perform(Post(chat=thread.chat, text=Text.of("in here")), "row-3")
    assert [m.content for m in sim.channel.threads[0].history()][-1] == "in here"
    await sim.ann.send(sim.channel.threads[0], "me too")
    assert sim.last(MessagePosted).chat == thread.chat


async def test_a_forum_post_is_accepted(sim: Sim) -> None:
    forum = sim.guild.create_forum_channel("questions")
    chat = ChatRef("discord", str(sim.guild.id), str(forum.id))
    made = await sim.adapter.perform(Post(chat=chat, text=Text.of("How?\nmore")), "row-1")
    assert made is not None
    assert made.chat.room == str(forum.threads[0].id)
    assert forum.threads[0].name == "How?"


async def test_a_role_is_given_by_name(sim: Sim) -> None:
    role = sim.guild.create_role("Host")
    grant = GrantRole(chat=sim.chat, to=MemberRef("discord", str(sim.ann.id)), role="Host")
    await sim.adapter.perform(grant, "row-1")
    assert role.id in sim.env.backend.get_guild(sim.guild.id).members[sim.ann.id].role_ids


async def test_what_may_be_done_follows_the_permissions_of_the_room(sim: Sim) -> None:
    assert Can.PINS | Can.THREADS in sim.adapter.capabilities(sim.chat).can
    mute = discord.PermissionOverwrite(send_polls=False, add_reactions=False)
    quiet = sim.guild.create_text_channel("quiet", overwrites={sim.guild.default_role: mute})
    able = sim.adapter.capabilities(sim.chat.in_room(str(quiet.id))).can
    assert not able & (Can.POLLS | Can.REACTIONS)


async def test_a_post_is_pinned(sim: Sim) -> None:
    made = await sim.post()
    await sim.adapter.perform(Pin(chat=sim.chat, name="p", message=made), "row-2")
    assert [str(message.id) for message in sim.channel.pinned_messages()] == [made.id]
