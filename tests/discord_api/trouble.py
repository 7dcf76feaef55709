"""What a test may do to the bot's connections and requests."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from tests.discord_api import gateway
from tests.discord_api.faults import ApiError, Fault, When
from tests.discord_api.gateway import Link, Session
from tests.discord_api.interaction import Interaction
from tests.discord_api.limits import Limiter


class Trouble:
    """The unpleasant half of `DiscordApi`."""

    token: str
    faults: list[Fault]
    buckets: list[tuple[str, re.Pattern[str], Callable[[], Limiter]]]
    links: list[Link]
    sessions: dict[str, Session]
    interactions: dict[str, Interaction]
    refusals: int

    def fail(self, method: str, path: str, error: ApiError, *, times: int = 1) -> None:
        """Answer the next requests that match (`*` in the path for anything) with an error."""
        self.faults.append(Fault(method, path, times, error=error))

    def break_off(self, method: str, path: str, when: When, *, times: int = 1) -> None:
        """Cut the connection before a request is looked at, or after it was carried out."""
        self.faults.append(Fault(method, path, times, drop=when))

    def slow_down(self, method: str, path: str, retry_after: float, *, times: int = 1) -> None:
        """Answer 429 with these seconds to wait."""
        self.faults.append(Fault(method, path, times, retry_after=retry_after))

    def limit(self, method: str, path: str, make: Callable[[], Limiter]) -> None:
        """A bucket for a route such as `/channels/{id}/messages`, one for each channel or guild."""
        pattern = re.compile(re.sub(r"\{[^/]+\}", "[^/]+", path) + "$")
        self.buckets.append((method, pattern, make))

    def refuse_gateway(self, times: int = 1) -> None:
        """Turn away the next gateway connections."""
        self.refusals = times

    def drop(self) -> None:
        """Cut all gateway connections as a broken line would."""
        for link in list(self.links):
            link.transport.abort()
        for session in self.sessions.values():
            session.link = None

    def ask_to_reconnect(self) -> None:
        for link in self.links:
            link.send({"op": gateway.RECONNECT, "d": None})

    def invalidate_sessions(self) -> None:
        """Forget all sessions: what happens until the next IDENTIFY is seen by nobody."""
        self.sessions.clear()
        for link in self.links:
            link.send({"op": gateway.INVALID_SESSION, "d": False})

    def forget_sessions(self) -> None:
        """As above, and the line breaks too: the next RESUME is turned down."""
        self.sessions.clear()
        self.drop()

    def revoke_token(self) -> None:
        """The token is reset: every request answers 401 and the gateway turns it away."""
        self.token = "another-token"
        self.drop()

    def close_interactions(self) -> None:
        """Their tokens are older than 15 minutes."""
        for interaction in self.interactions.values():
            interaction.at -= timedelta(minutes=16)
