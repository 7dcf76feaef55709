"""Emoji riddles: who writes, who guesses, what is shown when."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.riddles import game, rules
from bot.games.riddles.judging import Verdict, tells, verdict
from bot.games.riddles.state import Stage, State
from bot.i18n import Words
from bot.play import CAME, LEFT, PASS, SAYS, TIME, Move, Note, Pace, Sitting, Table, advance
from bot.play.playing import Play
from tests.games.players import START, NamedCast, RandomGame

ANN, BOB, CID = range(3)
TURN = timedelta(minutes=3)
WORDS, CAST = Words("en"), NamedCast()
SOLUTIONS = {ANN: "The Lion King", BOB: "Titanic", CID: "Night on Earth"}
ROWS = {ANN: "🦁👑", BOB: "🚢🧊💥", CID: "🌃 🌍"}


def opened(people: int = 3, pace: Pace = Pace.LIVE) -> State:
    seats = tuple(Sitting(seat) for seat in range(people))
    return rules.begin(Table(seats, 1, pace, TURN, "en"), START)


def step(state: State, move: Move, now: datetime = START) -> tuple[State, str]:
    """The next state and what the mover is told."""
    state, said = rules.step(state, move, now, Random(1))
    return state, said[0].key if said and isinstance(said[0], Note) else ""


def after(state: State, *moves: Move, now: datetime = START) -> State:
    for move in moves:
        state, _ = step(state, move, now)
    return state


def write(seat: int, **values: str) -> Move:
    own = {"emoji": ROWS.get(seat, "🙂🙃"), "solution": SOLUTIONS.get(seat, "Something else")}
    return Move("write", seat, values={**own, **values})


def guess(state: State, seat: int, text: str) -> Move:
    return Move("guess", seat, str(state.at), values={"guess": text})


def guessing(pace: Pace = Pace.LIVE, author: int = ANN, people: int = 3) -> State:
    """One riddle, by that author, and the others guess."""
    others = [Move(PASS, seat) for seat in range(people) if seat != author]
    return after(opened(people, pace), write(author), *others)


def shown(state: State) -> str:
    return str(game().board(state, WORDS, CAST).text)


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"emoji": "lion"}, "only_emoji"),
        ({"emoji": "🦁"}, "how_many"),
        ({"emoji": ""}, "how_many"),
        ({"emoji": "🦁" * 9}, "how_many"),
        ({"solution": "x"}, "solution_length"),
        ({"solution": "!!!"}, "solution_length"),
        ({"solution": "x" * 61}, "solution_length"),
        ({"hint": "it is the lion king"}, "hint_tells"),
        ({}, "kept"),
    ],
)
def test_a_riddle_is_checked(values: dict[str, str], key: str) -> None:
    state, told = step(opened(), write(ANN, **values))
    assert told == key
    assert (ANN in state.written) == (key == "kept")


@pytest.mark.parametrize("values", [{"emoji": "a lion"}, {"solution": "!"}, {"hint": "lion king"}])
def test_a_riddle_that_is_refused_is_given_back_whole(values: dict[str, str]) -> None:
    move = write(ANN, **{"hint": "Circle of life", **values})
    _, said = rules.step(opened(), move, START, Random(1))
    text = str(game().words_of(said[0], WORDS, CAST))
    assert all(value in text for value in move.values.values())


def test_a_riddle_that_comes_too_late_is_given_back() -> None:
    _, said = rules.step(guessing(), write(BOB), START, Random(1))
    assert "Titanic" in str(game().words_of(said[0], WORDS, CAST))


def test_a_riddle_can_be_changed_while_others_write() -> None:
    state = after(opened(), write(ANN), write(ANN, solution="Narnia"))
    assert state.written[ANN].solution == "Narnia"


def test_a_riddle_can_be_taken_back_while_others_write() -> None:
    assert not after(opened(), write(ANN), Move("drop", ANN)).written


@pytest.mark.parametrize(("text", "key"), [("🚢🧊 Titanic", "not_here"), ("fun 🙂", "")])
def test_a_riddle_typed_before_all_eyes_is_sent_to_the_button(text: str, key: str) -> None:
    assert step(opened(), Move(SAYS, ANN, text=text)) == (opened(), key)


def test_the_guessing_begins_when_all_are_through() -> None:
    assert guessing().stage is Stage.GUESSING


def test_the_guessing_begins_when_the_time_is_over() -> None:
    assert after(opened(), write(ANN), Move(TIME)).stage is Stage.GUESSING


def test_without_a_riddle_the_game_is_over_and_nobody_is_to_blame() -> None:
    state = after(opened(), Move(TIME))
    assert state.stage is Stage.OVER
    assert "fine" in shown(state)


def test_nobody_writes_once_the_guessing_has_begun() -> None:
    assert step(guessing(), write(BOB))[1] == "writing_over"


@pytest.mark.parametrize(
    "text", ["the lion king", "LION KING", "lion kign", "is it the lion king?", "Líon-King!"]
)
def test_a_guess_that_means_the_solution_solves_it(text: str) -> None:
    state, told = step(guessing(), Move(SAYS, BOB, text=text))
    assert told == "right"
    assert state.ended[0].solvers == (BOB,)


def test_a_list_of_guesses_is_not_one() -> None:
    state = guessing()
    text = "bambi, dumbo, mulan, aladdin, lion king"
    assert step(state, guess(state, BOB, text)) == (state, "one_guess")


def test_what_comes_close_is_called_close() -> None:
    state, told = step(guessing(), Move(SAYS, BOB, text="lion"))
    assert told == "near"
    assert "🔥 \u2068lion" in shown(state)


def test_a_wrong_typed_guess_is_shown_without_a_word() -> None:
    state, told = step(guessing(), Move(SAYS, BOB, text="bambi"))
    assert told == ""
    assert "bambi" in shown(state)


def test_live_the_first_one_ends_the_riddle() -> None:
    state = guessing()
    assert after(state, guess(state, BOB, "lion king")).ended


def test_a_guess_that_several_made_is_shown_once() -> None:
    tries = [(BOB, "Bambi"), (CID, "bambi!"), (BOB, "BAMBI"), (CID, "Dumbo")]
    state = after(guessing(), *(Move(SAYS, seat, text=text) for seat, text in tries))
    assert shown(state).casefold().count("bambi") == 1
    assert "Dumbo" in shown(state)


def test_emoji_that_differ_are_different_guesses() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="🐈"), Move(SAYS, CID, text="🐕"))
    assert "🐈" in shown(state)
    assert "🐕" in shown(state)


def test_slowly_everybody_may_find_it_alone() -> None:
    state = guessing(Pace.SLOW)
    state, told = step(state, guess(state, BOB, "lion king"))
    assert told == "right_secretly"
    assert not state.ended
    state = after(state, guess(state, CID, "lion king"))
    assert state.ended[0].solvers == (BOB, CID)


def test_slowly_a_solution_typed_before_all_ends_the_riddle() -> None:
    state = guessing(Pace.SLOW)
    assert after(state, Move(SAYS, BOB, text="lion king")).ended


def test_the_solution_found_in_secret_is_not_on_the_board() -> None:
    state = guessing(Pace.SLOW)
    state = after(state, guess(state, BOB, "lion king"))
    assert "Lion King" not in shown(state)
    assert CAST.name(BOB) in shown(state)


def test_who_found_it_sees_it_in_their_hand() -> None:
    state = guessing(Pace.SLOW)
    state = after(state, guess(state, BOB, "lion king"))
    hands = [game().hand(state, seat, WORDS, CAST) for seat in (BOB, CID)]
    assert [("Lion King" in str(hand.text)) for hand in hands if hand] == [True, False]


def test_the_author_does_not_guess() -> None:
    state = guessing()
    assert step(state, guess(state, ANN, "lion king"))[1] == "own"


def test_the_author_talks_without_guessing() -> None:
    state = guessing()
    assert after(state, Move(SAYS, ANN, text="warmer")) == state


def test_an_author_who_tells_the_solution_ends_the_riddle_unsolved() -> None:
    state = after(guessing(), Move(SAYS, ANN, text="the lion king"))
    assert state.ended[0].solvers == ()


def test_the_author_takes_a_guess_that_means_the_same() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="simba's film"), Move("ok", ANN, "0.1"))
    assert state.ended[0].solvers == (BOB,)
    assert "simba's film" in shown(state)


def test_only_the_author_judges() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="simba's film"))
    assert step(state, Move("ok", BOB, "0.1")) == (state, "author_judges")


def test_the_author_says_what_is_close() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="simba"), Move("warm", ANN, "0.1"))
    assert "🔥 \u2068simba" in shown(state)


def test_the_guesses_stand_in_the_authors_hand_with_two_answers_each() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="simba"))
    hand = game().hand(state, ANN, WORDS, CAST)
    assert hand is not None
    assert hand.control("ok", "0.1")
    assert hand.control("warm", "0.1")


def test_the_hint_comes_half_way() -> None:
    state = after(opened(), write(ANN, hint="Circle of life"), Move(PASS, BOB), Move(PASS, CID))
    assert "Circle of life" not in shown(state)
    assert game().due(state) == START + TURN / 2
    state = after(state, Move(TIME), now=START + TURN / 2)
    assert "Circle of life" in shown(state)
    assert "▢▢▢  ▢▢▢▢  ▢▢▢▢" in shown(state)


def test_people_read_when_the_guessing_ends_not_when_the_hint_comes() -> None:
    assert game().deadline(guessing()) == START + TURN


def test_after_the_time_the_solution_is_shown() -> None:
    play = advance(game(), Play("s", 0, guessing()), None, START + TURN).play
    assert play.state.ended[0].solvers == ()
    assert "The Lion King" in shown(play.state)


def test_nobody_is_late_before_the_hint_is_there() -> None:
    assert not guessing(Pace.SLOW).awaited


def test_after_the_hint_those_are_awaited_who_have_not_tried() -> None:
    state = after(guessing(Pace.SLOW), Move(SAYS, BOB, text="bambi"))
    assert after(state, Move(TIME), now=START + TURN / 2).awaited == (CID,)


def test_live_it_hangs_on_nobody() -> None:
    assert not after(guessing(), Move(TIME), now=START + TURN / 2).awaited


def test_it_goes_on_when_all_gave_up() -> None:
    assert after(guessing(), Move(PASS, BOB), Move(PASS, CID)).ended


def test_who_gave_up_may_still_guess() -> None:
    state = after(guessing(), Move(PASS, BOB), Move(SAYS, BOB, text="lion king"))
    assert state.ended[0].solvers == (BOB,)


def test_a_late_guess_is_not_one_at_the_next_riddle() -> None:
    state = after(opened(), write(ANN), write(BOB), write(CID))
    solver = next(seat for seat in range(3) if seat != state.author)
    late = guess(state, solver, "titanic")
    state = after(state, Move(SAYS, solver, text=SOLUTIONS[state.author]))
    assert step(state, late) == (state, "riddle_over")


def test_the_riddles_come_in_drawn_order() -> None:
    moves = [write(seat) for seat in range(3)]
    orders = set()
    for seed in range(40):
        state = opened()
        for move in moves:
            state, _ = rules.step(state, move, START, Random(seed))
        orders.add(state.order)
    assert len(orders) == 6


def test_who_comes_late_guesses() -> None:
    state = after(guessing(), Move(CAME, 3, "0"), Move(SAYS, 3, text="lion king"))
    assert state.ended[0].solvers == (3,)


def test_a_riddle_outlives_its_author_s_leaving() -> None:
    state = after(guessing(), Move(LEFT, ANN), Move(SAYS, BOB, text="lion king"))
    assert state.ended[0].solvers == (BOB,)


def test_it_ends_when_all_have_left() -> None:
    assert after(guessing(), *(Move(LEFT, seat) for seat in range(3))).stage is Stage.OVER


def test_a_riddle_whose_author_is_forgotten_is_passed_over() -> None:
    state = game().forget(guessing(), ANN)
    assert "deleted" in shown(state)
    assert after(state, Move(SAYS, BOB, text="hm")).stage is Stage.OVER


def test_a_forgotten_guess_is_gone() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="simba's film"), Move("ok", ANN, "0.1"))
    forgotten = game().forget(state, BOB)
    assert "simba" not in shown(forgotten)
    assert forgotten.ended[0].solvers == (BOB,)


def test_solvers_and_authors_both_count() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="lion king"))
    assert rules.result(state).bests == {ANN: 1, BOB: 1, CID: 0}
    assert rules.result(state).met == ((ANN, BOB),)


def test_three_riddles_that_nobody_tried_end_the_game() -> None:
    state = after(opened(6), *(write(seat) for seat in range(6)))
    play = Play("s", 0, state)
    play = advance(game(), play, None, START + 20 * TURN).play
    assert len(play.state.ended) == rules.MOST_IDLE


def test_the_keepsake_has_every_riddle_with_its_solution() -> None:
    state = after(guessing(), Move(SAYS, BOB, text="lion king"))
    kept = game().keepsake(state, WORDS, CAST)
    assert kept is not None
    assert "The Lion King" in kept.data.decode()


@pytest.mark.parametrize(
    ("text", "solution", "inside"),
    [
        ("with pleasure", "it", False),
        ("is it?", "it", True),
        ("lionking!", "Lion King", True),
        ("", "it", False),
    ],
)
def test_a_short_solution_is_only_looked_for_as_a_word(
    text: str, solution: str, inside: bool
) -> None:
    assert tells(text, solution, "en") == inside


@given(st.text(max_size=80), st.text(min_size=2, max_size=60))
def test_what_is_shown_as_wrong_does_not_tell_the_solution(text: str, solution: str) -> None:
    found = verdict(text, solution, "en")
    assert found in (Verdict.RIGHT, Verdict.LIST) or not tells(text, solution, "en")


SECRETS = ("Zanzibarquark", "Mumblefrotz Quux", "Ñandúbatavia", "Plughxyzzy 42")
SPOILERS = (*SECRETS, *(f"is it {s.lower()} a b c d e" for s in SECRETS), "mumble", "zanzi", "hm")


class SpoilingGame(RandomGame):
    """A random game with known solutions, whose players type whatever is in `talk`. No author
    takes another word for the solution, because that word may be another riddle's."""

    talk: tuple[str, ...] = SPOILERS

    def move(self) -> Move:
        move = super().move()
        values = {
            "emoji": self.rng.choice(("🦁👑", "🙂🙂🙂")),
            "solution": SECRETS[move.seat % len(SECRETS)],
            "hint": self.rng.choice(("", *self.talk)),
            "guess": self.rng.choice(self.talk),
        }
        filled = values if move.act in ("write", "guess") else move.values
        text = self.rng.choice(self.talk) if move.act == SAYS else move.text
        act = "warm" if move.act == "ok" else move.act
        return Move(act, move.seat, move.arg, text, filled)

    def told(self) -> set[str]:
        """The solutions of the riddles that are over."""
        state: State = self.play.state
        return {state.written[e.by].solution for e in state.ended if e.by in state.written}


