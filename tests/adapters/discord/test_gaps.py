"""What was written while the program was down is read, whenever it stopped."""

import asyncio
from pathlib import Path

from bot.events import MessagePosted
from tests.adapters.discord.core import Core, chat_of, connected
from tests.discord_api import DiscordApi

AN_HOUR = 3_600_000 << 22
"""In snowflakes."""


class Unwritten(Core):
    """A core that is stopped before it has written down what it was handed."""

    async def settled(self) -> None:
        await asyncio.Event().wait()


async def test_the_first_words_of_a_guild_are_read_though_nothing_was_recorded_before(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, core, tmp_path):
        pass
    ann.says(general, "anybody here?")
    async with connected(api, core, tmp_path):
        await api.until(lambda: core.all(MessagePosted))
        assert core.last(MessagePosted).text == "anybody here?"


async def test_nothing_of_the_time_before_the_first_start_is_read(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    api.post(general, ann.user, "long ago", id=general.id - AN_HOUR)
    async with connected(api, core, tmp_path):
        ann.says(general, "today")
        await api.until(lambda: core.all(MessagePosted))
        assert [event.text for event in core.all(MessagePosted)] == ["today"]


async def test_a_gap_whose_reading_was_cut_off_is_read_again_from_its_beginning(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Unwritten(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    core.seen[chat_of(general)] = str(ann.says(general, "known").id)
    ann.says(general, "missed")
    async with connected(api, core, tmp_path):
        await api.until(lambda: core.all(MessagePosted))
    again = Core(api.changed)
    again.notes = core.notes
    again.seen[chat_of(general)] = str(ann.says(general, "heard live, and recorded").id)
    async with connected(api, again, tmp_path):
        await api.until(lambda: again.all(MessagePosted))
        assert again.all(MessagePosted)[0].text == "missed"
