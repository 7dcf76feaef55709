"""Many games at once in one store, with a program that dies at any statement and starts again.

What people did is told again after a crash, as platforms do with what was not acknowledged. The
same events in a program that never dies are the measure: the stores must hold the same.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

import msgspec
from sqlalchemy import Table as SqlTable
from sqlalchemy import insert, select

from bot.agenda import Agenda
from bot.app import features
from bot.engine import Engine
from bot.events import ChoiceMade, CommandGiven, Event, FormSubmitted, MessagePosted
from bot.features.games import sayings, tables
from bot.features.games.core import post_name
from bot.features.prompts.tables import cards, prompt_posts, replies
from bot.games import game
from bot.play import LEFT, PASS, SAYS, Logged, Move, Play, Table, replay
from bot.ports import Can, Capabilities
from bot.refs import ChatRef, MemberRef
from bot.router import Router
from bot.simulation.faults import Crash, FragileDatabase, Fuse
from bot.store import members
from bot.store.database import Database, Tx
from bot.store.schema import outbox
from tests.games.players import START, RandomGame

PEOPLE = 5
LISTENS = START + timedelta(days=3650)
KEPT = (tables.plays, tables.seats, tables.rooms, tables.moves)
OpenStore = Callable[[], Database]
Round = tuple[datetime, Sequence[Event]]
"""A moment, and what people do at it."""


class Everything:
    """A platform that can do everything; nothing is sent to it here."""

    platform = "local"

    def capabilities(self, chat: ChatRef) -> Capabilities:
        return Capabilities(~Can(0))


def chat_of(group: int) -> ChatRef:
    return ChatRef("local", f"g{group}", "main")


def member(group: int, number: int) -> MemberRef:
    return MemberRef("local", f"{group}-{number}")


class Program:
    """The engine over a store; it dies when its fuse is through, and is started again."""

    def __init__(self, open_store: OpenStore, fuse: Fuse) -> None:
        self._open, self._fuse = open_store, fuse
        self.deaths = 0

    async def start(self, now: datetime) -> None:
        self.database = FragileDatabase(self._open(), self._fuse)
        systems = [one for one in features() if one.name == "games"]
        self.engine = Engine(self.database, Router(systems))
        self.engine.adapters = {"local": Everything()}  # type: ignore[dict-item]  # all that is asked of it here
        await self.engine.start(now)
        await self._listen()
        self.agenda = Agenda(self.engine)

    async def lives(self, now: datetime, events: Sequence[Event]) -> None:
        """What was due and what people did at a moment, however often it takes."""
        while True:
            try:
                await self._handles(now, events)
                await self._listen()
                return
            except Crash:
                self.deaths += 1
                self._fuse.replace()
                await self.database.close()
                await self.start(now)

    async def _handles(self, now: datetime, events: Sequence[Event]) -> None:
        firing = asyncio.ensure_future(self.agenda.fire(now))
        try:
            await asyncio.sleep(0)
            while not firing.done():
                await (self.engine.step() if self.engine.backlog else asyncio.sleep(0))
            await firing
        finally:
            firing.cancel()
            await asyncio.gather(firing, return_exceptions=True)
        for event in events:
            self.engine.offer(event)
        while self.engine.backlog:
            await self.engine.step()

    async def _listen(self) -> None:
        """Boards are never sent here, so nobody else could say that they listen."""
        rows = await self.rows(tables.rooms)
        for row in rows:
            chat = chat_of(row["group_id"] - 1)
            name = post_name(row["play"])
            self.engine.interests.listen(name, chat, f"b{row['play']}", LISTENS, is_thread=False)

    async def rows(self, table: SqlTable) -> list[dict[str, Any]]:
        """Everything that a table holds."""
        async with self.database.read() as tx:
            return [dict(row._mapping) for row in await tx.all(select(table))]


class Evening:
    """Random people who play `count` games of one kind, each in its own group."""

    def __init__(self, key: str, count: int, seed: int, open_store: OpenStore) -> None:
        self.key, self.count = key, count
        self.rng = Random(f"{key} {seed}")
        self.fuse = Fuse()
        self.program = Program(open_store, self.fuse)
        self.rounds: list[Round] = []
        self.now = START
        self._numbers = 0

    async def play(self, rounds: int) -> None:
        """Lobbies, then random moves; the program dies now and then."""
        game(self.key).prepare("en")
        await self.program.start(START)
        await self._round([self._command(n) for n in range(self.count)])
        joining = await self._joining()
        await self._round(joining)
        await self._round(await self._beginning())
        for _ in range(rounds):
            self.now += timedelta(seconds=self.rng.choice((1, 20, 90, 4000)))
            self.now += timedelta(microseconds=self.rng.randrange(3000))
            await self._round(await self._moves())
        self.fuse.replace()
        for _ in range(400):
            due = await self.program.agenda.next_due()
            if due is None or not await self._open():
                return
            self.now = max(self.now, due) + timedelta(hours=self.rng.choice((0, 12)))
            await self._round([])

    async def _round(self, events: Sequence[Event]) -> None:
        self.rounds.append((self.now, events))
        if self.rng.random() < 0.7:
            self.fuse.light(self.rng.randint(0, 8 * max(len(events), 2)))
        await self.program.lives(self.now, events)
        self.fuse.replace()

    def _who(self, group: int, number: int) -> dict[str, Any]:
        self._numbers += 1
        who = member(group, number)
        return {
            "id": f"e{self._numbers}",
            "at": self.now,
            "chat": chat_of(group),
            "member": who,
            "name": f"Person {number} of {group}",
        }

    def _command(self, group: int) -> Event:
        args = {"game": self.key, "pace": self.rng.choice(("live", "slow"))}
        return CommandGiven(**self._who(group, 0), path="game start", args=args)

    def _press(self, group: int, number: int, choice: str) -> Event:
        return ChoiceMade(**self._who(group, number), choice=choice, answer="a")

    async def _open(self) -> list[dict[str, Any]]:
        return [row for row in await self.program.rows(tables.plays) if row["phase"] != "over"]

    async def _rooms(self) -> dict[int, int]:
        return {row["play"]: row["group_id"] - 1 for row in await self.program.rows(tables.rooms)}

    async def _joining(self) -> list[Event]:
        rooms = await self._rooms()
        return [
            self._press(rooms[row["id"]], number, f"games.join:{row['id']}")
            for row in await self._open()
            if row["phase"] == "gathering"
            for number in range(PEOPLE)
        ]

    async def _beginning(self) -> list[Event]:
        rooms = await self._rooms()
        return [
            self._press(rooms[row["id"]], 0, f"games.begin:{row['id']}")
            for row in await self._open()
            if row["phase"] == "gathering"
        ]

    async def _moves(self) -> list[Event]:
        rooms = await self._rooms()
        playing = [row for row in await self._open() if row["phase"] == "playing"]
        return [self._move(row, rooms[row["id"]]) for row in playing]

    def _move(self, row: dict[str, Any], group: int) -> Event:
        """One that stands on the board, in most cases; a message or the door in the others."""
        chosen = game(self.key)
        random = RandomGame.__new__(RandomGame)
        random.game, random.rng = chosen, self.rng
        random.table = msgspec.json.decode(row["table"], type=Table)
        random.seats = PEOPLE
        state = msgspec.json.decode(row["state"], type=chosen.state)
        random.play = Play(row["seed"], row["moves"], state)
        move = random.move()
        number = self.rng.randrange(PEOPLE)
        if move.act == SAYS:
            who = self._who(group, number)
            said = {"message": who["id"], "text": move.text, "reply_to": f"b{row['id']}"}
            return MessagePosted(**who, **said)
        if move.act in (LEFT, PASS):
            what = "leave" if move.act == LEFT else "pass"
            return self._press(group, number, f"games.{what}:{row['id']}")
        return self._pressed(row["id"], group, number, move)

    def _pressed(self, play: int, group: int, number: int, move: Move) -> Event:
        which = f"{move.act}.{move.arg}"
        if not move.values:
            ascii_only = which.encode("ascii", "ignore").decode()[:14]
            return self._press(group, number, f"games.m:{play}:{ascii_only}")
        who = self._who(group, number)
        arg = f"{play}:{which}"
        return FormSubmitted(**who, form="games.move", arg=arg, values=move.values)


async def with_answers(open_store: OpenStore, count: int) -> None:
    """Gives each group answers to a prompt, of people who agreed that they come up in games."""
    database = open_store()
    card = {"id": 1, "deck": 1, "text": "What do you see?", "fingerprint": "f", "position": 1}
    async with database.write() as tx:
        await tx.execute(insert(cards).values(**card, created_at=START))
        for group in range(count):
            post = {"id": group + 1, "group_id": group + 1, "card": 1, "slot": "s"}
            named = post | {"name": f"prompt:{group}", "posted_at": START}
            await tx.execute(insert(prompt_posts).values(**named))
            for number in range(PEOPLE):
                await _with_answer(tx, group, number)
    await database.close()


async def _with_answer(tx: Tx, group: int, number: int) -> None:
    who, name = member(group, number), f"Person {number} of {group}"
    await members.joined(tx, group + 1, who, name, START, is_bot=False)
    await sayings.agree(tx, group + 1, who, START)
    row = {"post": group + 1, "group_id": group + 1, "member": str(who), "member_name": name}
    said = {"message": f"m{number}", "text": f"A view of number {number}", "at": START}
    await tx.execute(insert(replies).values(**row, **said))


async def undisturbed(rounds: Sequence[Round], open_store: OpenStore) -> Program:
    """The same in a program that never dies."""
    program = Program(open_store, Fuse())
    await program.start(rounds[0][0])
    for now, events in rounds:
        await program.lives(now, events)
    return program


async def kept(program: Program) -> dict[str, list[Any]]:
    """What the store holds of games, and what waits to be sent."""
    found: dict[str, list[Any]] = {}
    for table in KEPT:
        found[table.name] = sorted(map(str, await program.rows(table)))
    found["outbox"] = sorted(row["effect"] for row in await program.rows(outbox))
    return found


async def replayed(program: Program) -> list[tuple[Play, Play]]:
    """The position that each play's log leads to, beside the one that is kept."""
    logs: dict[int, list[Logged]] = {}
    for row in sorted(await program.rows(tables.moves), key=lambda one: int(one["number"])):
        move = msgspec.json.decode(row["move"], type=Move)
        logs.setdefault(row["play"], []).append(Logged(row["number"], row["at"], move))
    pairs = []
    for row in await program.rows(tables.plays):
        if not row["state"]:
            continue
        chosen = game(row["game"])
        table = msgspec.json.decode(row["table"], type=Table)
        state = msgspec.json.decode(row["state"], type=chosen.state)
        again = replay(chosen, table, row["seed"], row["begun_at"], logs.get(row["id"], []))
        pairs.append((again, Play(row["seed"], row["moves"], state)))
    return pairs
