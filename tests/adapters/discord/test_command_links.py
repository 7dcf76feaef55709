"""Commands in a text, as links to press."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.render import markdown
from bot.effects import Edit, Post, Whisper
from bot.events import CommandGiven
from bot.text import Text, code, quote
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import Core, chat_of, connected, member_of
from tests.adapters.discord.reading import plain, text_of
from tests.discord_api import DiscordApi

NUMBERS = {"setup": "7", "prompt add": "8"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/setup", "</setup:7>"),
        ("/prompt add", "</prompt add:8>"),
        ("/prompt add deck=Tea *", "</prompt add:8> `deck=Tea *`"),
        ("/prompt add ", "</prompt add:8>"),
        ("/prompt", "`/prompt`"),
        ("/prompt adds", "`/prompt adds`"),
        ("setup", "`setup`"),
        ("/Setup", "`/Setup`"),
        ("see /setup", "`see /setup`"),
        ("/setup:1> <@2", "`/setup:1> <@2`"),
        ("/setup <@2>", "</setup:7> `<@2>`"),
        ("/setup `</setup:1>", "</setup:7> `` `</setup:1> ``"),
        ("/setup ``</setup:1>``", "</setup:7> \\`\\`\\</setup:1>\\`\\`"),
    ],
)
def test_a_command_to_type_is_a_link_and_what_follows_it_stays_code(text: str, shown: str) -> None:
    assert markdown(Text.of(code(text)), commands=NUMBERS) == shown


def test_a_command_that_discord_was_not_told_stays_code() -> None:
    assert markdown(Text.of(code("/setup"))) == "`/setup`"


@pytest.mark.parametrize("typed", ["/setup", "</setup:7>", "`/setup`", "</prompt add:8>"])
def test_what_people_typed_is_no_link(typed: str) -> None:
    for text in (Text.of(typed), Text.of(quote(typed))):
        assert "</" not in markdown(text, commands=NUMBERS).replace("\\<", "")


@given(st.text(alphabet="`</setup:7> ", max_size=40))
def test_code_that_somebody_filled_reads_as_it_was_typed(typed: str) -> None:
    text = f"!{typed}!"
    assert plain(markdown(Text.of(code(text)), commands=NUMBERS), DiscordApi()) == text


def number(town: Town, name: str) -> str:
    return str(next(c["id"] for c in town.api.global_commands if c["name"] == name))


async def test_posts_and_edits_link_to_the_command_as_discord_numbered_it(town: Town) -> None:
    here, prompt = chat_of(town.general), number(town, "prompt")
    text = Text.of("Try ", code("/prompt add"), ".")
    made = await town.adapter.perform(Post(chat=here, text=text), "1")
    (message,) = town.general.messages
    assert message.content == f"Try </prompt add:{prompt}>."
    again = Edit(chat=here, message=made, text=Text.of(code("/prompt week")))
    await town.adapter.perform(again, "2")
    assert message.content == f"</prompt week:{prompt}>"
    assert text_of(message, town.api) == "/prompt week"


async def test_an_answer_for_one_person_links_to_commands_too(town: Town) -> None:
    asked = town.ann.commands(town.general, "prompt week")
    await town.api.until(lambda: town.core.all(CommandGiven))
    given = town.core.last(CommandGiven)
    said = Text.of(code("/setup"))
    to = member_of(town.ann)
    await town.adapter.perform(
        Whisper(chat=given.chat, to=to, text=said, answering=given.answer), "1"
    )
    assert asked.answers[0].content == f"</setup:{number(town, 'setup')}>"


async def test_the_numbers_of_commands_survive_a_restart_without_being_asked_again(
    api: DiscordApi, tmp_path: Path
) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general = guild.channel("general")
    for _ in range(2):
        async with connected(api, core, tmp_path) as adapter:
            await adapter.perform(Post(chat=chat_of(general), text=Text.of(code("/setup"))), "1")
    told = [1 for method, path, _ in api.requests if method == "PUT" and "commands" in path]
    setup, *_ = api.global_commands
    assert len(told) == 1
    assert general.messages[-1].content == f"</setup:{setup['id']}>"
