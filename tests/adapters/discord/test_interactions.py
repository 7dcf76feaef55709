"""Commands, presses and forms: how they arrive and how they are answered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.effects import Button, Edit, Menu, Option, Post, Whisper
from bot.events import ChoiceMade, CommandGiven, File
from bot.refs import MessageRef
from bot.text import Text
from tests.adapters.discord.asking import commanded, pressed, whisper, with_button
from tests.adapters.discord.conftest import Town
from tests.adapters.discord.core import Core, chat_of, connected, member_of
from tests.discord_api import DiscordApi

EPHEMERAL = 64


async def test_a_command_arrives_with_its_typed_options(town: Town) -> None:
    options = {
        "text": "hi",
        "times": 3,
        "shared": True,
        "for": town.bob.user,
        "room": town.general,
    }
    town.ann.commands(town.general, "prompt add", options)
    await town.api.until(lambda: town.core.all(CommandGiven))
    event = town.core.last(CommandGiven)
    assert event.path == "prompt add"
    assert event.args == {
        "text": "hi",
        "times": "3",
        "shared": "yes",
        "for": str(member_of(town.bob)),
        "room": str(chat_of(town.general)),
    }
    assert (event.moderator, event.unknown, event.language) == (False, False, "en-US")


async def test_who_manages_the_guild_is_a_moderator(town: Town) -> None:
    boss = town.guild.person("Boss", roles=(town.guild.role("Mods", "manage_guild"),))
    boss.commands(town.general, "setup")
    await town.api.until(lambda: town.core.all(CommandGiven))
    assert town.core.last(CommandGiven).moderator


async def test_an_argument_is_completed_while_somebody_types(town: Town) -> None:
    typing = town.ann.completes(town.general, "prompt add", "deck", "wo", text="hi")
    await town.api.until(lambda: typing.choices)
    assert typing.choices[0] == {"name": "Wo 0", "value": "wo-0"}
    assert len(typing.choices) == 25
    assert town.core.asked[0][2:] == ("prompt add", "deck", "wo")


async def test_a_number_is_completed_with_numbers(town: Town) -> None:
    typing = town.ann.completes(town.general, "prompt add", "times", "", text="hi")
    await town.api.until(lambda: typing.choices)
    assert typing.choices == [{"name": "thrice", "value": 3}]


async def test_an_answer_to_a_command_is_seen_by_that_person_alone(town: Town) -> None:
    made, event = await commanded(town)
    await town.adapter.perform(whisper(event, "seven days"), "row-1")
    assert (made.texts, made.ephemeral, town.general.texts) == (["seven days"], True, [])


async def test_more_answers_follow_the_first(town: Town) -> None:
    made, event = await commanded(town)
    for text in ("one", "two"):
        await town.adapter.perform(whisper(event, text), "row-1")
    assert made.texts == ["one", "two"]
    assert all(message.flags & EPHEMERAL for message in made.answers)


@pytest.mark.usefixtures("impatient")
async def test_who_waits_sees_thinking_and_then_the_answer_in_its_place(town: Town) -> None:
    made, event = await commanded(town)
    await town.api.until(lambda: made.deferred)
    assert made.ephemeral
    await town.adapter.perform(whisper(event, "here it is"), "row-1")
    assert (made.texts, made.loading) == (["here it is"], False)


@pytest.mark.usefixtures("impatient")
async def test_a_late_public_answer_is_a_message_and_thinking_goes_away(town: Town) -> None:
    made, event = await commanded(town)
    await town.api.until(lambda: made.deferred)
    await town.adapter.perform(
        Post(chat=event.chat, text=Text.of("for all"), answering=event.answer), "row-1"
    )
    assert (town.general.texts, made.loading) == (["for all"], False)


async def test_a_public_answer_in_time_is_the_response(town: Town) -> None:
    made, event = await commanded(town)
    ref = await town.adapter.perform(
        Post(chat=event.chat, text=Text.of("for all"), answering=event.answer), "row-1"
    )
    assert (made.texts, town.general.texts) == (["for all"], ["for all"])
    assert ref == MessageRef(event.chat, str(made.answers[0].id))


async def test_an_answer_whose_receipt_was_lost_is_not_given_twice(town: Town) -> None:
    made, event = await commanded(town)
    town.api.break_off("POST", "/interactions/*", "after")
    effect = whisper(event, "once")
    with pytest.raises(Exception, match="disconnected"):
        await town.adapter.perform(effect, "row-1")
    await town.adapter.perform(effect, "row-1")
    assert made.texts == ["once"]


async def test_after_a_quarter_of_an_hour_the_answer_goes_to_the_room(town: Town) -> None:
    made, event = await commanded(town)
    number, rest = event.answer.split(":", 1)
    old = str(int(number) - (int(timedelta(minutes=20).total_seconds() * 1000) << 22))
    late = Whisper(
        chat=event.chat, to=event.member, text=Text.of("late"), answering=f"{old}:{rest}"
    )
    await town.adapter.perform(late, "row-1")
    assert (made.texts, town.general.texts) == ([], ["late"])


@pytest.mark.usefixtures("impatient")
async def test_when_discord_has_closed_the_answer_early_it_goes_to_the_room(town: Town) -> None:
    made, event = await commanded(town)
    await town.api.until(lambda: made.deferred)
    town.api.close_interactions()
    await town.adapter.perform(whisper(event, "late"), "row-1")
    assert town.general.texts == ["late"]


async def test_a_press_brings_the_choice_and_the_message(town: Town) -> None:
    message = await with_button(town)
    _, event = await pressed(town, message)
    assert (event.choice, event.message) == ("p.go:7", str(message.id))
    assert (event.chat, event.member) == (chat_of(town.general), member_of(town.ann))


async def test_a_choice_from_a_menu_brings_the_option(town: Town) -> None:
    menu = Menu("Which?", (Option("Red", "p.c:red"), Option("Blue", "p.c:blue")))
    await town.adapter.perform(
        Post(chat=chat_of(town.general), text=Text.of("colour"), menu=menu), "row-0"
    )
    town.ann.chooses(town.general.messages[0], "Which?", "Blue")
    await town.api.until(lambda: town.core.all(ChoiceMade))
    assert town.core.last(ChoiceMade).choice == "p.c:blue"


async def test_an_edit_of_the_pressed_message_answers_the_press(town: Town) -> None:
    message = await with_button(town)
    made, event = await pressed(town, message)
    ref = MessageRef(event.chat, event.message)
    await town.adapter.perform(
        Edit(chat=event.chat, text=Text.of("gone"), message=ref, answering=event.answer), "row-1"
    )
    assert made.response is not None
    assert (made.response["type"], message.content, message.components) == (7, "gone", [])


async def test_an_edit_that_answers_nobody_still_acknowledges_the_press(town: Town) -> None:
    message = await with_button(town)
    made, event = await pressed(town, message)
    ref = MessageRef(event.chat, event.message)
    await town.adapter.perform(Edit(chat=event.chat, text=Text.of("1 vote"), message=ref), "row-1")
    assert made.deferred
    assert message.content == "1 vote"


async def test_a_whisper_never_replaces_what_everybody_sees(town: Town) -> None:
    message = await with_button(town)
    made, event = await pressed(town, message)
    await town.adapter.perform(whisper(event, "yours", in_place=True), "row-1")
    assert (message.content, made.texts) == ("ready?", ["yours"])


async def test_a_whisper_takes_the_place_of_the_whisper_that_was_pressed(town: Town) -> None:
    _, event = await commanded(town)
    asked = Whisper(
        chat=event.chat,
        to=event.member,
        text=Text.of("sure?"),
        answering=event.answer,
        buttons=((Button("Go", "p.go"),),),
    )
    await town.adapter.perform(asked, "row-1")
    question = next(iter(town.api.interactions.values())).answers[0]
    _, choice = await pressed(town, question)
    await town.adapter.perform(whisper(choice, "done", in_place=True), "row-2")
    assert (question.content, question.components) == ("done", [])


@pytest.mark.usefixtures("impatient")
async def test_a_press_that_nobody_answers_is_acknowledged(town: Town) -> None:
    made, event = await pressed(town, await with_button(town))
    await town.api.until(lambda: made.deferred)
    await town.adapter.perform(whisper(event, "late but private"), "row-1")
    assert made.texts == ["late but private"]
    assert made.answers[0].flags & EPHEMERAL


async def test_buttons_work_after_a_restart(api: DiscordApi, tmp_path: Path) -> None:
    guild, core = api.guild("Friends"), Core(api.changed)
    general, ann = guild.channel("general"), guild.person("Ann")
    async with connected(api, core, tmp_path) as adapter:
        row = ((Button("Go", "p.go:7"),),)
        await adapter.perform(Post(chat=chat_of(general), text=Text.of("?"), buttons=row), "r")
    async with connected(api, core, tmp_path) as adapter:
        made = ann.presses(general.messages[0], "Go")
        await api.until(lambda: core.all(ChoiceMade))
        event = core.last(ChoiceMade)
        assert event.choice == "p.go:7"
    async with connected(api, core, tmp_path) as adapter:
        answer = Whisper(
            chat=event.chat, to=event.member, text=Text.of("still here"), answering=event.answer
        )
        await adapter.perform(answer, "row-1")
        assert made.texts == ["still here"]


async def test_a_press_that_came_more_than_3_seconds_ago_is_answered_in_the_room(
    town: Town,
) -> None:
    made, event = await pressed(town, await with_button(town))
    made.too_late = True
    await town.adapter.perform(whisper(event, "after all"), "row-1")
    assert town.general.texts[-1] == "after all"


async def test_a_command_in_private_is_answered_there(town: Town) -> None:
    made = town.ann.commands(town.ann.dm, "prompt week")
    await town.api.until(lambda: town.core.all(CommandGiven))
    event = town.core.last(CommandGiven)
    assert (event.chat, event.moderator) == (member_of(town.ann).private_chat, False)
    await town.adapter.perform(
        Post(chat=event.chat, text=Text.of("your week"), answering=event.answer), "row-1"
    )
    assert made.texts == ["your week"]
    assert event.at <= datetime.now(UTC)


async def test_an_attached_file_is_fetched_before_the_command_is_told(town: Town) -> None:
    options = {"text": "look", "picture": ("cat.png", b"meow")}
    town.ann.commands(town.general, "prompt add", options)
    await town.api.until(lambda: town.core.all(CommandGiven))
    event = town.core.last(CommandGiven)
    assert event.files == {"picture": File("cat.png", b"meow")}
    assert event.args == {"text": "look"}


async def test_a_file_that_is_too_large_is_left_out(town: Town) -> None:
    options = {"text": "look", "picture": ("cat.png", b"." * (1 << 20 | 1))}
    town.ann.commands(town.general, "prompt add", options)
    await town.api.until(lambda: town.core.all(CommandGiven))
    assert town.core.last(CommandGiven).files == {}
