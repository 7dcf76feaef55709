"""Games that began under a group's new id before the news of it came."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.events import ChatMoved
from bot.features.games import plays, sayings
from bot.features.games.plays import Phase, Played
from bot.refs import MemberRef
from bot.store.database import Database
from tests.features.games.neighbours import MONDAY, Neighbours

STORY = "/game start story slow"
SOMEBODY = MemberRef("local", "somebody")


class Moving(Neighbours):
    """Lisbon is on its way to a new id, under which Yan and Zoe are talking already."""

    async def settle_in(self) -> None:
        await super().settle_in()
        self.new = await self.group("Lisbon")
        self.yan = await self.person("Yan", self.new)
        self.zoe = await self.person("Zoe", self.new)

    async def moves(self) -> None:
        """The news comes."""
        old, new = (self.world.home(group.id) for group in (self.lisbon, self.new))
        self.app.engine.offer(ChatMoved(id="move", at=self.clock.now(), chat=old, to=new))
        await self.app.settle()

    def board(self, group: Group) -> Message:
        """The board of the story."""
        return self.last(group, "Story relay")

    async def plays_story(self, group: Group, *people: Person) -> None:
        """These sit down, and it begins."""
        await self.gives(people[0], group, STORY)
        for person in people:
            await self.presses(person, self.board(group), "Join")
        await self.presses(people[0], self.board(group), "Begin")

    async def played(self, number: int = 1) -> Played:
        """A play as it stands."""
        async with self.app.database.read() as tx:
            found = await plays.load(tx, number)
        assert found
        return found


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Moving]:
    made = Moving(open_store, MONDAY)
    await made.begin()
    await made.settle_in()
    yield made
    await made.end()


async def test_a_game_under_the_new_id_is_the_group_s_own(town: Moving) -> None:
    await town.plays_story(town.new, town.yan, town.zoe)
    old = await town.number(town.lisbon)
    await town.moves()
    found = await town.played()
    assert [room.group_id for room in found.rooms] == [old]
    assert {seat.group_id for seat in found.seats} == {old}
    assert {seat.name for seat in found.players} == {"Yan", "Zoe"}


async def test_it_goes_on_where_it_stood(town: Moving) -> None:
    await town.plays_story(town.new, town.yan, town.zoe)
    await town.moves()
    await town.gives(town.yan, town.new, "/game leave")
    assert "You have left the game." in await town.told(town.yan, town.new)
    await town.gives(town.zoe, town.new, "/game board")
    assert "Zoe" in str(town.board(town.new).text)


async def test_it_belongs_to_the_group_s_community(town: Moving) -> None:
    await town.plays_story(town.new, town.yan, town.zoe)
    await town.plays_story(town.porto, town.dia, town.eva)
    await town.moves()
    assert (await town.played(1)).community == (await town.played(2)).community


async def test_what_stood_in_the_room_before_goes_on_and_the_newcomer_ends(town: Moving) -> None:
    await town.plays_story(town.lisbon, town.ann, town.cal)
    await town.plays_story(town.new, town.yan, town.zoe)
    await town.moves()
    assert (await town.played(1)).phase is Phase.PLAYING
    assert (await town.played(2)).phase is Phase.OVER


async def test_who_agreed_under_the_new_id_has_agreed(town: Moving) -> None:
    old, new = await town.number(town.lisbon), await town.number(town.new)
    async with town.app.database.write() as tx:
        for group in (old, new):
            await sayings.agree(tx, group, SOMEBODY, town.clock.now())
        await sayings.agree(tx, new, town.zoe.ref, town.clock.now())
    await town.moves()
    async with town.app.database.read() as tx:
        assert await sayings.has_agreed(tx, old, town.zoe.ref)
        assert await sayings.has_agreed(tx, old, SOMEBODY)
        assert not await sayings.has_agreed(tx, new, SOMEBODY)


async def test_a_move_to_an_id_that_nobody_knew_changes_nothing(town: Moving) -> None:
    await town.plays_story(town.lisbon, town.ann, town.cal)
    town.world.move_group(town.lisbon.id)
    await town.app.settle()
    assert (await town.played()).phase is Phase.PLAYING
