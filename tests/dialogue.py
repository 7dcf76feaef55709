"""Dialogues: tests that read as a conversation, on every platform.

    ann = await talk.person("Ann", moderator=True)
    await ann.says("/prompt add What stands on your desk?")
    await talk.bot.replies("Kept", to=ann)

The application is the real one over a real database and a real adapter; only the clock is set
by the test (`await talk.later(hours=2)`), and every act is settled before the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.app import App
from bot.feature import Feature
from bot.store.database import Database
from scheduler.clock import VirtualClock
from tests.stages import MakeStage
from tests.stages.base import Line

START = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""A Monday morning."""


class Actor:
    """Somebody in the group."""

    def __init__(self, talk: Talk, name: str) -> None:
        self.talk = talk
        self.name = name

    async def says(
        self, text: str, *, reply_to: Line | None = None, room: str = "", private: bool = False
    ) -> str:
        """Writes, or gives a command ("/help"); returns the message's id."""
        made = await self.talk.stage.says(
            self.name, text, reply_to=reply_to, room=room, private=private
        )
        await self.talk.settled()
        return made

    async def answers(self, message: str, text: str) -> str:
        """Replies to somebody else's message."""
        made = await self.talk.stage.answers_person(self.name, text, message)
        await self.talk.settled()
        return made

    def __getattr__(self, act: str) -> Any:
        """Every other act of `Stage` (presses, fills, votes …), settled afterwards."""
        doing = getattr(self.talk.stage, act)

        async def does(*args: Any, **named: Any) -> Any:
            done = await doing(self.name, *args, **named)
            await self.talk.settled()
            return done

        return does


class Bot:
    """What the bot said and did not say."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._heard: set[tuple[str, int]] = set()

    def unheard(self) -> list[Line]:
        """What it said since it was last listened to."""
        lines = self._talk.stage.lines()
        return [n for n in lines if (n.id, n.version) not in self._heard and not n.deleted]

    async def replies(self, *parts: str, to: Actor | None = None) -> Line:
        """Finds the next thing said that holds all the parts, and goes on after it.

        `to` asks that this person alone sees it, where the platform can show something to one
        person; elsewhere a reply in the room counts.
        """
        await self._talk.settled()
        for line in self.unheard():
            visible = not line.only_for or to is None or line.only_for == to.name
            if visible and all(part in line.text for part in parts):
                self._heard.add((line.id, line.version))
                return line
        said = "\n".join(f"  - {line}" for line in self.unheard()) or "  (nothing)"
        raise AssertionError(f"the bot did not say {parts!r}; unheard:\n{said}")

    posts = replies

    async def is_silent(self) -> None:
        """Nothing more was said."""
        await self._talk.settled()
        assert self.unheard() == []

    def hears_nothing_more(self) -> None:
        """Everything so far counts as heard."""
        self._heard |= {(line.id, line.version) for line in self._talk.stage.lines()}


class Talk:
    """One application on one stage."""

    def __init__(
        self,
        make_stage: MakeStage,
        open_database: Callable[[], Database],
        *,
        systems: Sequence[Feature] | None = None,
        start: datetime = START,
    ) -> None:
        self.clock = VirtualClock(start)
        self.stage = make_stage(self.clock.now)
        self._open_database = open_database
        self._systems = systems
        self.bot = Bot(self)
        self.app = self._new_app()

    @property
    def platform(self) -> str:
        """Which platform this runs on."""
        return self.stage.platform

    async def begin(self) -> None:
        """Starts the application and lets it enter the group."""
        await self.app.prepare()
        await self.stage.open(self.app.engine)
        await self.settled()

    async def end(self) -> None:
        """Stops everything; fails if an event was left in the dead letters."""
        await self.stage.close()
        dead = self.app.engine.batches.dead
        await self.app.close()
        assert dead == 0, f"{dead} events ended as dead letters"

    async def restarts(self) -> None:
        """The program stops and starts over the same database."""
        await self.stage.close()
        await self.app.close()
        self.app = self._new_app()
        await self.begin()

    async def person(self, name: str, *, moderator: bool = False, language: str = "en") -> Actor:
        """Somebody new in the group."""
        await self.stage.person(name, moderator=moderator, language=language)
        await self.settled()
        return Actor(self, name)

    async def settled(self) -> None:
        """Everything that was done is handled, and what follows is sent."""
        await self.stage.delivered()
        await self.app.settle()
        while self.app.engine.backlog:
            await self.app.settle()
            await self.stage.delivered()

    async def later(self, **span: float) -> None:
        """Time goes on, with everything that becomes due on the way."""
        await self.settled()
        await self.app.live_through(timedelta(**span))
        await self.settled()

    async def until(self, moment: datetime) -> None:
        """Time goes on to a moment."""
        await self.settled()
        await self.app.live_through(moment - self.clock.now())
        await self.settled()

    def transcript(self) -> str:
        """What the bot said so far, to read it as a person would."""
        return "\n\n".join(
            f"[{n.only_for or 'all'}] {n.text}\n    {list(n.buttons + n.options)}"
            for n in self.stage.lines()
        )

    def _new_app(self) -> App:
        return App(
            self._open_database(),
            [self.stage.adapter],
            clock=self.clock,
            systems=self._systems,
            sleep=_at_once,
        )


async def _at_once(seconds: float) -> None:
    """Pacing has its own tests; a dialogue does not wait for it."""
