"""Communities as their pages show them, in SQL."""

from msgspec import Struct
from sqlalchemy import select

from bot.store.database import Tx
from bot.store.schema import communities, groups


class Place(Struct, frozen=True):
    """A community as its pages show it."""

    number: int
    name: str
    language: str
    zone: str


async def all_places(tx: Tx) -> list[Place]:
    """Every community that has a group, by number."""
    rows = await tx.all(
        select(groups.c.community).distinct().where(groups.c.active).order_by(groups.c.community)
    )
    found = [await place(tx, row.community) for row in rows]
    return [one for one in found if one]


async def place(tx: Tx, community: int) -> Place | None:
    """A community under the name, the language and the zone of its first group."""
    first = await tx.first(
        select(groups.c.title, groups.c.language, groups.c.zone)
        .where(groups.c.community == community, groups.c.active)
        .order_by(groups.c.id)
    )
    if first is None:
        return None
    name = await tx.scalar(select(communities.c.name).where(communities.c.id == community))
    return Place(community, name or first.title, first.language, first.zone)
