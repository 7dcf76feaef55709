"""Every text that a person sees is there in every language."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from babel.messages.catalog import Catalog
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import LANGUAGES, Words, closest
from scripts.catalogues import TEMPLATE, TRANSLATED, extracted, load, missing

PLACE = re.compile(r"\{(\w+)\}")


@pytest.fixture(scope="module")
def sources() -> Catalog:
    return extracted()


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_missing(sources: Catalog, language: str) -> None:
    assert [message.id for message in missing(sources, language)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_fills_the_same_places(language: str) -> None:
    wrong = []
    for message in load(language):
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        told = message.string or ""
        strings = [told] if isinstance(told, str) else list(told)
        wanted = set(PLACE.findall(ids[-1]))
        wrong += [s for s in strings if s and set(PLACE.findall(s)) - wanted]
        wrong += [s for s in strings[-1:] if s and wanted - set(PLACE.findall(s))]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_as_many_lines(language: str) -> None:
    wrong = [
        message.id
        for message in load(language)
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.id
        and message.id.count("\n") != message.string.count("\n")
    ]
    assert wrong == []


def test_the_template_is_that_of_the_sources(sources: Catalog) -> None:
    from babel.messages.pofile import read_po

    with TEMPLATE.open("rb") as file:
        kept = read_po(file)
    assert {str(m.id) for m in kept} == {str(m.id) for m in sources}


@pytest.mark.parametrize(
    ("code", "ours"),
    [("pt-BR", "pt"), ("es_419", "es"), ("FR", "fr"), ("en-US", "en"), ("de", "en"), ("", "en")],
)
def test_a_platforms_code_finds_the_nearest_language(code: str, ours: str) -> None:
    assert closest(code) == ours


@given(st.text())
def test_any_code_finds_a_language(code: str) -> None:
    assert closest(code) in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_is_written_in_the_readers_way(language: str) -> None:
    written = Words(language).date(date(2026, 11, 23))
    named = {
        "en": "Mon, Nov 23",
        "fr": "lun. 23 nov.",
        "es": "lun, 23 nov",
        "pt": "seg., 23 de nov.",
    }
    assert written == named[language]


def test_a_moment_is_told_in_the_readers_zone() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert "14:00" in Words("fr", "Africa/Cairo").moment(noon)


def test_an_unknown_zone_is_told_in_utc() -> None:
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert "12:00" in Words("fr", "Nowhere/Else").moment(noon)


@pytest.mark.parametrize(
    ("language", "hours"), [("en", "3 hours"), ("fr", "3\u00a0heures"), ("es", "3 horas")]
)
def test_a_span_is_told_in_words(language: str, hours: str) -> None:
    assert Words(language).duration(timedelta(hours=3)) == hours


def test_a_number_is_written_in_the_readers_way() -> None:
    assert Words("es").number(12345.6) == "12.345,6"
