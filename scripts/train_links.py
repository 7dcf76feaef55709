"""Trains the link model: python -m scripts.train_links TRAIN_FOLDER DEV_FOLDER [--check]

The folders hold annotated logs as `scripts/irc_links.py` says. A part of the training logs is held
back first, to see how far the scores can be trusted; with `--check` that part is judged as well,
and no weights are written: this is how the settings below were chosen. The development logs choose
nothing, they are only judged. Needs lightgbm; some fifteen minutes on one core; the same data gives
the same forest.
"""

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from bot.links.features import rows
from bot.links.model import WEIGHTS, Model, save
from bot.links.stream import Stream
from bot.links.trees import LEAVES, Forest
from bot.links.window import Floats, Heard, Window
from scripts.irc_links import FIRST, Log, Pairs, Score, logs, score

PART = 5
"""Every fifth log is held back."""
PACES, SPELL, SLOWER_SHARE = (5, 20, 60), (10, 150), 0.5
"""Slower rooms: how much slower, messages until all is forgotten, the share that counts."""
LEAD_IN = 200
"""Messages before the annotated ones that a slower room hears."""
ROUNDS, SEEDS = 500, 1
BINS = {"max_bin": 63}
SETTINGS = BINS | {
    "learning_rate": 0.1,
    "num_leaves": 24,
    "max_depth": 8,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.4,
    "lambda_l2": 1.0,
    "num_threads": 1,
    "deterministic": True,
    "verbose": -1,
}


class Examples(Struct, frozen=True):
    """Rows of many messages: their features, how many rows each message has, and which are right.

    `right` sums to 1 over the rows of a message.
    """

    table: Floats
    sizes: NDArray[np.int_]
    right: Floats

    @property
    def starts(self) -> NDArray[np.int_]:
        """The first row of each message."""
        return np.concatenate([[0], np.cumsum(self.sizes)[:-1]])


def examples(logs: Sequence[Log]) -> Examples:
    """What the forest learns from: the annotated messages whose answer is within reach.

    Every log is read as it was and, with a share of its messages, as a slower room.
    """
    readings = [_as_it_was(log) for log in logs]
    readings += [_slower(log, seed) for seed, log in enumerate(logs)]
    found = [
        example
        for log, reading in zip([*logs, *logs], readings, strict=True)
        for example in _examples(log, reading)
    ]
    tables, rights = zip(*found, strict=True)
    sizes = np.array([len(table) for table in tables])
    return Examples(np.concatenate(tables), sizes, np.concatenate(rights))


Reading = Iterator[tuple[int, Window, Heard]]
"""Numbers of annotated messages, each with what was heard before and the message as heard."""


def _as_it_was(log: Log) -> Reading:
    window = Window()
    for number, message in enumerate(log.messages):
        if not message.is_notice:
            heard = window.read(message)
            if number >= FIRST:
                yield number, window, heard
            window.add(heard)


def _slower(log: Log, seed: int) -> Reading:
    """As if it were a small group: time goes slower, and little was heard before."""
    rng = random.Random(seed)
    pace, start = rng.choice(PACES), log.messages[0].at
    window, left = Window(), rng.randrange(*SPELL)
    for number, message in enumerate(log.messages[FIRST - LEAD_IN :], FIRST - LEAD_IN):
        if message.is_notice:
            continue
        left -= 1
        if not left:
            window, left = Window(), rng.randrange(*SPELL)
        at = start + (message.at - start) * pace
        heard = window.read(structs.replace(message, at=at))
        if number >= FIRST and rng.random() < SLOWER_SHARE:
            yield number, window, heard
        window.add(heard)


def _examples(log: Log, reading: Reading) -> Iterator[tuple[Floats, Floats]]:
    gold: dict[int, set[int]] = {}
    for _, earlier, later in log.gold:
        gold.setdefault(later, set()).add(earlier)
    for number, window, heard in reading:
        kept, table = rows(window, heard)
        ids = [*(int(window.heard[index].id) for index in kept[:-1]), number]
        right = np.array([id in gold.get(number, ()) for id in ids], np.float32)
        if right.any():
            yield table, right / right.sum()


def shares(scores: NDArray[Any], data: Examples) -> NDArray[Any]:
    """Scores as probabilities that sum to 1 over the rows of a message."""
    tops = np.maximum.reduceat(scores, data.starts)
    raised = np.exp(scores - np.repeat(tops, data.sizes))
    return np.asarray(raised / np.repeat(np.add.reduceat(raised, data.starts), data.sizes))


