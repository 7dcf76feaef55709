"""Events in, one transaction, effects out."""

import asyncio
from datetime import datetime

from sqlalchemy import insert

from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommandGiven, Event, MessagePosted
from bot.feature import Feature
from bot.refs import ChatRef, MemberRef
from bot.store.database import Tx
from bot.store.rollups import activity, member_state
from bot.store.schema import communities, dead_letters, groups, outbox, roster
from bot.text import Text
from tests.core.house import echo, house


def failing(times: int) -> Feature:
    """Fails so many times, after it has written something; then answers."""
    feature = Feature("failing")
    left = [times]

    @feature.command(Command("try", "Tries"))
    async def attempt(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        await ctx.tx.execute(insert(communities).values(name="written by a handler"))
        if left[0]:
            left[0] -= 1
            raise ValueError("on purpose")
        return [ctx.reply(Text.of("done"))]

    return feature


async def test_an_ordinary_message_becomes_one_row_and_nothing_else(store_url: str) -> None:
    async with house(store_url) as h:
        await h.settle()
        before = len(await h.rows(activity))
        h.app.engine.offer(h.message(1))
        await h.settle()
        assert len(await h.rows(activity)) == before + 1
        assert await h.rows(outbox) == []


async def test_an_event_told_twice_is_handled_once(store_url: str) -> None:
    async with house(store_url, lambda: [echo()]) as h:
        ann = await h.person("Ann")
        event = CommandGiven(
            id="c1", at=h.clock.now(), chat=h.chat, member=ann.ref, path="say", answer=""
        )
        for _ in range(3):
            h.app.engine.offer(event)
        await h.settle()
        h.app.engine.offer(event)
        await h.settle()
        assert h.said() == ["said c1"]


async def test_settled_returns_when_what_was_offered_is_durable(store_url: str) -> None:
    async with house(store_url) as h:
        running = asyncio.create_task(h.app.engine.run())
        h.app.engine.offer(h.message(1))
        await h.app.engine.settled()
        assert "l:m:x1" in {row.event for row in await h.rows(activity)}
        running.cancel()


async def test_a_handler_that_fails_once_is_tried_again(store_url: str) -> None:
    async with house(store_url, lambda: [failing(2)]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/try")
        await h.settle()
        assert h.said() == ["done"]


async def test_what_a_failed_attempt_wrote_is_undone(store_url: str) -> None:
    async with house(store_url, lambda: [failing(2)]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/try")
        await h.settle()
        names = [row.name for row in await h.rows(communities)]
        assert names.count("written by a handler") == 1


async def test_a_group_stays_known_when_its_first_event_failed(store_url: str) -> None:
    async with house(store_url, lambda: [failing(1)]) as h:
        chat = ChatRef("local", "g99", "main")
        who = MemberRef("local", "p99")
        command = CommandGiven(
            id="c1", at=h.clock.now(), chat=chat, member=who, path="try", answer=""
        )
        h.app.engine.offer(command)
        await h.settle()
        (group,) = [row for row in await h.rows(groups) if row.native == "g99"]
        assert [row.group_id for row in await h.rows(activity) if row.event == "c1"] == [group.id]


async def test_a_handler_that_keeps_failing_leaves_a_dead_letter_with_its_traceback(
    store_url: str,
) -> None:
    async with house(store_url, lambda: [failing(99)]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/try")
        await h.settle()
        (letter,) = await h.rows(dead_letters)
        assert "ValueError: on purpose" in letter.traceback


async def test_who_waits_for_an_answer_is_told_that_it_went_wrong(store_url: str) -> None:
    async with house(store_url, lambda: [failing(99)]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/try")
        await h.settle()
        assert [text[:5] for text in h.said()] == ["Sorry"]


async def test_one_failing_event_does_not_hold_up_the_others(store_url: str) -> None:
    async with house(store_url, lambda: [failing(99), echo()]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/try")
        await ann.gives_command(h.chat, "/say")
        await h.settle()
        assert any(text.startswith("said ") for text in h.said())


async def test_who_writes_is_in_the_roster_under_the_current_name(store_url: str) -> None:
    async with house(store_url) as h:
        h.app.engine.offer(h.message(1, name="Ann"))
        h.app.engine.offer(h.message(2, name="Anna"))
        await h.settle()
        h.app.engine.offer(h.message(3, name="Annie"))
        await h.settle()
        assert [row.name for row in await h.rows(roster)] == ["Annie"]


async def test_an_event_may_lead_to_another_event(store_url: str) -> None:
    feature = Feature("chain")

    @feature.command(Command("first", "Leads to /second"))
    async def first(ctx: Context, event: CommandGiven) -> list[Event]:
        return [
            CommandGiven(
                id=f"{event.id}:2", at=event.at, chat=event.chat, member=event.member, path="second"
            )
        ]

    @feature.command(Command("second", "Answers"))
    async def second(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        return [ctx.reply(Text.of("second"))]

    async with house(store_url, lambda: [feature]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/first")
        await h.settle()
        assert h.said() == ["second"]


class Questions:
    """An ear for questions that counts what it hears."""

    def __init__(self) -> None:
        self.heard = 0

    def hears(self, event: MessagePosted) -> bool:
        self.heard += 1
        return event.text.endswith("?")

    async def wakes(self, tx: Tx, now: datetime) -> None:
        """Nothing is stored."""


async def test_a_feature_hears_the_messages_that_its_ear_wants(store_url: str) -> None:
    feature = Feature("listener")

    @feature.overhears(Questions)
    async def question(ctx: Context, event: MessagePosted) -> list[AnyEffect]:
        return [ctx.reply(Text.of(f"You asked: {event.text}"))]

    async with house(store_url, lambda: [feature]) as h:
        h.app.engine.offer(h.message(1, "Hello"))
        h.app.engine.offer(h.message(2, "Who is there?"))
        await h.settle()
        assert h.said() == ["You asked: Who is there?"]


async def test_an_ear_hears_each_message_once(store_url: str) -> None:
    feature = Feature("listener")

    @feature.overhears(Questions)
    async def question(ctx: Context, event: MessagePosted) -> list[AnyEffect]:
        return [ctx.reply(Text.of(f"{ctx.ear.heard}"))]

    async with house(store_url, lambda: [feature]) as h:
        h.app.engine.offer(h.message(1, "Hello"))
        h.app.engine.offer(h.message(2, "Who is there?"))
        await h.settle()
        assert h.said() == ["2"]


async def test_the_bot_that_answers_does_not_count_as_activity(store_url: str) -> None:
    async with house(store_url, lambda: [echo()]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/say")
        await h.settle()
        async with h.app.database.write() as tx:
            from bot.store import activity as rollups

            await rollups.fold(tx)
        assert await h.rows(member_state) == []


async def test_a_handler_has_the_same_luck_each_time(store_url: str) -> None:
    rolled: list[float] = []
    feature = Feature("luck")

    @feature.command(Command("roll", "Rolls"))
    async def roll(ctx: Context, event: CommandGiven) -> None:
        rolled.append(ctx.rng.random())
        if len(rolled) == 1:
            raise ValueError("again")

    async with house(store_url, lambda: [feature]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/roll")
        await h.settle()
        assert len(set(rolled)) == 1
        assert len(rolled) == 2
