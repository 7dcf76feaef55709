"""`/ambassador effect`: whether asking somebody to begin leads to more people answering."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import Attachment, Chart
from bot.events import CommandGiven
from bot.feature import Follows
from bot.features.ambassadors import learning
from bot.features.ambassadors.core import ambassadors
from bot.i18n import Words
from bot.text import Text, bold
from bot.trial import Estimate, Verdict

FEWEST = 25
"""Prompts with and without that are needed (`bot.trial.intervals`)."""
PICTURE = "ambassadors.png"
SAID = {
    Verdict.HELPS: N_("So more people answer when an ambassador is asked to begin."),
    Verdict.HARMS: N_("So fewer people answer. I hardly ask any more."),
    Verdict.NO_DIFFERENCE_SEEN: N_("That may still be chance: no difference is certain so far."),
}


@ambassadors.command(
    Command(
        "ambassador effect",
        N_("Whether more people answer when somebody begins"),
        moderator=True,
    )
)
async def effect(ctx: Context, event: CommandGiven) -> Follows:
    """Words and a picture, or that it is not known."""
    found = await learning.learned(ctx.tx, ctx.here.community)
    title = bold(ctx.own.plain("What it does when an ambassador is asked to begin"))
    text = Text.join("\n", [title, told(ctx.own, found)])
    return [ctx.whisper(text, attachment=_picture(ctx.own, found), public_ok=False)]


def told(words: Words, found: Estimate) -> Text:
    """What may be said: both averages with an interval, or "not known yet"."""
    if found.effect is None or found.with_rate is None or found.without_rate is None:
        return _not_known(words, found)
    averages = words.say(
        "Prompts that an ambassador was asked to begin were answered by {with_} people on "
        "average, the others by {without}.",
        with_=words.number(found.with_rate),
        without=words.number(found.without_rate),
    )
    difference = words.say_n(
        "The difference is {difference}, and it lies between {low} and {high}: that holds for "
        "{n} prompt so far, however often you look.",
        "The difference is {difference}, and it lies between {low} and {high}: that holds for "
        "{n} prompts so far, however often you look.",
        found.occasions,
        difference=words.number(found.effect),
        low=words.number(found.low),
        high=words.number(found.high),
    )
    return Text.join("\n", [averages, difference, words.plain(SAID[found.verdict])])


def _not_known(words: Words, found: Estimate) -> Text:
    counted = words.say_n(
        "Not known yet. {n} prompt was counted so far,",
        "Not known yet. {n} prompts were counted so far,",
        found.occasions,
    )
    asked = words.say_n(
        "{n} of them with an ambassador who was asked.",
        "{n} of them with ambassadors who were asked.",
        found.named,
    )
    how = words.say(
        "A coin decides each time whether I ask somebody, so that a difference means something; "
        "at least {fewest} of either kind are needed.",
        fewest=words.number(FEWEST),
    )
    return Text.join("\n", [Text.of(counted, " ", asked), how])


def _picture(words: Words, found: Estimate) -> Attachment | None:
    if found.with_rate is None or found.without_rate is None:
        return None
    title = words.plain("People who answered a prompt, on average")
    rows = (
        (words.plain("An ambassador was asked"), (found.with_rate,)),
        (words.plain("Nobody was asked"), (found.without_rate,)),
    )
    chart = Chart(title, (words.plain("People"),), rows)
    return Attachment(PICTURE, alt=str(told(words, found)), chart=chart)
