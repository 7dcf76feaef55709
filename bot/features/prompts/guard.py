"""Small parts that handlers of presses and forms share."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeVar

from bot.commands import Form
from bot.context import Context
from bot.effects import AnyEffect, AskForm, Urgency
from bot.events import Answerable, Event

Effects = list[AnyEffect | Event]
A = TypeVar("A", bound=Answerable)


def in_group(
    handler: Callable[[Context, A], Awaitable[Effects]],
) -> Callable[[Context, A], Awaitable[Effects]]:
    """A handler of presses and forms that needs to know the group."""

    @wraps(handler)
    async def guarded(ctx: Context, event: A) -> Effects:
        if ctx.group is None:
            return [ctx.whisper(ctx.own.say("This works in the group, not here."))]
        return await handler(ctx, event)

    return guarded


def ask(event: Answerable, form: Form, arg: str = "") -> AskForm:
    """Opens a form for who caused the event."""
    return AskForm(
        chat=event.chat,
        to=event.member,
        form=form,
        arg=arg,
        answering=event.answer,
        urgency=Urgency.ANSWER,
    )
