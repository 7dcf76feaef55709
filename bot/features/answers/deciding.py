"""Buttons that only the asker of a question, or a moderator, may press."""

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.context import Context
from bot.effects import AnyEffect
from bot.events import ChoiceMade, Event
from bot.features.answers import guard
from bot.features.answers.questions import Question

Follows = list[AnyEffect | Event]
Pressed = Callable[[Context, ChoiceMade], Awaitable[Follows]]


def by_asker(handler: Callable[[Context, ChoiceMade, Question], Awaitable[Follows]]) -> Pressed:
    """A handler that is also given the question; the others are told whose decision it is."""

    @wraps(handler)
    async def guarded(ctx: Context, event: ChoiceMade) -> Follows:
        question = await guard.pressed_question(ctx, event)
        if question is None:
            return [guard.gone(ctx)]
        if not guard.may_decide(ctx, question):
            return [guard.not_yours(ctx, question)]
        return await handler(ctx, event, question)

    return guarded
