"""Runs the benchmarks: `python -m tests.bench [name …] [--quick]`.

Each has a process of its own, so that none inherits another's memory. A full run writes the
table to docs/benchmarks.md; a part of it, or a quick one, only prints.
"""

import argparse
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.bench.measure import Row, run

NAMES = (
    "discord",
    "telegram",
    "writer",
    "acknowledgement",
    "due",
    "posting",
    "questions",
    "start",
    "links",
    "recall",
    "recall_size",
    "floor",
    "games",
)
TABLE = Path(__file__).parents[2] / "docs" / "benchmarks.md"
HEAD = """\
# Benchmarks

Written by `make bench` on a machine with {cores} cores. Such figures say little on their own;
ours and the baseline were measured in one run, in shuffled turns, and the ratio is what counts: the
median over the rounds. `≥` wants the ratio at least as high, `≤` at most as high as the target.

| what | baseline | ours | ratio | target | met |
|---|---|---|---|---|---|
"""


def line(row: Row) -> str:
    """A row as a line of the table."""
    wanted = f"{'≥' if row.at_least else '≤'} {row.target:g}"
    met = "yes" if row.met else "**no**"
    return f"| {row.what} | {row.baseline} | {row.ours} | {row.ratio:.3g} | {wanted} | {met} |"


def main() -> int:
    """Runs what was asked for; 0 if every target is met, else 1."""
    parser = argparse.ArgumentParser("python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *NAMES], metavar="name")
    parser.add_argument("--quick", action="store_true", help="smaller, to see that it works")
    asked = parser.parse_args()
    rows: list[Row] = []
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as processes:
        for name in asked.names or NAMES:
            start = time.perf_counter()
            found = processes.submit(run, name, asked.quick).result()
            print(f"{name} ({time.perf_counter() - start:.0f} s)", flush=True)
            for row in found:
                print("  ", line(row), flush=True)
            rows += found
    if not asked.names and not asked.quick:
        head = HEAD.format(cores=os.cpu_count())
        TABLE.write_text(head + "\n".join(map(line, rows)) + "\n", encoding="utf-8")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main())
