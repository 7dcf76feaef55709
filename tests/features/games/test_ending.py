"""The end of a play: what was reached, who met, and what is for one's own eyes."""

import pytest

from tests.dialogue import Actor, Talk
from tests.features.games.told_stories import begun, lobby, newest, told, whose_turn

MET = "Met here for the first time"


@pytest.fixture
async def people(talk: Talk) -> list[Actor]:
    """Three people; Ann moderates."""
    made = [await talk.person(name, moderator=name == "Ann") for name in ("Ann", "Ben", "Cleo")]
    for actor in made:
        await actor.opens_private("hello")
    return made


def plain(text: str) -> str:
    """A text without the marks that keep names apart."""
    return text.replace("\u2068", "").replace("\u2069", "")


async def test_the_end_says_what_was_reached_together(talk: Talk, people: list[Actor]) -> None:
    assert "Together you reached 12 of 12." in (await told(talk, *people)).text


async def test_the_end_names_who_met_for_the_first_time(talk: Talk, people: list[Actor]) -> None:
    end = plain((await told(talk, *people)).text)
    assert f"{MET}: Ann & Ben, Ann & Cleo, and Ben & Cleo" in end


async def test_nobody_is_pinged_at_the_end(talk: Talk, people: list[Actor]) -> None:
    assert (await told(talk, *people)).pings == ()


async def test_the_story_is_there_to_keep(talk: Talk, people: list[Actor]) -> None:
    assert (await told(talk, *people)).files == ("story.md",)


async def test_people_meet_for_the_first_time_only_once(talk: Talk, people: list[Actor]) -> None:
    await told(talk, *people)
    assert MET not in (await told(talk, *people)).text


async def test_who_exchanged_a_word_before_did_not_meet_in_the_game(
    talk: Talk, people: list[Actor]
) -> None:
    ann, ben, _ = people
    await ben.answers(await ann.says("Good morning!"), "And to you")
    await talk.later(minutes=1)
    end = plain((await told(talk, *people)).text)
    assert f"{MET}: Ann & Cleo and Ben & Cleo" in end


async def test_a_word_during_the_game_takes_nothing_from_the_meeting(
    talk: Talk, people: list[Actor]
) -> None:
    ann, ben, _ = people
    board = await begun(talk, ann, ben)
    await ben.answers(await ann.says("What a beginning!"), "It can only get better")
    for sentence in range(24):
        await people[sentence % 2].says(f"And a cat came in, number {sentence}.", reply_to=board)
    assert "Ann & Ben" in plain(newest(talk, MET).text)


async def test_who_joined_and_never_wrote_met_nobody(talk: Talk, people: list[Actor]) -> None:
    ann, ben, _ = people
    board = await begun(talk, *people)
    for _ in range(40):
        for actor in (ann, ben):
            await actor.says("And so it went on.", reply_to=board)
        await talk.later(minutes=1)
    end = plain(newest(talk, MET).text)
    assert "Ann & Ben" in end
    assert "Cleo" not in end


async def test_a_game_in_which_nobody_moved_ends_without_a_post(
    talk: Talk, people: list[Actor]
) -> None:
    await begun(talk, *people)
    await talk.later(hours=2)
    assert not [line for line in talk.stage.lines() if "Thank you all" in line.text]


async def test_a_game_that_was_stopped_ends_with_a_kind_line_and_no_score(
    talk: Talk, people: list[Actor]
) -> None:
    ann = people[0]
    board = await begun(talk, *people)
    for actor in people:
        await actor.says("A cat came in.", reply_to=board)
    await ann.says("/game stop")
    asked = [line for line in talk.stage.lines() if "Stop the game" in line.buttons][-1]
    await ann.presses(asked, "Stop the game")
    end = newest(talk, "The game stops here. Thank you all for playing.")
    assert "reached" not in end.text
    assert "My own figures" not in end.buttons


async def test_a_rematch_opens_a_lobby_in_which_nobody_sits_yet(
    talk: Talk, people: list[Actor]
) -> None:
    end = await told(talk, *people)
    await people[1].presses(end, "Rematch")
    again = newest(talk, "Story relay", button="Begin")
    assert "In so far: nobody yet" in again.text
    assert "We play now" in again.text


