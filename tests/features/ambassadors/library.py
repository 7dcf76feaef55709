"""A group with ambassadors, and a prompt that comes tomorrow."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from bot.context import Context
from bot.events import Due
from bot.features.ambassadors.ask_records import Ask
from bot.features.ambassadors.core import ambassadors as feature
from bot.features.ambassadors.records import Ambassador
from bot.features.ambassadors.tables import asks, people
from bot.features.ambassadors.tables import trials as trials_table
from bot.features.ambassadors.trial_records import Trial
from bot.refs import ChatRef
from bot.store.database import Tx
from bot.store.groups import Group
from tests.dialogue import Actor, Talk
from tests.stages.base import Line

SUBJECT = "What stands on your desk?"
HOME = ChatRef("local", "friends", "general")


def context(tx: Tx, group: Group, now: datetime) -> Context:
    """What a handler would be given."""
    due = Due(id="due", at=now, chat=HOME, key="k", kind="k", due_at=now)
    around = cast(Any, SimpleNamespace())
    return Context(tx, due, group, cast(Any, None), {}, around, feature=feature.name)


async def moderator(talk: Talk) -> Actor:
    """Ann, whom the bot may answer in private."""
    ann = await talk.person("Ann", moderator=True)
    await ann.opens_private("hello")
    talk.bot.hears_nothing_more()
    return ann


async def joined(talk: Talk, *actors: Actor) -> None:
    """These people are ambassadors."""
    for number, actor in enumerate(actors, await count(talk) + 1):
        await actor.says("/ambassador join")
        if talk.platform != "discord":  # there the bot may write first
            await actor.opens_private(f"ambassadors-yes-{number}")
    talk.bot.hears_nothing_more()


async def count(talk: Talk) -> int:
    """How many were ever invited."""
    async with talk.app.database.read() as tx:
        return len(await tx.all(people.select()))


async def ambassadors(talk: Talk) -> list[Ambassador]:
    """All that is kept of them."""
    async with talk.app.database.read() as tx:
        rows = await tx.all(people.select().order_by(people.c.id))
    return [Ambassador(**row._mapping) for row in rows]


async def asked(talk: Talk) -> list[Ask]:
    """Everybody who was asked, in the order of asking."""
    async with talk.app.database.read() as tx:
        return [Ask(**row._mapping) for row in await tx.all(asks.select().order_by(asks.c.id))]


async def trials(talk: Talk) -> list[Trial]:
    """What is measured."""
    async with talk.app.database.read() as tx:
        return [
            Trial(**row._mapping)
            for row in await tx.all(trials_table.select().order_by(trials_table.c.id))
        ]


async def planned(talk: Talk, ann: Actor, when: str = "every day at 15:00") -> None:
    """A prompt comes every day; the first on Monday afternoon."""
    await ann.says(f"/prompt add {SUBJECT}")
    await ann.says(f"/prompt schedule {when}")
    talk.bot.hears_nothing_more()


async def question(talk: Talk, to: Actor) -> Line:
    """What an ambassador is asked in private."""
    await talk.later(hours=3)  # nobody is asked before nine
    return await talk.bot.replies("this prompt comes on", SUBJECT, to=to)
