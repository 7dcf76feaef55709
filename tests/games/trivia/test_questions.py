"""Made questions: one right answer, wrong ones of the same kind, nothing given away."""

from random import Random

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.games.trivia import countries, tongues
from bot.games.trivia.asking import Maker, Question
from bot.games.trivia.drawing import CHOSEN, TYPED, draw
from bot.games.trivia.judging import Verdict, judge
from bot.games.trivia.view import SENTENCES, TALK
from bot.games.trivia.world import MEMBERS, Country, by_code, gives_away
from bot.games.trivia.world import countries as world
from bot.i18n import LANGUAGES
from bot.play.likeness import key, same

seeds = st.integers(0, 10**9)
languages = st.sampled_from(sorted(LANGUAGES))
few = settings(max_examples=15, deadline=None)
"""Each question is made of data that is read when it is first needed."""
every_maker = pytest.mark.parametrize("maker", [*CHOSEN, *TYPED])


def question(maker: Maker, language: str, seed: int) -> Question:
    rng = Random(seed)
    for _ in range(200):
        if made := maker(language, rng):
            return made
    raise AssertionError(f"{maker} makes nothing")


def country(name: str, language: str) -> Country:
    return next(c for c in world(language) if c.name == name)


@every_maker
@few
@given(seeds, languages)
def test_every_kind_has_its_sentence(maker: Maker, seed: int, language: str) -> None:
    made = question(maker, language, seed)
    assert made.kind in SENTENCES
    assert made.talk in TALK
    assert made.talk_of


@pytest.mark.parametrize("maker", CHOSEN)
@few
@given(seeds, languages)
def test_of_four_choices_one_is_right(maker: Maker, seed: int, language: str) -> None:
    made = question(maker, language, seed)
    assert len({key(choice) for choice in made.choices}) == 4
    assert [choice for choice in made.choices if choice in made.right] == [made.answer]


@pytest.mark.parametrize("maker", TYPED)
@few
@given(seeds, languages)
def test_what_is_typed_has_no_choices_and_its_own_answer_is_right(
    maker: Maker, seed: int, language: str
) -> None:
    made = question(maker, language, seed)
    assert not made.choices
    assert all(judge(answer, made.right, made.rivals) is Verdict.RIGHT for answer in made.right)


@few
@given(seeds, languages)
def test_no_capital_is_asked_for_that_its_country_names(seed: int, language: str) -> None:
    for maker in (countries.capital, countries.whose, countries.typed_capital):
        made = question(maker, language, seed)
        assert not gives_away(made.about, made.answer)


@few
@given(seeds, languages)
def test_only_one_choice_is_a_neighbour(seed: int, language: str) -> None:
    made = question(countries.neighbour, language, seed)
    near = country(made.about, language).neighbours or ()
    assert sum(country(choice, language).code in near for choice in made.choices) == 1


@few
@given(seeds, languages)
def test_most_people_live_in_the_right_one_by_far(seed: int, language: str) -> None:
    made = question(countries.peopled, language, seed)
    people = sorted(country(choice, language).population for choice in made.choices)
    assert country(made.answer, language).population == people[-1] >= 1.5 * people[-2]


@few
@given(seeds, languages)
def test_the_language_is_official_in_one_country_and_not_spoken_in_the_others(
    seed: int, language: str
) -> None:
    made = question(countries.speaks, language, seed)
    names = Locale(language).languages
    for choice in made.choices:
        code = country(choice, language).code
        known = countries.official(code) if choice == made.answer else countries.spoken(code)
        assert (made.about in map(names.get, known)) == (choice == made.answer)


@few
@given(seeds, languages)
def test_the_language_is_named_by_no_choice(seed: int, language: str) -> None:
    made = question(countries.speaks, language, seed)
    assert not any(gives_away(choice, made.about) for choice in made.choices)


@pytest.mark.parametrize("code", ["MA", "DZ", "TN"])
def test_french_is_spoken_in_the_maghreb_but_not_official(code: str) -> None:
    assert "fr" in countries.spoken(code)
    assert "fr" not in countries.official(code)


def test_what_is_no_law_is_still_in_the_data() -> None:
    for code, _, tongue in (pair.partition("_") for pair in countries.NOT_BY_LAW):
        assert tongue in countries.spoken(code, countries.LAW)


@few
@given(seeds, languages)
def test_a_word_is_that_of_one_of_the_languages_only(seed: int, language: str) -> None:
    made = question(tongues.word, language, seed)
    assert not same(made.about, made.extra)


@few
@given(seeds, languages)
def test_no_two_questions_of_a_game_are_about_the_same(seed: int, language: str) -> None:
    drawn = draw((), language, Random(seed))
    assert len(drawn) == 8
    answers = [key(made.answer) for made in drawn]
    assert len(set(answers)) == len(answers)


@few
@given(seeds, languages)
def test_the_same_chance_gives_the_same_questions(seed: int, language: str) -> None:
    assert draw((), language, Random(seed)) == draw((), language, Random(seed))


def test_there_are_all_member_states_and_no_other() -> None:
    assert len(MEMBERS) == 194
    assert {c.code for c in world("en")} == set(MEMBERS)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_two_countries_have_the_same_name(language: str) -> None:
    names = [key(name) for c in world(language) for name in {key(n): n for n in c.names}.values()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("language", "code", "name", "capital"),
    [
        ("en", "CN", "China", "Beijing"),
        ("fr", "GB", "Royaume-Uni", "Londres"),
        ("es", "DE", "Alemania", "Berlín"),
        ("pt", "PL", "Polônia", "Varsóvia"),
        ("fr", "LY", "Libye", "Tripoli"),
    ],
)
def test_countries_and_capitals_are_named_in_each_language(
    language: str, code: str, name: str, capital: str
) -> None:
    found = by_code(language)[code]
    assert (found.name, found.capital) == (name, capital)


def test_a_flag_is_made_of_the_code() -> None:
    assert by_code("en")["BR"].flag == "🇧🇷"


@pytest.mark.parametrize(
    ("tongue", "kind", "number", "called"),
    [
        ("fr", "day", 0, "lundi"),
        ("pl", "month", 1, "styczeń"),
        ("ms", "day", 6, "Ahad"),
        ("nb", "day", 1, "tirsdag"),
    ],
)
def test_days_and_months_are_called_as_in_their_language(
    tongue: str, kind: str, number: int, called: str
) -> None:
    assert tongues.word_for(tongue, kind, number) == called
