"""A question takes its place in a room: its post, the thread under it, and what is heard there."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.context import Buttons, Context
from bot.effects import Edit, OpenThread, Post, Urgency
from bot.feature import Follows
from bot.features.answers import capturing, inviting, life, recalling, views
from bot.features.answers.core import TALK, WHOLE, post_name
from bot.features.answers.questions import Question
from bot.features.answers.reading import Entry
from bot.features.answers.rules import LISTEN_SECONDS, Source
from bot.i18n import Words
from bot.ports import Can
from bot.refs import MessageRef
from bot.text import Text, quote


async def placed(
    ctx: Context, question: Question, *, onto: str = "", hints: Sequence[Entry] = ()
) -> Follows:
    """Opens the question and shows it. `onto` is a message of ours that becomes its post; `hints`
    are earlier answers that are shown beside it."""
    await life.opened(ctx, question)
    ctx.disarm(f"answers:draft:{question.id}")
    if question.message:
        await _listens(ctx, question.id, question.message)
    post = await _post(ctx, question, hints)
    rest = [
        *_thread(ctx, question),
        *_whole(ctx, question),
        *await capturing.look_back(ctx, question),
    ]
    if not onto:
        return [post, *rest, await inviting.going_out(ctx, question)]
    await ctx.adopt(onto, post.name, LISTEN_SECONDS)
    edit = Edit(
        chat=post.chat,
        name=post.name,
        message=MessageRef(post.chat, onto),
        text=post.text,
        buttons=post.buttons,
        urgency=Urgency.ANSWER,
    )
    return [edit, *rest]


async def _listens(ctx: Context, number: int, message: str) -> None:
    """The asker's own message is heard like the post; if a room began with it, the room is too."""
    await ctx.follow(message, LISTEN_SECONDS, post=post_name(number))
    if message == ctx.event.chat.room:
        await ctx.listen_here(post_name(number) + TALK, LISTEN_SECONDS)


async def _post(ctx: Context, question: Question, hints: Sequence[Entry]) -> Post:
    lines = [views.post(ctx.words, question, ())]
    if hints:
        lines.insert(0, ctx.words.say("This may help already:"))
        lines.insert(1, await recalling.told(ctx, ctx.words, hints))
    text, name = Text.join("\n\n", lines), post_name(question.id)
    pressed = _hint_buttons(ctx.words, question, hints) + views.buttons(ctx.words, question)
    if question.source == Source.ASKED:
        return ctx.reply(text, name=name, buttons=pressed, listen=LISTEN_SECONDS)
    post = ctx.reply(text, name=name, buttons=pressed, listen=LISTEN_SECONDS)
    return replace(post, reply_to=question.message, answering="")


def _hint_buttons(words: Words, question: Question, hints: Sequence[Entry]) -> Buttons:
    return recalling.help_buttons(words, hints, f"answers.hit:{question.id}.{{}}")


def _whole(ctx: Context, question: Question) -> Follows:
    """All the words of a question that is too long for its post."""
    if question.source != Source.ASKED or len(question.text) <= views.LONG:
        return []
    name = post_name(question.id)
    post = Post(
        chat=ctx.event.chat,
        name=name + WHOLE,
        text=Text.join("\n", [ctx.words.say("The whole question:"), quote(question.text)]),
        reply_to_post=name,
        into=name + TALK,
        listen=LISTEN_SECONDS,
        urgency=Urgency.ANSWER,
    )
    return [post]


def _thread(ctx: Context, question: Question) -> Follows:
    """Answers to what was asked with a command have a place of their own, where there can be."""
    able = ctx.capabilities(ctx.event.chat).can
    if question.source != Source.ASKED or Can.THREADS not in able:
        return []
    name = post_name(question.id)
    thread = OpenThread(
        chat=ctx.event.chat,
        name=name + TALK,
        on=name,
        title=views.title(question),
        listen=LISTEN_SECONDS,
        urgency=Urgency.ANSWER,
    )
    return [thread]
