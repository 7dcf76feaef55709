"""What lies outside the transaction, as far as features may ask about it."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog
from msgspec.structs import replace

from bot.commands import N_
from bot.events import Answerable, Event, HistoryRead, Undelivered
from bot.exports import Reader
from bot.ports import (
    Adapter,
    Can,
    Fatal,
    Finding,
    InDoubt,
    Place,
    Rejected,
    TryLater,
    Unreachable,
)
from bot.recall import Recall
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.store.database import Database, Tx

log = structlog.get_logger(__name__)
ROOMS_SECONDS = 2.0
"""How long a transaction may wait for a list of rooms; adapters know most of it by heart."""
CHECK_SECONDS = 60.0
_REFUSALS = (TryLater, Unreachable, Rejected, InDoubt, Fatal, TimeoutError, OSError)


class Checked(Answerable, frozen=True, kw_only=True):
    """What the platforms said when somebody asked whether everything is in order."""

    findings: tuple[Finding, ...] = ()


class Tested(Event, frozen=True, kw_only=True):
    """What the platform says about the place of a post that could not be sent."""

    about: Undelivered
    findings: tuple[Finding, ...] = ()


class Around:
    """Implements `bot.context.Surroundings` over the adapters and the features."""

    def __init__(
        self,
        router: Router,
        adapters: Mapping[str, Adapter],
        recall: Recall,
        database: Database | None = None,
    ) -> None:
        self._router = router
        self._database = database
        self.recall = recall
        self.adapters = adapters
        self.offer: Callable[[Event], None] = lambda _: None
        self.reader_of: Callable[[str], Reader | None] = lambda _: None
        self.page: Callable[[int, str], str] = lambda _community, _path: ""
        self.dashboard: Callable[[int, str], str] = lambda _community, _path: ""
        self._errands: set[asyncio.Task[None]] = set()

    async def rooms(self, chat: ChatRef) -> Sequence[Place]:
        """The rooms of a group where the bot may post; empty if the platform can't tell."""
        adapter = self.adapters.get(chat.platform)
        try:
            async with asyncio.timeout(ROOMS_SECONDS):
                return await adapter.rooms(chat) if adapter else ()
        except _REFUSALS as error:
            log.warning("rooms_not_known", chat=str(chat), error=str(error))
            return ()

    def check(self, asked: Answerable | Undelivered, chats: Sequence[ChatRef]) -> None:
        """Tests the platforms in the background; comes back as `Checked` or `Tested`."""
        self._run(self._check(asked, chats))

    def read_history(self, request: HistoryRead, before: str | None, limit: int) -> None:
        """Reads a room's past in the background; comes back as the request, filled."""
        self._run(self._read_history(request, before, limit))

    def errand(self, work: Callable[[Tx], Awaitable[Event]]) -> None:
        """Does what takes long in the background, over a view of the store; what comes of it is
        an event like others."""
        if self._database is None:
            raise LookupError("there is no store to look into")
        self._run(self._errand(self._database, work))

    def reader(self, platform: str) -> Reader | None:
        """Reads histories that were exported from this platform, if they can be read."""
        return self.reader_of(platform)

    async def errands_done(self) -> None:
        """Returns when nothing is under way."""
        if self._errands:
            await asyncio.gather(*self._errands)

    def _run(self, errand: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(errand)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)

    async def keeps(self, tx: Tx, member: MemberRef) -> Mapping[str, Any]:
        """What all features keep about somebody, under labels."""
        kept: dict[str, Any] = {}
        for feature in self._router.features:
            for keeper in feature.keepers:
                kept |= {
                    label: value for label, value in (await keeper(tx, member)).items() if value
                }
        return kept

    async def forgets(self, tx: Tx, member: MemberRef) -> None:
        """Lets all features delete what they keep about somebody."""
        for feature in self._router.features:
            for forgetter in feature.forgetters:
                await forgetter(tx, member)

    async def rooms_used(self, tx: Tx, group: int) -> Sequence[str]:
        """The rooms of a group where features post by themselves, each once."""
        listers = [lister for f in self._router.features for lister in f.room_listers]
        return list(dict.fromkeys([room for one in listers for room in await one(tx, group)]))

    async def _errand(self, database: Database, work: Callable[[Tx], Awaitable[Event]]) -> None:
        try:
            async with database.read() as tx:
                event = await work(tx)
        except Exception:  # it was asked for by nobody who could be told
            log.exception("errand_failed")
        else:
            self.offer(event)

    async def _read_history(self, request: HistoryRead, before: str | None, limit: int) -> None:
        adapter = self.adapters.get(request.chat.platform)
        able = adapter and Can.HISTORY in adapter.capabilities(request.chat).can
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                found = await adapter.history(request.chat, before, limit) if able else ()  # type: ignore[union-attr]  # `able` says that there is one
        except _REFUSALS as error:
            log.warning("history_not_read", chat=str(request.chat), error=str(error))
            self.offer(replace(request, error=str(error) or type(error).__name__))
            return
        self.offer(replace(request, messages=tuple(found)))

    async def _check(self, asked: Answerable | Undelivered, chats: Sequence[ChatRef]) -> None:
        findings: list[Finding] = []
        for platform in dict.fromkeys(chat.platform for chat in chats):
            wanted = [chat for chat in chats if chat.platform == platform]
            findings += await self._findings(platform, wanted)
        self.offer(_answer(asked, tuple(findings)))

    async def _findings(self, platform: str, chats: Sequence[ChatRef]) -> Sequence[Finding]:
        adapter = self.adapters.get(platform)
        if adapter is None:
            return [_silent()]
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                return await adapter.check(chats)
        except _REFUSALS as error:
            log.warning("check_failed", platform=platform, error=str(error))
            return [_silent()]


def _answer(asked: Answerable | Undelivered, findings: tuple[Finding, ...]) -> Event:
    name = f"{asked.id}:checked"
    if isinstance(asked, Undelivered):
        return Tested(id=name, at=asked.at, chat=asked.chat, about=asked, findings=findings)
    return Checked(
        id=name,
        at=asked.at,
        chat=asked.chat,
        member=asked.member,
        name=asked.name,
        answer=asked.answer,
        moderator=asked.moderator,
        language=asked.language,
        findings=findings,
    )


def _silent() -> Finding:
    mend = N_("Try again in a few minutes")
    return Finding(False, N_("The platform did not answer"), mend)
