"""Story relay: a turn belongs to one seat, and every sentence keeps its place."""

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.games.story import game
from bot.games.story.keepsake import escaped, names
from bot.games.story.openings import OPENINGS
from bot.games.story.rules import LONGEST, Story, length, step
from bot.games.story.view import SAID, TAIL, tail
from bot.i18n import Words
from bot.play import CAME, LEFT, PASS, SAYS, TIME, Move, Note, Pace, Sitting, Table
from tests.games.players import START, NamedCast, RandomGame

STORY, WORDS, CAST = game(), Words(), NamedCast()
ANY = st.integers(0, 10**9)


def begun(seats: int = 3) -> Story:
    sitting = tuple(Sitting(seat) for seat in range(seats))
    table = Table(sitting, 1, Pace.LIVE, timedelta(minutes=2), "en", day="2026-11-22")
    return STORY.begin(table, START, Random(1))


def does(state: Story, act: str, seat: int | None = None, arg: str = "", text: str = "") -> Story:
    return step(state, Move(act, state.seat if seat is None else seat, arg, text), START)[0]


def told(state: Story, move: Move) -> list[str]:
    return [said.key for said in step(state, move, START)[1]]


def change(state: Story, text: str, seat: int | None = None) -> Story:
    author = state.sentences[-1].seat if seat is None else seat
    move = Move("change", author, str(len(state.sentences)), values={"text": text})
    return step(state, move, START)[0]


def board(state: Story) -> str:
    return str(STORY.board(state, WORDS, CAST).text)


def kept(state: Story) -> str:
    attachment = STORY.keepsake(state, WORDS, CAST)
    assert attachment is not None
    return attachment.data.decode()


def whole(seats: int = 3) -> Story:
    state = begun(seats)
    while state.until is not None:
        state = does(state, SAYS, text=f"Sentence number {len(state.sentences)}.")
    return state


def test_the_opening_lines_differ() -> None:
    assert len(set(OPENINGS)) == len(OPENINGS) >= 20


def test_a_typed_sentence_continues_the_story() -> None:
    state = begun()
    after = does(state, SAYS, text="It rained.")
    assert [said.text for said in after.sentences] == ["It rained."]
    assert after.seat != state.seat


def test_the_form_does_the_same() -> None:
    state = begun()
    move = Move("write", state.seat, "1", values={"text": "It rained."})
    assert step(state, move, START)[0] == does(state, SAYS, text="It rained.")


def test_everybody_has_a_turn_before_anybody_has_a_second() -> None:
    state = begun(5)
    seats = []
    for _ in range(5):
        seats.append(state.seat)
        state = does(state, SAYS, text="And then.")
    assert sorted(seats) == [0, 1, 2, 3, 4]


def test_nobody_writes_out_of_turn() -> None:
    state = begun()
    other = (state.seat + 1) % 3
    assert does(state, SAYS, other, text="Me first.") == state
    assert told(state, Move(SAYS, other, text="Me first.")) == ["wait"]


def test_a_form_that_comes_too_late_gives_the_sentence_back() -> None:
    state = does(begun(), TIME)
    said = step(state, Move("write", begun().seat, "1", values={"text": "Too slow."}), START)[1]
    assert "Too slow." in str(STORY.words_of(said[0], WORDS, CAST))


def test_a_form_of_an_earlier_turn_is_not_taken_for_a_later_one() -> None:
    state = does(does(begun(2), TIME), SAYS, text="Meanwhile.")
    move = Move("write", state.seat, "1", values={"text": "As I was saying."})
    assert step(state, move, START)[0] == state
    assert told(state, move) == ["moved"]


@pytest.mark.parametrize(("text", "key"), [("", "short"), ("ab", "short"), ("a" * 281, "long")])
def test_a_sentence_has_a_length(text: str, key: str) -> None:
    state = begun()
    assert told(state, Move(SAYS, state.seat, text=text)) == [key]
    assert does(state, SAYS, text=text) == state


