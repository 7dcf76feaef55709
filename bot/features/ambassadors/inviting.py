"""`/ambassador invite`: a moderator asks somebody, who alone can say yes."""

from datetime import timedelta

from bot import consent
from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import OnDoubt, Post, Urgency
from bot.events import ChoiceMade, CommandGiven, Undelivered
from bot.feature import Follows
from bot.features.ambassadors import joining, records, views
from bot.features.ambassadors.core import ambassadors, number_in, post_name, when_lost
from bot.features.ambassadors.records import Ambassador
from bot.features.ambassadors.rules import INVITED_ANEW, State
from bot.refs import MemberRef
from bot.store import members
from bot.text import Text, code, isolated, mention

FRESH = timedelta(hours=1)
"""An invitation that could not be posted by then is not posted at night."""


@ambassadors.command(
    Command(
        "ambassador invite",
        N_("Ask a member whether they would begin conversations now and then"),
        (Param("member", N_("Whom"), Kind.MEMBER),),
        moderator=True,
    )
)
async def invite(ctx: Context, event: CommandGiven) -> Follows:
    """Posts the invitation, if that person may be mentioned now."""
    member = MemberRef.parse(event.args["member"])
    name = await ctx.name_of(member) or member.id
    known = await records.of(ctx.tx, ctx.here.community, member)
    against = await _against(ctx, member, known, name)
    if against is not None:
        return [ctx.whisper(against, public_ok=False)]
    who = await records.note(
        ctx.tx, ctx.here.community, ctx.here.id, member, State.INVITED, ctx.now
    )
    link = await joining.way_in(ctx, who)
    return [
        Post(
            chat=event.chat,
            name=post_name(joining.INVITATION, who.id),
            text=views.invitation(
                ctx.words, mention(member, name), event.name or await ctx.name_of(event.member)
            ),
            buttons=views.inviting(ctx.words, who.id, link),
            pings=(member,),
            urgency=Urgency.ANSWER,
            on_doubt=OnDoubt.SKIP,
            stale_after=ctx.now + FRESH,
            answering=event.answer,
        )
    ]


async def _against(
    ctx: Context, member: MemberRef, known: Ambassador | None, name: str
) -> Text | None:
    """Why this person can't be invited now; None if nothing stands against it."""
    say, who = ctx.own.say, isolated(name)
    if not await members.present_among(ctx.tx, ctx.here.id, [str(member)]):
        return say("I don't know {name} in this group: people have to be here.", name=who)
    if known is not None and known.active:
        return say("{name} is an ambassador already.", name=who)
    if known is not None and known.state == State.STOPPED:
        return say(
            "{name} asked not to be asked any more. {join} is open to everybody.",
            name=who,
            join=code(views.JOIN),
        )
    if known is not None and known.state != State.REMOVED and ctx.now - known.at < INVITED_ANEW:
        day = ctx.own.day(known.at.astimezone(ctx.own.zone).date())
        return say("{name} was asked on {day}. Give them some time.", name=who, day=day)
    if not await consent.agreed(ctx.tx, [member], ctx.now, ctx.here.zone, ambassadors.name):
        return say(
            "{name} can't be mentioned now: their quiet hours, somebody else's mention this week, "
            "or their own wish. Nothing was posted. {join} is open to everybody.",
            name=who,
            join=code(views.JOIN),
        )
    return None


@when_lost(joining.INVITATION)
async def not_invited(ctx: Context, event: Undelivered) -> None:
    """Nobody saw the invitation, so it may be posted again; in doubt somebody did."""
    who = await records.by_id(ctx.tx, number_in(event.name))
    if who is not None and who.state == State.INVITED and event.reason != "doubt":
        await records.drop(ctx.tx, who.id)


async def _invited(ctx: Context, event: ChoiceMade) -> Ambassador | None:
    """The one who is meant by an invitation, if that is who pressed."""
    who = await records.by_id(ctx.tx, number_in(event.choice))
    open_ = (State.INVITED, State.DECLINED, State.AGREED)
    return who if who and who.ref == event.member and who.state in open_ else None


@ambassadors.choice("more")
async def told_more(ctx: Context, event: ChoiceMade) -> Follows:
    """What it means; anybody may read that."""
    return [ctx.whisper(views.more(ctx.own))]


@ambassadors.choice("yes")
async def accepted(ctx: Context, event: ChoiceMade) -> Follows:
    """The person invited says yes."""
    who = await _invited(ctx, event)
    if who is None or ctx.group is None:
        return [ctx.whisper(views.not_yours(ctx.own))]
    return await joining.welcomed(ctx, who)


@ambassadors.choice("no")
async def declined(ctx: Context, event: ChoiceMade) -> Follows:
    """The person invited would rather not."""
    who = await _invited(ctx, event)
    if who is None:
        return [ctx.whisper(views.not_yours(ctx.own))]
    if who.active:
        await joining.ended(ctx, who)
    else:
        await records.change(ctx.tx, who.id, state=State.DECLINED, at=ctx.now)
    said = ctx.own.say("All right. {join} is there if you change your mind.", join=code(views.JOIN))
    return [ctx.whisper(said), *await joining.without_invitation(ctx, who)]
