"""What other systems are told of prompts: one is coming, one goes out, somebody took part.

A prompt is announced a day before it comes, so that somebody can be asked to begin.
"""

from datetime import datetime, timedelta

from bot.context import Context
from bot.events import Due, Event, MessagePosted, PollVoted
from bot.feature import Follows
from bot.features.prompts import card_records, drawing, reply_records
from bot.features.prompts import schedule_records as records
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.post_records import Posted
from bot.features.prompts.post_views import ABOVE
from bot.features.prompts.schedule_records import Plan
from bot.follow_ups import Coming, TookPart, WorthAnswering
from bot.refs import ChatRef, MemberRef
from bot.topics import key_of

KIND = "prompt"
COMING = "coming"
AHEAD = timedelta(days=1)


def key(plan: Plan) -> str:
    """The key of the moment at which the schedule's next prompt is announced."""
    return f"prompt-coming:{plan.id}:{plan.next_slot}"


def announce(ctx: Context, plan: Plan, at: datetime) -> None:
    """Asks for the moment a day before a prompt comes."""
    argument = f"{plan.id} {plan.next_slot}"
    ctx.arm(key(plan), max(at - AHEAD, ctx.now), COMING, argument)


def topics(card: Card) -> tuple[str, ...]:
    """What a card is about, as far as its author said so."""
    found = key_of(card.category)
    return (found,) if found else ()


def author(card: Card) -> MemberRef | None:
    """The member who suggested a card."""
    return MemberRef.parse(card.author) if card.author else None


@prompt.due(COMING)
async def coming(ctx: Context, event: Due) -> Follows:
    """A prompt comes within a day: whoever wants to prepare for it hears of it.

    A game does not: nobody has to begin it, its lobby invites when it opens."""
    number, _, slot = event.arg.partition(" ")
    plan = await records.find(ctx.tx, int(number))
    if ctx.group is None or plan is None or plan.paused or plan.deleted_at:
        return []
    if plan.game or plan.next_slot != slot or plan.due_at is None or plan.due_at <= ctx.now:
        return []
    card = (await drawing.peek(ctx.tx, plan.deck, [plan.occasion(slot)]))[0]
    if card is None:
        return []
    name = plan.post_name(slot)
    return [
        Coming(
            id=f"{event.id}:coming",
            at=ctx.now,
            chat=ctx.here.chat.in_room(plan.room),
            name=name + ABOVE if card.options else name,
            kind=KIND,
            subject=card.text,
            topics=topics(card),
            author=author(card),
            due_at=plan.due_at,
        )
    ]


def going_out(ctx: Context, card: Card, posted: Posted, chat: ChatRef) -> Event:
    """A prompt goes out with what this event leads to. A poll has its names above it."""
    return WorthAnswering(
        id=f"{ctx.event.id}:worth:{posted.id}",
        at=ctx.now,
        chat=chat,
        name=posted.name + ABOVE if card.options else posted.name,
        kind=KIND,
        subject=card.text,
        topics=topics(card),
        author=author(card),
    )


async def took_part(ctx: Context, event: MessagePosted | PollVoted, posted: Posted) -> Follows:
    """Told once for each person and prompt; to be asked before the answer is kept."""
    if await reply_records.has_taken_part(ctx.tx, posted.id, event.member):
        return []
    card = await card_records.by_id(ctx.tx, posted.card)
    if card is None:
        return []
    return [
        TookPart(
            id=f"{event.id}:part",
            at=event.at,
            chat=event.chat,
            member=event.member,
            name=event.name,
            post=posted.name,
            kind=KIND,
            subject=card.text,
            topics=topics(card),
            message=event.message if isinstance(event, MessagePosted) else "",
        )
    ]