async def test_a_rematch_that_stands_already_is_not_opened_twice(
    talk: Talk, people: list[Actor]
) -> None:
    end = await told(talk, *people)
    for actor in people:
        await actor.presses(end, "Rematch")
    assert len([n for n in talk.stage.lines() if "In so far: nobody yet" in n.text]) == 1


async def test_one_s_own_figures_are_for_one_s_own_eyes(talk: Talk, people: list[Actor]) -> None:
    ben = people[1]
    end = await told(talk, *people)
    await ben.presses(end, "My own figures")
    own = [
        line for line in talk.stage.lines() if "Your figure: a story of 12 sentences." in line.text
    ]
    assert [line.only_for for line in own] == ["Ben"]
    assert "It is your first in this game." in own[0].text


async def test_who_did_not_play_has_no_figures(talk: Talk, people: list[Actor]) -> None:
    dora = await talk.person("Dora")
    end = await told(talk, *people)
    await dora.presses(end, "My own figures")
    await talk.bot.replies("You made no move in this game", to=dora)


async def test_game_mine_tells_games_bests_and_people(talk: Talk, people: list[Actor]) -> None:
    await told(talk, *people)
    await people[2].says("/game mine", private=True)
    mine = plain((await talk.bot.replies("You have played 1 game so far.", to=people[2])).text)
    assert "Story relay: a story of 12 sentences (" in mine
    assert "People you met while playing: Ann and Ben" in mine


async def test_game_mine_is_never_read_by_others(talk: Talk, people: list[Actor]) -> None:
    await told(talk, *people)
    await people[2].says("/game mine")
    found = [line for line in talk.stage.lines() if "You have played" in line.text]
    assert {line.only_for for line in found} == {"Cleo"}


async def test_who_never_played_is_shown_how_to_begin(talk: Talk, people: list[Actor]) -> None:
    await people[0].says("/game mine")
    await talk.bot.replies("You have not played yet.", to=people[0])


async def test_who_was_forgotten_is_nobody_s_acquaintance(talk: Talk, people: list[Actor]) -> None:
    await told(talk, *people)
    await people[1].says("/forgetme", private=True)
    sure = [line for line in talk.stage.lines() if "Delete everything" in line.buttons][-1]
    await people[1].presses(sure, "Delete everything")
    await people[0].says("/game mine", private=True)
    mine = plain((await talk.bot.replies("You have played 1 game so far.", to=people[0])).text)
    assert "People you met while playing: Cleo" in mine


async def test_a_lobby_alone_leads_to_nothing(talk: Talk, people: list[Actor]) -> None:
    await lobby(talk, people[0])
    await talk.later(hours=1)
    assert not [line for line in talk.stage.lines() if "Rematch" in line.buttons]


async def test_a_group_that_is_alone_sees_its_own_months_as_a_picture_too(
    talk: Talk, people: list[Actor]
) -> None:
    await told(talk, *people)
    await people[0].says("/game league")
    table = await talk.bot.replies("Your games, month by month", to=people[0])
    assert "November 2026: 62.5 of 100, 1 game" in table.text
    assert table.files == ("league.png",)


async def paused_at_the_end(talk: Talk, people: list[Actor]) -> None:
    """Time ends a game in which all took part, in a group that is paused."""
    await begun(talk, *people)
    for _ in people:
        board = newest(talk, "Story relay")
        actor = next(one for one in people if one.name == whose_turn(board))
        await actor.says("A cat came in.", reply_to=board)
    await people[0].says("/pause")
    await talk.later(hours=3)


def ends(talk: Talk) -> int:
    return sum("Thank you all for playing." in line.text for line in talk.stage.lines())


async def test_an_end_in_a_pause_is_told_when_the_pause_is_over(
    talk: Talk, people: list[Actor]
) -> None:
    await paused_at_the_end(talk, people)
    assert ends(talk) == 0
    await people[0].says("/resume")
    await talk.later(hours=2)
    end = newest(talk, "Thank you all for playing.")
    assert f"{MET}: Ann & Ben, Ann & Cleo, and Ben & Cleo" in plain(end.text)
    assert end.files == ("story.md",)
    assert ends(talk) == 1


async def test_what_ended_long_before_the_pause_was_over_is_no_news(
    talk: Talk, people: list[Actor]
) -> None:
    await paused_at_the_end(talk, people)
    await talk.later(days=8)
    await people[0].says("/resume")
    await talk.later(hours=2)
    assert ends(talk) == 0
