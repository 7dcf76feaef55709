"""Topics that members name for themselves: given by a command, shown as a list, taken back by menu.

A feature that asks for topics keeps them in a table of its own, with the columns `member`,
`community`, `topic` (as it was typed), `at`, and one for the topic's key (`bot.topics`).
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, Table, delete, func, literal, select

from bot.context import Context
from bot.effects import Menu, Option, Whisper
from bot.events import ChoiceMade, CommandGiven, CommunityChanged
from bot.feature import Follows, answer_key
from bot.store.database import Tx
from bot.store.schema import roster
from bot.text import Text, bold, clean, code
from bot.topics import LONGEST, key_of

MOST = 20
LENGTH = 60
SHORTEST = 2
"""Letters of a topic's key."""
DIGITS = 8
"""They tell a person's topics apart in a button."""


class Told(Struct, frozen=True):
    """What is said around a list of topics, in English source strings.

    `nothing` stands in place of an empty list; `{example}` in it is the command.
    """

    head: str
    end: str
    nothing: str


class Wishes:
    """The topics of one feature. `also` gives the values of its table's other columns."""

    def __init__(
        self,
        key: Column[str],
        command: str,
        choice: str,
        told: Told,
        also: Callable[[Context], Mapping[str, Any]] = lambda _: {},
    ) -> None:
        self.key = key
        self.table: Table = key.table
        self.command, self.choice, self.told, self.also = command, choice, told, also

    async def given(self, ctx: Context, event: CommandGiven) -> Follows:
        """Adds the topic that was typed, if any, and shows all of them."""
        topic = " ".join(clean(event.args.get("topic", "")).split())
        if not topic:
            return [await self._list(ctx)]
        refused = await self._refusal(ctx, topic)
        if refused is not None:
            return [ctx.whisper(refused)]
        row = {"member": str(ctx.member), "community": ctx.here.community, "topic": topic}
        row |= {self.key.name: key_of(topic), "at": ctx.now}
        await ctx.tx.put(self.table, row | dict(self.also(ctx)))
        return [await self._list(ctx)]

    async def taken_back(self, ctx: Context, event: ChoiceMade) -> Follows:
        """Removes the topic that was picked from the list."""
        if ctx.group is None:
            return [ctx.whisper(ctx.own.say("This works in the group, not here."))]
        number = answer_key(event.choice)[1]
        for topic in await self._topics(ctx):
            if _number(topic) == number:
                where = (*self._mine(ctx), self.table.c.topic == topic)
                await ctx.tx.execute(delete(self.table).where(*where))
        return [await self._list(ctx, in_place=True)]

    def _mine(self, ctx: Context) -> tuple[Any, Any]:
        columns = self.table.c
        return columns.member == str(ctx.member), columns.community == ctx.here.community

    async def _refusal(self, ctx: Context, topic: str) -> Text | None:
        say, key, command = ctx.own.say, key_of(topic), code(f"/{self.command}")
        if len(key) < SHORTEST:
            return say("A topic needs at least one word.")
        if len(topic) > LENGTH or len(topic.split()) > LONGEST:
            return ctx.own.say_n(
                "That is too long for a topic. {n} word is best.",
                "That is too long for a topic. Up to {n} words are best.",
                LONGEST,
            )
        mine = self._mine(ctx)
        if await ctx.tx.first(select(self.key).where(*mine, self.key == key)):
            return say("You said so already. {command} shows it.", command=command)
        if int(await ctx.tx.scalar(select(func.count()).where(*mine))) >= MOST:
            return ctx.own.say_n(
                "{n} topic is the most. {command} lets you take one back.",
                "{n} topics are the most. {command} lets you take one back.",
                MOST,
                command=command,
            )
        return None

    async def _topics(self, ctx: Context) -> Sequence[str]:
        topic = self.table.c.topic
        rows = await ctx.tx.all(select(topic).where(*self._mine(ctx)).order_by(topic))
        return [row.topic for row in rows]

    async def _list(self, ctx: Context, *, in_place: bool = False) -> Whisper:
        found = await self._topics(ctx)
        if not found:
            example = code(f"/{self.command} …")
            return ctx.whisper(ctx.own.say(self.told.nothing, example=example), in_place=in_place)
        head, end = ctx.own.say(self.told.head), ctx.own.say(self.told.end)
        lines = [Text.of("• ", bold(topic)) for topic in found]
        options = tuple(Option(topic, f"{self.choice}:{_number(topic)}") for topic in found)
        menu = Menu(ctx.own.plain("Take a topic back"), options)
        return ctx.whisper(Text.join("\n", [head, *lines, end]), menu=menu, in_place=in_place)


def _number(topic: str) -> str:
    return hashlib.blake2b(key_of(topic).encode()).hexdigest()[:DIGITS]


async def follow(tx: Tx, table: Table, event: CommunityChanged) -> None:
    """What the people of a group wished (rows of `member` and `community`) holds in its new
    community too, where nothing is said yet, and no more in the old one if that is left empty.

    A row that names a group names this one from then on; numbers are given anew.
    """
    place = {"community": event.after, "group_id": event.group_id}
    kept = [column for column in table.columns if column.name not in ("id", *place)]
    placed = [column for column in table.columns if column.name in place]
    people = select(roster.c.member).where(
        roster.c.group_id == event.group_id, roster.c.left_at.is_(None)
    )
    theirs = table.c.member.in_(people.scalar_subquery())
    new = (literal(place[column.name]) for column in placed)
    rows = select(*new, *kept).where(table.c.community == event.before, theirs)
    names = [column.name for column in (*placed, *kept)]
    await tx.execute(tx.insert(table).from_select(names, rows).on_conflict_do_nothing())
    if event.emptied:
        await tx.execute(delete(table).where(table.c.community == event.before))
