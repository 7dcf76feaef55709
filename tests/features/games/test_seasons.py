"""The league of two groups, from their games to the podium at the month's end."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from adapters.local.model import Group, Message
from adapters.local.people import Person
from bot.features.games.score_tables import results
from bot.store import groups
from bot.store.database import Database
from tests.features.games.neighbours import Neighbours, neighbours

FIRST = datetime.fromisoformat("2026-12-01T19:00+00:00")
LEAGUE = "The league of November 2026"


@pytest.fixture
async def town(open_store: Callable[[], Database]) -> AsyncIterator[Neighbours]:
    async for made in neighbours(open_store):
        yield made


async def reached(
    town: Neighbours, group: Group, *league: float | None, season: str = "2026-11"
) -> None:
    """Plays that are over, with the points that they gave."""
    async with town.app.database.write() as tx:
        row = await groups.by_native(tx, "local", group.id)
        assert row
        for place, points in enumerate(league):
            play = 1000 * row.id + place + 100 * int(season[-2:])
            await tx.put(
                results,
                {"play": play, "side": 0, "group_id": row.id, "community": row.community}
                | {"game": "story", "season": season, "at": town.clock.now(), "league": points}
                | dict.fromkeys(("heads", "points", "best", "newcomers", "fresh", "pairs"), 1),
            )


async def duel(town: Neighbours) -> str:
    """A game between the groups, to its end; returns who won."""
    await town.play()
    winner = ""
    for column in "1212121":
        for board, voter, title in zip(
            town.boards(), (town.cal, town.dia), ("Lisbon", "Porto"), strict=True
        ):
            if column in town.labels(board):
                await town.presses(voter, board, column)
                winner = title
                break
        await town.later(hours=1)
    return winner


async def asks(town: Neighbours, person: Person, group: Group, line: str = "") -> Message:
    """What somebody is told of the league."""
    await town.gives(person, group, f"/game league {line}".strip())
    return town.whispers(person, group)[-1]


def plain(message: Message) -> str:
    return str(message.text).replace("\u2068", "").replace("\u2069", "")


async def test_a_game_between_the_groups_counts_for_both(town: Neighbours) -> None:
    winner = await duel(town)
    await reached(town, town.lisbon, 0.0)
    await reached(town, town.porto, 0.0)
    table = plain(await asks(town, town.cal, town.lisbon))
    assert LEAGUE in table
    assert f"1. {winner}: 52.5 of 100, 2 games" in table


async def test_the_better_mean_is_first(town: Neighbours) -> None:
    await reached(town, town.lisbon, 60.0, 70.0)
    await reached(town, town.porto, 90.0, 80.0)
    table = plain(await asks(town, town.cal, town.lisbon))
    assert "1. Porto: 67.5 of 100, 2 games\n2. Lisbon: 57.5 of 100, 2 games" in table


async def test_a_group_with_one_game_waits_for_its_place(town: Neighbours) -> None:
    await reached(town, town.lisbon, 60.0, 70.0)
    await reached(town, town.porto, 100.0)
    assert "Not placed yet, which takes 2 games: Porto" in plain(
        await asks(town, town.cal, town.lisbon)
    )


async def test_the_month_before_stands_below(town: Neighbours) -> None:
    await reached(town, town.porto, 90.0, 80.0, season="2026-10")
    table = plain(await asks(town, town.cal, town.lisbon))
    assert table.index(LEAGUE) < table.index("The league of October 2026")
    assert "1. Porto: 67.5 of 100" in table


async def test_another_month_can_be_asked_for(town: Neighbours) -> None:
    await reached(town, town.porto, 90.0, 80.0, season="2026-08")
    table = plain(await asks(town, town.cal, town.lisbon, "2026-08"))
    assert "The league of August 2026" in table
    assert "November" not in table


async def test_a_past_month_without_games_is_told_as_past(town: Neighbours) -> None:
    table = plain(await asks(town, town.cal, town.lisbon, "2026-08"))
    assert "The league of August 2026\nNobody played in that month." in table
    assert "/game start" not in table


async def test_only_the_running_month_invites_to_play(town: Neighbours) -> None:
    table = plain(await asks(town, town.cal, town.lisbon))
    assert f"{LEAGUE}\nNobody has played yet. /game start begins." in table
    assert "October 2026\nNobody played in that month." in table


async def test_a_month_that_is_none_is_answered_kindly(town: Neighbours) -> None:
    answer = await asks(town, town.cal, town.lisbon, "2026-13")
    assert plain(answer) == "A month is written like 2026-11."


async def test_the_table_comes_with_a_picture_that_is_told_too(town: Neighbours) -> None:
    await reached(town, town.lisbon, 60.0, 70.0)
    await reached(town, town.porto, 90.0, 80.0)
    table = await asks(town, town.cal, town.lisbon)
    assert table.file
    assert table.file.name == "league.png"
    assert "67.5" in table.file.alt


async def test_a_play_of_the_whole_community_counts_for_nobody(town: Neighbours) -> None:
    await reached(town, town.lisbon, None, None)
    assert "Nobody has played yet." in plain(await asks(town, town.cal, town.lisbon))


async def test_the_rule_is_told(town: Neighbours) -> None:
    table = plain(await asks(town, town.cal, town.lisbon))
    assert "up to 60 points for what a team reached" in table
    assert "neither size nor experience decides" in table


async def test_a_group_that_is_alone_sees_its_own_months(town: Neighbours) -> None:
    await reached(town, town.lisbon, 60.0, 70.0)
    await reached(town, town.lisbon, 90.0, 80.0, season="2026-10")
    await town.gives(town.ben, town.porto, "/community leave")
    table = plain(await asks(town, town.cal, town.lisbon))
    assert "• November 2026: 57.5 of 100, 2 games\n• October 2026: 67.5 of 100, 2 games" in table


async def test_a_group_that_is_alone_is_told_of_a_month_in_which_it_did_not_play(
    town: Neighbours,
) -> None:
    await reached(town, town.lisbon, 60.0, 70.0)
    await town.gives(town.ben, town.porto, "/community leave")
    table = plain(await asks(town, town.cal, town.lisbon, "2026-08"))
    assert "• August 2026: Nobody played in that month." in table


async def test_no_group_sees_those_of_another_community(town: Neighbours) -> None:
    await reached(town, town.porto, 90.0, 80.0)
    await town.gives(town.ben, town.porto, "/community leave")
    assert "Porto" not in plain(await asks(town, town.cal, town.lisbon))


async def test_its_results_come_along_with_a_group(town: Neighbours) -> None:
    await reached(town, town.porto, 90.0, 80.0)
    await town.gives(town.ben, town.porto, "/community leave")
    assert "November 2026: 67.5 of 100" in plain(await asks(town, town.dia, town.porto))


async def test_the_season_ends_with_a_podium_in_each_group_that_played(town: Neighbours) -> None:
    winner = await duel(town)
    await reached(town, town.lisbon, 40.0)
    await reached(town, town.porto, 40.0)
    await town.until(FIRST)
    for group in (town.lisbon, town.porto):
        podium = plain(town.last(group, f"{LEAGUE} is over"))
        assert f"🥇 {winner}: 52.5 of 100" in podium
        assert "2 groups played." in podium


async def test_the_podium_comes_once(town: Neighbours) -> None:
    await duel(town)
    await reached(town, town.lisbon, 40.0)
    await reached(town, town.porto, 40.0)
    await town.until(FIRST)
    await town.later(days=3)
    assert len([m for m in town.posts(town.lisbon) if "is over" in str(m.text)]) == 1


async def test_there_is_no_podium_of_one(town: Neighbours) -> None:
    await duel(town)
    await reached(town, town.lisbon, 40.0)
    await town.until(FIRST)
    assert "is over" not in town.readable(town.lisbon)


async def test_the_podium_waits_for_nobody_who_left_the_community(town: Neighbours) -> None:
    await duel(town)
    await reached(town, town.lisbon, 40.0)
    await reached(town, town.porto, 40.0)
    await town.gives(town.ben, town.porto, "/community leave")
    await town.until(FIRST)
    assert "is over" not in town.readable(town.lisbon) + town.readable(town.porto)


async def test_a_paused_group_is_left_in_peace(town: Neighbours) -> None:
    await duel(town)
    await reached(town, town.lisbon, 40.0)
    await reached(town, town.porto, 40.0)
    await town.gives(town.ann, town.lisbon, "/pause")
    await town.until(FIRST)
    assert "is over" not in town.readable(town.lisbon)
    assert "is over" in town.readable(town.porto)


async def test_the_season_ends_in_the_evening_of_the_group_s_own_first(town: Neighbours) -> None:
    async with town.app.database.write() as tx:
        row = await groups.by_native(tx, "local", town.porto.id)
        assert row
        await groups.change(tx, row.id, zone="America/New_York")
    await duel(town)
    await reached(town, town.lisbon, 40.0)
    await reached(town, town.porto, 40.0)
    evening = datetime(2026, 12, 1, 18, tzinfo=ZoneInfo("America/New_York"))
    await town.until(evening.replace(hour=17))
    assert "is over" not in town.readable(town.porto)
    await town.until(evening.replace(minute=5))
    assert "is over" in town.readable(town.porto)
