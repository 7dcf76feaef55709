"""What a visitor finds after the demo's thirty days: answers recalled, captured and carried,
and the floor given by name."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.simulation.filling import STORE, fill

pytestmark = pytest.mark.prove


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole past of the demo."""
    folder = tmp_path_factory.mktemp("month")
    asyncio.run(fill(folder))
    return folder


def rows(folder: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(folder / STORE)) as store:
        return store.execute(sql).fetchall()


def test_an_earlier_answer_helps_who_asks_again(month: Path) -> None:
    asked_again = "SELECT 1 FROM answer_questions WHERE state = 'repeat'"
    assert len(rows(month, asked_again)) == 3


def test_a_french_question_finds_an_english_answer(month: Path) -> None:
    across = """
        SELECT before.text FROM answer_questions AS again
        JOIN answer_questions AS before ON before.id = again.same_as
        WHERE again.text LIKE 'La bibliothèque%'
    """
    assert rows(month, across)[0][0].startswith("The library wants proof of my address")


def test_answers_in_plain_conversation_are_captured(month: Path) -> None:
    captured = "SELECT member_name FROM answer_given WHERE source = 'captured' ORDER BY id"
    assert [name for (name,) in rows(month, captured)] == [
        "Grace Kim",
        "Samuel Tesfaye",
        "Nadia Cherif",
    ]


def test_who_solved_the_like_is_asked_and_answers(month: Path) -> None:
    carried = """
        SELECT given.member_name FROM answer_carries AS asked JOIN answer_given AS given
        ON given.question = asked.question AND given.member = asked.member
    """
    assert rows(month, carried) == [("Yusuf Demir",)]


def test_quiet_members_are_named_and_answer(month: Path) -> None:
    named = """
        SELECT calls.member FROM calls JOIN prompt_posts ON prompt_posts.name = calls.post
        AND prompt_posts.group_id = calls.group_id JOIN prompt_replies
        ON prompt_replies.post = prompt_posts.id AND prompt_replies.member = calls.member
    """
    assert {who for (who,) in rows(month, named)} == {
        "local:walter-novak",
        "local:ali-salim",
        "local:victor-marchand",
    }


def test_who_was_named_and_said_never_is_not_mentioned_any_more(month: Path) -> None:
    never = """
        SELECT calls.member FROM calls JOIN preferences ON preferences.member = calls.member
        WHERE preferences.no_pings
    """
    assert rows(month, never) == [("local:naomi-githinji",)]


def test_somebody_was_left_out_by_lot(month: Path) -> None:
    assert rows(month, "SELECT member FROM quiet_occasions WHERE NOT named") == [
        ("local:sam-whitaker",)
    ]


def test_ambassadors_begin(month: Path) -> None:
    begun = "SELECT count(DISTINCT member) FROM ambassadors_asks WHERE state = 'posted'"
    assert rows(month, begun) == [(6,)]


def test_nothing_that_the_bot_said_was_lost(month: Path) -> None:
    assert rows(month, "SELECT count(*) FROM dead_letters") == [(0,)]
    assert rows(month, "SELECT feature, error FROM outbox WHERE state = 'failed'") == []
