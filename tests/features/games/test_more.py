"""The panel behind "⋯": what fits whoever presses it."""

from tests.dialogue import Talk
from tests.features.games.relay import relay

REMIND, NO_MORE = "Remind me when it's my turn", "No more reminders"


async def test_whose_turn_it_is_can_pass_be_reminded_and_leave(talk: Talk) -> None:
    game = await relay(talk)
    panel = await game.panel(game.writer)
    assert panel.only_for == game.writer.name
    assert "it is your turn, until" in panel.text
    assert panel.buttons[:3] == ("Pass", REMIND, "Leave")


async def test_who_waits_is_offered_no_pass(talk: Talk) -> None:
    game = await relay(talk)
    panel = await game.panel(game.other)
    assert "Nothing waits for you" in panel.text
    assert "Pass" not in panel.buttons


async def test_who_watches_learns_how_it_goes_and_can_bring_the_board_down(talk: Talk) -> None:
    game = await relay(talk)
    panel = await game.panel(game.cleo)
    assert "You are watching" in panel.text
    assert "adds one sentence in turn" in panel.text
    assert panel.buttons == ("Bring the board down",)


async def test_a_live_game_offers_no_reminders(talk: Talk) -> None:
    game = await relay(talk, "live")
    assert REMIND not in (await game.panel(game.ann)).buttons


async def test_passing_from_the_panel_gives_the_turn_away(talk: Talk) -> None:
    game = await relay(talk)
    first = game.writer
    await first.presses(await game.panel(first), "Pass")
    await game.told("You passed", to=first)
    assert game.writer is not first


async def test_a_second_pass_is_told_that_the_turn_has_gone_on(talk: Talk) -> None:
    game = await relay(talk)
    first, second = game.writer, game.other
    panel = await game.panel(first)
    await first.presses(game.board, "Pass")
    await first.presses(panel, "Pass")
    await game.told("isn't your turn any more", to=first)
    assert game.writer is second


async def test_leaving_from_the_panel_says_how_to_come_back(talk: Talk) -> None:
    game = await relay(talk)
    await game.ben.presses(await game.panel(game.ben), "Leave")
    await game.told("You have left", "Join takes you back", to=game.ben)
    assert "watching" in (await game.panel(game.ben)).text


async def test_the_board_comes_down_and_the_old_one_says_so(talk: Talk) -> None:
    game = await relay(talk)
    old = game.board
    await game.cleo.presses(await game.panel(game.cleo), "Bring the board down")
    assert game.board.id != old.id
    left = next(line for line in talk.stage.lines() if line.id == old.id)
    assert "further down" in left.text
    assert left.buttons == ()


async def test_a_link_leads_who_watches_to_the_panel_in_private(talk: Talk) -> None:
    game = await relay(talk)
    if talk.platform == "discord":
        return  # no link leads to a private conversation there
    await game.cleo.opens_private("games-more-1")
    await game.told("You are watching", to=game.cleo)


async def test_leaving_works_by_typing(talk: Talk) -> None:
    game = await relay(talk)
    await game.ben.says("/game leave")
    await game.told("You have left", to=game.ben)
    await game.cleo.says("/game leave")
    await game.told("not in this game", to=game.cleo)


async def test_the_list_names_the_games_and_what_is_open(talk: Talk) -> None:
    game = await relay(talk)
    await game.cleo.says("/game list")
    line = await game.told("Connect four", "Open in this group", to=game.cleo)
    assert "Story relay (2 people play)" in line.text


async def test_the_list_of_a_quiet_group_says_that_nothing_is_open(talk: Talk) -> None:
    ann = await talk.person("Ann")
    await ann.says("/game list")
    await talk.bot.replies("Story relay", "nothing yet", to=ann)


async def test_after_the_end_an_old_panel_says_so(talk: Talk) -> None:
    game = await relay(talk)
    panel = await game.panel(game.cleo)
    await game.ann.says("/game leave")
    await game.ben.says("/game leave")
    await game.cleo.presses(panel, "Bring the board down")
    await game.told("This game is over", to=game.cleo)


async def test_before_it_begins_the_panel_says_how_to_join(talk: Talk) -> None:
    ann = await talk.person("Ann")
    await ann.opens_private("hello")
    await ann.says("/game start story slow")
    lobby = await talk.bot.replies("In so far")
    await ann.presses(lobby, "⋯")
    await talk.bot.replies("Press Join on its board", to=ann)
