"""What a person wishes of the bot, over all accounts that they linked."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from bot.context import Context
from bot.i18n import Words
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Tx
from bot.store.schema import groups, preferences, roster


async def of_person(tx: Tx, member: MemberRef) -> Sequence[Row[Any]]:
    """What was wished under each account of this person, this one first."""
    theirs = await identities.of(tx, member)
    rows = await tx.all(select(preferences).where(preferences.c.member.in_(theirs)))
    return sorted(rows, key=lambda row: row.member != str(member))


async def wish(tx: Tx, member: MemberRef, **values: Any) -> None:
    """Sets what this person wishes, under every account, so that none contradicts another."""
    for account in sorted(await identities.of(tx, member)):
        await members.prefer(tx, MemberRef.parse(account), **values)


async def own_words(ctx: Context) -> Words:
    """The language of who caused the event and the zone in which they live, as far as is known:
    the one they told, that of the group here, or of a group they are in."""
    told = [row.zone for row in await of_person(ctx.tx, ctx.member) if row.zone]
    if told or ctx.group:
        return Words(ctx.language, told[0] if told else ctx.here.zone)
    joined = select(groups.c.zone).join(roster, roster.c.group_id == groups.c.id)
    here = (roster.c.member == str(ctx.member), roster.c.left_at.is_(None), groups.c.active)
    return Words(ctx.language, await ctx.tx.scalar(joined.where(*here).order_by(groups.c.id)) or "")
