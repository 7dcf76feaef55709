"""What is pressed in a private conversation still belongs to the group that it came from."""

from collections.abc import AsyncIterator, Callable

import pytest

from bot.commands import Command, Field, Form
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Button, Urgency
from bot.events import ChoiceMade, CommandGiven, FormSubmitted
from bot.feature import Feature
from bot.store.database import Database
from bot.text import Text
from tests.dialogue import Actor, Talk
from tests.stages import STAGES


def toy() -> Feature:
    feature = Feature("toy")

    @feature.command(Command("begin", "Begins"))
    async def begin(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        row = (Button("Act", "toy.act"), Button("Fill", "toy.fill"))
        return [
            ctx.whisper(Text.of("First"), buttons=(row,)),
            ctx.whisper(Text.of("Second"), buttons=(row,)),
        ]

    @feature.choice("act")
    async def act(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
        title = ctx.group.title if ctx.group else "nowhere"
        row = (Button("Act", "toy.act"),)
        said = Text.of(f"In {title}, moderator: {event.moderator}")
        return [ctx.whisper(said, buttons=(row,), in_place=True)]

    @feature.choice("fill")
    async def fill(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
        form = Form("toy.form", "A form", (Field("one", "One"),))
        return [
            AskForm(
                chat=event.chat,
                to=event.member,
                form=form,
                answering=event.answer,
                urgency=Urgency.ANSWER,
            )
        ]

    @feature.form("form")
    async def filled(ctx: Context, event: FormSubmitted) -> list[AnyEffect]:
        title = ctx.group.title if ctx.group else "nowhere"
        said = f"{event.values['one']} in {title}, moderator: {event.moderator}"
        return [ctx.whisper(Text.of(said))]

    return feature


@pytest.fixture(params=sorted(STAGES))
async def toys(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Talk]:
    dialogue = Talk(STAGES[request.param](), open_store, systems=[toy()])
    await dialogue.begin()
    yield dialogue
    await dialogue.end()


async def somebody(toys: Talk, *, moderator: bool) -> Actor:
    found = await toys.person("Ann", moderator=moderator)
    await found.opens_private()
    toys.bot.hears_nothing_more()
    return found


@pytest.mark.parametrize("moderator", [True, False])
async def test_a_press_knows_its_group_and_the_right_of_who_asked(
    toys: Talk, moderator: bool
) -> None:
    ann = await somebody(toys, moderator=moderator)
    await ann.says("/begin")
    for begin in ("First", "Second"):
        await ann.presses(await toys.bot.replies(begin, to=ann), "Act")
        await toys.bot.replies(f"In Friends, moderator: {moderator}", to=ann)


async def test_an_answer_that_was_changed_in_place_can_be_pressed_again(toys: Talk) -> None:
    ann = await somebody(toys, moderator=True)
    await ann.says("/begin")
    line = await toys.bot.replies("First", to=ann)
    await ann.presses(line, "Act")
    line = await toys.bot.replies("In Friends", to=ann)
    await toys.later(minutes=1)
    await ann.presses(line, "Act")
    assert any("In Friends" in said.text for said in toys.stage.lines())


async def test_a_form_that_a_press_opened_knows_its_group(toys: Talk) -> None:
    ann = await somebody(toys, moderator=True)
    await ann.says("/begin")
    await ann.presses(await toys.bot.replies("First", to=ann), "Fill")
    await ann.fills(["filled"])
    await toys.bot.replies("filled in Friends, moderator: True", to=ann)


async def test_the_right_of_a_moderator_in_a_private_conversation_lasts_a_day(
    open_store: Callable[[], Database],
) -> None:
    talk = Talk(STAGES["telegram"](), open_store, systems=[toy()])
    await talk.begin()
    ann = await somebody(talk, moderator=True)
    await ann.says("/begin")
    line = await talk.bot.replies("First", to=ann)
    await talk.later(hours=25)
    await ann.presses(line, "Act")
    await talk.bot.replies("In Friends, moderator: False", to=ann)
    await talk.end()
