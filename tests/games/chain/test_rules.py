"""A chain of words: what counts, what doesn't and why, and when it ends."""

from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.games import game
from bot.games.chain import rules
from bot.games.chain.beginnings import beginnings
from bot.games.chain.letters import next_letter, openers
from bot.games.chain.rules import Chain
from bot.i18n import LANGUAGES, Words
from bot.play import CAME, LEFT, PASS, SAYS, TIME, Move, Note, Pace, Sitting, Table
from bot.play.lexicon import bare, common, is_word
from tests.games.players import START, NamedCast

TURN = timedelta(minutes=2)
LATER = START + timedelta(seconds=20)
languages = st.sampled_from(sorted(LANGUAGES))


def chain(first: str = "house", language: str = "en", seats: int = 3, **more: object) -> Chain:
    """A chain that begins with a word of ours."""
    state = rules.begin(table(language, seats), START, Random(1))
    letter = next_letter(language, first)
    return replace(state, first=first, letter=letter, **more)


def table(language: str = "en", seats: int = 3, pace: Pace = Pace.LIVE) -> Table:
    return Table(tuple(Sitting(n) for n in range(seats)), 1, pace, TURN, language)


def says(state: Chain, seat: int, text: str, at: datetime = LATER) -> tuple[Chain, str]:
    """The state after a typed message, and the key of the note."""
    state, said = rules.step(state, Move(SAYS, seat, text=text), at, Random(1))
    return state, said[0].key if said else ""


def written(state: Chain, *words: str) -> Chain:
    """The state after these words, by seats in turn."""
    for n, word in enumerate(words):
        state, said = says(state, n % 3, word)
        assert not said, (word, said)
    return state


def time(state: Chain) -> Chain:
    assert state.until
    return rules.step(state, Move(TIME), state.until, Random(1))[0]


def board(state: Chain) -> str:
    return str(game("chain").board(state, Words("en"), NamedCast()).text)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_there_are_many_things_to_begin_with(language: str) -> None:
    assert len(beginnings(language)) > 200


@given(language=languages, data=st.data())
def test_a_chain_begins_with_a_common_word_that_can_be_gone_on_from(
    language: str, data: st.DataObject
) -> None:
    word = data.draw(st.sampled_from(beginnings(language)))
    assert word in common(language)
    assert next_letter(language, word) in openers(language)


@pytest.mark.parametrize(
    ("language", "words"),
    {
        "en": "robin billy whore",
        "fr": "pierre putain",
        "es": "carla carlos puta",
        "pt": "jesus maria puto",
    }.items(),
)
def test_no_chain_begins_with_a_name_or_with_an_insult(language: str, words: str) -> None:
    assert not set(words.split()) & set(beginnings(language))


def test_a_word_that_begins_as_it_should_is_the_next_link() -> None:
    state = written(chain("house"), "elephant")
    assert [link.word for link in state.links] == ["elephant"]
    assert state.letter == "t"


def test_marks_and_capitals_around_a_word_do_not_matter() -> None:
    assert written(chain("house"), "  “Elephant!” ").links[0].word == "elephant"


def test_nobody_writes_twice_in_a_row() -> None:
    state = written(chain("house"), "elephant")
    assert says(state, 0, "table")[1] == "again"
    assert says(state, 1, "table")[1] == ""


@pytest.mark.parametrize(
    ("word", "why"), [("table", "letter"), ("eeeeel", "unknown"), ("eve", "used")]
)
def test_what_does_not_fit_is_refused_with_a_reason(word: str, why: str) -> None:
    state = written(chain("house"), "eve")
    assert says(state, 1, word)[1] == why


def test_the_note_about_a_used_word_names_who_used_it() -> None:
    state = written(chain("house"), "eve")
    _, said = rules.step(state, Move(SAYS, 1, text="Eve"), LATER, Random(1))
    assert "Ann" in str(game("chain").words_of(said[0], Words("en"), NamedCast()))


def test_the_first_word_counts_as_used() -> None:
    assert says(chain("eve"), 0, "eve")[1] == "used"


@pytest.mark.parametrize("text", ["haha ok", "I think so", "ok", "🙂", "12", "", "it's", "hmmm"])
def test_talk_is_let_pass_in_silence(text: str) -> None:
    state = chain("house")
    assert says(state, 0, text) == (state, "")


def test_the_last_writer_can_say_a_word_of_talk() -> None:
    state = written(chain("house"), "elephant")
    assert says(state, 0, "great") == (state, "")


@pytest.mark.parametrize(("text", "why"), [("two words", "one"), ("", "one"), ("ee", "short")])
def test_a_form_is_answered_even_if_it_holds_no_word(text: str, why: str) -> None:
    move = Move("word", 0, "0", values={"word": text})
    _, said = rules.step(chain("house"), move, LATER, Random(1))
    assert isinstance(said[0], Note)
    assert said[0].key == why


def test_whoever_was_overtaken_hears_so() -> None:
    state = written(chain("house"), "elephant")
    move = Move("word", 1, "0", values={"word": "egg"})
    _, said = rules.step(state, move, LATER, Random(1))
    assert said[0].key == "late"


