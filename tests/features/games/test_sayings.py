"""What people answered to prompts comes up in games only where they agreed, and if it suits."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, insert, select

from bot.features.games import sayings
from bot.features.games.sayings import LONGEST, Saying, suits
from bot.features.games.sayings_tables import said
from bot.features.prompts.tables import cards, prompt_posts, replies
from bot.refs import MemberRef
from bot.store import members
from bot.store.database import Database, Tx

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HERE, ELSEWHERE = 1, 2
ANN, BEN = MemberRef("local", 'a"n_%n'), MemberRef("local", "ben")
QUESTION = "What stands on your desk?"


async def question(tx: Tx, group: int) -> int:
    card: dict[str, Any] = {
        "deck": 1,
        "text": QUESTION,
        "fingerprint": "f",
        "position": 1,
        "created_at": NOW,
    }
    made = await tx.execute(insert(cards).values(**card).returning(cards.c.id))
    post = {"group_id": group, "card": made.scalar_one(), "slot": "s", "posted_at": NOW}
    count = await tx.scalar(select(func.count()).select_from(prompt_posts))
    named = post | {"name": f"prompt:{count}"}
    return int(
        (
            await tx.execute(insert(prompt_posts).values(**named).returning(prompt_posts.c.id))
        ).scalar_one()
    )


async def answers(tx: Tx, member: MemberRef, *texts: str, group: int = HERE) -> None:
    """Somebody is in the group and answered a prompt there."""
    name = "Ann" if member == ANN else member.id.title()
    await members.joined(tx, group, member, name, NOW, is_bot=False)
    post = await question(tx, group)
    for number, text in enumerate(texts):
        row = {"post": post, "group_id": group, "member": str(member), "member_name": name}
        more = {"message": f"{member.id}{number}", "text": text, "at": NOW}
        await tx.execute(insert(replies).values(**row, **more))


async def agreeing(tx: Tx, member: MemberRef, *texts: str) -> None:
    await answers(tx, member, *texts)
    await sayings.agree(tx, HERE, member, NOW)


async def found(tx: Tx, limit: int = 10, group: int = HERE, seed: int = 1) -> list[Saying]:
    return await sayings.sayings(tx, group, limit, Random(seed))


async def texts(tx: Tx) -> set[str]:
    return {saying.text for saying in await found(tx)}


async def test_an_answer_comes_with_what_was_asked_and_who_gave_it(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        saying = (await found(tx))[0]
    assert (saying.text, saying.source) == ("A cactus called Gerald", QUESTION)
    assert (saying.author, saying.name) == (ANN, "Ann")


async def test_only_answers_of_people_who_agreed_come_up(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await answers(tx, BEN, "A lamp that flickers")
        assert await texts(tx) == {"A cactus called Gerald"}


async def test_agreeing_twice_is_agreeing_once(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await sayings.agree(tx, HERE, ANN, NOW + timedelta(days=1))
        assert len(await found(tx)) == 1


async def test_an_agreement_counts_in_its_group_alone(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await answers(tx, ANN, "Another plant entirely", group=ELSEWHERE)
        assert not await sayings.has_agreed(tx, ELSEWHERE, ANN)
        assert await found(tx, group=ELSEWHERE) == []
        assert await texts(tx) == {"A cactus called Gerald"}


async def test_whoever_withdraws_comes_up_no_more(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await sayings.withdraw(tx, HERE, ANN)
        assert not await sayings.has_agreed(tx, HERE, ANN)
        assert await found(tx) == []


async def test_whoever_left_the_group_comes_up_no_more(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await members.left(tx, HERE, ANN, NOW)
        assert await found(tx) == []


async def test_what_was_deleted_does_not_come_up(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await tx.execute(replies.delete())
        assert await found(tx) == []


async def test_what_came_up_rests_for_some_games(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, *(f"The plant of number {n}" for n in range(5)))
        seen = []
        for game in range(sayings.GAMES_REST + 2):
            drawn = await found(tx, limit=1, seed=game)
            await sayings.came_up(tx, HERE, drawn, NOW + timedelta(hours=game))
            seen.append(drawn[0].reply)
        rested = sayings.GAMES_REST + 1
        assert all(len(set(seen[n : n + rested])) == rested for n in range(len(seen) - rested + 1))


async def test_of_long_ago_games_nothing_is_kept(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, *(f"The plant of number {n}" for n in range(9)))
        for game in range(9):
            drawn = await found(tx, limit=1, seed=game)
            await sayings.came_up(tx, HERE, drawn, NOW + timedelta(hours=game))
        kept = await tx.scalar(select(func.count()).select_from(said))
    assert kept == sayings.GAMES_REST


async def test_as_many_people_as_possible_come_up(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, *(f"The plant of number {n}" for n in range(20)))
        await agreeing(tx, BEN, "A lamp that flickers")
        for seed in range(5):
            assert {s.author for s in await found(tx, limit=2, seed=seed)} == {ANN, BEN}


async def test_words_that_two_people_gave_do_not_come_up(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "Coffee, of course", "A cactus called Gerald")
        await agreeing(tx, BEN, "coffee,  of course")
        assert await texts(tx) == {"A cactus called Gerald"}


async def test_a_person_hears_how_many_answers_would_fit(database: Database) -> None:
    async with database.write() as tx:
        await answers(tx, ANN, "A cactus called Gerald", "No", "See https://example.org")
        assert await sayings.answers_of(tx, HERE, ANN) == 1


async def test_the_agreement_is_told_and_forgotten(database: Database) -> None:
    async with database.write() as tx:
        await agreeing(tx, ANN, "A cactus called Gerald")
        await agreeing(tx, BEN, "A lamp that flickers")
        await sayings.forgets(tx, ANN)
        assert not await sayings.has_agreed(tx, HERE, ANN)
        assert await sayings.has_agreed(tx, HERE, BEN)


@pytest.mark.parametrize(
    "text",
    [
        "No",
        "x" * (LONGEST + 1),
        "look at https://example.org/desk",
        "my page is www.example.org",
        "it stands on example.org",
        "the same as @ben has",
        "my name is ANN, and I like tea",
        "Ann's desk is empty",
        "everybody calls me Ana-Maria here",
        "je m'appelle Zoë, enchantée",
        "大家都叫我王伟就好了啊",
    ],
)
def test_what_is_unfit_to_be_guessed_does_not_suit(text: str) -> None:
    assert not suits(text, ["Ann", "Ana de Souza", "Zoë", "王伟"])


@pytest.mark.parametrize(
    "text",
    ["A cactus called Gerald", "Uma foto de família", "I can't plan anything", "Tea. And a lamp."],
)
def test_other_answers_suit(text: str) -> None:
    assert suits(text, ["Ann", "Ana de Souza", "Zoë", "王伟"])


@settings(deadline=None)
@given(st.text(max_size=400), st.lists(st.text(max_size=40), max_size=3))
def test_any_text_and_names_can_be_judged(text: str, names: list[str]) -> None:
    assert suits(text, names) in (True, False)


@settings(deadline=None)
@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True))
def test_a_name_is_found_wherever_it_stands(name: str) -> None:
    assert not suits(f"well, {name.upper()}! that is me", [name.title()])
