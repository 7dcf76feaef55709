"""Whom to ask: our order against "the most active", on annotated IRC logs.

A thread's first message counts as a question, the others who speak in it as who should have been
asked. Among those who helped in earlier threads of the log: the mean reciprocal rank of the first
right one. The logs are not in the tree, see `bench_links`; each is short (a few hours), so the gap
is smaller than over the months of a community.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from bot.features.answers.carry_rules import Part, Past, likeness, rank, shared
from scripts.irc_links import Log, logs
from tests.bench.bench_links import FOLDER
from tests.bench.measure import Row

QUICK = 20
"""Logs that are read when there is little time."""


class Thread(Struct, frozen=True):
    """A question, who asked it, and who then spoke."""

    asker: str
    text: str
    helpers: tuple[str, ...]


Order = Callable[[Sequence[Thread], Thread], list[str]]


def most_active(before: Sequence[Thread], _: Thread) -> list[str]:
    """Who helped most often."""
    return [name for name, _ in Counter(h for one in before for h in one.helpers).most_common()]


def ours(before: Sequence[Thread], asked: Thread) -> list[str]:
    """The order in which the answers would carry it."""
    history = [
        Past(helper, Part.ANSWERED, age, likeness(0, 0, shared(one.text, asked.text)))
        for age, one in enumerate(reversed(before))
        for helper in one.helpers
    ]
    return [one.member for one in rank(history)]


def threads(log: Log) -> Iterator[Thread]:
    """The threads of a log in which somebody else than the asker spoke, the oldest first."""
    belongs: dict[int, int] = {}
    for _, earlier, later in sorted(log.gold, key=lambda link: link[2]):
        belongs[later] = belongs.get(earlier, earlier)
    members: dict[int, list[int]] = {}
    for number, first in belongs.items():
        members.setdefault(first, []).append(number)
    for first, numbers in sorted(members.items()):
        asker = log.messages[first].author
        authors = dict.fromkeys(log.messages[number].author for number in sorted(numbers))
        helpers = tuple(author for author in authors if author != asker)
        if helpers:
            yield Thread(asker, log.messages[first].text, helpers)


def reciprocal_rank(order: Sequence[str], asked: Thread) -> float:
    """One divided by the place of the first who helped; 0 if nobody of them is there."""
    others = [name for name in order if name != asked.asker]
    return next((1 / place for place, name in enumerate(others, 1) if name in asked.helpers), 0.0)


def mean_rank(order: Order, chats: Sequence[Log]) -> float:
    """In percent, over every thread that has another before it."""
    ranks = []
    for log in chats:
        found = list(threads(log))
        for place, asked in enumerate(found[1:], 1):
            ranks.append(reciprocal_rank(order(found[:place], asked), asked))
    return 100 * sum(ranks) / max(len(ranks), 1)


async def bench(quick: bool) -> list[Row]:
    """One row; none, said aloud, without the data."""
    if not (FOLDER / "train").is_dir():
        print(f"SKIPPED: no annotated logs in {FOLDER} (CONVIVE_IRC_LINKS)")
        return []
    chats = logs(FOLDER / "train")[: QUICK if quick else None]
    base, reached = mean_rank(most_active, chats), mean_rank(ours, chats)
    what = "Whom to ask, MRR (against the most active)"
    return [Row(what, f"{base:.1f}", f"{reached:.1f}", reached / base, 1.03)]
