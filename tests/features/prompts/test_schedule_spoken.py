"""Rules in words, and what is wrong with a phrase in words."""

from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.prompts.spoken import spoken
from bot.i18n import LANGUAGES, Words
from bot.misread import fault
from scheduler.errors import Code, PhraseError
from scheduler.phrases import parse_rule
from scheduler.rules import Rule

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("daily at 9:00", "every day at 9:00\u202fAM"),
        ("every 3 days at noon", "every 3 days at 12:00\u202fPM"),
        ("weekdays 9:00 and 18:30", "every weekday at 9:00\u202fAM and 6:30\u202fPM"),
        ("lun, jue 18:30", "every Monday and Thursday at 6:30\u202fPM"),
        ("weekends at 10:00", "Saturdays and Sundays at 10:00\u202fAM"),
        ("every 2 weeks on Friday 17:00", "every 2 weeks on Friday at 5:00\u202fPM"),
        (
            "on the 1st and 15th of each month at 8:00",
            "on day 1 and 15 of each month at 8:00\u202fAM",
        ),
        ("last day of the month 18:00", "on the last day of each month at 6:00\u202fPM"),
        ("first Monday of the month 10:00", "on the first Monday of each month at 10:00\u202fAM"),
        ("24 December 18:00", "every year on December 24 at 6:00\u202fPM"),
        ("0 9 1 1,7 1", "by the cron line 0 9 1 1,7 1"),
    ],
)
def test_a_rule_is_said_as_people_say_it(typed: str, said: str) -> None:
    assert spoken(Words("en"), parse_rule(typed, TODAY)) == said


HOURS = st.lists(st.integers(0, 23), min_size=1, max_size=4, unique=True)
DAYS = st.sampled_from(["* * *", "* * 1-5", "* * 0,6", "1,15 * *", "L * *", "* * 1#2", "5 6 *"])


@given(HOURS, DAYS, st.sampled_from(sorted(LANGUAGES)))
def test_every_rule_has_words_without_empty_places(
    hours: list[int], days: str, language: str
) -> None:
    said = spoken(Words(language), Rule((f"0 {','.join(map(str, hours))} {days}",)))
    assert said
    assert not {"{", "}"} & set(said)


@pytest.mark.parametrize("code", get_args(Code))
def test_every_fault_of_a_phrase_has_words_that_quote_what_was_typed(code: Code) -> None:
    error = PhraseError(code, "@everyone {example} <b>", 0, ("Europe/Paris",))
    said = str(fault(Words("en"), error))
    assert "For example: Europe/Paris." in said
    assert "{cron}" not in said
    assert "{detail}" not in said
