"""Everything as text: one file of JSON lines for each table, and a page that explains them."""

from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Table, select
from sqlalchemy.engine import URL

from bot.i18n import Words
from bot.operations.backup import opened_copy, refuse_existing
from bot.operations.copying import tables
from bot.store.database import Tx
from bot.store.schema import from_ms, groups

CHUNK = 1_000
_encode = msgspec.json.Encoder().encode
_MOMENTS = {"at", "first_at", "last_at", "last_spoke_at"}
"""Columns that hold milliseconds and no `Moment`, for speed; exported as times all the same."""


async def export(url: URL, folder: Path, words: Words) -> dict[str, int]:
    """Writes the files and returns the number of rows by table; the folder must be empty."""
    refuse_existing(folder)
    _make(folder)
    async with opened_copy(url) as database, database.read() as tx:
        counts = {
            table.name: await _write(tx, table, folder / f"{table.name}.jsonl")
            for table in tables()
        }
        titles = await tx.all(select(groups.c.title, groups.c.platform).order_by(groups.c.id))
    page = _page(counts, [f"{row.title} ({row.platform})" for row in titles], words)
    (folder / "README.txt").write_text(page, "utf-8")
    return counts


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


async def _write(tx: Tx, table: Table, file: Path) -> int:
    count = 0
    rows = tx.chunks(select(table).order_by(*table.primary_key.columns), CHUNK)
    with file.open("wb") as out:
        async for chunk in rows:
            out.writelines(
                _encode({k: _plain(k, v) for k, v in row.items()}) + b"\n" for row in chunk
            )
            count += len(chunk)
    return count


def _plain(column: str, value: Any) -> Any:
    if column in _MOMENTS and isinstance(value, int):
        value = from_ms(value)
    return value.isoformat() if isinstance(value, datetime) else value


def _page(counts: dict[str, int], titles: list[str], words: Words) -> str:
    lines = [
        words.plain("All that Convive remembers. Each file holds one row a line, as JSON."),
        "",
        words.plain("Groups:"),
        *(f"  {title}" for title in titles),
        "",
        *(f"  {name}.jsonl  {words.number(count)}" for name, count in counts.items()),
    ]
    return "\n".join(lines) + "\n"
