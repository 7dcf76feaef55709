"""The example of the configuration is held to the code."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import fields

from bot.app import BLOCKS
from bot.configuration import inner_type
from bot.secret import Secret
from bot.settings import OWN, load

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "config.example.toml"
TOKENS = {"CONVIVE_DISCORD_TOKEN": "x", "CONVIVE_TELEGRAM_TOKEN": "y"}


def keys(path: tuple[str, ...], kind: type[Struct]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every key that may be written, with its default."""
    for field in fields(kind):
        here, inner = (*path, field.name), inner_type(field)
        if isinstance(inner, type) and issubclass(inner, Struct):
            yield from keys(here, inner)
        elif inner is not Secret:
            yield here, field.default


def written(path: tuple[str, ...], table: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from written((*path, key), value)
        else:
            yield (*path, key), value


IN_CODE = dict(pair for name, kind in {**OWN, **BLOCKS}.items() for pair in keys((name,), kind))
IN_EXAMPLE = dict(written((), tomllib.loads(EXAMPLE.read_text("utf-8"))))


def test_the_example_can_be_used_as_it_is() -> None:
    assert set(load(EXAMPLE, BLOCKS, TOKENS).platforms) == set(BLOCKS)


def test_the_example_holds_every_key_and_no_other() -> None:
    assert set(IN_EXAMPLE) == set(IN_CODE)


@pytest.mark.parametrize("key", sorted(IN_EXAMPLE), ids=".".join)
def test_the_example_shows_the_default(key: tuple[str, ...]) -> None:
    required = key == ("telegram", "webhook", "url")
    assert required or IN_EXAMPLE[key] == IN_CODE[key]


def test_every_key_of_the_example_is_explained() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    blocks = "\n".join(lines).split("\n\n")
    bare = [b for b in blocks if re.search(r"^\w+ =", b, re.MULTILINE) and b.count("#") < 2]
    assert not bare
