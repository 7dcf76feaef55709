"""Asking: earlier answers first, then a post that stands for the question."""

import pytest

from adapters.local.client import EVERYTHING
from bot.ports import Can
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.features.conftest import MakeTalk
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


async def test_a_very_long_question_is_shown_whole_below_its_post(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    text = ("Why does the ferry stop in winter? " * 120)[:3_900] + "the very end"
    await ann.says(f"/ask {text}")
    await talk.bot.posts("asks:", "ferry", "…", "Do you know?")
    await talk.bot.posts("The whole question:", "ferry")
    assert any("the very end" in line.text for line in talk.stage.lines())
    assert [row.text for row in await kept(talk)] == [text]


async def wanted_too(talk: Talk, ann: Actor, ben: Actor) -> Line:
    """Ann's question, which Ben would have asked too."""
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.says(f"/ask {DENTIST}")
    panel = await talk.bot.replies("Ann", "asked the same", "still open", to=ben)
    assert panel.buttons == ("I want to know too", "Ask anyway", "Never mind")
    await ben.presses(panel, "I want to know too")
    return line


async def test_who_asks_what_is_open_already_can_wait_for_the_same_answer(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await wanted_too(talk, ann, ben)
    await talk.bot.replies("/answers mine shows what becomes of it", to=ben)
    assert [(row.state, row.same_as) for row in await kept(talk)] == [
        ("open", None),
        ("repeat", 1),
    ]


async def test_who_wanted_to_know_too_is_told_if_they_agreed(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    await ben.opens_private()
    line = await wanted_too(talk, ann, ben)
    await talk.bot.replies("I tell you when it is solved", to=ben)
    await ann.presses(line, "Answer")
    await ann.fills(["Found one: Doctor Okoye"])
    news = await talk.bot.posts("What you wanted to know too is solved", "Doctor Okoye")
    assert news.only_for == "Ben"


async def test_a_long_earlier_answer_can_be_read_in_full(
    talk: Talk, ann: Actor, ben: Actor
) -> None:
    line = await ask_and_hear(talk, ann, DENTIST)
    await ben.presses(line, "Answer")
    await ben.fills(["Doctor Okoye. " * 30 + "Ring twice."])
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    panel = await talk.bot.replies("Before I post it", to=cal)
    await cal.presses(panel, "Read 1")
    full = await talk.bot.replies("Ring twice.", to=cal)
    assert full.id == panel.id
    await cal.presses(full, "Back")
    await cal.presses(panel, "1 helps")
    await talk.bot.replies("Glad that it helped", to=cal)


async def test_only_the_asker_decides_about_a_draft_that_all_can_see(
    on_local: MakeTalk,
) -> None:
    talk = await on_local(can=EVERYTHING & ~Can.EPHEMERAL)
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    await asked_and_answered(talk, ann, ben)
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {DENTIST}")
    panel = await talk.bot.replies("Before I post it")
    await ann.presses(panel, "1 helps")
    await talk.bot.replies("Only", "Cal", "can say that", to=ann)
    assert [row.state for row in await kept(talk)] == ["open", "draft"]


@pytest.mark.parametrize(
    "text",
    [
        "¿Dónde arreglan bicicletas?",
        "Onde consertam bicicletas?",
        "Où réparer un vélo ?",
        "Wo kann man Fahrräder reparieren?",
        "自転車はどこで直せますか？",
        "أين يمكن إصلاح الدراجات؟",
        "איפה מתקנים אופניים?",
        "Где починить велосипед?",
        "साइकिल कहाँ ठीक होती है?",
        "자전거는 어디서 고치나요?",
    ],
)
async def test_questions_are_asked_and_found_in_every_script(on_local: MakeTalk, text: str) -> None:
    talk = await on_local()
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    line = await ask_and_hear(talk, ann, text)
    await ben.presses(line, "Answer")
    await ben.fills(["Rue du Port 5"])
    cal = await talk.person("Cal")
    talk.bot.hears_nothing_more()
    await cal.says(f"/ask {text}")
    await talk.bot.replies("Before I post it", text, "Rue du Port 5", to=cal)
