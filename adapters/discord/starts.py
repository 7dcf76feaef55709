"""How often the bot may begin anew. Discord resets the token after 1,000 IDENTIFY in a day.

The record lies on disk, because a crash loop forgets everything else.
"""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

MOST_A_DAY = 200
BETWEEN = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=15)
_DAY = timedelta(days=1)


class Starts:
    """The record of IDENTIFYs and of failures in a row, kept in one small file."""

    def __init__(
        self, file: Path, clock: Callable[[], datetime], *, between: timedelta = BETWEEN
    ) -> None:
        self._file, self._clock, self._between = file, clock, between
        self._identifies, self._failures = _read(file)

    def identify_in(self) -> timedelta:
        """How long to wait before the next IDENTIFY."""
        now = self._clock()
        self._identifies = [at for at in self._identifies if now - at < _DAY]
        if len(self._identifies) >= MOST_A_DAY:
            return self._identifies[-MOST_A_DAY] + _DAY - now
        if not self._identifies:
            return timedelta(0)
        return max(timedelta(0), self._identifies[-1] + self._between - now)

    def identified(self) -> None:
        """An IDENTIFY is sent now."""
        self._identifies.append(self._clock())
        self._write()

    def failed(self) -> timedelta:
        """The connection came to nothing, or broke down; returns how long to wait."""
        self._failures += 1
        self._write()
        doubled: int = 2 ** min(self._failures - 1, 20)
        return min(LONGEST_PAUSE, self._between * doubled)

    def succeeded(self) -> None:
        """Discord has greeted the bot."""
        if self._failures:
            self._failures = 0
            self._write()

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        record = {"identifies": [at.isoformat() for at in self._identifies]}
        fresh = self._file.with_suffix(".new")
        fresh.write_text(json.dumps({**record, "failures": self._failures}))
        fresh.replace(self._file)


def _read(file: Path) -> tuple[list[datetime], int]:
    """The record, or an empty one: a damaged file must not keep the bot away."""
    try:
        record = json.loads(file.read_text())
        identifies = [datetime.fromisoformat(at) for at in record["identifies"]]
        return identifies, int(record["failures"])
    except (OSError, ValueError, KeyError, TypeError):
        return [], 0
