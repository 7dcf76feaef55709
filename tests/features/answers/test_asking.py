"""Asking: earlier answers first, then a post that stands for the question."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.stages.base import Line

DENTIST = "Which dentist near the harbour speaks English?"


@pytest.fixture
async def ann(talk: Talk) -> Actor:
    return await talk.person("Ann")


@pytest.fixture
async def ben(talk: Talk) -> Actor:
    ben = await talk.person("Ben")
    talk.bot.hears_nothing_more()
    return ben


async def test_a_new_question_is_posted_at_once(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ann.says(f"/ask {DENTIST}")
    line = await talk.bot.posts("Ann", "asks:", DENTIST, "Do you know?")
    assert line.only_for == ""
    assert line.buttons == ("Answer", "It is solved")
    assert line.pings == ()
    await talk.bot.is_silent()
    assert [row.state for row in await kept(talk)] == ["open"]


async def ask_and_hear(talk: Talk, asker: Actor, text: str) -> Line:
    await asker.says(f"/ask {text}")
    return await talk.bot.posts("asks:", text)


async def asked_and_answered(talk: Talk, ann: Actor, ben: Actor) -> None:
    """Ben answered Ann's question about the dentist, and it was solved by that."""
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.presses(line, "Answer")
    await ben.fills(["Doctor Okoye in Quay Street does, I go there."])
    talk.bot.hears_nothing_more()


async def test_an_answer_in_the_form_is_read_by_everybody(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.presses(line, "Answer")
    await ben.fills(["Doctor Okoye in Quay Street"])
    posted = await talk.bot.posts("Ben", "answers:", "Doctor Okoye")
    assert posted.only_for == ""
    assert [(row.text, row.source) for row in await answers(talk)] == [
        ("Doctor Okoye in Quay Street", "form")
    ]
    await talk.bot.posts("1 answer so far")


async def test_a_reply_to_an_answer_from_the_form_is_heard(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.presses(line, "Answer")
    await ben.fills(["Doctor Okoye in Quay Street"])
    posted = await talk.bot.posts("Ben", "answers:")
    cal = await talk.person("Cal")
    await cal.says("Go early in the morning, it is full by ten", reply_to=posted)
    assert len(await answers(talk)) == 2


async def test_an_answer_from_the_form_can_be_what_solved_it(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.presses(line, "Answer")
    await ben.fills(["Doctor Okoye in Quay Street"])
    posted = await talk.bot.posts("Ben", "answers:")
    await ann.menu(posted, "solved")
    await talk.bot.posts("Solved, thanks to", "Ben")
    assert [row.solves for row in await answers(talk)] == [True]


async def test_an_answer_of_the_asker_solves_the_question(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    line = await ask_and_hear(talk, ann, DENTIST)
    await ann.presses(line, "Answer")
    await ann.fills(["Found one: Doctor Okoye"])
    await talk.bot.posts("Solved")
    assert [row.state for row in await kept(talk)] == ["solved"]


async def test_an_earlier_answer_is_shown_before_the_same_question_is_posted(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says("/ask Near the HARBOUR: which dentist speaks english?")
    panel = await talk.bot.replies("Before I post it", DENTIST, "Ben", "Okoye", to=cal)
    assert panel.buttons == ("1 helps", "Ask anyway", "Never mind")
    assert [row.state for row in await kept(talk)] == ["open", "draft"]


async def test_what_helped_is_not_posted_and_its_author_is_thanked(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await ben.opens_private()
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    await cal.presses(await talk.bot.replies("Before I post it", to=cal), "1 helps")
    await talk.bot.replies("Glad that it helped", "Ben", to=cal)
    thanks = await talk.bot.posts("Your answer helped", "Cal")
    assert thanks.only_for == "Ben"
    assert [row.state for row in await kept(talk)] == ["open", "repeat"]
    assert [row.helped for row in await answers(talk)] == [1]


async def test_what_did_not_help_after_all_is_asked(talk: Talk, ann: Actor, ben: Actor) -> None:
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    await cal.presses(await talk.bot.replies("Before I post it", to=cal), "1 helps")
    await cal.presses(
        await talk.bot.replies("Glad that it helped", to=cal), "Not after all: ask anyway"
    )
    await talk.bot.posts("Cal", "asks:", DENTIST)
    assert [row.state for row in await kept(talk)] == ["open", "open"]
    assert [row.helped for row in await answers(talk)] == [0]


async def test_asking_anyway_posts_the_question(talk: Talk, ann: Actor, ben: Actor) -> None:
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    await cal.presses(await talk.bot.replies("Before I post it", to=cal), "Ask anyway")
    line = await talk.bot.posts("Cal", "asks:", DENTIST)
    assert line.only_for == ""
    await ben.says("Doctor Okoye, as I told Ann", reply_to=line)
    assert len(await answers(talk)) == 2


async def test_a_question_that_is_dropped_leaves_nothing(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    panel = await talk.bot.replies("Before I post it", to=cal)
    await cal.presses(panel, "Never mind")
    assert all("Before I post it" not in n.text for n in talk.stage.lines() if not n.deleted)
    assert [row.state for row in await kept(talk)] == ["open"]


async def test_a_draft_that_is_left_behind_is_forgotten_after_a_day(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    await cal.says(f"/ask {DENTIST}")
    await talk.later(hours=25)
    assert "draft" not in [row.state for row in await kept(talk)]


async def test_the_same_question_twice_in_a_second_is_one(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await ask_and_hear(talk, ann, DENTIST)
    await ann.says(f"/ask {DENTIST.upper()} !")
    await talk.bot.replies("I have that question of yours already", "Do you know?", to=ann)
    assert len(await kept(talk)) == 1


async def test_emoji_alone_are_no_question(talk: Talk, ann: Actor, ben: Actor) -> None:
    await ann.says("/ask 🦷🦷🦷 ???")
    await talk.bot.replies("no words", "/ask", to=ann)
    assert await kept(talk) == []


async def test_code_is_kept_as_it_was_typed(talk: Talk, ann: Actor, ben: Actor) -> None:
    text = "Why does this fail? ```\nfor x in y:\n    print(x)  # *bold* <b> {name}\n```"
    await ann.says(f"/ask {text}")
    await talk.bot.posts("asks:", "    print(x)  # *bold* <b> {name}")
    assert [row.text for row in await kept(talk)] == [text]


async def test_a_very_long_question_is_whole_in_the_store(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    text = ("Why does the ferry stop in winter? " * 120)[:3_900]
    await ann.says(f"/ask {text}")
    await talk.bot.posts("asks:", "ferry")
    assert [len(row.text) for row in await kept(talk)] == [len(text.strip())]
