"""`/ask`: a question of one's own, or a message that is one."""

from datetime import timedelta

from msgspec.structs import replace

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import Whisper
from bot.events import About, Answerable, ChoiceMade, CommandGiven
from bot.feature import Follows
from bot.features.answers import drafts, given, life, questions, recalling, views, wanting
from bot.features.answers.core import answers
from bot.features.answers.guard import by_asker, sees_alone
from bot.features.answers.placing import placed
from bot.features.answers.questions import Question
from bot.features.answers.rules import TEXT, Source, State, has_words, tidy
from bot.refs import MemberRef
from bot.store import members
from bot.text import Text, bold, code, isolated

AGAIN = timedelta(minutes=1)
"""The same words of the same person within this time are a second click."""

ASK = Command(
    "ask",
    N_("Ask the people here; the answer is kept for whoever asks next"),
    (Param("question", N_("What would you like to know?"), max_length=TEXT),),
    on_message=N_("This is a question"),
)


@answers.command(ASK)
async def ask(ctx: Context, event: CommandGiven) -> Follows:
    """Takes the words that were given, or else the message that the command was given on."""
    if event.about is not None and "question" not in event.args:
        return await _marked(ctx, event, event.about)
    text = tidy(event.args.get("question", ""))
    if not has_words(text):
        return [ctx.whisper(_no_words(ctx))]
    known = await _asked_already(ctx, text)
    if known is not None and known.state == State.DRAFT:
        return await drafts.shown(ctx, known)
    if known is not None:
        return [await _stands(ctx, known, ctx.own.say("I have that question of yours already."))]
    name = event.name or await ctx.name_of(ctx.member)
    return await _begun(ctx, event, ctx.member, name, text, Source.ASKED)


def _no_words(ctx: Context) -> Text:
    example = ctx.own.plain("Who knows a quiet place to work near the station?")
    return ctx.own.say(
        "I find no words to search by in that. Ask in a sentence, like {example}.",
        example=code(f"/ask {example}"),
    )


async def _asked_already(ctx: Context, text: str) -> Question | None:
    for question in await questions.same(ctx.tx, ctx.here.community, text):
        if question.member != str(ctx.member):
            continue
        recent = ctx.now - question.asked_at < AGAIN
        if recent or question.state in (State.DRAFT, State.OPEN):
            return question
    return None


async def _stands(ctx: Context, question: Question, said: Text) -> Whisper:
    """What is known already, and how it stands."""
    answered = await given.to_question(ctx.tx, question.id)
    title = Text.of(bold(views.title(question)))
    return ctx.whisper(Text.join("\n", [said, title, views.standing(ctx.own, question, answered)]))


async def _marked(ctx: Context, event: CommandGiven, about: About) -> Follows:
    """Somebody says of a message that it is a question."""
    known = await questions.of_message(ctx.tx, ctx.here.id, about.message)
    if known is not None:
        return [await _stands(ctx, known, ctx.own.say("I keep that one already."))]
    author, text = about.author, tidy(about.text or _heard(ctx, event, about))
    refused = await _refused(ctx, author, text)
    if author is None or refused is not None:
        return [ctx.whisper(refused or Text())]
    name = about.name or await ctx.name_of(author)
    return await _begun(ctx, event, author, name, text, Source.MARKED, about.message)


def _heard(ctx: Context, event: CommandGiven, about: About) -> str:
    message = ctx.ear.message(event.chat, about.message)
    return message.text if message else ""


async def _refused(ctx: Context, author: MemberRef | None, text: str) -> Text | None:
    if author is None:
        return ctx.own.say("That is a message of mine. I have no questions, only answers of yours.")
    if await members.is_bot(ctx.tx, ctx.here.id, author):
        return ctx.own.say("A bot wrote that. I keep questions of people.")
    if not text:
        return ctx.own.say(
            "I can't read that message. {ask} with the question in your words works anywhere.",
            ask=code("/ask"),
        )
    return None if has_words(text) else _no_words(ctx)


async def _begun(
    ctx: Context,
    event: Answerable,
    asker: MemberRef,
    name: str,
    text: str,
    source: Source,
    message: str | None = None,
) -> Follows:
    """Kept as a draft while its asker looks at earlier answers; posted at once if there are none.

    Who marks another's message is not asked: the earlier answers stand beside the post.
    """
    found = await recalling.earlier(ctx, text)
    question = await questions.create(
        ctx.tx,
        ctx.here,
        event.chat.room,
        asker,
        name,
        text,
        ctx.now,
        state=State.DRAFT,
        source=source,
        message=message,
    )
    alike = found or await wanting.still_open(ctx, question)
    if alike and asker == ctx.member:
        return await drafts.shown(ctx, question)
    await questions.change(ctx.tx, question.id, state=State.OPEN)
    question = replace(question, state=State.OPEN)
    posted = await placed(ctx, question, hints=found)
    if source is Source.MARKED and sees_alone(ctx):
        posted.append(ctx.whisper(_thanked(ctx, question)))
    return posted


def _thanked(ctx: Context, question: Question) -> Text:
    if question.member == str(ctx.member):
        return ctx.own.say("Good. What people answer is kept for whoever asks next.")
    return ctx.own.say(
        "Good. What people answer {name} is kept for whoever asks next.",
        name=isolated(question.member_name),
    )


@answers.choice("drop")
@by_asker
async def dropped(ctx: Context, event: ChoiceMade, question: Question) -> Follows:
    """Who wrote a message that somebody else marked does not want it kept."""
    posts = await life.taken_down(ctx, question)
    await life.withdrawn(ctx, question)
    return [*posts, ctx.whisper(ctx.own.say("It is no longer kept."))]
