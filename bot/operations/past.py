"""`convive answers import`: a group's past from a file of any size."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from bot.app import reader
from bot.commands import N_
from bot.features.answers.importing.offline import Terminal, import_file
from bot.i18n import Words
from bot.recall.words import folded
from bot.store.database import open_database
from bot.store.migrate import migrate
from bot.text import Text

YES = N_("yes")


async def take_in(
    url: URL,
    file: Path,
    words: Words,
    tell: Callable[[str], None],
    ask: Callable[[str], str],
    *,
    group: int | None = None,
    preview: bool = False,
    sure: bool = False,
) -> bool:
    """Counts the file, asks (unless `sure`), and takes it in; whether all went well.

    Raises StoreInUse if the bot runs on the same SQLite file, and OSError if the file can't be
    read.
    """
    answer = words.plain(YES)

    def agreed(question: Text) -> bool:
        yes = folded(answer)
        return sure or folded(ask(f"{question} ({answer}) ").strip()) in (yes, yes[0])

    terminal = Terminal(words, lambda text: tell(str(text)), agreed)
    database = open_database(url.render_as_string(hide_password=False))
    try:
        await migrate(database)
        now = datetime.now(UTC)
        return await import_file(
            database, file, reader, terminal, now, group=group, preview=preview
        )
    finally:
        await database.close()
