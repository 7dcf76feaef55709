"""Nobody posts into silence: a first post or a question without a human answer is shown to two
volunteers, in private."""

from datetime import timedelta

from bot.aside import enter
from bot.context import Context
from bot.effects import OnDoubt, Post
from bot.events import (
    ChoiceMade,
    Due,
    MemberJoined,
    MemberLeft,
    MessageDeleted,
    MessagePosted,
    Undelivered,
)
from bot.feature import Follows
from bot.features.ambassadors import records as volunteers
from bot.features.ambassadors import silence_records as records
from bot.features.ambassadors import silence_views as views
from bot.features.ambassadors.core import (
    ambassadors,
    number_in,
    post_name,
    when_lost,
)
from bot.features.ambassadors.silence_ear import NEWCOMER, PATIENCE, Ear
from bot.features.ambassadors.silence_records import FIRST, QUESTION, Waiting
from bot.follow_ups import Unanswered
from bot.refs import MemberRef
from bot.store import members
from bot.text import clean, isolated
from bot.waking import after_waking

VOLUNTEERS = 2
WAIT_MINUTES = 120
"""Minutes between 9 and 21 o'clock after which silence is noticed (product.md)."""
FRESH = timedelta(hours=2)
"""After this the volunteers who were chosen may be asleep."""
GREET = "greet"


@ambassadors.on(MemberJoined)
async def joined(ctx: Context, event: MemberJoined) -> None:
    """Whoever comes in is listened for; who was found here is no newcomer."""
    if ctx.group is None or event.known or event.is_bot:
        return
    await records.forget_before(ctx.tx, ctx.now - NEWCOMER)
    await records.expect(ctx.tx, ctx.here.id, event.member, ctx.now)
    ear, chat = ctx.ear, ctx.here.chat
    ctx.after_commit.append(lambda: ear.expect(chat, event.member))


@ambassadors.on(MemberLeft)
async def left(ctx: Context, event: MemberLeft) -> None:
    """Whoever goes is not listened for."""
    if ctx.group is not None:
        await records.spoke(ctx.tx, ctx.here.id, event.member)
        ctx.ear.spoke(ctx.here.chat, event.member)


@ambassadors.overhears(Ear)
async def overheard(ctx: Context, event: MessagePosted) -> None:
    """Somebody's first words, or an answer to such."""
    if ctx.group is None:
        return
    for number in ctx.ear.answered_by(event):
        await records.answered(ctx.tx, number, ctx.now)
        ctx.ear.settled(event.chat, number)
        ctx.disarm(f"ambassadors:greet:{number}")
    since = await records.spoke(ctx.tx, ctx.here.id, event.member)
    ctx.ear.spoke(event.chat, event.member)
    if since is not None and ctx.now - since < NEWCOMER and event.reply_to is None:
        await _first_post(ctx, event)


async def _first_post(ctx: Context, event: MessagePosted) -> None:
    one = await records.wait(
        ctx.tx,
        kind=FIRST,
        group_id=ctx.here.id,
        room=event.chat.room,
        message=event.message,
        member=str(event.member),
        member_name=clean(event.name)[: records.NAME],
        at=ctx.now,
    )
    ear = ctx.ear
    ctx.after_commit.append(lambda: ear.watch(event.chat, one))
    at = after_waking(ctx.now, WAIT_MINUTES, ctx.here.zone)
    ctx.arm(f"ambassadors:greet:{one.id}", at, "greet", str(one.id))


@ambassadors.on(MessageDeleted)
async def deleted(ctx: Context, event: MessageDeleted) -> None:
    """What was taken back needs no answer."""
    if ctx.group is not None:
        await records.withdraw(ctx.tx, ctx.here.id, event.message)


@ambassadors.due("greet")
async def unanswered_first_post(ctx: Context, event: Due) -> Follows:
    """Two hours have passed since a first post."""
    one = await records.by_id(ctx.tx, int(event.arg))
    if one is None or ctx.group is None or one.answered_at is not None or one.shown_at is not None:
        return []
    here = await members.present_among(ctx.tx, ctx.here.id, [one.member])
    if not here or ctx.here.paused or not ctx.here.active:
        return []
    return await shown(ctx, one, VOLUNTEERS)


