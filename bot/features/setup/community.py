"""`/community`: several groups, on any platforms, become one.

One group makes a code, another gives it, and a moderator of the first says yes: both sides
have agreed before anything is shared.
"""

from datetime import timedelta

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import AnyEffect, Button, Look, Post, Urgency
from bot.events import ChoiceMade, CommandGiven, CommunityChanged, Event
from bot.feature import answer_key
from bot.features.setup import records
from bot.features.setup.core import setup
from bot.i18n import Words
from bot.store import groups
from bot.store.groups import Group
from bot.text import Text, bold, clean, code

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without what is mistaken for something else
LENGTH = 8
GOOD_FOR = timedelta(hours=24)
NAME_LENGTH = 60

Answers = list[AnyEffect | Event]


@setup.command(
    Command(
        "community name",
        N_("Name the community that your groups form"),
        (Param("name", N_("What you call yourselves"), max_length=NAME_LENGTH),),
        moderator=True,
    )
)
async def name(ctx: Context, event: CommandGiven) -> Answers:
    """Gives the community its name."""
    called = " ".join(clean(event.args["name"]).split())
    if not called:
        return [ctx.whisper(ctx.own.say("A name needs at least one letter."))]
    await records.rename(ctx.tx, ctx.here.community, called)
    return [ctx.whisper(ctx.own.say("From now on you are {name}.", name=bold(called)))]


@setup.command(
    Command("community code", N_("Make a code that lets another group join"), moderator=True)
)
async def make_code(ctx: Context, event: CommandGiven) -> Answers:
    """A code for one other group, good for a day."""
    rng = ctx.rng
    made = "".join(rng.choice(ALPHABET) for _ in range(LENGTH))
    await records.offer(ctx.tx, ctx.here.id, made, ctx.now + GOOD_FOR)
    said = ctx.own.say(
        "A moderator of the other group types {command} there. The code works once and until "
        "{moment}. I ask you again before the group comes in.",
        command=code(f"/community join {made}"),
        moment=ctx.own.moment(ctx.now + GOOD_FOR),
    )
    return [ctx.whisper(said)]


@setup.command(
    Command(
        "community join",
        N_("Join the community of another group"),
        (Param("code", N_("The code from the other group"), max_length=40),),
        moderator=True,
    )
)
async def join(ctx: Context, event: CommandGiven) -> Answers:
    """Shows what joining means, to be confirmed on this side first."""
    given = clean(event.args["code"]).strip().upper()
    host = await _host(ctx, given)
    if host is None:
        return [ctx.whisper(_bad_code(ctx))]
    if host.community == ctx.here.community:
        return [ctx.whisper(ctx.own.say("You are one community already."))]
    others = await groups.of_community(ctx.tx, host.community)
    said = ctx.own.say(
        "You would join {community} ({groups}). You would share decks of prompts and the answers "
        "to prompts that you post together. Nothing else is shared, and {leave} ends it.",
        community=bold(await _called(ctx, host)),
        groups=ctx.own.listing([clean(group.title) or "…" for group in others]),
        leave=code("/community leave"),
    )
    yes = Button(ctx.own.plain("Ask to join"), f"setup.ask:{given}", look=Look.MAIN)
    return [ctx.panel(said, buttons=((yes,),))]


@setup.choice("ask", moderator=True)
async def ask(ctx: Context, event: ChoiceMade) -> Answers:
    """This side agrees; the other one is asked."""
    given = answer_key(event.choice)[1]
    host = await _host(ctx, given)
    if host is None or host.community == ctx.here.community:
        return [ctx.panel(_bad_code(ctx))]
    await records.ask(ctx.tx, given, ctx.here.id)
    words = Words(host.language, host.zone)
    said = words.say(
        "The group {group} would like to join your community. You would share decks of prompts "
        "and the answers to prompts that you post together.",
        group=bold(clean(ctx.here.title) or "…"),
    )
    buttons = (
        Button(words.plain("Let them in"), f"setup.admit:{given}", look=Look.MAIN),
        Button(words.plain("No"), f"setup.decline:{given}"),
    )
    there = Post(chat=host.moderators_chat, text=said, buttons=(buttons,), urgency=Urgency.ANSWER)
    asked = ctx.own.say("I have asked the moderators there and tell you what they say.")
    return [ctx.panel(asked), there]


