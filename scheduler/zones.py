"""Time zones by the names people use: Europe/Paris, "paris", "São Paulo", "new york"."""

import difflib
import re
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from scheduler.errors import PhraseError
from scheduler.lexer import plain

# Names without a summer time or without a place; people who type them mean something else.
_NO_PLACE = re.compile(r"Etc/.*|SystemV/.*|[A-Z0-9+-]{2,8}|Factory|localtime|Zulu|Universal|W-SU")

# Large cities (and other languages' names for them) after which the IANA names no zone.
_CITIES = {
    "Africa/Abidjan": "yamoussoukro",
    "Africa/Cairo": "le caire,el cairo,alexandria",
    "Africa/Casablanca": "rabat,marrakech,marrakesh",
    "Africa/Lagos": "abuja,cotonou",
    "America/Argentina/Buenos_Aires": "cordoba,rosario",
    "America/Chicago": "austin,dallas,houston,new orleans,minneapolis",
    "America/Denver": "salt lake city,boulder",
    "America/Guayaquil": "quito",
    "America/La_Paz": "sucre,santa cruz",
    "America/Los_Angeles": "san francisco,seattle,san diego,portland,las vegas",
    "America/Mexico_City": "ciudad de mexico,mexico df,cdmx,guadalajara,oaxaca",
    "America/New_York": "nueva york,nova york,washington,boston,miami,atlanta,philadelphia,nyc",
    "America/Bogota": "medellin,cali,cartagena",
    "America/Sao_Paulo": "rio de janeiro,rio,brasilia,belo horizonte,florianopolis,curitiba",
    "America/Toronto": "montreal,ottawa,quebec",
    "Asia/Bangkok": "chiang mai,phuket",
    "Asia/Dubai": "abu dhabi",
    "Asia/Ho_Chi_Minh": "hanoi,da nang",
    "Asia/Kolkata": "mumbai,delhi,new delhi,bangalore,bengaluru,chennai,goa",
    "Asia/Makassar": "bali,denpasar,ubud,canggu",
    "Asia/Shanghai": "beijing,pekin,shenzhen",
    "Asia/Singapore": "singapour,singapur,singapura",
    "Asia/Tokyo": "tokio,toquio,osaka,kyoto",
    "Australia/Sydney": "canberra",
    "Europe/Athens": "athenes,atenas,thessaloniki",
    "Europe/Berlin": "munich,munchen,hamburg,frankfurt,cologne,koln,berlim",
    "Europe/Brussels": "bruxelles,bruselas,bruxelas,antwerp,gent",
    "Europe/Copenhagen": "copenhague,kobenhavn",
    "Europe/Lisbon": "lisboa,lisbonne,porto,oporto",
    "Europe/London": "londres,manchester,edinburgh,glasgow,bristol",
    "Europe/Madrid": "barcelona,barcelone,valencia,sevilla,malaga,bilbao",
    "Europe/Moscow": "moscou,moscu",
    "Europe/Paris": "lyon,marseille,toulouse,bordeaux,lille,nantes,nice,strasbourg",
    "Europe/Prague": "praga,brno",
    "Europe/Rome": "roma,milan,milano,naples,torino,bologna,firenze",
    "Europe/Vienna": "wien,vienne,viena,graz",
    "Europe/Warsaw": "varsovie,varsovia,krakow",
    "Europe/Zurich": "geneva,geneve,ginebra,genebra,lausanne,bern,basel",
}

# Asked for in this order where only an offset or an abbreviation is known.
_WELL_KNOWN = """
    Europe/London Europe/Lisbon Africa/Abidjan Europe/Paris Europe/Madrid Europe/Berlin
    Africa/Lagos Europe/Athens Africa/Cairo Africa/Johannesburg Europe/Istanbul Africa/Nairobi
    Europe/Moscow Asia/Dubai Asia/Tehran Asia/Kabul Asia/Karachi Asia/Kolkata Asia/Kathmandu
    Asia/Dhaka Asia/Yangon Asia/Bangkok Asia/Jakarta Asia/Ho_Chi_Minh Asia/Shanghai
    Asia/Singapore Australia/Perth Asia/Tokyo Asia/Seoul Australia/Adelaide Australia/Sydney
    Australia/Brisbane Pacific/Noumea Pacific/Auckland Pacific/Tongatapu America/Sao_Paulo
    America/Argentina/Buenos_Aires America/St_Johns America/Halifax America/Caracas
    America/New_York America/Toronto America/Bogota America/Lima America/Chicago
    America/Mexico_City America/Denver America/Phoenix America/Los_Angeles America/Anchorage
    Pacific/Honolulu Atlantic/Azores Atlantic/South_Georgia
""".split()  # noqa: SIM905 -- a list of sixty quoted names is harder to read

