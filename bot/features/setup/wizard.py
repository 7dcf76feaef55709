"""`/setup`: five questions with buttons, a summary, and the first prompt to look at.

Before the confirmation all answers are a draft; in a group that is set up each change counts at
once. The draft is in the store, so that a button works after a restart, and it belongs to one
moderator at a time.
"""

from datetime import date

from msgspec.structs import replace

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Urgency
from bot.events import (
    Answerable,
    ChoiceMade,
    CommandGiven,
    Event,
    FormSubmitted,
    GroupReady,
)
from bot.feature import answer_key
from bot.features.setup import records, views
from bot.features.setup.core import setup
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
from bot.features.setup.views import Panel, Scene
from bot.i18n import LANGUAGES, Words, closest
from bot.misread import fault
from bot.refs import MemberRef
from bot.text import Text, code
from scheduler.errors import PhraseError
from scheduler.phrases import parse_rule
from scheduler.zones import parse_zone

Answers = list[AnyEffect | Event]


@setup.command(Command("setup", N_("Set me up in this group, or change how I am"), moderator=True))
async def begin(ctx: Context, event: CommandGiven) -> Answers:
    """The first question, the next one of a setup under way, or the settings."""
    if ctx.here.ready:
        return [await _settings(ctx)]
    held = await records.draft(ctx.tx, ctx.here.id)
    if held and is_busy(held[1].member, str(event.member), held[1].at, ctx.now):
        return [await _busy(ctx, held[1].member)]
    draft = held[0] if held else Draft()
    await records.save(ctx.tx, ctx.here.id, event.member, draft, ctx.now)
    return [await _go_on(ctx, draft)]


@setup.choice("take", moderator=True)
async def take(ctx: Context, event: ChoiceMade) -> Answers:
    """Another moderator goes on with what was chosen so far."""
    held = await records.draft(ctx.tx, ctx.here.id)
    if held is None:
        return [_over(ctx)]
    await records.save(ctx.tx, ctx.here.id, event.member, held[0], ctx.now)
    return [await _go_on(ctx, held[0])]


