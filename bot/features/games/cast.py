"""The names of those who play, for the views of games."""

from bot.commands import N_
from bot.features.games.plays import Played, Seat
from bot.i18n import Words
from bot.store.groups import Group
from bot.text import isolated

TEAMS = (
    N_("🟦 the blue team"),
    N_("🟧 the orange team"),
    N_("🟩 the green team"),
    N_("🟪 the violet team"),
)


class Named:
    """Implements `bot.play.Cast` for one reading room.

    `groups` are those of the play's rooms by their numbers; where several groups play, only the
    names of one's own people are shown.
    """

    def __init__(
        self, played: Played, words: Words, groups: dict[int, Group], reader: int | None
    ) -> None:
        self._played = played
        self._words = words
        self._groups = groups
        self._reader = reader
        self._seats = {seat.seat: seat for seat in played.seats}

    @property
    def here(self) -> int | None:
        """The side of the reading room, where sides are groups."""
        room = self._played.room_in(self._reader) if self._reader else None
        return room.side if room else None

    def name(self, seat: int) -> str:
        """A display name; "somebody" for who is unknown here, with the group if that is known."""
        sitting = self._seats.get(seat)
        if sitting is None or sitting.member is None or not sitting.name:
            return self._words.plain("somebody")
        if not self.elsewhere(sitting):
            return isolated(sitting.name)
        group = self._groups.get(sitting.group_id)
        if group is None:
            return self._words.plain("somebody")
        return str(self._words.say("somebody in {group}", group=isolated(group.title)))

    def elsewhere(self, seat: Seat) -> bool:
        """Whether somebody plays in another group than the reader: then they aren't named."""
        return len(self._played.rooms) > 1 and seat.group_id != self._reader

    def side(self, side: int) -> str:
        """The group's name where sides are groups, else a colour."""
        for room in self._played.rooms:
            if room.side == side and room.group_id in self._groups:
                return isolated(self._groups[room.group_id].title)
        return self._words.plain(TEAMS[side % len(TEAMS)])
