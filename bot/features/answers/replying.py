"""The button "Answer": an answer in a form, which everybody then reads under the question."""

from bot.commands import Field, Form
from bot.context import Context
from bot.effects import Post, Urgency
from bot.events import ChoiceMade, FormSubmitted
from bot.feature import Follows
from bot.features.answers import given, guard, life, questions, views
from bot.features.answers.core import GIVEN, TALK, answers, post_name
from bot.features.answers.given import Given
from bot.features.answers.questions import Question
from bot.features.answers.rules import LISTEN_SECONDS, TEXT, Source, State, has_words
from bot.i18n import Words
from bot.store import groups
from bot.store.groups import Group
from bot.text import Text, isolated, quote

TITLE = 45
"""The most characters of a form's title that every platform shows."""


@answers.choice("answer")
async def answer(ctx: Context, event: ChoiceMade) -> Follows:
    """Opens the form."""
    question = await guard.pressed_question(ctx, event)
    if question is None or question.state not in (State.OPEN, State.SOLVED):
        return [guard.gone(ctx)]
    own = question.member == str(ctx.member)
    label = (
        ctx.own.plain("What did you find out?") if own else ctx.own.plain("What would you answer?")
    )
    field = Field("answer", label, long=True, max_length=TEXT)
    title = views.shortened(views.title(question), TITLE)
    return [ctx.ask(Form("answers.answer", title, (field,)), str(question.id))]


@answers.form("answer")
async def answered(ctx: Context, event: FormSubmitted) -> Follows:
    """Keeps the answer and shows it; an asker's own answer solves the question."""
    question = await questions.by_id(ctx.tx, int(event.arg))
    if question is None or not await guard.enters(ctx, question):
        return [ctx.whisper(ctx.own.say("That question is no longer kept."))]
    text = event.values.get("answer", "")
    if not has_words(text):
        return [ctx.whisper(ctx.own.say("There are no words in that, so nothing was posted."))]
    made = await given.keep(
        ctx.tx,
        question.id,
        ctx.here.id,
        event.member,
        event.name or await ctx.name_of(event.member),
        text,
        event.at,
        source=Source.FORM,
    )
    if made is None:
        raise LookupError("an answer without a message is always kept")
    shown = await _shown(ctx, question, made)
    follows = await life.answered(ctx, question, made)
    if question.member == made.member and question.state == State.OPEN:
        follows += await life.solved(ctx, question, made, event.member)
    alone = event.chat.private or guard.sees_alone(ctx)
    return [*shown, *follows, *([ctx.whisper(_thanks(ctx, question, made))] if alone else [])]


async def _shown(ctx: Context, question: Question, answer: Given) -> list[Post]:
    """The answer under the question's posts: where it was given, and where it was asked."""
    places = await groups.by_ids(ctx.tx, {question.group_id, ctx.here.id})
    return [_post(group, question, answer) for group in places.values() if group.active]


def _post(group: Group, question: Question, answer: Given) -> Post:
    words = Words(group.language, group.zone)
    name = post_name(question.id)
    said = words.say("{name} answers:", name=isolated(answer.member_name))
    home = group.id == question.group_id
    return Post(
        chat=question.chat_in(group) if home else group.chat,
        text=Text.join("\n", [said, quote(answer.text)]),
        name=f"{name}{GIVEN}{answer.id}",
        reply_to_post=name,
        into=name + TALK,
        listen=LISTEN_SECONDS,
        urgency=Urgency.ANSWER,
    )


def _thanks(ctx: Context, question: Question, answer: Given) -> Text:
    if question.member == answer.member:
        return ctx.own.say("Good. It is kept for whoever asks next.")
    name = isolated(question.member_name)
    return ctx.own.say("Thank you. {name} can read it under the question.", name=name)
