"""A feature of the simulation's own: it calls people by name, so that pings can be counted."""

from bot.commands import Command, Kind, Param
from bot.context import Context
from bot.effects import AnyEffect, OnDoubt, Post
from bot.events import CommandGiven
from bot.feature import Feature
from bot.refs import MemberRef
from bot.text import Text, mention

CALL = "call"


def probe() -> Feature:
    """`/call @Name` notifies somebody, as far as they agree to it."""
    made = Feature("probe")

    @made.command(Command(CALL, "Calls somebody", (Param("who", "Whom", Kind.MEMBER),)))
    async def call(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
        who = MemberRef.parse(event.args["who"])
        text = Text.of(f"{CALL} {event.id} ", mention(who, "you"))
        return [Post(chat=event.chat, text=text, pings=(who,), on_doubt=OnDoubt.SKIP)]

    return made
