"""/answers import: a small export, given in the chat. It is read step by step, so that nobody
waits for it."""

import asyncio
import hashlib
from datetime import timedelta
from io import BytesIO

from bot.commands import N_, Command, Kind, Param
from bot.context import Context
from bot.effects import Button, Look, Whisper
from bot.events import ChoiceMade, CommandGiven, Due, MessagePosted
from bot.exports import BadExport, Reader
from bot.feature import Follows
from bot.features.answers.core import answers
from bot.features.answers.guard import numbers_in
from bot.features.answers.importing import import_views, jobs, taking
from bot.features.answers.importing.jobs import Import, Stage
from bot.features.answers.importing.pairing import Pairs
from bot.features.answers.importing.running import finished, shown, started, stopped
from bot.features.answers.importing.steps import pair_up, step
from bot.features.answers.importing.survey import Survey, messages, survey
from bot.text import Part, Text, code

IMPORTING = "importing"
STEP, CONTEXT = 100, 40
"""Messages that are taken in at a time, and that the model is shown before them."""
PAUSE = timedelta(seconds=2)
"""Between two steps, for whoever wants something else of the bot."""


@answers.command(
    Command(
        "answers import",
        N_("Take in this group's past from an exported file (JSON, up to 1 MiB)"),
        (Param("file", N_("The exported file"), Kind.FILE, required=False),),
        moderator=True,
    )
)
async def bring(ctx: Context, event: CommandGiven) -> Follows:
    """Counts what a file holds, and asks whether to take it in."""
    reader, file = ctx.around.reader(ctx.here.platform), event.files.get("file")
    if reader is None:
        return [ctx.whisper(ctx.own.say("I know no exports of this platform."))]
    if file is None:
        return [ctx.whisper(_too_large(ctx))]
    source = BytesIO(file.data)
    try:
        found = await asyncio.to_thread(survey, reader, source, ctx.here.chat, ctx.now)
    except BadExport as error:
        return [ctx.whisper(import_views.refused(ctx.own, error))]
    if not found.messages:
        return [ctx.whisper(ctx.own.say("There are no messages of people in this file."))]
    mark = hashlib.sha256(file.data).hexdigest()
    values = {"total": found.total, "foreign_home": found.foreign}
    job = await jobs.begin(ctx.tx, ctx.here.id, mark, file.name, ctx.now, **values)
    if job.state == Stage.RUNNING:
        return [ctx.whisper(import_views.progress(ctx.own, job))]
    await jobs.keep_file(ctx.tx, job.id, file.data, ctx.now)
    return [await _preview(ctx, reader, file.data, job, found)]


def _too_large(ctx: Context) -> Text:
    return ctx.own.say(
        "Give the file together with the command. Here it may have 1 MiB; a larger one is taken in "
        "by whoever runs me, with {command}.",
        command=code("convive answers import"),
    )


async def _preview(
    ctx: Context, reader: Reader, data: bytes, job: Import, found: Survey
) -> Whisper:
    events = await _events(ctx, reader, data, job)
    known = await taking.heard(ctx.tx, [event.id for _, event in events])
    lines: list[Part] = [import_views.counted(ctx.own, found, len(known))]
    if found.foreign:
        lines.append(import_views.foreign(ctx.own, found, ctx.here.title))
    row = (
        Button(ctx.own.plain("Import"), f"answers.import:{job.id}", look=Look.MAIN),
        Button(ctx.own.plain("Cancel"), f"answers.noimport:{job.id}"),
    )
    return ctx.whisper(Text.join("\n", lines), buttons=(row,))


async def _events(
    ctx: Context, reader: Reader, data: bytes, job: Import
) -> list[tuple[int, MessagePosted]]:
    """The file's messages as they concern this group, with their numbers."""

    def work() -> list[tuple[int, MessagePosted]]:
        return list(
            messages(reader, BytesIO(data), ctx.here.chat, ctx.now, any_home=job.foreign_home)
        )

    return await asyncio.to_thread(work)


@answers.choice("import", moderator=True)
async def confirmed(ctx: Context, event: ChoiceMade) -> Follows:
    """Begins to read the file, or goes on with it."""
    job = await _pressed(ctx, event)
    if job is None or await jobs.file_of(ctx.tx, job.id) is None:
        gone = ctx.own.say("This file waits no longer. Nothing was imported now.")
        return [ctx.whisper(gone, in_place=True)]
    ctx.arm(f"answers:{IMPORTING}:{job.id}", ctx.now + PAUSE, IMPORTING, str(job.id))
    return await started(ctx, job)


@answers.choice("noimport", moderator=True)
async def dismissed(ctx: Context, event: ChoiceMade) -> Follows:
    """Forgets a file that waited."""
    job = await _pressed(ctx, event)
    if job is not None:
        await jobs.let_go(ctx.tx, job.id)
    return [ctx.whisper(ctx.own.say("Nothing was imported."), in_place=True)]


async def _pressed(ctx: Context, event: ChoiceMade) -> Import | None:
    """The import that a button is about, unless it runs or is over."""
    numbers = numbers_in(event)
    job = await jobs.by_id(ctx.tx, ctx.here.id, numbers[0]) if numbers else None
    return job if job and job.state in (Stage.ASKED, Stage.STOPPED) else None


@answers.due(IMPORTING)
async def go_on(ctx: Context, event: Due) -> Follows:
    """Reads the next messages of a file."""
    job = await jobs.by_id(ctx.tx, ctx.here.id, int(event.arg))
    if job is None or job.state != Stage.RUNNING:
        return []
    reader, data = ctx.around.reader(ctx.here.platform), await jobs.file_of(ctx.tx, job.id)
    if reader is None or data is None:
        return await stopped(ctx, job)
    told = await _events(ctx, reader, data, job)
    left_out = await taking.to_leave_out(ctx.tx, ctx.here.id, [event for _, event in told])
    before = [event for number, event in told if number <= job.done][-CONTEXT:]
    now = [(number, event) for number, event in told if number > job.done][:STEP]
    events = [event for _, event in now]
    found = await pair_up(Pairs(), before, events)
    whole = reader.whole_roster
    took = await step(ctx.tx, ctx.here, job.id, events, found, left_out, whole_roster=whole)
    done = now[-1][0] if len(now) == STEP else job.total
    counted = {"added": took.added, "known": took.known, "found": took.found}
    await jobs.advance(ctx.tx, job, done=done, **counted)
    if done >= job.total:
        await jobs.let_go(ctx.tx, job.id)
        return await finished(ctx, job)
    ctx.arm(event.key, ctx.now + PAUSE, IMPORTING, str(job.id))
    return await shown(ctx, job, seldom=True)
