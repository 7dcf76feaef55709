"""Suggestions as members and moderators live them."""

import pytest

from adapters.local.client import EVERYTHING
from bot.ports import Can
from bot.refs import ChatRef
from bot.store import groups
from tests.dialogue import Actor, Talk
from tests.features.conftest import MakeTalk
from tests.stages.base import Line


class Scene:
    """A group with a moderator Ann, a member Bea, and perhaps a room for the moderators."""

    def __init__(self, talk: Talk, ann: Actor, bea: Actor) -> None:
        self.talk, self.bot, self.ann, self.bea = talk, talk.bot, ann, bea

    async def has_a_moderators_room(self) -> None:
        await self.talk.stage.room("staff")
        rooms = await self.talk.app.adapters[0].rooms(await self._chat())
        room = next(place.chat.room for place in rooms if place.title == "staff")
        async with self.talk.app.database.write() as tx:
            (group,) = await groups.active(tx)
            await groups.change(tx, group.id, moderators_room=room)

    async def _chat(self) -> ChatRef:
        async with self.talk.app.database.read() as tx:
            (group,) = await groups.active(tx)
        return group.chat

    async def suggested(self, text: str = "Which smell is home?") -> Line:
        """What the moderators see of Bea's suggestion."""
        await self.bea.says(f"/prompt suggest {text}")
        await self.bot.replies("Thank you", text, to=self.bea)
        return await self.bot.posts("Bea", "suggests a prompt", text)

    async def review(self) -> Line:
        await self.ann.says("/prompt suggestions")
        return await self.bot.replies("suggests a prompt", to=self.ann)


async def scene_of(talk: Talk) -> Scene:
    ann, bea = await talk.person("Ann", moderator=True), await talk.person("Bea")
    talk.bot.hears_nothing_more()
    return Scene(talk, ann, bea)


@pytest.fixture
async def scene(on_local: MakeTalk) -> Scene:
    return await scene_of(await on_local())


@pytest.fixture
async def staffed(talk: Talk) -> Scene:
    found = await scene_of(talk)
    await found.has_a_moderators_room()
    return found


async def test_a_suggestion_comes_to_the_moderators_room(staffed: Scene) -> None:
    line = await staffed.suggested()
    assert line.room == "staff"
    assert line.buttons == ("Approve", "Edit", "Decline")
    assert line.pings == ()


async def test_an_approved_suggestion_becomes_a_card_with_its_author(staffed: Scene) -> None:
    await staffed.ann.presses(await staffed.suggested(), "Approve")
    line = await staffed.bot.posts("Ann", "approved the prompt of", "Bea", "card 1")
    assert line.buttons == ()
    await staffed.ann.says("/prompt show 1")
    await staffed.bot.replies("Which smell is home?", "by ", "Bea", to=staffed.ann)


async def test_a_suggestion_is_changed_and_approved(staffed: Scene) -> None:
    await staffed.ann.presses(await staffed.suggested(), "Edit")
    await staffed.ann.fills(["Which smell means home?", "meet", "none yet | many"])
    await staffed.bot.posts("approved", "Which smell means home?")


async def test_a_suggestion_is_declined_with_a_reason(staffed: Scene) -> None:
    await staffed.ann.presses(await staffed.suggested(), "Decline")
    await staffed.ann.fills(["We had it last week"])
    await staffed.bot.posts("declined", "Which smell is home?", "We had it last week")
    await staffed.bea.says("/prompt mine")
    await staffed.bot.replies("was not taken", "We had it last week", to=staffed.bea)


async def test_a_member_takes_a_suggestion_back(staffed: Scene) -> None:
    await staffed.suggested()
    await staffed.bea.says("/prompt mine")
    line = await staffed.bot.replies("waits for the moderators", to=staffed.bea)
    await staffed.bea.presses(line, "Take 1 back")
    await staffed.bot.replies("you took it back", to=staffed.bea)
    await staffed.bot.posts("took this prompt back")


async def test_a_form_opens_when_nothing_is_given(staffed: Scene) -> None:
    await staffed.bea.says("/prompt suggest")
    await staffed.bea.fills(["Which smell is home?"])
    await staffed.bot.replies("Thank you", "Which smell is home?", to=staffed.bea)


