"""Sending: in order, never lost in silence, never twice what must not come twice."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Edit, OnDoubt, Post, Urgency
from bot.events import CommandGiven, Undelivered
from bot.feature import Feature
from bot.ports import Can, InDoubt, Rejected, TryLater, Unreachable
from bot.refs import ChatRef, MemberRef
from bot.store import members, outbox
from bot.store.schema import outbox as outbox_table
from bot.text import Text, mention
from tests.core.house import House, echo, house

BEN = MemberRef("local", "ben")


def posts(*texts: str, **named: Any) -> Feature:
    """`/say` posts these."""

    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        return [Post(chat=chat, text=Text.of(text), **named) for text in texts]

    return echo(effects)


def told() -> tuple[Feature, list[Undelivered]]:
    """A feature that collects what could not be delivered."""
    feature, heard = Feature("told"), list[Undelivered]()

    @feature.on(Undelivered)
    async def on_undelivered(ctx: Context, event: Undelivered) -> None:
        heard.append(event)

    return feature, heard


async def say(h: House) -> None:
    if "ann" not in h.world.people:
        await h.person("Ann")
    await h.world.person("ann").gives_command(h.chat, "/say")
    await h.settle()


def fails_once(error: Exception, *, after: bool) -> Any:
    """A fault before or after the first effect is carried out."""
    left = [error]

    def fault(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        return left.pop() if left and done == after else None

    return fault


async def test_posts_of_one_chat_keep_their_order(store_url: str) -> None:
    async with house(store_url, lambda: [posts("1", "2", "3")]) as h:
        await say(h)
        assert h.said() == ["1", "2", "3"]


async def test_an_answer_overtakes_a_scheduled_post(store_url: str) -> None:
    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        scheduled = Post(chat=chat, text=Text.of("scheduled"))
        return [scheduled, Post(chat=chat, text=Text.of("answer"), urgency=Urgency.ANSWER)]

    async with house(store_url, lambda: [echo(effects)]) as h:
        await say(h)
        assert h.said() == ["answer", "scheduled"]


async def test_try_later_is_tried_later_and_in_order(store_url: str) -> None:
    async with house(store_url, lambda: [posts("1", "2")]) as h:
        h.adapter.faults = fails_once(TryLater(timedelta(seconds=30)), after=False)
        await say(h)
        assert h.said() == []
        h.clock.advance(timedelta(seconds=31))
        await h.settle()
        assert h.said() == ["1", "2"]


@pytest.mark.parametrize(
    ("error", "reason"), [(Unreachable("gone"), "gone"), (Rejected("bad"), "refused")]
)
async def test_what_is_given_up_is_told(store_url: str, error: Exception, reason: str) -> None:
    feature, heard = told()
    async with house(store_url, lambda: [posts("1", "2"), feature]) as h:
        h.adapter.faults = fails_once(error, after=False)
        await say(h)
        await h.settle()
        assert [event.reason for event in heard] == [reason]
        assert h.said() == ["2"]


async def test_a_lost_answer_is_not_sent_twice_where_the_platform_recognises_it(
    store_url: str,
) -> None:
    async with house(store_url, lambda: [posts("once")]) as h:
        h.adapter.faults = fails_once(InDoubt("lost"), after=True)
        await say(h)
        assert h.said() == ["once"]


async def test_a_ping_in_doubt_is_never_repeated(store_url: str) -> None:
    feature, heard = told()
    systems = [posts("psst", pings=(BEN,)), feature]
    async with house(store_url, lambda: systems, can=~Can.DEDUPE) as h:
        h.adapter.faults = fails_once(InDoubt("lost"), after=False)
        await say(h)
        await h.settle()
        assert h.said() == []
        assert [event.reason for event in heard] == ["doubt"]


async def test_a_plain_post_in_doubt_is_sent_again(store_url: str) -> None:
    async with house(store_url, lambda: [posts("hello")], can=~Can.DEDUPE) as h:
        h.adapter.faults = fails_once(InDoubt("lost"), after=False)
        await say(h)
        assert h.said() == ["hello"]


async def test_a_post_that_must_not_repeat_is_not_sent_again_after_a_crash(store_url: str) -> None:
    systems = lambda: [posts("once", on_doubt=OnDoubt.SKIP)]  # noqa: E731
    async with house(store_url, systems, can=~Can.DEDUPE) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        async with h.app.database.write() as tx:
            (row,) = await outbox.pending(tx, "local")
            await outbox.mark_sending(tx, [row.id], h.clock.now())
        await h.restart()
        await h.settle()
        assert h.said() == []


async def test_what_waits_at_a_stop_is_sent_after_the_start(store_url: str) -> None:
    async with house(store_url, lambda: [posts("kept")]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        await h.restart()
        await h.settle()
        assert h.said() == ["kept"]


async def test_what_is_stale_is_told_instead_of_sent(store_url: str) -> None:
    feature, heard = told()

    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        return [Post(chat=chat, text=Text.of("old"), stale_after=h.clock.now())]

    async with house(store_url, lambda: [echo(effects), feature]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        h.clock.advance(timedelta(minutes=1))
        await h.settle()
        await h.settle()
        assert [event.reason for event in heard] == ["stale"]
        assert h.said() == []


async def test_a_paused_group_gets_answers_but_no_scheduled_posts(store_url: str) -> None:
    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        answer = Post(chat=chat, text=Text.of("answer"), urgency=Urgency.ANSWER)
        return [answer, replace(answer, text=Text.of("news"), urgency=Urgency.SCHEDULED)]

    feature = echo(effects)

    @feature.command(Command("hush", "Pauses"))
    async def hush(ctx: Context, event: CommandGiven) -> None:
        await ctx.change_group(paused=True)

    async with house(store_url, lambda: [feature]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/hush")
        await say(h)
        assert h.said() == ["answer"]


async def test_an_edit_by_name_reaches_the_post_of_that_name(store_url: str) -> None:
    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        post = Post(chat=chat, text=Text.of("first"), name="echo:1")
        return [post, Edit(chat=chat, name="echo:1", text=Text.of("second"))]

    async with house(store_url, lambda: [echo(effects)]) as h:
        await say(h)
        assert h.said() == ["second"]


def ping(text: str = "psst") -> Feature:
    return echo(lambda chat, _: [_ping(chat, text)])


def _ping(chat: ChatRef, text: str) -> AnyEffect:
    return Post(chat=chat, text=Text.of(mention(BEN, "Ben"), " ", text), pings=(BEN,))


def pings_of(h: House) -> list[tuple[str, ...]]:
    return [m.pings for m in h.world.messages.values() if not m.author]


async def test_one_person_is_pinged_once_a_week_over_all_features(store_url: str) -> None:
    async with house(store_url, lambda: [ping()]) as h:
        await h.person("Ben")
        await say(h)
        await say(h)
        h.clock.advance(timedelta(days=7, minutes=1))
        await say(h)
        assert pings_of(h) == [("ben",), (), ("ben",)]


async def test_who_said_never_is_named_without_a_ping(store_url: str) -> None:
    async with house(store_url, lambda: [ping()]) as h:
        await h.person("Ben")
        async with h.app.database.write() as tx:
            await members.prefer(tx, BEN, no_pings=True)
        await say(h)
        assert pings_of(h) == [()]
        assert "Ben" in h.said()[0]


async def test_nobody_is_pinged_at_night(store_url: str) -> None:
    async with house(store_url, lambda: [ping()]) as h:
        await h.person("Ben")
        h.clock.advance(timedelta(hours=11))
        await say(h)
        assert pings_of(h) == [()]


async def test_a_ping_that_was_withheld_costs_no_budget(store_url: str) -> None:
    async with house(store_url, lambda: [ping()]) as h:
        await h.person("Ben")
        h.clock.advance(timedelta(hours=11))
        await say(h)
        h.clock.advance(timedelta(hours=12))
        await say(h)
        assert pings_of(h) == [(), ("ben",)]


async def test_what_was_sent_leaves_the_outbox(store_url: str) -> None:
    async with house(store_url, lambda: [posts("1")]) as h:
        await say(h)
        assert await h.rows(outbox_table) == []


async def test_a_start_is_recovered_when_the_last_doubtful_send_is_settled(store_url: str) -> None:
    async with house(store_url, lambda: [posts("kept", name="echo:1")]) as h:
        ann = await h.person("Ann")
        await ann.gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        async with h.app.database.write() as tx:
            (row,) = await outbox.pending(tx, "local")
            await outbox.mark_sending(tx, [row.id], h.clock.now())
        await h.restart()
        assert not h.app.engine.recovery("local").is_set()
        await h.restart()  # before it was tried again
        assert not h.app.engine.recovery("local").is_set()
        await h.settle()
        assert h.app.engine.recovery("local").is_set()
        assert h.said() == ["kept"]
