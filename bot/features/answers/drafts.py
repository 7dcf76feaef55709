"""Earlier answers before a question is posted: "does one of these help?"."""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Delete, Edit, Look, Post, Urgency, Whisper
from bot.events import ChoiceMade, Due, Event
from bot.feature import Follows
from bot.features.answers import given, life, questions, recalling, views, wanting
from bot.features.answers.core import answers, question_in
from bot.features.answers.given import Given
from bot.features.answers.guard import by_asker_alone, gone, numbers_in, sees_alone
from bot.features.answers.placing import placed
from bot.features.answers.questions import Question
from bot.features.answers.reading import Entry
from bot.features.answers.rules import State
from bot.i18n import Words
from bot.refs import MessageRef
from bot.store import members, posts
from bot.text import Part, Text, code, isolated, quote

EXPIRES = timedelta(days=1)
"""How long a draft waits for its asker."""


async def shown(ctx: Context, draft: Question) -> Follows:
    """The draft's panel."""
    ctx.arm(f"answers:draft:{draft.id}", ctx.now + EXPIRES, "draft", str(draft.id))
    return [await _panel(ctx, draft)]


async def _panel(ctx: Context, draft: Question) -> Whisper | Post:
    found = await recalling.earlier(ctx, draft.text)
    same = await wanting.still_open(ctx, draft)
    lines: list[Part] = []
    if found:
        lines.append(ctx.own.say("Before I post it: does one of these help?"))
        lines.append(await recalling.told(ctx, ctx.own, found))
    if same is not None:
        name, when = isolated(same.member_name), ctx.own.moment(same.asked_at)
        lines.append(
            ctx.own.say(
                "{name} asked the same ({when}), and it is still open.", name=name, when=when
            )
        )
    lines = lines or [ctx.own.say("Shall I post it?")]
    return ctx.panel(Text.join("\n\n", lines), buttons=_buttons(ctx.own, draft, found, same))


def _buttons(
    words: Words, draft: Question, found: Sequence[Entry], same: Question | None
) -> Buttons:
    long = tuple(
        Button(
            str(words.say("Read {number}", number=str(n))),
            f"answers.peek:{draft.id}.{entry.answers[0].id}",
        )
        for n, entry in enumerate(found, 1)
        if len(entry.answers[0].text) > views.SHORT
    )
    helps = recalling.help_buttons(words, found, f"answers.hit:{draft.id}.{{}}")
    too = words.plain("I want to know too")
    joins = (Button(too, f"answers.too:{draft.id}.{same.id}", look=Look.MAIN),) if same else ()
    post = Button(words.plain("Ask anyway"), f"answers.anyway:{draft.id}")
    never = Button(words.plain("Never mind"), f"answers.never:{draft.id}")
    return tuple(row for row in (*helps, long, joins, (post, never)) if row)


