"""What happens inside a batch's transaction.

Ordinary messages become rows of one bulk insert. The other events are recorded in one insert that
tells which of them are new, and those run through the features. Only if a handler fails is the
transaction undone and made again, with each event under a savepoint of its own, so that the price
of isolation is paid when it is needed.
"""

import traceback
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
import structlog
from sqlalchemy import insert

from bot.effects import AnyEffect
from bot.events import ChatMoved, Due, Event, FromMember, MessagePosted, PollVoted, Reacted
from bot.handling import Handling, Outcome
from bot.refs import ChatRef
from bot.store import activity, due, groups, members, outbox
from bot.store.activity import Act, Record
from bot.store.database import Database, Tx
from bot.store.faults import is_store_fault
from bot.store.groups import Group
from bot.store.schema import EPOCH, dead_letters

log = structlog.get_logger(__name__)
TRIES = 3
FOLD_EVERY = 6_000
"""Ordinary messages between two foldings of the same rollup, while many come at once. The rollups
take turns."""
CALM = 8
"""So much more often otherwise: it takes longer in all, but nobody waits for it long."""
BUSY = 200
"""Ordinary messages in one batch that make it busy."""
KNOWN_NAMES = 50_000
"""People of whose current name a hash is kept, so that it is written only when it changes."""


Handle = Callable[[Tx, Sequence[Event]], Awaitable[list[Outcome]]]
_OTHER, _MESSAGE, _REACTION = int(Act.OTHER), int(Act.MESSAGE), int(Act.REACTION)
"""Plain numbers: sqlite3 looks for an adapter of anything else, for each row."""


