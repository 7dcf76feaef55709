"""What a group's moderators decided about naming quiet members."""

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import select

from bot.features.quiet.tables import settings
from bot.store.database import Tx


class Settings(Struct, frozen=True):
    """`switched_on`: whether anybody is named at all. `approve`: only after a moderator agreed.
    `dry_until`: until then moderators are told who would be named, and nobody is; also after it,
    until one of them decides what comes next.
    `reviewed_at`: up to when `quiet_people` knows what happened; None before the first review."""

    group_id: int
    switched_on: bool = False
    approve: bool = False
    dry_until: datetime | None = None
    reviewed_at: datetime | None = None

    @property
    def is_dry(self) -> bool:
        """Whether nobody is named because this is only tried out."""
        return self.dry_until is not None

    @property
    def asks_first(self) -> bool:
        """Whether a moderator has to agree before anybody is named."""
        return self.switched_on and self.approve and not self.is_dry

    def is_over(self, now: datetime) -> bool:
        """Whether the time of trying is over and nobody decided yet."""
        return self.dry_until is not None and now >= self.dry_until


_FIELDS = [settings.c[name] for name in Settings.__struct_fields__]


async def of_group(tx: Tx, group: int) -> Settings:
    """The group's settings; switched off where nobody decided."""
    row = await tx.first(select(*_FIELDS).where(settings.c.group_id == group))
    return Settings(**row._mapping) if row else Settings(group)


async def change(tx: Tx, group: int, **values: Any) -> Settings:
    """Sets some of them and gives all."""
    await tx.put(settings, {"group_id": group} | values)
    return await of_group(tx, group)