def test_a_sentence_in_a_form_that_is_too_long_is_given_back() -> None:
    state, text = begun(), "It went on and on. " * 20
    said = step(state, Move("write", state.seat, "1", values={"text": text}), START)[1]
    assert text.strip() in str(STORY.words_of(said[0], WORDS, CAST))


def test_whoever_comes_back_with_a_sentence_keeps_it_for_their_turn() -> None:
    state = missing(begun())
    said = step(state, Move("write", 0, "1", values={"text": "I am late."}), START)[1]
    assert "I am late." in str(STORY.words_of(said[0], WORDS, CAST))


@given(text=st.text(max_size=400))
def test_what_is_accepted_is_one_line_of_a_fair_length(text: str) -> None:
    for said in does(begun(), SAYS, text=text).sentences:
        assert 3 <= len(said.text) <= LONGEST
        assert "\n" not in said.text


def test_a_turn_that_times_out_passes_by_itself() -> None:
    state = begun()
    after = does(state, TIME)
    assert after.seat != state.seat
    assert not after.sentences


def missing(state: Story) -> Story:
    """Seat 0 misses two turns while the others write."""
    while 0 in state.active:
        act = TIME if state.seat == 0 else SAYS
        state = does(state, act, text="They went on.")
    return state


def test_who_misses_two_turns_is_skipped() -> None:
    state = missing(begun())
    for _ in range(4):
        assert state.seat != 0
        state = does(state, SAYS, text="They went on.")


@pytest.mark.parametrize("act", ["back", SAYS, "end"])
def test_who_was_skipped_can_always_come_back(act: str) -> None:
    state = does(missing(begun()), act, 0, text="Here I am.")
    assert 0 in state.active


def test_the_way_back_stands_on_the_board_only_for_somebody_who_is_away() -> None:
    assert STORY.board(begun(), WORDS, CAST).control("back", "") is None
    assert STORY.board(missing(begun()), WORDS, CAST).control("back", "") is not None


def test_when_everybody_passes_it_ends() -> None:
    state = does(does(does(begun(), PASS), PASS), PASS)
    assert state.until is None


def test_a_sentence_in_between_lets_it_go_on() -> None:
    state = does(does(does(begun(), PASS), SAYS, text="Wait."), PASS)
    assert does(state, PASS).until is not None


def test_more_than_half_can_end_it() -> None:
    state = does(begun(4), "end", 0)
    state = does(state, "end", 1)
    assert state.until is not None
    assert does(state, "end", 2).until is None


def test_a_wish_for_the_end_can_be_taken_back() -> None:
    state = does(does(begun(), "end", 0), "end", 0)
    assert state.votes == 0


@pytest.mark.parametrize(("seats", "sentences"), [(2, 12), (8, 16), (12, 24), (30, 24)])
def test_its_length_follows_the_number_of_players(seats: int, sentences: int) -> None:
    assert length(seats) == sentences


def test_it_ends_with_its_last_sentence() -> None:
    assert len(whole().sentences) == 12


def test_the_last_writer_is_told() -> None:
    state = begun()
    while len(state.sentences) < state.total - 1:
        assert "last sentence" not in board(state)
        state = does(state, SAYS, text="And then.")
    assert "last sentence" in board(state)


def test_ones_last_sentence_can_be_changed_until_the_next_one() -> None:
    state = change(does(begun(), SAYS, text="It rained."), "It snowed.")
    assert state.sentences[0].text == "It snowed."
    after = does(state, SAYS, text="All night.")
    late = Move("change", state.sentences[0].seat, "1", values={"text": "It hailed."})
    assert step(after, late, START)[0] == after


def test_nobody_takes_back_the_sentence_of_another() -> None:
    state = does(begun(), SAYS, text="It rained.")
    assert does(state, "undo", state.seat, "1") == state


def test_nobody_changes_the_sentence_of_another() -> None:
    state = does(begun(), SAYS, text="It rained.")
    assert change(state, "No, it did not.", state.seat) == state


