"""How far a setup is: who holds the draft, what is asked next, and how things stand."""

from msgspec.structs import replace

from bot.context import Context
from bot.effects import AnyEffect
from bot.events import Answerable, Event
from bot.features.setup import records, views
from bot.features.setup.rules import Draft, next_step
from bot.features.setup.views import Panel, Scene
from bot.i18n import Words, closest
from bot.refs import MemberRef
from bot.text import Text, code

Answers = list[AnyEffect | Event]


async def chosen(ctx: Context, step: str, value: str | None) -> Answers:
    """Keeps an answer and goes on; None is something that is not on offer any more."""
    if value is None:
        words = await words_now(ctx)
        return [await again(ctx, step, words.say("That is not there any more."))]
    if ctx.here.ready:
        if step == "plan":
            return [over(ctx)]
        await ctx.change_group(**{step: value})
        return [await settings(ctx, saved=True)]
    held = await held_by(ctx, ctx.member)
    if not isinstance(held, Draft):
        return [held]
    draft = replace(held, **{step: value})
    await records.save(ctx.tx, ctx.here.id, ctx.member, draft, ctx.now)
    return [await go_on(ctx, draft)]


async def held_by(ctx: Context, member: MemberRef) -> Draft | AnyEffect:
    """The draft of this moderator, or what to tell them instead."""
    held = await records.draft(ctx.tx, ctx.here.id)
    if held is None:
        return over(ctx)
    draft, row = held
    if row.member != str(member):
        return await busy(ctx, row.member)
    return draft


async def go_on(ctx: Context, draft: Draft) -> AnyEffect:
    """The next question, or the summary; what has only one answer is not asked."""
    scene = await scene_of(ctx, draft)
    if len(scene.places) <= 1:
        only = scene.places[0].chat.room if scene.places else ctx.here.room
        chosen_room = only if draft.room is None else draft.room
        settled = replace(draft, room=chosen_room, moderators_room=draft.moderators_room or "")
        if settled != draft:
            await records.save(ctx.tx, ctx.here.id, ctx.member, settled, ctx.now)
            scene = replace(scene, draft=settled)
    step = next_step(scene.draft)
    return shown(ctx, views.question(scene, step) if step else views.summary(scene))


async def again(ctx: Context, step: str, said: Text) -> AnyEffect:
    """The same question once more, after a word about the answer."""
    held = await records.draft(ctx.tx, ctx.here.id)
    draft = current(ctx) if ctx.here.ready else held[0] if held else Draft()
    panel = views.question(await scene_of(ctx, draft), step)
    return shown(ctx, replace(panel, text=Text.join("\n\n", [said, panel.text])))


async def settings(ctx: Context, *, saved: bool = False) -> AnyEffect:
    """How the group stands, with a way to change each thing."""
    head = ctx.own.say("Saved.") if saved else ctx.own.say("This is how I am set up here.")
    return shown(ctx, views.settings(await scene_of(ctx, current(ctx)), head))


async def busy(ctx: Context, owner: str) -> AnyEffect:
    """Somebody else holds the draft."""
    name = await ctx.name_of(MemberRef.parse(owner))
    return shown(ctx, views.busy(ctx.own, name))


def over(ctx: Context) -> AnyEffect:
    """A button of a setup that was confirmed or cancelled."""
    said = ctx.own.say("This setup is over. {setup} shows how things stand.", setup=code("/setup"))
    return ctx.panel(said)


def current(ctx: Context) -> Draft:
    """The settings in force, in the form of a draft."""
    group = ctx.here
    return Draft(group.language, group.room, group.zone, "", group.moderators_room)


async def scene_of(ctx: Context, draft: Draft) -> Scene:
    """What the views need to show a draft."""
    places = await ctx.rooms()
    words = words_of(ctx, draft)
    return Scene(words, draft, places, ctx.event.chat.room, ctx.now, ctx.here.ready)


def words_of(ctx: Context, draft: Draft) -> Words:
    """The language chosen for the group; before that, the one of the moderator's own client."""
    if ctx.here.ready:
        return ctx.own
    asked = ctx.event.language if isinstance(ctx.event, Answerable) else ""
    return Words(draft.language or (closest(asked) if asked else ctx.own.language), ctx.here.zone)


async def words_now(ctx: Context) -> Words:
    """The language in which the setup under way is held."""
    held = await records.draft(ctx.tx, ctx.here.id)
    return words_of(ctx, held[0] if held else Draft())


def shown(ctx: Context, panel: Panel) -> AnyEffect:
    """The panel as an answer, in the place of the one whose button was pressed."""
    return ctx.panel(panel.text, buttons=panel.buttons, menu=panel.menu)
