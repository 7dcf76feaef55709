"""Moderators agree beforehand to the names in a coming post, where they asked to be asked."""

from msgspec.structs import replace

from bot import consent
from bot.context import Context
from bot.effects import Edit, Post, Urgency
from bot.feature import Follows
from bot.features.quiet import approval_records as records
from bot.features.quiet import approval_views as views
from bot.features.quiet import choosing, leaving_out, people, reviewing, settings
from bot.features.quiet.approval_records import Proposal, State
from bot.features.quiet.core import quiet
from bot.features.quiet.reasons import NAMED, Candidate
from bot.features.quiet.steering_views import room_of_their_own
from bot.follow_ups import Coming, WorthAnswering
from bot.store import identities, posts
from bot.text import Text


@quiet.on(Coming)
async def coming(ctx: Context, event: Coming) -> Follows:
    """Remembers what is coming, and asks about it if moderators want that."""
    await records.note(ctx.tx, ctx.here.id, event)
    return await asked_about(ctx, event)


async def asked_about(ctx: Context, event: Coming) -> Follows:
    """Proposes whom to name in a coming post. A post that was moved is not asked about again,
    unless it says something else now."""
    chosen = await settings.of_group(ctx.tx, ctx.here.id)
    if not (chosen.asks_first and reviewing.sees(ctx)):
        return []
    known = await records.of_post(ctx.tx, ctx.here.id, event.name)
    if known is None or known.subject != event.subject:
        return await _proposed(ctx, event)
    if known.due_at == event.due_at:
        return []
    await records.move(ctx.tx, known.id, event.due_at)
    return await shown_again(ctx, replace(known, due_at=event.due_at))


async def catch_up(ctx: Context) -> Follows:
    """Asks about what was announced before anybody wanted to be asked, or to name people."""
    group = ctx.here
    waiting = await records.waiting(ctx.tx, group.id, group.chat, ctx.now)
    return [effect for event in waiting for effect in await asked_about(ctx, event)]


async def _proposed(ctx: Context, event: Coming) -> Follows:
    # Chosen and approved before the lot is drawn: who was left out by lot was approved just as
    # well as who was named, so what moderators decide can't make the measure look better.
    candidates = await choosing.candidates(ctx, event)
    if not candidates:
        return []
    made = await records.propose(ctx.tx, ctx.here.id, event, candidates, ctx.now)
    room = room_of_their_own(ctx)
    return await shown_again(ctx, made) or [
        Post(
            chat=room or ctx.here.moderators_chat,
            name=made.name,
            text=_text(ctx, made, own=room is not None),
            buttons=views.deciding(ctx.words, made) if room else (),
        )
    ]


async def shown_again(
    ctx: Context, proposal: Proposal, who: str = "", answering: str = ""
) -> Follows:
    """The post that asks, as things stand; nothing where it did not go out. `who` decided."""
    row = await posts.find(ctx.tx, ctx.here.id, proposal.name)
    if row is None:
        return []
    place = posts.message_of(row).chat  # moderators may have another room by now
    own = place == room_of_their_own(ctx)
    return [
        Edit(
            chat=place,
            name=proposal.name,
            text=_text(ctx, proposal, who, own=own),
            buttons=views.deciding(ctx.words, proposal) if own else (),
            urgency=Urgency.ANSWER,
            answering=answering,
        )
    ]


def _text(ctx: Context, proposal: Proposal, who: str = "", *, own: bool) -> Text:
    """Names stand only where moderators are among themselves."""
    return views.asked(ctx.words, proposal, who) if own else views.hint(ctx.words, proposal)


async def approved(ctx: Context, event: WorthAnswering) -> list[Candidate] | None:
    """Those to whose names moderators agreed, as far as they are still quiet and may be called;
    None if nobody agreed in time, or to something else than what goes out now."""
    proposal = await records.of_post(ctx.tx, ctx.here.id, event.name)
    if proposal is None or proposal.state is not State.AGREED:
        return None
    if proposal.subject != event.subject:
        return None
    return await _still(ctx, event, proposal.left)


async def _still(
    ctx: Context, event: WorthAnswering, candidates: list[Candidate]
) -> list[Candidate]:
    group, members = ctx.here, [one.member for one in candidates]
    await ctx.rollups()
    kinds = await people.kinds(ctx.tx, group.id, members)
    out = await leaving_out.left_out(ctx.tx, group.id, members)
    out |= await identities.of(ctx.tx, event.author) if event.author else frozenset()
    refs = [one.ref for one in candidates if one.member not in out]
    free = await consent.callable_now(ctx.tx, refs, ctx.now, group.id, group.zone)
    return [
        replace(one, kind=kinds[one.member])
        for one in candidates
        if one.ref in free and kinds.get(one.member) in NAMED
    ]
