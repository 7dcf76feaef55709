"""Rows of a CSV deck, each with the line it starts on."""

import csv
import io
import re
from collections.abc import Iterator

from bot.features.prompts.decks.rows import FIELDS, Broken, Fault, Row


def from_csv(text: str) -> Iterator[Row | Fault]:
    """Rows of a CSV file with a header; `,` `;` or tab, whichever the header has most of.

    A row's line is the one it starts on, however many line ends its quoted cells hold.
    """
    first = re.search(r"[^\r\n]+", text)
    delimiter = max(",;\t", key=first[0].count) if first else ","
    header: list[str] = []
    for line, cells in _csv_records(text, delimiter):
        if not any(cell.strip() for cell in cells):
            continue
        if header:
            yield _csv_row(line, header, cells)
        else:
            header = [_csv_field(cell) for cell in cells]
            yield from _csv_header_faults(line, header)


def _csv_field(heading: str) -> str:
    name = heading.strip().lower()
    return "options" if re.fullmatch(r"option ?\d{1,2}", name) else name


def _csv_header_faults(line: int, header: list[str]) -> Iterator[Fault]:
    for number, name in enumerate(header, 1):
        if name and name not in FIELDS:
            yield Fault(line, number, "unknown-field", name)
        elif name != "options" and name and name in header[: number - 1]:
            yield Fault(line, number, "repeated-field", name)
    if "text" not in header:
        raise Broken(Fault(line, None, "missing-column", "text"))


def _csv_records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Broken(Fault(line, None, "syntax", str(error))) from error
        yield line, cells


def _csv_row(line: int, header: list[str], cells: list[str]) -> Row:
    row = Row(line)
    options: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = header[number - 1] if number <= len(header) else ""
        if not cell.strip():
            continue
        if not name:
            row.faults.append(Fault(line, number, "extra-cell", cell.strip()))
        elif name == "options":
            options.append(cell)
            row.places.setdefault(name, (line, number))
        elif name in FIELDS and name not in row.values:
            row.add(name, cell, (line, number))
    if options:
        row.values["options"] = options
    return row
