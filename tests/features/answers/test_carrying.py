"""A question that nobody answered is carried to who has been through the like."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from bot.features.answers import carrying, choices
from bot.store import groups
from bot.store.schema import groups as groups_table
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import kept
from tests.stages.base import Line

DENTIST = "Which dentist near the harbour speaks English?"
AGAIN = "Is there an English speaking dentist close to the harbour?"
BUS = "When does the last bus leave for the airport?"


class Scene:
    """Ann asked and Ben solved it; Cal asks the like."""

    def __init__(self, talk: Talk, ann: Actor, ben: Actor, cal: Actor) -> None:
        self.talk, self.bot, self.ann, self.ben, self.cal = talk, talk.bot, ann, ben, cal

    async def ask(self, actor: Actor, text: str) -> Line:
        await actor.says(f"/ask {text}")
        if any("Ask anyway" in line.buttons for line in self.bot.unheard()):
            line = next(line for line in self.bot.unheard() if "Ask anyway" in line.buttons)
            await actor.presses(line, "Ask anyway")
        return await self.bot.posts(text, "Do you know?")

    async def solved_by_ben(self, text: str = DENTIST) -> None:
        line = await self.ask(self.ann, text)
        await self.ben.says("Doctor Okoye in Quay Street does.", reply_to=line)
        await self.ann.presses(line, "It is solved")
        self.bot.hears_nothing_more()

    async def carried(self) -> Line:
        """Cal's question, as it was brought to Ben."""
        await self.solved_by_ben()
        await self.ask(self.cal, AGAIN)
        await self.talk.later(hours=5)
        return await self.bot.posts("Ben", "Would you have a look?")


@pytest.fixture
async def scene(talk: Talk) -> Scene:
    ann = await talk.person("Ann", moderator=True)
    ben, cal = await talk.person("Ben"), await talk.person("Cal")
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, ben, cal)


def carried_lines(talk: Talk) -> list[Line]:
    return [line for line in talk.stage.lines() if "Would you have a look?" in line.text]


async def test_who_solved_the_like_is_named_with_the_reason(scene: Scene) -> None:
    line = await scene.carried()
    assert "you solved something like this in November 2026" in line.text
    assert DENTIST in line.text
    assert line.pings[0] == "Ben"
    assert line.buttons == ("Not me", "Never mention me")


async def test_it_stands_where_the_question_stands(scene: Scene) -> None:
    line = await scene.carried()
    assert line.thread or line.reply


async def test_before_two_waking_hours_nobody_is_asked(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.cal, AGAIN)
    await scene.talk.until(datetime(2026, 11, 23, 10, 59, tzinfo=UTC))
    assert carried_lines(scene.talk) == []


async def test_an_answered_question_is_not_carried(scene: Scene) -> None:
    await scene.solved_by_ben()
    line = await scene.ask(scene.cal, AGAIN)
    await scene.ann.says("Ask at the pharmacy, they know one.", reply_to=line)
    await scene.talk.later(days=4)
    assert carried_lines(scene.talk) == []


async def test_the_asker_is_not_asked(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.ben, AGAIN)
    await scene.talk.later(hours=5)
    assert all("Ben" not in line.pings for line in carried_lines(scene.talk))


async def test_nobody_is_asked_about_what_is_unlike(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.cal, BUS)
    await scene.talk.later(hours=5)
    assert carried_lines(scene.talk) == []


async def test_who_never_wants_to_be_mentioned_is_not_asked(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ben.says("/pings never")
    await scene.ask(scene.cal, AGAIN)
    await scene.talk.later(hours=5)
    assert all("Ben" not in line.text for line in carried_lines(scene.talk))


async def test_who_left_is_not_asked(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ben.leaves()
    await scene.ask(scene.cal, AGAIN)
    await scene.talk.later(hours=5)
    assert all("Ben" not in line.text for line in carried_lines(scene.talk))


async def test_nobody_is_asked_twice_for_one_question(scene: Scene) -> None:
    await scene.carried()
    await scene.talk.later(days=20)
    assert len(carried_lines(scene.talk)) == 1


async def test_an_answer_to_it_answers_the_question(scene: Scene) -> None:
    line = await scene.carried()
    await scene.ben.says("Doctor Okoye again, she is good.", reply_to=line)
    await scene.bot.posts("1 answer so far")


async def test_not_me_holds_for_a_while(scene: Scene) -> None:
    line = await scene.carried()
    await scene.ben.presses(line, "Not me")
    await scene.bot.replies("All right", "90 days", to=scene.ben)
    await scene.talk.later(days=30)
    await scene.ask(scene.cal, "Does any dentist at the harbour open on Sunday, in English?")
    await scene.talk.later(hours=12)
    assert len([line for line in carried_lines(scene.talk) if "Ben" in line.text]) == 1


async def test_never_mention_me_holds_at_once(scene: Scene) -> None:
    line = await scene.carried()
    await scene.ben.presses(line, "Never mention me")
    await scene.bot.replies("never mention you", to=scene.ben)
    await scene.ben.says("/pings")
    await scene.bot.replies("I never mention you", to=scene.ben)


async def test_only_who_is_named_can_decline(scene: Scene) -> None:
    line = await scene.carried()
    await scene.cal.presses(line, "Never mention me")
    await scene.bot.replies("the people who are named here", to=scene.cal)


async def test_after_two_days_the_moderators_are_told_once(scene: Scene) -> None:
    await scene.ask(scene.cal, BUS)
    await scene.talk.later(days=2)
    line = await scene.bot.posts("Cal", "has waited for 1 day", BUS)
    assert line.buttons == ("Post it again", "Close it")
    assert line.pings == ()
    await scene.talk.later(days=5)
    assert [line for line in scene.bot.unheard() if "has waited" in line.text] == []


async def told(scene: Scene) -> Line:
    await scene.ask(scene.cal, BUS)
    await scene.talk.later(days=2)
    return await scene.bot.posts("has waited")


async def test_a_moderator_closes_it(scene: Scene) -> None:
    line = await told(scene)
    await scene.ann.presses(line, "Close it")
    await scene.bot.posts("Ann", "closed it.")
    assert (await scene.bot.posts("Closed without an answer.")).buttons == ("Open it again",)
    assert [row.state for row in await kept(scene.talk)] == ["closed"]


async def test_a_closed_question_is_opened_again(scene: Scene) -> None:
    await scene.ann.presses(await told(scene), "Close it")
    post = await scene.bot.posts("Closed without an answer.")
    await scene.cal.presses(post, "Open it again")
    assert [row.state for row in await kept(scene.talk)] == ["open"]


async def test_a_moderator_posts_it_again(scene: Scene) -> None:
    line = await told(scene)
    await scene.ann.presses(line, "Post it again")
    again = await scene.bot.posts("Cal", "asks:", BUS)
    await scene.ben.says("At half past eleven.", reply_to=again)
    await scene.bot.posts("1 answer so far")


async def test_what_is_said_to_the_old_post_still_counts(scene: Scene) -> None:
    old = await scene.ask(scene.cal, BUS)
    await scene.talk.later(days=2)
    await scene.ann.presses(await scene.bot.posts("has waited"), "Post it again")
    await scene.ben.says("At half past eleven.", reply_to=old)
    await scene.bot.posts("1 answer so far")


async def test_members_cannot_close_it(scene: Scene) -> None:
    line = await told(scene)
    await scene.ben.presses(line, "Close it")
    await scene.bot.replies("Only moderators", to=scene.ben)


async def test_a_button_of_a_question_that_is_gone_says_so(scene: Scene) -> None:
    line = await scene.carried()
    await scene.cal.says("/forgetme")
    await scene.cal.presses(await scene.bot.replies("delete", to=scene.cal), "Delete everything")
    await scene.ben.presses(line, "Not me")
    await scene.bot.replies("no longer kept", to=scene.ben)


async def change_group(talk: Talk, **values: object) -> None:
    async with talk.app.database.write() as tx:
        await tx.execute(update(groups_table).values(**values))


async def test_a_paused_group_is_left_in_peace_until_it_goes_on(scene: Scene) -> None:
    await scene.solved_by_ben()
    await scene.ask(scene.cal, AGAIN)
    await change_group(scene.talk, paused=True)
    await scene.talk.later(hours=8)
    assert carried_lines(scene.talk) == []
    await change_group(scene.talk, paused=False)
    await scene.talk.later(days=1)
    assert len(carried_lines(scene.talk)) == 1


async def test_a_group_that_chose_not_to_carries_nothing(scene: Scene) -> None:
    await scene.solved_by_ben()
    async with scene.talk.app.database.write() as tx:
        (group,) = await groups.active(tx)
        await choices.choose(tx, group.id, carry=False)
    await scene.ask(scene.cal, AGAIN)
    await scene.talk.later(days=5)
    assert carried_lines(scene.talk) == []


async def test_after_an_outage_questions_come_one_by_one(scene: Scene) -> None:
    for number in range(4):
        await scene.ask(scene.cal, f"Number {number}: {BUS}")
    await scene.talk.stage.close()
    await scene.talk.app.close()
    scene.talk.clock.set(datetime(2026, 11, 25, 12, 0, tzinfo=UTC))
    scene.talk.app = scene.talk._new_app()
    await scene.talk.begin()
    stages = [row.stage for row in await kept(scene.talk)]
    assert sorted(stages) == [carrying.PEOPLE] * 3 + [carrying.SISTERS]
    await scene.talk.later(hours=2)
    assert [row.stage for row in await kept(scene.talk)] == [carrying.SISTERS] * 4
