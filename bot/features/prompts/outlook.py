"""What will be posted: the next prompt exactly, and the next seven days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from msgspec import Struct

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect
from bot.events import CommandGiven
from bot.features.prompts import drawing, post_views
from bot.features.prompts import schedule_records as records
from bot.features.prompts import schedule_views as views
from bot.features.prompts.card_records import Card
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_views import short
from bot.features.prompts.posting import place_of
from bot.features.prompts.schedule_changes import NUMBER, listed, meant
from bot.features.prompts.schedule_choices import on_plan
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import slots_until
from bot.games import game
from bot.text import Part, Text, bold, isolated, italic

WEEK = timedelta(days=7)
LINE = 70
_INSTANT = timedelta(milliseconds=1)


class Coming(Struct, frozen=True):
    """A slot of this group, and the card that it will get; None if the deck has none."""

    plan: Plan
    at: datetime
    card: Card | None


async def coming(ctx: Context, end: datetime) -> list[Coming]:
    """What this group will get before `end`, soonest first.

    The other groups of the community draw from the same decks, so their slots are counted too.
    """
    plans = await records.of_community(ctx.tx, ctx.here.community)
    all_slots = [
        (at, plan.id, name, plan)
        for plan in plans
        if plan.next and plan.due_at
        for name, at in slots_until(plan.schedule, plan.seed, plan.next, plan.due_at, end)
    ]
    all_slots.sort(key=lambda slot: slot[:2])
    found: list[Coming] = []
    for deck in {plan.deck for plan in plans if plan.group_id == ctx.here.id}:  # 0: those of games
        mine = [(at, name, plan) for at, _, name, plan in all_slots if plan.deck == deck]
        cards = await drawing.peek(ctx.tx, deck, [p.occasion(name) for _, name, p in mine])
        found += [
            Coming(plan, at, card)
            for (at, _, plan), card in zip(mine, cards, strict=True)
            if plan.group_id == ctx.here.id
        ]
    return sorted(found, key=lambda one: (one.at, one.plan.id))


@prompt.command(
    Command(
        "prompt preview", N_("See the next prompt exactly as it will be"), (NUMBER,), moderator=True
    )
)
async def preview(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Shows the next post, for the moderator's eyes."""
    plan = await meant(ctx, event.args.get("number", ""))
    return [await previewed(ctx, plan) if isinstance(plan, Plan) else plan]


@on_plan("see")
async def see(ctx: Context, plan: Plan) -> AnyEffect:
    """The same, by a button."""
    return await previewed(ctx, plan)


async def previewed(ctx: Context, plan: Plan) -> AnyEffect:
    """The next post of a schedule, as a whisper."""
    if plan.due_at is None or plan.paused or ctx.here.paused:
        return ctx.whisper(views.details(ctx.own, plan, ctx.here))
    line = await coming(ctx, plan.due_at + _INSTANT)
    card = next((one.card for one in line if one.plan.id == plan.id), None)
    room = views.room_name(ctx.own, plan)
    moment = ctx.own.moment(plan.due_at)
    head = ctx.own.say("{moment}, in {room}:", moment=moment, room=room)
    if plan.game:
        coming_game = game(plan.game)
        title = Text.of(bold(coming_game.title(ctx.own)))
        parts = [Text.of(italic(str(head))), title, coming_game.about(ctx.own)]
        return ctx.whisper(Text.join("\n\n", parts))
    if card is None:
        empty = ctx.own.say("The deck {deck} has no prompt left.", deck=isolated(plan.deck_name))
        return ctx.whisper(empty)
    look = await post_views.look(ctx, card, place_of(ctx, plan))
    text = Text.join("\n\n", [Text.of(italic(str(head))), post_views.preview(look)])
    return ctx.whisper(text, attachment=look.picture)


@prompt.command(
    Command("prompt week", N_("See the prompts of the next seven days"), moderator=True)
)
async def week(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The next seven days."""
    plans = await records.of_group(ctx.tx, ctx.here.id)
    if not plans:
        return [listed(ctx, plans)]
    line = await coming(ctx, ctx.now + WEEK)
    return [ctx.whisper(week_view(ctx, plans, line))]


def week_view(ctx: Context, plans: Sequence[Plan], line: Sequence[Coming]) -> Text:
    """Day by day, in the group's local dates."""
    words = ctx.own
    lines: list[Part] = []
    today: date | None = None
    for one in line:
        day = one.at.astimezone(words.zone).date()
        if day != today:
            lines.append(bold(words.date(day)))
            today = day
        lines.append(_line(ctx, one))
    if ctx.here.paused:
        lines = [words.say("This group is paused: nothing is posted until it is resumed.")]
    elif not lines:
        lines = [words.say("Nothing is planned for the next seven days.")]
    paused = [views.rhythm(words, plan) for plan in plans if plan.paused]
    if paused and not ctx.here.paused:
        lines.append(words.say("Paused: {plans}", plans=words.listing(paused)))
    return Text.join("\n", lines)


def _line(ctx: Context, one: Coming) -> Text:
    words = ctx.own
    if one.plan.game:
        text = game(one.plan.game).title(words)
    elif one.card is None:
        text = words.plain("no prompt left in the deck")
    else:
        text = short(one.card.text, LINE)
    parts: list[Part] = [words.time(one.at), " · ", text]
    if one.plan.room:
        parts += [" · ", views.room_name(words, one.plan)]
    if one.plan.moved_to == one.at:
        parts += [" · ", italic(words.plain("moved"))]
    return Text.of(*parts)
