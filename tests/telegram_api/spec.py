"""Check requests and answers against the vendor's description of the Bot API."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

SPEC_FILE = Path(__file__).resolve().parents[3] / "shared" / "specs" / "telegram-api.json"

_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "Float": (int, float),
    "String": str,
    "Boolean": bool,
    "True": bool,
}


@cache
def spec() -> Any:
    """Return the parsed document, or None where the folder is missing."""
    return json.loads(SPEC_FILE.read_text()) if SPEC_FILE.exists() else None


def request_faults(method: str, params: dict[str, Any]) -> list[str]:
    """Return what is wrong with a call by the document; an empty list where nothing is."""
    document = spec()
    if document is None:
        return []
    if method not in document["methods"]:
        return [f"{method}: no such method"]
    fields = document["methods"][method].get("fields", [])
    return list(_fields_faults(method, fields, params))


def type_faults(type_name: str, value: Any) -> list[str]:
    """Return what is wrong with a value that claims to be of the named type."""
    return [] if spec() is None else list(_value_faults(type_name, [type_name], value))


def _fields_faults(where: str, fields: list[Any], value: dict[str, Any]) -> Iterator[str]:
    known = {field["name"]: field for field in fields}
    for name in value:
        if name not in known:
            yield f"{where}.{name}: unknown field"
    for name, field in known.items():
        if name in value:
            yield from _value_faults(f"{where}.{name}", field["types"], value[name])
        elif field["required"]:
            yield f"{where}.{name}: missing"


def _value_faults(where: str, types: list[str], value: Any) -> Iterator[str]:
    attempts = [list(_one_type_faults(where, name, value)) for name in types]
    if all(attempts):
        yield from min(attempts, key=len)


def _one_type_faults(where: str, type_name: str, value: Any) -> Iterator[str]:
    if type_name.startswith("Array of "):
        yield from _array_faults(where, type_name.removeprefix("Array of "), value)
    elif type_name in _PLAIN:
        if not isinstance(value, _PLAIN[type_name]) or (
            isinstance(value, bool) and type_name not in ("Boolean", "True")
        ):
            yield f"{where}: {value!r} is no {type_name}"
    elif type_name == "InputFile":
        if not isinstance(value, bytes):
            yield f"{where}: no upload"
    else:
        yield from _object_faults(where, type_name, value)


def _array_faults(where: str, item_type: str, value: Any) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: {value!r} is no array"
        return
    for index, item in enumerate(value):
        yield from _value_faults(f"{where}[{index}]", [item_type], item)


def _object_faults(where: str, type_name: str, value: Any) -> Iterator[str]:
    description = spec()["types"][type_name]
    if not isinstance(value, dict):
        yield f"{where}: {value!r} is no {type_name}"
    elif "subtypes" in description:
        yield from _value_faults(where, description["subtypes"], value)
    else:
        yield from _fields_faults(where, description.get("fields", []), value)
