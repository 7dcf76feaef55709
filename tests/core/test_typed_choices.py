"""Where there are no buttons, what they do is typed."""

from bot.commands import Command
from bot.context import Context
from bot.effects import AnyEffect, Button
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Feature
from bot.ports import Can
from bot.text import Text
from tests.core.house import House, house


def door() -> Feature:
    """A post with two buttons, one of them for moderators."""
    feature = Feature("door")

    @feature.command(Command("door", "Shows a door"))
    async def shown(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        both = (Button("Open", "door.open:7"), Button("Lock", "door.lock"))
        return [ctx.reply(Text.of("A door"), buttons=(both,))]

    @feature.choice("open")
    async def opened(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
        return [ctx.reply(Text.of(f"{event.name}: {event.choice}"))]

    @feature.choice("lock", moderator=True)
    async def locked(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
        return [ctx.reply(Text.of("Locked"))]

    return feature


async def types(h: House, line: str, *, moderator: bool = False) -> str:
    """What the bot says last when somebody has typed that."""
    ann = await h.person("Ann", moderator=moderator)
    await ann.gives_command(h.chat, line)
    await h.settle()
    return h.said()[-1]


async def test_what_stands_below_a_post_without_buttons_can_be_typed(store_url: str) -> None:
    async with house(store_url, lambda: [door()], can=~Can.BUTTONS) as h:
        below = (await types(h, "/door")).splitlines()[1]
        assert below == "Open: /choose door.open:7"
        assert await types(h, below.removeprefix("Open: ")) == "Ann: door.open:7"


async def test_what_is_for_moderators_is_not_opened_by_typing_it(store_url: str) -> None:
    async with house(store_url, lambda: [door()], can=~(Can.BUTTONS | Can.EPHEMERAL)) as h:
        assert "Only moderators" in await types(h, "/choose door.lock")
        assert await types(h, "/choose door.lock", moderator=True) == "Locked"


async def test_where_there_are_buttons_they_are_pressed(store_url: str) -> None:
    async with house(store_url, lambda: [door()], can=~Can.EPHEMERAL) as h:
        assert "I don't know /choose door.open:7." in await types(h, "/choose door.open:7")


async def test_a_choice_without_a_name_is_no_command(store_url: str) -> None:
    async with house(store_url, lambda: [door()], can=~(Can.BUTTONS | Can.EPHEMERAL)) as h:
        assert "I don't know" in await types(h, "/choose")
