"""The offer to keep the answer of a question that was asked in plain conversation.

Until somebody presses the button, the question's words stay in the ear alone.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.context import Buttons, Context
from bot.effects import Button, Delete, Edit, Look, OnDoubt, Post, Urgency
from bot.events import ChoiceMade, Event, MessageDeleted, MessageEdited, MessagePosted
from bot.feature import Follows, answer_key
from bot.features.answers import (
    choices,
    drafts,
    given,
    life,
    questions,
    recalling,
)
from bot.features.answers.core import answers, post_name
from bot.features.answers.fading import fading, stays
from bot.features.answers.placing import placed
from bot.features.answers.questions import Question
from bot.features.answers.reading import Entry
from bot.features.answers.rules import LISTEN_SECONDS, Source, State
from bot.features.answers.tables import offered as offered_table
from bot.i18n import Words
from bot.refs import MemberRef, MessageRef
from bot.store import posts
from bot.text import Text, code

STAYS = timedelta(hours=2)
"""How long an offer stands that nobody presses."""
STALE = timedelta(minutes=10)
DAY = timedelta(days=1)
DECLINED = timedelta(days=30)
"""How long somebody who said "no thanks" is left in peace."""
PREFIX = "answers:offer/"


def name_of(event: MessagePosted) -> str:
    """The name of the offer for a message; it tells whose message that is."""
    return f"{PREFIX}{event.message}/{event.member}"


async def offer(ctx: Context, event: MessagePosted) -> Follows:
    """A quiet offer under a message that reads as a question."""
    group = ctx.group
    if group is None or not group.ready or group.paused or ctx.post:
        return []
    if not ctx.ear.may_offer(event) or not await _welcome(ctx, event):
        return []
    found = await recalling.earlier(ctx, event.text)
    ctx.ear.offers.made(event)
    await _rests(ctx, event.member, DAY)
    post = Post(
        chat=event.chat,
        name=name_of(event),
        text=await _text(ctx, found),
        buttons=_buttons(ctx.words, found),
        reply_to=event.message,
        stale_after=ctx.now + STALE,
        on_doubt=OnDoubt.SKIP,
    )
    return [fading(ctx, post, STAYS)]


async def _welcome(ctx: Context, event: MessagePosted) -> bool:
    if not (await choices.of_group(ctx.tx, ctx.here.id)).offer:
        return False
    where = offered_table.c.member == str(event.member)
    until = await ctx.tx.first(offered_table.select().where(where))
    return until is None or until.until <= ctx.now


async def _rests(ctx: Context, member: MemberRef, span: timedelta) -> None:
    await ctx.tx.put(offered_table, {"member": str(member), "until": ctx.now + span})


async def _text(ctx: Context, found: Sequence[Entry]) -> Text:
    say = ctx.words.say
    question = say("Shall I keep the answer to this for the next person who asks?")
    if not found:
        return question
    told = await recalling.told(ctx, ctx.words, found)
    return Text.join("\n\n", [say("This may help already:"), told, question])


def _buttons(words: Words, found: Sequence[Entry]) -> Buttons:
    keep = Button(words.plain("Keep the answer"), "answers.keep", look=Look.MAIN)
    no = Button(words.plain("No thanks"), "answers.nokeep")
    return (*recalling.help_buttons(words, found, "answers.offerhit:{}"), (keep, no))


@answers.choice("keep")
async def keep(ctx: Context, event: ChoiceMade) -> Follows:
    """The message becomes a question, and the offer its post."""
    name = await _offer_name(ctx, event)
    refused = await _refused(ctx, event, name)
    if refused is not None:
        return refused
    question = await _kept(ctx, event, name, State.OPEN)
    if question is None:
        return _forgotten(ctx, event)
    return await placed(ctx, question, onto=event.message)


@answers.choice("offerhit")
async def helped(ctx: Context, event: ChoiceMade) -> Follows:
    """An earlier answer helped: nobody needs to answer again."""
    name = await _offer_name(ctx, event)
    number = answer_key(event.choice)[1]
    answer = await given.by_id(ctx.tx, int(number)) if number.isdecimal() else None
    refused = await _refused(ctx, event, name)
    if refused is not None:
        return refused
    if answer is None:
        return [ctx.whisper(ctx.own.say("That answer was taken away."))]
    question = await _kept(ctx, event, name, State.DRAFT)
    if question is None:
        return _forgotten(ctx, event)
    await ctx.adopt(event.message, post_name(question.id), LISTEN_SECONDS)
    thanks = await life.repeated(ctx, question, answer)
    return [await drafts.helped_by(ctx, event, question, answer), *thanks]


@answers.choice("nokeep")
async def declined(ctx: Context, event: ChoiceMade) -> Follows:
    """The offer goes away, and its person is left in peace."""
    name = await _offer_name(ctx, event)
    refused = await _refused(ctx, event, name)
    if refused is not None:
        return refused
    if _asker_in(name) == ctx.member:
        await _rests(ctx, ctx.member, DECLINED)
    return [_taken_away(ctx, event, name)]


async def _offer_name(ctx: Context, event: ChoiceMade) -> str:
    """The name of the offer that was pressed; "" if it is none (any more)."""
    if ctx.group is None:
        return ""
    row = await posts.at(ctx.tx, MessageRef(event.chat, event.message))
    return row.name if row is not None and row.name.startswith(PREFIX) else ""


def _asker_in(name: str) -> MemberRef:
    return MemberRef.parse(name.removeprefix(PREFIX).partition("/")[2])


async def _refused(ctx: Context, event: ChoiceMade, name: str) -> Follows | None:
    """What to tell who can't press this; None if they can."""
    if not name:
        over = ctx.own.say("That offer is over. {ask} works any time.", ask=code("/ask"))
        return [ctx.whisper(over)]
    if _asker_in(name) != ctx.member and not ctx.is_moderator:
        return [ctx.whisper(ctx.own.say("Only who asked that, or a moderator, can decide."))]
    message = name.removeprefix(PREFIX).partition("/")[0]
    if await questions.of_message(ctx.tx, ctx.here.id, message) is not None:
        return [_taken_away(ctx, event, name)]
    return None


