"""`/ambassador join` and `leave`: people agree for themselves, and end it for themselves."""

from bot import consent
from bot.aside import enter
from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Button, Delete, Post, Urgency
from bot.events import ChoiceMade, CommandGiven, Opened, Undelivered
from bot.feature import Follows
from bot.features.ambassadors import ask_records, asking, records, views
from bot.features.ambassadors.core import ambassadors, number_in, post_name, when_lost
from bot.features.ambassadors.records import Ambassador
from bot.features.ambassadors.rules import Asked, State
from bot.store import groups, identities, members, posts
from bot.text import code

HELLO, TELLING, INVITATION = "hello", "telling", "invite"


async def way_in(ctx: Context, who: Ambassador) -> str:
    """The address by which this person has to open the private conversation, because the bot
    can't write first here; "" where it can."""
    link = ctx.capabilities(ctx.here.chat).private_link
    wishes = await members.preference(ctx.tx, who.ref)
    is_open = wishes is not None and wishes.dm_agreed and who.closed_at is None
    if "{payload}" not in link or is_open:
        return ""
    return link.replace("{payload}", f"ambassadors-yes-{who.id}")


@ambassadors.command(
    Command("ambassador join", N_("Be asked in private, now and then, to begin a conversation"))
)
async def join(ctx: Context, event: CommandGiven) -> Follows:
    """Somebody volunteers."""
    known = await records.of(ctx.tx, ctx.here.community, ctx.member)
    if known is None or not known.active:
        state, group = State.INVITED, ctx.here
        known = await records.note(ctx.tx, group.community, group.id, ctx.member, state, ctx.now)
    return await welcomed(ctx, known)


async def welcomed(ctx: Context, who: Ambassador) -> Follows:
    """They are ambassadors from now on, or as soon as they opened the private conversation."""
    link = await way_in(ctx, who)
    if link:
        button = Button(ctx.own.plain("Open our conversation"), url=link)
        return [ctx.whisper(views.open_first(ctx.own), buttons=((button,),))]
    return [ctx.whisper(views.thanked(ctx.own)), *await _agreed(ctx, who), _hello(ctx, who)]


async def _agreed(ctx: Context, who: Ambassador) -> Follows:
    """Keeps it; the invitation has done its work."""
    await records.note(ctx.tx, who.community, ctx.here.id, who.ref, State.AGREED, ctx.now)
    await records.reachable(ctx.tx, who.ref, since=None)
    await consent.rest(ctx.tx, who.ref, ambassadors.name, ctx.now)
    return await without_invitation(ctx, who)


async def without_invitation(ctx: Context, who: Ambassador) -> Follows:
    """Takes the invitation down, if one was posted."""
    name = post_name(INVITATION, who.id)
    group = await groups.by_id(ctx.tx, who.group_id)
    if group is None or await posts.find(ctx.tx, group.id, name) is None:
        return []
    return [Delete(chat=group.chat, name=name, urgency=Urgency.ANSWER)]


def _hello(ctx: Context, who: Ambassador) -> Post:
    """Shows where they will be asked, and whether that place is open."""
    return Post(
        chat=who.ref.private_chat,
        name=post_name(HELLO, who.id),
        text=views.hello(ctx.own, ctx.here.title),
        buttons=views.leaving(ctx.own, who.id),
        urgency=Urgency.ANSWER,
    )


@ambassadors.opened("yes")
async def opened(ctx: Context, event: Opened) -> Follows:
    """Somebody followed the link of their invitation: that is their yes."""
    who = await records.by_id(ctx.tx, number_in(event.payload.replace("-", ":")))
    if who is None or who.ref != event.member or who.state == State.REMOVED:
        return [ctx.whisper(views.not_yours(ctx.own))]
    if not await enter(ctx, who.group_id):
        return [ctx.whisper(views.group_gone(ctx.own))]
    title = ctx.here.title
    hello = ctx.whisper(views.hello(ctx.own, title), buttons=views.leaving(ctx.own, who.id))
    return [hello, *await _agreed(ctx, who)]


@ambassadors.on(Opened)
async def reachable_again(ctx: Context, event: Opened) -> None:
    """Who writes to the bot can be written to."""
    await records.reachable(ctx.tx, event.member, since=None)


