"""From each occasion one number whose mean, given everything earlier, is the effect on it.

The number is `(named - chance) / (chance (1 - chance)) (outcome - baseline)`: inverse probability
weighting (Horvitz & Thompson 1952) of what the baseline leaves unexplained. Its mean is the effect
whatever the baseline, if that was chosen before the draw. So nothing about people, groups or
weeks is assumed: chance comes from our own coin ("design-based": Ham, Bojinov, Lindon & Tingley,
"Design-based confidence sequences", 2022), and a chance that adapts to earlier results is allowed.

The baseline is what earlier posts predict from `before`: the regression adjustment known as CUPED
(Deng, Xu, Kohavi & Walker 2013), fitted only on the past as in the adaptive, augmented estimator
of Cook, Mishler & Ramdas, "Semiparametric efficient inference in adaptive experiments" (2024).
With `m1` and `m0` predicted for named and not named, `(1 - chance) m1 + chance m0` makes the number
equal to the augmented estimator `m1 - m0 + named (y - m1) / chance - …`, whose variance is least.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from bot.trial.terms import Occasion

LEARNING = 20
"""Occasions that only teach the first baseline: fewer would make it noisier than none."""
GROWTH = 1.5
"""The baseline is fitted anew when there are half as many occasions again."""
RIDGE = 10.0
"""The weight of "nothing explains anything", in occasions: tames regressions on small pasts."""
SMALLEST_CHANCE = 0.01
"""Below it, and above 1 - it, one occasion would outweigh thousands."""
NOTHING = 1e-6
"""A covariate that varied less, in units of all its variation, did not vary."""
LARGEST = 1e12
"""The largest number taken: beyond, sums of fourth powers lose what they should tell."""

Numbers = NDArray[np.float64]
Labels = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Table:
    """Occasions in columns; blocks and clusters are numbered in the order of appearance."""

    named: Numbers
    chance: Numbers
    outcome: Numbers
    before: Numbers
    cluster: Labels
    block: Labels


@dataclass(frozen=True, slots=True)
class Measured:
    """What each occasion says about the mean outcome if named and if not.

    Only where `counted`: the others taught the first baseline.
    """

    named: Numbers
    with_: Numbers
    without: Numbers
    cluster: Labels
    block: Labels
    counted: NDArray[np.bool_]


def tabled(occasions: Sequence[Occasion]) -> Table:
    """Occasions as columns. A ValueError says what can't be used."""
    cluster = _numbered([o.cluster for o in occasions])
    table = Table(
        named=np.array([o.named for o in occasions], np.float64),
        chance=np.array([o.chance for o in occasions], np.float64),
        outcome=np.array([o.outcome for o in occasions], np.float64),
        before=_rows([o.before for o in occasions]),
        cluster=cluster,
        block=_blocks(cluster, [o.block for o in occasions]),
    )
    if not (np.abs(table.chance - 0.5) <= 0.5 - SMALLEST_CHANCE).all():
        raise ValueError(f"a chance must be from {SMALLEST_CHANCE} to {1 - SMALLEST_CHANCE}")
    if not all((np.abs(c) <= LARGEST).all() for c in (table.outcome, table.before)):
        raise ValueError(f"outcomes and covariates must be numbers of at most {LARGEST:g}")
    return table


def _rows(rows: Sequence[tuple[float, ...]]) -> Numbers:
    widths = set(map(len, rows)) or {0}
    if len(widths) > 1:
        raise ValueError("all occasions must have the same covariates")
    flat = np.fromiter(chain.from_iterable(rows), np.float64)
    return flat.reshape(len(rows), widths.pop())


def _numbered(labels: Sequence[Hashable]) -> Labels:
    """Each label's number, in the order of appearance."""
    numbers = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    return np.fromiter(map(numbers.__getitem__, labels), np.intp, len(labels))


def _blocks(cluster: Labels, posts: Sequence[str]) -> Labels:
    """A number for each post of each group; who was drawn for none stands alone."""
    post = _numbered(posts)
    key = cluster * (len(posts) + 1) + post
    if "" in posts:
        alone = post == post[posts.index("")]
        key[alone] = -1 - np.flatnonzero(alone)
    _, first, number = np.unique(key, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number]


def measure(table: Table) -> Measured:
    """What each occasion says, by a baseline from earlier blocks."""
    named, chance, outcome = table.named, table.chance, table.outcome
    batch = _batches(table.block)
    if_not, if_named = _predicted(table, batch)
    return Measured(
        named=named,
        with_=if_named + named * (outcome - if_named) / chance,
        without=if_not + (1 - named) * (outcome - if_not) / (1 - chance),
        cluster=table.cluster,
        block=table.block,
        counted=batch > 0,
    )


def _batches(block: Labels) -> Labels:
    """The batch of each occasion; a block is whole in the batch of its first occasion."""
    earlier = np.concatenate([[0], np.cumsum(np.bincount(block))])[block]
    edges = LEARNING * GROWTH ** np.arange(64)
    return np.searchsorted(edges, earlier, side="right")


def _predicted(table: Table, batch: Labels) -> tuple[Numbers, Numbers]:
    """The outcomes if not named and if named, that the batches before each occasion's predict.

    They stay within the outcomes seen by then, lest an odd covariate go astray.
    """
    level = table.outcome.mean() if len(batch) else 0.0
    columns = [np.ones_like(table.named), table.named, _standard(table.before)]
    rows = np.column_stack([*columns, table.outcome - level])
    if_not, if_named = np.zeros_like(table.outcome), np.zeros_like(table.outcome)
    moments = np.zeros((rows.shape[1], rows.shape[1]))
    least, most = np.inf, -np.inf
    for number in np.unique(batch):
        here = np.flatnonzero(batch == number)
        new = rows[here]
        if number:
            start, slopes = _regression(moments)
            bare = start + new[:, 2:-1] @ slopes[1:]
            if_not[here] = np.clip(bare, least, most)
            if_named[here] = np.clip(bare + slopes[0], least, most)
        moments += new.T @ new
        least, most = min(least, new[:, -1].min()), max(most, new[:, -1].max())
    return if_not + level, if_named + level


def _standard(columns: Numbers) -> Numbers:
    """The same in handy units: only arithmetic, as the regression finds its own."""
    if not len(columns):
        return columns
    spread = columns.std(0)
    return np.asarray((columns - columns.mean(0)) / np.where(spread > 0, spread, 1.0))


def _regression(moments: Numbers) -> tuple[float, Numbers]:
    """Ridge regression of the last column on those between it and the first, which is 1."""
    count, sums = moments[0, 0], moments[0, 1:]
    mean = sums / count
    spread = moments[1:, 1:] / count - np.outer(mean, mean)
    scale = np.sqrt(np.maximum(np.diag(spread)[:-1], 0.0))
    scale = np.where(scale > NOTHING, scale, np.inf)
    together = spread[:-1, :-1] / np.outer(scale, scale)
    np.fill_diagonal(together, 1 + RIDGE / count)
    slopes = np.linalg.solve(together, spread[:-1, -1] / scale) / scale
    return float(mean[-1] - mean[:-1] @ slopes), slopes
