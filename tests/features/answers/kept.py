"""What the store keeps of questions and answers, for tests to look at."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from bot.features.answers.tables import given, questions
from tests.dialogue import Talk


async def kept(talk: Talk) -> Sequence[Row[Any]]:
    """Every question, the oldest first."""
    async with talk.app.database.read() as tx:
        return await tx.all(select(questions).order_by(questions.c.id))


async def answers(talk: Talk) -> Sequence[Row[Any]]:
    """Every answer, the oldest first."""
    async with talk.app.database.read() as tx:
        return await tx.all(select(given).order_by(given.c.id))
