"""What was wrong with a time, a rule or a zone that somebody typed, and what to type instead."""

from bot.commands import N_
from bot.i18n import Words
from bot.text import Part, Text, code, isolated
from scheduler.errors import PhraseError

_FAULTS = {
    "empty": N_("Say when, for example {example}."),
    "too_long": N_("That is too long for a time. Try something like {example}."),
    "not_understood": N_("I don't understand {detail} there. Try something like {example}."),
    "bad_time": N_("There is no time {detail}. Times run from 0:00 to 23:59."),
    "bad_day": N_("There is no such day: {detail}."),
    "bad_cron": N_(
        "{detail} is not a cron line I can read. It takes five fields, like {cron}: "
        "minute, hour, day, month, weekday."
    ),
    "bad_number": N_("{detail} is not a number that works here."),
    "no_time": N_("The time of day is missing. Try something like {example}."),
    "no_day": N_("The day is missing. Try something like {example}."),
    "never_happens": N_("{detail} never comes. Choose a day that exists."),
    "past": N_("{detail} is already over. Choose a moment to come."),
    "fixed_offset": N_(
        "{detail} has no summer time, so posts would drift by an hour. Name a place instead."
    ),
    "unknown_zone": N_("I don't know the time zone {detail}. Name a large city near you."),
}
RULE_EXAMPLE = N_("every weekday at 9:00")
MOMENT_EXAMPLE = N_("tomorrow 18:00")


def fault(words: Words, error: PhraseError, example: str = RULE_EXAMPLE) -> Text:
    """The sentence for an error, with an example in the reader's language."""
    parts: dict[str, Part] = {
        "detail": isolated(error.detail),
        "example": code(words.plain(example)),
        "cron": code("0 9 * * 1-5"),
    }
    text = words.say(_FAULTS[error.code], **parts)
    if not error.suggestions:
        return text
    names = words.listing(list(error.suggestions))
    return Text.join(" ", [text, words.say("For example: {names}.", names=names)])
