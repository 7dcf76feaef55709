"""Commands that plan: schedule, list, skip, move, pause, resume."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands import N_, Choice, Command, Kind, Param
from bot.context import Context
from bot.effects import AnyEffect, Button
from bot.events import CommandGiven
from bot.features.prompts import deck_records, planning
from bot.features.prompts import schedule_records as records
from bot.features.prompts import schedule_views as views
from bot.features.prompts.core import prompt
from bot.features.prompts.deck_records import Deck
from bot.features.prompts.deck_rules import LOW
from bot.features.prompts.meaning import deck_meant
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.schedule_rules import Unusable, Wish, build
from bot.games import NAMES, game
from bot.i18n import Words
from bot.misread import fault
from bot.ports import Place
from bot.text import Text, code, isolated
from scheduler.calendar import Schedule
from scheduler.errors import PhraseError
from scheduler.zones import zone_names

MOST_SCHEDULES = 20
OFFERED = 25
"""Suggestions while somebody types."""
ON_OFF = (Choice("on", N_("on")), Choice("off", N_("off")))
GAMES = tuple(Choice(key, game(key).title(Words())) for key in NAMES)
DECK = Param("deck", N_("Which deck"), required=False, complete=True, max_length=60)

UNKNOWN_ROOM = N_("I can't post into the room {name}. Choose one that I can see.")
UNUSABLE = {
    "too_often": N_(
        "That is more often than once an hour, and nobody could answer it. Leave more time."
    ),
    "bad_jitter": N_("{detail} is no delay I can use. Give whole minutes from 0 to 180."),
    "bad_quiet": N_("{detail} are no quiet hours. They have a beginning and an end: {example}."),
}
TOO_MANY = N_("A group can have {n} schedules. Delete one first.")
PLANNED = N_("Planned.")


class Unfit(Exception):
    """Something that was typed can't be used; carries what to say."""

    def __init__(self, text: Text) -> None:
        super().__init__(str(text))
        self.text = text


