"""A past that every platform can have exported."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from bot.store import groups
from bot.store.database import Database
from bot.store.groups import Group
from tests.dialogue import Talk
from tests.exports import samples

Said = tuple[str, str, int]
"""Who, what, and the number of the line that it answers (0: none), counted from 1."""

TALK: tuple[Said, ...] = (
    ("Zoe", "Where can I register after moving to Lisbon?", 0),
    ("Ian", "At the Junta de Freguesia of your street, with a rental contract.", 1),
    ("Zoe", "Thanks", 2),
    ("Kim", "How do I get a SIM card without a NIF?", 0),
    ("Ian", "Any kiosk at the airport sells prepaid ones.", 4),
    ("Zoe", "The shop in Rua Augusta only asks for a passport.", 4),
    ("Kim", "What a lovely morning.", 0),
)
FIRST = datetime(2026, 10, 1, 10, tzinfo=UTC)
NUMBERS = {"Zoe": 901, "Ian": 902, "Kim": 903}


async def group_of(database: Database) -> Group:
    """The only group."""
    async with database.read() as tx:
        [group] = await groups.active(tx)
    return group


async def exported(talk: Talk, *said: Said, home: str = "") -> bytes:
    """The file in which this talk's platform would have exported these lines."""
    native = home or (await group_of(talk.app.database)).native
    return EXPORTS[talk.platform](native, said or TALK)


def _local(native: str, said: tuple[Said, ...]) -> bytes:
    messages = [
        {
            "id": str(900 + number),
            "at": (FIRST + timedelta(hours=number)).isoformat(),
            "author": who.lower(),
            "name": who,
            "text": text,
            "reply_to": str(900 + to) if to else None,
        }
        for number, (who, text, to) in enumerate(said, 1)
    ]
    return json.dumps({"group": native, "title": "Friends", "messages": messages}).encode()


def _telegram(native: str, said: tuple[Said, ...]) -> bytes:
    large = native.startswith("-100")
    messages = [
        samples.t(
            9_000 + number,
            text,
            NUMBERS[who],
            **{"from": who},
            **({"reply_to_message_id": 9_000 + to} if to else {}),
        )
        for number, (who, text, to) in enumerate(said, 1)
    ]
    chat = samples.t_chat(
        *messages,
        kind="private_supergroup" if large else "private_group",
        id=int(native.removeprefix("-100") if large else native.removeprefix("-")),
    )
    return json.dumps(chat).encode()


def _discord(native: str, said: tuple[Said, ...]) -> bytes:
    messages = []
    for number, (who, text, to) in enumerate(said, 1):
        made: dict[str, Any] = samples.d(number, text, NUMBERS[who])
        if to:
            made = samples.d_reply(number, to, text, NUMBERS[who])
        made["author"]["nickname"] = who
        messages.append(made)
    return json.dumps(samples.d_channel(*messages, guild=native)).encode()


EXPORTS = {"local": _local, "telegram": _telegram, "discord": _discord}


async def rows(database: Database, table: Any) -> list[dict[str, Any]]:
    """Everything in a table."""
    async with database.read() as tx:
        return [dict(row._mapping) for row in await tx.all(select(table))]


async def imported(talk: Talk, who: Any, *said: Said) -> None:
    """A moderator imports these lines, to the end."""
    await who.attaches("/answers import", {"file": ("past.json", await exported(talk, *said))})
    preview = await talk.bot.replies("message")
    await who.presses(preview, "Import")
    await talk.later(minutes=1)
    talk.bot.hears_nothing_more()
