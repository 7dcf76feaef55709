"""A question that nobody answered is carried on: to people, to sister groups, to the moderators.

Each stage happens once, a day after the one before, as long as the question is open.
"""

from datetime import timedelta

from bot import consent
from bot.context import Context
from bot.effects import AnyEffect, Edit, OnDoubt, Post, Urgency
from bot.events import ChoiceMade, Due
from bot.feature import Follows
from bot.features.answers import (
    carry_views,
    choices,
    experts,
    inviting,
    life,
    pace,
    questions,
    views,
)
from bot.features.answers.carry_rules import REST
from bot.features.answers.core import TALK, answers, post_name
from bot.features.answers.given import to_question
from bot.features.answers.guard import gone, pressed_question
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN_SECONDS, State
from bot.features.answers.tables import carries
from bot.features.answers.travelling import sent_out
from bot.refs import MemberRef
from bot.store import members, posts
from bot.text import Text, code, isolated, quote
from bot.waking import after_waking

NEXT = timedelta(days=1)
"""Between one stage and the next; also the longest that a question waits for its turn."""
FRESH = timedelta(hours=1)
"""After this the people who were chosen may be asleep, or asked by something else."""
PEOPLE, SISTERS, MODERATORS, DONE = range(4)
"""Values of `Question.stage`: what comes next."""
ASKED, TOLD = "/asked", "/told"
"""Behind a question's name: the posts to people and to moderators."""


@answers.due(life.CARRY)
async def came(ctx: Context, event: Due) -> Follows:
    """The next stage, or a later moment for it."""
    question = await questions.by_id(ctx.tx, int(event.arg))
    if question is None or ctx.group is None or not await _waits(ctx, question):
        return []
    at = await pace.turn(ctx, event, question)
    if at > ctx.now + NEXT:  # more is unanswered here than a group can be shown
        await questions.change(ctx.tx, question.id, stage=DONE)
    elif at > ctx.now:
        again(ctx, question, at - ctx.now)
    else:
        return await carried_on(ctx, question)
    return []


async def _waits(ctx: Context, question: Question) -> bool:
    waiting = question.state == State.OPEN and question.answered_at is None
    if not waiting or question.group_id != ctx.here.id or not ctx.here.active:
        return False
    return (await choices.of_group(ctx.tx, ctx.here.id)).carry


def again(ctx: Context, question: Question, after: timedelta) -> None:
    """The question is looked at again after some time, when people are awake."""
    at = after_waking(ctx.now + after, 0, ctx.here.zone)
    ctx.arm(f"answers:carry:{question.id}", at, life.CARRY, str(question.id))


async def carried_on(ctx: Context, question: Question) -> Follows:
    """What the stage asks for; where there is no sister group, moderators are told instead."""
    stage = question.stage
    if stage == PEOPLE:
        await questions.change(ctx.tx, question.id, stage=SISTERS)
        again(ctx, question, NEXT)
        return await to_people(ctx, question, post_name(question.id) + ASKED)
    sent = await sent_out(ctx, question) if stage == SISTERS else []
    if sent:
        await questions.change(ctx.tx, question.id, stage=MODERATORS)
        again(ctx, question, NEXT)
        return sent
    await questions.change(ctx.tx, question.id, stage=DONE)
    return [_told(ctx, question)] if stage < DONE else []


async def to_people(ctx: Context, question: Question, name: str) -> Follows:
    """Shows the question to whoever has been through the like; nothing if there is nobody."""
    chosen = await experts.choose(ctx, question)
    if not chosen:
        return [inviting.nobody_asked(ctx, question)]
    people = tuple(MemberRef.parse(one.member) for one in chosen)
    for one in chosen:
        row = {"question": question.id, "member": one.member, "community": question.community}
        await ctx.tx.put(carries, row | {"at": ctx.now, "why": one.because.part})
    own = post_name(question.id)
    alone = not question.message and await posts.find(ctx.tx, ctx.here.id, own) is None
    return [
        Post(
            chat=question.chat_in(ctx.here),
            name=name,
            text=carry_views.carried(ctx.words, question, chosen, alone=alone),
            buttons=carry_views.declining(ctx.words, question),
            reply_to=question.message,
            reply_to_post=own,
            into=own + TALK,
            pings=people,
            listen=LISTEN_SECONDS,
            stale_after=ctx.now + FRESH,
            on_doubt=OnDoubt.SKIP,
        )
    ]


