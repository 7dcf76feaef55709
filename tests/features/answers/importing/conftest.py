"""Imports in dialogues: links are the platforms' own replies, so that no model is needed."""

from collections.abc import Callable

import pytest

from bot.features.answers.importing import pairing
from bot.links import Link, Message


def replies() -> Callable[[Message], Link]:
    """Links as sure as a reply, and none without one."""
    return lambda message: Link(message.id, message.reply_to, 1.0 if message.reply_to else 0.0)


@pytest.fixture(autouse=True)
def _replies_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "model", replies)