def _taken_away(ctx: Context, event: Event, name: str) -> Delete:
    stays(ctx, name)
    return Delete(chat=event.chat, name=name, urgency=Urgency.ANSWER)


async def _kept(ctx: Context, event: ChoiceMade, name: str, state: State) -> Question | None:
    """The message as a question, if it is still remembered; the offer is then no longer one."""
    message = name.removeprefix(PREFIX).partition("/")[0]
    heard: MessagePosted | None = ctx.ear.message(event.chat, message)
    if heard is None:
        return None
    stays(ctx, name)
    await posts.forget(ctx.tx, ctx.here.id, name)
    return await questions.create(
        ctx.tx,
        ctx.here,
        event.chat.room,
        heard.member,
        heard.name or await ctx.name_of(heard.member),
        heard.text,
        heard.at,
        state=state,
        source=Source.OFFERED,
        message=heard.message,
    )


def _forgotten(ctx: Context, event: ChoiceMade) -> Follows:
    """The offer goes by itself later, as if nobody had pressed."""
    text = ctx.words.say(
        "I have forgotten the words of that by now, because I keep none without being asked to. "
        "{ask} with the question keeps it.",
        ask=code("/ask"),
    )
    place = MessageRef(event.chat, event.message)
    return [
        Edit(
            chat=event.chat,
            message=place,
            text=text,
            urgency=Urgency.ANSWER,
            answering=event.answer,
        )
    ]


@answers.on(MessageEdited)
@answers.on(MessageDeleted)
async def changed(ctx: Context, event: MessageEdited | MessageDeleted) -> Follows:
    """An offer goes with the words that it was made for."""
    heard = ctx.ear.offers.to(event.chat, event.message) if ctx.group else None
    if heard is None or await posts.find(ctx.tx, ctx.here.id, name_of(heard)) is None:
        return []
    return [_taken_away(ctx, event, name_of(heard))]
