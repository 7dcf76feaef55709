"""What every adapter tells the core."""

import pytest

from bot.effects import Button, Poll, Post, Urgency
from bot.events import (
    ChoiceMade,
    CommandGiven,
    Event,
    FromMember,
    MemberJoined,
    MemberLeft,
    MessageEdited,
    MessagePosted,
    PollVoted,
    Reacted,
)
from bot.ports import Can
from bot.text import Text
from tests.conformance.conftest import Bench

HELLO = Text.of("Hello")


async def test_a_message_carries_its_text_and_its_author(bench: Bench) -> None:
    await bench.stage.says("Ben", "good morning")
    await bench.stage.delivered()
    event = bench.core.last(MessagePosted)
    assert (event.text, event.name) == ("good morning", "Ben")


async def test_an_answer_to_somebody_names_message_and_author(bench: Bench) -> None:
    first = await bench.stage.says("Ann", "question")
    await bench.stage.delivered()
    ann = bench.core.last(MessagePosted)
    await bench.stage.answers_person("Ben", "answer", first)
    await bench.stage.delivered()
    event = bench.core.last(MessagePosted)
    assert (event.reply_to, event.reply_to_member) == (ann.message, ann.member)


async def test_an_answer_to_the_bot_names_the_message_and_no_author(bench: Bench) -> None:
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.stage.says("Ben", "hi", reply_to=bench.line(made))
    await bench.stage.delivered()
    event = bench.core.last(MessagePosted)
    assert made is not None
    assert (event.reply_to, event.reply_to_member) == (made.id, None)


async def test_a_change_names_the_message_it_changes(bench: Bench) -> None:
    message = await bench.stage.says("Ben", "helo")
    await bench.stage.delivered()
    posted = bench.core.last(MessagePosted)
    await bench.stage.edits("Ben", message, "hello")
    await bench.stage.delivered()
    event = bench.core.last(MessageEdited)
    assert (event.message, event.text) == (posted.message, "hello")


async def test_a_press_carries_the_choice_and_a_way_to_answer(bench: Bench) -> None:
    button = Button("Yes", "t.yes:1")
    made = await bench.perform(Post(chat=bench.chat, text=HELLO, buttons=((button,),)))
    await bench.stage.presses("Ben", bench.line(made), "Yes")
    await bench.stage.delivered()
    event = bench.core.last(ChoiceMade)
    assert made is not None
    assert (event.choice, event.message, bool(event.answer)) == ("t.yes:1", made.id, True)


@pytest.mark.parametrize(("name", "moderator"), [("Ann", True), ("Ben", False)])
async def test_a_command_tells_whether_a_moderator_gave_it(
    bench: Bench, name: str, moderator: bool
) -> None:
    await bench.stage.says(name, "/greet world")
    await bench.stage.delivered()
    event = bench.core.last(CommandGiven)
    assert (event.path, event.moderator) == ("greet", moderator)


async def test_a_command_of_two_words_arrives_with_its_path(bench: Bench) -> None:
    await bench.stage.says("Ann", "/list things")
    await bench.stage.delivered()
    assert bench.core.last(CommandGiven).path == "list things"


async def test_a_reaction_names_message_and_emoji(bench: Bench) -> None:
    bench.needs(Can.REACTIONS)
    made = await bench.perform(Post(chat=bench.chat, text=HELLO))
    await bench.stage.reacts("Ben", bench.line(made), "👍")
    await bench.stage.delivered()
    event = bench.core.last(Reacted)
    assert made is not None
    assert (event.message, event.emoji, event.added) == (made.id, "👍", True)


async def test_a_vote_names_the_poll_and_the_whole_choice(bench: Bench) -> None:
    bench.needs(Can.POLLS)
    made = await bench.perform(Poll(chat=bench.chat, question="Which?", options=("a", "b")))
    await bench.stage.votes("Ben", bench.line(made), [1])
    await bench.stage.delivered()
    event = bench.core.last(PollVoted)
    assert made is not None
    assert (event.message, event.options) == (made.id, (1,))


async def test_who_comes_and_who_goes_is_told(bench: Bench) -> None:
    await bench.stage.person("Cleo")
    await bench.stage.leaves("Cleo")
    await bench.stage.delivered()
    came = {e.member for e in bench.core.all(MemberJoined) if e.name == "Cleo"}
    assert bench.core.last(MemberLeft).member in came


async def test_every_message_has_an_id_of_its_own(bench: Bench) -> None:
    for _ in range(3):
        await bench.stage.says("Ben", "the same words")
    await bench.stage.delivered()
    ids = [event.id for event in bench.core.all(MessagePosted)]
    assert len(ids) == len(set(ids))


async def test_every_moment_is_aware(bench: Bench) -> None:
    assert all(event.at.tzinfo is not None for event in bench.core.events)


async def test_the_bots_own_posts_are_no_events(bench: Bench) -> None:
    before = len(bench.core.all(MessagePosted))
    await bench.perform(Post(chat=bench.chat, text=HELLO, urgency=Urgency.ANSWER))
    assert len(bench.core.all(MessagePosted)) == before


async def test_everybodys_events_carry_the_platform(bench: Bench) -> None:
    def platforms(event: Event) -> set[str]:
        who = {event.member.platform} if isinstance(event, FromMember) else set()
        return {event.chat.platform} | who

    assert set().union(*map(platforms, bench.core.events)) == {bench.stage.platform}
