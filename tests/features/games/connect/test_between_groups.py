"""Connect four between two groups, to its end."""

from collections.abc import AsyncIterator, Callable

import pytest

from adapters.local.people import Person
from bot.store import groups
from bot.store.database import Database
from tests.features.games.neighbours import Neighbours, neighbours


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    async for made in neighbours(open_store):
        await made.play()
        yield made


async def votes(town: Neighbours, column: str, *also: Person) -> str:
    """The group to move votes, with somebody more if told; returns its title."""
    for board, voter, title in zip(
        town.boards(), (town.cal, town.dia), ("Lisbon", "Porto"), strict=True
    ):
        if column in town.labels(board):
            for person in (voter, *also):
                await town.presses(person, board, column)
            return title
    raise AssertionError("nobody can vote")


async def plays(town: Neighbours, column: str) -> str:
    """A whole turn: a vote, and the hour in which others could have joined in."""
    title = await votes(town, column)
    await town.later(hours=1)
    return title


async def won(town: Neighbours) -> str:
    """Played to the end; returns who won."""
    first = ""
    for column in "1212121":
        first = await plays(town, column)
    return first


async def test_only_the_group_to_move_has_columns_to_press(town: Neighbours) -> None:
    home, there = (town.labels(board) for board in town.boards())
    assert ("1" in home) != ("1" in there)


async def test_the_turn_goes_to_the_other_group_and_both_see_the_disc(town: Neighbours) -> None:
    first = await plays(town, "4")
    assert {first, await votes(town, "5")} == {"Lisbon", "Porto"}
    assert all("column 4, row 1 from the bottom" in str(b.text) for b in town.boards())


async def test_the_board_is_edited_in_place(town: Neighbours) -> None:
    before = town.boards()
    await plays(town, "4")
    assert [board.id for board in town.boards()] == [board.id for board in before]


async def test_who_votes_is_told_what_they_voted_for_and_nobody_else_is(town: Neighbours) -> None:
    first = await votes(town, "4")
    group, voter = (town.lisbon, town.cal) if first == "Lisbon" else (town.porto, town.dia)
    assert "Your vote: column 4" in await town.told(voter, group)
    assert "column 4" not in town.readable(town.lisbon) + town.readable(town.porto)


async def test_the_other_group_sees_how_many_voted_and_no_names(town: Neighbours) -> None:
    for column in "44":
        await plays(town, column)
    await votes(town, "1")
    home, there = (str(board.text) for board in town.boards())
    assert "1 vote so far." in home
    assert "1 vote so far." in there
    assert "Cal" not in town.readable(town.porto)
    assert "Dia" not in town.readable(town.lisbon)


async def test_each_board_is_in_the_language_of_its_group(town: Neighbours) -> None:
    async with town.app.database.write() as tx:
        await groups.change(tx, await town.number(town.porto), language="fr")
    await plays(town, "4")
    home, there = town.boards()
    assert "PM" in str(home.text)
    assert "PM" not in str(there.text)


async def test_played_to_the_end_both_groups_read_who_won(town: Neighbours) -> None:
    winner = await won(town)
    for group in (town.lisbon, town.porto):
        assert f"{winner}⁩ have four in a row" in str(town.last(group, "1️⃣").text)
        assert f"{winner}⁩ is ahead this time" in town.readable(group)


async def test_after_the_end_the_boards_have_no_columns(town: Neighbours) -> None:
    await won(town)
    assert all("1" not in town.labels(board) for board in town.boards())


async def test_a_restart_in_the_middle_loses_nothing(town: Neighbours) -> None:
    for column in "121":
        await plays(town, column)
    await town.restart()
    for column in "212":
        await plays(town, column)
    winner = await plays(town, "1")
    assert f"{winner}⁩ have four in a row" in town.readable(town.porto)


async def test_an_outage_over_several_turns_is_made_up(town: Neighbours) -> None:
    await plays(town, "4")
    await town.sleeps_until(town.clock.now().replace(day=30))
    await town.later(minutes=1)
    assert "Both sides have been away" in str(town.last(town.lisbon, "1️⃣").text)


async def test_when_a_group_shows_the_bot_the_door_the_game_ends_kindly_in_the_other(
    town: Neighbours,
) -> None:
    await plays(town, "4")
    town.world.remove_bot(town.porto.id)
    await town.app.settle()
    board = town.last(town.lisbon, "1️⃣")
    assert "1" not in town.labels(board)
    assert "the other group is no longer with us" in town.readable(town.lisbon)


async def test_when_a_group_leaves_the_community_the_game_ends_kindly_in_both(
    town: Neighbours,
) -> None:
    await plays(town, "4")
    await town.gives(town.ben, town.porto, "/community leave")
    assert "the other group is no longer with us" in town.readable(town.lisbon)
    assert all("1" not in town.labels(board) for board in town.boards())


async def test_after_that_the_room_is_free_for_another_game(town: Neighbours) -> None:
    town.world.remove_bot(town.porto.id)
    await town.app.settle()
    await town.gives(town.cal, town.lisbon, "/game start connect slow")
    assert "the blue team" in str(town.last(town.lisbon, "1️⃣").text)


async def test_who_is_in_is_named_in_their_own_group_and_counted_in_the_other(
    town: Neighbours,
) -> None:
    for column in "44":
        await plays(town, column)
    await town.presses(town.eva, town.boards()[1], "⋯")
    told = await town.told(town.eva, town.porto)
    assert "Dia⁩ and 1 from elsewhere" in told
    assert "Cal" not in told


async def test_a_rematch_asks_the_other_group_again(town: Neighbours) -> None:
    await won(town)
    await town.presses(town.eva, town.last(town.porto, "is ahead this time"), "Rematch")
    await town.picks(town.eva, town.whispers(town.eva, town.porto)[-1], "Lisbon")
    asked = town.last(town.lisbon, "challenges you to a game")
    assert "Porto" in str(asked.text)


async def test_a_moderator_of_either_group_can_stop_it(town: Neighbours) -> None:
    await plays(town, "4")
    await town.gives(town.ben, town.porto, "/game stop")
    await town.presses(town.ben, town.whispers(town.ben, town.porto)[-1], "Stop the game")
    assert all("before its time" in str(board.text) for board in town.boards())


async def test_whoever_may_not_stop_it_does_not_learn_who_began_it_elsewhere(
    town: Neighbours,
) -> None:
    await town.gives(town.eva, town.porto, "/game stop")
    told = await town.told(town.eva, town.porto)
    assert "can stop it" in told
    assert "Cal" not in told
