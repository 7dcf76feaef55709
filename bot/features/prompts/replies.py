"""Answers to a prompt: a reply to it, or a message in the thread under it.

They are given on purpose, so their text is kept, and follows when it is edited or deleted.
"""

import json

from bot.context import Context
from bot.events import MessageDeleted, MessageEdited, MessagePosted, PollVoted, Reacted
from bot.feature import Follows
from bot.features.prompts import inviting, post_records
from bot.features.prompts import reply_records as records
from bot.features.prompts.core import prompt
from bot.features.prompts.schedule_rules import LISTEN
from bot.text import clean

FOLLOWED = 2 * LISTEN
"""How long after an answer its edits and its deletion are followed."""


@prompt.heard
async def heard(ctx: Context, event: MessagePosted | PollVoted | Reacted) -> Follows:
    """Keeps an answer or a vote."""
    if ctx.group is None or isinstance(event, Reacted):
        return []
    post = await post_records.by_name(ctx.tx, ctx.here.id, ctx.post)
    if post is None:
        return []
    taking_part = await inviting.took_part(ctx, event, post)
    if isinstance(event, MessagePosted):
        text = clean(event.text).strip()
        group, name = ctx.here.id, clean(event.name)
        await records.keep(
            ctx.tx, post.id, group, event.member, name, event.message, text, event.at
        )
        if event.reply_to is not None:
            await ctx.follow(event.message, int(LISTEN.total_seconds()))
    elif event.options:
        options = json.dumps(event.options)
        await records.vote(ctx.tx, post.id, event.member, options, event.at)
    else:
        await records.unvote(ctx.tx, post.id, event.member)
        return []
    return taking_part


@prompt.on(MessageEdited)
async def edited(ctx: Context, event: MessageEdited) -> None:
    """An answer changes with its message."""
    if ctx.group is not None:
        text, since = clean(event.text).strip(), event.at - FOLLOWED
        await records.reword(ctx.tx, ctx.here.id, event.message, text, since)


@prompt.on(MessageDeleted)
async def deleted(ctx: Context, event: MessageDeleted) -> None:
    """An answer goes with its message."""
    if ctx.group is not None:
        await records.drop(ctx.tx, ctx.here.id, event.message, event.at - FOLLOWED)
