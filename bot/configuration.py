"""Reading TOML into frozen structs, with every fault named by its line and with its mend."""

import re
import tomllib
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import NODEFAULT, Struct
from msgspec.inspect import BoolType, IntType, ListType, LiteralType, Metadata, type_info
from msgspec.structs import FieldInfo, fields

from bot.commands import N_
from bot.secret import Secret

Block = Struct
Path_ = tuple[str, ...]
MOST_BROKEN_LINES = 20
_AT_LINE = re.compile(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", re.DOTALL)
_HEAD = re.compile(r"^\s*\[\s*([^\[\]#]+?)\s*\]")
_KEY = re.compile(r"^\s*([\w.\"'-]+)\s*=")


class Fault(Struct, frozen=True):
    """Something wrong at a line (0: nowhere in particular), as an English source sentence."""

    line: int
    message: str
    parts: dict[str, str] = {}


class Lines:
    """On which line a key stands."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path_, int] = {}
        table: Path_ = ()
        for number, line in enumerate(text.splitlines(), 1):
            if head := _HEAD.match(line):
                table = _split(head[1])
                self._found.setdefault(table, number)
            elif key := _KEY.match(line):
                self._found.setdefault(table + _split(key[1]), number)

    def of(self, path: Path_) -> int:
        """The line of a key, or of the nearest block around it; 0 if there is none."""
        while path and path not in self._found:
            path = path[:-1]
        return self._found.get(path, 0)


def parse(text: str) -> tuple[dict[str, Any], list[Fault]]:
    """The table; broken lines are left out, and each is a fault."""
    faults: list[Fault] = []
    lines = text.splitlines()
    while True:
        try:
            return tomllib.loads("\n".join(lines)), faults
        except tomllib.TOMLDecodeError as error:
            what, line = _place(str(error), len(lines))
            message = N_('This is not valid TOML ({what}). Texts stand in quotes: key = "value".')
            faults.append(Fault(line, message, {"what": what}))
            if len(faults) > MOST_BROKEN_LINES or not lines[line - 1]:
                return {}, faults
            lines[line - 1] = ""


def _place(error: str, last: int) -> tuple[str, int]:
    found = _AT_LINE.match(error)
    if found is None:
        return error, last
    return found[1], min(int(found[2] or last), last)


def _split(key: str) -> Path_:
    return tuple(part.strip().strip("\"'") for part in key.split("."))


class Reader:
    """Turns tables into structs and gathers what is wrong in `faults`."""

    def __init__(
        self, lines: Lines, base: Path, env: Mapping[str, str], faults: list[Fault]
    ) -> None:
        self._lines, self._base, self._env, self.faults = lines, base, env, faults

    def fault(self, path: Path_, message: str, **parts: str) -> None:
        """Notes a fault where the key stands."""
        self.faults.append(Fault(self._lines.of(path), message, parts))

    def refuse_unknown(self, path: Path_, table: Mapping[str, Any], known: Collection[str]) -> None:
        """A mistyped key must not be passed over in silence."""
        for key in table:
            if key in known:
                continue
            name = _name((*path, key))
            if near := get_close_matches(key, known, 1):
                message = N_("{key} is unknown. Did you mean {near}?")
                self.fault((*path, key), message, key=name, near=near[0])
            else:
                message = N_("{key} is unknown. Known here: {known}.")
                self.fault((*path, key), message, key=name, known=", ".join(known))

    def block(self, path: Path_, kind: type[Struct], table: Any) -> Struct | None:
        """One block; None if something in it is wrong."""
        if not isinstance(table, dict):
            message = N_("{key} must be a block of its own: [{key}].")
            self.fault(path, message, key=_name(path))
            return None
        before = len(self.faults)
        known = {field.name: field for field in fields(kind)}
        written = [name for name, field in known.items() if inner_type(field) is not Secret]
        self._refuse_secrets(path, table, set(known) - set(written))
        self.refuse_unknown(path, table, [*written, *(k for k in table if k in known)])
        values = {name: self._value(path, field, table) for name, field in known.items()}
        if len(self.faults) > before:
            return None
        return kind(**{name: value for name, value in values.items() if value is not NODEFAULT})

    def _refuse_secrets(self, path: Path_, table: dict[str, Any], secret: set[str]) -> None:
        for key in secret & set(table):
            message = N_("Secrets don't belong into this file. Put {key} into {variable}.")
            self.fault((*path, key), message, key=key, variable=variable((*path, key)))

    def _value(self, path: Path_, field: FieldInfo, table: dict[str, Any]) -> Any:
        """The value of a key, or NODEFAULT where it is left out or wrong."""
        here, inner = (*path, field.name), inner_type(field)
        if inner is Secret:
            return self._secret(here, table, needed=field.required)
        if field.name not in table:
            if field.required:
                self.fault(path, N_("{key} is missing."), key=_name(here))
            return NODEFAULT
        value = table[field.name]
        if isinstance(inner, type) and issubclass(inner, Struct):
            return self.block(here, inner, value)
        try:
            return msgspec.convert(value, field.type)
        except msgspec.ValidationError:
            message, parts = _wanted(field.type)
            self.fault(here, message, key=_name(here), **parts)
            return NODEFAULT

    def _secret(self, path: Path_, table: dict[str, Any], *, needed: bool) -> Any:
        """From the environment, or from the file that `<key>_file` names."""
        if given := self._env.get(variable(path), "").strip():
            return Secret(given)
        file_key = f"{path[-1]}_file"
        name = table.get(file_key)
        if isinstance(name, str) and name:
            return self._from_file((*path[:-1], file_key), self._base / name)
        if needed and path[-1] not in table:
            message = N_("{key} is missing. Set {variable}, or name a file with {file_key}.")
            self.fault(path, message, key=_name(path), variable=variable(path), file_key=file_key)
        return NODEFAULT

    def _from_file(self, path: Path_, file: Path) -> Any:
        try:
            value = file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            message = N_("The file {file} can't be read: {reason}.")
            self.fault(path, message, file=str(file), reason=reason)
            return NODEFAULT
        if not value:
            self.fault(path, N_("The file {file} is empty."), file=str(file))
            return NODEFAULT
        return Secret(value)


def variable(path: Path_) -> str:
    """The environment variable of a secret: ("store", "password") is CONVIVE_STORE_PASSWORD."""
    return "_".join(("convive", *path)).upper()


def _name(path: Path_) -> str:
    return ".".join(path)


def inner_type(field: FieldInfo) -> Any:
    """The type of a key without its "or nothing"."""
    if get_origin(field.type) in (Union, UnionType):
        return next(kind for kind in get_args(field.type) if kind is not NoneType)
    return field.type


def _wanted(kind: Any) -> tuple[str, dict[str, str]]:
    """What a key takes, as a sentence with its parts."""
    info = type_info(kind)
    if isinstance(info, Metadata):
        described = (info.extra_json_schema or {}).get("description")
        if described:
            return described, {}
        info = info.type
    match info:
        case LiteralType():
            choices = ", ".join(f'"{value}"' for value in info.values)
            return N_("{key} must be one of {choices}."), {"choices": choices}
        case BoolType():
            return N_("{key} must be true or false, without quotes."), {}
        case IntType(ge=low, le=high) if low is not None and high is not None:
            message = N_("{key} must be a whole number from {low} to {high}, without quotes.")
            return message, {"low": str(low), "high": str(high)}
        case IntType(ge=low) if low is not None:
            message = N_("{key} must be a whole number, at least {low}, without quotes.")
            return message, {"low": str(low)}
        case IntType():
            return N_("{key} must be a whole number, without quotes."), {}
        case ListType():
            return N_("{key} must be a list: [ … ]."), {}
    return N_("{key} must be a text in quotes."), {}
