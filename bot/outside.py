"""What lies outside the transaction, as handlers see it; `bot.surroundings` has the real one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from bot.events import Answerable, Event, HistoryRead, Undelivered
from bot.exports import Reader
from bot.ports import Place
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.store.database import Tx


class Surroundings(Protocol):
    """What lies outside the transaction, as far as a handler may ask about it."""

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """The rooms of a group where the bot may post; empty if the platform can't tell."""

    def check(self, asked: Answerable | Undelivered, chats: Sequence[ChatRef]) -> None:
        """Tests the platforms outside the transaction; comes back as `Checked` or `Tested`."""

    async def keeps(self, tx: Tx, member: MemberRef) -> Mapping[str, Any]:
        """What all features keep about somebody, under labels (English source strings)."""

    async def forgets(self, tx: Tx, member: MemberRef) -> None:
        """Lets all features delete what they keep about somebody."""

    async def rooms_used(self, tx: Tx, group: int) -> Sequence[str]:
        """The rooms of a group where features post by themselves."""

    def read_history(self, request: HistoryRead, before: str | None, limit: int) -> None:
        """Reads a room's past outside the transaction; comes back as the request, filled."""

    def errand(self, work: Callable[[Tx], Awaitable[Event]]) -> None:
        """Does what takes long over a view of the store, outside the transaction: to be called
        after the commit. The event that it gives is handled like others. A stop in between
        loses it."""

    def page(self, community: int, path: str) -> str:
        """The address of one of a community's pages, or "" where none are served."""

    def dashboard(self, community: int, path: str) -> str:
        """The address of one of the pages for a community's moderators, or "" likewise."""

    def reader(self, platform: str) -> Reader | None:
        """Reads histories that were exported from this platform, if they can be read."""

    @property
    def recall(self) -> Recall:
        """The memory that finds kept texts by their words and their meaning."""
