"""Statements are compiled once for all connections to databases of one kind."""

from typing import Any

from sqlalchemy import Dialect, Engine, event
from sqlalchemy.util import LRUCache

COMPILED = 2000
"""Statements that are kept compiled for each kind of database; all features have some 600."""
_compiled: dict[tuple[str, Any], tuple[Dialect, LRUCache[Any, Any]]] = {}


def compile_once(engine: Engine) -> None:
    """A statement that one engine has compiled serves every other of this kind and version.

    SQLAlchemy keeps them by the dialect's object, so that is shared too, once it knows its server.
    """

    @event.listens_for(engine, "connect")
    def share(*_: Any) -> None:
        key = engine.dialect.name, engine.dialect.server_version_info
        engine.dialect, compiled = _compiled.setdefault(key, (engine.dialect, LRUCache(COMPILED)))
        engine.update_execution_options(compiled_cache=compiled)
