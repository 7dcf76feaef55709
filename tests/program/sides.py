"""The two groups of one community: a guild in Kolkata and a Telegram group in New York."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.adapters.discord.reading import text_of
from tests.discord_api import DiscordApi, Interaction
from tests.discord_api import Message as DiscordMessage
from tests.telegram_api import Message as TelegramMessage
from tests.telegram_api import TelegramApi

PATIENCE = 30.0
REPLY_HINT = "Reply to this message, and your answer is kept."


MINUTE = timedelta(minutes=1)


def full_minute(ahead: int) -> datetime:
    """The beginning of a minute that is at least so many minutes away."""
    return datetime.now(UTC).replace(second=0, microsecond=0) + (ahead + 1) * MINUTE


def cron_line(when: datetime, zone: str) -> str:
    """The cron line of an instant, daily, by the clock of a zone."""
    local = when.astimezone(ZoneInfo(zone))
    return f"{local.minute} {local.hour} * * *"


def moment(when: datetime, zone: str) -> str:
    """An instant as people of a zone type it."""
    return f"{when.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def _other(read: Callable[[], str]) -> Callable[[], bool]:
    """Whether it reads differently from now."""
    before = read()
    return lambda: read() != before


@dataclass
class Prompt:
    """A prompt as it stands in a group."""

    text: str
    at: datetime
    message: Any


@dataclass
class Himalaya:
    """The guild: Maya moderates in the room "staff", Asha is a member; prompts go to "general"."""

    api: DiscordApi
    zone: str = "Asia/Kolkata"
    platform: str = "discord"

    def __post_init__(self) -> None:
        self.guild = self.api.guild("Himalaya")
        self.general, self.staff = self.guild.channel("general"), self.guild.channel("staff")
        moderators = self.guild.role("Moderators", "manage_guild")
        self.maya = self.guild.person("Maya", roles=(moderators,))
        self.asha = self.guild.person("Asha")

    async def told(self, asked: Interaction) -> DiscordMessage:
        """The answer that a person got."""
        await self.api.until(lambda: asked.answers or asked.original, within=PATIENCE)
        answer = asked.answers[-1] if asked.answers else asked.original
        assert answer is not None
        return answer

    async def gives(self, path: str, **options: Any) -> str:
        """Maya gives a command among the moderators; what she reads."""
        return text_of(await self.told(self.maya.commands(self.staff, path, options)), self.api)

    async def reads(self, path: str, **options: Any) -> str:
        """The same by Asha in the room of everybody."""
        asked = self.asha.commands(self.general, path, options)
        return text_of(await self.told(asked), self.api)

    async def sets_up(self) -> None:
        """`/setup`, by its buttons and menus."""
        panel = await self.told(self.maya.commands(self.staff, "setup"))
        for choice in ("English", "general", "Kolkata", "None yet", "staff", "Confirm"):
            changed = _other(lambda: panel.content)
            self._picks(panel, choice)
            await self.api.until(changed, within=PATIENCE)
        assert "All set" in panel.content

    def _picks(self, panel: DiscordMessage, choice: str) -> None:
        """Presses the button, or chooses the line of the menu, that begins so."""
        for part in panel.buttons:
            if part.get("label", "").startswith(choice):
                self.maya.presses(panel, part["label"])
                return
        (menu,) = (part for part in panel.buttons if part.get("options"))
        labels = [option["label"] for option in menu["options"]]
        picked = next(label for label in labels if label.strip("#").startswith(choice))
        self.maya.chooses(panel, menu["custom_id"], picked)

    async def admits(self) -> None:
        """Lets the other group in."""
        await self.api.until(self._asking, within=PATIENCE)
        made = self.maya.presses(self._asking()[-1], "Let them in")
        assert "one of you now" in (await self.told(made)).content

    def _asking(self) -> list[DiscordMessage]:
        return [m for m in self.staff.messages if m.buttons and "would like" in m.content]

    def prompts(self) -> list[Prompt]:
        """The bot's posts in the room of everybody, but for its greeting."""
        return [
            Prompt(text_of(m, self.api), m.at, m)
            for m in self.general.messages
            if m.author.id == self.api.bot.id and not m.webhook and "I am Convive" not in m.content
        ]

    async def posted(self, count: int, within: float = PATIENCE) -> Prompt:
        """The newest prompt, once there are so many."""
        await self.api.until(lambda: len(self.prompts()) >= count, within=within)
        return self.prompts()[-1]

    async def answers(self, prompt: Prompt, text: str, *, in_thread: bool = False) -> str:
        """Asha answers, by a reply or in the thread below; the id of her message."""
        post: DiscordMessage = prompt.message
        if in_thread and post.thread is not None:
            return str(self.asha.says(post.thread, text).id)
        return str(self.asha.says(self.general, text, reply_to=post).id)


