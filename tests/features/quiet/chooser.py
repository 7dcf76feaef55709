"""People with reasons to be named, put straight into a store, and who is chosen of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import event as events
from sqlalchemy import insert

from bot.context import Context
from bot.events import Event
from bot.features.quiet import choosing
from bot.features.quiet.reasons import Candidate, Kind
from bot.features.quiet.tables import interests, parts
from bot.follow_ups import Coming, WorthAnswering
from bot.refs import ChatRef, MemberRef
from bot.store import groups, members
from bot.store.database import Database, Tx
from bot.store.rollups import member_day
from bot.store.schema import DAY_MS, to_ms
from bot.topics import key_of
from tests.features.quiet.library import DAY, Crowd

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
HOME = ChatRef("local", "friends", "home")
DESK = "What stands on your desk?"


class Chooser(Crowd):
    """A crowd that is chosen from."""

    async def likes(self, member: str, topic: str, *, draw: float = 0.5) -> None:
        """Somebody asked for more of a topic."""
        row = {"member": member, "community": self.group.community, "topic_key": key_of(topic)}
        async with self.database.write() as tx:
            await tx.put(interests, row | {"topic": topic, "draw": draw, "at": self.now - 90 * DAY})

    async def took_part(
        self, member: str, subject: str, topic: str = "", *, kind: str = "prompt", ago: int = 180
    ) -> None:
        """Somebody took part in a post."""
        row = {"group_id": self.group.id, "member": member, "kind": kind, "subject": subject}
        row |= {"topic_key": key_of(topic), "draw": 0.5, "at": self.now - ago * DAY}
        async with self.database.write() as tx:
            await tx.execute(insert(parts).values(row))

    async def wrote(self, member: str, *days_ago: int) -> None:
        """Somebody wrote on these days, as the rollups tell."""
        today = to_ms(self.now) // DAY_MS
        row = {"group_id": self.group.id, "member": member, "messages": 3, "reactions": 0}
        async with self.database.write() as tx:
            await tx.execute(insert(member_day), [row | {"day": today - ago} for ago in days_ago])

    async def joined(self, member: str, ago: int) -> None:
        """It is known when somebody joined."""
        ref = MemberRef.parse(member)
        async with self.database.write() as tx:
            name = await members.name_of(tx, self.group.id, ref)
            at = self.now - ago * DAY
            await members.joined(tx, self.group.id, ref, name, at, is_bot=False)

    async def somebody(self, name: str, kind: Kind = Kind.OVERDUE) -> str:
        """Somebody quiet who took part in a post once."""
        member = await self.quiet(name, kind)
        await self.took_part(member, "Tea or coffee?")
        return member

    async def chosen(self, subject: str = DESK, **named: Any) -> list[Candidate]:
        """Who would be named in a post that goes out now."""
        async with self.database.write() as tx:
            return await choose(tx, self, subject, **named)

    async def members(self, subject: str = DESK, **named: Any) -> set[str]:
        """The same, without the reasons."""
        return {one.member for one in await self.chosen(subject, **named)}


def context(tx: Tx, crowd: Crowd, event: Event) -> Context:
    """What a handler would be given."""
    around = cast(Any, SimpleNamespace())
    return Context(tx, event, crowd.group, cast(Any, None), {}, around, feature="quiet")


async def choose(
    tx: Tx,
    crowd: Crowd,
    subject: str = DESK,
    *,
    topics: tuple[str, ...] = (),
    kind: str = "prompt",
    seed: str = "post",
    author: MemberRef | None = None,
    limit: int = 3,
    due_in: timedelta | None = None,
) -> list[Candidate]:
    """Who could be named in a post that goes out now, or comes in a while."""
    told: dict[str, Any] = {"id": seed, "at": crowd.now, "chat": HOME, "name": f"prompt:{seed}"}
    told |= {"kind": kind, "subject": subject, "topics": tuple(key_of(t) for t in topics)}
    told |= {"author": author}
    coming = None if due_in is None else Coming(**told, due_at=crowd.now + due_in)
    asked = coming or WorthAnswering(**told)
    return await choosing.candidates(context(tx, crowd, asked), asked, limit)


async def chooser(database: Database, native: str = "friends") -> Chooser:
    """A group with nobody in it yet."""
    async with database.write() as tx:
        group = await groups.create(tx, ChatRef("local", native, "home"), NOW)
    return Chooser(database, group, NOW)


@contextmanager
def counted(tx: Tx) -> Iterator[list[str]]:
    """The statements that are run inside."""
    seen: list[str] = []
    connection = tx.connection.sync_connection
    assert connection

    def note(*args: Any) -> None:
        seen.append(args[2])

    events.listen(connection, "before_cursor_execute", note)
    yield seen
    events.remove(connection, "before_cursor_execute", note)
