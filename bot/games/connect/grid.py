"""The grid of Connect four: seven columns of six, discs fall to the lowest free place."""

COLUMNS, HEIGHT, WINNING = 7, 6, 4
_DIRECTIONS = ((1, 0), (0, 1), (1, 1), (1, -1))

Grid = tuple[str, ...]
"""For each column the sides of its discs from the bottom up, as in ("", "011", …)."""
Cell = tuple[int, int]
"""Column and row, both from 0, rows from the bottom."""

EMPTY: Grid = ("",) * COLUMNS


def free(grid: Grid) -> list[int]:
    """The columns that take another disc."""
    return [column for column, discs in enumerate(grid) if len(discs) < HEIGHT]


def drop(grid: Grid, column: int, side: int) -> Grid:
    """The grid with one disc more in a column that is free."""
    return (*grid[:column], grid[column] + str(side), *grid[column + 1 :])


def top(grid: Grid, column: int) -> Cell:
    """Where the highest disc of a column lies; the column has one."""
    return column, len(grid[column]) - 1


def at(grid: Grid, column: int, row: int) -> str:
    """The side whose disc lies there; "" for an empty place and outside the grid."""
    if not 0 <= column < len(grid) or row < 0:
        return ""
    return grid[column][row : row + 1]


def rows_through(grid: Grid, cell: Cell) -> list[list[Cell]]:
    """The rows of four or more of one side in which this disc lies; from left to right."""
    found = []
    for across, up in _DIRECTIONS:
        before = _run(grid, cell, -across, -up)
        row = [*reversed(before), cell, *_run(grid, cell, across, up)]
        if at(grid, *cell) and len(row) >= WINNING:
            found.append(row)
    return found


def _run(grid: Grid, cell: Cell, across: int, up: int) -> list[Cell]:
    """The discs of the same side that follow in one direction."""
    side = at(grid, *cell)
    run: list[Cell] = []
    column, row = cell[0] + across, cell[1] + up
    while side and at(grid, column, row) == side:
        run.append((column, row))
        column, row = column + across, row + up
    return run