@dataclass
class Hudson:
    """The Telegram group: Nick owns it, Rose is a member."""

    api: TelegramApi
    zone: str = "America/New_York"
    platform: str = "telegram"
    _read: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.nick, self.rose = self.api.user("Nick"), self.api.user("Rose")
        self.group = self.api.supergroup("Hudson", self.nick, self.rose, bot="left")

    async def said(self, words: str) -> TelegramMessage:
        """The bot's next message with these words, in the group or to Nick alone."""
        chats = (self.group, self.nick.private)

        def found() -> list[TelegramMessage]:
            said = (m for chat in chats for m in chat.messages if m.sender is self.api.bot)
            return [m for m in said if words in m.body and m.serial not in self._read]

        await self.api.until(lambda: bool(found()), within=PATIENCE)
        newest = found()[-1]
        self._read.add(newest.serial)
        return newest

    async def gives(self, line: str, expected: str) -> TelegramMessage:
        """Nick gives a command; what he reads."""
        await self.nick.says(self.group, line)
        return await self.said(expected)

    async def sets_up(self) -> None:
        """Adds the bot, then `/setup` by its buttons."""
        await self.nick.adds_bot(self.group)
        await self.said("I am Convive")
        panel = await self.gives("/setup", "Which language")
        for choice in ("English", "New York", "None yet", "Confirm"):
            changed = _other(lambda: panel.body)
            label = next(label for label in panel.labels if label.startswith(choice))
            await self.nick.presses(panel, label)
            await self.api.until(changed, within=PATIENCE)
        assert "All set" in panel.body

    async def joins(self, code: str) -> None:
        """Asks to become one community with the group that made the code."""
        panel = await self.gives(f"/community join {code}", "You would join")
        await self.nick.presses(panel, "Ask to join")

    def prompts(self) -> list[Prompt]:
        """The prompts in the group."""
        return [
            Prompt(m.body, datetime.fromtimestamp(m.date, UTC), m)
            for m in self.group.messages
            if m.sender is self.api.bot and m.body.endswith(REPLY_HINT)
        ]

    async def posted(self, count: int, within: float = PATIENCE) -> Prompt:
        """The newest prompt, once there are so many."""
        await self.api.until(lambda: len(self.prompts()) >= count, within=within)
        return self.prompts()[-1]

    async def answers(self, prompt: Prompt, text: str, *, in_thread: bool = False) -> str:
        """Rose replies; the id of her message."""
        said = await self.rose.says(self.group, text, reply_to=prompt.message)
        return str(said.id)


SHARED = "0 9 15 6 *"
"""A plan that both groups have: next June, so one day by both clocks."""


async def share(himalaya: Himalaya, hudson: Hudson, at: datetime) -> None:
    """Both groups plan the same slot, their first plan, and move it to this moment."""
    await himalaya.gives("prompt schedule", when=SHARED)
    await hudson.gives(f"/prompt schedule {SHARED}", "Planned")
    told = await himalaya.gives("prompt move", when=moment(at, himalaya.zone), number=1)
    assert "Moved" in told
    await hudson.gives(f"/prompt move {moment(at, hudson.zone)} number=1", "Moved")


async def plan(himalaya: Himalaya, hudson: Hudson, at: datetime) -> None:
    """Each group plans a prompt for this moment, as its own clock shows it."""
    await himalaya.gives("prompt schedule", when=cron_line(at, himalaya.zone))
    await hudson.gives(f"/prompt schedule {cron_line(at, hudson.zone)}", "Planned")


async def unite(himalaya: Himalaya, hudson: Hudson) -> None:
    """Sets both groups up and makes them one community."""
    await himalaya.sets_up()
    await hudson.sets_up()
    offered = re.search(r"/community join (\w+)", await himalaya.gives("community code"))
    assert offered
    await hudson.joins(offered[1])
    await himalaya.admits()
    await hudson.said("You are part of")