def test_the_form_shows_the_old_sentence() -> None:
    state = does(begun(), SAYS, text="It rained.")
    control = STORY.board(state, WORDS, CAST).control("change", "1")
    assert control is not None
    assert control.form[0].value == "It rained."


def test_a_sentence_that_was_taken_back_disappears() -> None:
    state = does(begun(), SAYS, text="It rained.")
    state = does(state, "undo", state.sentences[0].seat, "1")
    assert "It rained" not in board(state)
    assert STORY.board(state, WORDS, CAST).control("change", "1") is None


def test_a_newcomer_gets_a_turn() -> None:
    state = does(begun(2), CAME, 2, arg="0")
    seats = set()
    for _ in range(3):
        seats.add(state.seat)
        state = does(state, SAYS, text="And then.")
    assert seats == {0, 1, 2}


def test_who_leaves_hands_the_turn_on() -> None:
    state = begun()
    after = does(state, LEFT)
    assert after.seat in after.present
    assert after.seat != state.seat


def test_when_the_last_one_leaves_it_is_over() -> None:
    state = begun()
    for seat in range(3):
        state = does(state, LEFT, seat)
    assert state.until is None


def test_all_share_one_score() -> None:
    result = STORY.result(whole())
    assert [(score.points, score.best) for score in result.scores] == [(12, 12)]
    assert result.bests == {0: 12, 1: 12, 2: 12}


def test_the_keepsake_holds_the_whole_story_and_its_authors() -> None:
    text = kept(whole(2))
    assert "Nov 22, 2026" in text
    assert all(f"Sentence number {n}." in text for n in range(12))
    assert "Ann" in text


def test_nothing_written_leaves_nothing_to_keep() -> None:
    assert STORY.keepsake(does(does(begun(2), PASS), PASS), WORDS, CAST) is None


def test_what_a_seat_wrote_is_blanked() -> None:
    state = STORY.forget(does(begun(), SAYS, text="It rained."), begun().seat)
    assert "It rained" not in board(state)
    assert names(state, WORDS, CAST) == ""


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("<script>", "&lt;script&gt;"),
        ("*bold* _x_", r"\*bold\* \_x\_"),
        ("# title", r"\# title"),
        ("- item", r"\- item"),
        ("1. item", "&#49;. item"),
        ("12) item", "&#49;2) item"),
        ("[a](b)", r"\[a\](b)"),
        ("2 houses.", "2 houses."),
    ],
)
def test_words_of_people_are_no_markup(typed: str, shown: str) -> None:
    assert escaped(typed) == shown


@given(story=st.text(max_size=2000))
def test_the_board_shows_the_end_of_a_long_story(story: str) -> None:
    shown = tail(story, TAIL)
    assert len(shown) <= TAIL
    assert story.endswith(shown.removeprefix("… "))


@given(seed=ANY)
def test_every_accepted_sentence_stays_in_its_order(seed: int) -> None:
    random = RandomGame(STORY, seed)
    seats: list[int] = []
    for done in random.moves(60):
        now = [said.seat for said in done.play.state.sentences]
        assert now[: len(seats)] == seats
        assert len(now) <= len(seats) + 1
        seats = now


@given(seed=ANY)
def test_only_the_seat_whose_turn_it_is_adds_a_sentence(seed: int) -> None:
    random = RandomGame(STORY, seed)
    before = random.play.state
    for done in random.moves(60):
        after = done.play.state
        if len(after.sentences) > len(before.sentences):
            # what was due by then was made up first: it handed the turn on without a sentence
            assert after.sentences[-1].seat == done.log[-1].move.seat
            assert len(done.log) > 1 or after.sentences[-1].seat == before.seat
        before = after


@pytest.mark.parametrize("key", SAID)
def test_a_note_says_what_to_do(key: str) -> None:
    note = Note(0, key, {"seat": 1, "n": 3, "of": 4, "most": 280})
    assert "{" not in str(STORY.words_of(note, WORDS, NamedNobody()))


class NamedNobody(NamedCast):
    """Plain names: braces in a sentence would be places that nobody filled."""

    def name(self, seat: int) -> str:
        return "Ann"
