"""Names in a post: whose line goes out is decided at the moment of sending, once."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from adapters.local.model import Message
from bot import claim, consent
from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Button, Call, Edit, Floor, OnDoubt, Post
from bot.events import CommandGiven, Event
from bot.feature import Feature
from bot.follow_ups import FloorGiven, WorthAnswering
from bot.ports import Can, Capabilities, InDoubt, TryLater, Unreachable
from bot.refs import ChatRef, MemberRef
from bot.store import calls, groups, members, outbox
from bot.store.database import Database, Tx
from bot.store.schema import calls as calls_table
from bot.store.schema import pings as pings_table
from bot.text import Text, mention
from tests.core.house import NOON, House, echo, house

BEN, CY, DEE = (MemberRef("local", name) for name in ("ben", "cy", "dee"))
NOT_ME = ((Button("Not me", "quiet.not"), Button("Never", "quiet.never")),)
QUESTION = "What stands on your desk?"
LINE = "\n\n\u2068ben\u2069: you wrote about desks in May."


def line(who: MemberRef, why: str = "you wrote about desks in May.") -> Call:
    return Call(who, Text.of(mention(who, who.id), f": {why}"))


def floor(*who: MemberRef) -> Floor:
    return Floor(tuple(line(one) for one in who), NOT_ME)


def post(chat: ChatRef, *who: MemberRef, name: str = "echo:1", **named: Any) -> Post:
    usual = {"text": Text.of(QUESTION), "floor": floor(*who)} | named
    return Post(chat=chat, name=name, **usual)


def naming(*who: MemberRef, **named: Any) -> Feature:
    """`/say` posts a question with these names."""
    return echo(lambda chat, event: [post(chat, *who, name=f"echo:{event}", **named)])


async def open_with(h: House, *who: MemberRef) -> None:
    await h.person("Ann")
    for one in who:
        await h.person(one.id.title())
    await h.settle()


async def say(h: House) -> None:
    await h.world.person("ann").gives_command(h.chat, "/say")
    await h.settle()


def posted(h: House) -> list[Message]:
    mine = [m for m in h.world.messages.values() if not m.author and m.chat == h.chat]
    return sorted(mine, key=lambda message: int(message.id))


async def test_a_line_goes_out_with_its_ping_its_buttons_and_its_record(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        await say(h)
        (message,) = posted(h)
        assert str(message.text) == QUESTION + LINE
        assert message.pings == ("ben",)
        assert message.buttons == NOT_ME
        assert [row.member for row in await h.rows(calls_table)] == [str(BEN)]
        assert [row.member for row in await h.rows(pings_table)] == [str(BEN)]


async def test_who_does_not_agree_is_not_named_at_all(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN, CY)]) as h:
        await open_with(h, BEN, CY)
        async with h.app.database.write() as tx:
            await members.prefer(tx, BEN, no_pings=True)
        await say(h)
        (message,) = posted(h)
        assert "ben" not in str(message.text)
        assert message.pings == ("cy",)
        assert message.buttons == NOT_ME


async def test_the_buttons_go_with_the_last_line(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        async with h.app.database.write() as tx:
            await members.prefer(tx, BEN, no_pings=True)
        await say(h)
        (message,) = posted(h)
        assert (str(message.text), message.buttons, message.pings) == (QUESTION, (), ())
        assert await h.rows(calls_table) == []


async def test_consent_is_asked_at_the_sending_and_not_before(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        await h.world.person("ann").gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        async with h.app.database.write() as tx:
            await consent.rest(tx, BEN, consent.CALLS, h.clock.now() + timedelta(days=1))
        await h.settle()
        assert h.said() == [QUESTION]


async def test_who_left_in_the_meantime_is_not_named(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        await h.world.person("ben").leaves(h.group)
        await say(h)
        assert h.said() == [QUESTION]


async def test_the_next_post_does_not_name_the_same_person(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        await say(h)
        await say(h)
        assert h.said()[1] == QUESTION


async def test_a_call_uses_up_the_budget_of_the_week(store_url: str) -> None:
    plain = Feature("plain")

    @plain.command(Command("poke", "Pokes"))
    async def poke(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        return [Post(chat=event.chat, text=Text.of(mention(BEN, "ben")), pings=(BEN,))]

    async with house(store_url, lambda: [naming(BEN), plain]) as h:
        await open_with(h, BEN)
        await say(h)
        await h.world.person("ann").gives_command(h.chat, "/poke")
        await h.settle()
        assert [message.pings for message in posted(h)] == [("ben",), ()]


async def test_a_line_comes_before_another_ping_to_the_same_person(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN, pings=(BEN,))]) as h:
        await open_with(h, BEN)
        await say(h)
        assert posted(h)[0].pings == ("ben",)
        assert len(await h.rows(pings_table)) == 1


def changing(*who: MemberRef, text: str = "It is over.", named: bool = True) -> Feature:
    """`/say` posts with names, `/change` edits that post."""
    feature = echo(lambda chat, _: [post(chat, *who)])

    @feature.command(Command("change", "Changes it"))
    async def change(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        button = ((Button("More", "echo.more"),),)
        changed = Text.of(text)
        edit = Edit(chat=event.chat, name="echo:1", text=changed, buttons=button, named=named)
        return [edit]

    return feature


async def test_a_post_that_is_edited_keeps_its_lines_and_their_buttons(store_url: str) -> None:
    async with house(store_url, lambda: [changing(BEN)]) as h:
        await open_with(h, BEN)
        await say(h)
        await h.world.person("ann").gives_command(h.chat, "/change")
        await h.settle()
        (message,) = posted(h)
        assert str(message.text) == "It is over." + LINE
        assert message.buttons == (*((Button("More", "echo.more"),),), *NOT_ME)
        assert len(await h.rows(pings_table)) == 1


async def test_names_that_have_had_their_time_go_with_an_edit(store_url: str) -> None:
    async with house(store_url, lambda: [changing(BEN, named=False)]) as h:
        await open_with(h, BEN)
        await say(h)
        await h.world.person("ann").gives_command(h.chat, "/change")
        await h.settle()
        (message,) = posted(h)
        assert str(message.text) == "It is over."
        assert [button.id for row in message.buttons for button in row] == ["echo.more"]


async def test_an_edit_that_would_grow_too_long_is_shortened_above_the_lines(
    store_url: str,
) -> None:
    async with house(store_url, lambda: [changing(BEN, text="word " * 799)]) as h:
        await open_with(h, BEN)
        await say(h)
        await h.world.person("ann").gives_command(h.chat, "/change")
        await h.settle()
        (message,) = posted(h)
        assert len(str(message.text)) <= h.adapter.capabilities(h.chat).text_limit
        assert str(message.text).endswith(" …" + LINE)


def fails_once(error: Exception, *, after: bool) -> Any:
    left = [error]

    def fault(effect: AnyEffect, token: str, done: bool) -> Exception | None:
        return left.pop() if left and done == after else None

    return fault


async def test_a_post_with_names_in_doubt_is_never_repeated(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)], can=~Can.DEDUPE) as h:
        await open_with(h, BEN)
        h.adapter.faults = fails_once(InDoubt("lost"), after=False)
        await say(h)
        assert h.said() == []
        assert len(await h.rows(calls_table)) == 1, "it may have arrived"


async def test_nor_is_it_after_a_crash(store_url: str) -> None:
    systems = lambda: [naming(BEN, on_doubt=OnDoubt.RESEND)]  # noqa: E731
    async with house(store_url, systems, can=~Can.DEDUPE) as h:
        await open_with(h, BEN)
        await h.world.person("ann").gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        async with h.app.database.write() as tx:
            (light,) = await outbox.pending(tx, "local")
            (row,) = await outbox.load(tx, [light.id])
            await claim.inspect(tx, row, h.clock.now(), h.adapter.capabilities)
            await outbox.mark_sending(tx, [row.id], h.clock.now())
        await h.restart()
        await h.settle()
        assert h.said() == []


async def test_a_post_whose_names_had_fallen_away_is_repeated_after_a_crash(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)], can=~Can.DEDUPE) as h:
        await open_with(h)
        await h.world.person("ann").gives_command(h.chat, "/say")
        while h.app.engine.backlog:
            await h.app.engine.step()
        async with h.app.database.write() as tx:
            (row,) = await outbox.pending(tx, "local")
            await outbox.mark_sending(tx, [row.id], h.clock.now())
        await h.restart()
        await h.settle()
        assert h.said() == [QUESTION]


async def test_a_send_that_is_put_off_keeps_its_names(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        h.adapter.faults = fails_once(TryLater(timedelta(seconds=30)), after=False)
        await say(h)
        h.clock.advance(timedelta(seconds=31))
        await h.settle()
        assert [message.pings for message in posted(h)] == [("ben",)]
        assert len(await h.rows(calls_table)) == 1


async def test_what_surely_did_not_arrive_costs_nobody_anything(store_url: str) -> None:
    async with house(store_url, lambda: [naming(BEN)]) as h:
        await open_with(h, BEN)
        h.adapter.faults = fails_once(Unreachable("gone"), after=False)
        await say(h)
        assert await h.rows(calls_table) == []
        assert await h.rows(pings_table) == []


async def test_a_plain_ping_that_is_put_off_is_still_a_ping(store_url: str) -> None:
    def effects(chat: ChatRef, _: str) -> list[AnyEffect]:
        return [Post(chat=chat, text=Text.of(mention(BEN, "ben")), pings=(BEN,))]

    async with house(store_url, lambda: [echo(effects)]) as h:
        await open_with(h, BEN)
        h.adapter.faults = fails_once(TryLater(timedelta(seconds=30)), after=False)
        await say(h)
        h.clock.advance(timedelta(seconds=31))
        await h.settle()
        assert [message.pings for message in posted(h)] == [("ben",)]


def asking(text: str) -> Feature:
    """`/say` posts this under a name, and tells that it is worth answering."""
    feature = Feature("echo")

    @feature.command(Command("say", "Says something", ()))
    async def said(ctx: Context, event: CommandGiven) -> list[AnyEffect | Event]:
        here: dict[str, Any] = {"id": f"{event.id}:worth", "at": ctx.now, "chat": event.chat}
        worth = WorthAnswering(**here, name="echo:1", kind="prompt", subject=QUESTION)
        return [post(event.chat, text=Text.of(text), floor=None), worth]

    return feature


def giving(*who: MemberRef, name: str = "echo:1") -> Feature:
    """Gives these people the floor in whatever is worth answering."""
    feature = Feature("giver")

    @feature.on(WorthAnswering)
    async def given(ctx: Context, event: WorthAnswering) -> list[Event]:
        here: dict[str, Any] = {"id": f"{event.id}:floor", "at": ctx.now, "chat": event.chat}
        return [FloorGiven(**here, name=name, floor=floor(*who))]

    return feature


async def test_the_floor_goes_into_the_post_of_that_name(store_url: str) -> None:
    async with house(store_url, lambda: [asking(QUESTION), giving(BEN)]) as h:
        await open_with(h, BEN)
        await say(h)
        assert h.said() == [QUESTION + LINE]


async def test_the_floor_for_another_post_goes_nowhere(store_url: str) -> None:
    async with house(store_url, lambda: [asking(QUESTION), giving(BEN, name="echo:2")]) as h:
        await open_with(h, BEN)
        await say(h)
        assert h.said() == [QUESTION]


async def test_a_long_post_makes_room_for_the_lines(store_url: str) -> None:
    limit = 4000
    async with house(store_url, lambda: [asking("w" * 10 + " word" * 798), giving(BEN, CY)]) as h:
        await open_with(h, BEN, CY)
        await say(h)
        said = h.said()
        assert len(said) == 2
        assert all(len(one) <= limit for one in said)
        assert LINE in said[1]
        assert posted(h)[1].buttons == NOT_ME


async def test_nobody_is_named_where_nobody_could_press_never(store_url: str) -> None:
    systems = lambda: [asking(QUESTION), giving(BEN)]  # noqa: E731
    async with house(store_url, systems, can=~Can.BUTTONS) as h:
        await open_with(h, BEN)
        await say(h)
        assert h.said() == [QUESTION]


async def _two_groups(tx: Tx, who: Sequence[MemberRef]) -> list[Any]:
    """A row for each of two groups, both with these names."""
    rows = []
    for number in range(2):
        chat = ChatRef("local", f"g{number}", "room")
        group = await groups.create(tx, chat, NOON)
        for one in who:
            await members.joined(tx, group.id, one, one.id, None, False)
        rows.append(outbox.row_of(post(chat, *who), f"e{number}", group.id, NOON))
    return list(await outbox.load(tx, await outbox.add(tx, rows)))


def _able(chat: ChatRef) -> Capabilities:
    return Capabilities(~Can(0))


async def test_two_groups_that_name_the_same_person_one_after_the_other(
    database: Database,
) -> None:
    async with database.write() as tx:
        first, second = await _two_groups(tx, [BEN, CY])
    pinged = []
    for row in (first, second):
        async with database.write() as tx:
            pinged.append((await claim.inspect(tx, row, NOON, _able)).effect.pings)
    assert pinged == [(BEN, CY), ()]


async def test_two_couriers_that_ask_in_the_same_second_name_nobody_twice(
    database: Database,
) -> None:
    """On PostgreSQL both transactions are open at once; the second waits for the first."""
    async with database.write() as tx:
        rows = await _two_groups(tx, [BEN, CY])

    async def courier(row: Any) -> tuple[MemberRef, ...]:
        async with database.write() as tx:
            await groups.by_id(tx, row.group_id)  # the transaction has begun
            found = (await claim.inspect(tx, row, NOON, _able)).effect.pings
            for _ in range(5):  # while others run
                await groups.by_id(tx, row.group_id)
            return found

    found = await asyncio.gather(*(courier(row) for row in rows))
    assert sorted(map(len, found)) == [0, 2]
    async with database.read() as tx:
        for who in (BEN, CY):
            assert len(await calls.since(tx, [str(who)], NOON - timedelta(days=1))) == 1


async def test_couriers_that_ask_for_the_same_people_in_another_order_do_not_block_each_other(
    database: Database,
) -> None:
    async with database.write() as tx:
        one, other = await _two_groups(tx, [BEN, CY, DEE])

    async def courier(rows: Sequence[Any]) -> None:
        async with database.write() as tx:
            for row in rows:
                await claim.inspect(tx, row, NOON, _able)

    await asyncio.gather(courier([one, other]), courier([other, one]))
    async with database.read() as tx:
        assert len(await calls.since(tx, [str(BEN)], NOON - timedelta(days=1))) == 1
