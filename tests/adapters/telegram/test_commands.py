"""Commands as people type them."""

from __future__ import annotations

import pytest

from bot.events import (
    CommandGiven,
    MessagePosted,
)
from tests.adapters.telegram.core import Core, who
from tests.telegram_api import Chat, Person

pytestmark = pytest.mark.usefixtures("adapter")


async def test_a_command_of_two_words_is_read_with_spaces_or_underscores(
    core: Core, group: Chat, ann: Person
) -> None:
    for typed in ("/prompt add Who  are you?\nReally", "/prompt_add@convive_test_bot Who are you?"):
        await ann.says(group, typed)
    event = await core.heard(CommandGiven, 2)
    first = core.events[0]
    assert isinstance(first, CommandGiven)
    assert (first.path, first.line) == ("prompt add", "Who  are you?\nReally")
    assert (event.path, event.line) == ("prompt add", "Who are you?")


async def test_administrators_are_moderators_and_members_are_not(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    await ann.says(group, "/help")
    assert (await core.heard(CommandGiven, 1)).moderator
    await bob.says(group, "/help")
    assert not (await core.heard(CommandGiven, 2)).moderator


async def test_whoever_is_promoted_is_a_moderator_at_once(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    await bob.says(group, "/help")
    await ann.promotes(group, bob)
    await bob.says(group, "/help")
    assert (await core.heard(CommandGiven, 2)).moderator


async def test_people_in_arguments_are_references(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    await ann.says(group, "Hello")
    await bob.says(group, "/thank @ann_lee for the tea")
    event = await core.heard(CommandGiven)
    assert event.args["to"] == str(who(ann))


async def test_people_without_user_name_can_be_named_too(
    core: Core, group: Chat, ann: Person, bob: Person
) -> None:
    named = {"type": "text_mention", "offset": 7, "length": 3, "user": bob.user.as_json()}
    await ann.says(group, "/thank Bob for the tea", entities=[named])
    event = await core.heard(CommandGiven)
    assert event.args == {"to": str(who(bob)), "why": "for the tea"}


async def test_a_file_comes_with_its_command(core: Core, group: Chat, ann: Person) -> None:
    await ann.sends_file(group, b"text\nWho are you?\n", "/import")
    event = await core.heard(CommandGiven)
    assert event.files["deck"].data == b"text\nWho are you?\n"


async def test_a_picture_comes_with_its_command(core: Core, group: Chat, ann: Person) -> None:
    await ann.sends_photo(group, "/import")
    event = await core.heard(CommandGiven)
    assert (event.files["deck"].name, event.files["deck"].data) == ("picture.jpg", b"jpeg")


async def test_commands_of_other_bots_are_ordinary_talk(
    core: Core, group: Chat, ann: Person
) -> None:
    await ann.says(group, "/weather")
    await ann.says(group, "/help@other_bot")
    assert (await core.heard(MessagePosted, 2)).text == "/help@other_bot"


@pytest.mark.parametrize("text", ["/", "/ help", "//help", "/help!", "/\u2068help"])
async def test_a_slash_alone_makes_no_command(
    core: Core, group: Chat, ann: Person, text: str
) -> None:
    await ann.says(group, text)
    assert (await core.heard(MessagePosted)).text == text


@pytest.mark.parametrize("private", [True, False])
async def test_an_unknown_command_for_this_bot_is_told(
    core: Core, group: Chat, ann: Person, private: bool
) -> None:
    if private:
        await ann.says(ann.private, "/dance")
    else:
        await ann.says(group, "/dance@convive_test_bot")
    event = await core.heard(CommandGiven)
    assert (event.path, event.unknown) == ("dance", True)
