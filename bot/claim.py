"""The last look at an effect before it is sent, in the transaction that marks it as under way."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Row

from bot import consent
from bot.effects import (
    AnyEffect,
    Delete,
    Edit,
    Floor,
    OpenThread,
    Pin,
    Poll,
    Post,
    Urgency,
    Whisper,
    from_json,
)
from bot.fallback import shortened
from bot.ports import Capabilities
from bot.refs import ChatRef, MemberRef, MessageRef
from bot.store import calls, groups, posts
from bot.store.database import Tx
from bot.text import Text

Lined = TypeVar("Lined", Post, Edit)


class Claim(Struct):
    """A row that was looked at: to be sent, unless there is a `reason` against it.

    `booked` is the moment under which its pings and calls were booked just now."""

    row: Row[Any]
    effect: AnyEffect
    reason: str = ""
    booked: datetime | None = None


async def in_doubt(tx: Tx, row: Row[Any]) -> Claim:
    """A row that was under way when the program stopped, as it was being sent."""
    effect = from_json(row.effect)
    effect = await _resolve(tx, effect, row.group_id) or effect
    if isinstance(effect, Post) and effect.floor is not None:
        called = await calls.in_post(tx, row.group_id, effect.name)
        named = tuple(MemberRef.parse(call.member) for call in called)
        effect = replace(effect, pings=(*named, *effect.pings))
    return Claim(row, effect)


async def inspect(
    tx: Tx, row: Row[Any], now: datetime, able: Callable[[ChatRef], Capabilities]
) -> Claim:
    """Decides about one row; books the pings of what will be sent."""
    effect = from_json(row.effect)
    group = await groups.by_id(tx, row.group_id) if row.group_id else None
    if effect.stale_after is not None and now > effect.stale_after:
        return Claim(row, effect, "stale")
    if group and effect.urgency > Urgency.ANSWER:
        if group.paused:
            return Claim(row, effect, "paused")
        if not group.active:
            return Claim(row, effect, "gone")
    if group and effect.chat.group and effect.chat.group != group.native:
        effect = replace(effect, chat=ChatRef(group.platform, group.native, effect.chat.room))
    resolved = await _resolve(tx, effect, row.group_id)
    if resolved is None:
        return Claim(row, effect, "gone")
    zone = group.zone if group else "UTC"
    limit = able(resolved.chat).text_limit
    allowed = await _with_consent(
        tx, await _with_floor(tx, resolved, now, row, zone, limit), now, row, zone
    )
    return Claim(row, allowed or resolved, "" if allowed else "consent", now)


async def undo(tx: Tx, claim: Claim) -> None:
    """Nothing arrived: nobody was notified by it, and nobody was named."""
    if claim.booked is None or not claim.effect.pings:
        return
    row, at = claim.row, claim.booked
    await consent.unbook(tx, claim.effect.pings, at, feature=row.feature, group=row.group_id)
    if isinstance(claim.effect, Post) and claim.effect.name:
        await calls.withdraw(tx, row.group_id, claim.effect.name, at)


async def _with_consent(
    tx: Tx, effect: AnyEffect, now: datetime, row: Row[Any], zone: str
) -> AnyEffect | None:
    if not effect.pings:
        return effect
    await consent.in_turn(tx)
    agreed = await consent.agreed(tx, effect.pings, now, zone, row.feature)
    if not agreed and effect.chat.private:
        return None
    await consent.book(tx, agreed, now, feature=row.feature, group=row.group_id)
    refused = set(effect.pings) - agreed
    kept = (member for member in dict.fromkeys(effect.pings) if member in agreed)
    effect = replace(effect, pings=tuple(kept))
    if isinstance(effect, Post | Whisper | Edit):
        spans = (replace(s, member=None) if s.member in refused else s for s in effect.text.spans)
        return replace(effect, text=Text(tuple(spans)))
    return effect


async def _with_floor(
    tx: Tx, effect: AnyEffect, now: datetime, row: Row[Any], zone: str, limit: int
) -> AnyEffect:
    """The post with the lines of those who may be called now; the others' fall away as a whole.

    A post that is edited keeps the lines that it went out with, as long as it is to."""
    if isinstance(effect, Edit) and effect.name and effect.named:
        sent = await calls.floor_of(tx, row.group_id, effect.name)
        return _lined(effect, sent, limit) if sent else effect
    if not isinstance(effect, Post) or effect.floor is None:
        return effect
    floor, bare = effect.floor, replace(effect, floor=None)
    await consent.in_turn(tx)
    asked = [call.to for call in floor.calls]
    free = await consent.callable_now(tx, asked, now, row.group_id, zone, row.feature)
    lines = {call.to: call for call in reversed(floor.calls)}
    if not free:
        return bare
    left = Floor(tuple(lines[member] for member in free), floor.buttons)
    await calls.record(tx, left, row.group_id, effect.name, now)
    pinged = tuple(dict.fromkeys((*free, *effect.pings)))
    return replace(_lined(bare, left, limit), pings=pinged)


def _lined(effect: Lined, floor: Floor, limit: int) -> Lined:
    lines = Text.join("\n", [call.text for call in floor.calls])
    above = shortened(effect.text, limit - len(str(lines)) - 2)
    text = Text.join("\n\n", [above, lines])
    return replace(effect, text=text, buttons=(*effect.buttons, *floor.buttons))


async def _resolve(tx: Tx, effect: AnyEffect, group: int) -> AnyEffect | None:
    """The effect with the messages that its names stand for; None if one is not there."""
    if isinstance(effect, Edit | Delete | Pin) and effect.message is None:
        message = await _message(tx, group, effect.name)
        return replace(effect, message=message) if message else None
    if isinstance(effect, OpenThread) and effect.on:
        message = await _message(tx, group, effect.on)
        return replace(effect, message=message) if message else None
    if isinstance(effect, Post) and effect.reply_to_post:
        message = await _message(tx, group, effect.reply_to_post)
        if message:
            effect = replace(effect, reply_to=message.id, chat=message.chat)
    if isinstance(effect, Post | Poll) and effect.into:
        thread = await posts.find(tx, group, effect.into)
        if thread is not None:
            changes: dict[str, Any] = {"chat": effect.chat.in_room(thread.room)}
            if isinstance(effect, Post) and thread.room != effect.chat.room:
                changes["reply_to"] = None
            return replace(effect, **changes)
    return effect


async def _message(tx: Tx, group: int, name: str) -> MessageRef | None:
    row = await posts.find(tx, group, name)
    return posts.message_of(row) if row else None
