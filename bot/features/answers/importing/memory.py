"""Files that wait to be read hold words of people: of those who had themselves forgotten, none."""

from sqlalchemy import select

from bot.features.answers.core import answers
from bot.features.answers.importing import jobs
from bot.features.answers.importing.tables import files
from bot.refs import MemberRef
from bot.store.database import Tx


@answers.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """A waiting file that names the account is let go; it can be given again, without them."""
    for number in [row.import_id for row in await tx.all(select(files.c.import_id))]:
        data = await jobs.file_of(tx, number)
        if data is not None and member.id.encode() in data:
            await jobs.let_go(tx, number)
