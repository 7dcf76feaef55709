"""What counts as a word, and which words are everybody's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LANGUAGES
from bot.play.lexicon import bare, common, is_word

each_language = pytest.mark.parametrize("language", sorted(LANGUAGES))
languages = st.sampled_from(sorted(LANGUAGES))
WORDS = {
    "en": "house houses ran mice queue xylophone colour color knitted quizzes umbrella",
    "fr": "maison mangeâmes élève cœur œuf vache kiwi chanterai épluché noël naïve",
    "es": "casas comíamos niño niños murciélago ñandú tejió ciempiés hablasteis pingüino",
    "pt": "coração irmãos pães avó avô zebra falássemos jacaré abóbora girafas",
}
NO_WORDS = {
    "en": "qwerty teh hellooo asdf xyzzy Germany",
    "fr": "allemagne lol microsoft ouiiii bonjourr",
    "es": "alemania lol holaaa nino microsoft",
    "pt": "alemanha lol sapzo microsoft obrigadoo",
}

NAMES = {
    "en": "paris john mary henry",
    "fr": "paris marie oscar",
    "es": "juan china carla",
    "pt": "maria lisboa jesus pedro nora",
}


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_plurals_and_conjugated_forms_are_words(language: str, words: str) -> None:
    assert [word for word in words.split() if not is_word(language, word)] == []


@pytest.mark.parametrize(("language", "words"), NO_WORDS.items())
def test_slips_names_and_chat_are_no_words(language: str, words: str) -> None:
    assert [word for word in words.split() if is_word(language, word)] == []


@pytest.mark.parametrize(("language", "words"), WORDS.items())
def test_accents_and_case_do_not_matter(language: str, words: str) -> None:
    for word in words.split():
        assert is_word(language, bare(language, word))
        assert is_word(language, word.upper())


def test_spanish_keeps_its_own_letter() -> None:
    assert bare("es", "Ñandú") == "ñandu"
    assert bare("pt", "Ñandú") == "nandu"


@pytest.mark.parametrize("text", ["", " ", "two words", "arc-en-ciel", "it's", "42", "🙂", "a1"])
@each_language
def test_only_one_word_of_letters_is_a_word(language: str, text: str) -> None:
    assert not is_word(language, text)


@each_language
def test_thousands_of_words_are_common(language: str) -> None:
    assert 6_000 < len(common(language)) < 12_000


@given(language=languages, data=st.data())
def test_what_is_common_is_a_word_in_lower_case(language: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(common(language)))
    assert is_word(language, word)
    assert word.islower()
    assert len(word) >= 3


@each_language
def test_the_most_frequent_words_come_first(language: str) -> None:
    everyday = {"en": "think", "fr": "monde", "es": "gente", "pt": "tempo"}[language]
    assert everyday in common(language)[:500]


@pytest.mark.parametrize(("language", "words"), NAMES.items())
def test_proper_names_are_not_common(language: str, words: str) -> None:
    assert not set(words.split()) & set(common(language))


@given(language=languages, text=st.text(max_size=30))
def test_any_text_can_be_asked(language: str, text: str) -> None:
    is_word(language, text)
    assert bare(language, bare(language, text)) == bare(language, text)


@given(language=languages, text=st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=14, max_size=20))
def test_letters_without_a_vowel_make_no_word(language: str, text: str) -> None:
    assert not is_word(language, text)


def test_an_unknown_language_reads_english() -> None:
    assert is_word("xx", "house")
