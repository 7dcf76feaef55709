"""`/setup`: five questions with buttons, a summary, and the first prompt to look at.

Before the confirmation all answers are a draft; in a group that is set up each change counts at
once. The draft is in the store, so that a button works after a restart, and it belongs to one
moderator at a time.
"""

from datetime import date

from bot.commands import N_, Command
from bot.context import Context
from bot.events import (
    ChoiceMade,
    CommandGiven,
    Event,
    FormSubmitted,
    GroupReady,
    retold,
)
from bot.feature import answer_key
from bot.features.setup import progress, records, views
from bot.features.setup.core import setup
from bot.features.setup.progress import Answers
from bot.features.setup.rules import (
    NONE,
    PLANS,
    STEPS,
    Draft,
    all_zones,
    is_busy,
    meant,
    next_step,
)
from bot.features.setup.views import Panel
from bot.i18n import LANGUAGES, Words
from bot.misread import fault
from bot.text import code
from scheduler.errors import PhraseError
from scheduler.phrases import parse_rule
from scheduler.zones import parse_zone


@setup.command(Command("setup", N_("Set me up in this group, or change how I am"), moderator=True))
async def begin(ctx: Context, event: CommandGiven) -> Answers:
    """The first question, the next one of a setup under way, or the settings."""
    if ctx.here.ready:
        return [await progress.settings(ctx)]
    held = await records.draft(ctx.tx, ctx.here.id)
    if held and is_busy(held[1].member, str(event.member), held[1].at, ctx.now):
        return [await progress.busy(ctx, held[1].member)]
    draft = held[0] if held else Draft()
    await records.save(ctx.tx, ctx.here.id, event.member, draft, ctx.now)
    return [await progress.go_on(ctx, draft)]


@setup.choice("take", moderator=True)
async def take(ctx: Context, event: ChoiceMade) -> Answers:
    """Another moderator goes on with what was chosen so far."""
    held = await records.draft(ctx.tx, ctx.here.id)
    if held is None:
        return [progress.over(ctx)]
    await records.save(ctx.tx, ctx.here.id, event.member, held[0], ctx.now)
    return [await progress.go_on(ctx, held[0])]


