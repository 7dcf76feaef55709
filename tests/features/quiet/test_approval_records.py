"""What is coming and what was decided about it, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.features.quiet import approval_records as records
from bot.features.quiet.approval_records import KEPT, Proposal, State
from bot.features.quiet.reasons import Candidate, Kind, Why
from bot.follow_ups import Coming
from bot.refs import ChatRef
from bot.store.database import Database, Tx

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
CHAT = ChatRef("local", "friends")
BEN = Candidate("local:ben", "Ben", Kind.NEW, Why.JOINED, at=NOW)
CAL = Candidate("local:cal", "Cal", Kind.FADED, Why.ASKED, "tea")
POST = Coming(
    id="1",
    at=NOW,
    chat=CHAT,
    name="prompt:1:x",
    kind="prompt",
    subject="What stands on your desk?",
    topics=("desk",),
    due_at=NOW + timedelta(hours=2),
)


async def proposed(tx: Tx) -> Proposal:
    return await records.propose(tx, 1, POST, [BEN, CAL], NOW)


async def test_a_proposal_is_kept_as_it_was_made(database: Database) -> None:
    async with database.write() as tx:
        made = await proposed(tx)
        assert made.candidates == (BEN, CAL)
        assert made.state is State.ASKED
        assert await records.by_id(tx, made.id) == made


async def test_a_decision_is_kept(database: Database) -> None:
    async with database.write() as tx:
        made = await proposed(tx)
        decided = await records.decide(tx, made, State.AGREED, frozenset({BEN.member}))
        assert decided.left == [CAL]
        assert await records.of_post(tx, 1, POST.name) == decided


async def test_what_is_proposed_anew_is_not_decided_yet(database: Database) -> None:
    async with database.write() as tx:
        first = await records.decide(tx, await proposed(tx), State.AGREED)
        again = await records.propose(tx, 1, replace(POST, subject="And now?"), [CAL], NOW)
        assert again.id == first.id
        assert again.state is State.ASKED
        assert again.left == [CAL]


async def test_moving_a_post_keeps_the_decision(database: Database) -> None:
    later = POST.due_at + timedelta(hours=1)
    async with database.write() as tx:
        made = await records.decide(tx, await proposed(tx), State.AGREED)
        await records.move(tx, made.id, later)
        assert await records.by_id(tx, made.id) == replace(made, due_at=later)


async def test_what_is_coming_is_told_as_it_was_heard_the_next_one_first(
    database: Database,
) -> None:
    later = replace(POST, name="prompt:2:x", due_at=POST.due_at + timedelta(hours=1))
    async with database.write() as tx:
        for event in (later, POST):
            await records.note(tx, 1, event)
        told = await records.waiting(tx, 1, CHAT, NOW)
    assert [replace(event, id="1") for event in told] == [POST, later]


@pytest.mark.parametrize("passed", [timedelta(0), timedelta(hours=1)])
async def test_what_was_due_is_no_longer_coming(database: Database, passed: timedelta) -> None:
    async with database.write() as tx:
        await records.note(tx, 1, POST)
        assert await records.waiting(tx, 1, CHAT, POST.due_at + passed) == []


async def test_what_went_out_is_no_longer_coming(database: Database) -> None:
    async with database.write() as tx:
        await records.note(tx, 1, POST)
        await records.went_out(tx, 1, POST.name)
        assert await records.waiting(tx, 1, CHAT, NOW) == []


async def test_other_groups_hear_nothing_of_it(database: Database) -> None:
    async with database.write() as tx:
        await records.note(tx, 1, POST)
        assert await records.waiting(tx, 2, CHAT, NOW) == []


async def test_an_old_proposal_is_forgotten_with_the_people_in_it(database: Database) -> None:
    at = POST.due_at + KEPT
    async with database.write() as tx:
        made = await proposed(tx)
        await records.note(tx, 1, replace(POST, name="prompt:3:x", at=at, due_at=at + KEPT))
        assert await records.by_id(tx, made.id) is None
