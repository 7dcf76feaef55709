"""What somebody took part in: a reason to name them one day, and a sign that a call was heard."""

from sqlalchemy import delete, insert, select

from bot.consent import BETWEEN_CALLS
from bot.context import Context
from bot.features.quiet.core import quiet
from bot.features.quiet.reasons import QUESTION
from bot.features.quiet.tables import parts
from bot.follow_ups import TookPart
from bot.store import calls, identities
from bot.store.database import Tx
from bot.text import clean

KEPT = 20
"""Posts that are remembered of a person in a group, the newest."""
SUBJECT = 80
"""Characters of a post's subject that are kept."""


@quiet.on(TookPart)
async def took_part(ctx: Context, event: TookPart) -> None:
    """Remembers the post, and that whoever answers has not ignored being named."""
    row = {
        "group_id": ctx.here.id,
        "member": str(event.member),
        "kind": event.kind,
        "topic_key": next(iter(event.topics), ""),
        "subject": "" if event.kind == QUESTION else in_a_line(event.subject),
        "draw": ctx.rng.random(),
        "at": event.at,
    }
    await ctx.tx.execute(insert(parts).values(row))
    await _forget_older(ctx.tx, ctx.here.id, str(event.member))
    accounts = await identities.of(ctx.tx, event.member)
    await calls.answered(ctx.tx, accounts, ctx.now, after=ctx.now - BETWEEN_CALLS)


async def _forget_older(tx: Tx, group: int, member: str) -> None:
    theirs = (parts.c.group_id == group, parts.c.member == member)
    newest = select(parts.c.id).where(*theirs).order_by(parts.c.at.desc(), parts.c.id.desc())
    kept = newest.limit(KEPT).subquery()
    await tx.execute(delete(parts).where(*theirs, parts.c.id.not_in(select(kept.c.id))))


def in_a_line(text: str) -> str:
    """The beginning of a text, as one line of at most `SUBJECT` characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= SUBJECT else line[: SUBJECT - 1].rstrip() + "…"
