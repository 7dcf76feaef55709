"""Ticks under messages: the bot's, and the asker's taken back."""

import pytest

from adapters.local.model import BOT
from tests.dialogue import Actor, Talk
from tests.features.answers.kept import answers, kept
from tests.features.conftest import MakeTalk
from tests.stages.base import Line
from tests.stages.local import LocalStage

QUESTION = "Where do I get a parking permit for the old town?"
ANSWER = "At the citizens' office in Mill Street, bring your lease."


class Scene:
    """Ben answered Ann's question."""

    def __init__(self, talk: Talk, ann: Actor, post: Line, said: str) -> None:
        self.talk, self.ann, self.post, self.said = talk, ann, post, said
        assert isinstance(talk.stage, LocalStage)
        self.world, self.person = talk.stage.world, talk.stage._people["Ann"]

    async def unreacts(self, message: str, emoji: str) -> None:
        await self.person.reacts(self.world.messages[message], emoji, added=False)
        await self.talk.settled()


@pytest.fixture
async def scene(on_local: MakeTalk) -> Scene:
    talk = await on_local()
    ann, ben = await talk.person("Ann"), await talk.person("Ben")
    await ann.says(f"/ask {QUESTION}")
    post = await talk.bot.posts("asks:")
    return Scene(talk, ann, post, await ben.says(ANSWER, reply_to=post))


async def test_the_solving_message_gets_a_tick(scene: Scene) -> None:
    await scene.ann.presses(scene.post, "It is solved")
    assert scene.world.messages[scene.said].reactions == {"✅": (BOT,)}


async def test_a_tick_taken_back_opens_the_question(scene: Scene) -> None:
    await scene.ann.reacts(scene.said, "✅")
    await scene.unreacts(scene.said, "✅")
    assert [row.solves for row in await answers(scene.talk)] == [False]
    assert [row.state for row in await kept(scene.talk)] == ["open"]


async def test_a_tick_on_the_question_taken_back_opens_it(scene: Scene) -> None:
    await scene.ann.reacts(scene.post.id, "✅")
    await scene.unreacts(scene.post.id, "✅")
    assert [row.state for row in await kept(scene.talk)] == ["open"]


async def test_a_tick_on_a_question_with_several_answers_asks_which(scene: Scene) -> None:
    cid = await scene.talk.person("Cid")
    await cid.says("Online, on the city's website.", reply_to=scene.post)
    await scene.ann.reacts(scene.post.id, "✅")
    line = await scene.talk.bot.posts("Is it solved", "Who helped?")
    assert line.buttons == ("Cid", "Ben", "Not yet")
    await scene.ann.presses(line, "Cid")
    assert [row.member_name for row in await answers(scene.talk) if row.solves] == ["Cid"]