def softmax(data: Examples) -> Callable[[NDArray[Any], Any], tuple[Floats, Floats]]:
    """The objective: one choice among the rows of a message (gradient and curvature)."""

    def objective(scores: NDArray[Any], _: Any) -> tuple[Floats, Floats]:
        share = shares(scores, data)
        return share - data.right, np.maximum(share * (1 - share), 1e-4)

    return objective


def boost(data: Examples, seed: int = 1) -> lightgbm.Booster:
    """One boosted model."""
    settings = SETTINGS | {"seed": seed, "objective": softmax(data)}
    return lightgbm.train(settings, lightgbm.Dataset(data.table, data.right, params=BINS), ROUNDS)


def forest(boosters: Sequence[lightgbm.Booster]) -> Forest:
    """Boosters as one forest that gives the mean of their scores."""
    splits: list[Split] = []
    starts, leaves = [], []
    for booster in boosters:
        for tree in booster.dump_model()["tree_info"]:
            starts.append(len(splits))
            values: list[float] = []
            _grow(tree["tree_structure"], splits, values)
            if len(splits) == starts[-1]:
                splits.append((0, np.float32(np.inf), 0))
            leaves.append(np.pad(values, (0, LEAVES - len(values))) / len(boosters))
    feature, threshold, keeps = zip(*splits, strict=True)
    return Forest(
        feature=np.array(feature, np.uint8),
        threshold=np.array(threshold, np.float32),
        keeps=np.array(keeps, np.uint32),
        starts=np.array(starts, np.int32),
        leaves=np.array(leaves, np.float32),
    )


Split = tuple[int, np.float32, int]
"""The feature, the threshold, and the leaves that remain where it is passed, as bits."""


def _grow(tree: dict[str, Any], splits: list[Split], values: list[float]) -> None:
    """Adds the splits of a tree, and its leaves from left to right."""
    if "leaf_value" in tree:
        values.append(tree["leaf_value"])
        return
    first = len(values)
    _grow(tree["left_child"], splits, values)
    left = (1 << len(values)) - (1 << first)
    _grow(tree["right_child"], splits, values)
    keeps = ~left & (1 << LEAVES) - 1
    splits.append((tree["split_feature"], _not_above(tree["threshold"]), keeps))


def _not_above(threshold: float) -> np.float32:
    """The largest float32 that isn't above: what is at most the one is at most the other."""
    near = np.float32(threshold)
    return near if near <= threshold else np.nextafter(near, np.float32(-np.inf))


def warmth(forest: Forest, data: Examples) -> float:
    """What to divide scores by, so that the chances fit what is right best (log loss)."""
    scores = np.concatenate([forest.scores(part) for part in np.array_split(data.table, 2000)])

    def loss(divisor: float) -> float:
        return float(-(data.right * np.log(shares(scores / divisor, data) + 1e-9)).sum())

    return min((0.6 + 0.02 * step for step in range(80)), key=loss)


def links(model: Model, logs: Sequence[Log]) -> Pairs:
    """What the model says of the annotated part of each log, as it would in a live room."""
    found: Pairs = set()
    for log in logs:
        stream = Stream(model)
        for number, message in enumerate(log.messages):
            to = stream.link(message).to
            if number >= FIRST:
                found.add((log.name, int(to) if to else number, number))
    return found


def judge(model: Model, logs: Sequence[Log]) -> Score:
    """The model's links against people's."""
    return score(links(model, logs), set().union(*(log.gold for log in logs)))


def train(known: Sequence[Log], trusted: Sequence[Log]) -> Model:
    """A forest from annotated logs, whose scores are made honest by others."""
    data = examples(known)
    found = forest([boost(data, seed) for seed in range(1, SEEDS + 1)])
    return Model(found, warmth(found, examples(trusted)))


def main() -> None:
    """Trains, writes the weights, and says how good they are."""
    parser = argparse.ArgumentParser("python -m scripts.train_links", description=__doc__)
    parser.add_argument("train", type=Path)
    parser.add_argument("dev", type=Path)
    parser.add_argument("--check", action="store_true", help="judge settings by the part held back")
    asked = parser.parse_args()
    known = logs(asked.train)
    held = known[::PART]
    model = train([log for log in known if log not in held], held)
    if asked.check:
        report("held back", judge(model, held))
    else:
        data = examples(known)
        boosters = [boost(data, seed) for seed in range(1, SEEDS + 1)]
        model = Model(forest(boosters), model.warmth)
        save(model, WEIGHTS)
    report("dev", judge(model, logs(asked.dev)))


def report(what: str, found: Score) -> None:
    """Prints how good links are."""
    print(f"{what}: P {found.precision:.1f} R {found.recall:.1f} F1 {found.f1:.1f}", flush=True)


if __name__ == "__main__":
    main()
