"""The order of sending."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.queue import Item, Queue

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def item(n: int, chat: str = "a", urgency: int = 1, after: int = 0) -> Item:
    return Item(urgency, n, chat, NOW + timedelta(seconds=after))


def queue_of(*items: Item) -> Queue:
    queue = Queue()
    for each in items:
        queue.add(each)
    return queue


def test_one_effect_of_a_chat_is_under_way_at_a_time() -> None:
    queue = queue_of(item(1), item(2))
    assert queue.take(NOW, 10) == [item(1)]
    assert queue.take(NOW, 10) == []


def test_chats_go_side_by_side() -> None:
    queue = queue_of(item(1, "a"), item(2, "b"))
    assert queue.take(NOW, 10) == [item(1, "a"), item(2, "b")]


def test_an_answer_goes_before_an_older_post() -> None:
    queue = queue_of(item(1), item(2, urgency=0))
    assert queue.take(NOW, 1) == [item(2, urgency=0)]


def test_what_must_wait_holds_up_its_own_chat_only() -> None:
    queue = queue_of(item(1, "a", after=60), item(2, "a"), item(3, "b"))
    assert queue.take(NOW, 10) == [item(3, "b")]


def test_a_released_chat_goes_on_with_the_next() -> None:
    queue = queue_of(item(1), item(2))
    (first,) = queue.take(NOW, 1)
    queue.release(first)
    assert queue.take(NOW, 1) == [item(2)]


def test_the_same_row_is_taken_once() -> None:
    queue = queue_of(item(1), item(1))
    assert len(queue) == 1


def test_it_knows_when_the_next_may_go() -> None:
    queue = queue_of(item(1, "a", after=30), item(2, "b", after=10))
    assert queue.next_at() == NOW + timedelta(seconds=10)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 2)), max_size=30))
def test_each_chat_comes_out_in_order_and_whole(plan: list[tuple[str, int]]) -> None:
    items = [item(n, chat, urgency) for n, (chat, urgency) in enumerate(plan)]
    queue, out = queue_of(*items), []
    while taken := queue.take(NOW, 2):
        for each in taken:
            out.append(each)
            queue.release(each)
    for chat in "abc":
        mine = [each for each in out if each.chat == chat]
        assert mine == sorted(each for each in items if each.chat == chat)
    assert len(queue) == 0
