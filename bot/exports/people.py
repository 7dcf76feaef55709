"""Who wrote which message of a file, for as long as anybody may answer it."""

from bot.refs import MemberRef

REMEMBERED = 100_000


class Authors:
    """The latest messages' authors and rooms, in bounded memory."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[MemberRef | None, str]] = {}

    def wrote(self, message: str, author: MemberRef | None, room: str = "") -> None:
        """A message was written; by None if no person did."""
        self._known[message] = (author, room)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

    def of(self, message: str | None) -> MemberRef | None:
        """Who wrote a message, if it was a person and is still known."""
        return self._known[message][0] if message in self._known else None

    def room_of(self, message: str) -> str:
        """The room that a message was written in; "" if it is not known."""
        return self._known[message][1] if message in self._known else ""
