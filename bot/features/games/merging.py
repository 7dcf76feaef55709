"""A group that got a new native id had games under that id before the news of it came.

They are the group's own games from then on. Where one of them stands in a room that has its game
already, that one goes on, and the newcomer ends as it stands.
"""

from sqlalchemy import Table, delete, select, tuple_, update

from bot.context import Context
from bot.events import ChatMoved
from bot.features.games import boards, plays
from bot.features.games.challenge_tables import challenges
from bot.features.games.core import Follows, games
from bot.features.games.sayings_tables import agreed, said
from bot.features.games.score_tables import results
from bot.features.games.stopping import stopped
from bot.features.games.tables import plays as plays_table
from bot.features.games.tables import rooms, seats
from bot.store.database import Tx
from bot.store.groups import Group

_OF_GROUPS = (rooms, seats, results, agreed, said)


@games.on(ChatMoved)
async def moved(ctx: Context, event: ChatMoved) -> Follows:
    """Takes over what was kept of the group under its new id."""
    if ctx.absorbed is None:
        return []
    surplus = await _surplus(ctx, ctx.absorbed)
    await _taken_over(ctx.tx, ctx.absorbed, ctx.here)
    follows: Follows = []
    for number in surplus:
        if played := await plays.load(ctx.tx, number):
            follows += await stopped(ctx, played)
    return follows


async def _surplus(ctx: Context, absorbed: Group) -> list[int]:
    """The games of the absorbed group for which there is no room."""
    found: list[int] = []
    for played in await boards.of_group(ctx.tx, absorbed.id):
        room = played.room_in(absorbed.id)
        if room and await plays.open_in(ctx.tx, ctx.here.id, room.room):
            found.append(played.id)
    return found


async def _taken_over(tx: Tx, absorbed: Group, group: Group) -> None:
    for table in _OF_GROUPS:
        await _renumbered(tx, table, absorbed.id, group.id)
    for column in (challenges.c.home, challenges.c.there):
        own = update(challenges).where(column == absorbed.id)
        await tx.execute(own.values({column.name: group.id}))
    here = select(rooms.c.play).where(rooms.c.group_id == group.id).scalar_subquery()
    follow = {"community": group.community}
    await tx.execute(update(plays_table).where(plays_table.c.id.in_(here)).values(follow))
    await tx.execute(update(results).where(results.c.group_id == group.id).values(follow))


async def _renumbered(tx: Tx, table: Table, before: int, after: int) -> None:
    """The rows of one group are another's, but for those that this one has already."""
    key = [c for c in table.primary_key if c.name != "group_id"]
    if "group_id" in table.primary_key:
        have = select(*key).where(table.c.group_id == after)
        twice = (table.c.group_id == before, tuple_(*key).in_(have))
        await tx.execute(delete(table).where(*twice))
    await tx.execute(update(table).where(table.c.group_id == before).values(group_id=after))
