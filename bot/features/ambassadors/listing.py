"""`/ambassador list`: who agreed, who was asked last; and taking somebody off it."""

from collections.abc import Sequence

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Button, Look, Menu, Option, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows
from bot.features.ambassadors import joining, records, views
from bot.features.ambassadors.core import ambassadors, number_in
from bot.features.ambassadors.records import Ambassador
from bot.features.ambassadors.rules import State
from bot.store import members
from bot.text import Part, Text, bold, code, isolated

MOST_IN_MENU = 25


@ambassadors.command(
    Command(
        "ambassador list",
        N_("Who agreed to begin conversations, and who was asked last"),
        moderator=True,
    )
)
async def shown(ctx: Context, event: CommandGiven) -> Follows:
    """For the eyes of the moderator who asks."""
    return [await _list(ctx)]


async def _list(ctx: Context, *, in_place: bool = False) -> Whisper:
    found = await records.of_community(ctx.tx, ctx.here.community)
    if not found:
        text = ctx.own.say(
            "There are no ambassadors yet. {invite} asks somebody, {join} is open to everybody.",
            invite=code("/ambassador invite"),
            join=code(views.JOIN),
        )
        return ctx.whisper(text, public_ok=False, in_place=in_place)
    names = await _names(ctx, found)
    lines: list[Part] = [bold(ctx.own.plain("Ambassadors"))]
    lines += [_line(ctx, who, names[who.id]) for who in found]
    active = [who for who in found if who.active][:MOST_IN_MENU]
    options = tuple(Option(names[who.id], f"ambassadors.remove:{who.id}") for who in active)
    menu = Menu(ctx.own.plain("Take somebody off the list"), options) if options else None
    return ctx.whisper(Text.join("\n", lines), menu=menu, public_ok=False, in_place=in_place)


async def _names(ctx: Context, found: Sequence[Ambassador]) -> dict[int, str]:
    here = await members.present_among(ctx.tx, ctx.here.id, [who.member for who in found])
    return {
        who.id: isolated(
            here.get(who.member) or await members.name_of(ctx.tx, who.group_id, who.ref)
        )
        for who in found
    }


def _line(ctx: Context, who: Ambassador, name: str) -> Text:
    words = ctx.own
    if not who.active:
        return Text.of("• ", name, ": ", words.plain(views.STATES[State(who.state)]))
    parts: list[Text] = [words.say("never asked yet")]
    if who.asked_at is not None:
        day = words.day(who.asked_at.astimezone(words.zone).date())
        parts = [words.say("last asked on {day}", day=day)]
    parts.append(words.say_n("began {n} conversation", "began {n} conversations", who.opened))
    if who.closed_at is not None:
        parts.append(words.say("private messages don't arrive"))
    return Text.of("• ", bold(name), ": ", Text.join(", ", parts))


async def _active(ctx: Context, event: ChoiceMade) -> Ambassador | None:
    who = await records.by_id(ctx.tx, number_in(event.choice))
    return who if who and who.community == ctx.here.community else None


@ambassadors.choice("remove", moderator=True)
async def to_remove(ctx: Context, event: ChoiceMade) -> Follows:
    """Asks before somebody is taken off the list."""
    who = await _active(ctx, event)
    if who is None or not who.active:
        return [await _list(ctx, in_place=True)]
    name = await members.name_of(ctx.tx, who.group_id, who.ref)
    text = ctx.own.say("Shall I ask {name} no more?", name=isolated(name))
    yes = Button(
        ctx.own.plain("Take off the list"), f"ambassadors.removed:{who.id}", look=Look.DANGER
    )
    back = Button(ctx.own.plain("Back"), "ambassadors.list")
    return [ctx.whisper(text, buttons=((yes, back),), public_ok=False, in_place=True)]


@ambassadors.choice("list", moderator=True)
async def back(ctx: Context, event: ChoiceMade) -> Follows:
    """The list again."""
    return [await _list(ctx, in_place=True)]


@ambassadors.choice("removed", moderator=True)
async def removed(ctx: Context, event: ChoiceMade) -> Follows:
    """Takes somebody off the list; they may join again by themselves."""
    who = await _active(ctx, event)
    if who is None or not who.active:
        return [await _list(ctx, in_place=True)]
    await joining.ended(ctx, who, State.REMOVED)
    name = await members.name_of(ctx.tx, who.group_id, who.ref)
    text = ctx.own.say("I ask {name} no more.", name=isolated(name))
    undo = Button(ctx.own.plain("Undo"), f"ambassadors.restore:{who.id}")
    listed = Button(ctx.own.plain("Back"), "ambassadors.list")
    return [ctx.whisper(text, buttons=((undo, listed),), public_ok=False, in_place=True)]


@ambassadors.choice("restore", moderator=True)
async def restored(ctx: Context, event: ChoiceMade) -> Follows:
    """It was not meant so; what the person themselves ended stays ended."""
    who = await _active(ctx, event)
    if who is not None and who.state == State.REMOVED:
        await records.change(ctx.tx, who.id, state=State.AGREED, at=ctx.now)
    return [await _list(ctx, in_place=True)]
