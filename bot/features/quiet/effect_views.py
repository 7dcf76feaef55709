"""What naming does, in words and as a picture: for the chat and for the page.

Differences are told in people of a hundred, which need no statistics to be understood.
"""

from datetime import datetime
from math import ceil, log10, sqrt

from msgspec import Struct

from bot.commands import N_
from bot.effects import Attachment, Chart
from bot.features.quiet.learning import HALF, RETRY, Learned
from bot.features.quiet.reasons import NAMED, Kind
from bot.i18n import Words
from bot.text import Text, bold
from bot.trial import Estimate, Verdict
from bot.trial.rules import LEAST_LEFT_OUT

TITLE = N_("Does it help to give people the floor by name?")
METHOD = N_(
    "Each time a post could name somebody, I draw lots whether it does. Two weeks later I look "
    "whether that person has written, and whether they and somebody else have answered one "
    "another for the first time. Those whom the lot left out show what would have happened anyway."
)
READING = N_(
    "How to read the ranges: the true difference lies in them, however often you look, in 95 "
    "groups of 100. Where a range has both more and fewer in it, nothing is known yet."
)
UNKNOWN = N_("Not known yet.")
KINDS = {
    Kind.NEW: N_("Wrote, of those who had never written"),
    Kind.OVERDUE: N_("Wrote again, of those silent for longer than is usual for them"),
    Kind.FADED: N_("Wrote again, of those who were here often once"),
}
VERDICTS = {
    Verdict.UNKNOWN: UNKNOWN,
    Verdict.NO_DIFFERENCE_SEEN: N_("Not known yet: it may help or not."),
    Verdict.HELPS: N_("Yes, it does."),
    Verdict.HARMS: N_("No, it does the opposite."),
}
WORTH_SHOWING = (0.10, 0.05)
"""Differences of which it is told when they would show, the larger first."""
ONE_DRAW = 2.7
"""The range of one draw, each way; it shrinks with the root of the draws. If half are named, and
about three in ten write again: twice the deviation 0.45, at 3.0 standard errors
(`bot.trial.intervals.boundary`)."""


class Row(Struct, frozen=True):
    """One question and what is known about it. `effect`, `low` and `high` are in people of a
    hundred; `difference` tells them, `short` the first alone. Both are empty if nothing is known.
    """

    label: str
    said: Text
    short: str = ""
    difference: Text = Text()
    effect: float = 0.0
    low: float = 0.0
    high: float = 0.0


class Report(Struct, frozen=True):
    """All that is known, in order."""

    verdict: str
    counted: Text
    rows: tuple[Row, ...]
    left_out: Text


def report(words: Words, learned: Learned, under_way: int, now: datetime) -> Report:
    """What was learnt, for a reader; `under_way` draws wait for their outcome."""
    spoke, tied = learned.spoke, learned.tied
    rows = [
        _row(words, N_("Wrote again"), spoke, needed(words, spoke)),
        _row(words, N_("Found somebody to talk with"), tied),
    ]
    kinds = [kind for kind in NAMED if kind in learned.kinds or kind in learned.stopped]
    rows += [_of_kind(words, kind, learned, now) for kind in kinds]
    left_out = _left_out(words, learned)
    verdict = words.plain(VERDICTS[spoke.verdict])
    return Report(verdict, _counted(words, spoke, under_way), tuple(rows), left_out)


def _left_out(words: Words, learned: Learned) -> Text:
    shares = [learned.left_out.get(kind, HALF) for kind in NAMED]
    fewest, most = words.percent(min(shares)), words.percent(max(shares))
    least = words.percent(LEAST_LEFT_OUT)
    if fewest == most:
        return words.say(
            "At present the lot leaves out {share} of those who could be named. The surer it is "
            "that naming helps, the fewer; never less than {least}.",
            share=most,
            least=least,
        )
    return words.say(
        "At present the lot leaves out {fewest} to {most} of those who could be named. The surer "
        "it is that naming helps people like them, the fewer; never less than {least}.",
        fewest=fewest,
        most=most,
        least=least,
    )


def message(words: Words, found: Report) -> Text:
    """The report as one message."""
    heading = Text.of(bold(words.plain(TITLE)), " ", found.verdict)
    lines = [Text.of(bold(row.label), "\n", row.said) for row in found.rows]
    return Text.join(
        "\n\n",
        [
            heading,
            words.say(METHOD),
            found.counted,
            *lines,
            found.left_out,
            words.say(READING),
        ],
    )


def picture(words: Words, found: Report) -> Attachment | None:
    """The ranges that are known, also for those who can't see them; None if there is none."""
    shown = [row for row in found.rows if row.short]
    if not shown:
        return None
    chart = Chart(
        words.plain("Named instead of left out by lot"),
        (words.plain("people of 100: fewer on the left of 0, more on the right"),),
        tuple((f"{row.label}: {row.short}", (row.effect,)) for row in shown),
        tuple((row.low, row.high) for row in shown),
    )
    told = Text.join("; ", [Text.of(row.label, ": ", row.difference) for row in shown])
    return Attachment("effect.png", alt=str(told), chart=chart)


