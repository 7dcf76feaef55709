"""What the person who installs Convive may set: one TOML file, and secrets beside it.

A block that is there is switched on: `[health]`, and one for each platform. Tokens and passwords
are never written into the file; they come from `CONVIVE_<BLOCK>_<KEY>` or from the file that
`<key>_file` names. Relative paths start at the folder of the configuration.
"""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError

from bot.commands import N_
from bot.configuration import Block, Fault, Lines, Reader, parse
from bot.secret import Secret

Port = Annotated[int, Meta(ge=0, le=65535)]
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
EXAMPLES = {"sqlite": "sqlite:///file", "postgresql": "postgresql://user@host/name"}


class StoreSettings(Struct, frozen=True, kw_only=True):
    """Where everything is remembered."""

    url: str = "sqlite:///convive.sqlite"
    password: Secret | None = None
    password_file: str = ""
    folder: str = "."

    def __repr__(self) -> str:
        return f"StoreSettings({make_url(self.url).render_as_string(hide_password=True)})"


class HealthSettings(Struct, frozen=True, kw_only=True):
    """Pages for whoever watches over the program."""

    host: str = "127.0.0.1"
    port: Port = 9750
    backlog_seconds: Annotated[int, Meta(ge=1)] = 60


class AnswersSettings(Struct, frozen=True, kw_only=True):
    """How kept answers are found again."""

    meaning: bool = True


class PagesSettings(Struct, frozen=True, kw_only=True):
    """The kept answers as pages in a browser."""

    host: str = "127.0.0.1"
    port: Port = 9760
    address: str = ""
    token: Secret | None = None
    token_file: str = ""


class LogSettings(Struct, frozen=True, kw_only=True):
    """What is written to stderr."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "console", "json"] = "auto"


class Settings(Struct, frozen=True, kw_only=True):
    """The whole configuration; `platforms` holds each platform's own settings by name."""

    store: StoreSettings = StoreSettings()
    health: HealthSettings | None = None
    answers: AnswersSettings = AnswersSettings()
    pages: PagesSettings | None = None
    log: LogSettings = LogSettings()
    platforms: Mapping[str, Struct] = {}
    base: Path = Path()

    @property
    def store_url(self) -> URL:
        """The address of the store with its driver, password and absolute path."""
        url = driver_url(self.store.url)
        if url.get_backend_name() == "sqlite":
            return url.set(database=str(self.base / (url.database or "")))
        return url.set(password=self.store.password.reveal()) if self.store.password else url

    @property
    def folder(self) -> Path:
        """Where small files are kept that must outlive a crash."""
        return self.base / self.store.folder

    def secrets(self) -> set[str]:
        """Every value that must not appear in a log."""
        found = {secret.reveal() for secret in _secrets(self)}
        return found | ({password} if (password := make_url(self.store.url).password) else set())


def driver_url(address: str) -> URL:
    """The address with the driver that Convive uses; KeyError for another kind of database."""
    url = make_url(address)
    return url.set(drivername=DRIVERS[url.get_backend_name()])


Blocks = Mapping[str, type[Block]]
"""The settings of each platform, by name; asked for only if its block is there."""
OWN: dict[str, type[Struct]] = {
    "store": StoreSettings,
    "health": HealthSettings,
    "answers": AnswersSettings,
    "pages": PagesSettings,
    "log": LogSettings,
}


class BadSettings(Exception):
    """The configuration can't be used; `faults` says all of it at once."""

    def __init__(self, path: Path, faults: list[Fault]) -> None:
        super().__init__(f"{path}: {len(faults)} faults")
        self.path, self.faults = path, faults


def load(path: Path, platforms: Blocks, env: Mapping[str, str] = os.environ) -> Settings:
    """Reads the configuration; raises BadSettings with everything that is wrong with it."""
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        missing = N_("There is no such file. Copy config.example.toml there and fill it in.")
        raise BadSettings(path, [Fault(0, missing)]) from None
    except UnicodeDecodeError:
        unreadable = N_("This is not a text in UTF-8. Save it as UTF-8.")
        raise BadSettings(path, [Fault(0, unreadable)]) from None
    except OSError as error:
        closed = N_("The file can't be read: {reason}. Check its permissions.")
        fault = Fault(0, closed, {"reason": error.strerror or type(error).__name__})
        raise BadSettings(path, [fault]) from None
    table, faults = parse(text)
    reader = Reader(Lines(text), path.parent, env, faults)
    settings = _settings(reader, table, platforms, path.parent)
    if settings is None or faults:
        raise BadSettings(path, sorted(faults, key=lambda fault: fault.line))
    return settings


def _settings(
    reader: Reader, table: dict[str, Any], platforms: Blocks, base: Path
) -> Settings | None:
    reader.refuse_unknown((), table, [*OWN, *platforms])
    read: dict[str, Any] = {
        name: reader.block((name,), kind, table[name]) for name, kind in _in(OWN, table)
    }
    found: dict[str, Any] = {
        name: reader.block((name,), kind, table[name]) for name, kind in _in(platforms, table)
    }
    if not found:
        reader.fault(
            (),
            N_("No platform is switched on. Add one of these blocks: {blocks}."),
            blocks=", ".join(f"[{name}]" for name in platforms),
        )
    _check_store(reader, read.get("store") or StoreSettings())
    if reader.faults:
        return None
    return Settings(**read, platforms=found, base=base)


def _in(kinds: Mapping[str, Any], table: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    return ((name, kinds[name]) for name in kinds if name in table)


def _check_store(reader: Reader, store: Struct) -> None:
    try:
        known = make_url(getattr(store, "url", "")).get_backend_name() in DRIVERS
    except ArgumentError:
        known = False
    if not known:
        message = N_("url must look like {sqlite} or {postgresql}.")
        reader.fault(("store", "url"), message, **EXAMPLES)


def _secrets(settings: Any) -> Iterator[Secret]:
    if isinstance(settings, Secret):
        yield settings
    elif isinstance(settings, Struct):
        for name in settings.__struct_fields__:
            yield from _secrets(getattr(settings, name))
    elif isinstance(settings, Mapping):
        for value in settings.values():
            yield from _secrets(value)
