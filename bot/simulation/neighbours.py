"""How the members of one town behave: they answer, react, vote, chat and suggest."""

from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from adapters.local.model import BOT, Message
from adapters.local.people import Person
from adapters.local.world import World
from bot.i18n import zone_of
from bot.refs import ChatRef
from bot.simulation.cast import Temper, Town
from bot.simulation.gamers import Gamers
from bot.simulation.hosts import Hosts
from bot.simulation.named import Named, moment
from bot.simulation.questions import Curious
from bot.simulation.screenplay import Exchange, Idea, Line, Scene, Screenplay

WAKES, SLEEPS = 7, 22
"""Local hours between which people write."""
PARTS: dict[Temper, tuple[float, float, float]] = {
    Temper.CHATTY: (0.30, 0.85, 3.0),
    Temper.STEADY: (0.15, 0.65, 1.0),
    Temper.SHY: (0.10, 0.55, 0.1),
    Temper.QUIET: (0.0, 0.0, 0.0),
}
"""How likely somebody reacts to a message and votes, and how often they speak among the rest."""
EMOJI = ("❤️", "❤️", "😂", "😂", "👍", "👏", "👏", "🙌")
Plan = Callable[[datetime, Callable[[], Awaitable[None]]], None]


class Neighbours:
    """The people of one town. Chance comes from the seed and from what they react to."""

    def __init__(
        self,
        world: World,
        group: str,
        town: Town,
        play: Screenplay,
        plan: Plan,
        said: set[str],
        seed: int,
    ) -> None:
        self.world, self.town, self.play = world, town, play
        self.known: set[str] = set()
        self._group, self._plan, self._said, self._seed = group, plan, said, seed
        self._zone = zone_of(town.zone)
        names = {profile.name: key for key, profile in world.people.items()}
        self._members = {names[m.name]: m for m in town.members}
        self._by_call = {m.called: names[m.name] for m in town.members}
        self._planned: set[Exchange] = set()
        self._prompts: set[str] = set()
        self.curious = Curious(world, play.queries, self._called, self._room(1), plan, said)
        self.hosts = Hosts(world, play.openings, self._called, plan)
        likes = tuple(k for k, m in self._members.items() if m.temper is not Temper.QUIET)
        self.gamers = Gamers(world, likes, self._room(0), plan, self._chance)
        self.named = Named(play.quiet, self._called, self._answer_place, self._plan_named, said)

    # What is known beforehand

    def begin(self, born: datetime) -> None:
        """Plans what happens on fixed days, if it did not happen yet."""
        for number, scene in enumerate(self.play.scenes):
            if scene.exchange[-1].words not in self._said:
                at = self._on_day(born, scene.day, self._chance("scene", number))
                self._plan_after_now(at, partial(self._play_scene, scene))
        for number, idea in enumerate(self.play.ideas):
            at = self._on_day(born, idea.day, self._chance("idea", number))
            if at > self.world.now():
                self._plan(at, partial(self._suggest, idea))
        self.curious.begin(lambda day: self._on_day(born, day, self._chance("query", day)))
        lead = self._called(self.town.lead.split()[0])
        self.gamers.begin(
            lead,
            self.town.evening,
            lambda day: self._on_day(born, day, self._chance("game", day)),
        )

    def plan_day(self, moment: datetime) -> None:
        """A small exchange in the hours to come, on most days."""
        rng = self._chance("day", moment.isoformat())
        left = [e for e in self.play.small if self._is_new(e)]
        for exchange in left[: rng.choice((0, 0, 1, 1, 1))]:
            self._planned.add(exchange)
            at = self._awake(moment + timedelta(hours=rng.uniform(0, 23)), rng)
            self._plan(at, partial(self._speak, exchange, 0, None, self._room(0)))

    # What they hear

    def hear_prompt(self, message: Message) -> None:
        """A prompt, for the first time: people vote or answer."""
        if message.id in self._prompts or self.curious.knows(message):
            return
        self._prompts.add(message.id)
        rng = self._chance("prompt", message.id)
        if message.poll:
            self._plan_votes(message, len(message.poll.options), rng)
            return
        text = str(message.text).split("\n\n")[0].strip()
        found = self.play.answer(text)
        if found is None:
            found = tuple((Line("", words),) for words in rng.sample(self.play.anywhere, 3))
        for exchange in found:
            if self._is_new(exchange):
                self._planned.add(exchange)
                at = self._awake(message.at + _soon(rng, 90), rng)
                self._plan_after_now(at, partial(self._speak, exchange, 0, message, message.chat))

    def hear(self, message: Message) -> None:
        """Anything that is said where people talk: somebody may react, or answer a visitor."""
        rng = self._chance("heard", message.id)
        if message.chat == self._room(2):
            return
        for key, member in self._members.items():
            if key != message.author and rng.random() < PARTS[member.temper][0] * 0.3:
                at = self._awake(message.at + _soon(rng, 60), rng)
                self._plan(at, partial(self._react, key, message, rng.choice(EMOJI)))
        if message.author not in self._members and message.author != BOT:
            self._plan_answer(message, rng)

    # What they do

    async def _speak(
        self, exchange: Exchange, index: int, before: Message | None, chat: ChatRef
    ) -> None:
        """Says one line of an exchange and plans the next one."""
        line = exchange[index]
        rng = self._chance("line", line.words)
        person = self._person(line, rng, before)
        answers = before
        if before is not None and not before.author:
            chat, answers = self._under(before, rng)
        elif before is not None and rng.random() < 0.4:
            answers = None
        said = await person.says(chat, line.words, reply_to=answers)
        if index + 1 < len(exchange):
            at = self._awake(self.world.now() + _soon(rng, 25), rng)
            self._plan(at, partial(self._speak, exchange, index + 1, said, chat))

    async def _play_scene(self, scene: Scene) -> None:
        if scene.joins:
            key = next(k for k, p in self.world.people.items() if p.name == scene.joins)
            await self.world.person(key).joins(self.world.groups[self._group])
        await self._speak(scene.exchange, 0, None, self._room(scene.room))

    async def _react(self, key: str, message: Message, emoji: str) -> None:
        await self.world.person(key).reacts(self.world.messages[message.id], emoji)

    async def _vote(self, key: str, message: Message, option: int) -> None:
        await self.world.person(key).votes(self.world.messages[message.id], [option])

    async def _suggest(self, idea: Idea) -> None:
        rng = self._chance("idea", idea.text)
        person = self.world.person(self._by_call[idea.who])
        await person.gives_command(self._room(0), f"/prompt suggest {idea.text}")
        at = self._awake(self.world.now() + _soon(rng, 120) + timedelta(minutes=20), rng)
        self._plan(at, partial(self._decide, idea))

    async def _decide(self, idea: Idea) -> None:
        """A moderator presses the button below the suggestion."""
        post, button = self._decision(idea)
        person = self._moderator(idea.text)
        await person.presses(post, button)
        if idea.reason:
            at = self.world.now() + timedelta(minutes=1)
            self._plan(at, partial(self._give_reason, person, idea.reason))

    def _decision(self, idea: Idea) -> tuple[Message, str]:
        """The moderators' post about a suggestion, and the button for what they will say."""
        wanted = "prompt.idea-no" if idea.reason else "prompt.idea-yes"
        for post in reversed(self.world.history(self._room(2))):
            for button in (b for row in post.buttons for b in row):
                if button.id.startswith(wanted) and idea.text in str(post.text):
                    return post, button.id
        raise LookupError(idea.text)

    async def _give_reason(self, person: Person, reason: str) -> None:
        await person.fills(person.forms()[-1], {"reason": reason})

    # Where, who and when

    def _plan_votes(self, message: Message, options: int, rng: Random) -> None:
        weights = [rng.uniform(0.5, 3) for _ in range(options)]
        for key, member in self._members.items():
            if rng.random() < PARTS[member.temper][1]:
                option = rng.choices(range(options), weights)[0]
                at = self._awake(message.at + _soon(rng, 240), rng)
                self._plan_after_now(at, partial(self._vote, key, message, option))

    def _plan_named(self, message: Message, act: Callable[[], Awaitable[None]]) -> None:
        rng = self._chance("named", message.id)
        self._plan_after_now(self._awake(moment(message.at, rng.random()), rng), act)

    def _answer_place(self, prompt: Message) -> tuple[ChatRef, Message | None]:
        return self._under(prompt, self._chance("place", prompt.id))

    def _plan_answer(self, message: Message, rng: Random) -> None:
        """Somebody answers who is not of the cast: whoever looks at the page."""
        before = self.world.messages.get(message.reply_to or "")
        who = before.author if before and before.author in self._members else ""
        line = Line(self._members[who].called if who else "", rng.choice(self.play.to_visitor))
        name = self.world.people[message.author].name.split()[0]
        exchange = (Line(line.who, line.words.replace("{name}", name)),)
        at = message.at + timedelta(seconds=rng.uniform(8, 35))
        self._plan(at, partial(self._speak, exchange, 0, message, message.chat))

    def _under(self, prompt: Message, rng: Random) -> tuple[ChatRef, Message | None]:
        """Into the thread of a prompt, as most do, or as a reply to it."""
        prompt = self.world.messages[prompt.id]
        if prompt.thread and rng.random() < 0.9:
            return prompt.chat.in_room(prompt.thread), None
        return prompt.chat, prompt

    def _person(self, line: Line, rng: Random, before: Message | None) -> Person:
        if line.who:
            return self.world.person(self._by_call[line.who])
        here = self.world.groups[self._group].members
        free = [k for k in self._members if k in here and (not before or k != before.author)]
        weights = [PARTS[self._members[key].temper][2] for key in free]
        return self.world.person(rng.choices(free, weights)[0])

    def _called(self, name: str) -> Person:
        return self.world.person(self._by_call[name])

    def _moderator(self, salt: str) -> Person:
        rng = self._chance("moderator", salt)
        names = {p.name: key for key, p in self.world.people.items()}
        return self.world.person(names[rng.choice(self.town.moderators)])

    def _room(self, number: int) -> ChatRef:
        return self.world.rooms_of(self._group)[number].chat

    def _is_new(self, exchange: Exchange) -> bool:
        return exchange not in self._planned and exchange[0].words not in self._said

    def _chance(self, *what: object) -> Random:
        return Random(f"{self._seed}/{self.town.key}/{what}")

    def _on_day(self, born: datetime, day: int, rng: Random) -> datetime:
        local = born.astimezone(self._zone).date() + timedelta(days=day)
        hour = time(rng.randint(9, 19), rng.randint(0, 59))
        return datetime.combine(local, hour, self._zone).astimezone(born.tzinfo)

    def _awake(self, at: datetime, rng: Random) -> datetime:
        """The moment itself, or one on the next morning if people sleep then."""
        local = at.astimezone(self._zone)
        if WAKES <= local.hour < SLEEPS:
            return at
        day = local.date() + timedelta(days=1 if local.hour >= SLEEPS else 0)
        morning = datetime.combine(day, time(WAKES), self._zone) + timedelta(
            minutes=rng.uniform(5, 150)
        )
        return morning.astimezone(at.tzinfo)

    def _plan_after_now(self, at: datetime, act: Callable[[], Awaitable[None]]) -> None:
        """What should have happened while nobody ran this happens in the next minutes."""
        now = self.world.now()
        rng = self._chance("late", at.isoformat())
        self._plan(at if at > now else now + timedelta(minutes=rng.uniform(1, 40)), act)


def _soon(rng: Random, minutes: float) -> timedelta:
    """Mostly soon, sometimes much later: exponential with this mean."""
    return timedelta(minutes=1 + min(rng.expovariate(1 / minutes), 6 * minutes))
