"""Exports of any size, from the command line: read as a stream, in transactions of a thousand
messages, resumed where a stop left them.

On SQLite the bot must not run meanwhile; on PostgreSQL it may.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime
from itertools import islice
from pathlib import Path

from msgspec import Struct

from bot.commands import N_
from bot.events import MessagePosted
from bot.exports import BadExport, Reader
from bot.features.answers.importing import import_views, jobs, proposing, taking
from bot.features.answers.importing.jobs import Import, Stage
from bot.features.answers.importing.pairing import Pairs
from bot.features.answers.importing.running import STALE
from bot.features.answers.importing.steps import pair_up, step
from bot.features.answers.importing.survey import Survey, messages, survey
from bot.i18n import Words
from bot.store import due, groups
from bot.store.database import Database
from bot.store.groups import Group
from bot.text import Text, isolated

BATCH = 1_000
REPLAY = 500
"""Messages before the place of a stop that the model is shown again."""
EDGE = 1 << 20
"""Bytes at both ends of a file by which it is known again."""
WHICH = N_("Which group? Name one of these with --group:")
NONE = N_("There is no group yet whose exports can be read. Run the bot there first.")
Numbered = tuple[int, MessagePosted]
Readers = Callable[[str], Reader | None]


class Terminal(Struct, frozen=True):
    """How to speak with whoever gave the command; `ask` wants a yes."""

    words: Words
    tell: Callable[[Text], None]
    ask: Callable[[Text], bool]


async def import_file(
    database: Database,
    file: Path,
    readers: Readers,
    terminal: Terminal,
    now: datetime,
    *,
    group: int | None = None,
    preview: bool = False,
) -> bool:
    """Counts what the file holds, asks, and takes it in; whether all went well.

    `group` is our number of the group; it may be missing if there is only one. `preview` only
    counts. Raises OSError if the file can't be read.
    """
    here = await _group(database, readers, terminal, group)
    reader = readers(here.platform) if here else None
    if here is None or reader is None:
        return False
    say = terminal.words.say
    work = _Work(database, reader, here, file, now)
    try:
        found = await work.count()
    except BadExport as error:
        terminal.tell(import_views.refused(terminal.words, error))
        return False
    terminal.tell(import_views.counted(terminal.words, found, work.known))
    if found.foreign:
        terminal.tell(import_views.foreign(terminal.words, found, here.title))
    if preview or not found.messages:
        return True
    if not terminal.ask(say("Take this in?")):
        terminal.tell(say("Nothing was imported."))
        return True
    async for job in work.take_in(found):
        terminal.tell(import_views.progress(terminal.words, job))
    return True


async def _group(
    database: Database, readers: Readers, terminal: Terminal, number: int | None
) -> Group | None:
    """The group that was named, or the only one; else it is told what there is to choose from."""
    async with database.read() as tx:
        able = [one for one in await groups.active(tx) if readers(one.platform) is not None]
    named = [one for one in able if number in (None, one.id)]
    if len(named) == 1:
        return named[0]
    terminal.tell(terminal.words.say(WHICH if able else NONE))
    for one in able:
        title = isolated(one.title or one.native)
        terminal.tell(Text.of(f"  {one.id}  {title} ({one.platform})"))
    return None


class _Work:
    """One file on its way into one group."""

    def __init__(
        self, database: Database, reader: Reader, group: Group, file: Path, now: datetime
    ) -> None:
        self._database = database
        self._reader = reader
        self._group = group
        self._file = file
        self._now = now
        self._foreign = False
        self._left_out: set[str] = set()
        self.known = 0

    async def count(self) -> Survey:
        """What the file holds; `known` says how much of it is known, from now on. Raises
        BadExport."""
        with self._file.open("rb") as source:
            asked = (self._reader, source, self._group.chat, self._now)
            found = await asyncio.to_thread(survey, *asked)
        self._foreign = found.foreign
        async for some in self._batches():
            events = [event for _, event in some]
            async with self._database.read() as tx:
                self.known += len(await taking.heard(tx, [event.id for event in events]))
                self._left_out |= await taking.to_leave_out(tx, self._group.id, events)
        return found

    async def take_in(self, found: Survey) -> AsyncIterator[Import]:
        """Takes the file in, from where it was left; the import after each transaction."""
        job = await self._begin(found)
        pairs = Pairs()
        before: list[MessagePosted] = []
        async for some in self._batches():
            events = [event for number, event in some if number > job.done]
            before = [*before, *(event for number, event in some if number <= job.done)][-REPLAY:]
            if events:
                job = await self._step(job, pairs, before, events, some[-1][0])
                before = []
                yield job
        yield await self._end(job)

    async def _begin(self, found: Survey) -> Import:
        values = {"total": found.total, "foreign_home": found.foreign, "state": Stage.RUNNING}
        mark = await asyncio.to_thread(_mark, self._file)
        async with self._database.write() as tx:
            name = self._file.name
            return await jobs.begin(tx, self._group.id, mark, name, self._now, **values)

    async def _step(
        self,
        job: Import,
        pairs: Pairs,
        before: list[MessagePosted],
        events: list[MessagePosted],
        done: int,
    ) -> Import:
        found = await pair_up(pairs, before, events)
        whole = self._reader.whole_roster
        async with self._database.write() as tx:
            took = await step(
                tx, self._group, job.id, events, found, self._left_out, whole_roster=whole
            )
            counted = {"added": took.added, "known": took.known, "found": took.found}
            await jobs.advance(tx, job, done=done, **counted)
            return await jobs.by_id(tx, job.group_id, job.id) or job

    async def _end(self, job: Import) -> Import:
        stale = {
            "key": f"answers:{STALE}:{job.id}",
            "due_at": self._now + proposing.STAYS,
            "feature": "answers",
            "kind": f"answers.{STALE}",
            "arg": str(job.id),
            "group_id": job.group_id,
        }
        async with self._database.write() as tx:
            await jobs.change(tx, job.id, state=Stage.DONE)
            await due.arm(tx, [stale])
            return await jobs.by_id(tx, job.group_id, job.id) or job

    async def _batches(self) -> AsyncIterator[list[Numbered]]:
        """The group's messages in the file, with their numbers; read in a thread."""
        with self._file.open("rb") as source:
            chat, any_home = self._group.chat, self._foreign
            told = messages(self._reader, source, chat, self._now, any_home=any_home)
            while some := await asyncio.to_thread(lambda: list(islice(told, BATCH))):
                yield some


def _mark(file: Path) -> str:
    """By what a file is known again: its size, its beginning and its end."""
    size = file.stat().st_size
    with file.open("rb") as source:
        start = source.read(EDGE)
        source.seek(max(0, size - EDGE))
        ends = hashlib.sha256(start + source.read(EDGE))
    return f"{size}:{ends.hexdigest()[:40]}"
