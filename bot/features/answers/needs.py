"""`/answers needs`: what people need, as a table and a picture; weekly to the moderators."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.commands import N_, Command
from bot.context import Buttons, Context
from bot.effects import AnyEffect, Attachment, Button, Chart, Post
from bot.events import ChoiceMade, CommandGiven, Due
from bot.features.answers import choices, needs_records, needs_rules, topic_records
from bot.features.answers.core import answers
from bot.features.answers.needs_rules import Asked, Need
from bot.features.answers.weekly import REPORT
from bot.i18n import Words
from bot.text import Part, Text, bold, code, isolated

SPAN = timedelta(days=90)
WEEK = timedelta(days=7)
ROWS = 10
LATE = timedelta(days=1)
"""A report that comes later than this after an outage is left out."""


@answers.command(
    Command("answers needs", N_("See what people ask, and what stays unanswered"), moderator=True)
)
async def needs(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """The last three months of this group."""
    found = await needs_records.asked(ctx.tx, ctx.here, ctx.now - SPAN)
    if not found:
        return [ctx.whisper(ctx.own.say("Nothing was asked here in the last three months."))]
    text, picture = await _report(ctx, ctx.own, found)
    chosen = await choices.of_group(ctx.tx, ctx.here.id)
    return [ctx.whisper(text, attachment=picture, buttons=_switch(ctx.own, chosen.report))]


@answers.due(REPORT)
async def weekly(ctx: Context, event: Due) -> list[AnyEffect]:
    """The same for the moderators' room, in weeks in which something was asked."""
    if ctx.group is None or not ctx.here.active or ctx.now - event.due_at > LATE:
        return []
    chosen = await choices.of_group(ctx.tx, ctx.here.id)
    week = await needs_records.asked(ctx.tx, ctx.here, ctx.now - WEEK)
    if not (chosen.report and ctx.here.moderators_room and week):
        return []
    found = await needs_records.asked(ctx.tx, ctx.here, ctx.now - SPAN)
    text, picture = await _report(ctx, ctx.words, found, week)
    chat = ctx.here.moderators_chat
    buttons = _switch(ctx.words, chosen.report)
    return [Post(chat=chat, text=text, attachment=picture, buttons=buttons)]


def _switch(words: Words, on: bool) -> Buttons:
    label = words.plain("No weekly report") if on else words.plain("Report weekly to moderators")
    return ((Button(label, f"answers.report:{int(not on)}"),),)


@answers.choice("report", moderator=True)
async def switched(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Turns the weekly report on or off."""
    on = event.choice.endswith(":1")
    await choices.choose(ctx.tx, ctx.here.id, report=on)
    if not on:
        return [ctx.whisper(ctx.own.say("There will be no weekly report any more."))]
    if ctx.here.moderators_room:
        return [ctx.whisper(ctx.own.say("The report comes on Mondays, when something was asked."))]
    said = ctx.own.say(
        "The report needs a room of the moderators' own; {setup} chooses one.",
        setup=code("/setup"),
    )
    return [ctx.whisper(said)]


async def _report(
    ctx: Context, words: Words, found: Sequence[Asked], week: Sequence[Asked] = ()
) -> tuple[Text, Attachment | None]:
    topics = await topic_records.of_community(ctx.tx, ctx.here.community)
    names = {topic.id: topic.name for topic in topics}
    rows = needs_rules.needs(found)[:ROWS]
    text = _table(words, needs_rules.total(found), rows, names)
    if week:
        text = Text.join("\n\n", [_week(words, needs_rules.total(week)), text])
    return text, _picture(words, rows, names) if rows else None


def _week(words: Words, week: Need) -> Text:
    asked = words.say_n(
        "{n} question was asked last week.", "{n} questions were asked last week.", week.asked
    )
    if not week.unanswered:
        return Text.of(asked, " ", words.say("Each got an answer."))
    left = words.say_n("{n} has no answer yet.", "{n} have no answer yet.", week.unanswered)
    return Text.of(asked, " ", left)


def _table(words: Words, total: Need, rows: Sequence[Need], names: Mapping[int, str]) -> Text:
    """One line for each topic, the figures aligned in front."""
    heads = (
        words.plain("asked"),
        words.plain("unanswered"),
        words.plain("repeated"),
        words.plain("first answer"),
    )
    shown = [*rows, total] if len(rows) != 1 else rows
    cells = [_cells(words, need) for need in shown]
    widths = [max(len(row[n]) for row in [heads, *cells]) for n in range(len(heads))]

    def line(row: Sequence[str]) -> Part:
        return code("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))

    lines: list[Part] = [bold(words.plain("What people need (last three months)")), line(heads)]
    for need, row in zip(shown, cells, strict=True):
        name = words.plain("all questions") if need is total else _name(words, need, names)
        lines.append(Text.of(line(row), " ", isolated(name)))
    lines.append(
        words.say(
            "Repeated: an earlier answer helped at once. First answer: half came sooner. Topics "
            "that fewer than five people asked about are not shown by themselves."
        )
    )
    return Text.join("\n", lines)


def _cells(words: Words, need: Need) -> tuple[str, str, str, str]:
    first = words.duration(need.first_answer) if need.first_answer is not None else "–"
    return (
        words.number(need.asked),
        words.number(need.unanswered),
        words.number(need.repeated),
        first,
    )


def _name(words: Words, need: Need, names: Mapping[int, str]) -> str:
    if need.topic is None:
        return words.plain("smaller topics")
    return names.get(need.topic, "") or words.plain("without topic")


def _picture(words: Words, rows: Sequence[Need], names: Mapping[int, str]) -> Attachment:
    title = words.plain("What people need")
    series = (words.plain("asked"), words.plain("unanswered"), words.plain("repeated"))
    bars = tuple(
        (
            _name(words, need, names),
            (float(need.asked), float(need.unanswered), float(need.repeated)),
        )
        for need in rows
    )
    return Attachment("needs.png", alt=title, chart=Chart(title, series, bars))
