"""The harness itself: a small feature through the whole house, on every platform."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest

from bot.commands import Command, Field, Form, Param
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Button, OpenThread, Post, Urgency
from bot.events import ChoiceMade, CommandGiven, Due, Event, FormSubmitted, MessagePosted
from bot.feature import Feature, answer_key
from bot.store.database import Database
from bot.text import Text
from tests.dialogue import Talk
from tests.stages import STAGES


def toy() -> Feature:
    feature = Feature("toy")

    @feature.command(Command("greet", "Greets", (Param("what", "Whom"),)))
    async def greet(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        ctx.arm(f"toy:{event.id}", ctx.now + timedelta(hours=1), "later", event.args["what"])
        button = Button("Press me", "toy.ok:5")
        return [
            ctx.reply(
                Text.of("Hello ", event.args["what"]),
                name="toy:post",
                buttons=((button,),),
                listen=3600 * 24,
            ),
            OpenThread(
                chat=event.chat, name="toy:thread", on="toy:post", title="Talk", listen=9999
            ),
        ]

    @feature.choice("ok")
    async def ok(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
        return [ctx.whisper(Text.of("Pressed ", answer_key(event.choice)[1]))]

    @feature.command(Command("fill", "Asks", moderator=True))
    async def fill(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        fields = (Field("one", "First"), Field("two", "Second"))
        form = Form("toy.form", "A form", fields)
        return [
            AskForm(
                chat=event.chat,
                to=event.member,
                form=form,
                arg="7",
                answering=event.answer,
                urgency=Urgency.ANSWER,
            )
        ]

    @feature.form("form")
    async def filled(ctx: Context, event: FormSubmitted) -> list[AnyEffect]:
        text = f"{event.arg} {event.values['one']} {event.values['two']} {event.moderator}"
        return [ctx.whisper(Text.of(text))]

    @feature.due("later")
    async def later(ctx: Context, event: Due) -> list[AnyEffect]:
        return [Post(chat=ctx.here.chat, text=Text.of("An hour later, ", event.arg))]

    @feature.heard
    async def heard(ctx: Context, event: Event) -> list[AnyEffect]:
        text = event.text if isinstance(event, MessagePosted) else type(event).__name__
        return [Post(chat=ctx.here.chat, text=Text.of("Heard ", text), reply_to_post="toy:post")]

    return feature


@pytest.fixture(params=sorted(STAGES))
async def toys(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Talk]:
    dialogue = Talk(STAGES[request.param](), open_store, systems=[toy()])
    await dialogue.begin()
    yield dialogue
    await dialogue.end()


async def test_a_command_is_answered(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    await toys.bot.replies("Hello world")


async def test_a_button_is_answered_to_who_pressed(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    line = await toys.bot.replies("Hello world")
    await ann.presses(line, "Press me")
    await toys.bot.replies("Pressed 5", to=ann)


async def test_a_button_works_after_a_restart(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    line = await toys.bot.replies("Hello world")
    await toys.restarts()
    await ann.presses(line, "Press me")
    await toys.bot.replies("Pressed 5", to=ann)


async def test_a_reply_to_a_listening_post_is_heard(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    line = await toys.bot.replies("Hello world")
    await ann.says("good morning", reply_to=line)
    await toys.bot.replies("Heard good morning")


async def test_a_message_in_the_thread_is_heard(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    line = await toys.bot.replies("Hello world")
    await ann.says_in_thread("from the thread", under=line)
    await toys.bot.replies("Heard from the thread")


async def test_a_reaction_to_a_listening_post_is_heard(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    line = await toys.bot.replies("Hello world")
    await ann.reacts(line, "👍")
    await toys.bot.replies("Heard Reacted")


async def test_a_missing_argument_is_asked_for(toys: Talk) -> None:
    if toys.platform == "discord":
        pytest.skip("Discord itself refuses a command without its required arguments")
    ann = await toys.person("Ann")
    await ann.says("/greet")
    await ann.fills(["everybody"])
    await toys.bot.replies("Hello everybody")


async def test_a_form_comes_back_with_its_argument(toys: Talk) -> None:
    ann = await toys.person("Ann", moderator=True)
    await ann.says("/fill")
    await ann.fills(["a", "b"])
    await toys.bot.replies("7 a b True", to=ann)


async def test_a_moderator_command_is_refused_to_others(toys: Talk) -> None:
    if toys.platform == "discord":
        pytest.skip("Discord itself hides it; the refusal is tested in tests/test_handling.py")
    ann = await toys.person("Ann")
    await ann.says("/fill")
    await toys.bot.replies("Only moderators")


async def test_what_is_due_comes_an_hour_later(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("/greet world")
    toys.bot.hears_nothing_more()
    await toys.later(minutes=59)
    await toys.bot.is_silent()
    await toys.later(minutes=2)
    await toys.bot.posts("An hour later, world")


async def test_an_ordinary_message_is_not_answered(toys: Talk) -> None:
    ann = await toys.person("Ann")
    await ann.says("hello everybody")
    await toys.bot.is_silent()
