"""/answers import, as a moderator lives it."""

from typing import Any

import pytest

from bot.features.answers.importing.tables import files, imports, proposals
from bot.features.answers.tables import given, questions
from bot.refs import MemberRef
from bot.store.rollups import activity, member_state
from bot.store.schema import roster
from tests.dialogue import Actor, Talk
from tests.features.answers.importing.past import TALK, exported, imported, rows
from tests.stages.base import Line


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    found = await talk.person("Ann", moderator=True)
    talk.bot.hears_nothing_more()
    return found


async def gives(talk: Talk, who: Actor, data: bytes) -> Line:
    await who.attaches("/answers import", {"file": ("past.json", data)})
    return await talk.bot.replies()


async def past(talk: Talk) -> list[dict[str, Any]]:
    """The activity of those who are only in the file."""
    people = ("901", "902", "903", "zoe", "ian", "kim")
    found = await rows(talk.app.database, activity)
    return [row for row in found if row["member"].partition(":")[2] in people]


async def test_a_file_is_counted_before_anything_is_taken_in(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, await exported(talk))
    assert "7 messages of 3 people" in line.text
    assert "2 read as questions" in line.text
    assert await past(talk) == []


async def test_who_wrote_when_is_known_afterwards(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann)
    states = await rows(talk.app.database, member_state)
    said = {s["member"].partition(":")[2]: s["messages"] for s in states}
    assert len(await past(talk)) == 7
    assert sorted(said.get(k, said.get(n, 0)) for k, n in _IDS) == [2, 2, 3]


_IDS = (("901", "zoe"), ("902", "ian"), ("903", "kim"))


async def test_people_get_the_names_of_the_file(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann)
    names = {row["name"] for row in await rows(talk.app.database, roster)}
    assert {"Zoe", "Ian", "Kim"} <= names


async def test_questions_with_answers_are_proposed(talk: Talk, ann: Actor) -> None:
    await ann.presses(await gives(talk, ann, await exported(talk)), "Import")
    await talk.bot.replies("I begin to read", to=ann)
    await talk.bot.replies("Reading")
    await talk.later(minutes=1)
    await talk.bot.replies("7 messages were new", "2 questions with answers", "/answers review")
    assert [row["state"] for row in await rows(talk.app.database, questions)] == ["proposed"] * 2
    assert len(await rows(talk.app.database, given)) == 3


async def test_words_of_other_messages_are_not_kept(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann)
    kept = [
        row["text"] for table in (questions, given) for row in await rows(talk.app.database, table)
    ]
    assert "What a lovely morning." not in kept
    assert await rows(talk.app.database, files) == []


async def test_the_same_file_again_brings_nothing_new(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann)
    line = await gives(talk, ann, await exported(talk))
    assert "7 of them are known already" in line.text
    await ann.presses(line, "Import")
    await talk.later(minutes=1)
    await talk.bot.replies("Nothing in it was new")
    assert len(await past(talk)) == 7
    assert len(await rows(talk.app.database, proposals)) == 2


async def test_what_was_skipped_is_not_proposed_again(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann)
    await ann.says("/answers review")
    await ann.presses(await talk.bot.replies(), "Skip all the rest")
    await imported(talk, ann)
    await ann.says("/answers review")
    await talk.bot.replies("Nothing waits for review")


async def test_a_longer_file_adds_what_is_new(talk: Talk, ann: Actor) -> None:
    await imported(talk, ann, *TALK[:3])
    await imported(talk, ann, *TALK)
    assert len(await past(talk)) == 7
    assert len(await rows(talk.app.database, proposals)) == 2


async def test_cancel_forgets_the_file(talk: Talk, ann: Actor) -> None:
    await ann.presses(await gives(talk, ann, await exported(talk)), "Cancel")
    await talk.bot.replies("Nothing was imported", to=ann)
    assert await rows(talk.app.database, files) == []


async def test_a_file_that_ends_in_the_middle_is_refused(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, (await exported(talk))[:-40])
    assert "ends in the middle" in line.text
    assert await rows(talk.app.database, imports) == []


async def test_something_else_is_refused(talk: Talk, ann: Actor) -> None:
    assert "no JSON" in (await gives(talk, ann, b"Dear diary")).text
    assert "is no" in (await gives(talk, ann, b'{"messages": []}')).text


async def test_a_file_of_another_group_asks_first(talk: Talk, ann: Actor) -> None:
    other = {"local": "elsewhere", "telegram": "-777", "discord": "777"}[talk.platform]
    line = await gives(talk, ann, await exported(talk, home=other))
    assert "not from" in line.text
    await ann.presses(line, "Import")
    await talk.later(minutes=1)
    assert len(await past(talk)) == 7


async def test_only_moderators_import(talk: Talk, ann: Actor) -> None:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    await ben.attaches("/answers import", {"file": ("past.json", await exported(talk))})
    await talk.bot.replies("Only moderators", to=ben)


async def test_a_restart_in_the_middle_loses_nothing(talk: Talk, ann: Actor) -> None:
    many = [("Kim", f"Line {number} of many", 0) for number in range(1, 28)] * 10
    await ann.presses(await gives(talk, ann, await exported(talk, *_numbered(many))), "Import")
    await talk.later(seconds=3)
    assert 0 < len(await past(talk)) < 270
    await talk.restarts()
    await talk.later(minutes=1)
    assert len(await past(talk)) == 270


def _numbered(said: list[tuple[str, str, int]]) -> list[tuple[str, str, int]]:
    return [(who, f"{text} {number}", to) for number, (who, text, to) in enumerate(said)]


async def test_an_import_can_be_stopped_and_goes_on(talk: Talk, ann: Actor) -> None:
    many = _numbered([("Kim", "Line", 0)] * 250)
    data = await exported(talk, *many)
    await ann.presses(await gives(talk, ann, data), "Import")
    await talk.bot.replies("I begin")
    await ann.presses(await talk.bot.replies("Reading"), "Stop")
    await talk.bot.replies("was stopped")
    await talk.later(minutes=1)
    before = len(await past(talk))
    assert before < 250
    await ann.presses(await gives(talk, ann, data), "Import")
    await talk.later(minutes=1)
    assert len(await past(talk)) == 250


async def test_without_a_file_it_says_what_to_do(talk: Talk, ann: Actor) -> None:
    await ann.says("/answers import")
    await talk.bot.replies("1 MiB", "convive answers import", to=ann)


async def test_a_file_that_is_too_large_has_another_way(talk: Talk, ann: Actor) -> None:
    if talk.platform == "local":
        return
    line = await gives(talk, ann, b" " * (1 << 20) + b"{}")
    assert "convive answers import" in line.text


async def test_a_waiting_file_goes_with_somebody_who_is_forgotten(talk: Talk, ann: Actor) -> None:
    line = await gives(talk, ann, await exported(talk))
    number = {"local": "zoe"}.get(talk.platform, "901")
    async with talk.app.database.write() as tx:
        await talk.app.engine.around.forgets(tx, MemberRef(talk.platform, number))
    await ann.presses(line, "Import")
    await talk.bot.replies("waits no longer", to=ann)
