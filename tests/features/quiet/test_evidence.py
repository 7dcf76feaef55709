"""What somebody took part in is remembered, as far as it is theirs to be reminded of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot.effects import Call, Floor
from bot.features.quiet import evidence
from bot.features.quiet.evidence import KEPT, SUBJECT, in_a_line
from bot.features.quiet.tables import parts
from bot.follow_ups import TookPart
from bot.refs import MemberRef
from bot.store import calls, identities
from bot.store.database import Database
from bot.store.schema import calls as calls_table
from bot.text import Text
from tests.dialogue import Talk
from tests.features.quiet.chooser import HOME, NOW, Chooser, chooser, context
from tests.features.quiet.library import DAY
from tests.features.quiet.naming_library import asked, host, prompted
from tests.features.quiet.steered import SUBJECT as PROMPT
from tests.features.quiet.steered import quiet_person, ref_of

ANN, OTHER = MemberRef("local", "ann"), MemberRef("elsewhere", "7")


@pytest.fixture
async def crowd(database: Database) -> Chooser:
    return await chooser(database)


async def took_part(crowd: Chooser, *, number: int = 0, at: datetime = NOW, **named: Any) -> None:
    """Ann takes part in a post."""
    told: dict[str, Any] = {"id": f"part{number}", "at": at, "chat": HOME, "member": ANN}
    told |= {"post": "prompt:1", "kind": "prompt", "subject": f"Number {number}?"}
    event = TookPart(**told | named)
    async with crowd.database.write() as tx:
        await evidence.took_part(context(tx, crowd, event), event)


async def kept(database: Database) -> Sequence[Any]:
    async with database.read() as tx:
        return await tx.all(select(parts).order_by(parts.c.id))


async def called(crowd: Chooser, member: MemberRef, days_ago: int) -> None:
    """Somebody was named in a post."""
    floor = Floor((Call(member, Text.of("Ann?")),))
    async with crowd.database.write() as tx:
        await calls.record(tx, floor, crowd.group.id, "prompt:0", NOW - days_ago * DAY)


async def is_answered(crowd: Chooser) -> bool:
    async with crowd.database.read() as tx:
        return await tx.scalar(select(calls_table.c.answered_at)) is not None


async def test_the_subject_and_the_first_topic_are_kept(crowd: Chooser) -> None:
    await took_part(crowd, topics=("desk", "work"))
    (row,) = await kept(crowd.database)
    assert (row.member, row.subject, row.topic_key) == ("local:ann", "Number 0?", "desk")


async def test_the_words_of_another_member_are_not_kept(crowd: Chooser) -> None:
    await took_part(crowd, kind="question", subject="Which doctor treats my knee?")
    (row,) = await kept(crowd.database)
    assert row.subject == ""


async def test_the_newest_twenty_are_kept(crowd: Chooser) -> None:
    for number in range(KEPT + 3):
        await took_part(crowd, number=number, at=NOW + number * DAY)
    subjects = [row.subject for row in await kept(crowd.database)]
    assert subjects == [f"Number {number}?" for number in range(3, KEPT + 3)]


async def test_others_keep_theirs(crowd: Chooser) -> None:
    await took_part(crowd, number=99, member=OTHER)
    for number in range(KEPT + 1):
        await took_part(crowd, number=number, at=NOW + number * DAY)
    assert sum(row.member == str(OTHER) for row in await kept(crowd.database)) == 1


@pytest.mark.parametrize(("days", "heard"), [(1, True), (20, True), (22, False)])
async def test_who_takes_part_within_three_weeks_did_not_ignore_the_call(
    crowd: Chooser, days: int, heard: bool
) -> None:
    await called(crowd, ANN, days)
    await took_part(crowd)
    assert await is_answered(crowd) is heard


async def test_taking_part_under_a_linked_account_counts(crowd: Chooser) -> None:
    await called(crowd, OTHER, 3)
    async with crowd.database.write() as tx:
        await identities.link(tx, ANN, OTHER, NOW)
    await took_part(crowd)
    assert await is_answered(crowd)


@given(st.text())
def test_a_subject_is_one_short_line(text: str) -> None:
    line = in_a_line(text)
    assert len(line) <= SUBJECT
    assert "\n" not in line


async def test_an_answer_to_a_prompt_is_a_part_and_answers_the_call(talk: Talk) -> None:
    ann = await host(talk)
    ben = await quiet_person(talk, "Ben")
    line = await prompted(talk, ann)
    await ben.says("A cactus.", reply_to=line)
    (row,) = await kept(talk.app.database)
    assert (row.member, row.subject) == (str(await ref_of(talk, "Ben")), PROMPT)
    async with talk.app.database.read() as tx:
        assert await tx.scalar(select(calls_table.c.answered_at)) is not None


async def test_an_answer_to_a_question_is_a_part_without_its_words(talk: Talk) -> None:
    ann = await host(talk)
    ben = await talk.person("Ben")
    line = await asked(talk, ann, "Who knows a good path in the hills?")
    await ben.says("The one behind the mill.", reply_to=line)
    (row,) = await kept(talk.app.database)
    assert (row.member, row.kind, row.subject) == (
        str(await ref_of(talk, "Ben")),
        "question",
        "",
    )
