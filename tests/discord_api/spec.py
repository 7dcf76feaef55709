"""Holds every request against the vendor's OpenAPI document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.validators import extend
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

DOCUMENT = Path(__file__).parents[3] / "shared" / "specs" / "discord-openapi.json"
_ROOT = "urn:discord"


@cache
def document() -> dict[str, Any] | None:
    """The vendor's document, or None where the folder is missing."""
    return json.loads(DOCUMENT.read_text()) if DOCUMENT.exists() else None


@cache
def _registry() -> Registry[Any]:
    resource = Resource.from_contents(document(), default_specification=DRAFT202012)
    registry: Registry[Any] = Registry().with_resource(_ROOT, resource)
    return registry


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    paths = (document() or {}).get("paths", {})
    # a literal segment wins over a parameter: /messages/pins before /messages/{message_id}
    ordered = sorted(paths, key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^/]+\}", "[^/]+", path) + "$"), path) for path in ordered]


def _one_of(validator: Any, variants: list[Any], instance: Any, schema: Any) -> Iterator[Any]:
    """`oneOf` and `anyOf`; variants of another `type` than the instance's are left out unread.

    Components and options nest a dozen variants at each level, which costs seconds otherwise.
    """
    narrowed = variants
    if isinstance(instance, dict) and "type" in instance:
        narrowed = [v for v in variants if _may_be(v, instance["type"])]
    if len(narrowed) == 1:
        yield from validator.descend(instance, narrowed[0])
        return
    yield from _ONE_OF(validator, narrowed or variants, instance, schema)


def _may_be(variant: Any, kind: Any) -> bool:
    name = variant.get("$ref", "").rpartition("/")[2]
    schema = (document() or {})["components"]["schemas"].get(name, variant)
    declared = schema.get("properties", {}).get("type", {})
    return bool(declared.get("enum", [kind]) == [kind])


_ONE_OF: Any = Draft202012Validator.VALIDATORS["anyOf"]
_Validator: Any = extend(Draft202012Validator, {"oneOf": _one_of, "anyOf": _one_of})


@cache
def _validator(pointer: str) -> Any:
    return _Validator({"$ref": f"{_ROOT}#{pointer}"}, registry=_registry())


def violations(method: str, path: str, query: dict[str, str], body: Any) -> list[str]:
    """What is wrong with a request by the document: one sentence each, empty when nothing."""
    if document() is None:
        return []
    template = next((name for pattern, name in _templates() if pattern.match(path)), None)
    operation = ((document() or {})["paths"].get(template) or {}).get(method.lower())
    if template is None or operation is None:
        return [f"{method} {path}: no such operation"]
    where = f"/paths/{template.replace('~', '~0').replace('/', '~1')}/{method.lower()}"
    return [
        *(f"{method} {template} query: {fault}" for fault in _query(where, operation, query)),
        *(f"{method} {template} body: {fault}" for fault in _body(where, operation, body)),
    ]


def _query(where: str, operation: dict[str, Any], query: dict[str, str]) -> list[str]:
    known = {p["name"]: i for i, p in enumerate(operation.get("parameters", []))}
    faults = [f"{name} is not known" for name in query if name not in known]
    for name, index in known.items():
        if name in query:
            validator = _validator(f"{where}/parameters/{index}/schema")
            values: list[Any] = [query[name], *_as_json(query[name])]
            if not any(validator.is_valid(value) for value in values):
                faults.append(f"{name}={query[name]} is not valid")
    return faults


def _as_json(text: str) -> list[Any]:
    """What a query value may stand for besides text; Discord takes 1 and 0 for booleans."""
    if text in ("0", "1"):
        return [int(text), text == "1"]
    try:
        return [json.loads(text)]
    except ValueError:
        return []


def _body(where: str, operation: dict[str, Any], body: Any) -> list[str]:
    if "requestBody" not in operation:
        return [] if body in (None, {}) else ["none is expected"]
    content = operation["requestBody"].get("content", {})
    if "application/json" not in content:
        return []
    if body is None:
        return ["missing"] if operation["requestBody"].get("required") else []
    pointer = f"{where}/requestBody/content/application~1json/schema"
    return list(_faults(pointer, json.dumps(body)))


@lru_cache(maxsize=4096)
def _faults(pointer: str, body: str) -> tuple[str, ...]:
    """Remembered, because every test tells the same commands again."""
    return tuple(
        f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}"
        for error in _validator(pointer).iter_errors(json.loads(body))
    )
