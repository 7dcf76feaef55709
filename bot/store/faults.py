"""Telling a store in trouble (full disk, lost connection) from a statement that is wrong."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}
# Connection exceptions, insufficient resources, operator intervention, rollbacks by the server:
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRES = ("08", "53", "57", "40")


def is_store_fault(error: BaseException) -> bool:
    """Whether the same work may succeed later, because the store and not the work is at fault."""
    if isinstance(error, OSError):
        return True
    if isinstance(error, sqlite3.Error):
        return _of_sqlite(error)
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or isinstance(error, InterfaceError):
        return True
    if isinstance(error.orig, sqlite3.Error):
        return _of_sqlite(error.orig)
    return str(getattr(error.orig, "sqlstate", "") or "").startswith(_POSTGRES)


def _of_sqlite(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _SQLITE  # the low byte is the primary code
