"""Rows of a TOML deck: tomllib reads the values, a scanner of statements finds their places."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache

from bot.features.prompts.decks.rows import Broken, Fault, Places, Row

MAX_KEY_DOTS = 8
"""Dots in one TOML key, inline or not: tomllib takes quadratic time and memory over them."""

_TOKEN = re.compile(
    r'(?P<string>"""(?:\\.|[^\\])*?(?:"""(?:"{0,2})|\Z)'
    r"|'''.*?(?:''''{0,2}|\Z)"
    r'|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?)'
    r"|(?P<comment>#[^\n]*)|(?P<blank>[ \t\r]+)|(?P<line>\n)|(?P<mark>[\[\]{}=.,])"
    r"|(?P<plain>[^\s\"'#\[\]{}=.,]+|.)",
    re.DOTALL,
)


def _heads(text: str) -> Iterator[tuple[int, str]]:
    """Offset and source of each statement's head: a `[table]`, or a key up to its `=`.

    Text inside strings, comments and nested values is stepped over, so that a prompt which
    speaks of `[[prompt]]` doesn't shift the count.
    """
    depth, start, in_key, dots = 0, -1, True, 0
    for token in _TOKEN.finditer(text):
        kind, source = token.lastgroup, token.group()
        if kind in ("mark", "line"):
            dots = dots + 1 if source == "." else 0
        if dots > MAX_KEY_DOTS:
            raise Broken(Fault(*Places(text)(token.start()), "syntax", "key"))
        if kind == "line" and depth == 0:
            if start >= 0 and in_key and text[start] == "[":
                yield start, text[start : token.start()]
            start, in_key = -1, True
        elif kind in ("blank", "comment", "line"):
            continue
        elif start < 0:
            start = token.start()
            depth += source == "["
        elif in_key and source == "=" and text[start] != "[":
            yield start, text[start : token.start()]
            in_key = False
        elif kind == "mark":
            depth = max(0, depth + (source in "[{") - (source in "]}"))
    if start >= 0 and in_key and text[start] == "[":
        yield start, text[start:]


def from_toml(text: str) -> Iterator[Row | Fault]:
    """Rows of a TOML file: one `[[prompt]]` table per card."""
    heads, places = list(_heads(text)), Places(text)
    entries = _entries(text)
    rows: list[Row] = []
    table: tuple[str, ...] = ()
    for offset, head in heads:
        path = _path(head) if head[0] == "[" else table + _path(head)
        if head[0] == "[":
            table = path
        if path == ("prompt",) and head.startswith("[["):
            rows.append(Row(places(offset)[0]))
        elif path[0] != "prompt":
            if head[0] == "[" or not table:
                yield Fault(*places(offset), "unknown-field", path[0])
        elif len(path) == 1:
            yield Fault(*places(offset), "wrong-type", "prompt")
        elif rows:
            rows[-1].places.setdefault(path[1], places(offset))
    for row, values in zip(rows, entries, strict=False):
        row.values = values
        yield row


def _entries(text: str) -> list[dict[str, object]]:
    try:
        prompts = tomllib.loads(text).get("prompt", [])
    except RecursionError as error:
        raise Broken(Fault(1, None, "syntax", "RecursionError")) from error
    except ValueError as error:
        message, _, place = str(error).partition(" (at ")
        at = re.match(r"line (\d+), column (\d+)", place)
        last = text.rstrip().count("\n") + 1
        line, column = (int(at[1]), int(at[2])) if at else (last, None)
        raise Broken(Fault(line, column, "syntax", message)) from error
    return prompts if isinstance(prompts, list) else []


@lru_cache(maxsize=4096)
def _path(head: str) -> tuple[str, ...]:
    """The parts of a table's or key's name, unquoted by tomllib itself."""
    # Stripped of the CR of a CRLF, which alone is no line end to tomllib.
    node: object = tomllib.loads(head.rstrip() if head[0] == "[" else f"{head}=0")
    path: list[str] = []
    while isinstance(node, dict | list) and node:
        if isinstance(node, dict):
            name, node = next(iter(node.items()))
            path.append(name)
        else:
            node = node[0]
    return tuple(path)
