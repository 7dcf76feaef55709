"""The end of a play and the league in words, with names as people have them."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.effects import Button
from bot.features.games import ending_views, league, league_views
from bot.features.games.cast import Named
from bot.features.games.league_views import Month
from bot.features.games.plays import Phase, Played, Room
from bot.games import NAMES as KEYS
from bot.games import game
from bot.i18n import Words
from bot.play import Pace, Result, Score
from tests.features.games.test_meeting import seat
from tests.games.players import RandomGame

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = Words("en")
NAMES = ("مريم 🌙", "N" * 60, "🧑‍🚀 Jo", "*bold* `x`", "@everyone", "Ann", "Ben", "Cleo")


def play(key: str = "story", *, sides: int = 1, people: int = 8) -> Played:
    """A play that is over, its people on its sides in turn."""
    seats = [replace(seat(n), name=NAMES[n % 8], side=n % sides) for n in range(people)]
    return Played(
        id=7,
        community=1,
        key=key,
        phase=Phase.OVER,
        pace=Pace.LIVE,
        turn=timedelta(minutes=2),
        language="en",
        host=None,
        day="2026-11-23",
        options={},
        made_at=NOW,
        begun_at=NOW,
        moved_at=NOW,
        due_at=None,
        table=None,
        play=None,
        seed="s",
        rooms=(Room(1, "general", None, open=False, shown=0, heard=False),),
        seats=tuple(seats),
    )


def said(played: Played, result: Result | None, *pairs: tuple[int, int]) -> str:
    cast = Named(played, WORDS, {}, 1)
    fresh = [(played.seats[one], played.seats[other]) for one, other in pairs]
    return str(ending_views.ended(played, result, fresh, WORDS, cast))


def test_teams_are_compared_by_their_share_and_not_by_their_points() -> None:
    text = said(play("connect", sides=2), Result((Score(8, 10), Score(9, 20))))
    assert "the blue team: 8 of 10 (80%)" in text
    assert "🟦 the blue team is ahead this time." in text


def test_equal_shares_are_a_draw() -> None:
    text = said(play("connect", sides=2), Result((Score(4, 10), Score(8, 20))))
    assert "It is a draw." in text
    assert "ahead" not in text


def test_a_side_for_which_nobody_played_is_not_beaten() -> None:
    text = said(play("connect", sides=2, people=1), Result((Score(4, 10), Score(0, 10))))
    assert "orange" not in text
    assert "ahead" not in text


def test_at_most_five_pairs_are_named() -> None:
    pairs = [(one, other) for one in range(8) for other in range(one)]
    text = said(play(), Result((Score(1, 2),)), *pairs)
    assert text.count(" & ") == 5
    assert "23 more pairs" in text


def test_no_name_takes_much_room_and_none_is_a_ping() -> None:
    pairs = [(one, other) for one in range(8) for other in range(one)]
    played = play()
    cast = Named(played, WORDS, {}, 1)
    fresh = [(played.seats[one], played.seats[other]) for one, other in pairs]
    text = ending_views.ended(played, Result((Score(1, 2),)), fresh, WORDS, cast)
    assert len(str(text)) < 1000
    assert text.mentions == ()


def test_points_finer_than_people_count_are_told_as_a_share() -> None:
    text = said(play(), Result((Score(733, 1000),)))
    assert "Together you reached 73%." in text


def test_a_game_of_the_day_has_no_rematch() -> None:
    assert [b.label for b in _row(play("guess"))] == ["My own figures"]


def test_any_other_game_has_one() -> None:
    assert [b.label for b in _row(play())] == ["Rematch", "My own figures"]


def _row(played: Played) -> tuple[Button, ...]:
    return ending_views.buttons(played, WORDS, finished=True)[0]


@pytest.mark.parametrize("key", KEYS)
def test_every_game_can_tell_its_end(key: str) -> None:
    random = RandomGame(game(key), 7)
    for _ in random.moves(60):
        pass
    random.times_out(400)
    result = random.game.result(random.play.state)
    text = said(play(key, sides=random.game.traits.sides), result)
    assert 40 < len(text) < 600
    assert all(0 <= score.points <= score.best for score in result.scores)


MONTH = Month(
    "2026-11",
    league.standings({n: [90.0 - n, 80.0] for n in range(1, 6)} | {9: [100.0]}),
    {1: "الرياض", 2: "T" * 90, 3: "*Porto*", 4: "🌊🌊", 5: "", 9: "Late"},
)


def test_the_podium_names_three_groups_and_thanks_all() -> None:
    podium = str(league_views.podium(WORDS, MONTH))
    assert podium.count(" of 100") == 3
    assert "6 groups played." in podium


def test_two_groups_can_share_the_first_place() -> None:
    equal = Month("2026-11", league.standings({1: [80, 80], 2: [80, 80]}), {1: "A", 2: "B"})
    assert str(league_views.podium(WORDS, equal)).count("🥇") == 2


def test_a_single_group_has_no_podium() -> None:
    alone = Month("2026-11", league.standings({1: [80, 80], 2: [80]}), {1: "A", 2: "B"})
    assert league_views.podium(WORDS, alone) is None


@pytest.mark.parametrize("language", ["en", "fr", "es", "pt"])
def test_the_table_fits_into_a_message_with_any_names(language: str) -> None:
    text = league_views.table(Words(language), [MONTH, MONTH], 1, alone=False)
    assert len(str(text)) < 2000


def test_the_picture_is_told_in_words_and_shows_who_is_placed() -> None:
    picture = league_views.picture(WORDS, [MONTH], alone=False)
    assert picture
    assert picture.chart
    assert len(picture.chart.rows) == 5
    assert "*Porto*" in picture.alt
    assert "Late" not in picture.alt


def test_without_games_there_is_no_picture() -> None:
    assert league_views.picture(WORDS, [Month("2026-11", [], {})], alone=False) is None


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_says_what_it_counts(key: str) -> None:
    for figure in (0, 1, 7):
        told = str(game(key).best_words(figure, WORDS))
        assert str(figure) in told
        assert any(letter.isalpha() for letter in told)


def test_a_side_and_its_figure_are_parted_as_french_does_it() -> None:
    cast = Named(found := play("connect", sides=2), french := Words("fr"), {}, 1)
    text = ending_views.reached(found, Result((Score(8, 10), Score(9, 20))), french, cast)
    assert "\u00a0: 8 sur 10" in str(text)
