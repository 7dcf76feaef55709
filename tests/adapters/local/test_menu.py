"""Commands that are given on a message, and what a room remembers."""

import pytest

from adapters.local import LocalAdapter, Refused
from bot.effects import Post, Whisper
from bot.events import CommandGiven, MessagePosted
from bot.ports import Unreachable
from bot.refs import MessageRef
from bot.text import Text
from tests.adapters.local.conftest import ON_MESSAGES, Town
from tests.adapters.local.recorder import Recorder


@pytest.fixture(autouse=True)
def offered(town: Town, core: Recorder) -> None:
    town.world.commands = ON_MESSAGES


async def test_a_command_from_a_menu_is_about_the_message(town: Town, core: Recorder) -> None:
    message = await town.ben.says(town.general, "How, @ann?")
    await town.ann.uses_menu(message, "ask")

    event = core.last(CommandGiven)
    assert event.about is not None
    assert (event.path, event.chat, event.args) == ("ask", town.general, {})
    assert (event.about.message, event.about.author) == (message.id, town.ben.ref)
    assert (event.about.name, event.about.text, event.about.at) == (
        "Ben Ode",
        "How, @Ann?",
        message.at,
    )


async def test_a_message_of_the_bot_has_no_author(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    made = await adapter.perform(Post(chat=town.general, text=Text.of("Hello")), "1")
    assert made is not None
    await town.ben.uses_menu(town.world.messages[made.id], "ask")

    event = core.last(CommandGiven)
    assert event.about is not None
    assert (event.about.author, event.about.text) == (None, "Hello")


async def test_only_moderators_find_their_commands_in_the_menu(town: Town, core: Recorder) -> None:
    message = await town.ann.says(town.general, "How?")
    await town.ann.uses_menu(message, "close")
    with pytest.raises(Refused):
        await town.ben.uses_menu(message, "close")


async def test_a_note_has_no_menu(town: Town, adapter: LocalAdapter, core: Recorder) -> None:
    await town.ann.gives_command(town.general, "/ask")
    given = core.last(CommandGiven)
    whisper = Whisper(
        chat=town.general, to=given.member, text=Text.of("psst"), answering=given.answer
    )
    await adapter.perform(whisper, "1")
    (note,) = town.ann.notes(town.general)
    with pytest.raises(Refused):
        await town.ann.uses_menu(note, "ask")


async def test_a_command_that_answers_a_message_is_about_it(town: Town, core: Recorder) -> None:
    message = await town.ben.says(town.general, "How?")
    await town.ann.gives_command(town.general, "/ask", reply_to=message)

    event = core.last(CommandGiven)
    assert event.about is not None
    assert event.about.message == message.id


async def test_a_command_that_answers_nothing_is_about_nothing(town: Town, core: Recorder) -> None:
    await town.ann.gives_command(town.general, "/ask")
    assert core.last(CommandGiven).about is None


async def test_a_rooms_past_is_told_as_it_was_heard(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    first = await town.ann.says(town.general, "Who knows @ben ode?")
    await adapter.perform(Post(chat=town.general, text=Text.of("I don't count")), "1")
    await town.ben.says(town.general, "Me", reply_to=first)
    await town.ben.says(town.help, "elsewhere")

    heard = [event for event in core.all(MessagePosted) if event.chat == town.general]
    assert await adapter.history(town.general, None, 100) == heard[::-1]


async def test_a_rooms_past_is_read_in_stretches_until_its_beginning(
    town: Town, adapter: LocalAdapter
) -> None:
    for word in ("one", "two", "three"):
        await town.ann.says(town.general, word)
    read: list[str] = []
    before = None
    while stretch := await adapter.history(town.general, before, 2):
        read += [event.text for event in stretch]
        before = stretch[-1].message
    assert read == ["three", "two", "one"]


async def test_a_room_that_is_gone_has_no_past(town: Town, adapter: LocalAdapter) -> None:
    with pytest.raises(Unreachable):
        await adapter.history(town.general.in_room("gone"), None, 10)


async def test_reactions_on_peoples_messages_keep_them_in_the_past(
    town: Town, adapter: LocalAdapter
) -> None:
    message = await town.ann.says(town.general, "hello")
    await town.ben.reacts(message, "👍")
    (event,) = await adapter.history(town.general, None, 10)
    assert MessageRef(event.chat, event.message) == message.ref