@when_lost(HELLO)
async def closed(ctx: Context, event: Undelivered) -> Follows:
    """The private conversation is closed: remembered, and said where they are."""
    who = await records.by_id(ctx.tx, number_in(event.name))
    if who is None or event.reason != "gone" or not await enter(ctx, who.group_id):
        return []
    await records.reachable(ctx.tx, who.ref, since=ctx.now)
    name = await ctx.name_of(who.ref)
    link = ctx.capabilities(ctx.here.chat).private_link
    address = link.replace("{payload}", f"ambassadors-yes-{who.id}")
    return [
        Post(
            chat=ctx.here.chat,
            name=post_name(TELLING, who.id),
            text=views.closed(ctx.words, name),
            buttons=views.trying_again(ctx.words, who.id, address),
            urgency=Urgency.ANSWER,
        )
    ]


@ambassadors.choice("again")
async def tried_again(ctx: Context, event: ChoiceMade) -> Follows:
    """They say that they opened it."""
    who = await records.by_id(ctx.tx, number_in(event.choice))
    if who is None or who.ref != event.member:
        return [ctx.whisper(views.not_yours(ctx.own))]
    if not await enter(ctx, who.group_id):
        return [ctx.whisper(views.group_gone(ctx.own))]
    told = await posts.find(ctx.tx, ctx.here.id, post_name(TELLING, who.id))
    gone = Delete(chat=ctx.here.chat, name=post_name(TELLING, who.id), urgency=Urgency.ANSWER)
    if not who.active:
        said = ctx.own.say("You are no ambassador. {join} begins it.", join=code(views.JOIN))
        return [ctx.whisper(said), *([gone] if told else [])]
    return [*await welcomed(ctx, who), *([gone] if told else [])]


@ambassadors.command(Command("ambassador leave", N_("Be asked no more to begin")))
async def leave(ctx: Context, event: CommandGiven) -> Follows:
    """Somebody ends it."""
    who = await records.of(ctx.tx, ctx.here.community, ctx.member)
    if who is None or not who.active:
        said = ctx.own.say("You are no ambassador. {join} begins it.", join=code(views.JOIN))
        return [ctx.whisper(said)]
    await ended(ctx, who)
    return [ctx.whisper(views.left(ctx.own), buttons=views.undoing(ctx.own, who.id))]


@ambassadors.choice("stop")
async def stopped(ctx: Context, event: ChoiceMade) -> Follows:
    """The same by the button under anything that they were asked."""
    who = await records.by_id(ctx.tx, number_in(event.choice))
    if who is None or who.ref != event.member:
        return [ctx.whisper(views.not_yours(ctx.own))]
    if await enter(ctx, who.group_id):
        await ended(ctx, who)
    text = views.left(ctx.own)
    return [ctx.whisper(text, buttons=views.undoing(ctx.own, who.id), in_place=True)]


async def ended(ctx: Context, who: Ambassador, state: State = State.STOPPED) -> None:
    """Nothing more is asked of them, and what they had taken on goes to the next."""
    accounts = sorted(await identities.of(ctx.tx, who.ref))
    for ask in await ask_records.standing_of(ctx.tx, accounts, who.community):
        await ask_records.change(ctx.tx, ask, Asked.NO)
        await asking.turn_of_next(ctx, ask.group_id, ask.post)
    if state is State.STOPPED:
        await records.stop(ctx.tx, who.ref, who.community, ctx.now)
    await records.change(ctx.tx, who.id, state=state, at=ctx.now)


@ambassadors.choice("back")
async def came_back(ctx: Context, event: ChoiceMade) -> Follows:
    """It was not meant so."""
    who = await records.by_id(ctx.tx, number_in(event.choice))
    if who is None or who.ref != event.member or who.state == State.REMOVED:
        return [ctx.whisper(views.not_yours(ctx.own))]
    await records.change(ctx.tx, who.id, state=State.AGREED, at=ctx.now)
    text = ctx.own.say("You are an ambassador as before. Thank you.")
    return [ctx.whisper(text, buttons=views.leaving(ctx.own, who.id), in_place=True)]
