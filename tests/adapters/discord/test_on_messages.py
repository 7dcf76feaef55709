"""Commands given on messages: which message, whose, and how they are answered."""

from __future__ import annotations

from pathlib import Path

from bot.commands import Field, Form
from bot.effects import AskForm, Poll, Post
from bot.events import About, CommandGiven
from bot.text import Text
from tests.adapters.discord.asking import whisper
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import Core, chat_of, connected, member_of
from tests.discord_api import DiscordApi, Message, Person


async def asks(town: Town, person: Person, message: Message) -> CommandGiven:
    """Takes "This is a question" from the menu of a message; what the core hears of it."""
    before = len(town.core.all(CommandGiven))
    person.uses_menu(message, "This is a question")
    await town.api.until(lambda: len(town.core.all(CommandGiven)) > before)
    return town.core.last(CommandGiven)


def about(event: CommandGiven) -> About:
    assert event.about is not None
    return event.about


async def test_a_command_from_a_menu_is_about_the_message(town: Town) -> None:
    said = town.bob.says(town.general, f"How, <@{town.ann.id}>?")
    event = await asks(town, town.ann, said)
    assert (event.path, event.args, event.unknown) == ("ask", {}, False)
    assert (event.chat, event.member) == (chat_of(town.general), member_of(town.ann))
    assert (about(event).message, about(event).author) == (str(said.id), member_of(town.bob))
    assert (about(event).name, about(event).text) == ("Bob", "How, @Ann?")


async def test_a_message_of_the_bot_has_no_author(town: Town) -> None:
    await town.adapter.perform(Post(chat=chat_of(town.general), text=Text.of("Hello")), "1")
    event = await asks(town, town.ann, town.general.messages[-1])
    assert (about(event).author, about(event).text) == (None, "Hello")


async def test_the_words_of_a_poll_are_its_question(town: Town) -> None:
    poll = Poll(chat=chat_of(town.general), question="When?", options=("now", "later"))
    await town.adapter.perform(poll, "1")
    event = await asks(town, town.ann, town.general.messages[-1])
    assert about(event).text == "When?"


async def test_in_a_thread_the_room_is_the_thread(town: Town) -> None:
    thread = town.api.thread(town.general, "Talk")
    event = await asks(town, town.ann, town.bob.says(thread, "How?"))
    assert event.chat == chat_of(thread)


async def test_a_command_from_a_menu_is_answered_for_one_persons_eyes(town: Town) -> None:
    event = await asks(town, town.ann, town.bob.says(town.general, "How?"))
    await town.adapter.perform(whisper(event, "Kept"), "1")
    (made,) = town.api.interactions.values()
    assert (made.texts, made.ephemeral) == (["Kept"], True)


async def test_a_command_from_a_menu_may_be_answered_with_a_form(town: Town) -> None:
    event = await asks(town, town.ann, town.bob.says(town.general, "How?"))
    form = Form("ask.form", "Ask", (Field("text", "Your question", value="How?"),))
    ask = AskForm(chat=event.chat, to=event.member, form=form, answering=event.answer)
    await town.adapter.perform(ask, "1")
    (made,) = town.api.interactions.values()
    assert made.modal is not None


async def test_the_text_comes_with_the_command_when_the_bot_may_not_read(
    api: DiscordApi, tmp_path: Path
) -> None:
    api.approved_intents.discard("message_content")
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, core, tmp_path):
        ann.uses_menu(ann.says(general, "How?"), "This is a question")
        await api.until(lambda: core.all(CommandGiven))
    assert about(core.last(CommandGiven)).text == "How?"
