"""What a prompt started: people, first-time pairs, the first answer; and which ones can go."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.features.prompts import score_records
from bot.features.prompts.score_rules import Posting, chance, low, scores
from bot.store import activity, groups
from bot.store.database import Database
from tests.features.prompts.town import Town, fill

MINUTE = timedelta(minutes=1)


def posting(card: int, people: int, group: int = 1, pairs: int = 0) -> Posting:
    """One posting, answered after ten minutes if at all."""
    return Posting(card, group, people, pairs, 10 * MINUTE if people else None)


POSTINGS = st.lists(
    st.builds(
        posting, st.integers(1, 12), st.integers(0, 20), st.integers(1, 3), st.integers(0, 5)
    ),
    max_size=60,
)


@given(POSTINGS)
def test_every_posting_counts_for_exactly_one_score(postings: list[Posting]) -> None:
    found = scores(postings)
    assert sum(one.postings for one in found) == len(postings)
    assert {one.card for one in found} == {one.card for one in postings}


@given(POSTINGS)
def test_scores_come_with_the_most_conversation_first(postings: list[Posting]) -> None:
    found = [one.conversation for one in scores(postings)]
    assert found == sorted(found, reverse=True)


@given(POSTINGS)
def test_only_prompts_far_below_what_was_expected_can_go(postings: list[Posting]) -> None:
    found = scores(postings)
    weak = low(found)
    assert len(weak) <= len(found) / 5
    assert all(one.seen <= one.expected / 2 for one in weak)


def test_a_prompt_that_nobody_answered_in_a_lively_group_can_go() -> None:
    postings = [posting(card, 8) for card in range(1, 10)] + [posting(10, 0)]
    assert [one.card for one in low(scores(postings))] == [10]


def test_one_silence_in_a_quiet_group_is_no_evidence() -> None:
    postings = [posting(card, 1) for card in range(1, 10)] + [posting(10, 0)]
    assert low(scores(postings)) == []


def test_three_silences_in_a_quiet_group_are_enough() -> None:
    postings = [posting(card, 1) for card in range(1, 10)] + [posting(10, 0)] * 3
    assert [one.card for one in low(scores(postings))] == [10]


def test_a_prompt_is_not_blamed_for_a_small_group() -> None:
    lively = [posting(card, 20) for card in range(1, 10)]
    small = [posting(card, 2, group=2) for card in range(11, 20)]
    assert low(scores(lively + small)) == []


def test_too_few_postings_to_compare_blame_nobody() -> None:
    assert low(scores([posting(1, 9), posting(2, 9), posting(3, 0)])) == []


@pytest.mark.parametrize(
    ("seen", "expected", "probability"), [(0, 3.0, 0.0498), (2, 2.0, 0.6767), (5, 1.0, 0.9994)]
)
def test_chance_is_that_of_poisson(seen: int, expected: float, probability: float) -> None:
    assert chance(seen, expected) == pytest.approx(probability, abs=1e-4)


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Town]:
    """An empty world with the prompts in it."""
    made = Town(open_store)
    await made.begin()
    yield made
    await made.end()


async def asked(town: Town) -> tuple[Group, Person, Person, Message]:
    """A group with Ann, who moderates, and Bob, and a prompt in it."""
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    bob = await town.person("Bob", group)
    await fill(town, group, 3)
    await town.gives(ann, group, "/prompt now")
    return group, ann, bob, town.prompts(group)[0]


async def measured(town: Town, group: Group) -> Posting:
    """The only posting, ripe."""
    await town.later(days=3)
    async with town.app.database.write() as tx:
        await activity.fold(tx)
        row = await groups.by_native(tx, "local", group.id)
        assert row
        found = await score_records.postings(tx, row.community, town.clock.now())
    return found[0]


async def test_people_are_counted_once_however_much_they_say(town: Town) -> None:
    group, ann, bob, post = await asked(town)
    for person in (ann, ann, bob):
        await town.says(person, town.talk_under(post), "hello")
    assert (await measured(town, group)).people == 2


async def test_the_first_answer_is_timed(town: Town) -> None:
    group, ann, bob, post = await asked(town)
    await town.later(minutes=12)
    await town.says(bob, post.chat, "A cactus", post)
    await town.later(minutes=12)
    await town.says(ann, post.chat, "A lamp", post)
    assert (await measured(town, group)).first_answer == 12 * MINUTE


async def test_two_who_answer_one_another_for_the_first_time_are_a_pair(town: Town) -> None:
    group, ann, bob, post = await asked(town)
    talk = town.talk_under(post)
    said = await town.says(ann, talk, "A cactus")
    answer = await town.says(bob, talk, "Mine too", said)
    await town.says(ann, talk, "Which kind?", answer)
    assert (await measured(town, group)).pairs == 1


async def test_two_who_talked_before_are_no_first_time_pair(town: Town) -> None:
    group, ann, bob, post = await asked(town)
    before = await town.says(ann, post.chat, "Good morning")
    await town.says(bob, post.chat, "Morning!", before)
    await town.later(days=1)
    await town.gives(ann, group, "/prompt now")
    latest = town.prompts(group)[-1]
    said = await town.says(ann, town.talk_under(latest), "A cactus")
    await town.says(bob, town.talk_under(latest), "Mine too", said)
    await town.later(days=3)
    async with town.app.database.write() as tx:
        await activity.fold(tx)
        found = await score_records.postings(tx, 1, town.clock.now())
    assert found[-1].pairs == 0


async def test_the_bots_own_messages_never_count(town: Town) -> None:
    group, ann, _, _post = await asked(town)
    await town.gives(ann, group, "/prompt now", "/prompt now")
    found = await measured(town, group)
    assert (found.people, found.pairs, found.first_answer) == (0, 0, None)


async def test_a_vote_is_taking_part(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    await town.gives(ann, group, '/prompt add text="Q tea?" options="tea | coffee"', "/prompt now")
    poll = next(m for m in town.world.history(town.world.home(group.id)) if m.poll)
    await ann.votes(poll, [0])
    await town.app.settle()
    assert (await measured(town, group)).people == 1


async def test_the_table_and_the_picture_are_shown(town: Town) -> None:
    group, ann, bob, post = await asked(town)
    await town.says(bob, post.chat, "A cactus", post)
    await town.later(days=3)
    told = await town.gives(ann, group, "/prompt score")
    note = ann.notes(town.world.home(group.id))[-1]
    assert "Q1 of the deck?" in told
    assert note.file


async def test_before_anything_is_ripe_it_is_said(town: Town) -> None:
    group, ann, *_ = await asked(town)
    assert "No prompt has been out" in await town.gives(ann, group, "/prompt score")


async def test_a_low_scorer_is_put_aside_with_one_button_and_back(town: Town) -> None:
    group = await town.group("Friends")
    ann = await town.person("Ann", group, moderator=True)
    people = [await town.person(f"P{n}", group) for n in range(6)]
    await fill(town, group, 8)
    for number in range(8):
        await town.gives(ann, group, "/prompt now")
        latest = town.prompts(group)[-1]
        for person in people if number != 3 else []:
            await town.says(person, latest.chat, "me", latest)
        await town.later(hours=1)
    await town.later(days=3)
    await town.gives(ann, group, "/prompt score")
    home = town.world.home(group.id)
    await ann.presses(ann.notes(home)[-1], "Q4 of the deck?")
    await town.app.settle()
    aside = str(ann.notes(home)[-1].text)
    await ann.presses(ann.notes(home)[-1], "Use it again")
    await town.app.settle()
    assert ("put aside" in aside, "put aside" in str(ann.notes(home)[-1].text)) == (True, False)
