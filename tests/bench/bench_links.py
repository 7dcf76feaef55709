"""Reply links against the previous message and the simple rule, on annotated IRC logs.

The logs are not in the tree: CONVIVE_IRC_LINKS names their folder, by default
../shared/data/irc-links beside the repository.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.links.messages import Link
from bot.links.model import trained
from bot.links.questions import ASKS, SURE
from bot.links.stream import Stream
from bot.links.window import Heard, Window
from bot.links.words import QUESTION
from scripts.irc_links import FIRST, Log, Pairs, logs, score
from tests.bench.measure import Row

FOLDER = Path(
    os.environ.get("CONVIVE_IRC_LINKS", Path(__file__).parents[3] / "shared" / "data" / "irc-links")
)
OWN_AGAIN = 8 * 60
"""Seconds within which the simple rule takes a message for a continuation of one's own."""
Rule = Callable[[Window, Heard], Heard | None]


def previous(window: Window, _: Heard) -> Heard | None:
    """Everything answers what was said last."""
    return window.heard[-1] if window.heard else None


def simple(window: Window, heard: Heard) -> Heard | None:
    """The last message of whom I name; else what named me, or my own of late; else nothing."""
    for earlier in reversed(window.heard):
        if earlier.author in heard.spoken_to:
            return earlier
    for earlier in reversed(window.heard):
        own = earlier.author == heard.author and heard.seconds - earlier.seconds <= OWN_AGAIN
        if own or heard.author in earlier.spoken_to:
            return earlier
    return None


def by_rule(rule: Rule, chats: Sequence[Log]) -> Pairs:
    """The links of a rule, of all annotated messages."""
    found: Pairs = set()
    for log in chats:
        window = Window()
        for number, message in enumerate(log.messages):
            to = None
            if not message.is_notice:
                heard = window.read(message)
                to = rule(window, heard)
                window.add(heard)
            if number >= FIRST:
                found.add((log.name, int(to.id) if to else number, number))
    return found


def by_model(chats: Sequence[Log]) -> dict[tuple[str, int, int], Link]:
    """The model's links with their confidence."""
    found = {}
    for log in chats:
        stream = Stream()
        for number, message in enumerate(log.messages):
            link = stream.link(message)
            if number >= FIRST:
                found[log.name, int(link.to) if link.to else number, number] = link
    return found


def _answers(gold: Pairs, chats: Sequence[Log]) -> Pairs:
    """The gold links from a message to another person's question."""
    window = Window()
    texts = {log.name: log.messages for log in chats}

    def asked(name: str, earlier: int, later: int) -> bool:
        one, other = texts[name][earlier], texts[name][later]
        shape = window.read(one).shape if not one.is_notice else None
        return bool(
            shape and shape[QUESTION] >= ASKS and one.author.casefold() != other.author.casefold()
        )

    return {link for link in gold if asked(*link)}


def _milliseconds(link: Callable[[Log], object], chats: Sequence[Log]) -> float:
    """Median over the logs of the processor time for a message."""
    times = []
    for log in chats:
        start = time.process_time()
        link(log)
        times.append(1000 * (time.process_time() - start) / len(log.messages))
    return statistics.median(times)


async def bench(quick: bool) -> list[Row]:
    """Rows of the table; none, said aloud, without the data."""
    if not (FOLDER / "dev").is_dir():
        print(f"SKIPPED: no annotated logs in {FOLDER} (CONVIVE_IRC_LINKS)")
        return []
    chats = logs(FOLDER / "dev")
    chats = random.Random(1).sample(chats, 2) if quick else chats
    trained()
    gold = set().union(*(log.gold for log in chats))
    links = by_model(chats)
    ours = score(set(links), gold).f1
    rows = [
        Row(f"Reply links, F1 (against {what})", f"{base:.1f}", f"{ours:.1f}", ours / base, target)
        for what, rule, target in (
            ("the previous message", previous, 2.0),
            ("the simple rule", simple, 1.08),
        )
        if (base := score(by_rule(rule, chats), gold).f1)
    ]
    questions = _answers(gold, chats)
    sure = {pair for pair, link in links.items() if link.to_question and link.confidence >= SURE}
    kept = score(sure, questions)
    rows += [
        Row(f"Answers kept without asking, {what}", f"{least} wanted", f"{has:.1f}", has / least, 1)
        for what, has, least in (("precision", kept.precision, 94), ("recall", kept.recall, 40))
    ]
    slow = _milliseconds(lambda log: by_model([log]), chats)
    fast = _milliseconds(lambda log: by_rule(simple, [log]), chats)
    rows.append(
        Row(
            "A message linked (ms; baseline: 5 ms)",
            "5.0 ms",
            f"{slow:.2f} ms (rule {fast:.2f})",
            slow / 5,
            1,
            at_least=False,
        )
    )
    return rows
