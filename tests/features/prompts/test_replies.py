"""Answers are recognised, kept, followed, and read in the other groups."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from adapters.local.client import EVERYTHING
from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.features.prompts import answer_rules, memory
from bot.features.prompts.reply_records import Reply
from bot.features.prompts.tables import replies, votes
from bot.ports import Can
from bot.store.database import Database
from tests.features.prompts.town import SUNDAY, Town, fill


@pytest.fixture(params=[EVERYTHING, EVERYTHING & ~Can.THREADS], ids=["threads", "no threads"])
async def town(
    request: pytest.FixtureRequest, open_store: Callable[[], Database]
) -> AsyncIterator[Town]:
    """A world with threads, and one without."""
    made = Town(open_store, can=request.param)
    await made.begin()
    yield made
    await made.end()


async def asked(town: Town, title: str = "Friends") -> tuple[Group, Person, Message]:
    """A group with a moderator Ann, and a prompt in it."""
    group = await town.group(title)
    ann = await town.person("Ann", group, moderator=True)
    await fill(town, group, 3)
    await town.gives(ann, group, "/prompt now")
    return group, ann, town.prompts(group)[0]


async def kept(town: Town) -> list[tuple[str, str]]:
    """Names and texts of the answers in the store."""
    async with town.app.database.read() as tx:
        rows = await tx.all(select(replies).order_by(replies.c.id))
    return [(row.member_name, row.text) for row in rows]


async def sisters(town: Town, options: str = "") -> tuple[Group, Group, Person]:
    """Two groups of a community that get the same prompt; Ann moderates both."""
    first = await town.group("North")
    ann = await town.person("Ann", first, moderator=True)
    await fill(town, first, 6)
    second = await town.group("South", with_=first)
    await ann.joins(second)
    town.world.set_moderator(second.id, ann.id)
    for group in (first, second):
        await town.gives(ann, group, f'/prompt schedule when="every day at 18:00" {options}')
    await town.later(hours=7)
    return first, second, ann


async def test_a_reply_to_the_prompt_is_kept(town: Town) -> None:
    _group, ann, post = await asked(town)
    await town.says(ann, post.chat, "A cactus", post)
    assert await kept(town) == [("Ann", "A cactus")]


async def test_a_message_beside_the_prompt_is_not_an_answer(town: Town) -> None:
    _group, ann, post = await asked(town)
    await town.says(ann, post.chat, "Lunch, anybody?")
    assert await kept(town) == []


async def test_a_message_in_the_thread_is_kept(open_store: Callable[[], Database]) -> None:
    town = Town(open_store)
    await town.begin()
    _, ann, post = await asked(town)
    await town.says(ann, town.talk_under(post), "A cactus")
    assert await kept(town) == [("Ann", "A cactus")]
    await town.end()


async def test_a_reply_to_an_answer_belongs_to_the_conversation(town: Town) -> None:
    group, ann, post = await asked(town)
    ben = await town.person("Ben", group)
    said = await town.says(ann, post.chat, "A cactus", post)
    again = await town.says(ben, post.chat, "Which kind?", said)
    await town.restart()
    await town.says(ann, post.chat, "A small one", again)
    assert await kept(town) == [("Ann", "A cactus"), ("Ben", "Which kind?"), ("Ann", "A small one")]


async def test_an_answer_after_a_restart_is_kept(town: Town) -> None:
    _group, ann, post = await asked(town)
    await town.restart()
    await town.says(ann, post.chat, "A cactus", post)
    assert await kept(town) == [("Ann", "A cactus")]


async def test_an_answer_after_seven_days_is_an_ordinary_message(town: Town) -> None:
    _group, ann, post = await asked(town)
    await town.later(days=8)
    await town.says(ann, post.chat, "A cactus", post)
    assert await kept(town) == []


async def test_an_edited_answer_is_kept_as_it_reads_now(town: Town) -> None:
    _group, ann, post = await asked(town)
    said = await town.says(ann, post.chat, "A cactus", post)
    await ann.edits(said, "Two cactuses")
    await town.app.settle()
    assert await kept(town) == [("Ann", "Two cactuses")]


async def test_a_deleted_answer_is_gone(town: Town) -> None:
    _group, ann, post = await asked(town)
    said = await town.says(ann, post.chat, "A cactus", post)
    await ann.deletes(said)
    await town.app.settle()
    assert await kept(town) == []


async def test_who_is_forgotten_leaves_no_answer(town: Town) -> None:
    group, ann, post = await asked(town)
    bob = await town.person("Bob", group)
    for person in (ann, bob):
        await town.says(person, post.chat, f"by {person.id}", post)
    async with town.app.database.write() as tx:
        await memory.forget(tx, ann.ref)
    assert await kept(town) == [("Bob", "by bob")]


async def test_a_vote_is_kept_changed_and_taken_back(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, '/prompt add text="Q tea?" options="tea | coffee"', "/prompt now")
    poll = next(m for m in town.world.history(town.world.home(group.id)) if m.poll)
    seen = []
    for choice in ([0], [1], []):
        await ann.votes(poll, choice)
        await town.app.settle()
        async with town.app.database.read() as tx:
            seen.append([row.options for row in await tx.all(select(votes))])
    assert seen == [["[0]"], ["[1]"], []]


async def test_each_group_reads_what_the_other_answered(town: Town) -> None:
    first, second, ann = await sisters(town)
    bob = await town.person("Bob", second)
    await town.says(bob, town.world.home(second.id), "Sea, <b>always</b>", town.prompts(second)[0])
    told = await town.gives(ann, first, "/prompt answers")
    assert "\u2068South\u2069\n\u2068Bob\u2069\nSea, <b>always</b>" in told


async def test_a_group_of_another_community_reads_nothing(town: Town) -> None:
    first, _second, _ann = await sisters(town)
    bob = await town.person("Bob", first)
    await town.says(bob, town.world.home(first.id), "Secret", town.prompts(first)[0])
    stranger = await town.group("Far away")
    eve = await town.person("Eve", stranger, moderator=True)
    await fill(town, stranger, 6)
    await town.gives(eve, stranger, "/prompt now")
    assert "Secret" not in await town.gives(eve, stranger, "/prompt answers")


async def test_answers_of_people_who_left_do_not_travel(town: Town) -> None:
    first, second, ann = await sisters(town)
    bob = await town.person("Bob", second)
    await town.says(bob, town.world.home(second.id), "Sea", town.prompts(second)[0])
    await bob.leaves(second)
    await town.app.settle()
    assert "Sea" not in await town.gives(ann, first, "/prompt answers")


async def test_many_answers_come_in_pages(town: Town) -> None:
    first, second, ann = await sisters(town)
    for number in range(7):
        bob = await town.person(f"Bob {number}", second)
        await town.says(bob, town.world.home(second.id), f"no {number}!", town.prompts(second)[0])
    told = await town.gives(ann, first, "/prompt answers")
    note = ann.notes(town.world.home(first.id))[-1]
    await ann.presses(note, "More ▶")
    await town.app.settle()
    turned = str(ann.notes(town.world.home(first.id))[-1].text)
    assert ("no 6!" in told, "no 4!" in told, "no 6!" in turned) == (False, True, True)


async def test_the_day_after_a_group_is_told_what_others_said(town: Town) -> None:
    first, second, _ann = await sisters(town, "others=on")
    bob = await town.person("Bob", second)
    await town.says(bob, town.world.home(second.id), "Sea", town.prompts(second)[0])
    await town.later(days=1)
    told = _said_by_others(town, first)
    assert [str(m.text) for m in told] == [
        "What others said\n\u2068Bob\u2069, in \u2068South\u2069:\nSea"
    ]
    assert _said_by_others(town, second) == []


def _said_by_others(town: Town, group: Group) -> list[Message]:
    rooms = [chat for chat in town.world.rooms if chat.group == group.id]
    lines = [m for chat in rooms for m in town.world.history(chat)]
    return [m for m in lines if str(m.text).startswith("What others said")]


async def test_where_nobody_else_said_anything_nothing_is_told(town: Town) -> None:
    first, _second, ann = await sisters(town, "others=on")
    await town.says(ann, town.world.home(first.id), "Sea", town.prompts(first)[0])
    await town.later(days=1)
    assert _said_by_others(town, first) == []


async def test_an_answer_with_markup_and_a_long_text_stays_data(town: Town) -> None:
    group, ann, post = await asked(town)
    await town.says(ann, post.chat, "@everyone \u202e" + "x" * 3500, post)
    told = await town.gives(ann, group, "/prompt answers")
    assert "\u202e" not in told
    assert len(told) < 500


def reply(number: int, group: int, member: str) -> Reply:
    at = SUNDAY + timedelta(minutes=number)
    return Reply(number, 1, group, member, member, str(number), "words", at)


REPLIES = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abcde")), max_size=30).map(
    lambda pairs: [reply(n, group, member) for n, (group, member) in enumerate(pairs)]
)


@given(REPLIES, st.randoms(use_true_random=False))
def test_others_never_includes_the_own_group_or_a_person_twice(
    given_replies: list[Reply], rng: object
) -> None:
    picked = answer_rules.pick(given_replies, 1, rng)  # type: ignore[arg-type]  # hypothesis' own generator is a Random
    people = [(one.group_id, one.member) for one in picked]
    assert all(one.group_id != 1 for one in picked)
    assert len(set(people)) == len(people) <= answer_rules.MOST_TOLD


@given(REPLIES, st.integers(0, 10))
def test_pages_hold_every_answer_once(given_replies: list[Reply], number: int) -> None:
    ordered = answer_rules.others_first(given_replies, 1, {})
    last = answer_rules.page_of(ordered, 0).last
    shown = [r for n in range(last + 1) for r in answer_rules.page_of(ordered, n).replies]
    assert shown == ordered
    assert answer_rules.page_of(ordered, number + last).number == last or number == 0
