"""What the floor keeps of a person is told, and goes when they ask."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import insert, select

from bot.features.quiet import memory
from bot.features.quiet.reasons import Candidate, Kind, Why
from bot.features.quiet.tables import occasions, proposals
from bot.refs import MemberRef
from bot.store.database import Database, Tx

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANN, BEN = MemberRef("local", 'a"n_%n'), MemberRef("local", "ben")


def candidate(member: MemberRef) -> Candidate:
    return Candidate(str(member), "Somebody", Kind.OVERDUE, Why.PART)


async def proposed(tx: Tx, *members: MemberRef, without: tuple[MemberRef, ...] = ()) -> None:
    row: dict[str, Any] = {
        "group_id": 1,
        "post": "prompt:1",
        "subject": "What stands on your desk?",
        "candidates": msgspec.json.encode([candidate(one) for one in members]).decode(),
        "without": msgspec.json.encode([str(one) for one in without]).decode(),
        "state": "asked",
        "due_at": NOW,
        "made_at": NOW,
    }
    await tx.execute(insert(proposals).values(**row))


async def drawn(tx: Tx, member: MemberRef) -> None:
    row: dict[str, Any] = {
        "community": 1,
        "group_id": 1,
        "post": "prompt:1",
        "member": str(member),
        "kind": "new",
        "why": "joined",
        "named": True,
        "chance": 0.5,
        "days_before": 0,
        "messages_before": 0,
        "at": NOW,
    }
    await tx.execute(insert(occasions).values(**row))


async def test_a_proposal_loses_the_name_and_keeps_the_others(database: Database) -> None:
    async with database.write() as tx:
        await proposed(tx, ANN, BEN)
        await memory.forget(tx, ANN)
        row = await tx.first(select(proposals.c.candidates))
    assert row is not None
    assert msgspec.json.decode(row.candidates, type=list[Candidate]) == [candidate(BEN)]


async def test_who_was_taken_out_of_a_proposal_is_forgotten_too(database: Database) -> None:
    async with database.write() as tx:
        await proposed(tx, BEN, without=(ANN,))
        await memory.forget(tx, ANN)
        assert await tx.scalar(select(proposals.c.without)) == "[]"


async def test_lots_about_somebody_are_deleted_and_others_stay(database: Database) -> None:
    async with database.write() as tx:
        await drawn(tx, ANN)
        await drawn(tx, BEN)
        await memory.forget(tx, ANN)
        assert [row.member for row in await tx.all(select(occasions.c.member))] == [str(BEN)]


@pytest.mark.parametrize("who", [ANN, BEN])
async def test_lots_and_proposals_are_told(database: Database, who: MemberRef) -> None:
    async with database.write() as tx:
        await proposed(tx, ANN, BEN)
        await drawn(tx, who)
        told = await memory.kept(tx, who)
    assert [label for label, rows in told.items() if rows] == [
        "When I drew a lot whether to name you in a post",
        "When moderators were asked whether to name you",
    ]


async def test_nothing_is_told_about_a_stranger(database: Database) -> None:
    async with database.write() as tx:
        await proposed(tx, ANN)
        assert not any((await memory.kept(tx, MemberRef("local", "a_n"))).values())
