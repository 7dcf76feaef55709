"""What the setup keeps of a person: who began one that is not finished."""

from bot.features.setup import records
from bot.features.setup.core import setup
from bot.refs import MemberRef
from bot.store.database import Tx


@setup.forgets
async def forget(tx: Tx, member: MemberRef) -> None:
    """Drops the half-finished setups of this person."""
    await records.forget(tx, member)
