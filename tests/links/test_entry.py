"""`answers links`: JSON lines in, JSON lines out."""

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.links.entry import BadLine, run

ASKED = {"id": 1, "at": "2026-03-02T12:00:00Z", "author": "ann", "text": "who has a drill?"}
ANSWERED = {"id": 2, "at": "2026-03-02T12:01:00Z", "author": "bob", "text": "ann: I have one"}


def answers(*lines: object) -> list[dict[str, Any]]:
    out = io.StringIO()
    run((line if isinstance(line, str) else json.dumps(line) for line in lines), out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_each_message_gets_one_line_with_what_it_answers() -> None:
    first, second = answers(ASKED, ANSWERED)
    assert (first["id"], first["answers"]) == (1, None)
    assert (second["id"], second["answers"]) == (2, 1)
    assert 0.5 < second["confidence"] <= 1


@pytest.mark.parametrize("ids", [("1", "2"), (1, 2), ("ä", "ö"), (-1, 10**15), ('"', "\\")])
def test_ids_come_back_as_they_came(ids: tuple[object, object]) -> None:
    found = answers(ASKED | {"id": ids[0]}, ANSWERED | {"id": ids[1]})
    assert [(a["id"], a["answers"]) for a in found] == [(ids[0], None), (ids[1], ids[0])]


@pytest.mark.parametrize(
    "times",
    [
        (1772452800, 1772452860),
        (1772452800000, 1772452860000),
        ("1772452800", "1772452860"),
        ("2026-03-02T12:00", "2026-03-02T12:01"),
        ("2026-03-02 12:00:00+05:30", "2026-03-02 12:01:00+05:30"),
        (None, None),
        ("", ""),
    ],
)
def test_time_may_be_written_in_any_usual_way(times: tuple[object, object]) -> None:
    found = answers(ASKED | {"at": times[0]}, ANSWERED | {"at": times[1]})
    assert found == answers(ASKED, ANSWERED) or times[0] in (None, "")
    assert found[1]["answers"] == 1


@pytest.mark.parametrize("mentions", [[], None, ["ann"], [7]])
def test_mentions_may_be_anything_that_a_list_can_hold(mentions: object) -> None:
    assert answers(ASKED, ANSWERED | {"mentions": mentions})[1]["answers"] == 1


def test_what_is_missing_is_taken_for_empty() -> None:
    assert answers({"id": "only"}) == [{"id": "only", "answers": None, "confidence": 1.0}]


def test_notices_answer_nothing() -> None:
    notice = {"id": 3, "author": "", "text": "=== ann has quit"}
    assert answers(ASKED, ANSWERED, notice)[2]["answers"] is None


def test_empty_lines_and_unknown_keys_are_passed_over() -> None:
    assert len(answers("", ASKED | {"colour": "red"}, "\n")) == 1


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 2: "),
        ("[]", "line 2: Expected `object`"),
        ("{}", "line 2: Object missing required field `id`"),
        ('{"id": true}', "line 2: Expected `int | str`"),
        ('{"id": 1, "at": "soon"}', "line 2: at is no time: 'soon'"),
        ('{"id": 1, "at": 1e99}', "line 2: at is no time: 1e+99"),
        ('{"id": 1, "at": "nan"}', "line 2: at is no time: 'nan'"),
        ('{"id": 1, "mentions": "ann"}', "line 2: Expected `array | null`"),
        ('{"id": 1, "text": "\\ud800"}', "line 2: "),
    ],
)
def test_a_bad_line_is_named(line: str, complaint: str) -> None:
    with pytest.raises(BadLine) as caught:
        answers(ASKED, line)
    assert str(caught.value).startswith(complaint)


def test_what_came_before_a_bad_line_is_answered() -> None:
    out = io.StringIO()
    with pytest.raises(BadLine):
        run([json.dumps(ASKED), "{"], out)
    assert json.loads(out.getvalue())["id"] == 1


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    out = io.StringIO()
    lengths = []

    def lines() -> Iterator[str]:
        for message in (ASKED, ANSWERED):
            lengths.append(len(out.getvalue().splitlines()))
            yield json.dumps(message)

    run(lines(), out)
    assert lengths == [0, 1]


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_line_is_answered_or_refused(line: str) -> None:
    with suppress(BadLine):
        assert len(answers(line)) <= 1
