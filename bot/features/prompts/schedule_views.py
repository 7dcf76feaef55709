"""What moderators see of their schedules."""

from collections.abc import Sequence

from bot.commands import N_, Field, Form
from bot.context import Buttons
from bot.effects import Button, Look, Menu, Option
from bot.features.prompts.schedule_records import Plan
from bot.features.prompts.spoken import sentence, spoken, time_of_day
from bot.games import game
from bot.i18n import Words
from bot.store.groups import Group
from bot.text import Part, Text, bold, code, isolated

LABEL = 90
"""Characters of a menu's line."""
NO_SCHEDULES = N_("Nothing is planned here yet. {command} plans it, for example {example}.")
GONE = N_("That schedule is no longer there. {command} shows the ones that are.")
WHICH = N_("Which one do you mean?")
ON, OFF = N_("on"), N_("off")


def rhythm(words: Words, plan: Plan) -> str:
    """When a schedule posts, in words."""
    return spoken(words, plan.schedule.rule)


def room_name(words: Words, plan: Plan) -> str:
    """Where it posts."""
    return isolated(plan.room_title) if plan.room else words.plain("the group's room")


def what(words: Words, plan: Plan) -> str:
    """The deck that it posts from, or the game that it opens."""
    return game(plan.game).title(words) if plan.game else isolated(plan.deck_name)


def coming(words: Words, plan: Plan, group: Group) -> Text:
    """What comes next, or why nothing does."""
    if plan.paused:
        return words.say("paused")
    if plan.due_at is None:
        return words.say("nothing more to come")
    moment = words.moment(plan.due_at)
    if group.paused:
        return words.say("{moment}, if the group is no longer paused by then", moment=moment)
    if plan.moved_to:
        return words.say("{moment} (moved, this once)", moment=moment)
    return words.say("next: {moment}", moment=moment)


def overview(words: Words, plans: Sequence[Plan], group: Group) -> tuple[Text, Menu | None]:
    """All schedules of a group, and a menu to pick one."""
    if not plans:
        example = code("/prompt schedule " + words.plain("every weekday at 9:00"))
        return words.say(NO_SCHEDULES, command=code("/prompt schedule"), example=example), None
    lines: list[Text] = [Text.of(bold(words.plain("What is planned here")))]
    for number, plan in enumerate(plans, 1):
        line = Text.of(
            f"{number}. ", bold(sentence(rhythm(words, plan))), f" · {what(words, plan)}"
        )
        lines.append(line + " · " + coming(words, plan, group))
    options = tuple(
        Option(f"{number}. {rhythm(words, plan)}"[:LABEL], f"prompt.plan-show:{plan.id}")
        for number, plan in enumerate(plans, 1)
    )
    return Text.join("\n", lines), Menu(words.plain("Choose one to change it"), options)


def details(words: Words, plan: Plan, group: Group) -> Text:
    """Everything about one schedule."""
    schedule = plan.schedule
    state = coming(words, plan, group)
    lines: list[Part] = [Text.of(bold(sentence(rhythm(words, plan))), " · ", state)]
    source, room = what(words, plan), room_name(words, plan)
    if plan.game:
        lines.append(words.say("The game {game}, in {room}.", game=source, room=room))
    else:
        lines.append(words.say("From the deck {deck}, into {room}.", deck=source, room=room))
    if schedule.zone != group.zone:
        lines.append(words.say("Times are those of {zone}.", zone=schedule.zone))
    if schedule.jitter:
        lines.append(
            words.say_n(
                "Up to {n} minute later, a little different each time.",
                "Up to {n} minutes later, a little different each time.",
                schedule.jitter,
            )
        )
    if schedule.quiet:
        start, end = (time_of_day(words, t) for t in (schedule.quiet.start, schedule.quiet.end))
        lines.append(words.say("Never between {start} and {end}.", start=start, end=end))
    if plan.others:
        lines.append(words.say("The day after, it tells what other groups answered."))
    if not plan.together:
        lines.append(words.say("Draws its own prompts, apart from the community's other groups."))
    return Text.join("\n", lines)


def quieted_note(words: Words, plan: Plan) -> Text:
    """Tells that a time lies in the quiet hours, or nothing."""
    schedule = plan.schedule
    if not schedule.quieted() or schedule.quiet is None:
        return Text()
    times = words.listing([time_of_day(words, moment) for moment in schedule.quieted()])
    end = time_of_day(words, schedule.quiet.end)
    return words.say(
        "{times} is within the quiet hours, so it waits until {end}.", times=times, end=end
    )


def buttons(words: Words, plan: Plan) -> Buttons:
    """What can be done with one schedule."""

    def button(label: str, what: str, look: Look = Look.PLAIN) -> Button:
        return Button(label, f"prompt.plan-{what}:{plan.id}", look=look)

    others = words.plain(ON if plan.others else OFF)
    first: tuple[Button, ...]
    if plan.paused:
        first = (button(words.plain("Resume"), "resume", Look.MAIN),)
    else:
        first = (
            button(words.plain("Pause"), "pause"),
            button(words.plain("Skip the next"), "skip"),
        )
    return (
        first,
        (button(words.plain("Change"), "edit"), button(words.plain("Delete"), "drop", Look.DANGER)),
        (
            button(str(words.say("What others said: {state}", state=others)), "others"),
            Button(words.plain("All schedules"), "prompt.plans"),
        ),
    )


def undo(words: Words, plan: Plan, what: str) -> Buttons:
    """One button that takes the last step back."""
    return ((Button(words.plain("Undo"), f"prompt.plan-{what}:{plan.id}"),),)


def form(words: Words, plan: Plan) -> Form:
    """The form that changes a schedule, filled with what it is now."""
    schedule = plan.schedule
    deck = Field("deck", words.plain("Deck"), plan.deck_name, max_length=60)
    return Form(
        "prompt.plan",
        words.plain("Change a schedule"),
        (
            Field("when", words.plain("When"), plan.spoken, max_length=200),
            *(() if plan.game else (deck,)),
            Field("zone", words.plain("Time zone"), schedule.zone, max_length=64),
            Field(
                "jitter",
                words.plain("Minutes it may come later (0 to 180)"),
                str(schedule.jitter),
                required=False,
                max_length=12,
            ),
            Field(
                "quiet",
                words.plain("Quiet hours, such as 22:00-07:00"),
                str(schedule.quiet or ""),
                required=False,
                max_length=20,
            ),
        ),
    )
