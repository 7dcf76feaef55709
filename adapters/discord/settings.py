"""The block `[discord]` of the configuration."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from bot.commands import N_
from bot.secret import Secret

if TYPE_CHECKING:
    from bot.ports import Adapter

HttpAddress = Annotated[
    str,
    Meta(
        pattern="^(https?://.+)?$",
        description=N_("{key} must be an address that begins with https:// or http://."),
    ),
]
SocketAddress = Annotated[
    str,
    Meta(
        pattern="^(wss?://.+)?$",
        description=N_("{key} must be an address that begins with wss:// or ws://."),
    ),
]


class Settings(Struct, frozen=True, kw_only=True):
    """`shards` 0 leaves the number to Discord; empty addresses are Discord's own."""

    token: Secret
    token_file: str = ""
    api_base: HttpAddress = ""
    gateway: SocketAddress = ""
    shards: Annotated[int, Meta(ge=0)] = 0


def build(settings: Settings, folder: Path) -> "Adapter":
    """The adapter; `folder` keeps what must outlive a crash."""
    from adapters.discord.adapter import DiscordAdapter

    return DiscordAdapter(
        settings.token.reveal(),
        folder,
        api_base=settings.api_base,
        gateway=settings.gateway,
        shards=settings.shards or None,
    )
