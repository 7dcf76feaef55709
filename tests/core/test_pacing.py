"""When the next message may go."""

import itertools
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.pacing import Pacer
from bot.ports import Limits

TELEGRAM_LIKE = Limits(per_second=30, chat_interval=timedelta(seconds=1), group_per_minute=20)


def test_sends_are_spread_evenly() -> None:
    pacer = Pacer(Limits(per_second=10))
    moments = [round(pacer.take(0.0, str(n), str(n)), 3) for n in range(4)]
    assert moments == [0.0, 0.1, 0.2, 0.3]


def test_a_pause_holds_everybody() -> None:
    pacer = Pacer(Limits(per_second=10))
    pacer.pause(0.0, timedelta(seconds=5))
    assert pacer.take(0.0, "a", "a") == 5.0


def test_a_chat_has_its_own_interval() -> None:
    pacer = Pacer(TELEGRAM_LIKE)
    pacer.take(0.0, "a", "a")
    assert pacer.ready_at("a", "a") == 1.0
    assert pacer.ready_at("b", "b") == 0.0


@given(st.lists(st.tuples(st.floats(0, 2), st.sampled_from("abc")), max_size=120))
def test_no_limit_is_ever_passed(gaps: list[tuple[float, str]]) -> None:
    pacer, now = Pacer(TELEGRAM_LIKE), 0.0
    sent: list[tuple[float, str]] = []
    for gap, chat in gaps:
        now += gap
        sent.append((pacer.take(now, chat, chat), chat))
    for chat in "abc":
        mine = sorted(moment for moment, to in sent if to == chat)
        assert all(b - a > 0.999 for a, b in itertools.pairwise(mine))
        assert all(b - a > 59.9 for a, b in zip(mine, mine[20:], strict=False))
