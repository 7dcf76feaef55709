"""Zones by the names people use."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import PhraseError
from scheduler.zones import _CITIES, is_zone, parse_zone, zone_names

FOUND = {
    "Europe/Paris": "Europe/Paris",
    "europe/paris": "Europe/Paris",
    " PARIS ": "Europe/Paris",
    "São Paulo": "America/Sao_Paulo",
    "sao_paulo": "America/Sao_Paulo",
    "new york": "America/New_York",
    "Nueva York": "America/New_York",
    "Buenos Aires": "America/Argentina/Buenos_Aires",
    "Barcelona": "Europe/Madrid",
    "Genève": "Europe/Zurich",
    "america/indiana/knox": "America/Indiana/Knox",
    "utc": "UTC",
    "GMT": "UTC",
}
OFFSETS = {
    "UTC+2": "Europe/Athens",
    "gmt -5": "America/New_York",
    "+05:30": "Asia/Kolkata",
    "UTC+0545": "Asia/Kathmandu",
}


@pytest.mark.parametrize(("text", "zone"), FOUND.items())
def test_a_zone_is_found_by_name_or_city(text: str, zone: str) -> None:
    assert parse_zone(text) == zone


def test_every_offered_zone_is_understood_whatever_its_case() -> None:
    assert [zone for zone in zone_names() if parse_zone(zone.swapcase()) != zone] == []


@pytest.mark.parametrize(("text", "place"), OFFSETS.items())
def test_an_offset_is_refused_and_a_place_with_it_suggested(text: str, place: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_zone(text)

    assert refused.value.code == "fixed_offset"
    assert refused.value.suggestions[0] == place


@pytest.mark.parametrize(
    ("text", "place"),
    {"Pariss": "Europe/Paris", "Berln": "Europe/Berlin", "CET": "Europe/Paris"}.items(),
)
def test_an_unknown_zone_is_refused_and_what_may_be_meant_suggested(text: str, place: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_zone(text)

    assert refused.value.code == "unknown_zone"
    assert refused.value.suggestions[0] == place


def test_nothing_is_suggested_for_what_is_like_no_zone() -> None:
    with pytest.raises(PhraseError) as refused:
        parse_zone("xyzzy")

    assert refused.value.suggestions == ()


@pytest.mark.parametrize("name", ["Europe/Atlantis", "../../etc/passwd", "", "Europe", "paris"])
def test_what_is_no_exact_name_is_no_zone(name: str) -> None:
    assert not is_zone(name)


def test_the_extra_cities_lead_to_real_zones() -> None:
    assert [zone for zone in _CITIES if not is_zone(zone)] == []


@given(st.text(max_size=100))
def test_any_text_is_a_zone_or_a_phrase_error_with_at_most_three_suggestions(text: str) -> None:
    with suppress(PhraseError):
        assert is_zone(parse_zone(text))
    with pytest.raises(PhraseError) as refused:
        parse_zone(text + "\N{SNOWMAN}")
    assert all(is_zone(zone) for zone in refused.value.suggestions)
    assert len(refused.value.suggestions) <= 3
