"""What the bot asks for happens in the world, or is refused out loud."""

from collections.abc import Callable

import pytest

from adapters.local import LocalAdapter
from adapters.local.client import EVERYTHING
from bot.commands import Field, Form
from bot.effects import (
    AnyEffect,
    AskForm,
    Attachment,
    Button,
    Delete,
    Edit,
    GrantRole,
    Menu,
    OpenThread,
    Option,
    Pin,
    Poll,
    Post,
    React,
    Whisper,
)
from bot.events import ChoiceMade, CommandGiven, MessagePosted
from bot.ports import Can, InDoubt, Rejected, Unreachable
from bot.refs import MessageRef
from bot.text import Text
from tests.adapters.local.conftest import Town
from tests.adapters.local.recorder import Recorder

HELLO = Text.of("Hello")


async def post(adapter: LocalAdapter, town: Town, token: str = "1") -> MessageRef:
    made = await adapter.perform(Post(chat=town.general, text=HELLO), token)
    assert made is not None
    return made


async def test_a_post_is_seen_by_everybody(town: Town, adapter: LocalAdapter) -> None:
    made = await post(adapter, town)

    assert [m.id for m in town.world.history(town.general, town.ben.id)] == [made.id]


async def test_the_same_token_posts_once(town: Town, adapter: LocalAdapter) -> None:
    assert await post(adapter, town) == await post(adapter, town)
    assert len(town.world.history(town.general)) == 1


async def test_without_dedupe_the_same_token_posts_twice(town: Town) -> None:
    adapter = LocalAdapter(town.world, can=EVERYTHING & ~Can.DEDUPE)

    assert await post(adapter, town) != await post(adapter, town)


