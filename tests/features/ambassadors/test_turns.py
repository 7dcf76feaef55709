"""Whose turn it is: agreed, reachable, rested, present, willing to be notified, in turn."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import consent
from bot.events import Undelivered
from bot.features.ambassadors import ask_records, records
from bot.features.ambassadors.core import ambassadors, undelivered
from bot.features.ambassadors.rules import Asked, State
from bot.refs import MemberRef
from bot.store import groups, identities, members
from bot.store.database import Database
from bot.store.groups import Group
from tests.features.ambassadors.library import HOME, context

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN, BEN, CLEO, DAN = (MemberRef("local", name) for name in ("ann", "ben", "cleo", "dan"))


class Circle:
    """A group whose people are ambassadors."""

    def __init__(self, database: Database, group: Group) -> None:
        self.database, self.group = database, group

    async def joins(self, *people: MemberRef, state: State = State.AGREED) -> None:
        """They are in the group, and ambassadors in this state."""
        async with self.database.write() as tx:
            for member in people:
                await members.joined(tx, self.group.id, member, member.id, NOON, is_bot=False)
                community = self.group.community
                await records.note(tx, community, self.group.id, member, state, NOON)

    async def turn(self, *without: MemberRef, limit: int = 9, now: datetime = NOON) -> list[str]:
        """Whose turn it is."""
        async with self.database.write() as tx:
            ctx = context(tx, self.group, now)
            found = await records.volunteers(ctx, self.group, without, limit)
        return [member.id for member in found]

    async def asked(self, member: MemberRef, at: datetime) -> None:
        """Somebody was asked then."""
        async with self.database.write() as tx:
            await records.asked(tx, member, self.group.community, at)


@pytest.fixture
async def circle(database: Database) -> Circle:
    async with database.write() as tx:
        group = await groups.create(tx, HOME, NOON, title="Friends")
    made = Circle(database, group)
    await made.joins(ANN, BEN, CLEO)
    return made


def days(count: float) -> timedelta:
    return timedelta(days=count)


async def test_at_first_in_the_order_in_which_they_came(circle: Circle) -> None:
    assert await circle.turn() == ["ann", "ben", "cleo"]


async def test_who_was_asked_longest_ago_comes_first_after_who_never_was(circle: Circle) -> None:
    await circle.asked(ANN, NOON - days(8))
    await circle.asked(BEN, NOON - days(20))
    assert await circle.turn() == ["cleo", "ben", "ann"]


@pytest.mark.parametrize(("ago", "free"), [(6.9, False), (7, True)])
async def test_a_week_lies_between_two_times(circle: Circle, ago: float, free: bool) -> None:
    await circle.asked(ANN, NOON - days(ago))
    assert ("ann" in await circle.turn()) is free


async def test_no_more_than_were_wanted(circle: Circle) -> None:
    assert await circle.turn(limit=2) == ["ann", "ben"]


async def test_some_can_be_left_out(circle: Circle) -> None:
    assert await circle.turn(BEN) == ["ann", "cleo"]


@pytest.mark.parametrize("state", [s for s in State if s is not State.AGREED])
async def test_nobody_who_has_not_agreed(circle: Circle, state: State) -> None:
    await circle.joins(DAN, state=state)
    assert "dan" not in await circle.turn()


async def test_nobody_whose_private_conversation_is_closed(circle: Circle) -> None:
    async with circle.database.write() as tx:
        await records.reachable(tx, ANN, since=NOON)
    assert await circle.turn() == ["ben", "cleo"]


async def test_nobody_who_left_the_group(circle: Circle) -> None:
    async with circle.database.write() as tx:
        await members.left(tx, circle.group.id, ANN, NOON)
    assert await circle.turn() == ["ben", "cleo"]


@pytest.mark.parametrize(
    "wish",
    [
        {"no_pings": True},
        {"away_until": NOON + days(1)},
        {"quiet_from": 11, "quiet_until": 14},
        {"zone": "Pacific/Auckland"},  # where it is one in the morning
    ],
)
async def test_nobody_who_wants_to_be_left_alone_now(
    circle: Circle, wish: dict[str, object]
) -> None:
    async with circle.database.write() as tx:
        await members.prefer(tx, ANN, **wish)
    assert await circle.turn() == ["ben", "cleo"]


async def test_nobody_who_was_mentioned_this_week_by_anything(circle: Circle) -> None:
    async with circle.database.write() as tx:
        await consent.book(tx, [ANN], NOON - days(3), feature="quiet", group=1)
    assert await circle.turn() == ["ben", "cleo"]


async def test_nobody_who_rests_from_ambassadors(circle: Circle) -> None:
    async with circle.database.write() as tx:
        await consent.rest(tx, ANN, ambassadors.name, NOON + days(1))
    assert await circle.turn() == ["ben", "cleo"]


async def linked(circle: Circle, one: MemberRef, other: MemberRef) -> None:
    async with circle.database.write() as tx:
        await identities.link(tx, one, other, NOON)


async def test_two_accounts_of_one_person_have_one_turn(circle: Circle) -> None:
    await linked(circle, ANN, BEN)
    assert await circle.turn() == ["ann", "cleo"]


async def test_who_is_left_out_is_so_under_every_account(circle: Circle) -> None:
    await linked(circle, ANN, BEN)
    assert await circle.turn(ANN) == ["cleo"]


async def test_who_was_asked_under_one_account_rests_under_the_other(circle: Circle) -> None:
    await linked(circle, ANN, BEN)
    await circle.asked(BEN, NOON)
    assert await circle.turn() == ["cleo"]


async def test_a_stop_holds_for_every_account(circle: Circle) -> None:
    await linked(circle, ANN, BEN)
    async with circle.database.write() as tx:
        await records.stop(tx, ANN, circle.group.community, NOON)
    assert await circle.turn() == ["cleo"]


async def ignored(circle: Circle, member: MemberRef, *states: Asked) -> None:
    """They were asked so often, and this is how it ended; the last time just now."""
    async with circle.database.write() as tx:
        for number, state in enumerate(states):
            post, group = f"prompt:1:{number}", circle.group.id
            ask = await ask_records.create(tx, group, post, member, "What is new?", NOON)
            if state is Asked.SILENT:
                await ask_records.unanswered(tx, ask, NOON)
            else:
                await ask_records.change(tx, ask, state)


async def test_who_ignores_it_twice_in_a_row_is_left_alone_for_long(circle: Circle) -> None:
    await ignored(circle, ANN, Asked.SILENT, Asked.SILENT)
    assert "ann" not in await circle.turn(now=NOON + days(89))
    assert "ann" in await circle.turn(now=NOON + days(91))


async def test_an_answer_in_between_counts(circle: Circle) -> None:
    await ignored(circle, ANN, Asked.SILENT, Asked.NO, Asked.SILENT)
    assert "ann" in await circle.turn()


@pytest.mark.parametrize(("reason", "stays"), [("stale", False), ("gone", False), ("doubt", True)])
async def test_an_invitation_that_nobody_saw_may_be_posted_again(
    circle: Circle, reason: str, stays: bool
) -> None:
    await circle.joins(DAN, state=State.INVITED)
    async with circle.database.write() as tx:
        who = await records.of(tx, circle.group.community, DAN)
        assert who is not None
        lost = Undelivered(
            id="o",
            at=NOON,
            chat=HOME,
            feature=ambassadors.name,
            reason=reason,
            effect="",
            name=f"ambassadors:invite:{who.id}",
        )
        await undelivered(context(tx, circle.group, NOON), lost)
        assert bool(await records.by_id(tx, who.id)) is stays