def inside(secrets: set[str], text: str) -> list[str]:
    return [secret for secret in secrets if secret.casefold() in text.casefold()]


@given(seed=st.integers(0, 10**9))
def test_no_board_tells_the_solution_before_its_time_whatever_is_typed(seed: int) -> None:
    random = SpoilingGame(game(), seed)
    for _ in random.moves(60):
        state: State = random.play.state
        own = {state.riddle.solution} if state.riddle else set()
        assert not inside(own - random.told(), shown(state))


@given(seed=st.integers(0, 10**9))
def test_no_board_tells_a_solution_that_nobody_typed(seed: int) -> None:
    random = SpoilingGame(game(), seed)
    random.talk = ("hm", "mumble", "42")
    for _ in random.moves(60):
        assert not inside(set(SECRETS) - random.told(), shown(random.play.state))


@given(seed=st.integers(0, 10**9))
def test_no_hand_tells_a_solution_but_to_its_author_and_solvers(seed: int) -> None:
    random = SpoilingGame(game(), seed)
    for _ in random.moves(60):
        state: State = random.play.state
        own = {state.riddle.solution} if state.riddle else set()
        for seat in set(range(random.seats)) - {state.author, *state.solvers}:
            hand = game().hand(state, seat, WORDS, CAST)
            assert hand is None or not inside(own - random.told(), str(hand.text))