async def test_an_answer_to_a_command_is_for_one_persons_eyes(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    await town.ben.gives_command(town.general, "/prompt week")
    asked = core.last(CommandGiven)
    await adapter.perform(
        Whisper(chat=town.general, to=town.ben.ref, text=HELLO, answering=asked.answer), "1"
    )

    assert [str(m.text) for m in town.ben.notes(town.general)] == ["Hello"]
    assert town.world.history(town.general, town.ann.id) == []


async def test_a_whisper_nobody_asked_for_goes_to_the_private_conversation(
    town: Town, adapter: LocalAdapter
) -> None:
    made = await adapter.perform(Whisper(chat=town.general, to=town.ben.ref, text=HELLO), "1")

    assert made is not None
    assert made.chat == town.ben.private_chat


async def test_who_closed_the_private_conversation_is_unreachable(
    town: Town, adapter: LocalAdapter
) -> None:
    await town.ben.closes_private()

    with pytest.raises(Unreachable):
        await adapter.perform(Whisper(chat=town.general, to=town.ben.ref, text=HELLO), "1")


async def test_a_whisper_takes_the_place_of_the_one_whose_button_was_pressed(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    buttons = ((Button("Next", "a.next"),),)
    await town.ben.gives_command(town.general, "/prompt week")
    first = Whisper(
        chat=town.general,
        to=town.ben.ref,
        text=HELLO,
        buttons=buttons,
        answering=core.last(CommandGiven).answer,
    )
    await adapter.perform(first, "1")
    await town.ben.presses(town.ben.notes(town.general)[0], "Next")
    second = Whisper(
        chat=town.general,
        to=town.ben.ref,
        text=Text.of("Page 2"),
        edits_choice=True,
        answering=core.last(ChoiceMade).answer,
    )
    await adapter.perform(second, "2")

    assert [str(m.text) for m in town.ben.notes(town.general)] == ["Page 2"]


async def test_a_thread_is_a_room_where_people_answer(
    town: Town, adapter: LocalAdapter, core: Recorder
) -> None:
    root = await post(adapter, town)
    opened = OpenThread(chat=town.general, name="prompt:7", title="Tea", message=root)
    thread = await adapter.perform(opened, "2")
    assert thread is not None
    await town.ben.says(thread.chat, "with milk")

    assert core.last(MessagePosted).chat == thread.chat != town.general


async def test_a_message_has_one_thread_however_often_it_is_asked_for(
    town: Town, adapter: LocalAdapter
) -> None:
    root = await post(adapter, town)
    opened = OpenThread(chat=town.general, name="prompt:7", title="Tea", message=root)

    assert await adapter.perform(opened, "2") == await adapter.perform(opened, "3")


async def test_an_edit_changes_text_and_buttons(town: Town, adapter: LocalAdapter) -> None:
    made = await post(adapter, town)
    await adapter.perform(Edit(chat=town.general, text=Text.of("Bye"), message=made), "2")

    assert str(town.world.messages[made.id].text) == "Bye"


async def test_a_deleted_post_is_gone_and_can_not_be_edited(
    town: Town, adapter: LocalAdapter
) -> None:
    made = await post(adapter, town)
    await adapter.perform(Delete(chat=town.general, message=made), "2")

    with pytest.raises(Unreachable):
        await adapter.perform(Edit(chat=town.general, text=HELLO, message=made), "3")


async def test_a_deletion_repeated_is_no_fault(town: Town, adapter: LocalAdapter) -> None:
    made = await post(adapter, town)
    for token in ("2", "3"):
        await adapter.perform(Delete(chat=town.general, message=made), token)

    assert town.world.history(town.general) == []


async def test_the_bot_never_takes_away_what_people_said(town: Town, adapter: LocalAdapter) -> None:
    said = await town.ann.says(town.general, "hello")

    with pytest.raises(Rejected):
        await adapter.perform(Delete(chat=town.general, message=said.ref), "1")


async def test_reactions_pins_and_roles_are_the_same_when_repeated(
    town: Town, adapter: LocalAdapter
) -> None:
    made = await post(adapter, town)
    for token in ("2", "3"):
        await adapter.perform(React(chat=town.general, message=made, emoji="☕"), token)
        await adapter.perform(Pin(chat=town.general, name="x", message=made), token + "p")
        role = GrantRole(chat=town.general, to=town.ben.ref, role="Host")
        await adapter.perform(role, token + "r")

    message = town.world.messages[made.id]
    assert (message.reactions, message.pinned) == ({"☕": ("",)}, True)
    assert town.world.groups["lisbon"].roles == {"Host": (town.ben.id,)}


async def test_the_bytes_of_a_picture_are_kept(town: Town, adapter: LocalAdapter) -> None:
    picture = Attachment("tea.png", b"\x89PNG", alt="A cup of tea")
    await adapter.perform(Post(chat=town.general, text=HELLO, attachment=picture), "1")
    file = town.world.history(town.general)[0].file

    assert file is not None
    assert (file.alt, town.world.file(file.id)) == ("A cup of tea", b"\x89PNG")


NOTHING_OF_IT: list[tuple[Can, Callable[[Town], AnyEffect]]] = [
    (Can.POLLS, lambda t: Poll(chat=t.general, question="Tea?", options=("Yes", "No"))),
    (Can.BUTTONS, lambda t: Post(chat=t.general, text=HELLO, buttons=((Button("A", "a.b"),),))),
    (
        Can.MENUS,
        lambda t: Post(chat=t.general, text=HELLO, menu=Menu("?", (Option("A", "a.b"),))),
    ),
    (
        Can.FORMS,
        lambda t: AskForm(chat=t.general, to=t.ann.ref, form=Form("a.b", "A", (Field("x", "X"),))),
    ),
    (Can.THREADS, lambda t: OpenThread(chat=t.general, name="a", title="A")),
    (Can.ROLES, lambda t: GrantRole(chat=t.general, to=t.ann.ref, role="Host")),
    (
        Can.IMAGES,
        lambda t: Post(chat=t.general, text=HELLO, attachment=Attachment("a.png", b"x")),
    ),
]


@pytest.mark.parametrize(("lacking", "effect"), NOTHING_OF_IT)
async def test_what_the_platform_lacks_is_refused_and_nothing_happens(
    town: Town, lacking: Can, effect: Callable[[Town], AnyEffect]
) -> None:
    adapter = LocalAdapter(town.world, can=EVERYTHING & ~lacking)

    with pytest.raises(Rejected):
        await adapter.perform(effect(town), "1")
    assert town.world.history(town.general) == []


async def test_a_text_that_is_too_long_is_refused(town: Town) -> None:
    adapter = LocalAdapter(town.world, text_limit=4)

    with pytest.raises(Rejected):
        await post(adapter, town)


async def test_a_group_without_the_bot_is_unreachable(town: Town, adapter: LocalAdapter) -> None:
    town.world.remove_bot("lisbon")

    with pytest.raises(Unreachable):
        await post(adapter, town)
    assert [finding.ok for finding in await adapter.check([town.general])] == [False]


async def test_a_private_conversation_has_no_threads_and_a_thread_has_none_in_it(
    town: Town, adapter: LocalAdapter
) -> None:
    root = await post(adapter, town)
    thread = await adapter.perform(
        OpenThread(chat=town.general, name="a", title="A", message=root), "2"
    )
    assert thread is not None

    assert Can.THREADS in adapter.capabilities(town.general).can
    assert Can.THREADS not in adapter.capabilities(thread.chat).can
    assert Can.THREADS not in adapter.capabilities(town.ann.private_chat).can


async def test_a_fault_after_the_effect_leaves_it_done(town: Town) -> None:
    def lost_answer(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        return InDoubt() if done else None

    with pytest.raises(InDoubt):
        await post(LocalAdapter(town.world, faults=lost_answer), town)
    assert len(town.world.history(town.general)) == 1


async def test_the_rooms_of_a_group_are_offered_without_its_threads(
    town: Town, adapter: LocalAdapter
) -> None:
    root = await post(adapter, town)
    opened = OpenThread(chat=town.general, name="a", title="A", message=root)
    await adapter.perform(opened, "2")

    assert [place.title for place in await adapter.rooms(town.general)] == ["general", "help"]
