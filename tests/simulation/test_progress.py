"""How far the filling is."""

import io

from bot.i18n import Words
from bot.simulation.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 1.0
        return self.now


def shown(out: io.StringIO, steps: int = 100) -> str:
    progress = Progress(out, Words("en"), 30, Clock())
    for step in range(steps + 1):
        progress.tell(step / steps)
    progress.end()
    return out.getvalue()


def test_a_terminal_sees_one_line_that_changes() -> None:
    assert shown(Terminal()).count("\n") == 1


def test_elsewhere_there_are_a_few_lines_without_control_characters() -> None:
    lines = shown(io.StringIO()).splitlines()
    assert len(lines) == 6
    assert "\r" not in "".join(lines)
    assert "\x1b" not in "".join(lines)


def test_the_line_says_percent_day_and_seconds_left() -> None:
    line = Progress(io.StringIO(), Words("en"), 30).line(0.5, 10.0)
    assert line.endswith("] 50%, day 15 of 30, about 10 s left")


def test_the_end_is_always_shown() -> None:
    assert "100%" in shown(io.StringIO(), 3)
    assert "100%" in shown(Terminal(), 3)