def needed(words: Words, estimate: Estimate) -> Text:
    """When a difference would show, or how large one is ruled out; nothing if one is seen."""
    if estimate.verdict in (Verdict.HELPS, Verdict.HARMS):
        return Text()
    done = max(estimate.occasions, 1)
    half = (estimate.high - estimate.low) / 2 if estimate.known else ONE_DRAW / sqrt(done)
    for difference in WORTH_SHOWING:
        if half > difference:
            more = rounded(done * (half / difference) ** 2 - estimate.occasions)
            return words.say_n(
                "A difference of {difference} in 100 would show after about {n} more draw.",
                "A difference of {difference} in 100 would show after about {n} more draws.",
                more,
                difference=words.number(100 * difference),
            )
    most = max(abs(estimate.low), abs(estimate.high))
    return words.say(
        "A difference of more than {most} in 100 is ruled out.", most=words.number(100 * most, 0)
    )


def rounded(number: float) -> int:
    """Up, to two figures: what is only roughly known must not look exact."""
    step: int = 10 ** max(int(log10(max(number, 1))) - 1, 0)
    return ceil(number / step) * step


def _row(words: Words, label: str, estimate: Estimate, need: Text | None = None) -> Row:
    """With the shares of both, and what is still needed."""
    if not estimate.known:
        return Row(words.plain(label), _sentences(words.say(UNKNOWN), need or Text()))
    shares = words.say(
        "{named} of those named, {left_out} of those left out: {difference}.",
        named=words.percent(_share(estimate.with_rate)),
        left_out=words.percent(_share(estimate.without_rate)),
        difference=_difference(words, estimate),
    )
    return _known(words, label, estimate, _sentences(shares, need or Text()))


def _of_kind(words: Words, kind: Kind, learned: Learned, now: datetime) -> Row:
    estimate = learned.kinds.get(kind) or Estimate(0, 0)
    parts = [words.say(UNKNOWN)]
    if estimate.known:
        parts = [Text.of(_difference(words, estimate), ".")]
    if kind in learned.stopped:
        parts.append(_stopped(words, learned.stopped[kind], now))
    said = _sentences(*parts)
    if not estimate.known:
        return Row(words.plain(KINDS[kind]), said)
    return _known(words, KINDS[kind], estimate, said)


def _stopped(words: Words, since: datetime, now: datetime) -> Text:
    again = since + RETRY
    if now >= again:
        day = words.day(again.astimezone(words.zone).date())
        return words.say("It had helped too little; I have been trying again since {day}.", day=day)
    return words.say(
        "I stopped naming them on {day}, because it helped too little. I will try again on "
        "{again}.",
        day=words.day(since.astimezone(words.zone).date()),
        again=words.day(again.astimezone(words.zone).date()),
    )


def _known(words: Words, label: str, estimate: Estimate, said: Text) -> Row:
    effect = estimate.effect or 0.0
    return Row(
        words.plain(label),
        said,
        signed(words, effect),
        _difference(words, estimate),
        100 * effect,
        100 * max(estimate.low, -1.0),
        100 * min(estimate.high, 1.0),
    )


def _difference(words: Words, estimate: Estimate) -> Text:
    return words.say(
        "{effect} in 100 (between {low} and {high})",
        effect=bold(signed(words, estimate.effect or 0.0)),
        low=signed(words, max(estimate.low, -1.0)),
        high=signed(words, min(estimate.high, 1.0)),
    )


def signed(words: Words, share: float) -> str:
    """A difference of shares in people of a hundred, with its sign."""
    value = 100 * share
    shown = round(value, 1) if abs(value) < 1 else round(value)
    return f"+{words.number(shown)}" if shown > 0 else words.number(shown or 0).replace("-", "−")


def _counted(words: Words, estimate: Estimate, under_way: int) -> Text:
    over = words.say("No draw is two weeks old yet.")
    if estimate.occasions:
        over = words.say_n(
            "{n} draw is over; in {named} the person was named.",
            "{n} draws are over; in {named} of them the person was named.",
            estimate.occasions,
            named=words.number(estimate.named),
        )
    waiting = words.say_n("{n} is under way.", "{n} are under way.", under_way)
    return _sentences(over, waiting) if under_way else over


def _share(rate: float | None) -> float:
    """The rates are estimates themselves, and may be a little outside."""
    return min(max(rate or 0.0, 0.0), 1.0)


def _sentences(*parts: Text) -> Text:
    return Text.join(" ", [part for part in parts if part])
