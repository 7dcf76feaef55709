"""Posts a prompt when its slot comes, exactly once, and tells moderators what could not be."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.effects import AnyEffect, Button, Post, Urgency
from bot.events import Due, Undelivered
from bot.feature import Follows
from bot.features.prompts import (
    card_records,
    drawing,
    inviting,
    planning,
    post_records,
    post_views,
)
from bot.features.prompts import schedule_records as records
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_rules import LOW
from bot.features.prompts.deck_views import short
from bot.features.prompts.post_records import Posted
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import judge, next_day
from bot.features.prompts.spoken import sentence, spoken
from bot.follow_ups import GamePlanned
from bot.refs import ChatRef
from bot.text import Text, bold, code, isolated, quote
from scheduler.calendar import Slot

TELL_AFTER = timedelta(minutes=1)
"""Skipped slots of all schedules are gathered for so long and told in one message."""
OTHERS = "others"


def place_of(ctx: Context, plan: Plan) -> ChatRef:
    """The chat that a schedule posts into."""
    return ctx.here.chat.in_room(plan.room) if plan.room else ctx.here.chat


@prompt.due(planning.DUE)
async def slot_came(ctx: Context, event: Due) -> Follows:
    """Posts the slot if it is not too late, and arms the next one in any case."""
    number, _, slot_name = event.arg.partition(" ")
    plan = await records.find(ctx.tx, int(number))
    if ctx.group is None or plan is None or plan.paused or plan.deleted_at:
        return []
    slot = plan.next
    if slot is None or slot.name != slot_name or plan.due_at != event.due_at:
        return []
    verdict = judge(plan.schedule, plan.seed, slot, event.due_at, ctx.now)
    silent = ctx.here.paused or not ctx.here.active
    found: Follows = []
    if verdict.post and not silent:
        found = await _post_slot(ctx, plan, slot.name)
    if verdict.missed and not silent:
        await _miss(ctx, plan, verdict.missed)
    after = verdict.after
    current = await records.find(ctx.tx, plan.id) or plan
    await planning.plan_after(ctx, current, after, passed_slot=after.name, passed_at=after.at)
    return found


async def _post_slot(ctx: Context, plan: Plan, slot: str) -> Follows:
    name = plan.post_name(slot)
    if plan.game:
        return [_game(ctx, plan, name)]
    card = await drawing.draw(ctx.tx, plan.deck, plan.occasion(slot), ctx.now)
    if card is None:
        return [await _stopped(ctx, plan)]
    posted = await post_records.record(
        ctx.tx, ctx.here.id, name, card.id, plan.occasion(slot), ctx.now, plan.id
    )
    if posted is None:
        return []
    if plan.others and plan.together:
        at = next_day(ctx.now, plan.schedule.zone)
        ctx.arm(f"prompt:others:{posted.id}", at, OTHERS, str(posted.id))
    told = await _running_low(ctx, plan)
    return [*await send(ctx, card, posted, place_of(ctx, plan)), *told]


def _game(ctx: Context, plan: Plan, name: str) -> GamePlanned:
    return GamePlanned(
        id=f"{ctx.event.id}:game",
        at=ctx.now,
        chat=place_of(ctx, plan),
        name=name,
        game=plan.game,
    )


async def send(ctx: Context, card: Card, posted: Posted, chat: ChatRef) -> Follows:
    """What brings a prompt into a chat, and tells the other systems of it."""
    seen = await post_views.look(ctx, card, chat)
    made = post_views.effects(card, seen, chat, posted.name, ctx.capabilities(chat), ctx)
    if any(isinstance(effect, Post) for effect in made):
        return [*made, inviting.going_out(ctx, card, posted, chat)]
    return [*made]


async def _stopped(ctx: Context, plan: Plan) -> AnyEffect:
    """An empty deck: the schedule pauses, so that this is told once."""
    await records.change(ctx.tx, plan.id, paused=True)
    text = ctx.words.say(
        "The deck {deck} has no prompts left to post, so I paused this plan: {rhythm}. "
        "{command} fills the deck; then resume it.",
        deck=isolated(plan.deck_name),
        rhythm=spoken(ctx.words, plan.schedule.rule),
        command=code("/prompt add"),
    )
    resume = Button(ctx.words.plain("Resume"), f"prompt.plan-resume:{plan.id}")
    return to_moderators(ctx, text, resume)


async def _running_low(ctx: Context, plan: Plan) -> list[AnyEffect]:
    """Said at the same number in each round, so once in a round; a deck that never holds more
    than that is a ritual and meant to come again."""
    left = await drawing.remaining(ctx.tx, plan.deck)
    if left != LOW:
        return []
    deck = isolated(plan.deck_name)
    text = ctx.words.say_n(
        "{n} prompt of the deck {deck} is left before they come again. {command} adds new ones.",
        "{n} prompts of the deck {deck} are left before they come again. {command} adds new ones.",
        left,
        deck=deck,
        command=code("/prompt add"),
    )
    return [to_moderators(ctx, text)]


def to_moderators(ctx: Context, text: Text, *buttons: Button) -> Post:
    """A word to the moderators, where they are told things."""
    return Post(
        chat=ctx.here.moderators_chat,
        text=text,
        buttons=(buttons,) if buttons else (),
        urgency=Urgency.BULK,
    )


async def _miss(ctx: Context, plan: Plan, slots: tuple[Slot, ...]) -> None:
    await records.miss(ctx.tx, ctx.here.id, plan.id, slots)
    ctx.arm(f"prompt:missed:{ctx.here.id}", ctx.now + TELL_AFTER, "missed")


@prompt.due("missed")
async def tell_missed(ctx: Context, event: Due) -> list[AnyEffect]:
    """One message about everything that an outage skipped."""
    if ctx.group is None:
        return []
    found = await records.take_missed(ctx.tx, ctx.here.id)
    moments: dict[int, list[datetime]] = {}
    for row in found:
        moments.setdefault(row.schedule, []).append(row.at)
    lines = [await _missed_line(ctx, plan, times) for plan, times in moments.items()]
    if not lines:
        return []
    title = bold(ctx.words.plain("I was away, and left out the prompts of that time."))
    end = ctx.words.say(
        "Everything goes on as planned. {command} posts one right away.",
        command=code("/prompt now"),
    )
    return [to_moderators(ctx, Text.join("\n", [title, *lines, end]))]


async def _missed_line(ctx: Context, number: int, times: list[datetime]) -> Text:
    words = ctx.words
    plan = await records.find(ctx.tx, number)
    rhythm = sentence(spoken(words, plan.schedule.rule)) if plan else "?"
    if len(times) == 1:
        return words.say("{rhythm}: {moment}", rhythm=rhythm, moment=words.moment(times[0]))
    return words.say_n(
        "{rhythm}: {n} prompt, {first} to {last}",
        "{rhythm}: {n} prompts, {first} to {last}",
        len(times),
        rhythm=rhythm,
        first=words.moment(times[0]),
        last=words.moment(times[-1]),
    )


@prompt.undelivered
async def undelivered(ctx: Context, event: Undelivered) -> list[AnyEffect]:
    """A prompt that was not sent does not count, and moderators hear why."""
    if ctx.group is None or event.name.endswith(post_records.TALK):
        return []
    posted = await post_records.by_name(ctx.tx, ctx.here.id, event.name) if event.name else None
    if posted is None:
        return []
    card = await card_records.by_id(ctx.tx, posted.card)
    if event.reason == "doubt":
        return [_in_doubt(ctx, posted, card)]
    await post_records.withdraw(ctx.tx, posted, card.deck if card else 0)
    ctx.disarm(f"prompt:others:{posted.id}")
    if event.reason == "stale" and posted.schedule:
        plan = await records.find(ctx.tx, posted.schedule)
        if plan:
            await _miss(ctx, plan, (Slot(posted.slot, posted.posted_at),))
        return []
    return [_refused(ctx, posted, event)] if event.reason in ("gone", "refused") else []


def _in_doubt(ctx: Context, posted: Posted, card: Card | None) -> AnyEffect:
    text = ctx.words.say(
        "The connection broke while I posted this prompt, and I can't tell whether it arrived:"
    )
    asked = ctx.words.say("If it is not there, post it again.")
    again = Button(ctx.words.plain("Post it again"), f"prompt.again:{posted.id}")
    shown = Text.of(quote(short(card.text))) if card else Text()
    return to_moderators(ctx, Text.join("\n", [text, shown, asked]), again)


def _refused(ctx: Context, posted: Posted, event: Undelivered) -> AnyEffect:
    moment = ctx.words.moment(posted.posted_at)
    if event.reason == "gone":
        text = ctx.words.say(
            "The prompt of {moment} could not be posted: the room is gone or closed to me. "
            "{check} shows what is missing, {plan} changes the room.",
            moment=moment,
            check=code("/check"),
            plan=code("/prompt schedule"),
        )
    else:
        text = ctx.words.say(
            "The prompt of {moment} was refused by the platform. It stays in its deck.",
            moment=moment,
        )
    return to_moderators(ctx, text)
