"""What moderators read about naming quiet members."""

from collections.abc import Sequence
from datetime import datetime

from bot.commands import N_
from bot.context import Buttons, Context
from bot.effects import Button
from bot.features.quiet.reasons import Candidate, Why
from bot.features.quiet.settings import Settings
from bot.i18n import Words
from bot.refs import ChatRef
from bot.text import FIRST_STRONG_ISOLATE, POP_ISOLATE, Part, Text, bold, clean, code, isolated

TITLE = N_("Quiet members here")
_REASONS = {
    Why.ASKED: N_("{name} asked for more of {told}."),
    Why.TOPIC: N_("{name} took part in “{told}”, which is close to this ({month})."),
    Why.PART: N_("{name} took part in “{told}” ({month})."),
    Why.JOINED: N_("{name} joined in {month}, and a first word is easy here."),
    Why.ONCE: N_("{name} was often here in {month}."),
}
_ANSWERED = {
    Why.TOPIC: N_("{name} answered a question on this topic ({month})."),
    Why.PART: N_("{name} answered a question of somebody here ({month})."),
}
"""Where the earlier post was a question of another member, whose words are not repeated."""


def room_of_their_own(ctx: Context) -> ChatRef | None:
    """The room that only moderators read; None if the group has none."""
    room = ctx.here.moderators_room
    return ctx.here.moderators_chat if room and room != ctx.here.room else None


def because(words: Words, one: Candidate) -> Text:
    """Why somebody could be named, for others to read."""
    answered = _ANSWERED.get(one.why) if not one.told else None
    return words.say(
        answered or _REASONS[one.why],
        name=isolated(one.name),
        told=f"{FIRST_STRONG_ISOLATE}{clean(one.told)}{POP_ISOLATE}",
        month=words.month(one.at.astimezone(words.zone).date()) if one.at else "",
    )


def becauses(words: Words, candidates: Sequence[Candidate]) -> list[Text]:
    """The same as a list."""
    return [Text.of("• ", because(words, one)) for one in candidates]


def panel(words: Words, chosen: Settings, now: datetime) -> Text:
    """The settings as they stand."""
    lines: list[Part] = [bold(words.plain(TITLE))]
    lines.append(
        _line(
            words,
            chosen.switched_on,
            N_("Name quiet members"),
            N_("In a post worth answering I give the floor to quiet people, by name."),
        )
    )
    if chosen.switched_on:
        lines += [
            _line(
                words,
                chosen.approve,
                N_("Ask me first"),
                N_(
                    "Nobody is named in a coming post before a moderator agreed; what nobody "
                    "planned goes out without names."
                ),
            ),
            *_explained(words, chosen, now),
        ]
    return Text.join("\n", [*lines, "", _pointers(words)])


def _line(words: Words, on: bool, label: str, what: str) -> Text:
    return Text.of(_mark(on), " ", bold(words.plain(label)), " · ", words.plain(what))


def _mark(on: bool) -> str:
    return "✅" if on else "⬜"


def _explained(words: Words, chosen: Settings, now: datetime) -> list[Text]:
    if chosen.dry_until is None:
        return [
            words.say(
                "At most three people in a post, each at most once in three weeks, and with a "
                "reason that is true."
            ),
            words.say(
                "They can say “not me” or “never” with one tap. A part is left to chance, so that "
                "we learn whether it helps."
            ),
        ]
    day = words.day(chosen.dry_until.astimezone(words.zone).date())
    if chosen.is_over(now):
        over = words.say("The trial ended on {day}. Nobody is named before you decide.", day=day)
        return [over]
    return [
        words.say(
            "I am only trying it out until {day}: you read whom I would have named, and nobody is.",
            day=day,
        )
    ]


def _pointers(words: Words) -> Text:
    return words.say(
        "{next} shows who could be named · {leave} leaves somebody out · {effect} shows whether "
        "it helps",
        next=code("/quiet next"),
        leave=code("/quiet leave-out"),
        effect=code("/quiet effect"),
    )


def switches(words: Words, chosen: Settings) -> Buttons:
    """What moderators can press."""
    on = words.plain("Name quiet members")
    first = [Button(f"{_mark(chosen.switched_on)} {on}", "quiet.switch:switched_on")]
    if not chosen.switched_on:
        return (tuple(first),)
    ask = words.plain("Ask me first")
    first.append(Button(f"{_mark(chosen.approve)} {ask}", "quiet.switch:approve"))
    if chosen.dry_until is None:
        trial = Button(words.plain("Try it for a month without naming anybody"), "quiet.try")
        return tuple(first), (trial,)
    return tuple(first), after_trying(words, "quiet.tried")


def after_trying(words: Words, choice: str) -> tuple[Button, ...]:
    """What can follow a trial; the ids begin with `choice`."""
    return (
        Button(words.plain("Name people from now on"), f"{choice}:on"),
        Button(words.plain("Another month"), f"{choice}:more"),
        Button(words.plain("Switch it off"), f"{choice}:off"),
    )
