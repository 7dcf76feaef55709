"""The prompts that were posted, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Row, delete, exists, select

from bot.features.prompts.card_records import Card
from bot.features.prompts.tables import decks, occasions, prompt_posts
from bot.store.database import Tx
from bot.store.schema import groups

NUMBER_LENGTH = 16
TALK = "/talk"
"""Behind a post's name: the thread under it."""


class Posted(Struct, frozen=True):
    """A prompt that a group got. Posts with the same card and slot belong together."""

    id: int
    group_id: int
    schedule: int | None
    card: int
    slot: str
    name: str
    posted_at: datetime


_FIELDS = [prompt_posts.c[name] for name in Posted.__struct_fields__]


def _posted(row: Row[Any]) -> Posted:
    return Posted(**row._mapping)


async def record(
    tx: Tx, group: int, name: str, card: int, slot: str, at: datetime, schedule: int | None = None
) -> Posted | None:
    """Notes a post; None if the group already has one of that name."""
    values = {
        "group_id": group,
        "schedule": schedule,
        "card": card,
        "slot": slot,
        "name": name,
        "posted_at": at,
    }
    statement = tx.insert(prompt_posts).values(**values)
    fresh = statement.on_conflict_do_nothing(index_elements=["group_id", "name"])
    row = await tx.first(fresh.returning(*_FIELDS))
    return _posted(row) if row else None


def number_in(typed: str) -> int:
    """The number that somebody typed or a button holds, 0 if no row can have it."""
    return int(typed) if typed.isdecimal() and len(typed) < NUMBER_LENGTH else 0


async def by_id(tx: Tx, post: int) -> Posted | None:
    """A post by its number."""
    row = await tx.first(select(*_FIELDS).where(prompt_posts.c.id == post))
    return _posted(row) if row else None


async def by_name(tx: Tx, group: int, name: str) -> Posted | None:
    """The post, also by the name of its thread."""
    where = (prompt_posts.c.group_id == group, prompt_posts.c.name == name.removesuffix(TALK))
    row = await tx.first(select(*_FIELDS).where(*where))
    return _posted(row) if row else None


async def latest(tx: Tx, group: int, back: int = 1) -> Posted | None:
    """The group's last post but `back - 1`."""
    statement = select(*_FIELDS).where(prompt_posts.c.group_id == group)
    newest = statement.order_by(prompt_posts.c.posted_at.desc(), prompt_posts.c.id.desc())
    row = await tx.first(newest.offset(back - 1).limit(1))
    return _posted(row) if row else None


async def together(tx: Tx, post: Posted, community: int) -> Sequence[Posted]:
    """The posts of a community's groups that share this one's card and slot, itself included."""
    statement = select(*_FIELDS).join(groups, groups.c.id == prompt_posts.c.group_id)
    where = (
        prompt_posts.c.card == post.card,
        prompt_posts.c.slot == post.slot,
        groups.c.community == community,
        groups.c.active,
    )
    return [_posted(row) for row in await tx.all(statement.where(*where).order_by(_FIELDS[0]))]


async def of_community(tx: Tx, community: int, before: datetime) -> Sequence[Posted]:
    """Every post of a community's groups that is older than `before`."""
    statement = select(*_FIELDS).join(groups, groups.c.id == prompt_posts.c.group_id)
    where = (groups.c.community == community, prompt_posts.c.posted_at <= before)
    return [_posted(row) for row in await tx.all(statement.where(*where).order_by(_FIELDS[0]))]


async def withdraw(tx: Tx, post: Posted, deck: int) -> None:
    """It never arrived: it does not count, and its card goes back into the deck's round unless
    another group got it."""
    await tx.execute(delete(prompt_posts).where(prompt_posts.c.id == post.id))
    shared = exists().where(prompt_posts.c.card == post.card, prompt_posts.c.slot == post.slot)
    where = (occasions.c.deck == deck, occasions.c.slot == post.slot, ~shared)
    await tx.execute(delete(occasions).where(*where))


async def mark_used(tx: Tx, card: Card, slot: str, at: datetime) -> None:
    """A card was posted out of turn: it does not come again in this round."""
    current = select(decks.c.round).where(decks.c.id == card.deck)
    row = {
        "deck": card.deck,
        "round": await tx.scalar(current) or 1,
        "slot": slot,
        "card": card.id,
        "made_at": at,
    }
    await tx.execute(tx.insert(occasions).values(**row).on_conflict_do_nothing())
