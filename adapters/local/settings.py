"""The block `[local]` of the configuration: the platform of our own, with its page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

if TYPE_CHECKING:
    from bot.ports import Adapter


class Settings(Struct, frozen=True, kw_only=True):
    """Where its world is kept, and where its page is shown; `port` 0 takes any free one."""

    path: str = "world.sqlite"
    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=0, le=65535)] = 8080


def build(settings: Settings, folder: Path) -> "Adapter":
    """The adapter, which also serves the page; the world lies in `folder`."""
    from adapters.local.served import Served

    return Served(folder / settings.path, settings.host, settings.port)
