"""What the quiet members of one town do when a post gives them the floor by name."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from adapters.local.model import BOT, Message
from adapters.local.people import Person
from bot.refs import ChatRef
from bot.simulation.gamers import JOIN
from bot.simulation.questions import button
from bot.simulation.screenplay import Quiet

CHOICES = {"never": "quiet.never", "not": "quiet.not"}
Place = Callable[[Message], tuple[ChatRef, Message | None]]
Plan = Callable[[Message, Callable[[], Awaitable[None]]], None]


class Named:
    """`place` is where an answer to a post is given, `plan` has something done some time after
    a post; `said` holds everything that was said in the world."""

    def __init__(
        self,
        people: tuple[Quiet, ...],
        person: Callable[[str], Person],
        place: Place,
        plan: Plan,
        said: set[str],
    ) -> None:
        self._people, self._person = people, person
        self._place, self._plan, self._said = place, plan, said
        self._heard: set[tuple[str, str]] = set()

    def notice(self, message: Message) -> None:
        """Whatever the bot says: it may name one of them."""
        if message.author != BOT or not button(message, CHOICES["never"]):
            return
        for one in self._people:
            named = self._person(one.who).id in message.pings
            if named and (one.who, message.id) not in self._heard:
                self._heard.add((one.who, message.id))
                self._plan(message, partial(self._answer, one, message))

    async def _answer(self, one: Quiet, message: Message) -> None:
        person = self._person(one.who)
        if invited := button(message, JOIN):
            await person.presses(message, invited)
        elif one.presses:
            await person.presses(message, button(message, CHOICES[one.presses]))
        elif one.words not in self._said:
            chat, answered = self._place(message)
            await person.says(chat, one.words, reply_to=answered)


SOON, LATE = timedelta(minutes=20), timedelta(hours=3)
"""When somebody who is named answers: between these after the post."""


def moment(at: datetime, chance: float) -> datetime:
    """When somebody who is named at a moment answers; `chance` from 0 to 1."""
    return at + SOON + chance * (LATE - SOON)
