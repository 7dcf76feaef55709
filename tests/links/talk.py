"""Short ways to write conversations down."""

from datetime import UTC, datetime, timedelta

from bot.links.messages import Link, Message
from bot.links.stream import Stream

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def talk(*lines: str, minutes: float = 0.5) -> list[Message]:
    """Messages "m0", "m1", … of lines like "ann: what a day", evenly spaced."""
    said = [line.partition(": ") for line in lines]
    return [
        Message(f"m{number}", NOON + timedelta(minutes=minutes * number), author, text)
        for number, (author, _, text) in enumerate(said)
    ]


def links(*lines: str) -> list[Link]:
    """What each line answers."""
    stream = Stream()
    return [stream.link(message) for message in talk(*lines)]
