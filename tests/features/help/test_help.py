"""`/help`, `/start`, and buttons that nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import Command, Param
from bot.context import Context
from bot.effects import AnyEffect, Button, Post
from bot.events import ChatAdded
from bot.feature import Feature
from bot.features import help as helping
from bot.features.help.rules import families, find, normal, similar, usable, usage
from bot.text import Text
from tests.dialogue import Talk
from tests.features.conftest import MakeTalk

COMMANDS = {
    command.path: command
    for command in (
        Command("help", "Help", private=True),
        Command("pause", "Pause", (Param("until", "When", required=False),), moderator=True),
        Command("prompt add", "Add", (Param("text", "What"),), moderator=True),
        Command("prompt answers", "Answers"),
        Command("prompt list", "List", moderator=True),
    )
}
ALL = list(COMMANDS.values())


def test_members_see_no_commands_of_moderators() -> None:
    shown = usable(COMMANDS, moderator=False, private=False)
    assert [command.path for command in shown] == ["help", "prompt answers"]


def test_a_private_conversation_shows_what_works_there() -> None:
    assert [c.path for c in usable(COMMANDS, moderator=False, private=True)] == ["help"]


def test_three_commands_with_one_first_word_share_a_line() -> None:
    assert [len(line) for line in families(ALL)] == [1, 1, 3]


def test_two_commands_with_one_first_word_stand_alone() -> None:
    assert [len(line) for line in families(ALL[:-1])] == [1, 1, 1, 1]


@pytest.mark.parametrize("typed", ["/prompt add", "prompt add", " /Prompt   ADD "])
def test_a_command_is_found_however_it_is_typed(typed: str) -> None:
    assert find(ALL, typed) == [COMMANDS["prompt add"]]


def test_a_first_word_finds_the_whole_family() -> None:
    assert len(find(ALL, "/prompt")) == 3


def test_a_slip_of_the_hand_finds_what_was_meant() -> None:
    assert similar(ALL, "/pausse") == ["pause"]


@given(st.text(max_size=300))
def test_any_text_finds_commands_or_nothing(typed: str) -> None:
    assert all(normal(typed) in (c.path, c.path.split()[0]) for c in find(ALL, typed))


def test_optional_arguments_stand_in_brackets() -> None:
    assert usage(COMMANDS["pause"]) == "/pause [until]"


async def test_a_member_is_shown_what_members_can_do(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.says("/help")
    line = await talk.bot.replies("/mydata", "/help", to=cy)
    assert "/pause" not in line.text.replace("/help pause", "")
    assert "/setup" not in line.text


async def test_a_moderator_is_shown_more(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/help")
    await talk.bot.replies("For moderators", "/pause", "/setup", to=ann)


async def test_help_fits_into_one_message(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/help")
    assert len((await talk.bot.replies("/mydata")).text) < 2000


async def test_one_command_is_explained_with_its_arguments(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/help pause")
    await talk.bot.replies("/pause [until]", "Until when", to=ann)


async def test_an_unknown_command_is_not_explained_but_guessed(talk: Talk) -> None:
    ann = await talk.person("Ann", moderator=True)
    await ann.says("/help pausse")
    await talk.bot.replies("pausse", "/pause", to=ann)


@pytest.mark.parametrize("typed", ["@everyone", "{name}", "\u202eevil", "x" * 1400])
async def test_whatever_is_asked_about_is_only_text(on_local: MakeTalk, typed: str) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says(f"/help {typed}")
    line = await talk.bot.replies("I know no command", to=cy)
    assert line.pings == ()
    assert "\u202e" not in line.text
    assert len(line.text) < 300


async def test_the_private_conversation_begins_with_what_is_stored(talk: Talk) -> None:
    cy = await talk.person("Cy")
    await cy.opens_private()
    await talk.bot.replies("I am Convive", "/mydata", "/forgetme", "/language", to=cy)


async def test_help_in_private_points_to_the_group(on_local: MakeTalk) -> None:
    talk = await on_local()
    cy = await talk.person("Cy")
    await cy.says("/help", private=True)
    line = await talk.bot.replies("In your group there is more", to=cy)
    assert "/prompt" not in line.text


async def test_a_button_that_nobody_knows_is_answered(on_local: MakeTalk) -> None:
    old = Feature("old")

    @old.on(ChatAdded)
    async def arrived(ctx: Context, event: ChatAdded) -> list[AnyEffect]:
        button = Button("Press", "gone.long:ago")
        return [Post(chat=event.chat, text=Text.of("old post"), buttons=((button,),))]

    talk = await on_local(systems=[helping.feature(), old])
    cy = await talk.person("Cy")
    await cy.presses(await talk.bot.posts("old post"), "Press")
    await talk.bot.replies("does nothing any more", to=cy)
