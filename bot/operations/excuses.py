"""Errors that a person can mend, as sentences. Any other is a defect and keeps its traceback."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy.exc import DatabaseError, DBAPIError

from bot.commands import N_
from bot.i18n import Words
from bot.operations.failure import Failure
from bot.ports import Fatal
from bot.store.faults import is_store_fault
from bot.store.migrate import DatabaseTooNew
from bot.store.sqlite_file import StoreInUse

Sentence = tuple[str, dict[str, str]]


def excuse(error: BaseException, words: Words) -> str | None:
    """What went wrong and how to mend it; None for a defect."""
    for one in _leaves(error):
        for kind, tell in _KNOWN.items():
            if isinstance(one, kind) and (found := tell(one)) is not None:
                message, parts = found
                return str(words.say(message, **parts))
    return None


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _leaves(one)
    else:
        yield error


def _failure(error: Any) -> Sentence:
    return error.message, error.parts


def _fatal(error: Any) -> Sentence:
    return str(error), {}


def _in_use(error: Any) -> Sentence:
    return N_(
        "Another Convive is already working with {file}. Stop it first, or give this one a "
        "database of its own."
    ), {"file": str(error)}


def _too_new(error: Any) -> Sentence:
    return N_(
        "A newer Convive made this database (version {version}). Update Convive; nothing was "
        "changed."
    ), {"version": str(error)}


def _store(error: Any) -> Sentence | None:
    reason = str(error.orig)
    if "not a database" in reason:
        return N_("The file that [store] url names is not a database of Convive."), {}
    without_full_text = "no such module" in reason  # an SQLite that was built without FTS5
    if not (is_store_fault(error) or _refused(error) or without_full_text):
        return None
    return N_("The store can't be used: {reason}. Look at url in [store]."), {"reason": reason}


def _refused(error: DBAPIError) -> bool:
    """PostgreSQL: a wrong password or name (class 28), no such database (class 3D)."""
    return str(getattr(error.orig, "sqlstate", "") or "").startswith(("28", "3D"))


def _system(error: Any) -> Sentence:
    if error.filename:
        return N_("{file} can't be used: {reason}. Look at its permissions and its place."), {
            "file": str(error.filename),
            "reason": error.strerror or type(error).__name__,
        }
    return N_(
        "The store can't be reached: {reason}. Is it running, and is url in [store] right?"
    ), {"reason": str(error) or type(error).__name__}


_KNOWN: dict[type[BaseException], Callable[[Any], Sentence | None]] = {
    Failure: _failure,
    Fatal: _fatal,
    StoreInUse: _in_use,
    DatabaseTooNew: _too_new,
    DatabaseError: _store,
    DBAPIError: _store,
    OSError: _system,
}