class Batches:
    """Commits batches of events, and remembers what saves statements in the next one."""

    def __init__(self, database: Database, handling: Handling) -> None:
        self._database = database
        self._handling = handling
        self._numbers: dict[tuple[str, str], int] = {}
        self._names: OrderedDict[int, int] = OrderedDict()
        self._unfolded = self._turn = 0
        self.fold_every = FOLD_EVERY
        self.dead = 0

    def number_of(self, chat: ChatRef) -> int | None:
        """Our number of the chat's group, 0 for private ones, None if it was never seen."""
        return self._numbers.get((chat.platform, chat.group)) if chat.group else 0

    def know(self, group: Group) -> None:
        """Remembers a group's number."""
        self._numbers[group.platform, group.native] = group.id

    async def commit(self, events: Sequence[Event]) -> list[Outcome]:
        """Makes the events durable; returns what the ones that concerned somebody led to."""
        wants = self._handling.interests.wants
        wanted: list[Event] = []
        plain: list[Event] = []
        for event in events:
            ordinary = type(event) is MessagePosted and not wants(event)
            (plain if ordinary else wanted).append(event)
        if not wanted and await self._simply_appended(plain):
            return []
        try:
            return await self._transact(plain, wanted, self._handle_together)
        except Exception as error:
            if is_store_fault(error):
                raise
        return await self._transact(plain, wanted, self._handle_each_alone)

    async def _transact(
        self, plain: Sequence[Event], wanted: Sequence[Event], handle: Handle
    ) -> list[Outcome]:
        names: dict[tuple[int, str], str] = {}
        made: list[Group] = []
        try:
            async with self._database.write() as tx:
                await self._meet(tx, (*plain, *wanted), made)
                if plain:
                    await activity.append(tx, [self._record(event, names) for event in plain])
                outcomes = await self._handle(tx, wanted, names, handle) if wanted else []
                self._forget_people(outcomes, names)
                if names:
                    await members.seen(tx, [(g, m, name) for (g, m), name in names.items()])
                unfolded = await self._fold(tx, len(plain))
        except BaseException:
            for group in made:
                self._numbers.pop((group.platform, group.native), None)
            raise
        self._unfolded = unfolded
        self._remember(names)
        self._forget_moved(outcomes)
        return outcomes

    async def _simply_appended(self, plain: Sequence[Event]) -> bool:
        """Records messages if that is all there is to do: no new group or name, nothing to fold."""
        if not self._database.single_process or self._is_time_to_fold(len(plain)):
            return False
        if any(self.number_of(event.chat) is None for event in plain):
            return False
        names: dict[tuple[int, str], str] = {}
        records = [self._record(event, names) for event in plain]
        if not names:
            await activity.append_alone(self._database, records)
            self._unfolded += len(plain)
        return not names

    async def _meet(self, tx: Tx, events: Sequence[Event], made: list[Group]) -> None:
        """Learns the numbers of chats never seen before; adds the groups it makes to `made`."""
        for event in events:
            if self.number_of(event.chat) is None:
                chat = event.chat
                group = await groups.by_native(tx, chat.platform, chat.group)
                if group is None:
                    group = await groups.create(tx, chat, event.at)
                    made.append(group)
                self.know(group)

    def _record(self, event: Event, names: dict[tuple[int, str], str]) -> Record:
        chat = event.chat
        group = self._numbers[chat.platform, chat.group] if chat.group else 0
        member, peer, message = "", None, None
        if isinstance(event, FromMember):
            member = f"{event.member.platform}:{event.member.id}"
            known = self._names.get(hash((group, member))) if group and event.name else None
            if group and event.name and known != hash(event.name):
                names[group, member] = event.name
        act = _OTHER
        if isinstance(event, MessagePosted):
            act, message = _MESSAGE, event.message
            if event.reply_to_member is not None:
                peer = f"{event.reply_to_member.platform}:{event.reply_to_member.id}"
        elif isinstance(event, PollVoted) or (isinstance(event, Reacted) and event.added):
            act = _REACTION
        elapsed = event.at - EPOCH
        at = (elapsed.days * 86_400 + elapsed.seconds) * 1000 + elapsed.microseconds // 1000
        return (event.id, act, group, chat.room, member, at, peer, message)

    async def _handle(
        self,
        tx: Tx,
        wanted: Sequence[Event],
        names: dict[tuple[int, str], str],
        handle: Handle,
    ) -> list[Outcome]:
        new = await activity.append_new(tx, [self._record(event, names) for event in wanted])
        fresh = [event for event in wanted if event.id in new]
        outcomes = await handle(tx, list({event.id: event for event in fresh}.values()))
        passed = [(event.key, event.due_at) for event in wanted if isinstance(event, Due)]
        if passed:
            await due.passed(tx, passed)
        await self._arm(tx, outcomes)
        return outcomes

    async def _handle_each_alone(self, tx: Tx, events: Sequence[Event]) -> list[Outcome]:
        return [outcome for event in events for outcome in await self._handle_alone(tx, event)]

    async def _handle_together(self, tx: Tx, events: Sequence[Event]) -> list[Outcome]:
        known = await groups.by_ids(tx, {self.number_of(event.chat) or 0 for event in events})
        outcomes = []
        for event in events:
            number = self.number_of(event.chat) or 0
            outcome = await self._handling.handle(tx, event, known.get(number))
            if outcome.touched_group:
                known |= await groups.by_ids(tx, {number})
            outcomes.append(outcome)
        await self._send(tx, outcomes)
        return outcomes

    async def _handle_alone(self, tx: Tx, event: Event) -> list[Outcome]:
        for _ in range(TRIES):
            try:
                async with tx.savepoint():
                    return await self._handle_together(tx, [event])
            except Exception as error:
                if is_store_fault(error):
                    raise
                trace = traceback.format_exc()
        self.dead += 1
        log.error("dead_letter", event_id=event.id, kind=type(event).__name__, traceback=trace)
        letter = {
            "event": event.id,
            "at": event.at,
            "feature": "",
            "body": msgspec.json.encode(event).decode(),
            "traceback": trace,
        }
        await tx.execute(insert(dead_letters).values(letter))
        group = await groups.by_id(tx, self.number_of(event.chat) or 0)
        sorry = await self._handling.sorry(tx, event, group)
        await self._send(tx, [sorry])
        return [sorry]

    async def _send(self, tx: Tx, outcomes: Sequence[Outcome]) -> None:
        for effect in (effect for outcome in outcomes for effect in outcome.effects):
            if self.number_of(effect.chat) is None:
                elsewhere = await groups.by_native(tx, effect.chat.platform, effect.chat.group)
                if elsewhere is not None:
                    self.know(elsewhere)
        rows = [
            outbox.row_of(
                effect, outcome.event.id, self._group_of(effect, outcome), outcome.event.at
            )
            for outcome in outcomes
            for effect in outcome.effects
        ]
        if rows:
            await outbox.add(tx, rows)

    def _group_of(self, effect: AnyEffect, outcome: Outcome) -> int:
        return self.number_of(effect.chat) or outcome.group

    async def _arm(self, tx: Tx, outcomes: Sequence[Outcome]) -> None:
        armed: dict[str, dict[str, Any] | None] = {}
        for outcome in outcomes:
            armed |= outcome.armed
        gone = [key for key, row in armed.items() if row is None]
        rows = [row for row in armed.values() if row is not None]
        if gone:
            await due.disarm(tx, gone)
        if rows:
            await due.arm(tx, rows)

    async def _fold(self, tx: Tx, plain: int) -> int:
        """Folds the next rollup in turn: each at its time, so that no message waits for all."""
        if not self._is_time_to_fold(plain):
            return self._unfolded + plain
        await activity.fold(tx, activity.ROLLUPS[self._turn])
        self._turn = (self._turn + 1) % len(activity.ROLLUPS)
        return 0

    def _is_time_to_fold(self, plain: int) -> bool:
        every = self.fold_every if plain > BUSY else self.fold_every / CALM
        return self._unfolded + plain >= every / len(activity.ROLLUPS)

    def _remember(self, names: dict[tuple[int, str], str]) -> None:
        self._names |= {hash(key): hash(name) for key, name in names.items()}
        while len(self._names) > KNOWN_NAMES:
            self._names.popitem(last=False)

    def _forget_people(
        self, outcomes: Sequence[Outcome], names: dict[tuple[int, str], str]
    ) -> None:
        """Names of the forgotten must not come back with the event that asked for it."""
        gone = {str(member) for outcome in outcomes for member in outcome.forgotten}
        if gone:
            self._names.clear()
        for key in [key for key in names if key[1] in gone]:
            del names[key]

    def _forget_moved(self, outcomes: Sequence[Outcome]) -> None:
        for outcome in outcomes:
            if outcome.touched_group:
                event = outcome.event
                for chat in (event.chat, event.to) if type(event) is ChatMoved else (event.chat,):
                    self._numbers.pop((chat.platform, chat.group), None)