@ambassadors.on(Unanswered)
async def unanswered_question(ctx: Context, event: Unanswered) -> Follows:
    """Nobody who may know could be asked about a question."""
    if ctx.group is None:
        return []
    one = await records.wait(
        ctx.tx,
        kind=QUESTION,
        group_id=ctx.here.id,
        room=event.chat.room,
        message=event.message,
        post=event.post,
        member=str(event.asker),
        member_name=event.asker_name[: records.NAME],
        subject=event.subject,
        at=ctx.now,
    )
    return await shown(ctx, one, VOLUNTEERS)


async def shown(ctx: Context, one: Waiting, people: int) -> Follows:
    """Asks so many volunteers who were not asked yet; fewer if there are no more."""
    before = await records.shown_to(ctx.tx, one.id)
    chosen = await volunteers.volunteers(ctx, ctx.here, {one.author, *before}, people)
    return [await _private(ctx, one, member) for member in chosen]


async def _private(ctx: Context, one: Waiting, member: MemberRef) -> Post:
    showing = await records.show(ctx.tx, one.id, member, ctx.now)
    await volunteers.asked(ctx.tx, member, ctx.here.community, ctx.now)
    who = await volunteers.of(ctx.tx, ctx.here.community, member)
    words = await ctx.words_for(member)
    template = ctx.capabilities(one.chat_in(ctx.here)).message_link
    address = template.replace("{message}", one.message) if one.message else ""
    return Post(
        chat=member.private_chat,
        name=post_name(GREET, showing),
        text=views.asked(words, one, ctx.here.title, address),
        buttons=views.buttons(words, showing, who.id if who else 0),
        pings=(member,),
        stale_after=ctx.now + FRESH,
        on_doubt=OnDoubt.SKIP,
    )


@when_lost(GREET)
async def not_shown(ctx: Context, event: Undelivered) -> Follows:
    """A volunteer could not be reached: the next one is asked; in doubt it may have arrived."""
    found = await records.showing(ctx.tx, number_in(event.name))
    if found is None or event.reason == "doubt":
        return []
    one, member = found
    if event.reason == "gone":
        await volunteers.reachable(ctx.tx, member, since=ctx.now)
    return await _to_another(ctx, one)


async def _to_another(ctx: Context, one: Waiting) -> Follows:
    if one.answered_at is not None or ctx.now - one.at > PATIENCE:
        return []
    return await shown(ctx, one, 1) if await enter(ctx, one.group_id) else []


async def _pressed(ctx: Context, event: ChoiceMade, answer: str) -> Waiting | None:
    number = number_in(event.choice)
    found = await records.showing(ctx.tx, number)
    if found is None or found[1] != event.member:
        return None
    await records.say(ctx.tx, number, answer)
    return found[0]


def _gone(ctx: Context) -> Follows:
    return [ctx.whisper(ctx.own.say("That is settled. Thank you for looking."), in_place=True)]


@ambassadors.choice("greet-yes")
async def will_answer(ctx: Context, event: ChoiceMade) -> Follows:
    """A volunteer goes there."""
    one = await _pressed(ctx, event, "yes")
    if one is None:
        return _gone(ctx)
    thanks = ctx.own.say("Thank you. {name} will be glad.", name=isolated(one.member_name))
    return [ctx.whisper(thanks, in_place=True)]


@ambassadors.choice("greet-no")
async def not_now(ctx: Context, event: ChoiceMade) -> Follows:
    """A volunteer has no time: somebody else is asked."""
    one = await _pressed(ctx, event, "no")
    if one is None:
        return _gone(ctx)
    said = ctx.whisper(ctx.own.say("All right. I'll ask somebody else."), in_place=True)
    return [said, *await _to_another(ctx, one)]