@prompt.command(
    Command(
        "prompt schedule",
        N_("Plan prompts: every weekday at 9:00"),
        (
            Param("when", N_("Such as: every weekday at 9:00"), max_length=200),
            DECK,
            Param("game", N_("A game instead of prompts"), Kind.CHOICE, False, GAMES),
            Param("room", N_("Where to post"), Kind.ROOM, required=False),
            Param("zone", N_("Time zone, if not the group's"), required=False, complete=True),
            Param("jitter", N_("Minutes it may come later"), required=False, max_length=12),
            Param("quiet", N_("Quiet hours: 22:00-07:00"), required=False, max_length=20),
            Param("others", N_("Tell what others said"), Kind.CHOICE, False, ON_OFF),
            Param("together", N_("Same prompt in all groups"), Kind.CHOICE, False, ON_OFF),
        ),
        moderator=True,
    )
)
async def schedule(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Makes a schedule and shows it."""
    args = event.args
    wish = Wish(args["when"], args.get("jitter", ""), args.get("quiet", ""), args.get("zone", ""))
    try:
        if len(await records.of_group(ctx.tx, ctx.here.id)) >= MOST_SCHEDULES:
            raise Unfit(ctx.own.say(TOO_MANY, n=ctx.own.number(MOST_SCHEDULES)))
        rule = read_wish(ctx, wish)
        deck = None if "game" in args else await deck_named(ctx, args.get("deck", ""))
        room = await _room(ctx, args.get("room", ""))
    except Unfit as unfit:
        return [ctx.whisper(unfit.text)]
    plan = await make_plan(
        ctx,
        rule,
        deck,
        game=args.get("game", ""),
        spoken=wish.when.strip(),
        room=room,
        others=args.get("others") == "on",
        together=args.get("together") != "off",
    )
    return [_planned(ctx, plan, deck)]


async def make_plan(
    ctx: Context,
    rule: Schedule,
    deck: Deck | None,
    *,
    spoken: str,
    game: str = "",
    room: Place | None = None,
    others: bool = False,
    together: bool = True,
) -> Plan:
    """Keeps a schedule of this group and arms its first slot; also for a first setup.

    `spoken` is what somebody typed; `room` is None for the group's own; it has a deck or a game.
    """
    number = await records.create(
        ctx.tx,
        ctx.now,
        group_id=ctx.here.id,
        deck=deck.id if deck else 0,
        game=game,
        rule=str(rule),
        spoken=spoken,
        room=room.chat.room if room else "",
        room_title=room.title if room else "",
        together=together,
        others=others,
    )
    plan = await records.find(ctx.tx, number)
    if plan is None:
        raise LookupError(f"schedule {number} is gone")
    return await planning.plan_anew(ctx, plan)


def _planned(ctx: Context, plan: Plan, deck: Deck | None) -> AnyEffect:
    words = ctx.own
    details = views.details(words, plan, ctx.here)
    lines = [words.say(PLANNED), details, views.quieted_note(words, plan)]
    if deck is None:
        lines.append(words.say("Each time a lobby opens, and whoever wants to can join."))
    elif not deck.cards:
        add = code("/prompt add")
        lines.append(words.say("The deck is still empty: {command} fills it.", command=add))
    elif deck.cards <= LOW:
        lines.append(
            words.say_n(
                "The deck has {n} prompt, which will come again each time.",
                "The deck has {n} prompts; after that they come again.",
                deck.cards,
            )
        )
    seen = Button(words.plain("See what comes"), f"prompt.plan-see:{plan.id}")
    undone = Button(words.plain("Undo"), f"prompt.plan-drop:{plan.id}")
    return ctx.panel(Text.join("\n", [x for x in lines if x]), buttons=((seen, undone),))


def read_wish(ctx: Context, wish: Wish, old: Plan | None = None) -> Schedule:
    """The schedule that was typed; raises Unfit with what to type instead.

    A rule that is typed as it was before stays what it is: "every 2 weeks" is not counted anew.
    """
    today = ctx.now.astimezone(ctx.words.zone).date()
    try:
        made = build(wish, ctx.here.zone, today)
        same = old is not None and old.spoken == wish.when.strip()
        return replace(made, rule=old.schedule.rule) if old and same else made
    except PhraseError as error:
        raise Unfit(fault(ctx.own, error)) from error
    except Unusable as error:
        example = code("22:00-07:00")
        text = ctx.own.say(UNUSABLE[error.code], detail=isolated(error.detail), example=example)
        raise Unfit(text) from error


async def deck_named(ctx: Context, name: str) -> Deck:
    """The deck that was named, or the usual one; raises Unfit."""
    found = await deck_meant(ctx, name.strip())
    if isinstance(found, Deck):
        return found
    raise Unfit(found.text)


async def _room(ctx: Context, value: str) -> Place | None:
    """The room that was chosen; raises Unfit for one where the bot may not post."""
    if not value.strip() or value == str(ctx.here.chat):
        return None
    for place in await ctx.rooms():
        if str(place.chat) == value:
            return place
    raise Unfit(ctx.own.say(UNKNOWN_ROOM, name=isolated(value)))


@prompt.completes("prompt schedule", "zone")
async def zones(ctx: Context, typed: str) -> Sequence[Choice]:
    """Time zones that hold what was typed."""
    wanted = typed.strip().casefold().replace(" ", "_")
    return [Choice(z, z) for z in zone_names() if wanted in z.casefold()][:OFFERED]


@prompt.completes("prompt schedule", "deck")
async def decks(ctx: Context, typed: str) -> Sequence[Choice]:
    """Decks whose name holds what was typed."""
    known = await deck_records.of_community(ctx.tx, ctx.here.community)
    wanted = typed.strip().casefold()
    return [Choice(d.name, d.name) for d in known if wanted in d.name.casefold()][:OFFERED]
