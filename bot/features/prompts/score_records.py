"""What each posting led to, read from answers, votes and the pairs of members."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select

from bot.features.prompts import post_records, reply_records
from bot.features.prompts.post_records import Posted
from bot.features.prompts.schedule_rules import LISTEN
from bot.features.prompts.score_rules import RIPE, Posting
from bot.features.prompts.tables import replies
from bot.store.database import Tx
from bot.store.rollups import pairs
from bot.store.schema import from_ms


async def postings(tx: Tx, community: int, now: datetime) -> Sequence[Posting]:
    """Every posting of the community that is old enough to be judged. The rollups must be up to
    date."""
    posts = await post_records.of_community(tx, community, now - RIPE)
    numbers = [post.id for post in posts]
    people: dict[int, set[str]] = defaultdict(set)
    first: dict[int, datetime] = {}
    for reply in await reply_records.of_posts(tx, numbers):
        people[reply.post].add(reply.member)
        first.setdefault(reply.post, reply.at)
    for vote in await reply_records.votes_of(tx, numbers):
        people[vote.post].add(vote.member)
    new = await _first_time_pairs(tx, posts)
    return [
        Posting(
            card=post.card,
            group=post.group_id,
            people=len(people[post.id]),
            pairs=new.get(post.id, 0),
            first_answer=first[post.id] - post.posted_at if post.id in first else None,
        )
        for post in posts
    ]


async def _first_time_pairs(tx: Tx, posts: Collection[Posted]) -> dict[int, int]:
    """How many pairs first met in each posting; see `score_rules` for what that means."""
    if not posts:
        return {}
    where = replies.c.post.in_([post.id for post in posts])
    talked = select(replies.c.post, replies.c.group_id, replies.c.member).where(where).distinct()
    one, other = talked.subquery("one"), talked.subquery("other")
    met = (
        select(one.c.post, one.c.member, other.c.member.label("peer"), pairs.c.first_at)
        .join(other, other.c.post == one.c.post)
        .join(
            pairs,
            (pairs.c.group_id == one.c.group_id)
            & (pairs.c.member == one.c.member)
            & (pairs.c.peer == other.c.member),
        )
        .where(one.c.member != other.c.member)
    )
    earliest: dict[int, dict[frozenset[str], int]] = defaultdict(dict)
    for row in await tx.all(met):
        pair = frozenset((row.member, row.peer))
        known = earliest[row.post].get(pair)
        earliest[row.post][pair] = row.first_at if known is None else min(known, row.first_at)
    posted = {post.id: post.posted_at for post in posts}
    return {
        post: sum(posted[post] <= from_ms(at) <= posted[post] + LISTEN for at in found.values())
        for post, found in earliest.items()
    }
