"""From discord.py's errors to the few that the core knows."""

from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

import aiohttp
import discord

from bot.ports import InDoubt, Rejected, TryLater, Unreachable

UNKNOWN_MESSAGE = 10008
UNKNOWN_INTERACTION = 10062
TOKEN_GONE = (10015, 50027)
"""An interaction's webhook is unknown, or its token is over."""
ALREADY_ACKNOWLEDGED = 40060
DMS_TOO_FAST = 40003
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
_SOON = timedelta(seconds=5)
_LATER = timedelta(minutes=10)
_LONGEST = timedelta(minutes=5)


async def mapped(request: Awaitable[Any], *, repeatable: bool = False) -> Any:
    """Awaits a request and raises the core's errors in place of the library's.

    A request that may be made twice with the same outcome (`repeatable`) is never in doubt.
    """
    try:
        return await request
    except discord.RateLimited as error:
        raise TryLater(timedelta(seconds=error.retry_after)) from error
    except discord.HTTPException as error:
        raise _of_answer(error, repeatable=repeatable) from error
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
        raise TryLater(_SOON, everywhere=True) from error
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise (TryLater(_SOON) if repeatable else InDoubt(str(error))) from error


class Outage:
    """How long to wait while Discord can't be reached: longer each time, at most 5 minutes."""

    def __init__(self) -> None:
        self._in_a_row = 0

    def again(self) -> TryLater:
        """Another send came to nothing."""
        self._in_a_row += 1
        doubled: int = 2 ** min(self._in_a_row - 1, 10)
        return TryLater(min(_SOON * doubled, _LONGEST), everywhere=True)

    def over(self) -> None:
        """Discord answers."""
        self._in_a_row = 0


def _of_answer(error: discord.HTTPException, *, repeatable: bool) -> Exception:
    if error.code == DMS_TOO_FAST:
        return TryLater(_LATER)
    if error.status == 401:
        return TryLater(_SOON, everywhere=True)
    if error.status == 429:
        return TryLater(_SOON)
    if error.status >= 500:
        return TryLater(_SOON) if repeatable else InDoubt(str(error))
    if error.status in (403, 404):
        return Unreachable(f"{error.status} {error.code} {error.text}")
    return Rejected(f"{error.status} {error.code} {error.text}")
