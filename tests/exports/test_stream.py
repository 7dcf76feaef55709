"""JSON of any size, and of any ill will."""

import io
import json
import tracemalloc
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exports import BadExport
from bot.exports.mending import SILENCE, Mended
from bot.exports.stream import PARTS, Item, Value, walk

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


class Trickle(io.RawIOBase):
    """Gives a few bytes at a time, whatever was asked for."""

    def __init__(self, data: bytes, step: int) -> None:
        self._data, self._step = data, step

    def read(self, size: int = -1) -> bytes:
        piece, self._data = self._data[: self._step], self._data[self._step :]
        return piece


def items(data: bytes) -> list[Any]:
    return [one.value for one in walk(io.BytesIO(data)) if isinstance(one, Item)]


@given(st.lists(st.dictionaries(st.text(max_size=8), JSON, max_size=2), max_size=3))
def test_items_come_as_they_were_written(messages: list[Any]) -> None:
    assert items(json.dumps({"messages": messages}).encode()) == messages


@given(JSON)
def test_any_json_is_read_to_its_end(value: Any) -> None:
    list(walk(io.BytesIO(json.dumps(value).encode())))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(BadExport):
        list(walk(io.BytesIO(data)))


@given(st.text(max_size=30), st.integers(1, 5))
def test_an_escape_may_fall_on_the_edge_of_two_chunks(text: str, step: int) -> None:
    data = json.dumps(text + "\x1f").replace("\\u001f", "\\x1F").encode()
    trickle: Any = Trickle(data, step)
    mended = Mended(trickle)
    read = b"".join(iter(lambda: mended.read(64), b""))
    assert json.loads(read) == text + "\x1f"


def test_values_around_the_items_have_a_path() -> None:
    found = list(walk(io.BytesIO(b'{"a": {"id": 3}, "messages": [], "b": ["x"]}')))
    assert found == [Value(("a", "id"), 3), Value(("b", "item"), "x")]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"Hello", "no JSON"),
        (b'{"messages": [{"id": 1}, {"id"', "ends in the middle, after {n}"),
        (b'{"a": "\xff"}', "UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "UTF-16"),
        (b'{"a": "\x00"}', "no JSON"),
        (b'{"a": 1' + b"0" * 5000 + b"}", "no JSON"),
        (b"[" * 100_000, "nested"),
        (b'{"messages": [{"a": ' + b"[" * 100_000, "nested"),
    ],
)
def test_what_is_no_export_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(BadExport) as refused:
        list(walk(io.BytesIO(data)))
    assert says in refused.value.message


def test_a_cut_off_file_says_how_far_it_goes() -> None:
    with pytest.raises(BadExport) as refused:
        list(walk(io.BytesIO(b'{"messages": [{"id": 1}, {"id": 2}, {"id"')))
    assert refused.value.parts == {"n": "3"}


def test_a_text_without_end_is_refused_before_it_fills_the_memory() -> None:
    with pytest.raises(BadExport) as refused:
        list(walk(io.BytesIO(b'{"messages": [{"text": "' + b"x" * (SILENCE + 100_000))))
    assert "too long" in refused.value.message


def test_an_item_with_a_million_keys_is_passed_over() -> None:
    huge = {str(number): [number] for number in range(PARTS)}
    data = json.dumps({"messages": [{"id": 1}, huge, {"id": 3}]}).encode()
    assert items(data) == [{"id": 1}, None, {"id": 3}]


class Endless(io.RawIOBase):
    """An export of many messages that is made while it is read."""

    def __init__(self, count: int) -> None:
        self._left = count

    def read(self, size: int = -1) -> bytes:
        if self._left == 0:
            return b""
        self._left -= 1
        body = b'{"id": 1, "text": "' + b"word " * 200 + b'"}'
        return (b'{"messages": [' if self._left == 9_999 else b",") + body + self._end()

    def _end(self) -> bytes:
        return b"]}" if self._left == 0 else b""


def test_memory_does_not_grow_with_the_file() -> None:
    tracemalloc.start()
    source: Any = Endless(10_000)
    count = len([None for _ in walk(source)])
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert most < 2 << 20, "ten megabytes were read"