def _told(ctx: Context, question: Question) -> Post:
    days = max((ctx.now - question.asked_at).days, 1)
    return Post(
        chat=ctx.here.moderators_chat,
        name=post_name(question.id) + TOLD,
        text=carry_views.waiting(ctx.words, question, days),
        buttons=carry_views.deciding(ctx.words, question),
    )


async def _named(ctx: Context, question: Question) -> bool:
    where = (carries.c.question == question.id, carries.c.member == str(ctx.member))
    return await ctx.tx.first(carries.select().where(*where)) is not None


@answers.choice("carry-not")
async def not_me(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody who was named would rather not be asked for a while."""
    question = await pressed_question(ctx, event)
    if question is None:
        return [gone(ctx)]
    if not await _named(ctx, question):
        return [_for_the_named(ctx)]
    await consent.rest(ctx.tx, ctx.member, answers.name, ctx.now + REST)
    said = ctx.own.say_n(
        "All right. I won't bring you a question for {n} day. {pings} stops every mention.",
        "All right. I won't bring you a question for {n} days. {pings} stops every mention.",
        REST.days,
        pings=code("/pings never"),
    )
    return [ctx.whisper(said)]


@answers.choice("carry-never")
async def never(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody who was named wants to be mentioned no more, by anything."""
    question = await pressed_question(ctx, event)
    if question is None:
        return [gone(ctx)]
    if not await _named(ctx, question):
        return [_for_the_named(ctx)]
    await members.prefer(ctx.tx, ctx.member, no_pings=True)
    said = ctx.own.say(
        "From now on I never mention you. {pings} changes that.", pings=code("/pings")
    )
    return [ctx.whisper(said)]


def _for_the_named(ctx: Context) -> AnyEffect:
    said = ctx.own.say(
        "This is for the people who are named here. {pings} is yours.", pings=code("/pings")
    )
    return ctx.whisper(said)


@answers.choice("carry-again", moderator=True)
async def posted_again(ctx: Context, event: ChoiceMade) -> Follows:
    """A moderator brings the question back into sight."""
    question = await pressed_question(ctx, event)
    if question is None:
        return [gone(ctx)]
    if question.state != State.OPEN or question.group_id != ctx.here.id:
        return [_settled(ctx, question, event)]
    name = post_name(question.id)
    old = await posts.find(ctx.tx, ctx.here.id, name)
    if old is not None:  # what is said to the old post still counts
        place = posts.message_of(old)
        await ctx.follow(place.id, LISTEN_SECONDS, post=name, chat=place.chat)
    kept = await to_question(ctx.tx, question.id)
    fresh = Post(
        chat=question.chat_in(ctx.here),
        name=name,
        text=views.post(ctx.words, question, kept),
        buttons=views.buttons(ctx.words, question),
        reply_to=question.message,
        listen=LISTEN_SECONDS,
        urgency=Urgency.ANSWER,
    )
    said = ctx.words.say("{name} posted it again.", name=isolated(await _who(ctx, event)))
    return [_decided(ctx, question, event, said), fresh]


@answers.choice("carry-close", moderator=True)
async def closed(ctx: Context, event: ChoiceMade) -> Follows:
    """A moderator says that nobody needs to look at it any more."""
    question = await pressed_question(ctx, event)
    if question is None:
        return [gone(ctx)]
    if question.state != State.OPEN or question.group_id != ctx.here.id:
        return [_settled(ctx, question, event)]
    said = ctx.words.say("{name} closed it.", name=isolated(await _who(ctx, event)))
    return [_decided(ctx, question, event, said), *await life.closed(ctx, question)]


async def _who(ctx: Context, event: ChoiceMade) -> str:
    return event.name or await ctx.name_of(event.member)


def _settled(ctx: Context, question: Question, event: ChoiceMade) -> Edit:
    return _decided(ctx, question, event, ctx.words.say("It has been settled in the meantime."))


def _decided(ctx: Context, question: Question, event: ChoiceMade, said: Text) -> Edit:
    return Edit(
        chat=event.chat,
        name=post_name(question.id) + TOLD,
        text=Text.join("\n", [quote(views.title(question)), said]),
        urgency=Urgency.ANSWER,
        answering=event.answer,
    )
