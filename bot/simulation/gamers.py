"""How the members of one town play: some join when a game invites, and press what they believe."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from adapters.local.model import BOT, Message
from adapters.local.people import Person
from adapters.local.world import World
from bot.refs import ChatRef
from bot.simulation.questions import button

JOIN = "games.join:"
_CHOICE = re.compile(r"games\.m:\d+:pick\.")
PLAYED = ("❓", "💬")
"""The signs of the games that they can play: those with choices. Elsewhere others would wait."""
FEWEST, MOST = 4, 7
NIGHTS = ((26, "/prompt schedule {plan} game=trivia"), (29, "/game start trivia live"))
"""What somebody types, by the day."""
Plan = Callable[[datetime, Callable[[], Awaitable[None]]], None]


class Gamers:
    """`members` are those who like to play, `chance` gives a generator for a reason."""

    def __init__(
        self,
        world: World,
        members: tuple[str, ...],
        room: ChatRef,
        plan: Plan,
        chance: Callable[..., Random],
    ) -> None:
        self._world, self._members, self._room = world, members, room
        self._plan, self._chance = plan, chance
        self._seen: set[tuple[str, ...]] = set()

    def begin(self, lead: Person, planned: str, day: Callable[[int], datetime]) -> None:
        """Plans the evenings that are still to come."""
        for number, command in NIGHTS:
            if (at := day(number)) > self._world.now():
                line = command.format(plan=planned)
                self._plan(at, partial(lead.gives_command, self._room, line))

    def notice(self, message: Message) -> None:
        """Whatever the bot says or changes: a lobby, or a new question on a board."""
        if message.author != BOT or message.only_for:
            return
        if not str(message.text).startswith(PLAYED):
            return
        choices = [b.id for row in message.buttons for b in row if _CHOICE.match(b.id)]
        if choices:
            self._once(message, tuple(choices), partial(self._choose, choices), 45)
        elif button(message, "games.begin:"):
            self._once(message, (JOIN,), lambda _: button(message, JOIN), 600)

    def players(self, message: Message) -> list[str]:
        """Those who take part in the game of this board; the same after a restart."""
        rng = self._chance("players", message.id)
        return rng.sample(self._members, min(len(self._members), rng.randint(FEWEST, MOST)))

    def _once(
        self, message: Message, what: tuple[str, ...], choose: Callable[[Random], str], within: int
    ) -> None:
        if (message.id, *what) in self._seen:
            return
        self._seen.add((message.id, *what))
        rng = self._chance("game", message.id, *what)
        for player in self.players(message):
            at = self._world.now() + timedelta(seconds=rng.uniform(5, within))
            self._plan(at, partial(self._press, player, message.id, choose(rng)))

    def _choose(self, choices: list[str], rng: Random) -> str:
        return rng.choice(choices)

    async def _press(self, player: str, message: str, choice: str) -> None:
        await self._world.person(player).presses(self._world.messages[message], choice)
