"""What `/setup` asks, in which order, and what it offers. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from msgspec import Struct

from bot.commands import N_
from bot.ports import Place
from scheduler.zones import is_zone

BUSY: Final = timedelta(minutes=15)
"""How long a half-finished setup belongs to the moderator who began it."""
NONE: Final = "none"

ZONES = {
    "en": (
        "Europe/London",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "Africa/Nairobi",
        "Asia/Kolkata",
        "Asia/Singapore",
        "Australia/Sydney",
    ),
    "fr": (
        "Europe/Paris",
        "Europe/Brussels",
        "Europe/Zurich",
        "America/Toronto",
        "Africa/Casablanca",
        "Africa/Abidjan",
        "Africa/Kinshasa",
        "Indian/Reunion",
    ),
    "es": (
        "Europe/Madrid",
        "America/Mexico_City",
        "America/Bogota",
        "America/Lima",
        "America/Santiago",
        "America/Argentina/Buenos_Aires",
        "America/Caracas",
        "America/Guatemala",
    ),
    "pt": (
        "America/Sao_Paulo",
        "Europe/Lisbon",
        "America/Manaus",
        "America/Fortaleza",
        "Africa/Luanda",
        "Africa/Maputo",
        "Atlantic/Cape_Verde",
        "Atlantic/Azores",
    ),
}
PLANS = (
    N_("every weekday at 9:00"),
    N_("Mondays and Thursdays at 18:30"),
    N_("every day at 10:00"),
)
"""First schedules on offer; each translation is a phrase that can be read in its language."""


class Draft(Struct, frozen=True, omit_defaults=True):
    """What was chosen so far; None is what was not asked yet, "" a "no"."""

    language: str | None = None
    room: str | None = None
    zone: str | None = None
    plan: str | None = None
    moderators_room: str | None = None


STEPS = Draft.__struct_fields__


def next_step(draft: Draft) -> str:
    """The first question without an answer, or "" when all are answered."""
    return next((step for step in STEPS if getattr(draft, step) is None), "")


def number_of(step: str) -> int:
    """Which question this is, from 1."""
    return STEPS.index(step) + 1


def short(value: str) -> str:
    """A value of any length as ten characters for a button's id; ids hold 32 bytes."""
    return sha256(value.encode()).hexdigest()[:10]


def meant(key: str, values: Iterable[str]) -> str | None:
    """The value that a button's key stands for, or None if it is not on offer any more."""
    return next((value for value in values if short(value) == key), None)


def is_busy(owner: str, member: str, since: datetime, now: datetime) -> bool:
    """Whether somebody else is in the middle of a setup."""
    return owner != member and now - since < BUSY


def zones_for(language: str, current: str) -> Sequence[str]:
    """Likely zones of the group; the present one first if it says anything."""
    likely = [zone for zone in ZONES.get(language, ZONES["en"]) if is_zone(zone)]
    if current in ("", "UTC") or current in likely:
        return likely
    return [current, *likely]


def all_zones() -> Iterable[str]:
    """Every zone that a button may stand for."""
    return (zone for zones in ZONES.values() for zone in zones)


def offered(places: Sequence[Place], here: str, most: int = 25) -> Sequence[Place]:
    """Rooms in the order of likelihood: where the command was given, the main one, the rest."""
    return sorted(places, key=lambda p: (p.chat.room != here, not p.default))[:most]
