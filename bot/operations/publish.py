"""The kept answers of a community, written into a folder to be read and kept."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.engine import URL

from bot.features.answers.site.publishing import NotWritten, export
from bot.operations.backup import opened_copy
from bot.operations.failure import Failure


async def publish(
    url: URL, folder: Path, community: int | None, tell: Callable[[int, int], None]
) -> int:
    """Writes pages, FAQ.md and answers.json, also while Convive runs; returns how many questions.

    `community` may be left out if there is only one. `tell` hears how many of how many questions
    are done. Raises Failure if the folder holds other things or the community is not known.
    """
    async with opened_copy(url) as database:
        try:
            return await export(database, folder, community, tell)
        except NotWritten as error:
            raise Failure(error.message, **error.parts) from error
