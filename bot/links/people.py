"""Who is spoken to: by the platform's mentions, and by names written in the text."""

from collections import OrderedDict

from bot.links.messages import Message
from bot.links.words import COMMON, GREETINGS, THANKS

REMEMBERED = 500
"""So many people of a room are known by name; whoever was silent longest is forgotten."""
ADDRESSED, NEAR, MENTIONED = 3, 2, 1
"""How strongly: "bob: …", "@bob …" / "thanks bob", "… bob?" / bob somewhere in the text."""
_CLOSING = ":,;"
_AROUND = "()[]{}<>\"'.!?…"


class People:
    """The people of a room, each with a number, found by id or by name."""

    def __init__(self) -> None:
        self._numbers: OrderedDict[str, int] = OrderedDict()
        self._ids: OrderedDict[str, int] = OrderedDict()
        self._next = 0

    def speaks(self, message: Message) -> int:
        """The author's number, and their name is known from now on."""
        number = self._ids.pop(message.author, None)
        if number is None:
            number, self._next = self._next, self._next + 1
        self._ids[message.author] = number
        name = (message.name or message.author).casefold()
        self._numbers.pop(name, None)
        self._numbers[name] = number
        for known in (self._ids, self._numbers):
            while len(known) > REMEMBERED:
                known.popitem(last=False)
        return number

    def spoken_to(self, message: Message) -> tuple[dict[int, int], bool]:
        """How strongly each person is spoken to, and whether an unknown one is addressed.

        A mention whose name the text shows counts by its place there; one that the text doesn't
        show is taken for an address.
        """
        found, stranger = self._written(message.text)
        for person in message.mentions:
            number = self._ids.get(person, self._numbers.get(person.casefold()))
            if number is not None and person.casefold() not in message.text.casefold():
                found[number] = ADDRESSED
        found.pop(self._ids.get(message.author, -1), None)
        return found, stranger

    def _written(self, text: str) -> tuple[dict[int, int], bool]:
        lower = text.casefold()
        parts = lower.split()
        found: dict[int, int] = {}
        stranger = False
        for place, part in enumerate(parts):
            number, called = self._name(part, first=place == 0)
            if number is None:
                stranger |= called and place == 0
                continue
            near = place == len(parts) - 1 or (place == 1 and parts[0].strip(",") in _POLITE)
            strength = ADDRESSED if place == 0 or called else NEAR if near else MENTIONED
            found[number] = max(strength, found.get(number, 0))
        for name, number in self._numbers.items():
            if " " in name and (f"@{name}" in lower or lower.startswith((f"{name}:", f"{name},"))):
                found[number] = ADDRESSED
        return found, stranger

    def _name(self, part: str, first: bool) -> tuple[int | None, bool]:
        """Whose name a part of the text is, and whether it is written as an address."""
        bare = part.lstrip("@")
        called = bare != part or (first and bare[-1:] in _CLOSING and len(bare) > 1)
        for shorn in (bare, bare.rstrip(_CLOSING), bare.rstrip(_CLOSING + _AROUND).lstrip(_AROUND)):
            number = self._numbers.get(shorn)
            if number is not None and (called or (len(shorn) > 2 and shorn not in COMMON)):
                return number, called
        if called and first:
            return self._nearly(bare.rstrip(_CLOSING)), True
        return None, called

    def _nearly(self, name: str) -> int | None:
        """The one person whose name begins like that."""
        if len(name) < 3:
            return None
        like = {
            number
            for known, number in self._numbers.items()
            if known.startswith(name) or (len(known) > 3 and name.startswith(known))
        }
        return like.pop() if len(like) == 1 else None


_POLITE = GREETINGS | THANKS | {"yes", "no", "ok", "yeah", "sorry", "oui", "non", "sí", "si", "sim"}
