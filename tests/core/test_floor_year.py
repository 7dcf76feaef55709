"""Nobody is ever notified against their will, whatever happens: a simulated time, judged by an
oracle that sees only what was wished and what was sent."""

from datetime import timedelta

import pytest

from bot.store.database import open_database
from tests.core.oracle import Fact, Oracle
from tests.core.year import BEGIN, Year

NOON = BEGIN + timedelta(hours=12)


async def test_two_months_of_300_people_break_no_rule(sqlite_url: str) -> None:
    await _lives(sqlite_url, Year(1, 300, 2), 60)


@pytest.mark.prove
async def test_a_year_of_10_000_people_breaks_no_rule(sqlite_url: str) -> None:
    await _lives(sqlite_url, Year(2026, 10_000, 6), 365)


async def _lives(url: str, year: Year, days: int) -> None:
    database = open_database(url)
    try:
        await year.pass_by(database, days)
    finally:
        await database.close()
    oracle = Oracle()
    assert oracle.judge(year.facts) == []
    assert oracle.named > days / 3, "otherwise nothing was put to the test"
    assert oracle.pinged > oracle.named
    assert year.refused > oracle.pinged


def sent(
    days: float, *named: str, plain: str = "", feature: str = "prompt", group: int = 1
) -> Fact:
    pinged = [*named, *([plain] if plain else [])]
    return "sent", (NOON + timedelta(days=days), group, "UTC", feature, list(named), pinged)


HERE: list[Fact] = [("joined", (one, 1)) for one in "abcd"]


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ([sent(0, "a", "b", "c", "d")], "more than three names"),
        ([sent(0, plain="a"), sent(6.9, plain="a")], "budget"),
        ([sent(0, "a"), ("answered", ("a", NOON + timedelta(days=1))), sent(20, "a")], "21 days"),
        ([sent(0, "a"), sent(22, "a"), sent(111, "a")], "90 days"),
        ([("never", ("a", True)), sent(0, plain="a")], "never"),
        ([("away", ("a", NOON + timedelta(days=1))), sent(0, plain="a")], "away"),
        ([("rests", ("a", "calls", NOON + timedelta(days=1))), sent(0, "a")], "rests"),
        ([("rests", ("a", "prompt", NOON + timedelta(days=1))), sent(0, plain="a")], "rests"),
        ([("left", ("a", 1)), sent(0, "a")], "not there"),
        ([sent(0.45, plain="a")], "night"),
        ([("sleeps", ("a", 11, 13, "UTC")), sent(0, plain="a")], "night"),
        ([("linked", ("a", "b")), sent(0, "a", "b")], "one person twice"),
        ([("linked", ("a", "b")), sent(0, plain="a"), sent(1, plain="b")], "budget"),
        ([("linked", ("a", "b")), ("never", ("b", True)), sent(0, plain="a")], "never"),
        (
            [("linked", ("a", "b")), ("never", ("b", True)), ("unlinked", ("a",)), sent(0, "a")],
            "never",
        ),
    ],
)
def test_the_oracle_sees_each_violation(facts: list[Fact], rule: str) -> None:
    assert any(rule in found for found in Oracle().judge([*HERE, *facts]))


@pytest.mark.parametrize(
    "facts",
    [
        [sent(0, "a", "b", "c")],
        [sent(0, plain="a"), sent(7, plain="a")],
        [sent(0, "a"), sent(21, "a")],
        [sent(0, "a"), sent(22, "a"), sent(112, "a")],
        [sent(0, "a"), ("answered", ("a", NOON + timedelta(days=9))), sent(22, "a"), sent(44, "a")],
        [("never", ("a", True)), ("never", ("a", False)), sent(0, "a")],
        [("linked", ("a", "b")), ("unlinked", ("a",)), sent(0, "a", "b")],
    ],
)
def test_the_oracle_lets_pass_what_is_allowed(facts: list[Fact]) -> None:
    assert Oracle().judge([*HERE, *facts]) == []