async def test_without_a_moderators_room_the_group_sees_no_text(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest Which smell is home?")
    await scene.bot.replies("Thank you")
    line = await scene.bot.posts("A member suggested a prompt")
    assert "smell" not in line.text
    await scene.ann.presses(line, "Look at it")
    review = await scene.bot.replies("suggests a prompt", "Which smell is home?")
    assert review.only_for == "Ann"


async def test_the_group_is_told_once_while_suggestions_wait(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest One?")
    await scene.bot.posts("A member suggested a prompt")
    await scene.bea.says("/prompt suggest Two?")
    assert all("A member suggested" not in line.text for line in scene.bot.unheard())


async def test_moderators_go_from_one_suggestion_to_the_next(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest One?")
    await scene.bea.says("/prompt suggest Two?")
    first = await scene.review()
    assert "One?" in first.text
    assert "1 more waits" in first.text
    await scene.ann.presses(first, "Approve")
    done = await scene.bot.replies("approved the prompt of")
    assert done.id == first.id
    await scene.ann.presses(done, "Next suggestion")
    await scene.bot.replies("Two?", to=scene.ann)


async def test_the_author_is_told_privately_if_they_agreed(scene: Scene) -> None:
    await scene.bea.opens_private()
    await scene.bea.says("/prompt suggest One?")
    await scene.bot.replies("I'll tell you privately")
    await scene.ann.presses(await scene.review(), "Approve")
    line = await scene.bot.posts("Your prompt is in the deck", "One?")
    assert line.only_for == "Bea"
    assert line.pings == ()


async def test_the_author_is_told_of_other_words(scene: Scene) -> None:
    await scene.bea.opens_private()
    await scene.bea.says("/prompt suggest One?")
    await scene.ann.presses(await scene.review(), "Edit")
    await scene.ann.fills(["One or two?"])
    await scene.bot.posts("in slightly other words", "One or two?")


async def test_nobody_is_written_to_without_having_agreed(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest One?")
    await scene.bot.replies("/prompt mine shows what becomes of it")
    await scene.ann.presses(await scene.review(), "Approve")
    assert all(line.only_for != "Bea" for line in scene.bot.unheard())


async def test_only_moderators_decide(scene: Scene) -> None:
    await scene.has_a_moderators_room()
    line = await scene.suggested()
    for label in line.buttons:
        await scene.bea.presses(line, label)
        await scene.bot.replies("Only moderators", to=scene.bea)
    await scene.bea.says("/prompt mine")
    await scene.bot.replies("waits for the moderators")


async def test_only_the_author_takes_a_suggestion_back(on_local: MakeTalk) -> None:
    scene = await scene_of(await on_local(can=EVERYTHING & ~Can.EPHEMERAL))
    await scene.bea.says("/prompt suggest One?")
    await scene.bea.says("/prompt mine")
    line = await scene.bot.replies("waits for the moderators")
    await scene.ann.presses(line, "Take 1 back")
    await scene.bot.replies("Only who suggested it", to=scene.ann)


async def test_who_comes_too_late_sees_what_was_decided(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest One?")
    first, second = await scene.review(), await scene.review()
    await scene.ann.presses(first, "Decline")
    await scene.ann.fills([""])
    await scene.bot.replies("declined")
    await scene.ann.presses(second, "Approve")
    await scene.bot.replies("declined", "One?")
    await scene.ann.says("/prompt list")
    await scene.bot.replies("There is no deck yet")


async def test_three_may_wait_at_a_time(scene: Scene) -> None:
    for text in ("One?", "Two?", "Three?"):
        await scene.bea.says(f"/prompt suggest {text}")
    await scene.bea.says("/prompt suggest Four?")
    await scene.bot.replies("You have 3 prompts waiting", "Four?")


async def test_five_a_week_are_the_most(scene: Scene) -> None:
    for number in range(5):
        await scene.bea.says(f"/prompt suggest Question {number}?")
        await scene.ann.presses(await scene.review(), "Approve")
    await scene.bea.says("/prompt suggest Six?")
    await scene.bot.replies("5 prompts in a week are the most")
    await scene.talk.later(days=7, minutes=1)
    await scene.bea.says("/prompt suggest Six?")
    await scene.bot.replies("Thank you", "Six?")


async def test_a_prompt_that_is_there_is_recognised(scene: Scene) -> None:
    await scene.ann.says("/prompt add Which smell is home?")
    await scene.bea.says("/prompt suggest which smell is HOME")
    await scene.bot.replies("in the deck already")


async def test_a_prompt_that_waits_is_recognised(scene: Scene) -> None:
    await scene.bea.says("/prompt suggest One?")
    await scene.bea.says("/prompt suggest one")
    await scene.bot.replies("suggested already")


async def test_a_suggestion_that_came_into_the_deck_meanwhile_is_not_doubled(
    scene: Scene,
) -> None:
    await scene.bea.says("/prompt suggest One?")
    await scene.ann.says("/prompt add One?")
    await scene.ann.presses(await scene.review(), "Approve")
    await scene.bot.replies("is there already, as card 1")


@pytest.mark.parametrize("text", ["\u200b", "\u202e \u200d"])
async def test_hidden_characters_are_no_suggestion(scene: Scene, text: str) -> None:
    await scene.bea.says(f"/prompt suggest {text}")
    await scene.bot.replies("There is no text in that")


async def test_a_suggestion_is_never_markup_or_a_ping(scene: Scene) -> None:
    await scene.has_a_moderators_room()
    line = await scene.suggested("@everyone **look** {name} @Ann")
    assert line.pings == ()


async def test_a_suggestion_longer_than_a_prompt_is_refused(scene: Scene) -> None:
    await scene.bea.says(f"/prompt suggest {'x' * 10_000}")
    await scene.bot.replies("at most 1,500 characters")


async def test_somebody_without_suggestions_is_told_how(scene: Scene) -> None:
    await scene.bea.says("/prompt mine")
    await scene.bot.replies("/prompt suggest is how")


async def test_without_suggestions_moderators_have_nothing_to_decide(scene: Scene) -> None:
    await scene.ann.says("/prompt suggestions")
    await scene.bot.replies("No suggestion waits")
