"""Commands and presses to answer, for the tests of interactions."""

from __future__ import annotations

from bot.effects import Button, Post, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.text import Text
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import chat_of
from tests.discord_api import Interaction, Message

EPHEMERAL = 64


async def commanded(town: Town) -> tuple[Interaction, CommandGiven]:
    made = town.ann.commands(town.general, "prompt week")
    await town.api.until(lambda: town.core.all(CommandGiven))
    return made, town.core.last(CommandGiven)


async def pressed(town: Town, message: Message) -> tuple[Interaction, ChoiceMade]:
    made = town.ann.presses(message, "Go")
    await town.api.until(lambda: town.core.all(ChoiceMade))
    return made, town.core.last(ChoiceMade)


async def with_button(town: Town, text: str = "ready?") -> Message:
    row = ((Button("Go", "p.go:7"),),)
    await town.adapter.perform(
        Post(chat=chat_of(town.general), text=Text.of(text), buttons=row), "row-0"
    )
    return town.general.messages[-1]


def whisper(event: CommandGiven | ChoiceMade, text: str, *, in_place: bool = False) -> Whisper:
    return Whisper(
        chat=event.chat,
        to=event.member,
        text=Text.of(text),
        answering=event.answer,
        edits_choice=in_place,
    )
