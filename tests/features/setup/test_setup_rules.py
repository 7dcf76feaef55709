"""What `/setup` offers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.effects import CHOICE_ID_BYTES, Button
from bot.features.setup.rules import (
    BUSY,
    PLANS,
    STEPS,
    ZONES,
    Draft,
    is_busy,
    meant,
    next_step,
    offered,
    short,
    zones_for,
)
from bot.i18n import LANGUAGES, Words
from bot.ports import Place
from bot.refs import ChatRef
from scheduler.phrases import parse_rule
from scheduler.zones import is_zone

NOW = datetime(2026, 11, 23, 7, tzinfo=UTC)


@given(st.lists(st.text(), max_size=30), st.text())
def test_a_button_stands_for_exactly_one_value_on_offer(values: list[str], other: str) -> None:
    assert all(meant(short(value), values) == value for value in values)
    assert other in values or meant(short(other), values) is None


@given(st.sampled_from(STEPS), st.text())
def test_any_value_fits_into_the_id_of_a_button(step: str, value: str) -> None:
    button = Button("…", f"setup.{step}:{short(value)}")
    assert len(button.id.encode()) <= CHOICE_ID_BYTES


@given(st.sets(st.sampled_from(STEPS)))
def test_the_first_question_without_an_answer_comes_next(answered: set[str]) -> None:
    draft = Draft(**dict.fromkeys(answered, ""))
    missing = [step for step in STEPS if step not in answered]
    assert next_step(draft) == (missing[0] if missing else "")


@given(st.timedeltas(timedelta(), timedelta(days=2)))
def test_a_setup_is_held_for_a_quarter_of_an_hour(passed: timedelta) -> None:
    assert is_busy("x:ann", "x:ben", NOW - passed, NOW) == (passed < BUSY)
    assert not is_busy("x:ann", "x:ann", NOW - passed, NOW)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_zone_on_offer_exists(language: str) -> None:
    assert all(is_zone(zone) for zone in ZONES[language])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phrase", PLANS)
def test_every_plan_on_offer_can_be_read_in_its_language(language: str, phrase: str) -> None:
    assert parse_rule(Words(language).plain(phrase), date(2026, 11, 23))


def test_the_zone_of_the_group_comes_first() -> None:
    assert zones_for("fr", "Asia/Tokyo")[0] == "Asia/Tokyo"


@given(st.lists(st.text(max_size=5), unique=True, max_size=60), st.data())
def test_the_room_where_the_command_was_given_is_always_on_offer(
    rooms: list[str], data: st.DataObject
) -> None:
    places = [Place(ChatRef("x", "g", room), room) for room in rooms]
    here = data.draw(st.sampled_from(rooms or ["none"]))
    shown = offered(places, here)
    assert len(shown) == min(25, len(rooms))
    assert not rooms or shown[0].chat.room == here
