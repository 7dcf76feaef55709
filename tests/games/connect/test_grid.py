"""The grid, against an oracle that looks at every window of four."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.games.connect.grid import COLUMNS, EMPTY, HEIGHT, Grid, drop, free, rows_through, top

Square = tuple[int, int]
drops = st.lists(st.integers(0, COLUMNS - 1), max_size=COLUMNS * HEIGHT)


def windows() -> Iterator[list[Square]]:
    """All places where four could lie, written down the long way."""
    for x in range(COLUMNS):
        for y in range(HEIGHT):
            yield [(x, y), (x + 1, y), (x + 2, y), (x + 3, y)]
            yield [(x, y), (x, y + 1), (x, y + 2), (x, y + 3)]
            yield [(x, y), (x + 1, y + 1), (x + 2, y + 2), (x + 3, y + 3)]
            yield [(x, y), (x + 1, y - 1), (x + 2, y - 2), (x + 3, y - 3)]


def fours(grid: Grid) -> list[list[Square]]:
    discs = {(x, y): side for x, column in enumerate(grid) for y, side in enumerate(column)}
    return [w for w in windows() if len({discs.get(square, square) for square in w}) == 1]


def filled(columns: list[int]) -> tuple[Grid, int]:
    """Sides in turn; full columns are left out. The grid before any four but the last disc's."""
    grid, last, side = EMPTY, -1, 0
    for column in columns:
        if column in free(grid) and not fours(grid):
            grid, last, side = drop(grid, column, side), column, 1 - side
    return grid, last


@given(drops)
def test_four_in_a_row_are_found_exactly_when_there_are_some(columns: list[int]) -> None:
    grid, last = filled(columns)
    found = rows_through(grid, top(grid, last)) if last >= 0 else []
    assert bool(found) == bool(fours(grid))


@given(drops)
def test_the_squares_of_a_row_are_those_of_the_windows_of_four(columns: list[int]) -> None:
    grid, last = filled(columns)
    found = rows_through(grid, top(grid, last)) if last >= 0 else []
    squares = {square for row in found for square in row}
    assert squares == {square for window in fours(grid) for square in window}


@given(st.permutations([c for c in range(COLUMNS) for _ in range(HEIGHT)]))
def test_rows_of_a_full_grid_are_found_from_each_of_their_discs(
    order: list[int],
) -> None:
    grid = EMPTY
    for n, column in enumerate(order):
        grid = drop(grid, column, n % 2)
    assert not free(grid)
    for window in fours(grid):
        assert all(any(set(window) <= set(row) for row in rows_through(grid, s)) for s in window)


def test_there_are_69_windows_inside_the_grid() -> None:
    inside = [w for w in windows() if all(0 <= x < COLUMNS and 0 <= y < HEIGHT for x, y in w)]
    assert len(inside) == 69


def test_a_full_column_takes_no_more() -> None:
    grid = EMPTY
    for n in range(HEIGHT):
        grid = drop(grid, 2, n % 2)
    assert free(grid) == [0, 1, 3, 4, 5, 6]
