"""Who is chosen from the store, and that choosing costs the same however much is kept."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import event, insert

from bot.context import Context
from bot.events import CommunityChanged, Due
from bot.features.answers import communities, experts, given, questions, topic_records
from bot.features.answers.carry_rules import Part
from bot.features.answers.questions import Question
from bot.features.answers.rules import Source, State, fingerprint
from bot.features.answers.tables import questions as table
from bot.features.answers.tables import willing
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.store import groups, members
from bot.store.database import Database, Tx
from bot.store.groups import Group
from bot.store.schema import metadata
from bot.topics import key_of

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOME = ChatRef("local", "friends", "general")
ANN, BEN, CAL = (MemberRef("local", name) for name in ("ann", "ben", "cal"))
DENTIST = "Which dentist near the harbour speaks English?"
AGAIN = "Is there an English speaking dentist close to the harbour?"
MOST_STATEMENTS = 20


class Store:
    """A group and what is kept of it, in one transaction."""

    def __init__(self, tx: Tx, group: Group) -> None:
        self.tx, self.group, self.recall = tx, group, Recall(meaning=False)

    async def asked(self, who: MemberRef, text: str, *, days: int = 30) -> Question:
        """A question that is findable."""
        made = await questions.create(
            self.tx,
            self.group,
            "general",
            who,
            who.id,
            text,
            NOW - timedelta(days=days),
            state=State.OPEN,
            source=Source.ASKED,
        )
        await self.recall.keep(self.tx, made.community, made.id, text)
        return made

    async def answered(self, question: Question, who: MemberRef, *, solves: bool) -> None:
        """An answer to it."""
        kept = await given.keep(
            self.tx, question.id, 1, who, who.id, "Doctor Okoye", NOW, source=Source.FORM
        )
        assert kept
        await given.change(self.tx, kept.id, solves=solves)

    async def fill(self, count: int) -> None:
        """Many more questions, and their search."""
        subjects = ("bus", "library", "dentist", "tax", "bicycle", "harbour", "school")
        rows = []
        for number in range(count):
            text = f"Where is the {subjects[number % 7]} of number {number}?"
            moment = NOW - timedelta(days=20, seconds=number)
            rows.append(
                {
                    "community": self.group.community,
                    "group_id": self.group.id,
                    "member": str(CAL),
                    "member_name": "cal",
                    "text": text,
                    "fingerprint": fingerprint(text),
                    "state": State.OPEN,
                    "source": Source.ASKED,
                    "room": "general",
                    "asked_at": moment,
                    "language": "",
                    "stage": 0,
                    "topic_fixed": False,
                }
            )
        await self.tx.execute(insert(table), rows)

    async def chosen(self, question: Question) -> dict[str, Part]:
        """Who would be asked now, and why."""
        chosen = await experts.choose(self.context(), question)
        return {one.member: one.because.part for one in chosen}

    def context(self) -> Context:
        """What a handler would be given now."""
        due = Due(id="due", at=NOW, chat=HOME, key="", kind="", due_at=NOW)
        around = cast(Any, SimpleNamespace(recall=self.recall))
        return Context(self.tx, due, self.group, cast(Any, None), {}, around)

    async def joins(self, community: int, *, emptied: bool) -> None:
        """The group becomes a part of that community."""
        before = self.group.community
        await groups.change(self.tx, self.group.id, community=community)
        moved = await groups.by_id(self.tx, self.group.id)
        assert moved
        self.group = moved
        event = CommunityChanged(
            id="joined",
            at=NOW,
            chat=HOME,
            group_id=moved.id,
            before=before,
            after=community,
            emptied=emptied,
        )
        await communities.changed(self.context(), event)

    @contextmanager
    def counted(self) -> Iterator[list[str]]:
        """The statements that are run inside."""
        seen: list[str] = []
        connection = self.tx.connection.sync_connection
        assert connection

        def note(*args: Any) -> None:
            seen.append(args[2])

        event.listen(connection, "before_cursor_execute", note)
        yield seen
        event.remove(connection, "before_cursor_execute", note)


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with database.write() as tx:
        await tx.connection.run_sync(metadata.create_all)
        group = await groups.create(tx, HOME, NOW, title="Friends")
        for person in (ANN, BEN, CAL):
            await members.joined(tx, group.id, person, person.id, None, is_bot=False)
        yield Store(tx, group)


async def test_who_solved_it_comes_before_who_only_answered(store: Store) -> None:
    old = await store.asked(CAL, DENTIST)
    await store.answered(old, ANN, solves=False)
    await store.answered(old, BEN, solves=True)
    chosen = await store.chosen(await store.asked(CAL, AGAIN, days=0))
    assert chosen == {str(BEN): Part.SOLVED, str(ANN): Part.ANSWERED}
    assert list(chosen) == [str(BEN), str(ANN)]


async def test_who_asked_the_like_and_had_it_solved_may_know(store: Store) -> None:
    old = await store.asked(ANN, DENTIST)
    await questions.change(store.tx, old.id, state=State.SOLVED)
    assert await store.chosen(await store.asked(CAL, AGAIN, days=0)) == {str(ANN): Part.ASKED}


async def test_who_asked_the_like_in_vain_is_not_asked(store: Store) -> None:
    await store.asked(ANN, DENTIST)
    assert await store.chosen(await store.asked(CAL, AGAIN, days=0)) == {}


async def test_another_wording_leads_to_who_answered_the_first(store: Store) -> None:
    first = await store.asked(CAL, "Zahnarzt, der Englisch kann?")
    await store.answered(first, BEN, solves=True)
    other = await store.asked(CAL, DENTIST)
    await questions.change(store.tx, other.id, state=State.REPEAT, same_as=first.id)
    chosen = await store.chosen(await store.asked(ANN, AGAIN, days=0))
    assert chosen[str(BEN)] is Part.SOLVED


async def test_a_bot_is_never_asked(store: Store) -> None:
    await members.joined(store.tx, store.group.id, BEN, "ben", None, is_bot=True)
    old = await store.asked(CAL, DENTIST)
    await store.answered(old, BEN, solves=True)
    assert await store.chosen(await store.asked(CAL, AGAIN, days=0)) == {}


async def test_choosing_costs_the_same_however_much_is_kept(store: Store) -> None:
    old = await store.asked(CAL, DENTIST)
    await store.answered(old, BEN, solves=True)
    question = await store.asked(ANN, AGAIN, days=0)
    with store.counted() as few:
        await store.chosen(question)
    await store.fill(5_000)
    with store.counted() as many:
        await store.chosen(question)
    assert len(few) == len(many) <= MOST_STATEMENTS


NEW = 4_711
"""Another community."""


@pytest.mark.parametrize("emptied", [True, False])
async def test_who_knows_is_still_found_in_the_new_community(store: Store, emptied: bool) -> None:
    old = await store.asked(CAL, DENTIST)
    await store.answered(old, BEN, solves=True)
    await store.joins(NEW, emptied=emptied)
    assert await store.chosen(await store.asked(CAL, AGAIN, days=0)) == {str(BEN): Part.SOLVED}


@pytest.mark.parametrize("emptied", [True, False])
@pytest.mark.parametrize("known", [True, False])
async def test_a_topic_comes_along_or_meets_its_like(
    store: Store, emptied: bool, known: bool
) -> None:
    old = await store.asked(CAL, DENTIST)
    topic = await topic_records.create(store.tx, store.group.community, "Health", ["dentist"], NOW)
    await questions.change(store.tx, old.id, topic=topic)
    there = await topic_records.create(store.tx, NEW, "health", ["doctor"], NOW) if known else 0
    await store.joins(NEW, emptied=emptied)
    moved = await questions.by_id(store.tx, old.id)
    assert moved
    (only,) = await topic_records.live(store.tx, NEW)
    assert moved.topic == only.id
    assert there in (0, only.id)


@pytest.mark.parametrize("emptied", [True, False])
async def test_an_offer_to_help_holds_in_the_new_community(store: Store, emptied: bool) -> None:
    row = {"member": str(BEN), "topic": "dentist", "words": key_of("dentist"), "at": NOW}
    await store.tx.put(willing, row | {"community": store.group.community})
    await store.joins(NEW, emptied=emptied)
    assert await store.chosen(await store.asked(CAL, AGAIN, days=0)) == {str(BEN): Part.OFFERED}
