"""What must hold after every trial, whatever went wrong in it."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import select

from adapters.local import Message
from bot.consent import BUDGET
from bot.features.prompts import tables
from bot.i18n import zone_of
from bot.simulation.cast import Town
from bot.simulation.probe import CALL
from bot.simulation.trial import BORN, HOURS, TOWNS, Trial
from bot.store import outbox
from bot.store.schema import dead_letters
from bot.store.schema import outbox as outbox_table

BACK = timedelta(hours=2)
"""How far the clock of a trial may be set back."""


async def violations(trial: Trial) -> list[str]:
    """What does not hold, in words; an empty list is a proof for this seed."""
    async with trial.app.database.read() as tx:
        dead = await tx.all(select(dead_letters))
        waiting = await tx.all(select(outbox_table).where(outbox_table.c.state != outbox.FAILED))
        texts = {row.id: row.text for row in await tx.all(select(tables.cards))}
        posts = await tx.all(select(tables.prompt_posts))
        replies = await tx.all(select(tables.replies))
        votes = await tx.all(select(tables.votes))
    found = [f"dead letter: {row.event}\n{row.traceback}" for row in dead]
    found += [f"never sent: {row.effect}" for row in waiting]
    found += _pings(trial)
    found += _posts(trial, {post.name: texts[post.card] for post in posts})
    found += _answers(trial, texts.values(), {row.message: row.text for row in replies})
    found += _votes(trial, [row.member for row in votes])
    return found


def _pings(trial: Trial) -> Iterator[str]:
    """Nobody who wants none, nobody twice within the budget, nothing twice."""
    last: dict[str, datetime] = {}
    never = TOWNS[0].members[-1].name
    seen: Counter[str] = Counter()
    for message in _of_bot(trial):
        if message.pings and str(message.text).startswith(CALL):
            seen[str(message.text)] += 1
        for who in message.pings:
            name = trial.world.people[who].name
            if name == never:
                yield f"{name} wants no pings: {message.text}"
            if who in last and message.at - last[who] < BUDGET - BACK:
                yield f"{name} was notified at {last[who]} and at {message.at}"
            last[who] = message.at
    yield from (f"notified twice by {text!r}" for text, n in seen.items() if n > 1)


def _posts(trial: Trial, posted: Mapping[str, str]) -> Iterator[str]:
    """Each local slot is posted once, or told; `posted` gives the text of a post by its name."""
    for number, town in enumerate(TOWNS, 1):
        texts = Counter(_prompt_of(m) for m in _of_bot(trial) if _is_in(trial, m, town))
        told = "\n".join(str(m.text) for m in _of_bot(trial) if _is_in(trial, m, town))
        missed = []
        for name in _slots(trial, town, number):
            text = posted.get(name)
            if text is None:
                missed.append(name)
            elif texts[text] > 1:
                yield f"{name} was posted {texts[text]} times: {text}"
            elif not texts[text] and text not in told:
                yield f"{name} was lost in silence: {text}"
        if len(missed) > _told_missed(told):
            yield f"slots of {town.title} left out in silence: {missed}"


def _slots(trial: Trial, town: Town, plan: int) -> Iterator[str]:
    """The names of the posts that were due while the bot was in the group."""
    zone = zone_of(town.zone)
    day = BORN.astimezone(zone).date()
    gone = [(a, b) for title, a, b in trial.away if title == town.title]
    while day <= trial.ended.astimezone(zone).date():
        for hour in HOURS:
            at = datetime.combine(day, time(hour), zone)
            away = any(a - BACK <= at <= b + BACK for a, b in gone)
            if BORN < at <= trial.ended and not away:
                yield f"prompt:{plan}:{day}T{hour:02}:00"
        day += timedelta(days=1)


def _told_missed(told: str) -> int:
    """How many prompts the moderators were told to have been left out."""
    many = sum(int(n) for n in re.findall(r": (\d+) prompts?, ", told))
    return many + len(re.findall(r"^Every day at .+?: [A-Z][a-z]{2}, ", told, re.MULTILINE))


def _answers(trial: Trial, prompts: Collection[str], kept: Mapping[str, str]) -> Iterator[str]:
    """Every answer that stands in the world is kept as it stands, and no other one."""
    world = trial.world
    threads = {m.chat.in_room(m.thread) for m in _of_bot(trial) if m.thread}
    stand = {}
    for message in world.messages.values():
        if not message.author or message.deleted:
            continue
        before = world.messages.get(message.reply_to or "")
        to_prompt = before and not before.author and _prompt_of(before) in prompts
        if to_prompt or message.chat in threads:
            stand[message.id] = str(message.text)
    for key, text in stand.items():
        if key not in kept:
            yield f"answer {key} was lost: {text}"
        elif kept[key] != text:
            yield f"answer {key} is kept as {kept[key]!r}, and says {text!r}"
    yield from (f"answer {key} is kept, and gone: {kept[key]}" for key in kept.keys() - stand)


def _votes(trial: Trial, kept: Sequence[str]) -> Iterator[str]:
    """Every vote is kept once."""
    given = Counter(f"local:{who}" for m in _of_bot(trial) if m.poll for who in m.poll.votes)
    if given != Counter(kept):
        yield f"votes given: {given}, kept: {Counter(kept)}"


def _of_bot(trial: Trial) -> Iterator[Message]:
    return (m for m in trial.world.messages.values() if not m.author)


def _is_in(trial: Trial, message: Message, town: Town) -> bool:
    group = trial.world.groups.get(message.chat.group)
    return bool(group) and not message.only_for and group is not None and group.title == town.title


def _prompt_of(message: Message) -> str:
    return message.poll.question if message.poll else str(message.text).split("\n\n")[0]