@setup.choice("language", moderator=True)
async def language(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the four."""
    value = answer_key(event.choice)[1]
    return await _chosen(ctx, "language", value if value in LANGUAGES else None)


@setup.choice("room", moderator=True)
async def room(ctx: Context, event: ChoiceMade) -> Answers:
    """Where prompts go."""
    return await _chosen(ctx, "room", await _room(ctx, answer_key(event.choice)[1]))


@setup.choice("moderators_room", moderator=True)
async def moderators_room(ctx: Context, event: ChoiceMade) -> Answers:
    """Where moderators are told things, if anywhere."""
    key = answer_key(event.choice)[1]
    return await _chosen(ctx, "moderators_room", "" if key == NONE else await _room(ctx, key))


async def _room(ctx: Context, key: str) -> str | None:
    return meant(key, [place.chat.room for place in await ctx.rooms()])


@setup.choice("zone", moderator=True)
async def zone(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the likely zones."""
    key = answer_key(event.choice)[1]
    return await _chosen(ctx, "zone", meant(key, [*all_zones(), ctx.here.zone]))


@setup.choice("plan", moderator=True)
async def plan(ctx: Context, event: ChoiceMade) -> Answers:
    """One of the usual schedules, in the language of the group, or none."""
    key = answer_key(event.choice)[1]
    if key == NONE:
        return await _chosen(ctx, "plan", "")
    if not key.isdecimal() or int(key) >= len(PLANS):
        return [_over(ctx)]
    held = await records.draft(ctx.tx, ctx.here.id)
    words = _words(ctx, held[0] if held else Draft())
    return await _chosen(ctx, "plan", words.plain(PLANS[int(key)]))


@setup.choice("other", moderator=True)
async def other(ctx: Context, event: ChoiceMade) -> Answers:
    """Something that no button says: a form."""
    step = answer_key(event.choice)[1]
    if step not in ("zone", "plan"):
        return [_over(ctx)]
    held = await records.draft(ctx.tx, ctx.here.id)
    return [
        AskForm(
            chat=event.chat,
            to=event.member,
            form=views.form(_words(ctx, held[0] if held else Draft()), step),
            answering=event.answer,
            urgency=Urgency.ANSWER,
        )
    ]


@setup.form("zone", moderator=True)
async def zone_typed(ctx: Context, event: FormSubmitted) -> Answers:
    """A city or a zone by name."""
    try:
        found = parse_zone(event.values.get("said", ""))
    except PhraseError as error:
        return [await _again(ctx, "zone", fault(ctx.own, error))]
    return await _chosen(ctx, "zone", found)


@setup.form("plan", moderator=True)
async def plan_typed(ctx: Context, event: FormSubmitted) -> Answers:
    """A schedule in plain words."""
    said = event.values.get("said", "").strip()
    today: date = ctx.now.astimezone(Words(zone=ctx.here.zone).zone).date()
    try:
        parse_rule(said, today)
    except PhraseError as error:
        return [await _again(ctx, "plan", fault(ctx.own, error))]
    return await _chosen(ctx, "plan", said)


@setup.choice("change", moderator=True)
async def change(ctx: Context, event: ChoiceMade) -> Answers:
    """One question again."""
    step = answer_key(event.choice)[1]
    if step not in STEPS:
        return [_over(ctx)]
    if ctx.here.ready:
        return [_panel(ctx, views.question(await _scene(ctx, _current(ctx)), step))]
    held = await _held(ctx, event.member)
    if not isinstance(held, Draft):
        return [held]
    return [_panel(ctx, views.question(await _scene(ctx, held), step))]


@setup.choice("back", moderator=True)
async def back(ctx: Context, event: ChoiceMade) -> Answers:
    """To the settings."""
    return [await _settings(ctx)] if ctx.here.ready else [_over(ctx)]


@setup.choice("cancel", moderator=True)
async def cancel(ctx: Context, event: ChoiceMade) -> Answers:
    """Nothing was done, and nothing is kept."""
    held = await _held(ctx, event.member)
    if not isinstance(held, Draft):
        return [held]
    await records.drop(ctx.tx, ctx.here.id)
    return [_panel(ctx, Panel(_words(ctx, held).say("Cancelled. Nothing was changed.")))]


@setup.choice("confirm", moderator=True)
async def confirm(ctx: Context, event: ChoiceMade) -> Answers:
    """The group is ready; other features bring the deck, the schedule and the preview."""
    draft = await _held(ctx, event.member)
    if not isinstance(draft, Draft):
        return [draft]
    if next_step(draft):
        return [await _go_on(ctx, draft)]
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
    return [_panel(ctx, Panel(said)), ready, *_first_prompt(event, draft.plan or "")]


def _first_prompt(event: ChoiceMade, plan: str) -> list[Event]:
    """Plans it and shows it, by the commands that anybody can read about in `/help`."""
    if not plan:
        return []
    return [_command(event, "prompt schedule", when=plan), _command(event, "prompt preview")]


def _command(event: ChoiceMade, path: str, **args: str) -> CommandGiven:
    """A command as if the moderator had given it now."""
    return CommandGiven(
        id=f"{event.id}:{path}",
        at=event.at,
        chat=event.chat,
        member=event.member,
        name=event.name,
        answer=event.answer,
        moderator=event.moderator,
        language=event.language,
        path=path,
        args=args,
    )


async def _chosen(ctx: Context, step: str, value: str | None) -> Answers:
    """Keeps an answer and goes on; None is something that is not on offer any more."""
    if value is None:
        return [await _again(ctx, step, ctx.own.say("That is not there any more."))]
    if ctx.here.ready:
        if step == "plan":
            return [_over(ctx)]
        await ctx.change_group(**{step: value})
        return [await _settings(ctx, saved=True)]
    held = await _held(ctx, ctx.member)
    if not isinstance(held, Draft):
        return [held]
    draft = replace(held, **{step: value})
    await records.save(ctx.tx, ctx.here.id, ctx.member, draft, ctx.now)
    return [await _go_on(ctx, draft)]


async def _held(ctx: Context, member: MemberRef) -> Draft | AnyEffect:
    """The draft of this moderator, or what to tell them instead."""
    held = await records.draft(ctx.tx, ctx.here.id)
    if held is None:
        return _over(ctx)
    draft, row = held
    if row.member != str(member):
        return await _busy(ctx, row.member)
    return draft


async def _go_on(ctx: Context, draft: Draft) -> AnyEffect:
    """The next question, or the summary; what has only one answer is not asked."""
    scene = await _scene(ctx, draft)
    if len(scene.places) <= 1:
        only = scene.places[0].chat.room if scene.places else ctx.here.room
        settled = replace(draft, room=only, moderators_room=draft.moderators_room or "")
        if settled != draft:
            await records.save(ctx.tx, ctx.here.id, ctx.member, settled, ctx.now)
            scene = replace(scene, draft=settled)
    step = next_step(scene.draft)
    return _panel(ctx, views.question(scene, step) if step else views.summary(scene))


async def _again(ctx: Context, step: str, said: Text) -> AnyEffect:
    held = await records.draft(ctx.tx, ctx.here.id)
    draft = _current(ctx) if ctx.here.ready else held[0] if held else Draft()
    panel = views.question(await _scene(ctx, draft), step)
    return _panel(ctx, replace(panel, text=Text.join("\n\n", [said, panel.text])))


async def _settings(ctx: Context, *, saved: bool = False) -> AnyEffect:
    head = ctx.own.say("Saved.") if saved else ctx.own.say("This is how I am set up here.")
    return _panel(ctx, views.settings(await _scene(ctx, _current(ctx)), head))


async def _busy(ctx: Context, owner: str) -> AnyEffect:
    name = await ctx.name_of(MemberRef.parse(owner))
    return _panel(ctx, views.busy(ctx.own, name))


def _over(ctx: Context) -> AnyEffect:
    said = ctx.own.say("This setup is over. {setup} shows how things stand.", setup=code("/setup"))
    return ctx.panel(said)


def _current(ctx: Context) -> Draft:
    group = ctx.here
    return Draft(group.language, group.room, group.zone, "", group.moderators_room)


async def _scene(ctx: Context, draft: Draft) -> Scene:
    places = await ctx.rooms()
    words = _words(ctx, draft)
    return Scene(words, draft, places, ctx.event.chat.room, ctx.now, ctx.here.ready)


def _words(ctx: Context, draft: Draft) -> Words:
    """The language chosen for the group; before that, the one of the moderator's own client."""
    if ctx.here.ready:
        return ctx.own
    asked = ctx.event.language if isinstance(ctx.event, Answerable) else ""
    return Words(draft.language or (closest(asked) if asked else ctx.own.language), ctx.here.zone)


def _panel(ctx: Context, panel: Panel) -> AnyEffect:
    return ctx.panel(panel.text, buttons=panel.buttons, menu=panel.menu)
