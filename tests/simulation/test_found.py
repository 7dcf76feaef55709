"""What trials have found, as small tests."""

from bot.events import ChatAdded, ChatMoved
from bot.refs import ChatRef
from bot.store.schema import groups
from tests.core.house import NOON, house


async def test_what_comes_together_with_a_groups_move_stays_with_the_group(sqlite_url: str) -> None:
    async with house(sqlite_url) as h:
        await h.settle()
        new = ChatRef("local", "friends-2", h.chat.room)
        h.app.engine.offer(ChatMoved(id="move", at=NOON, chat=h.chat, to=new))
        h.app.engine.offer(ChatAdded(id="add", at=NOON, chat=new, title="Friends", new=False))
        h.app.engine.offer(h.message(1, chat=new))
        await h.settle()
        h.app.engine.offer(h.message(2, chat=new))
        await h.settle()

        assert h.app.engine.batches.dead == 0
        assert [row.native for row in await h.rows(groups) if row.native] == ["friends-2"]


async def test_a_move_that_comes_late_takes_the_new_address_along(sqlite_url: str) -> None:
    async with house(sqlite_url) as h:
        await h.settle()
        new = ChatRef("local", "friends-2", h.chat.room)
        h.app.engine.offer(h.message(1, chat=new))
        await h.settle()
        h.app.engine.offer(ChatMoved(id="move", at=NOON, chat=h.chat, to=new))
        h.app.engine.offer(ChatAdded(id="add", at=NOON, chat=new, title="Friends", new=False))
        await h.settle()

        assert h.app.engine.batches.dead == 0
        assert [row.native for row in await h.rows(groups) if row.native] == ["friends-2"]
