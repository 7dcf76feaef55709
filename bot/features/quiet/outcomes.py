"""What followed when somebody was named, or left out: looked up once, after two weeks.

The time ends with the fourteenth day after the post, by UTC: whole days, which the rollups can
tell even if we look late. Every open occasion of the group is judged whose time is over, so
that a moment that was missed is made up for by the next.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.context import Context
from bot.events import Due
from bot.features.quiet import learning, occasions, outcome_records
from bot.features.quiet.core import quiet
from bot.features.quiet.occasions import Occasion
from bot.features.quiet.outcome_records import midnight
from bot.ports import Can
from bot.store import calls, groups, identities
from bot.store.groups import Group

DAYS = timedelta(days=14)
DAY = timedelta(days=1)
OUTCOME = "outcome"
_JUST = timedelta(milliseconds=1)


def over_at(at: datetime) -> datetime:
    """When what followed a draw can be judged."""
    return midnight(at) + DAY + DAYS


def await_outcome(ctx: Context, post: str) -> None:
    """Asks for the moment when it is known what followed the draw for this post, just made."""
    key = f"quiet-{OUTCOME}:{ctx.here.id}:{post}"
    ctx.arm(key, over_at(ctx.now), OUTCOME, str(ctx.here.id))


@quiet.due(OUTCOME)
async def judge(ctx: Context, event: Due) -> None:
    """The outcomes of all draws of the group whose time is over."""
    number = int(event.arg)
    group = await groups.by_id(ctx.tx, number)
    ripe = await outcome_records.posts_drawn(ctx.tx, number, midnight(ctx.now) - DAYS)
    if group is None or not group.active or _is_blind(ctx, group):
        for post in ripe:
            await occasions.void(ctx.tx, number, post)
        return
    if ripe:
        await ctx.rollups()
    for post in ripe:
        drawn = [one for one in await occasions.of_post(ctx.tx, number, post) if one.spoke is None]
        await _judge(ctx, drawn)
        learning.learn_soon(ctx, drawn[0].community)


def _is_blind(ctx: Context, group: Group) -> bool:
    """Whether only answers to the bot are seen, which those who were named give rather than
    others. A chat that is not connected yet tells nothing about that."""
    can = ctx.capabilities(group.chat).can
    return bool(can) and Can.READ not in can


async def _judge(ctx: Context, drawn: Sequence[Occasion]) -> None:
    """The occasions of one post."""
    first = drawn[0]
    at, until = first.at, over_at(first.at)
    people = await identities.accounts(ctx.tx, [one.member for one in drawn])
    accounts = {account for theirs in people.values() for account in theirs}
    places = await _places(ctx, first)
    spoke, did = await outcome_records.active(ctx.tx, places, accounts, at, until)
    ties = await outcome_records.tied(ctx.tx, places, accounts, at, until)
    for one in drawn:
        theirs = people[one.member]
        tied = any(member in theirs and peer not in theirs for member, peer in ties)
        await occasions.conclude(ctx.tx, one.id, spoke=bool(theirs & spoke), tied=tied)
    await _not_ignored(ctx, (one for one in drawn if one.named), people, did)


async def _places(ctx: Context, occasion: Occasion) -> Collection[int]:
    """The groups of the community, and that of the post, which may have left it."""
    together = await groups.of_community(ctx.tx, occasion.community)
    return {group.id for group in together} | {occasion.group_id}


async def _not_ignored(
    ctx: Context,
    named: Iterable[Occasion],
    people: Mapping[str, frozenset[str]],
    did: Collection[str],
) -> None:
    """Who did anything at all after being called did not ignore the call."""
    for one in named:
        if not people[one.member].isdisjoint(did):
            await calls.answered(ctx.tx, people[one.member], ctx.now, after=one.at - _JUST)
