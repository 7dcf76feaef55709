"""Nobody posts into silence: first posts and questions without a human answer."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.dialogue import START, Actor, Talk

TEN = START + timedelta(hours=3)
NOBODY = "nobody has answered yet"


async def ambassador(talk: Talk, name: str) -> Actor:
    """Somebody who agreed to be asked, and can be written to."""
    person = await talk.person(name)
    await person.opens_private()
    await person.says("/ambassador join")
    talk.bot.hears_nothing_more()
    return person


class Scene:
    """Ben and Cleo are ambassadors, Dan has just joined; it is ten o'clock."""

    def __init__(self, talk: Talk, ben: Actor, cleo: Actor, dan: Actor) -> None:
        self.talk, self.ben, self.cleo, self.dan = talk, ben, cleo, dan

    def asked(self) -> set[str]:
        """Who was asked in private."""
        return {line.only_for for line in self.talk.stage.lines() if NOBODY in line.text}


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ben, cleo = await ambassador(talk, "Ben"), await ambassador(talk, "Cleo")
    await ben.says("good morning")
    await cleo.says("morning")
    await ben.says("how are you")
    dan = await talk.person("Dan")
    await talk.until(TEN)
    return Scene(talk, ben, cleo, dan)


async def test_a_first_post_without_an_answer_is_shown_to_two_volunteers(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=2, minutes=1)
    assert scene.asked() == {"Ben", "Cleo"}


async def test_nobody_is_asked_before_two_hours_have_passed(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=1, minutes=55)
    assert scene.asked() == set()


async def test_the_night_does_not_count(scene: Scene) -> None:
    await scene.talk.until(START + timedelta(hours=13, minutes=30))
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=12)
    assert scene.asked() == set()


async def test_a_first_post_that_somebody_replied_to_is_not_shown(scene: Scene) -> None:
    said = await scene.dan.says("Hello, I am new here")
    await scene.talk.later(minutes=30)
    await scene.ben.answers(said, "Welcome, Dan")
    await scene.talk.later(hours=2)
    assert scene.asked() == set()


async def test_what_somebody_says_right_after_a_first_post_answers_it(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.cleo.says("Hi and welcome")
    await scene.talk.later(hours=3)
    assert scene.asked() == set()


async def test_other_talk_much_later_is_no_answer(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(minutes=40)
    await scene.cleo.says("Has anybody seen my keys")
    await scene.talk.later(hours=2)
    assert scene.asked() == {"Ben", "Cleo"}


async def test_the_own_next_message_is_no_answer(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.dan.says("and I like bees")
    await scene.talk.later(hours=3)
    assert scene.asked() == {"Ben", "Cleo"}


async def test_only_the_first_words_are_a_first_post(scene: Scene) -> None:
    said = await scene.dan.says("Hello, I am new here")
    await scene.ben.answers(said, "Welcome")
    await scene.talk.later(hours=1)
    await scene.dan.says("Where is everybody")
    await scene.talk.later(hours=4)
    assert scene.asked() == set()


async def test_a_newcomer_is_known_after_a_restart(scene: Scene) -> None:
    await scene.talk.restarts()
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=3)
    assert scene.asked() == {"Ben", "Cleo"}


async def test_an_answer_is_heard_after_a_restart(scene: Scene) -> None:
    said = await scene.dan.says("Hello, I am new here")
    await scene.talk.restarts()
    await scene.talk.later(minutes=30)
    await scene.ben.answers(said, "Welcome, Dan")
    await scene.talk.later(hours=2)
    assert scene.asked() == set()


async def test_a_newcomer_who_left_needs_no_answer(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.dan.leaves()
    await scene.talk.later(hours=3)
    assert scene.asked() == set()


async def test_who_has_no_time_passes_it_on(scene: Scene) -> None:
    eve = await ambassador(scene.talk, "Eve")
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=2, minutes=1)
    before = scene.asked()
    name = next(iter(before))
    asked = next(n for n in scene.talk.stage.lines() if NOBODY in n.text and n.only_for == name)
    person = {"Ben": scene.ben, "Cleo": scene.cleo, "Eve": eve}[name]
    await person.presses(asked, "Not now")
    assert len(scene.asked() | before) == 3


async def test_who_will_answer_is_thanked(scene: Scene) -> None:
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=2, minutes=1)
    asked = next(n for n in scene.talk.stage.lines() if NOBODY in n.text and n.only_for == "Ben")
    await scene.ben.presses(asked, "I'll answer")
    await scene.talk.bot.replies("Thank you.", "Dan", to=scene.ben)


async def test_a_question_for_which_nobody_is_known_is_shown_to_two_volunteers(
    scene: Scene,
) -> None:
    await scene.dan.says("/ask Who knows a good dentist in Lisbon?")
    await scene.talk.later(hours=6)
    assert scene.asked() == {"Ben", "Cleo"}


async def test_volunteers_who_want_no_mentions_are_not_asked(scene: Scene) -> None:
    await scene.ben.says("/pings never")
    await scene.dan.says("Hello, I am new here")
    await scene.talk.later(hours=3)
    assert scene.asked() == {"Cleo"}


async def test_the_words_of_a_first_post_are_not_stored(scene: Scene) -> None:
    await scene.dan.says("A sentence like no other zebra")
    await scene.talk.later(hours=3)
    async with scene.talk.app.database.read() as tx:
        rows = await tx.all(text("SELECT subject FROM ambassadors_waiting"))
    assert {row.subject for row in rows} == {""}
