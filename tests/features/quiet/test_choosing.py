"""Whom a post could name, and why, on both databases."""

from datetime import timedelta

import pytest

from bot import consent
from bot.features.quiet import leaving_out, occasions
from bot.features.quiet.reasons import Kind, Why
from bot.features.quiet.tables import effects
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Database
from tests.features.quiet.chooser import NOW, Chooser, chooser

HIKING = "Which path in the hills did you take last?"


@pytest.fixture
async def crowd(database: Database) -> Chooser:
    return await chooser(database)


async def test_who_asked_for_the_topic_comes_first(crowd: Chooser) -> None:
    for name in ("Ben", "Cid", "Dan"):
        await crowd.somebody(name)
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.likes(ann, "Hill paths")
    first = (await crowd.chosen(HIKING, topics=("hill paths",)))[0]
    assert (first.member, first.why, first.told) == (ann, Why.ASKED, "Hill paths")


async def test_a_topic_is_found_in_the_words_of_the_post(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.likes(ann, "hills")
    (one,) = await crowd.chosen(HIKING)
    assert one.why is Why.ASKED


async def test_who_took_part_on_the_topic_comes_before_who_took_part_in_anything(
    crowd: Chooser,
) -> None:
    await crowd.somebody("Ben")
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.took_part(ann, "Sea or mountains?", "travel")
    first = (await crowd.chosen(HIKING, topics=("travel",)))[0]
    assert (first.member, first.why, first.told) == (ann, Why.TOPIC, "Sea or mountains?")


async def test_the_newest_post_is_told_of_who_took_part_in_several(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.FADED)
    await crowd.took_part(ann, "The first?", ago=300)
    await crowd.took_part(ann, "The second?", ago=200)
    (one,) = await crowd.chosen()
    assert (one.why, one.told, one.at) == (Why.PART, "The second?", NOW - timedelta(days=200))


async def test_a_newcomer_is_named_with_the_month_of_joining(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.NEW)
    await crowd.joined(ann, 40)
    (one,) = await crowd.chosen()
    assert (one.why, one.at) == (Why.JOINED, NOW - timedelta(days=40))


async def test_a_newcomer_of_whom_nothing_is_known_is_not_named(crowd: Chooser) -> None:
    await crowd.quiet("Ann", Kind.NEW)
    assert await crowd.chosen() == []


async def test_who_was_there_often_is_named_with_the_month(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.FADED)
    await crowd.wrote(ann, *range(230, 250), 100)
    (one,) = await crowd.chosen()
    assert (one.why, one.at and one.at.month) == (Why.ONCE, 3)


async def test_who_was_there_on_few_days_is_not_said_to_have_been_there_often(
    crowd: Chooser,
) -> None:
    ann = await crowd.quiet("Ann", Kind.FADED)
    await crowd.wrote(ann, 60, 120, 180, 240)
    assert await crowd.chosen() == []


async def test_a_question_names_only_who_can_say_something(crowd: Chooser) -> None:
    await crowd.somebody("Ben")
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.likes(ann, "hills")
    assert await crowd.members(HIKING, kind="question") == {ann}


async def test_who_answered_a_question_on_the_topic_is_asked_again(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.took_part(ann, "", "hills", kind="question")
    (one,) = await crowd.chosen(HIKING, kind="question")
    assert (one.why, one.told) == (Why.TOPIC, "")


async def test_a_post_without_words_is_no_reason(crowd: Chooser) -> None:
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await crowd.took_part(ann, "", "hills")
    assert await crowd.chosen(HIKING) == []


async def test_readers_are_never_named(crowd: Chooser) -> None:
    ann = await crowd.somebody("Ann", Kind.READER)
    await crowd.likes(ann, "hills")
    assert await crowd.chosen(HIKING) == []


async def test_who_is_not_quiet_is_not_named(crowd: Chooser) -> None:
    await crowd.likes("local:ann", "hills")
    assert await crowd.chosen(HIKING) == []


async def test_no_more_than_three_are_chosen(crowd: Chooser) -> None:
    for number in range(9):
        await crowd.somebody(f"P{number}")
    assert len(await crowd.chosen()) == consent.NAMES


async def test_other_posts_choose_others(crowd: Chooser) -> None:
    for number in range(40):
        member = await crowd.quiet(f"P{number}", Kind.OVERDUE, draw=number / 40)
        await crowd.took_part(member, "Tea or coffee?")
    found = {member for seed in "abcdefgh" for member in await crowd.members(seed=seed)}
    assert len(found) > 8


async def test_the_same_post_chooses_the_same(crowd: Chooser) -> None:
    for number in range(9):
        await crowd.somebody(f"P{number}")
    assert await crowd.chosen() == await crowd.chosen()


async def test_the_author_is_not_named(crowd: Chooser) -> None:
    ann = await crowd.somebody("Ann")
    assert await crowd.chosen(author=MemberRef.parse(ann)) == []


async def test_the_author_is_not_named_under_a_linked_account(crowd: Chooser) -> None:
    ann = await crowd.somebody("Ann")
    other = MemberRef("discord", "7")
    async with crowd.database.write() as tx:
        await identities.link(tx, MemberRef.parse(ann), other, NOW)
    assert await crowd.chosen(author=other) == []


async def test_who_is_left_out_by_moderators_is_not_named(crowd: Chooser) -> None:
    ann = await crowd.somebody("Ann")
    async with crowd.database.write() as tx:
        await leaving_out.leave_out(tx, crowd.group.id, MemberRef.parse(ann), NOW)
    assert await crowd.chosen() == []


async def test_who_left_is_not_named(crowd: Chooser) -> None:
    await crowd.left(await crowd.somebody("Ann"))
    assert await crowd.chosen() == []


async def test_who_rests_is_not_named(crowd: Chooser) -> None:
    ann = MemberRef.parse(await crowd.somebody("Ann"))
    async with crowd.database.write() as tx:
        await consent.rest(tx, ann, consent.CALLS, NOW + timedelta(days=1))
    assert await crowd.chosen() == []


async def test_never_under_one_account_holds_for_the_linked_one(crowd: Chooser) -> None:
    ann, other = MemberRef.parse(await crowd.somebody("Ann")), MemberRef("telegram", "8")
    async with crowd.database.write() as tx:
        await identities.link(tx, ann, other, NOW)
        await members.prefer(tx, other, no_pings=True)
    assert await crowd.chosen() == []


async def test_two_accounts_of_a_person_are_named_once(crowd: Chooser) -> None:
    ann, too = [MemberRef.parse(await crowd.somebody(name)) for name in ("Ann", "Anna")]
    async with crowd.database.write() as tx:
        await identities.link(tx, ann, too, NOW)
    assert len(await crowd.chosen()) == 1


async def test_a_coming_post_asks_who_is_awake_when_it_comes(crowd: Chooser) -> None:
    await crowd.somebody("Ann")
    assert await crowd.chosen(due_in=timedelta(hours=12)) == []
    assert len(await crowd.chosen(due_in=timedelta(hours=24))) == 1


@pytest.mark.parametrize(("days", "chosen"), [(1, 0), (20, 0), (22, 1)])
async def test_who_was_left_out_by_lot_rests_like_who_was_named(
    crowd: Chooser, days: int, chosen: int
) -> None:
    ann = await crowd.somebody("Ann")
    row = {"community": crowd.group.community, "group_id": crowd.group.id, "post": "prompt:old"}
    row |= {"member": ann, "kind": "overdue", "why": "part", "named": False, "chance": 0.5}
    row |= {"days_before": 0, "messages_before": 0, "at": NOW - timedelta(days=days)}
    async with crowd.database.write() as tx:
        await occasions.record(tx, [row])
    assert len(await crowd.chosen()) == chosen


async def test_a_kind_that_naming_does_not_help_is_not_chosen(crowd: Chooser) -> None:
    await crowd.somebody("Ann", Kind.FADED)
    ben = await crowd.somebody("Ben", Kind.OVERDUE)
    learned = '{"stopped": {"faded": "2026-11-01T00:00:00Z"}}'
    row = {"community": crowd.group.community, "learned": learned, "at": NOW}
    async with crowd.database.write() as tx:
        await tx.put(effects, row)
    assert await crowd.members() == {ben}


async def test_interests_of_another_community_do_not_count(crowd: Chooser) -> None:
    other = await chooser(crowd.database, "others")
    ann = await crowd.quiet("Ann", Kind.OVERDUE)
    await other.likes(ann, "hills")
    assert await crowd.chosen(HIKING) == []
