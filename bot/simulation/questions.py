"""How the members of one town use the answers: they ask, answer, tick what solved it, and take an
earlier answer where there is one."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from adapters.local.model import BOT, Message
from adapters.local.people import Person
from adapters.local.world import World
from bot.refs import ChatRef
from bot.simulation.screenplay import Line, Query

TICK = "✅"
A_MOMENT = timedelta(minutes=2)
LATER = timedelta(hours=3)
Plan = Callable[[datetime, Callable[[], Awaitable[None]]], None]


def button(message: Message, begins: str) -> str:
    """The first button whose id begins so, or ""."""
    ids = (b.id for row in message.buttons for b in row)
    return next((found for found in ids if found.startswith(begins)), "")


def is_question(message: Message) -> bool:
    """Whether this post of the bot's stands for a question."""
    return message.author == BOT and bool(button(message, "answers.answer:"))


class Curious:
    """The questions of one town. `said` holds everything that was said in the world."""

    def __init__(
        self,
        world: World,
        queries: tuple[Query, ...],
        person: Callable[[str], Person],
        room: ChatRef,
        plan: Plan,
        said: set[str],
    ) -> None:
        self.world, self.room = world, room
        self._queries, self._person, self._plan, self._said = queries, person, plan, said
        self._posts: dict[str, Query] = {}
        self._done: set[tuple[str, str]] = set()

    def begin(self, day: Callable[[int], datetime]) -> None:
        """Plans what nobody has asked yet; takes up what is under way."""
        known = [m for m in self.world.messages.values() if m.chat.group == self.room.group]
        for query in self._queries:
            if any(query.words in str(message.text) for message in known):
                continue
            if (at := day(query.day)) > self.world.now():
                self._plan(at, partial(self._ask, query))
        for message in sorted(known, key=lambda m: int(m.id)):
            self.notice(message)

    def knows(self, message: Message) -> bool:
        """Whether a post of the bot's belongs to a question, and is no prompt."""
        return is_question(message) or self._about(message) is not None

    def notice(self, message: Message) -> None:
        """Whatever the bot says: it may be about a question."""
        if message.author != BOT or message.deleted:
            return
        query = self._about(message)
        if query is None:
            return
        if is_question(message) and not query.carried and not query.spoken:
            self._once(message.id, query, partial(self._answer, query, 0, message))
        for begins in ("answers.keep", "answers.yes:", "answers.worked:"):
            if pressed := button(message, begins):
                self._once(
                    begins + message.id, query, partial(self._press, query, message, pressed)
                )
        if message.only_for and (pressed := self._draft_button(query, message)):
            self._once("draft" + query.words, query, partial(self._press, query, message, pressed))
        if query.carried and button(message, "answers.carry-not"):
            self._once(message.id, query, partial(self._answer, query, 0, message))

    def _draft_button(self, query: Query, message: Message) -> str:
        helps = button(message, "answers.hit:") if query.helped else ""
        return helps or button(message, "answers.anyway:")

    def _about(self, message: Message) -> Query | None:
        """The question that a post of the bot's is about."""
        for query in self._queries:
            if query.words in str(message.text):
                self._posts[message.id] = query
        root = self.world.rooms[message.chat].root if message.chat in self.world.rooms else ""
        found = self._posts.get(message.id) or self._posts.get(message.reply_to or root)
        if found is None and message.reply_to in self.world.messages:
            words = str(self.world.messages[message.reply_to].text)
            found = next((q for q in self._queries if words in (q.words, *q.lines)), None)
        if found is None and message.only_for:
            asker = self.world.people[message.only_for].name.split()[0]
            found = next((q for q in self._queries if self._awaits(q, asker)), None)
        return found

    def _awaits(self, query: Query, asker: str) -> bool:
        return query.who == asker and ("asked", query.words) in self._done

    def _once(self, what: str, query: Query, act: Callable[[], Awaitable[None]]) -> None:
        if (what, query.words) not in self._done:
            self._done.add((what, query.words))
            self._plan(self.world.now() + A_MOMENT, act)

    # What they do

    async def _ask(self, query: Query) -> None:
        person = self._person(query.who)
        self._done.add(("asked", query.words))
        if not query.spoken:
            await person.gives_command(self.room, f"/ask {query.words}")
            return
        await person.says(self.room, query.words)
        at = self.world.now() + 6 * A_MOMENT
        self._plan(at, partial(self._converse, query, 0))

    async def _press(self, query: Query, message: Message, choice: str) -> None:
        await self._person(query.who).presses(self.world.messages[message.id], choice)

    async def _answer(self, query: Query, index: int, post: Message) -> None:
        """Says one answer where the question stands, and plans the next, and the asker's tick."""
        line = query.answers[index]
        post = self.world.messages[post.id]
        if line.words not in self._said:
            said = await self._say(line, post)
            if line.who == query.solved:
                self._plan(self.world.now() + LATER, partial(self._tick, query, said))
        if index + 1 < len(query.answers):
            at = self.world.now() + 12 * A_MOMENT
            self._plan(at, partial(self._answer, query, index + 1, post))

    async def _say(self, line: Line, post: Message) -> Message:
        person = self._person(line.who)
        if post.thread:
            return await person.says(post.chat.in_room(post.thread), line.words)
        return await person.says(post.chat, line.words, reply_to=post)

    async def _converse(self, query: Query, index: int) -> None:
        """An answer in plain conversation, without a reply."""
        line = query.answers[index]
        await self._person(line.who).says(self.room, f"{query.who}: {line.words}")
        if index + 1 < len(query.answers):
            at = self.world.now() + 3 * A_MOMENT
            self._plan(at, partial(self._converse, query, index + 1))

    async def _tick(self, query: Query, answer: Message) -> None:
        await self._person(query.who).reacts(answer, TICK)