@answers.choice("too")
@by_asker_alone
async def wants_too(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """The same question is open already: one answer is enough for both."""
    if question.state != State.DRAFT:
        return [_posted(ctx)]
    same = await questions.by_id(ctx.tx, numbers_in(event)[-1])
    if same is None or same.state != State.OPEN or same.community != question.community:
        return [await _panel(ctx, question)]
    ctx.disarm(f"answers:draft:{question.id}")
    await wanting.joined(ctx, question, same)
    preference = await members.preference(ctx.tx, ctx.member)
    if preference and preference.dm_agreed and not preference.no_pings:
        text = ctx.own.say("Good. I tell you when it is solved.")
    else:
        text = ctx.own.say("Good. {mine} shows what becomes of it.", mine=code("/answers mine"))
    back = Button(ctx.own.plain("Ask anyway"), f"answers.anyway:{question.id}")
    return [ctx.whisper(text, buttons=((back,),), in_place=True)]


@answers.choice("hit")
@by_asker_alone
async def helped(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """An earlier answer helped."""
    answer = await _answer_in(ctx, event)
    if answer is None:
        return [gone(ctx)]
    if question.state not in (State.DRAFT, State.OPEN):
        return [await helped_by(ctx, event, question, answer)]
    ctx.disarm(f"answers:draft:{question.id}")
    thanks = await life.repeated(ctx, question, answer)
    return [await helped_by(ctx, event, question, answer), *thanks]


async def _answer_in(ctx: Context, event: ChoiceMade) -> Given | None:
    """The answer that the button is about, if the community keeps it."""
    numbers = numbers_in(event)
    answer = await given.by_id(ctx.tx, numbers[1]) if len(numbers) == 2 else None
    origin = await questions.by_id(ctx.tx, answer.question) if answer else None
    return answer if origin and ctx.group and origin.community == ctx.group.community else None


async def helped_by(
    ctx: Context, event: ChoiceMade, question: Question, answer: Given
) -> AnyEffect | Event:
    """What takes the place of the buttons, with a way back."""
    onto = await _seen_by_all(ctx, event, question)
    words = ctx.words if onto else ctx.own
    name = isolated(answer.member_name)
    text = words.say("Glad that it helped. {name} will learn of it.", name=name)
    back = Button(words.plain("Not after all: ask anyway"), f"answers.anyway:{question.id}")
    if onto:
        text = Text.join("\n", [text, quote(views.shortened(answer.text))])
    return _instead(ctx, event, onto, text, ((back,),))


def _instead(
    ctx: Context, event: ChoiceMade, onto: str, text: Text, buttons: Buttons
) -> AnyEffect | Event:
    """In place of what was pressed, for whoever could see that."""
    if not onto:
        return ctx.whisper(text, buttons=buttons, in_place=True)
    return Edit(
        chat=event.chat,
        message=MessageRef(event.chat, onto),
        text=text,
        buttons=buttons,
        urgency=Urgency.ANSWER,
        answering=event.answer,
    )


async def _seen_by_all(ctx: Context, event: ChoiceMade, question: Question) -> str:
    """The message that was pressed, if everybody sees it; else ""."""
    if event.chat.private or not event.message:
        return ""
    row = await posts.at(ctx.tx, MessageRef(event.chat, event.message))
    public = row is not None and question_in(row.name) == question.id
    return event.message if public or not sees_alone(ctx) else ""


@answers.choice("peek")
@by_asker_alone
async def peeked(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """A long answer in full."""
    answer = await _answer_in(ctx, event)
    if answer is None:
        return [gone(ctx)]
    helps = Button(
        ctx.own.plain("That helps"), f"answers.hit:{question.id}.{answer.id}", look=Look.MAIN
    )
    back = Button(ctx.own.plain("Back"), f"answers.draft:{question.id}")
    said = ctx.own.say("{name} answered:", name=isolated(answer.member_name))
    text = Text.join("\n", [said, quote(answer.text)])
    return [ctx.whisper(text, buttons=((helps, back),), in_place=True)]


@answers.choice("draft")
@by_asker_alone
async def back_to_draft(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """The earlier answers again."""
    if question.state != State.DRAFT:
        return [_posted(ctx)]
    return [await _panel(ctx, question)]


@answers.choice("anyway")
@by_asker_alone
async def asked_anyway(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """No earlier answer helped, or not after all."""
    if question.state not in (State.DRAFT, State.REPEAT):
        return [_posted(ctx)]
    onto = await _seen_by_all(ctx, event, question)
    question = await life.not_repeated(ctx, question)
    told = [] if onto else [ctx.whisper(ctx.own.say("Your question is posted."), in_place=True)]
    return [*told, *await placed(ctx, question, onto=onto)]


@answers.choice("never")
@by_asker_alone
async def never_mind(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """The asker thought better of it."""
    if question.state != State.DRAFT:
        return [_posted(ctx)]
    onto = await _seen_by_all(ctx, event, question)
    ctx.disarm(f"answers:draft:{question.id}")
    await life.withdrawn(ctx, question)
    if onto:
        place = MessageRef(event.chat, onto)
        return [Delete(chat=event.chat, message=place, urgency=Urgency.ANSWER)]
    return [ctx.whisper(ctx.own.say("Nothing was posted, and nothing was kept."), in_place=True)]


def _posted(ctx: Context) -> Whisper:
    return ctx.whisper(ctx.own.say("It is posted already."), in_place=True)


@answers.due("draft")
async def expired(ctx: Context, event: Due) -> Follows:
    """A draft that its asker left behind is not kept."""
    question = await questions.by_id(ctx.tx, int(event.arg))
    if question is not None and question.state == State.DRAFT:
        await life.withdrawn(ctx, question)
    return []
