"""What happens to decks when a group begins, joins a community or leaves one.

A schedule posts from a deck of its own community. So decks come along with the last group of a
community; a group that leaves others behind takes copies of the decks it posts from.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, literal, select, update

from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommunityChanged, GroupReady
from bot.features.prompts import deck_records
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.starting import ensure_starter
from bot.features.prompts.tables import cards, schedules
from bot.store.database import Tx


@prompt.on(GroupReady)
async def ready(ctx: Context, event: GroupReady) -> list[AnyEffect]:
    """A group that was set up finds the starter deck."""
    await ensure_starter(ctx.tx, event.community, event.language, ctx.now)
    return []


@prompt.on(CommunityChanged)
async def changed(ctx: Context, event: CommunityChanged) -> list[AnyEffect]:
    """The decks follow the group."""
    old = await deck_records.of_community(ctx.tx, event.before)
    if event.emptied:
        for deck in old:
            await deck_records.move(ctx.tx, deck, event.after)
        return []
    used = await _used(ctx.tx, event.group_id)
    for deck in old:
        if deck.id in used:
            copy = await _copy(ctx.tx, deck, event.after, ctx.now)
            await _repoint(ctx.tx, event.group_id, deck.id, copy.id)
    return []


@prompt.uses_rooms
async def rooms(tx: Tx, group: int) -> Sequence[str]:
    """The rooms that schedules name."""
    where = (
        schedules.c.group_id == group,
        schedules.c.deleted_at.is_(None),
        schedules.c.room != "",
    )
    return [row.room for row in await tx.all(select(schedules.c.room).where(*where).distinct())]


async def _used(tx: Tx, group: int) -> set[int]:
    rows = await tx.all(select(schedules.c.deck).where(schedules.c.group_id == group))
    return {row.deck for row in rows}


async def _copy(tx: Tx, deck: Deck, community: int, now: datetime) -> Deck:
    copy = await deck_records.create(
        tx, community, deck.name, now, shuffled=deck.shuffled, starter=deck.starter
    )
    columns = [c for c in cards.columns if c.name not in ("id", "deck")]
    rows = select(literal(copy.id), *columns).where(cards.c.deck == deck.id)
    await tx.execute(insert(cards).from_select(["deck", *(c.name for c in columns)], rows))
    return copy


async def _repoint(tx: Tx, group: int, old: int, new: int) -> None:
    where = (schedules.c.group_id == group, schedules.c.deck == old)
    await tx.execute(update(schedules).where(*where).values(deck=new))