@setup.choice("admit", moderator=True)
async def admit(ctx: Context, event: ChoiceMade) -> Answers:
    """The other side agrees: the groups are one community."""
    guest = await _guest(ctx, answer_key(event.choice)[1])
    if guest is None:
        return [ctx.panel(_bad_code(ctx))]
    await records.spend(ctx.tx, answer_key(event.choice)[1])
    changed = await _move(ctx, event, guest, ctx.here.community)
    words = Words(guest.language, guest.zone)
    called = bold(await _called(ctx, ctx.here))
    told = words.say("You are part of {community} now.", community=called)
    said = ctx.own.say("{group} is one of you now.", group=bold(clean(guest.title) or "…"))
    return [ctx.panel(said), _news(guest, told), changed]


@setup.choice("decline", moderator=True)
async def decline(ctx: Context, event: ChoiceMade) -> Answers:
    """The other side does not agree."""
    guest = await _guest(ctx, answer_key(event.choice)[1])
    if guest is None:
        return [ctx.panel(_bad_code(ctx))]
    await records.spend(ctx.tx, answer_key(event.choice)[1])
    told = Words(guest.language, guest.zone).say("The other group would rather stay as it is.")
    return [ctx.panel(ctx.own.say("Declined. I told them kindly.")), _news(guest, told)]


@setup.command(
    Command("community leave", N_("Leave the community and stand alone"), moderator=True)
)
async def leave(ctx: Context, event: CommandGiven) -> Answers:
    """The group is a community of its own again, with everything that is its own."""
    if len(await groups.of_community(ctx.tx, ctx.here.community)) < 2:
        return [ctx.whisper(ctx.own.say("This group is a community of its own already."))]
    own = await records.found(ctx.tx, ctx.here.title)
    changed = await _move(ctx, event, ctx.here, own)
    ctx.group = await groups.by_id(ctx.tx, ctx.here.id)
    said = ctx.own.say("This group stands alone now. Its schedules and decks stay.")
    return [ctx.whisper(said), changed]


async def _move(ctx: Context, event: Event, group: Group, community: int) -> CommunityChanged:
    await groups.join_community(ctx.tx, group.id, community)
    return CommunityChanged(
        id=f"{event.id}:community",
        at=event.at,
        chat=event.chat,
        group_id=group.id,
        before=group.community,
        after=community,
        emptied=not await groups.of_community(ctx.tx, group.community),
    )


def _news(group: Group, said: Text) -> Post:
    return Post(chat=group.moderators_chat, text=said, urgency=Urgency.ANSWER)


async def _host(ctx: Context, given: str) -> Group | None:
    """The group that made a code which is still good and asked for by no other group."""
    row = await records.by_code(ctx.tx, given, ctx.now)
    if row is None or row.group_id == ctx.here.id or row.asked_by not in (None, ctx.here.id):
        return None
    return await groups.by_id(ctx.tx, row.group_id)


async def _guest(ctx: Context, given: str) -> Group | None:
    """The group that asks to come in here with this code."""
    row = await records.by_code(ctx.tx, given, ctx.now)
    if row is None or row.group_id != ctx.here.id or row.asked_by is None:
        return None
    return await groups.by_id(ctx.tx, row.asked_by)


async def _called(ctx: Context, group: Group) -> str:
    return clean(await records.name_of(ctx.tx, group.community) or group.title) or "…"


def _bad_code(ctx: Context) -> Text:
    return ctx.own.say(
        "This code is not good, or not any more. {command} in the other group makes a new one.",
        command=code("/community code"),
    )
