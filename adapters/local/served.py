"""The local platform as the configuration asks for it: a kept world, and its page."""

from datetime import UTC, datetime
from pathlib import Path

import structlog

from adapters.local.client import LocalAdapter
from adapters.local.page import Site, page
from adapters.local.world import World
from bot.i18n import LANGUAGES, Words
from bot.ports import Fatal, Receiver

log = structlog.get_logger(__name__)
FIRST_GROUP = "Convive"
FIRST_ROOM = "general"


class RealTime:
    """The machine's clock, whose pace nobody sets."""

    speed = 1.0

    def now(self) -> datetime:
        """The present moment, aware."""
        return datetime.now(UTC)

    def set_speed(self, speed: float) -> None:
        """Other platforms live by the same clock, so that it stays as it is."""
        log.info("pace_kept", asked=speed)


class Served(LocalAdapter):
    """A world in a file, with a first group if it is new, shown in the browser while it runs."""

    def __init__(self, file: Path, host: str, port: int) -> None:
        self._clock = RealTime()
        file.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(World(self._clock.now, file))
        self._host, self._port = host, port
        if not self.world.groups:
            self.world.add_group(FIRST_GROUP, rooms=(FIRST_ROOM,))

    async def run(self, receiver: Receiver) -> None:
        """Hands over what people do on the page; raises Fatal if the port is taken."""
        site = Site(self.world, receiver, self._clock, _say, LANGUAGES, lapse=False)
        shown = page(site, host=self._host, port=self._port)
        try:
            address = await shown.__aenter__()
        except OSError as error:
            where = f"{self._host}:{self._port}"
            raise Fatal(f"The page can't listen on {where}: {error.strerror}.") from error
        log.info("local_page", address=address)
        try:
            await super().run(receiver)
        finally:
            await shown.__aexit__(None, None, None)

    async def close(self) -> None:
        """Closes the world's file."""
        self.world.close()


def _say(language: str, message: str) -> str:
    return Words(language).plain(message)
