"""Posts in which people are named, for dialogues."""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.features.quiet import occasions
from bot.features.quiet.learning import Learned, keep
from bot.features.quiet.occasions import Occasion
from bot.features.quiet.reasons import NAMED
from bot.features.quiet.tables import occasions as occasions_table
from tests.dialogue import Actor, Talk
from tests.features.quiet.steered import SUBJECT, choose, group_of, moderator, prompt_comes
from tests.stages.base import Line

NOT_ME, NEVER = "Not me", "Never mention me"


async def named_by(talk: Talk, chance: float) -> None:
    """From now on the lot names with this chance."""
    group = await group_of(talk)
    learned = Learned(left_out=dict.fromkeys(NAMED, 1 - chance))
    async with talk.app.database.write() as tx:
        await keep(tx, group.community, learned, talk.clock.now())


async def host(talk: Talk) -> Actor:
    """A moderator of a group in which everybody who is chosen is named."""
    ann = await moderator(talk)
    await choose(talk, switched_on=True)
    await named_by(talk, 1.0)
    return ann


async def prompted(talk: Talk, ann: Actor, subject: str = SUBJECT) -> Line:
    """The prompt of nine o'clock, as it stands in the room."""
    await prompt_comes(talk, ann, subject)
    talk.bot.hears_nothing_more()
    at_nine = talk.clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
    await talk.until(at_nine + timedelta(minutes=1))
    return await talk.bot.posts(subject)


def posted(talk: Talk, subject: str = SUBJECT) -> Line:
    """The prompt, as it stands in the room."""
    (line,) = [line for line in talk.stage.lines() if line.text.startswith(subject)]
    return line


async def asked(talk: Talk, actor: Actor, text: str, at: datetime | None = None) -> Line:
    """A question of somebody's, as it stands in the room."""
    if at is not None:
        await talk.until(at)
    talk.bot.hears_nothing_more()
    await actor.says(f"/ask {text}")
    return await talk.bot.posts(text)


async def draws(talk: Talk) -> list[Occasion]:
    """Every draw of the lot."""
    group = await group_of(talk)
    async with talk.app.database.read() as tx:
        posts = await tx.all(select(occasions_table.c.post).distinct())
        return [o for row in posts for o in await occasions.of_post(tx, group.id, row.post)]
