"""Imports in dialogues: links are the platforms' own replies, so that no model is needed."""

import pytest

from bot.features.answers.importing import pairing
from bot.links import Link, Message


class Replies:
    """Links as sure as a reply, and none without one."""

    def hear(self, message: Message) -> None:
        """Nothing to remember."""

    def link(self, message: Message) -> Link:
        """What the message replies to."""
        return Link(message.id, message.reply_to, 1.0 if message.reply_to else 0.0)


@pytest.fixture(autouse=True)
def _replies_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "model", Replies)
