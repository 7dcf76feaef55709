""" "Not me" and "Never mention me", under the post in which somebody was given the floor."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import wraps

from sqlalchemy import select

from bot import consent
from bot.context import Context
from bot.effects import Button, Whisper
from bot.events import ChoiceMade
from bot.feature import Follows
from bot.features.quiet.core import quiet
from bot.ports import Can
from bot.refs import MessageRef
from bot.store import calls, identities, members, posts
from bot.store.schema import rests
from bot.text import Text, code

Handler = Callable[[Context, ChoiceMade], Awaitable[Follows]]
TWICE = timedelta(seconds=30)
"""Two presses within this time are one."""


def _by_the_named(handler: Handler) -> Handler:
    """A handler of a press by somebody who was named in that post, under this account or a linked
    one; others are told whom it is for."""

    @wraps(handler)
    async def guarded(ctx: Context, event: ChoiceMade) -> Follows:
        accounts = await identities.of(ctx.tx, ctx.member)
        if accounts.isdisjoint(await _named(ctx, event)):
            said = ctx.own.say(
                "This is for the people who are named here. {pings} is yours.", pings=code("/pings")
            )
            return [ctx.whisper(said)]
        after = ctx.now - consent.BETWEEN_CALLS
        await calls.answered(ctx.tx, accounts, ctx.now, after=after)
        return await handler(ctx, event)

    return guarded


async def _named(ctx: Context, event: ChoiceMade) -> set[str]:
    post = await posts.at(ctx.tx, MessageRef(event.chat, event.message))
    if post is None:
        return set()
    return {row.member for row in await calls.in_post(ctx.tx, post.group_id, post.name)}


@quiet.choice("not")
@_by_the_named
async def not_me(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody would rather not be named for a while; where an answer with a button can't be shown
    to one person alone, a second press takes that back."""
    if not _sees_alone(ctx) and await _rested_before(ctx):
        return await named_again(ctx, event)
    await consent.rest(ctx.tx, ctx.member, consent.CALLS, ctx.now + consent.REST)
    said = ctx.own.say_n(
        "All right. I won't name you in a post for {n} day.",
        "All right. I won't name you in a post for {n} days.",
        consent.REST.days,
    )
    if _sees_alone(ctx):
        return [_undoable(ctx, said, "quiet.undo-not")]
    again = ctx.own.say("Press again to take that back.")
    return [ctx.whisper(Text.of(said, " ", again), public_ok=False)]


async def _rested_before(ctx: Context) -> bool:
    where = (rests.c.member == str(ctx.member), rests.c.what == consent.CALLS)
    until = await ctx.tx.scalar(select(rests.c.until).where(*where))
    return until is not None and TWICE < ctx.now + consent.REST - until < consent.REST


@quiet.choice("undo-not")
async def named_again(ctx: Context, event: ChoiceMade) -> Follows:
    """The rest is taken back."""
    await consent.rest(ctx.tx, ctx.member, consent.CALLS, ctx.now)
    return [_undone(ctx)]


@quiet.choice("never")
@_by_the_named
async def never(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody wants to be mentioned no more, by anything."""
    await members.prefer(ctx.tx, ctx.member, no_pings=True)
    said = ctx.own.say(
        "From now on I never mention you. {pings} changes that.", pings=code("/pings")
    )
    if _sees_alone(ctx):
        return [_undoable(ctx, said, "quiet.undo-never")]
    return [ctx.whisper(said, public_ok=False)]


@quiet.choice("undo-never")
async def mentioned_again(ctx: Context, event: ChoiceMade) -> Follows:
    """The "never" is taken back."""
    await members.prefer(ctx.tx, ctx.member, no_pings=False)
    return [_undone(ctx)]


def _sees_alone(ctx: Context) -> bool:
    return Can.EPHEMERAL in ctx.capabilities(ctx.event.chat).can


def _undoable(ctx: Context, said: Text, choice: str) -> Whisper:
    undo = Button(ctx.own.plain("Undo"), choice)
    return ctx.whisper(said, buttons=((undo,),), public_ok=False)


def _undone(ctx: Context) -> Whisper:
    in_place = _sees_alone(ctx)
    return ctx.whisper(ctx.own.say("All is as before."), in_place=in_place, public_ok=False)
