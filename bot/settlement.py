"""How a send ended, and what follows: recorded, tried again, or given up and told."""

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import Row

from bot.claim import Claim, undo
from bot.effects import AnyEffect, Delete, Edit, OnDoubt, OpenThread, Pin, React, Urgency
from bot.events import Undelivered
from bot.ports import Can, InDoubt, TryLater, Unreachable
from bot.queue import Item
from bot.refs import MessageRef
from bot.store import outbox, posts
from bot.store.database import Tx

DEDUPE_FOR = timedelta(seconds=120)
"""How long a repeated send is recognised; Discord documents "the past few minutes"."""
TRIES = 20
"""Sends in doubt after which an effect is given up."""
PATIENCE = timedelta(days=1)
"""How long "try later" is taken at its word; `stale_after` may end it sooner."""
_SAFE_TO_REPEAT = (Edit, Delete, React, Pin)


class Result(Struct):
    """How a send ended: with a message, with an error, or not begun (`claim.reason`)."""

    item: Item
    claim: Claim
    message: MessageRef | None = None
    error: Exception | None = None

    @property
    def arrived(self) -> bool:
        """Whether the platform took it."""
        return self.error is None and not self.claim.reason


class Followup(Struct):
    """What is left to do after the transaction."""

    again_at: datetime | None = None
    told: Undelivered | None = None
    listens: tuple[str, MessageRef, datetime, bool] | None = None


def item_of(row: Row[Any]) -> Item:
    """The light form of a row."""
    return Item(row.urgency, row.id, row.chat, row.not_before)


def token_of(row: Row[Any]) -> str:
    """A name for this send that stays the same when it is repeated; at most 25 characters."""
    made = int(row.created_at.timestamp() * 1000)
    return f"{row.id:x}-{made:x}"[:25]


async def settle(tx: Tx, result: Result, now: datetime, able: Can) -> Followup:
    """Records how one send ended."""
    if result.arrived:
        return await _record(tx, result, now)
    row, error = result.claim.row, result.error
    if isinstance(error, TryLater | Unreachable):  # whatever else went wrong may have arrived
        await undo(tx, result.claim)
    if isinstance(error, TryLater) and now - row.created_at < PATIENCE:
        until = now + error.after
        await outbox.postpone(tx, row.id, until, str(error))
        return Followup(again_at=until)
    if isinstance(error, InDoubt) and _may_repeat(result.claim, now, able):
        await outbox.doubt(tx, row, now, str(error))
        return Followup(again_at=now)
    reason = result.claim.reason or _reason(error)
    await outbox.give_up(tx, row.id, f"{reason}: {error or ''}")
    return Followup(told=_undelivered(result, reason, now))


def _may_repeat(claim: Claim, now: datetime, able: Can) -> bool:
    if isinstance(claim.effect, _SAFE_TO_REPEAT):
        return int(claim.row.tries) < TRIES
    first = claim.row.doubt_since or claim.row.claimed_at or now
    if Can.DEDUPE in able and now - first < DEDUPE_FOR and not isinstance(claim.effect, OpenThread):
        return True
    doubt = OnDoubt.SKIP if claim.effect.pings else claim.effect.on_doubt
    return doubt is OnDoubt.RESEND and int(claim.row.tries) < TRIES


def _reason(error: Exception | None) -> str:
    if isinstance(error, Unreachable):
        return "gone"
    return "doubt" if isinstance(error, InDoubt) else "refused"


def _undelivered(result: Result, reason: str, now: datetime) -> Undelivered | None:
    effect, row = result.claim.effect, result.claim.row
    if isinstance(effect, Delete) or (reason == "paused" and effect.urgency is Urgency.BULK):
        return None
    return Undelivered(
        id=f"o:{token_of(row)}",
        at=now,
        chat=effect.chat,
        feature=row.feature,
        reason=reason,
        effect=row.effect,
        name=name_of(effect),
        detail=str(result.error or ""),
    )


def name_of(effect: AnyEffect) -> str:
    """The name that a post gives to what becomes of it, or ""."""
    return "" if isinstance(effect, Edit | Pin | Delete) else str(getattr(effect, "name", ""))


async def _record(tx: Tx, result: Result, now: datetime) -> Followup:
    effect, row, message = result.claim.effect, result.claim.row, result.message
    await outbox.done(tx, [row.id])
    name = name_of(effect)
    if isinstance(effect, Delete) and effect.name:
        await posts.forget(tx, row.group_id, effect.name)
    if not name or message is None:
        return Followup()
    seconds = getattr(effect, "listen", 0)
    until = now + timedelta(seconds=seconds) if seconds else None
    is_thread = isinstance(effect, OpenThread)
    await posts.record(
        tx, name, row.group_id, message, now, is_thread=is_thread, listens_until=until
    )
    heard_as = name.partition(posts.LINK)[0]
    return Followup(listens=(heard_as, message, until, is_thread) if until else None)
