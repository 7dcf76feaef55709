"""A world survives, and hands over each event until the core has it safe."""

from pathlib import Path

from adapters.local import LocalAdapter, World
from adapters.local.client import EVERYTHING
from adapters.local.model import Change, Message
from bot.effects import Attachment, Poll, Post
from bot.events import ChatMoved, MessagePosted
from bot.ports import Can
from bot.text import Text
from tests.adapters.local.conftest import Town, populate
from tests.adapters.local.recorder import Hand, Recorder, running


async def test_everything_is_there_again_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "world.sqlite"
    world = World(Hand(), path)
    general, _, ann, ben = await populate(world)
    said = await ann.says(general, "hello @Ben Ode", attachment=Attachment("a.png", b"x"))
    await ben.reacts(said, "👍")
    poll = Poll(chat=general, question="Tea?", options=("Yes", "No"))
    await LocalAdapter(world).perform(poll, "1")
    world.mark_read(ann.id, general)
    world.close()

    again = World(Hand(), path)
    assert again.messages == world.messages
    assert (again.people, again.groups, again.marks) == (world.people, world.groups, world.marks)
    assert list(again.rooms) == list(world.rooms)
    assert again.pending == world.pending


async def test_an_event_that_was_not_safe_comes_again(town: Town) -> None:
    async with running(LocalAdapter(town.world), Recorder(safe=False)):
        await town.ann.says(town.general, "hello")
    async with running(LocalAdapter(town.world), Recorder()) as core:
        assert core.last(MessagePosted).text == "hello"


async def test_an_event_that_was_safe_does_not_come_again(town: Town) -> None:
    async with running(LocalAdapter(town.world), Recorder()):
        await town.ann.says(town.general, "hello")
    async with running(LocalAdapter(town.world), Recorder()) as core:
        assert core.all(MessagePosted) == []


async def test_what_happened_before_the_bot_came_is_told_in_order(town: Town) -> None:
    await town.ann.says(town.general, "one")
    await town.ann.says(town.general, "two")
    async with running(LocalAdapter(town.world), Recorder()) as core:
        assert [event.text for event in core.all(MessagePosted)] == ["one", "two"]


async def test_without_reading_only_answers_to_the_bot_arrive(town: Town) -> None:
    adapter = LocalAdapter(town.world, can=EVERYTHING & ~Can.READ)
    async with running(adapter, Recorder()) as core:
        await adapter.perform(Post(chat=town.general, text=Text.of("Tea?")), "1")
        asked = town.world.history(town.general)[-1]
        await town.ann.says(town.general, "among ourselves")
        await town.ann.says(town.general, "yes", reply_to=asked)

        assert [event.text for event in core.all(MessagePosted)] == ["yes"]


async def test_observers_see_each_change_until_they_leave(town: Town) -> None:
    seen: list[Change] = []
    leave = town.world.subscribe(seen.append)
    said = await town.ann.says(town.general, "one")
    leave()
    await town.ann.says(town.general, "two")

    assert [change for change in seen if isinstance(change, Message)] == [said]


async def test_older_messages_are_asked_for_by_what_comes_after_them(town: Town) -> None:
    said = [await town.ann.says(town.general, str(n)) for n in range(5)]

    assert town.world.history(town.general, before=said[3].id, limit=2) == said[1:3]


async def test_a_room_is_unread_until_it_is_looked_at_and_never_by_own_words(town: Town) -> None:
    await town.ann.says(town.general, "hello")
    assert not town.world.unread(town.ann.id, town.general)
    assert town.world.unread(town.ben.id, town.general)

    town.world.mark_read(town.ben.id, town.general)
    assert not town.world.unread(town.ben.id, town.general)


async def test_a_group_that_moves_takes_everything_along(tmp_path: Path) -> None:
    path = tmp_path / "world.sqlite"
    world = World(Hand(), path)
    general, _, ann, _ = await populate(world)
    said = await ann.says(general, "hello")
    moved = world.move_group("lisbon")
    world.close()

    again = World(Hand(), path)
    there = again.home(moved.id)
    assert [m.id for m in again.history(there)] == [said.id]
    assert again.history(general) == []
    assert [e.to for e in again.pending.values() if isinstance(e, ChatMoved)] == [there]
