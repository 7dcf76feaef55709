"""What could not be sent: a question moves on to where it can be read, and nothing is lost.

An answer, a thank-you or a topic is in the store whatever became of its post.
"""

from msgspec.structs import replace
from sqlalchemy import delete

from bot.context import Context
from bot.effects import Post, Urgency, Whisper, from_json
from bot.events import Undelivered
from bot.feature import Follows
from bot.features.answers import carrying, questions, thanking, views
from bot.features.answers.core import answers, post_name, question_in
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN_SECONDS, State
from bot.features.answers.tables import carries, travels
from bot.i18n import Words
from bot.store import members
from bot.store.groups import Group
from bot.text import Text, quote

CLOSED = ("gone", "refused")
LATER = ("paused", "stale")
ONCE_MORE = "/more"
"""Behind the name of a post to people: the other people, where the first did not agree."""


@answers.undelivered
async def undelivered(ctx: Context, event: Undelivered) -> Follows:
    """By the kind of post."""
    if event.chat.private:
        await thanking.not_told(ctx, event)
        return []
    question = await questions.by_id(ctx.tx, question_in(event.name))
    if question is None or ctx.group is None:
        return []
    of_it = event.name.removeprefix(post_name(question.id))
    if not of_it:
        return await _not_posted(ctx, event, question)
    if of_it.startswith(carrying.ASKED):
        return await _not_asked(ctx, event, question)
    return _elsewhere(ctx, event) if event.reason in CLOSED else []


async def _not_posted(ctx: Context, event: Undelivered, question: Question) -> Follows:
    """The question itself: abroad it is as if it had not travelled, at home it moves."""
    if event.reason == "doubt":
        return []
    if question.group_id != ctx.here.id:
        of_it = (travels.c.question == question.id, travels.c.group_id == ctx.here.id)
        await ctx.tx.execute(delete(travels).where(*of_it))
        return []
    if question.state != State.OPEN or event.reason not in CLOSED:
        return []
    home = ctx.here.room
    moves = question.room != home and event.chat.room != home
    told = await _asker_told(ctx, question, moves=moves)
    return [*told, await _moved(ctx, question, ctx.here)] if moves else told


async def _moved(ctx: Context, question: Question, group: Group) -> Post:
    """The question in the room where the group is told everything, for good."""
    await questions.change(ctx.tx, question.id, room=group.room, message=None)
    there = replace(question, room=group.room, message=None)
    ear = ctx.ear

    def watched() -> None:
        ear.unwatch(question.id)
        ear.watch(group.chat, there)

    ctx.after_commit.append(watched)
    return Post(
        chat=group.chat,
        name=post_name(question.id),
        text=views.post(ctx.words, there, ()),
        buttons=views.buttons(ctx.words, question),
        listen=LISTEN_SECONDS,
        urgency=Urgency.ANSWER,
    )


async def _asker_told(ctx: Context, question: Question, *, moves: bool) -> Follows:
    """In private, if the asker agreed to that."""
    wishes = await members.preference(ctx.tx, question.asker)
    if not (wishes and wishes.dm_agreed and not wishes.no_pings):
        return []
    words = Words(wishes.language or ctx.here.language, ctx.here.zone)
    if moves:
        said = words.say("The room of your question was closed to me, so I moved it:")
    else:
        said = words.say("I may not write where your question belongs. It is kept all the same:")
    text = Text.join("\n", [said, quote(views.title(question))])
    private = question.asker.private_chat
    return [Whisper(chat=private, to=question.asker, text=text, urgency=Urgency.BULK)]


async def _not_asked(ctx: Context, event: Undelivered, question: Question) -> Follows:
    """The post to people. Who can't be notified leaves their place to somebody else, once; what
    came too late is tried anew; in doubt it may have notified them."""
    if event.reason == "doubt":
        return []
    if event.reason == "consent" and not event.name.endswith(ONCE_MORE):
        return await carrying.to_people(ctx, question, event.name + ONCE_MORE)
    people = [str(member) for member in from_json(event.effect).pings]
    of_it = (carries.c.question == question.id, carries.c.member.in_(people))
    await ctx.tx.execute(delete(carries).where(*of_it))
    if event.reason in LATER:
        await questions.change(ctx.tx, question.id, stage=carrying.PEOPLE)
        carrying.again(ctx, question, carrying.FRESH)
    return []


def _elsewhere(ctx: Context, event: Undelivered) -> Follows:
    """Anything else that was to be read in another room of the group is read in its first."""
    effect = from_json(event.effect)
    if not isinstance(effect, Post) or event.chat.room == ctx.here.room:
        return []
    return [replace(effect, chat=ctx.here.chat, reply_to=None, reply_to_post=None, into=None)]
