"""Dialogues that begin when the test says so."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

import pytest

from adapters.local.client import EVERYTHING
from bot.feature import Feature
from bot.ports import Can
from bot.store.database import Database
from tests.dialogue import Talk
from tests.stages.local import LocalStage

MakeTalk = Callable[..., Awaitable[Talk]]


@pytest.fixture
async def on_local(open_store: Callable[[], Database]) -> AsyncIterator[MakeTalk]:
    """Makes a dialogue on the local platform, with other features or a poorer chat if wished."""
    begun: list[Talk] = []

    async def make(*, systems: Sequence[Feature] | None = None, can: Can = EVERYTHING) -> Talk:
        dialogue = Talk(lambda now: LocalStage(now, can=can), open_store, systems=systems)
        begun.append(dialogue)
        await dialogue.begin()
        return dialogue

    yield make
    for dialogue in begun:
        await dialogue.end()