@setup.choice("language", moderator=True)
async def language(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the four."""
    value = answer_key(event.choice)[1]
    return await progress.chosen(ctx, "language", value if value in LANGUAGES else None)


@setup.choice("room", moderator=True)
async def room(ctx: Context, event: ChoiceMade) -> Answers:
    """Where prompts go."""
    return await progress.chosen(ctx, "room", await _room(ctx, answer_key(event.choice)[1]))


@setup.choice("moderators_room", moderator=True)
async def moderators_room(ctx: Context, event: ChoiceMade) -> Answers:
    """Where moderators are told things, if anywhere."""
    key = answer_key(event.choice)[1]
    return await progress.chosen(
        ctx, "moderators_room", "" if key == NONE else await _room(ctx, key)
    )


async def _room(ctx: Context, key: str) -> str | None:
    return meant(key, [place.chat.room for place in await ctx.rooms()])


@setup.choice("zone", moderator=True)
async def zone(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the likely zones."""
    key = answer_key(event.choice)[1]
    return await progress.chosen(ctx, "zone", meant(key, [*all_zones(), ctx.here.zone]))


@setup.choice("plan", moderator=True)
async def plan(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the usual schedules, in the language of the group, or none."""
    key = answer_key(event.choice)[1]
    if key == NONE:
        return await progress.chosen(ctx, "plan", "")
    if not key.isdecimal() or int(key) >= len(PLANS):
        return [progress.over(ctx)]
    words = await progress.words_now(ctx)
    return await progress.chosen(ctx, "plan", words.plain(PLANS[int(key)]))


@setup.choice("other", moderator=True)
async def other(ctx: Context, event: ChoiceMade) -> Answers:
    """Something that no button says: a form."""
    step = answer_key(event.choice)[1]
    if step not in ("zone", "plan"):
        return [progress.over(ctx)]
    return [ctx.ask(views.form(await progress.words_now(ctx), step))]


@setup.form("zone", moderator=True)
async def zone_typed(ctx: Context, event: FormSubmitted) -> Answers:
    """A city or a zone by name."""
    try:
        found = parse_zone(event.values.get("said", ""))
    except PhraseError as error:
        return [await progress.again(ctx, "zone", fault(await progress.words_now(ctx), error))]
    return await progress.chosen(ctx, "zone", found)


@setup.form("plan", moderator=True)
async def plan_typed(ctx: Context, event: FormSubmitted) -> Answers:
    """A schedule in plain words."""
    said = event.values.get("said", "").strip()
    today: date = ctx.now.astimezone(Words(zone=ctx.here.zone).zone).date()
    try:
        parse_rule(said, today)
    except PhraseError as error:
        return [await progress.again(ctx, "plan", fault(await progress.words_now(ctx), error))]
    return await progress.chosen(ctx, "plan", said)


@setup.choice("change", moderator=True)
async def change(ctx: Context, event: ChoiceMade) -> Answers:
    """One question again."""
    step = answer_key(event.choice)[1]
    if step not in STEPS:
        return [progress.over(ctx)]
    if ctx.here.ready:
        return [
            progress.shown(
                ctx, views.question(await progress.scene_of(ctx, progress.current(ctx)), step)
            )
        ]
    held = await progress.held_by(ctx, event.member)
    if not isinstance(held, Draft):
        return [held]
    return [progress.shown(ctx, views.question(await progress.scene_of(ctx, held), step))]


@setup.choice("back", moderator=True)
async def back(ctx: Context, event: ChoiceMade) -> Answers:
    """To the settings."""
    return [await progress.settings(ctx)] if ctx.here.ready else [progress.over(ctx)]


@setup.choice("cancel", moderator=True)
async def cancel(ctx: Context, event: ChoiceMade) -> Answers:
    """Nothing was done, and nothing is kept."""
    held = await progress.held_by(ctx, event.member)
    if not isinstance(held, Draft):
        return [held]
    await records.drop(ctx.tx, ctx.here.id)
    return [
        progress.shown(
            ctx, Panel(progress.words_of(ctx, held).say("Cancelled. Nothing was changed."))
        )
    ]


@setup.choice("confirm", moderator=True)
async def confirm(ctx: Context, event: ChoiceMade) -> Answers:
    """The group is ready; other features bring the deck, the schedule and the preview."""
    draft = await progress.held_by(ctx, event.member)
    if not isinstance(draft, Draft):
        return [draft]
    if next_step(draft):
        return [await progress.go_on(ctx, draft)]
    await records.drop(ctx.tx, ctx.here.id)
    group = await ctx.change_group(
        language=draft.language,
        room=draft.room,
        zone=draft.zone,
        moderators_room=draft.moderators_room,
        ready=True,
    )
    if draft.plan:
        said = ctx.words.say("All set. This is how the first prompt will look.")
    else:
        said = ctx.words.say(
            "All set. {schedule} plans prompts whenever you like.",
            schedule=code("/prompt schedule"),
        )
    ready = GroupReady(
        id=f"{event.id}:ready",
        at=event.at,
        chat=group.chat,
        community=group.community,
        language=group.language,
    )
    return [progress.shown(ctx, Panel(said)), ready, *_first_prompt(event, draft.plan or "")]


def _first_prompt(event: ChoiceMade, plan: str) -> list[Event]:
    """Plans it and shows it, by the commands that anybody can read about in `/help`."""
    if not plan:
        return []
    return [_command(event, "prompt schedule", when=plan), _command(event, "prompt preview")]


def _command(event: ChoiceMade, path: str, **args: str) -> CommandGiven:
    """A command as if the moderator had given it now."""
    return retold(event, CommandGiven, path, path=path, args=args)
