"""What each group chose: which parts of the answers it wants, in SQL."""

from typing import Any

from msgspec import Struct
from sqlalchemy import select

from bot.features.answers.tables import settings
from bot.store.database import Tx


class Choices(Struct, frozen=True):
    """The settings of a group.

    `travel`: its unanswered questions may go to sister groups, and theirs may come here.
    """

    offer: bool = True
    capture: bool = True
    carry: bool = True
    carry_minutes: int = 120
    travel: bool = False
    report: bool = True


_FIELDS = [settings.c[name] for name in Choices.__struct_fields__]


async def of_group(tx: Tx, group: int) -> Choices:
    """What the group chose, or the defaults."""
    row = await tx.first(select(*_FIELDS).where(settings.c.group_id == group))
    return Choices(**row._mapping) if row else Choices()


async def choose(tx: Tx, group: int, **values: Any) -> None:
    """Sets some of them."""
    await tx.put(settings, {"group_id": group} | values)