_ABBREVIATIONS = {
    "est edt et": "America/New_York America/Toronto",
    "cst cdt": "America/Chicago America/Mexico_City Asia/Shanghai",
    "mst mdt": "America/Denver America/Phoenix",
    "pst pdt": "America/Los_Angeles",
    "cet cest met": "Europe/Paris Europe/Madrid Europe/Berlin",
    "eet eest": "Europe/Athens Africa/Cairo",
    "wet west": "Europe/Lisbon",
    "bst": "Europe/London",
    "ist": "Asia/Kolkata Europe/Dublin",
    "brt": "America/Sao_Paulo",
    "art": "America/Argentina/Buenos_Aires",
    "msk": "Europe/Moscow",
    "jst": "Asia/Tokyo",
    "aest aedt": "Australia/Sydney Australia/Brisbane",
}
_SUGGESTED = {
    short: tuple(zones.split())
    for shorts, zones in _ABBREVIATIONS.items()
    for short in shorts.split()
}
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?")
_LONGEST = 64


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """The zones offered for choice and completion, sorted: places, and UTC."""
    return ("UTC", *sorted(z for z in available_timezones() if not _NO_PLACE.fullmatch(z)))


def is_zone(name: str) -> bool:
    """Whether this is exactly the name of a zone of the IANA database."""
    return name in _all_zones()


def parse_zone(text: str) -> str:
    """The IANA name of the zone a person means, in any case, with or without accents.

    Raises PhraseError: "empty"; "fixed_offset" for UTC+2 and the like, which know no summer
    time; "unknown_zone". Both with up to three IANA names as suggestions.
    """
    wanted = _key(text)
    if not wanted:
        raise PhraseError("empty")
    if len(wanted) > _LONGEST:
        raise PhraseError("unknown_zone", text.strip()[:_LONGEST])
    known = _names()
    if wanted in known:
        return known[wanted]
    offset = _OFFSET.fullmatch(wanted.replace(" ", ""))
    if offset:
        raise PhraseError("fixed_offset", text.strip(), 0, _at_offset(*offset.groups()))
    raise PhraseError("unknown_zone", text.strip(), 0, _SUGGESTED.get(wanted) or _close(wanted))


@lru_cache(maxsize=1)
def _all_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _key(text: str) -> str:
    return " ".join(plain(text[: 4 * _LONGEST])[0].replace("_", " ").split())


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """All that a zone may be called; full names win over cities, well-known cities over others."""
    names = {"utc": "UTC", "gmt": "UTC", "z": "UTC"}
    for zone in zone_names():
        names.setdefault(_key(zone), zone)
    preferred = [*_WELL_KNOWN, *(zone for zone in zone_names() if "/" in zone)]
    for zone in preferred:
        names.setdefault(_key(zone.rsplit("/", 1)[-1]), zone)
    for zone, cities in _CITIES.items():
        names |= dict.fromkeys(cities.split(","), zone)
    return names


def _close(wanted: str) -> tuple[str, ...]:
    names = _names()
    near = difflib.get_close_matches(wanted, names, n=6, cutoff=0.6)
    return tuple(dict.fromkeys(names[name] for name in near))[:3]


def _at_offset(sign: str, hours: str, minutes: str | None) -> tuple[str, ...]:
    offset = timedelta(hours=int(hours), minutes=int(minutes or 0)) * (1 if sign == "+" else -1)
    # One day in winter and one in summer: people type the offset their clock has today.
    days = (datetime.fromisoformat("2026-01-15"), datetime.fromisoformat("2026-07-15"))
    found = (
        zone
        for day in days
        for zone in _WELL_KNOWN
        if day.replace(tzinfo=ZoneInfo(zone)).utcoffset() == offset
    )
    return tuple(dict.fromkeys(found))[:3]
