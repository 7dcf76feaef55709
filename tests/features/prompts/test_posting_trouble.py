"""What a prompt looks like, and what happens when it can't be sent or a button is odd."""

from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import select, update

from adapters.local.client import EVERYTHING, LocalAdapter
from bot.effects import AnyEffect, Poll, Post
from bot.events import ChoiceMade
from bot.features.prompts.tables import cards, prompt_posts
from bot.ports import Can, InDoubt, Unreachable
from bot.store.database import Database
from tests.features.prompts.town import Town, at, home

PARIS = "Europe/Paris"


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Town]:
    """An empty world with the prompts in it."""
    made = Town(open_store)
    await made.begin()
    yield made
    await made.end()


async def test_a_suggested_prompt_names_its_author_and_category(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, "/prompt add Q of a member?")
    async with town.app.database.write() as tx:
        await tx.execute(update(cards).values(author_name="@everyone \u202e Bob", category="fun"))
    await town.gives(ann, group, "/prompt now")
    post = town.prompts(group)[0]
    assert "Fun · suggested by \u2068@everyone Bob\u2069" in str(post.text)
    assert post.text.mentions == ()


async def test_a_card_with_options_becomes_a_native_poll(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, '/prompt add text="Q: tea or coffee?" options="tea | coffee"')
    await town.gives(ann, group, "/prompt now")
    polls = [m for m in town.world.history(town.world.home(group.id)) if m.poll]
    assert [option for m in polls if m.poll for option in m.poll.options] == ["tea", "coffee"]


async def test_a_thread_opens_under_the_prompt(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt now")
    assert town.talk_under(town.prompts(group)[0])


async def test_where_there_are_no_threads_people_learn_how_to_answer(
    open_store: Callable[[], Database],
) -> None:
    town = Town(open_store, can=EVERYTHING & ~Can.THREADS)
    await town.begin()
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt now")
    assert "Reply to this message" in str(town.prompts(group)[0].text)
    await town.end()


async def test_a_prompt_whose_sending_is_in_doubt_is_not_repeated_but_offered(
    open_store: Callable[[], Database],
) -> None:
    town = Town(open_store, can=EVERYTHING & ~Can.DEDUPE)
    await town.begin()
    group, ann = await home(town)

    def breaks(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        is_prompt = isinstance(effect, Post | Poll) and effect.name.startswith("prompt:now")
        return InDoubt("cut") if is_prompt and done else None

    adapter = town.app.adapters[0]
    assert isinstance(adapter, LocalAdapter)
    adapter.faults = breaks
    await town.gives(ann, group, "/prompt now")
    adapter.faults = None
    offer = next(m for m in town.posts(group) if "can't tell" in str(m.text))
    assert len(town.prompts(group)) == 1
    await ann.presses(offer, "Post it again")
    await town.app.settle()
    assert [str(m.text)[:3] for m in town.prompts(group)] == ["Q1 ", "Q1 "]
    await town.end()


async def test_a_room_that_is_gone_is_told_and_the_prompt_stays_in_its_deck(town: Town) -> None:
    group, ann = await home(town)
    adapter = town.app.adapters[0]
    assert isinstance(adapter, LocalAdapter)

    def closed(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        is_prompt = isinstance(effect, Post) and effect.name.startswith("prompt:")
        return Unreachable("closed") if is_prompt and not done else None

    adapter.faults = closed
    await town.gives(ann, group, "/prompt schedule every day at 9:00")
    await town.until(at("2026-11-23T10:00"))
    adapter.faults = None
    assert "could not be posted" in str(town.posts(group)[-1].text)
    await town.until(at("2026-11-24T10:00"))
    assert [str(m.text)[:3] for m in town.prompts(group)] == ["Q1 "]


async def test_every_post_has_one_row(town: Town) -> None:
    group, ann = await home(town)
    await town.gives(ann, group, "/prompt schedule every day at 9:00", "/prompt now")
    await town.later(days=3)
    async with town.app.database.read() as tx:
        rows = await tx.all(select(prompt_posts.c.name))
    assert len({row.name for row in rows}) == len(rows) == len(town.prompts(group)) == 4


@pytest.mark.parametrize(
    "choice",
    [
        "prompt.plan-show:99999999999999999999",
        "prompt.plan-drop:x",
        "prompt.plans:",
        "prompt.again:9999999999999999999",
        "prompt.answers:1.99999999999999999",
        "prompt.answers:",
    ],
)
async def test_a_button_that_says_nonsense_is_answered(town: Town, choice: str) -> None:
    group, ann = await home(town)
    chat = town.world.home(group.id)
    press = ChoiceMade(
        id="l:p:odd", at=town.clock.now(), chat=chat, member=ann.ref, moderator=True, choice=choice
    )
    before = len(town.world.messages)
    town.app.engine.offer(press)
    await town.app.settle()
    assert len(town.world.messages) > before


@pytest.mark.parametrize("number", ["--5", "-0", "٣", "9" * 1000])
async def test_an_odd_number_is_answered(town: Town, number: str) -> None:
    group, ann = await home(town)
    assert await town.gives(ann, group, f"/prompt answers {number}")
    assert await town.gives(ann, group, f"/prompt skip {number}")
