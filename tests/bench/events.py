"""Messages for the benchmarks: 50 rooms, 1,000 people, one in three an answer to somebody."""

import random
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.events import MessagePosted
from bot.refs import ChatRef, MemberRef

START = datetime(2026, 11, 22, 12, tzinfo=UTC)
_numbers = count(1)


def messages(amount: int, seed: int = 1, *, platform: str = "bench") -> list[MessagePosted]:
    """New messages, never the same id twice in a process."""
    rng = random.Random(seed)
    people = [MemberRef(platform, str(n)) for n in range(1000)]
    rooms = [ChatRef(platform, str(n % 10), str(n)) for n in range(50)]
    made = []
    for _ in range(amount):
        number = next(_numbers)
        answered = rng.choice(people) if rng.random() < 0.33 else None
        made.append(
            MessagePosted(
                id=f"b:m:{number}",
                at=START + timedelta(milliseconds=number * 10),
                chat=rng.choice(rooms),
                member=rng.choice(people),
                name="Somebody",
                message=str(number),
                text="a message of an ordinary length, as people write it",
                reply_to=str(number - 1) if answered else None,
                reply_to_member=answered,
            )
        )
    return made
