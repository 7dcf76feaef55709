"""A stateful Telegram Bot API on loopback, for tests with a real client library.

async with TelegramApi() as api:
    ann = api.user("Ann")
    friends = api.group("Friends", ann)
    await ann.says(friends, "/hello")
    await api.sees(friends, "Hello, Ann")
    assert api.violations == []
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self

from tests.telegram_api.errors import ApiError, too_many_requests
from tests.telegram_api.faults import Fault, Faults, Limiter
from tests.telegram_api.model import ADMIN_RIGHTS, GENERAL_TOPIC, Chat, Message, User
from tests.telegram_api.people import Person, Press
from tests.telegram_api.server import Server
from tests.telegram_api.spec import spec
from tests.telegram_api.updates import Changes, Updates

JSON = dict[str, Any]


class TelegramApi:
    """The whole world of one bot: people, chats, updates, faults and what the bot asked for.

    `violations` collects what the bot's requests had against the vendor's document; `clock`
    gives the dates of messages; `privacy` is the bot's privacy mode, on as by default.
    """

    def __init__(
        self, *, privacy: bool = True, clock: Callable[[], datetime] | None = None
    ) -> None:
        self.token = "110201543:loopback-canary-token"
        self.privacy = privacy
        self.bot = User(110201543, "Convive", "convive_test_bot", is_bot=True)
        self.clock = clock or (lambda: datetime.now(UTC))
        self.changes = Changes()
        self.updates = Updates(self.changes)
        self.faults = Faults()
        self.limiter: Limiter | None = None
        self.revoked = False
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.presses: dict[str, Press] = {}
        self.commands: dict[tuple[str, str], list[JSON]] = {}
        self.requests: list[tuple[str, JSON]] = []
        self.violations: list[str] = []
        self._server = Server(self)
        self._ids = iter(range(1001, 10**9))

    async def __aenter__(self) -> Self:
        if spec() is None:
            warnings.warn("no vendor document: requests are NOT validated", stacklevel=2)
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.updates.set_webhook(None)
        await self._server.stop()

    @property
    def address(self) -> str:
        """Where the server listens."""
        return self._server.address

    @property
    def base_url(self) -> str:
        """What `ApplicationBuilder().base_url()` takes; the token follows it directly."""
        return f"{self.address}/bot"

    def user(self, name: str, username: str | None = None, language: str = "en") -> Person:
        """Add a person. The bot can't write to them before they start it."""
        user = User(next(self._ids), name, username, language)
        chat = self.chats[user.id] = Chat(user.id, "private")
        person = self.people[user.id] = chat.owner = Person(self, user, chat)
        return person

    def group(
        self,
        title: str,
        *members: Person,
        kind: str = "group",
        forum: bool = False,
        bot: str = "member",
    ) -> Chat:
        """Add a group with these members, the first of them its owner; `bot` is its status."""
        base = 1_000_000_000_000 if kind == "supergroup" else 0
        chat = Chat(-(base + next(self._ids)), kind, title, is_forum=forum)
        chat.last_message_id = GENERAL_TOPIC if forum else 0
        self.chats[chat.id] = chat
        for index, person in enumerate(members):
            chat.statuses[person.user.id] = "member" if index else "creator"
        self.set_bot_status(chat, bot)
        return chat

    def supergroup(self, title: str, *members: Person, **options: Any) -> Chat:
        """Add a supergroup; a forum with `forum=True`."""
        return self.group(title, *members, kind="supergroup", **options)

    def set_bot_status(self, chat: Chat, status: str) -> None:
        chat.statuses[self.bot.id] = status
        chat.bot_rights = dict.fromkeys(ADMIN_RIGHTS, status == "administrator")

    def now(self) -> int:
        return int(self.clock().timestamp())

    # Waiting -----------------------------------------------------------------------------

    async def until(self, true: Callable[[], bool], within: float = 5.0) -> None:
        """Wait until it is true, or fail with every transcript after `within` seconds."""
        if not await self.changes.until(true, within):
            raise AssertionError(f"did not happen in {within} s:\n{self.transcript()}")

    async def sees(self, chat: Chat, words: str, within: float = 5.0) -> Message:
        """Wait for a message of the bot's with these words and return the newest."""

        def said() -> list[Message]:
            return [m for m in chat.messages if m.sender is self.bot and words in m.body]

        await self.until(lambda: bool(said()), within)
        return said()[-1]

    async def confirmed(self, within: float = 5.0) -> None:
        """Wait until the bot has confirmed every update."""
        await self.until(lambda: not self.updates.pending, within)

    def calls(self, method: str) -> list[JSON]:
        """Return the parameters of every call of a method, oldest first."""
        return [params for name, params in self.requests if name == method]

    def transcript(self) -> str:
        return "\n".join(f"[{c.title or c.id}]\n{c.transcript()}" for c in self.chats.values())

    # Faults ------------------------------------------------------------------------------

    def fail(self, method: str, code: int, reason: str = "planned", times: int = 1) -> None:
        """Refuse the next calls of a method with this code."""
        self.faults.plan(method, Fault(ApiError(code, reason)), times)

    def flood(self, method: str, retry_after: int, times: int = 1) -> None:
        """Answer the next calls of a method with 429; seconds."""
        self.faults.plan(method, Fault(too_many_requests(retry_after)), times)

    def lose_request(self, method: str, times: int = 1) -> None:
        """Drop the connection before the next calls are worked on."""
        self.faults.plan(method, Fault(), times)

    def lose_answer(self, method: str, times: int = 1) -> None:
        """Work on the next calls, then drop the connection instead of answering."""
        self.faults.plan(method, Fault(processed=True), times)

    def enforce_limits(self, limiter: Limiter | None = None) -> Limiter:
        """Switch the published limits on and return them."""
        self.limiter = limiter or Limiter()
        return self.limiter

    def revoke_token(self) -> None:
        self.revoked = True
