"""Quality of recall on our own set, against the full text of SQLite alone."""

from collections.abc import Iterator, Sequence

from bot.recall import rank
from tests.bench.measure import Row
from tests.bench.recall_quality import (
    LANGUAGES,
    Case,
    across,
    by_full_text,
    by_words,
    measured,
    within,
)


def _tasks() -> Iterator[tuple[str, list[Case]]]:
    for language in LANGUAGES:
        near, far = within(language, "near", ["kept"]), within(language, "far", ["kept", "near"])
        yield f"{language}, asked again in near words", list(near)
        yield f"{language}, asked in other words", list(far)
    for language in LANGUAGES:
        yield f"{language} to the three others", list(across(language))


def _row(what: str, cases: Sequence[Case]) -> Row:
    full_text = measured(cases, by_full_text)
    words = measured(cases, by_words)
    fused = measured(cases, rank)
    label = f"Recall, {what}: MAP / MRR / P@1 (MAP against full text alone)"
    ours = f"{fused} (words alone {words})"
    return Row(label, f"FTS5 {full_text}", ours, fused.map / full_text.map, 1.0)


async def bench(quick: bool) -> list[Row]:
    """Rows of the table; `quick` leaves no case out, it takes seconds."""
    return [_row(what, cases) for what, cases in _tasks()]
