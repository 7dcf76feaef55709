"""Votes in native polls. Discord tells of one answer at a time; the core wants the whole choice.

What others chose before this run of the program is asked for once, when the first vote comes.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

import discord

from adapters.discord.inbound import Inbound
from adapters.discord.payloads import member
from bot.events import PollVoted
from bot.refs import ChatRef

Json = dict[str, Any]
Ballots = dict[str, set[int]]
_PAGE = 100
MOST_POLLS = 1_000
"""Older ones are asked for again when somebody votes in them."""


class Polls:
    """The open ballots, by message and voter."""

    def __init__(self, inbound: Inbound, clock: Callable[[], datetime]) -> None:
        self._inbound, self._clock = inbound, clock
        self._ballots: dict[str, Ballots] = {}
        self._turns: dict[str, asyncio.Lock] = {}

    def made(self, message: str) -> None:
        """A new poll of ours: nobody has voted."""
        self._keep(message, {})

    def voted(
        self,
        data: Json,
        *,
        added: bool,
        client: discord.Client,
        start: Callable[[Coroutine[Any, Any, None]], None],
    ) -> None:
        """A vote, given or taken back."""
        chat = self._inbound.chat(data, data["user_id"])
        if chat is None:
            return
        if data["message_id"] in self._ballots:
            self._tell(chat, data, added=added)
        else:
            start(self._learn(chat, data, added=added, client=client))

    async def _learn(
        self, chat: ChatRef, data: Json, *, added: bool, client: discord.Client
    ) -> None:
        message = data["message_id"]
        async with self._turns.setdefault(message, asyncio.Lock()):
            if message not in self._ballots:
                self._keep(message, await _read(client, data))
        self._turns.pop(message, None)
        self._tell(chat, data, added=added)

    def _keep(self, message: str, ballots: Ballots) -> None:
        if len(self._ballots) >= MOST_POLLS:
            del self._ballots[next(iter(self._ballots))]
        self._ballots[message] = ballots

    def _tell(self, chat: ChatRef, data: Json, *, added: bool) -> None:
        user, option = data["user_id"], int(data["answer_id"]) - 1
        chosen = self._ballots[data["message_id"]].setdefault(user, set())
        (chosen.add if added else chosen.discard)(option)
        at = self._clock()
        self._inbound.offer(
            PollVoted(
                id=f"d:v:{data['message_id']}:{user}:{option}:{int(added)}:{at.timestamp():.3f}",
                at=at,
                chat=chat,
                member=member({"id": user}),
                message=data["message_id"],
                options=tuple(sorted(chosen)),
            )
        )


async def _read(client: discord.Client, data: Json) -> Ballots:
    """Everybody's choice so far."""
    channel, message = int(data["channel_id"]), int(data["message_id"])
    found: Any = await client.http.get_message(channel, message)
    ballots: Ballots = {}
    for answer in found["poll"]["answers"]:
        number, after = int(answer["answer_id"]), None
        while True:
            page: Any = await client.http.get_poll_answer_voters(
                channel, message, number, after=after, limit=_PAGE
            )
            for user in page["users"]:
                ballots.setdefault(user["id"], set()).add(number - 1)
            if len(page["users"]) < _PAGE:
                break
            after = page["users"][-1]["id"]
    return ballots
