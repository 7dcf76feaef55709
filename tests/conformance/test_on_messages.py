"""What every adapter tells of commands on messages, of a room's past, and of threads."""

from bot.commands import Command
from bot.effects import OpenThread, Post
from bot.events import About, CommandGiven, MessagePosted, Reacted
from bot.ports import Can
from bot.text import Text
from tests.conformance.conftest import Bench

HELLO = Text.of("Hello")


async def says(bench: Bench, name: str, text: str) -> tuple[str, MessagePosted]:
    """Somebody writes; the stage's id of the message, and what the core heard."""
    message = await bench.stage.says(name, text)
    await bench.stage.delivered()
    return message, bench.core.last(MessagePosted)


async def given(bench: Bench) -> tuple[CommandGiven, About]:
    """The last command, and what it is about."""
    await bench.stage.delivered()
    event = bench.core.last(CommandGiven)
    assert event.about is not None
    return event, event.about


async def test_a_command_on_somebodys_message_tells_who_wrote_what(bench: Bench) -> None:
    message, said = await says(bench, "Ben", "How do I bake bread?")
    await bench.stage.menu("Ann", message, "note it")
    event, about = await given(bench)
    assert (event.path, event.name, event.chat) == ("note it", "Ann", said.chat)
    assert (about.message, about.author, about.name) == (said.message, said.member, "Ben")
    assert (about.text, about.at) == ("How do I bake bread?", said.at)


async def test_a_command_on_a_message_of_the_bot_has_no_author(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.stage.menu("Ben", bench.line(made), "note it")
    _, about = await given(bench)
    assert made is not None
    assert (about.message, about.author, about.text) == (made.id, None, "Hello")


async def test_a_command_on_a_message_can_be_answered(bench: Bench) -> None:
    message, _ = await says(bench, "Ben", "How?")
    await bench.stage.menu("Ann", message, "note it")
    event, _ = await given(bench)
    made = await bench.perform(Post(chat=event.chat, text=HELLO, answering=event.answer))
    assert bench.line(made).text == "Hello"


async def test_a_command_on_ones_own_message_is_about_oneself(bench: Bench) -> None:
    message, said = await says(bench, "Ben", "How?")
    await bench.stage.menu("Ben", message, "note it")
    event, about = await given(bench)
    assert about.author == event.member == said.member


async def test_a_moderators_command_on_a_message_says_so(bench: Bench) -> None:
    message, _ = await says(bench, "Ben", "How?")
    await bench.stage.menu("Ann", message, "drop it")
    event, _ = await given(bench)
    assert (event.path, event.moderator) == ("drop it", True)


async def test_a_command_alone_is_about_nothing(bench: Bench) -> None:
    await bench.stage.says("Ann", "/note it")
    await bench.stage.delivered()
    assert bench.core.last(CommandGiven).about is None


async def test_every_menu_command_is_declared_for_the_stage(bench: Bench) -> None:
    offered: list[Command] = [c for c in bench.core.commands if c.on_message]
    assert [command.path for command in offered] == ["note it", "drop it"]


async def test_a_reaction_on_somebodys_message_names_it_and_its_room(bench: Bench) -> None:
    bench.needs(Can.REACTIONS)
    message, said = await says(bench, "Ben", "It works")
    await bench.stage.reacts("Ann", message, "👍")
    await bench.stage.delivered()
    event = bench.core.last(Reacted)
    assert (event.message, event.chat, event.emoji) == (said.message, said.chat, "👍")


async def test_the_past_of_a_room_is_told_newest_first_as_it_was_heard(bench: Bench) -> None:
    bench.needs(Can.HISTORY)
    message, _ = await says(bench, "Ben", "Who is in?")
    await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.stage.answers_person("Ann", "Me", message)
    await bench.stage.delivered()
    live = [event for event in bench.core.all(MessagePosted) if event.chat == bench.chat]
    assert list(await bench.stage.adapter.history(bench.chat, None, 100)) == live[::-1]


async def test_the_past_goes_on_where_it_was_left_and_ends_at_the_rooms_beginning(
    bench: Bench,
) -> None:
    bench.needs(Can.HISTORY)
    for word in ("one", "two"):
        await says(bench, "Ben", word)
    read: list[str] = []
    before = None
    while stretch := await bench.stage.adapter.history(bench.chat, before, 1):
        read += [event.text for event in stretch]
        before = stretch[-1].message
    assert read == ["two", "one", "the first word"]


async def test_a_room_without_a_past_that_can_be_read_gives_none(bench: Bench) -> None:
    if Can.HISTORY not in bench.stage.adapter.capabilities(bench.chat).can:
        assert list(await bench.stage.adapter.history(bench.chat, None, 10)) == []


async def test_the_first_message_of_a_post_arrives_with_its_text_in_its_own_room(
    bench: Bench,
) -> None:
    await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.delivered()
    event = bench.core.last(MessagePosted)
    assert (event.text, event.reply_to) == ("How do I bake it?", None)
    assert event.chat != bench.chat
    assert event.chat.group == bench.chat.group


async def test_the_bot_writes_into_a_post_of_somebody(bench: Bench) -> None:
    await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.delivered()
    asked = bench.core.last(MessagePosted)
    made = await bench.perform(Post(chat=asked.chat, text=HELLO, reply_to=asked.message))
    assert made is not None
    assert made.chat == asked.chat
    assert bench.line(made).thread


async def test_what_is_said_in_a_post_answers_nothing_unless_it_does(bench: Bench) -> None:
    first = await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.says_in_thread("Ann", "With flour", under=first)
    await bench.stage.delivered()
    assert bench.core.last(MessagePosted).reply_to is None
    await bench.stage.answers_person("Ann", "And water", first)
    await bench.stage.delivered()
    assert bench.core.last(MessagePosted).reply_to is not None


async def test_a_command_alone_in_a_post_is_about_nothing(bench: Bench) -> None:
    first = await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.says_in_thread("Ann", "/note it", under=first)
    await bench.stage.delivered()
    assert bench.core.last(CommandGiven).about is None


async def test_a_command_on_a_message_in_a_post_comes_from_there(bench: Bench) -> None:
    first = await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.delivered()
    asked = bench.core.last(MessagePosted)
    await bench.stage.menu("Ann", first, "note it")
    event, about = await given(bench)
    assert (event.chat, about.message) == (asked.chat, asked.message)


async def test_a_reaction_in_a_post_comes_from_there(bench: Bench) -> None:
    bench.needs(Can.REACTIONS)
    first = await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.reacts("Ann", first, "👍")
    await bench.stage.delivered()
    assert bench.core.last(Reacted).chat == bench.core.last(MessagePosted).chat


async def test_a_thread_offers_no_threads_in_it(bench: Bench) -> None:
    bench.needs(Can.THREADS)
    post = await bench.perform(Post(chat=bench.chat, text=HELLO))
    opening = OpenThread(chat=bench.chat, name="t", on="p", title="Talk", message=post)
    thread = await bench.perform(opening)
    assert thread is not None
    assert Can.THREADS not in bench.stage.adapter.capabilities(thread.chat).can


async def test_a_post_of_somebody_offers_no_threads_in_it(bench: Bench) -> None:
    await bench.stage.opens_post("Ben", "Bread", "How do I bake it?")
    await bench.stage.delivered()
    room = bench.core.last(MessagePosted).chat
    assert Can.THREADS not in bench.stage.adapter.capabilities(room).can
