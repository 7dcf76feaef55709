"""Small parts that the handlers of the answers share."""

from collections.abc import Awaitable, Callable
from functools import wraps

from bot.context import Context
from bot.effects import Whisper
from bot.events import ChoiceMade
from bot.feature import Follows, answer_key
from bot.features.answers import questions
from bot.features.answers.questions import Question
from bot.ports import Can
from bot.store import groups, members
from bot.text import isolated


def numbers_in(event: ChoiceMade) -> tuple[int, ...]:
    """The numbers that a button's id ends with ("answers.hit:12.34"); () if they are not ones."""
    parts = answer_key(event.choice)[1].split(".")
    good = all(part.isdecimal() and len(part) <= 18 for part in parts)
    return tuple(int(part) for part in parts) if good else ()


async def pressed_question(ctx: Context, event: ChoiceMade) -> Question | None:
    """The question that a button is about, if the presser's community has it.

    In a private conversation the group becomes one of theirs.
    """
    numbers = numbers_in(event)
    question = await questions.by_id(ctx.tx, numbers[0]) if numbers else None
    return question if question and await enters(ctx, question) else None


async def enters(ctx: Context, question: Question) -> bool:
    """Whether the event may concern this question; a private event gets the person's group."""
    if ctx.group is None:
        home = await members.home_in(ctx.tx, question.community, ctx.member)
        ctx.group = await groups.by_id(ctx.tx, home) if home else None
    return ctx.group is not None and ctx.group.community == question.community


Asked = Callable[[Context, ChoiceMade, Question], Awaitable[Follows]]
Pressed = Callable[[Context, ChoiceMade], Awaitable[Follows]]


def _for(
    handler: Asked,
    may: Callable[[Context, Question], bool],
    refused: Callable[[Context, Question], Whisper],
) -> Pressed:
    @wraps(handler)
    async def guarded(ctx: Context, event: ChoiceMade) -> Follows:
        question = await pressed_question(ctx, event)
        if question is None:
            return [gone(ctx)]
        if not may(ctx, question):
            return [refused(ctx, question)]
        return await handler(ctx, event, question)

    return guarded


def by_asker(handler: Asked) -> Pressed:
    """A handler of a button that is only for who asked the question, or a moderator."""
    return _for(handler, may_decide, not_yours)


def by_asker_alone(handler: Asked) -> Pressed:
    """A handler of a button that is only for who asked the question."""
    return _for(handler, _asked, _only_theirs)


def _asked(ctx: Context, question: Question) -> bool:
    return question.member == str(ctx.member)


def _only_theirs(ctx: Context, question: Question) -> Whisper:
    name = isolated(question.member_name)
    return ctx.whisper(ctx.own.say("Only {name} can say that.", name=name))


def gone(ctx: Context) -> Whisper:
    """The answer to a button of a question that is no longer there."""
    return ctx.whisper(ctx.own.say("That question is no longer kept."), in_place=True)


def not_yours(ctx: Context, question: Question) -> Whisper:
    """The answer to somebody who pressed what belongs to the asker."""
    name = isolated(question.member_name)
    return ctx.whisper(ctx.own.say("Only {name} or a moderator can decide that.", name=name))


def may_decide(ctx: Context, question: Question) -> bool:
    """Whether who caused the event asked the question, or moderates."""
    return _asked(ctx, question) or ctx.is_moderator


def sees_alone(ctx: Context) -> bool:
    """Whether an answer here can be shown to one person only."""
    return Can.EPHEMERAL in ctx.capabilities(ctx.event.chat).can
