"""Thanks reach the person who answered, in private; nobody is ranked."""

from sqlalchemy import func, select

from bot.context import Context
from bot.effects import AnyEffect, Urgency, Whisper
from bot.events import Event, Undelivered
from bot.features.answers import views
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.tables import given, thanks
from bot.i18n import Words
from bot.refs import MemberRef
from bot.store import members
from bot.text import Text, isolated, quote


async def thank(ctx: Context, question: Question, answer: Given) -> list[AnyEffect | Event]:
    """Notes that an answer helped, and tells its author if they agreed to be written to.

    The others find it when they look (`/answers mine`). Nobody thanks themselves, and one
    question thanks an answer once.
    """
    if answer.member == question.member:
        return []
    row = {
        "answer": answer.id,
        "member": answer.member,
        "thanked_by": question.member,
        "question": question.id,
        "at": ctx.now,
    }
    made = await ctx.tx.first(
        ctx.tx.insert(thanks).values(**row).on_conflict_do_nothing().returning(thanks.c.id)
    )
    if made is None:
        return []
    helped = given.update().where(given.c.id == answer.id).values(helped=given.c.helped + 1)
    await ctx.tx.execute(helped)
    preference = await members.preference(ctx.tx, answer.author)
    if not (preference and preference.dm_agreed and not preference.no_pings):
        return []
    await ctx.tx.execute(thanks.update().where(thanks.c.id == made.id).values(told=True))
    words = Words(preference.language or ctx.here.language, ctx.here.zone)
    text = Text.join(
        "\n",
        [
            words.say("Your answer helped {name}:", name=isolated(question.member_name)),
            quote(views.title(question)),
            quote(views.shortened(answer.text)),
        ],
    )
    private = answer.author.private_chat
    return [Whisper(chat=private, to=answer.author, text=text, urgency=Urgency.BULK)]


async def unthank(ctx: Context, question: Question) -> None:
    """What helped at first did not help this question after all."""
    where = thanks.c.question == question.id
    for row in await ctx.tx.all(thanks.select().where(where)):
        less = given.update().where(given.c.id == row.answer).values(helped=given.c.helped - 1)
        await ctx.tx.execute(less)
    await ctx.tx.execute(thanks.delete().where(where))


async def not_told(ctx: Context, event: Undelivered) -> None:
    """Thanks did not reach the person: they wait for when they look (`/answers mine`).

    The newest that count as told, since a private message bears no name.
    """
    if event.chat.private:
        member = str(MemberRef(event.chat.platform, event.chat.room))
        told = select(func.max(thanks.c.id)).where(thanks.c.member == member, thanks.c.told)
        newest = thanks.c.id == told.scalar_subquery()
        await ctx.tx.execute(thanks.update().where(newest).values(told=False))
