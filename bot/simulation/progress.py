"""How far the filling is: a line that changes on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable
from typing import TextIO

from bot.i18n import Words

WIDTH = 30
STEP = 0.2
"""Where nobody watches, a line for so much of the whole is enough."""
SECONDS = 0.1
"""Between two changes of the line on a terminal."""


class Progress:
    """Hears how much is done, from 0 to 1, and shows it with the days and the seconds left."""

    def __init__(
        self,
        out: TextIO,
        words: Words,
        days: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._out, self._words, self._days, self._clock = out, words, days, clock
        self._began = clock()
        self._tty = out.isatty()
        self._shown_at, self._shown = float("-inf"), -1.0

    def tell(self, done: float) -> None:
        """Shows it if that is worth a look."""
        now = self._clock()
        if self._tty and now - self._shown_at < SECONDS and done < 1:
            return
        if not self._tty and done - self._shown < STEP and done < 1:
            return
        self._shown_at, self._shown = now, done
        line = self.line(done, now - self._began)
        self._out.write(f"\r{line}\x1b[K" if self._tty else f"{line}\n")
        self._out.flush()

    def end(self) -> None:
        """Leaves the line."""
        if self._tty:
            self._out.write("\n")
            self._out.flush()

    def line(self, done: float, seconds: float) -> str:
        """The line as it is shown after so many seconds."""
        full = round(done * WIDTH)
        left = seconds / done * (1 - done) if done > 0 else 0.0
        said = self._words.say(
            "{percent}, day {day} of {days}, about {left} s left",
            percent=self._words.percent(done),
            day=self._words.number(int(done * self._days)),
            days=self._words.number(self._days),
            left=self._words.number(left, 0),
        )
        return f"[{'#' * full}{'.' * (WIDTH - full)}] {said}"
