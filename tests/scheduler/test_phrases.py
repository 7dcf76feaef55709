"""What people type for a rule is understood, or refused with the reason and the place."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.errors import PhraseError
from scheduler.phrases import parse_rule
from scheduler.recurrence import Recurrence, describe
from scheduler.words import entries
from tests.scheduler.spoken import LANGUAGES
from tests.scheduler.strategies import recurrences

TODAY = date(2026, 11, 26)  # a Thursday

UNDERSTOOD = {
    "every weekday at 9:00": "0 9 * * 1,2,3,4,5",
    "Mondays and Thursdays 18:30": "30 18 * * 1,4",
    "MON, thu: 6.30 p.m.": "30 18 * * 1,4",
    "daily at 8pm": "0 20 * * *",
    "every day 9h30": "30 9 * * *",
    "every day at noon and midnight": "0 0,12 * * *",
    "every day at 12am": "0 0 * * *",
    "every evening at 8": "0 20 * * *",
    "mon-fri 9:00 and 17:30": "0 9 * * 1,2,3,4,5;30 17 * * 1,2,3,4,5",
    "Saturday to Monday 10:00": "0 10 * * 1,6,7",
    "weekends 10am": "0 10 * * 6,7",
    "Mondays 9": "0 9 * * 1",
    "every monday at 9 and 18": "0 9,18 * * 1",
    "first Monday of the month 10:00": "0 10 * * 1#1",
    "second and last Friday of the month 10:00": "0 10 * * 5#2,5L",
    "1st of the month 9:00": "0 9 1 * *",
    "last day of the month 18:00": "0 18 L * *",
    "every 24 December 18:00": "0 18 24 12 *",
    "every 2 weeks on Friday 17:00": "0 17 * * 5;every 2w 2026-11-27",
    "every 2 weeks on Tuesday and Friday 17:00": "0 17 * * 2,5;every 2w 2026-11-27",
    "every 2 weeks on friday 17:00 starting 2026-12-04": "0 17 * * 5;every 2w 2026-12-04",
    "every other tuesday noon": "0 12 * * 2;every 2w 2026-12-01",
    "every second friday 9am": "0 9 * * 5;every 2w 2026-11-27",
    "every 3 days at 9": "0 9 * * *;every 3d 2026-11-26",
    "every 1 day at 9": "0 9 * * *",
    "tous les lundis à 9h": "0 9 * * 1",
    "du lundi au vendredi à 9 heures 30": "30 9 * * 1,2,3,4,5",
    "jours ouvrés 9h": "0 9 * * 1,2,3,4,5",
    "tous les jours à midi": "0 12 * * *",
    "le 1er et le 15 du mois à 9h": "0 9 1,15 * *",
    "un vendredi sur deux à 17h": "0 17 * * 5;every 2w 2026-11-27",
    "toutes les 2 semaines le vendredi à 17h": "0 17 * * 5;every 2w 2026-11-27",
    "dimanche à 8 heures du soir": "0 20 * * 7",
    "lun, jeu 18:30": "30 18 * * 1,4",
    "lun, jue 18:30": "30 18 * * 1,4",
    "todos los días a las 9": "0 9 * * *",
    "todos los días a las 9 y media": "30 9 * * *",
    "lunes a viernes 9 de la mañana": "0 9 * * 1,2,3,4,5",
    "lunes a las 9 y cuarto": "15 9 * * 1",
    "segundo y cuarto lunes de cada mes a las 9 y cuarto": "15 9 * * 1#2,1#4",
    "fin de semana a las 11": "0 11 * * 6,7",
    "cada 2 semanas los viernes a las 17": "0 17 * * 5;every 2w 2026-11-27",
    "el primer lunes de cada mes a las 10": "0 10 * * 1#1",
    "segundas e quintas às 18h30": "30 18 * * 1,4",
    "segunda terça do mês às 10h": "0 10 * * 2#2",
    "primeira segunda-feira do mês 10:00": "0 10 * * 1#1",
    "de segunda a sexta, 8 da noite": "0 20 * * 1,2,3,4,5",
    "dias úteis às 9h": "0 9 * * 1,2,3,4,5",
    "a cada duas semanas na sexta às 17h": "0 17 * * 5;every 2w 2026-11-27",
    "último dia do mês 18:00": "0 18 L * *",
    "0 9 * * 1-5": "0 9 * * 1-5",
    " */30  8-18 * * mon ": "*/30 8-18 * * MON",
}

REFUSED = {
    "": ("empty", "", 0),
    " \n\t": ("empty", "", 0),
    "x" * 10_000: ("too_long", "x" * 200, 0),
    "every day at 25:00": ("bad_time", "25:00", 13),
    "every day at 9:75": ("bad_time", "9:75", 13),
    "every day at 9:5": ("bad_time", "9:5", 13),
    "every day at 13pm": ("bad_time", "13pm", 13),
    "every day at 31": ("bad_time", "31", 13),
    "31 February 9:00": ("never_happens", "31 February", 0),
    "le 30 février à 9h": ("never_happens", "30 février", 3),
    "0 9 31 2 *": ("never_happens", "0 9 31 2 *", 0),
    "60 9 * * *": ("bad_cron", "60 9 * * *", 0),
    "0 9 * *": ("bad_cron", "0 9 * *", 0),
    "32 of the month 9:00": ("bad_day", "32", 0),
    "6th monday of the month 9:00": ("bad_day", "6th", 0),
    "every 2 weeks on friday 17:00 from 2026-02-30": ("bad_day", "2026-02-30", 35),
    "monday": ("no_time", "", 0),
    "every day": ("no_time", "", 0),
    "18:30": ("no_day", "", 0),
    "every week 18:30": ("no_day", "", 0),
    "every month 18:30": ("no_day", "", 0),
    "every 0 weeks monday 9:00": ("bad_number", "0", 6),
    "every 53 weeks monday 9:00": ("bad_number", "53", 6),
    "every 2 months 9:00": ("not_understood", "2", 6),
    "the": ("not_understood", "the", 0),
    "foo bar": ("not_understood", "foo", 0),
    "MONDAY 9:00 @everyone": ("not_understood", "everyone", 13),
    "mondays **9:00**": ("not_understood", "**9:00**", 8),
    "lundi à 9h ‮ piège": ("not_understood", "piège", 13),
    "every morning": ("not_understood", "morning", 6),
    "tomorrow 9:00": ("not_understood", "tomorrow", 0),
}


@pytest.mark.parametrize(("text", "rule"), UNDERSTOOD.items())
def test_a_phrase_is_understood(text: str, rule: str) -> None:
    assert str(parse_rule(text, TODAY)) == rule


@pytest.mark.parametrize(("text", "reason"), REFUSED.items())
def test_a_phrase_is_refused_with_reason_culprit_and_place(
    text: str, reason: tuple[str, str, int]
) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_rule(text, TODAY)

    assert (refused.value.code, refused.value.detail, refused.value.position) == reason


@pytest.mark.parametrize("say", LANGUAGES)
@given(said=recurrences)
def test_what_is_said_in_a_language_is_what_is_understood(
    say: Callable[[Recurrence], str], said: Recurrence
) -> None:
    assert describe(parse_rule(say(said), TODAY)) == said


@given(st.text(max_size=60))
def test_any_text_is_a_rule_or_a_phrase_error(text: str) -> None:
    with suppress(PhraseError):
        parse_rule(text, TODAY)


_pieces = st.sampled_from(
    [phrase for phrase, _, _ in entries()] + "9 18:30 25:00 9h 1st 31 2026-12-04 * 0 8pm".split()  # noqa: SIM905
)


@given(st.lists(_pieces, max_size=8).map(" ".join))
def test_any_heap_of_known_words_is_a_rule_or_a_phrase_error(text: str) -> None:
    with suppress(PhraseError):
        parse_rule(text, TODAY)


@given(st.text(max_size=300))
def test_an_error_points_into_the_text(text: str) -> None:
    with pytest.raises(PhraseError) as refused:
        parse_rule("\N{SNOWMAN}" + text, TODAY)

    assert 0 <= refused.value.position <= len(text)


def test_no_word_means_two_things() -> None:
    phrases = [phrase for phrase, _, _ in entries()]

    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []
