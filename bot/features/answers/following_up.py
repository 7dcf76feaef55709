"""Some days after a solution: did it work in the end?"""

from datetime import timedelta

from sqlalchemy import select

from bot.context import Context
from bot.effects import AnyEffect, Button, Look, Post
from bot.events import ChoiceMade, Due
from bot.feature import Follows
from bot.features.answers import given, guard, life, questions, views
from bot.features.answers.core import TALK, answers, post_name
from bot.features.answers.questions import Question
from bot.features.answers.rules import Source, State, Worked
from bot.i18n import Words
from bot.ports import Can
from bot.store import groups, posts
from bot.store.groups import Group
from bot.store.schema import roster
from bot.text import Text, isolated
from bot.waking import after_waking

TOO_LATE = timedelta(days=14)
"""After so long an outage nobody is asked any more."""
STALE = timedelta(days=3)


def name_of(question: int) -> str:
    """The name of the post that asks."""
    return f"{post_name(question)}/worked"


@answers.due(life.ASK_WHETHER_IT_WORKED)
async def ask(ctx: Context, event: Due) -> Follows:
    """Asks the asker, once for each question."""
    question = await questions.by_id(ctx.tx, int(event.arg))
    home = await groups.by_id(ctx.tx, question.group_id) if question else None
    if question is None or home is None or question.state != State.SOLVED:
        return []
    if ctx.now - event.due_at > TOO_LATE or not await _is_there(ctx, question):
        return []
    if await posts.find(ctx.tx, home.id, name_of(question.id)):
        return []
    morning = after_waking(ctx.now, 0, home.zone)
    if morning > ctx.now:
        key = f"answers:worked:{question.id}"
        ctx.arm(key, morning, life.ASK_WHETHER_IT_WORKED, str(question.id))
        return []
    return [_question(ctx, home, question)]


async def _is_there(ctx: Context, question: Question) -> bool:
    where = (roster.c.group_id == question.group_id, roster.c.member == question.member)
    row = await ctx.tx.first(select(roster.c.left_at).where(*where))
    return row is None or row.left_at is None


def _question(ctx: Context, home: Group, question: Question) -> AnyEffect:
    words, chat = Words(home.language, home.zone), question.chat_in(home)
    threaded = question.source == Source.ASKED and Can.THREADS in ctx.capabilities(chat).can
    name = isolated(question.member_name)
    choices = (
        Button(words.plain("It worked"), f"answers.worked:{question.id}.1", look=Look.MAIN),
        Button(words.plain("Partly"), f"answers.worked:{question.id}.2"),
        Button(words.plain("It did not"), f"answers.worked:{question.id}.3"),
    )
    return Post(
        chat=chat,
        text=Text.join(
            "\n",
            [
                words.say("{name}, did it work in the end?", name=name),
                views.title(question),
            ],
        ),
        name=name_of(question.id),
        buttons=(choices,),
        into=post_name(question.id) + TALK if threaded else None,
        reply_to=question.message,
        reply_to_post=None if threaded or question.message else post_name(question.id),
        stale_after=ctx.now + STALE,
    )


_SAID = (Worked.YES, Worked.PARTLY, Worked.NO)


@answers.choice("worked")
async def worked(ctx: Context, event: ChoiceMade) -> Follows:
    """The asker's word is kept with the answers that solved it."""
    question = await guard.pressed_question(ctx, event)
    if question is None:
        return [guard.gone(ctx)]
    if str(event.member) != question.member:
        name = isolated(question.member_name)
        return [ctx.whisper(ctx.own.say("Only {name} knows that.", name=name))]
    said = _SAID[min(max(guard.numbers_in(event)[-1], 1), len(_SAID)) - 1]
    for answer in await given.to_question(ctx.tx, question.id):
        if answer.solves:
            await given.change(ctx.tx, answer.id, worked=said)
    again = (Button(ctx.words.plain("Open it again"), f"answers.reopen:{question.id}"),)
    buttons = (again,) if said == Worked.NO and question.state == State.SOLVED else ()
    return [ctx.edit(name_of(question.id), _noted(ctx.words, said), buttons=buttons)]


def _noted(words: Words, said: Worked) -> Text:
    if said == Worked.YES:
        return words.say("It worked: good for whoever asks next.")
    if said == Worked.PARTLY:
        return words.say("It worked in part. That is kept with the answer.")
    return words.say("It did not work. That is kept with the answer.")
