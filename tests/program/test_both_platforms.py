"""The program itself, with a guild and a Telegram group that are one community."""

from tests.discord_api import DiscordApi
from tests.program.convive import Convive, eventually
from tests.program.sides import PATIENCE, Himalaya, Hudson, unite
from tests.telegram_api import TelegramApi


async def test_it_syncs_its_commands_joins_groups_and_survives_a_kill(
    convive: Convive,
    himalaya: Himalaya,
    hudson: Hudson,
    discord: DiscordApi,
    telegram: TelegramApi,
) -> None:
    await convive.start()
    await unite(himalaya, hudson)
    await himalaya.gives("prompt now")
    await hudson.gives("/prompt now", "Posted:")
    here, there = await himalaya.posted(1), await hudson.posted(1)
    await eventually(lambda: len(convive.posts()) == 2, PATIENCE, lambda: str(convive.posts()))
    await convive.kill()
    await himalaya.answers(here, "A river.")
    await hudson.answers(there, "A bridge.")
    await convive.start()
    await eventually(lambda: len(convive.answers()) == 2, PATIENCE, lambda: str(convive.answers()))
    assert "A river." in await himalaya.reads("prompt answers")
    assert "A bridge." in (await hudson.gives("/prompt answers", "A bridge.")).body
    assert {c["name"] for c in discord.global_commands} >= {"setup", "prompt", "help"}
    assert any("prompt" in str(menu) for menu in telegram.commands.values())
    assert len(himalaya.prompts()) == len(hudson.prompts()) == 1
    assert await convive.end() == 0
