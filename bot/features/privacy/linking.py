"""`/link` and `/unlink`: two accounts of one person, on one platform or on two, count as one."""

from sqlalchemy import select

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import AnyEffect, Button, Look
from bot.events import ChoiceMade, CommandGiven
from bot.features.privacy import codes
from bot.features.privacy.core import privacy
from bot.refs import MemberRef
from bot.store import identities
from bot.store.database import Tx
from bot.store.schema import roster
from bot.text import Text, code, isolated


async def described(tx: Tx, member: MemberRef) -> str:
    """An account as its owner recognises it: "Ann (Friendnet)"."""
    known = select(roster.c.name).where(roster.c.member == str(member)).order_by(roster.c.group_id)
    name = await tx.scalar(known)
    return f"{isolated(name or member.id)} ({member.platform.title()})"


async def others(tx: Tx, member: MemberRef) -> list[str]:
    """The other accounts of this person, described."""
    linked = sorted(await identities.of(tx, member) - {str(member)})
    return [await described(tx, MemberRef.parse(one)) for one in linked]


@privacy.command(
    Command(
        "link",
        N_("Link another account of yours, so that your wishes hold for both"),
        (Param("code", N_("The code that your other account got"), required=False),),
        private=True,
    )
)
async def link(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Gives a code, or asks about the account whose code was typed."""
    typed = event.args.get("code", "").strip()
    said = await _asked(ctx, typed) if typed else await _invited(ctx)
    return [said]


async def _invited(ctx: Context) -> AnyEffect:
    made = await codes.give(ctx.tx, ctx.member, ctx.now)
    said = ctx.own.say_n(
        "Type {command} with your other account, here or wherever I am, within {n} minute. "
        "Keep the code to yourself: whoever types it becomes one with you.",
        "Type {command} with your other account, here or wherever I am, within {n} minutes. "
        "Keep the code to yourself: whoever types it becomes one with you.",
        codes.VALID.seconds // 60,
        command=code(f"/link {made}"),
    )
    return ctx.whisper(said, public_ok=False)


async def _asked(ctx: Context, typed: str) -> AnyEffect:
    if not await codes.may_try(ctx.tx, ctx.member, ctx.now):
        said = ctx.own.say("Those were too many codes that don't fit. Try again in an hour.")
        return ctx.whisper(said, public_ok=False)
    other = await codes.take(ctx.tx, typed, ctx.member, ctx.now)
    if other is None:
        return ctx.whisper(_stale(ctx), public_ok=False)
    if str(other) in await identities.of(ctx.tx, ctx.member):
        said = (
            ctx.own.say("That is your own code. Type it with your other account.")
            if other == ctx.member
            else ctx.own.say("These two accounts are linked already.")
        )
        return ctx.whisper(said, public_ok=False)
    said = ctx.own.say(
        "Is {account} you too? If you link the two, they count as one person: what you wish under "
        "one holds under both, such as never being mentioned or being away, and so do my limits. "
        "Nobody else sees it. {unlink} ends it.",
        account=await described(ctx.tx, other),
        unlink=code("/unlink"),
    )
    buttons = (
        Button(ctx.own.plain("Yes, link them"), "privacy.link", look=Look.MAIN),
        Button(ctx.own.plain("No"), "privacy.link-not"),
    )
    return ctx.whisper(said, buttons=(buttons,), public_ok=False)


def _stale(ctx: Context) -> Text:
    return ctx.own.say(
        "That code does not fit, or it is too old. {link} on your other account gives a new one.",
        link=code("/link"),
    )


@privacy.choice("link")
async def confirmed(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Whoever typed a code and presses is linked with the account that it came from."""
    other = await codes.taken(ctx.tx, ctx.member, ctx.now)
    if other is None:
        return [ctx.whisper(_stale(ctx), in_place=True)]
    await identities.link(ctx.tx, ctx.member, other, ctx.now)
    account = await described(ctx.tx, other)
    said = ctx.own.say("Done. {account} and this account are one to me.", account=account)
    return [ctx.whisper(said, in_place=True)]


@privacy.choice("link-not")
async def declined(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The code is worth nothing any more."""
    await codes.taken(ctx.tx, ctx.member, ctx.now)
    return [ctx.whisper(ctx.own.say("Everything stays as it is."), in_place=True)]


@privacy.command(
    Command("unlink", N_("Take this account out of those that you linked"), private=True)
)
async def unlink(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Asks once more."""
    linked = await others(ctx.tx, ctx.member)
    if not linked:
        said = ctx.own.say(
            "This account is linked with no other. {link} does that.", link=code("/link")
        )
        return [ctx.whisper(said, public_ok=False)]
    said = ctx.own.say(
        "This account is linked with {accounts}. Without the link each goes on with the wishes "
        "that hold now.",
        accounts=ctx.own.listing(linked),
    )
    buttons = (
        Button(ctx.own.plain("Take this account out"), "privacy.unlink", look=Look.DANGER),
        Button(ctx.own.plain("Keep the link"), "privacy.keep"),
    )
    return [ctx.whisper(said, buttons=(buttons,), public_ok=False)]


@privacy.choice("unlink")
async def unlinked(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Whoever presses stands alone again."""
    await identities.unlink(ctx.tx, ctx.member)
    said = ctx.own.say("Done. This account stands for itself again.")
    return [ctx.whisper(said, in_place=True)]
