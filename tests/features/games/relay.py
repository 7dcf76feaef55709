"""A story relay of three, with somebody who watches: what the dialogues about the lobby share."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.dialogue import Actor, Talk
from tests.stages.base import Line

MORE = "⋯"
LONG = "And then the lamp went out."


@dataclass
class Relay:
    """The people, and what they see. Cleo watches."""

    talk: Talk
    ann: Actor
    ben: Actor
    cleo: Actor
    first: Actor = field(init=False)
    """Who was to write first."""

    @property
    def board(self) -> Line:
        """The board as it stands."""
        lines = [n for n in self.talk.stage.lines() if not n.only_for and not n.deleted]
        return [n for n in lines if n.text.startswith("📖") and "further down" not in n.text][-1]

    @property
    def writer(self) -> Actor:
        """Whose turn it is."""
        place = {a: self.board.text.find(f"{a.name}\u2069, how does it") for a in self.people}
        return next(actor for actor, at in place.items() if at >= 0)

    @property
    def other(self) -> Actor:
        """Who plays and waits."""
        return next(actor for actor in (self.ann, self.ben) if actor is not self.writer)

    @property
    def people(self) -> Sequence[Actor]:
        """Everybody."""
        return (self.ann, self.ben, self.cleo)

    async def begins(self, pace: str) -> None:
        """Ann and Ben sit down."""
        await self.ann.says(f"/game start story {pace}")
        for actor in (self.ann, self.ben):
            await actor.presses(self.board, "Join")
        await self.ann.presses(self.board, "Begin")
        self.first = self.writer
        self.talk.bot.hears_nothing_more()

    async def panel(self, actor: Actor) -> Line:
        """What somebody sees behind the dots."""
        self.talk.bot.hears_nothing_more()
        await actor.presses(self.board, MORE)
        return self.shown_to(actor)

    def shown_to(self, actor: Actor) -> Line:
        """What somebody alone was shown last."""
        own = [n for n in self.talk.stage.lines() if n.only_for == actor.name and not n.deleted]
        return own[-1]

    async def told(self, *parts: str, to: Actor) -> Line:
        """Finds what somebody was told, also in place of what they pressed."""
        return await self.talk.bot.replies(*parts, to=to)


async def relay(talk: Talk, pace: str = "slow", *, private: bool = True) -> Relay:
    """A relay that has just begun; `private`: everybody can be written to."""
    people = [await talk.person(name) for name in ("Ann", "Ben", "Cleo")]
    for actor in people if private else ():
        await actor.opens_private("hello")
    made = Relay(talk, *people)
    await made.begins(pace)
    return made