def test_whoever_was_overtaken_with_a_word_that_fits_all_the_same_goes_on() -> None:
    state = written(chain("house"), "eagle")
    move = Move("word", 1, "0", values={"word": "egg"})
    assert len(rules.step(state, move, LATER, Random(1))[0].links) == 2


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("en", "box", "o"),
        ("fr", "café", "e"),
        ("fr", "yeux", "u"),
        ("es", "champiñón", "n"),
        ("es", "luz", "z"),
        ("pt", "manhã", "a"),
        ("pt", "tórax", "a"),
    ],
)
def test_the_next_letter_is_one_that_words_begin_with(
    language: str, word: str, letter: str
) -> None:
    assert next_letter(language, word) == letter


def test_a_word_without_its_accents_counts() -> None:
    state = written(chain("vache", "fr"), "eleve")
    assert state.links[0].word == "eleve"


def test_the_chain_ends_when_it_is_long_enough() -> None:
    state = written(chain("house", goal=2), "elephant", "table")
    assert state.until is None
    assert state.reached


def test_a_silent_turn_brings_a_hint_that_fits() -> None:
    state = time(chain("house"))
    assert state.until
    assert state.hint.startswith("e")
    assert state.hint in board(state)


def test_two_silent_turns_end_it() -> None:
    assert time(time(written(chain("house"), "elephant"))).until is None


def test_at_the_beginning_people_have_twice_as_long() -> None:
    state = time(time(time(chain("house"))))
    assert state.until
    assert time(state).until is None


def test_a_word_after_a_silent_turn_starts_anew() -> None:
    state = written(time(chain("house")), "elephant")
    assert not state.silent
    assert time(state).until


@given(language=languages, pace=st.sampled_from(list(Pace)))
def test_it_never_lasts_longer_than_its_time(language: str, pace: Pace) -> None:
    state = rules.begin(table(language, pace=pace), START, Random(3))
    seat = 0
    while state.until:
        late = state.until - timedelta(seconds=1)
        state, _ = says(state, seat := 1 - seat, fitting(state), late)
        state = time(state)
    assert len(state.links) <= rules.TURNS[pace] + 1


def fitting(state: Chain) -> str:
    """A word that may come next."""
    used = {bare(state.language, word) for word in state.words}
    return next(
        word
        for word in common(state.language)
        if bare(state.language, word)[0] == state.letter and bare(state.language, word) not in used
    )


def test_anybody_can_come_and_write() -> None:
    state, said = says(written(chain("house"), "elephant"), 7, "table")
    assert not said
    assert 7 in state.here


def test_when_everybody_has_left_it_ends() -> None:
    state = chain("house")
    for seat in range(3):
        assert state.until
        state, _ = rules.step(state, Move(LEFT, seat), LATER, Random(1))
    assert state.until is None


def test_whoever_left_can_come_back() -> None:
    state, _ = rules.step(chain(), Move(LEFT, 0), LATER, Random(1))
    state, _ = rules.step(state, Move(CAME, 0), LATER, Random(1))
    assert state.here == (1, 2, 0)


def test_passing_is_not_needed() -> None:
    state = chain()
    after, said = rules.step(state, Move(PASS, 0), LATER, Random(1))
    assert after == state
    assert said[0].key == "free"


def test_many_writers_are_worth_more_than_one_pair() -> None:
    pair, trio = chain("house", goal=3), chain("house", goal=3)
    for seat, word in ((0, "elephant"), (1, "table"), (0, "egg")):
        pair, _ = says(pair, seat, word)
    trio = written(trio, "elephant", "table", "egg")
    assert rules.result(trio).scores[0].points > rules.result(pair).scores[0].points
    assert rules.result(trio).scores[0].points == rules.result(trio).scores[0].best


def test_those_who_answered_each_others_words_met() -> None:
    assert rules.result(written(chain("house"), "elephant", "table", "egg")).met == ((0, 1), (1, 2))


def test_a_personal_best_is_the_longest_word() -> None:
    state = written(chain("house"), "egg", "great", "tea", "anthropology")
    assert rules.result(state).bests == {0: 12, 1: 5, 2: 3}


def test_what_somebody_wrote_is_gone_from_the_board() -> None:
    state = rules.forget(written(chain("house"), "elephant", "table"), 0)
    assert "elephant" not in board(state)
    assert "elephant" not in str(state)
    assert "table" in board(state)


def test_the_end_shows_the_whole_chain() -> None:
    state = written(chain("house", goal=3), "elephant", "table", "egg")
    assert "house → elephant → table → egg" in board(state)
    assert "3 people" in board(state)


@given(language=languages, seed=st.integers(0, 10**6), data=st.data())
def test_every_link_is_a_new_word_that_begins_as_it_should(
    language: str, seed: int, data: st.DataObject
) -> None:
    state = rules.begin(table(language), START, Random(seed))
    tries = st.sampled_from(common(language))
    for _ in range(data.draw(st.integers(0, 40))):
        word = data.draw(st.one_of(st.just(fitting(state)), tries))
        seat = data.draw(st.integers(0, 3))
        state, _ = says(state, seat, word)
    for before, after in zip(state.words, state.words[1:], strict=False):
        assert bare(language, after)[0] == next_letter(language, before)
        assert is_word(language, after)
    assert len({bare(language, word) for word in state.words}) == len(state.words)
    assert all(a.seat != b.seat for a, b in zip(state.links, state.links[1:], strict=False))
    assert len(state.links) <= state.goal


@given(language=languages, data=st.data())
def test_there_is_always_a_word_that_could_come_next(language: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(common(language)))
    assert next_letter(language, word) in openers(language)
