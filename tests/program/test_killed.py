"""The program is killed again and again, while prompts come due and people answer them."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tests.program.convive import Convive, eventually
from tests.program.sides import MINUTE, Himalaya, Hudson, full_minute, plan, share, unite

SEED = 20261122
KILLS = 10
IN_DOUBT = "I can't tell whether it arrived"
SETTLING = 60.0


async def until(at: datetime) -> None:
    """Real time goes by: the program's clock is the machine's."""
    await asyncio.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))


class Evening:
    """Both groups for some minutes: what was planned, and what people answered."""

    def __init__(self, convive: Convive, himalaya: Himalaya, hudson: Hudson) -> None:
        self.convive, self.himalaya, self.hudson = convive, himalaya, hudson
        self.rng = random.Random(SEED)
        self.given: dict[tuple[str, str], str] = {}
        self.minutes: list[datetime] = []

    async def plan(self, minutes: int) -> None:
        """A prompt for each coming minute in each group, and one that both share."""
        self.minutes = [full_minute(1) + n * MINUTE for n in range(minutes)]
        await share(self.himalaya, self.hudson, self.minutes[minutes // 2])
        for at in self.minutes:
            await plan(self.himalaya, self.hudson, at)
        assert datetime.now(UTC) < self.minutes[0]

    async def people_answer(self, end: datetime) -> None:
        """People answer what they see, whether or not the program runs."""
        while datetime.now(UTC) < end:
            await asyncio.sleep(self.rng.uniform(0.1, 1.0))
            side: Himalaya | Hudson = self.rng.choice((self.himalaya, self.hudson))
            if prompts := side.prompts():
                await self.answer(side, self.rng.choice(prompts).text)

    async def answer(self, side: Himalaya | Hudson, prompt: str) -> None:
        """One answer."""
        found = next(p for p in side.prompts() if p.text == prompt)
        text = f"answer {len(self.given) + 1}"
        number = await side.answers(found, text, in_thread=self.rng.random() < 0.5)
        self.given[side.platform, number] = prompt

    async def killings(self, end: datetime) -> None:
        """Kills at random moments, and before each post is known to have arrived."""
        for number in range(KILLS):
            await asyncio.sleep(self.rng.uniform(0.2, 8.0))
            if number % 2:
                await self.posting()
            await self.convive.kill()
            await asyncio.sleep(self.rng.uniform(0.0, 2.0))
            await self.convive.launch()
        await until(end)

    async def posting(self) -> None:
        """Returns when the next planned prompt arrives in one of the groups."""
        side: Himalaya | Hudson = self.rng.choice((self.himalaya, self.hudson))
        for at in self.minutes:
            if at > datetime.now(UTC):
                await until(at - timedelta(seconds=1))
                await side.posted(len(side.prompts()) + 1, SETTLING)
                return

    def expected(self) -> set[tuple[str, str]]:
        """The answers that must be kept: all but those to a post in doubt, which Telegram, unlike
        Discord, does not let anybody find again."""
        known = self.convive.posts()
        doubted = {p.text for p in self.hudson.prompts()} - {
            p.text for p in self.hudson.prompts() if ("telegram", str(p.message.id)) in known
        }
        return {
            (platform, number)
            for (platform, number), prompt in self.given.items()
            if platform == "discord" or prompt not in doubted
        }

    def at_rest(self) -> bool:
        """Nothing waits to be sent, and every answer is kept."""
        waiting = self.convive.rows("SELECT id FROM outbox WHERE state <> 'failed'")
        return not waiting and self.expected() <= self.convive.answers()

    def missing(self) -> str:
        """What is not as it should be."""
        lost = self.expected() - self.convive.answers()
        rows = self.convive.rows("SELECT platform, state, error, effect FROM outbox")
        return f"answers lost: {[(k, self.given[k]) for k in lost]}; outbox: {rows}"


@pytest.mark.prove
async def test_ten_kills_lose_no_prompt_and_no_answer_and_repeat_none(
    convive: Convive, himalaya: Himalaya, hudson: Hudson
) -> None:
    evening = Evening(convive, himalaya, hudson)
    await convive.start()
    await unite(himalaya, hudson)
    await evening.plan(minutes=3)
    end = evening.minutes[-1] + timedelta(seconds=20)
    await asyncio.gather(evening.people_answer(end), evening.killings(end))
    await eventually(evening.at_rest, SETTLING, evening.missing)
    slots = len(evening.minutes) + 1
    here = Counter(prompt.text for prompt in himalaya.prompts())
    assert (len(here), set(here.values())) == (slots, {1})
    there = Counter(prompt.text for prompt in hudson.prompts())
    doubted = [m.body for m in hudson.group.messages if IN_DOUBT in m.body]
    print(f"{len(evening.given)} answers, {len(doubted)} posts in doubt")
    assert set(there.values()) == {1}
    assert len(there) <= slots <= len(there) + len(doubted)
    posted = convive.rows("SELECT text FROM prompt_posts p JOIN prompt_cards c ON c.id = p.card")
    assert len(posted) == 2 * slots
    assert convive.rows("SELECT * FROM dead_letters") == []
