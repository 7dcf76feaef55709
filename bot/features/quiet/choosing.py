"""Whom to name in a post, and why: first whose own wish it meets, then whom it may remind of
something. What it costs grows with those who are looked at, not with those who are there.

The lot (`naming`) is drawn for those who are chosen. Who was left out by it rests from the choice
as long as who was named: else those who were left out for one post would be named in the next,
and what naming does could not be told.
"""

from collections.abc import AsyncIterator, Collection, Sequence
from datetime import datetime

from bot import consent
from bot.context import Context
from bot.features.quiet import choosing_records as records
from bot.features.quiet import learning, leaving_out, people
from bot.features.quiet.choosing_records import Reason
from bot.features.quiet.reasons import NAMED, QUESTION, Candidate, Kind
from bot.follow_ups import Coming, WorthAnswering
from bot.refs import MemberRef
from bot.store import identities, members
from bot.store.database import Tx
from bot.topics import keys_in

POOL = 50
"""Quiet members who are looked at where nobody is found by the topic."""
FEW = 10
"""Those among them whose earlier days are read."""


async def candidates(
    ctx: Context, asked: Coming | WorthAnswering, limit: int = consent.NAMES
) -> list[Candidate]:
    """At most `limit` people who could be named in this post when it goes out, each with a reason
    that is true of them, the best ones first."""
    await ctx.rollups()
    learned = await learning.of_community(ctx.tx, ctx.here.community)
    kinds = [kind for kind in NAMED if learned.chance(kind, ctx.now) > 0]
    found: list[Candidate] = []
    async for reasons in _reasons(ctx, asked, kinds):
        if reasons:
            found = await _with(ctx, asked, found, reasons, kinds)
        if len(found) >= limit:
            break
    return found[:limit]


async def _reasons(
    ctx: Context, asked: Coming | WorthAnswering, kinds: Sequence[Kind]
) -> AsyncIterator[list[Reason]]:
    """Reasons to name somebody, each kind of them read only if the ones before are not enough."""
    tx, group, rng = ctx.tx, ctx.here, ctx.rng
    topics = [*asked.topics, *sorted(keys_in(asked.subject))]
    yield await records.interested(tx, group.community, topics, rng)
    yield await records.on_topic(tx, group.id, topics, rng)
    if asked.kind == QUESTION:  # it needs somebody who can say something, not just anybody
        return
    drawn = await people.drawn(tx, group.id, kinds, rng, POOL)
    parts = await records.newest_parts(tx, group.id, [member for member, _ in drawn])
    yield [parts[member] for member, _ in drawn if member in parts]
    new = [member for member, kind in drawn if kind is Kind.NEW]
    faded = [member for member, kind in drawn if kind is Kind.FADED][:FEW]
    moments = await records.joined(tx, group.id, new)
    moments |= await records.often(tx, group.id, faded, ctx.now)
    yield [moments[member] for member, _ in drawn if member in moments]


async def _with(
    ctx: Context,
    asked: Coming | WorthAnswering,
    found: Sequence[Candidate],
    reasons: Sequence[Reason],
    kinds: Collection[Kind],
) -> list[Candidate]:
    """Those found, and those of the others who may be named beside them in this post."""
    tx, group = ctx.tx, ctx.here
    first = {one.member: one for one in reversed(reasons)}  # of several reasons the first one
    order = list(dict.fromkeys(one.member for one in reasons))
    quiet = await people.kinds(tx, group.id, order)
    names = await members.present_among(tx, group.id, quiet)
    at = asked.due_at if isinstance(asked, Coming) else ctx.now
    apart = await _kept_apart(ctx, asked.author, list(names), at)
    able = [m for m in order if m in names and m not in apart and quiet[m] in kinds]
    refs = [*(one.ref for one in found), *(MemberRef.parse(member) for member in able)]
    free = await consent.callable_now(tx, refs, at, group.id, group.zone)
    chosen = [str(ref) for ref in free if str(ref) not in {one.member for one in found}]
    return [*found, *(_candidate(first[m], names[m], quiet[m]) for m in chosen)]


def _candidate(reason: Reason, name: str, kind: Kind) -> Candidate:
    return Candidate(reason.member, name, kind, reason.why, reason.told, reason.at)


async def _kept_apart(
    ctx: Context, author: MemberRef | None, among: Collection[str], at: datetime
) -> set[str]:
    """The author, those whom moderators leave out, and those for whom the lot was drawn lately."""
    out = await leaving_out.left_out(ctx.tx, ctx.here.id, among)
    theirs = await identities.of(ctx.tx, author) if author else frozenset()
    return out | theirs | await rested(ctx.tx, among, at)


async def rested(tx: Tx, among: Collection[str], at: datetime) -> set[str]:
    """Those among these members for whom the lot was drawn in the last three weeks."""
    linked = await identities.accounts(tx, among)
    accounts = {account for theirs in linked.values() for account in theirs}
    drawn = await records.drawn_since(tx, accounts, at - consent.BETWEEN_CALLS)
    return {member for member, theirs in linked.items() if not drawn.isdisjoint(theirs)}
