"""`python -m bot answers rank`: its contract, as docs/entries-rank.md tells it."""

import io
import json
from typing import Any

import pytest

from bot.recall import rank
from bot.recall.entry import BadLine, run
from tests.recall.conftest import needs_models


def answers(*lines: str | bytes, meaning: bool = False) -> list[dict[str, Any]]:
    """What is written for these lines, all of which can be read."""
    written = io.StringIO()
    run(lines, written, meaning)
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_each_line_gets_one_score_for_each_candidate() -> None:
    line = json.dumps({"question": "old cat", "candidates": ["an old cat", "a dog", ""]})
    [answer] = answers(line)
    assert answer["scores"] == rank("old cat", ["an old cat", "a dog", ""], meaning=False)


def test_the_best_candidate_has_the_highest_score() -> None:
    [answer] = answers('{"question": "old cat", "candidates": ["a dog", "an old cat"]}')
    assert answer["scores"][1] > answer["scores"][0]


def test_whatever_else_a_line_has_comes_back() -> None:
    [answer] = answers('{"id": 7, "set": "x", "question": "a", "candidates": []}')
    assert answer == {"id": 7, "set": "x", "scores": []}


def test_a_candidate_may_have_a_title_and_a_body() -> None:
    parted = '{"question": "cat", "candidates": [{"subject": "old", "body": "cat"}]}'
    whole = '{"question": "cat", "candidates": ["old\\ncat"]}'
    assert answers(parted) == answers(whole)


def test_empty_lines_are_passed_over() -> None:
    assert answers("", "\n", b'{"question": "a", "candidates": []}\n') == [{"scores": []}]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "\ud800",
        b"\xff",
        '{"candidates": []}',
        '{"question": "a"}',
        '{"question": 1, "candidates": []}',
        '{"question": "a", "candidates": "b"}',
        '{"question": "a", "candidates": [1]}',
        '{"question": "a", "candidates": [{}]}',
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str | bytes) -> None:
    with pytest.raises(BadLine, match=r"^line 2: "):
        answers('{"question": "a", "candidates": []}', line)


def test_lines_before_a_bad_one_are_answered() -> None:
    written = io.StringIO()
    with pytest.raises(BadLine):
        run(['{"question": "a", "candidates": []}', "{"], written, meaning=False)
    assert written.getvalue() == '{"scores":[]}\n'


@needs_models
def test_meaning_finds_other_words_in_another_language() -> None:
    [answer] = answers(
        json.dumps(
            {
                "question": "Mon chat est malade, à qui m'adresser ?",
                "candidates": ["Which bank is open on Saturday?", "Do you know a good vet?"],
            }
        ),
        meaning=True,
    )
    assert answer["scores"][1] > answer["scores"][0]
