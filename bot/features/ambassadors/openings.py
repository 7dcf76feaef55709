"""The prompt went out: what was written is posted under it, or its author is told.

That waits until the prompt has arrived, so that nothing is posted under what is not there.
"""

from datetime import timedelta

from bot.context import Context
from bot.effects import Button, OnDoubt, Post, Urgency, Whisper
from bot.events import Due
from bot.feature import Follows
from bot.features.ambassadors import ask_records, ask_views, records, trial_records
from bot.features.ambassadors.ask_records import Ask
from bot.features.ambassadors.core import ambassadors
from bot.features.ambassadors.rules import OUTCOME_AFTER, Asked, base_of
from bot.features.ambassadors.trial_records import Trial
from bot.follow_ups import WorthAnswering
from bot.store import posts
from bot.text import Text

ARRIVED, CONCLUDE = "arrived", "conclude"
SOON, AGAIN = timedelta(seconds=5), timedelta(minutes=1)
PATIENCE = timedelta(minutes=15)
"""A prompt that has not arrived by then was not sent."""
TALK, OPENING = "/talk", "opening"
"""Behind a post's name: the thread under it, and what an ambassador begins with."""
LISTEN = int(timedelta(days=7).total_seconds())


@ambassadors.on(WorthAnswering)
async def went_out(ctx: Context, event: WorthAnswering) -> None:
    """From now on its repliers are counted, and nobody is asked any more."""
    if ctx.group is None:
        return
    trial = await trial_records.of_post(ctx.tx, ctx.here.id, base_of(event.name))
    if trial is None or trial.went_out_at is not None:
        return
    now, room = ctx.now, event.chat.room
    subject = event.subject
    await trial_records.change(ctx.tx, trial.id, went_out_at=now, room=room, subject=subject)
    ctx.disarm(f"ambassadors:never-came:{trial.id}")
    ctx.arm(f"ambassadors:{ARRIVED}:{trial.id}", now + SOON, ARRIVED, str(trial.id))
    ctx.arm(f"ambassadors:{CONCLUDE}:{trial.id}", now + OUTCOME_AFTER, CONCLUDE, str(trial.id))


@ambassadors.due(ARRIVED)
async def arrived(ctx: Context, event: Due) -> Follows:
    """What follows for whoever said yes, as soon as the prompt is there."""
    trial = await trial_records.by_id(ctx.tx, int(event.arg))
    if trial is None or trial.went_out_at is None or ctx.group is None:
        return []
    there = await posts.find(ctx.tx, trial.group_id, trial.post)
    if there is None and ctx.now - trial.went_out_at < PATIENCE:
        ctx.arm(event.key, ctx.now + AGAIN, ARRIVED, str(trial.id))
        return []
    ask = await ask_records.standing(ctx.tx, trial.group_id, trial.post)
    if there is None:
        await trial_records.drop(ctx.tx, trial.id)
    if ask is None:
        return []
    if ask.state == Asked.WAITING:
        await ask_records.unanswered(ctx.tx, ask, ctx.now)
        return []
    if there is None:
        await ask_records.change(ctx.tx, ask, Asked.VOID)
        return await not_needed(ctx, ask)
    return await _begun(ctx, trial, ask, posts.message_of(there).id)


async def _begun(ctx: Context, trial: Trial, ask: Ask, message: str) -> Follows:
    words = await ctx.words_for(ask.ref)
    if ask.subject != trial.subject:
        await ask_records.change(ctx.tx, ask, Asked.VOID)
        return [_told(ask, ask_views.changed(words, ask.subject, ask.written))]
    title = ctx.here.title
    await ask_records.change(ctx.tx, ask, Asked.POSTED if ask.written else Asked.TOLD)
    if not ask.written:
        chat = ctx.here.chat.in_room(trial.room)
        link = ctx.capabilities(chat).message_link.replace("{message}", message)
        way = ((Button(words.plain("Go there"), url=link),),) if link else ()
        return [_told(ask, ask_views.is_there(words, title, ask.subject), way)]
    await _count(ctx, ask)
    name = await ctx.name_of(ask.ref)
    post = Post(
        chat=ctx.here.chat.in_room(trial.room),
        name=f"{trial.post}{posts.LINK}{OPENING}",
        text=ask_views.opening(ctx.words, name, ask.written),
        into=trial.post + TALK,
        reply_to_post=trial.post,
        listen=LISTEN,
        on_doubt=OnDoubt.SKIP,
    )
    return [post, _told(ask, ask_views.posted(words, title))]


def _told(ask: Ask, text: Text, buttons: tuple[tuple[Button, ...], ...] = ()) -> Whisper:
    """Something that this person waits for, so it is no ping that was not asked for."""
    private = ask.ref.private_chat
    return Whisper(chat=private, to=ask.ref, text=text, buttons=buttons, urgency=Urgency.SCHEDULED)


async def _count(ctx: Context, ask: Ask) -> None:
    who = await records.of(ctx.tx, ctx.here.community, ask.ref)
    if who is not None:
        await records.change(ctx.tx, who.id, opened=who.opened + 1)


async def not_needed(ctx: Context, ask: Ask) -> Follows:
    """Tells the one who wanted to begin that there is nothing to begin."""
    words = await ctx.words_for(ask.ref)
    return [_told(ask, ask_views.not_needed(words, ask.subject, ask.written))]
