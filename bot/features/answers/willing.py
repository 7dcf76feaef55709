"""`/answers helping`: topics that somebody is glad to be asked about."""

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from bot.commands import N_, Command, Param
from bot.context import Context
from bot.effects import Menu, Option, Whisper
from bot.events import ChoiceMade, CommandGiven
from bot.feature import Follows, answer_key
from bot.features.answers.core import answers
from bot.features.answers.rules import fingerprint, has_words
from bot.features.answers.tables import willing
from bot.text import Text, bold, clean, code
from bot.topics import key_of

MOST = 20
LENGTH = 60
WORDS = 3
"""Words of a topic: more than these are no topic but a sentence, and never found in one."""
KEY = 8
"""Digits that tell a person's topics apart in a button."""


@answers.command(
    Command(
        "answers helping",
        N_("Say what you can help with, and see what you said"),
        (Param("topic", N_("A topic in a word or two"), required=False, max_length=200),),
    )
)
async def helping(ctx: Context, event: CommandGiven) -> Follows:
    """Adds a topic, and shows all of them."""
    topic = " ".join(clean(event.args.get("topic", "")).split())
    if not topic:
        return [await _list(ctx)]
    refused = await _refusal(ctx, topic)
    if refused is not None:
        return [ctx.whisper(refused)]
    row = {"member": str(ctx.member), "community": ctx.here.community, "topic": topic}
    await ctx.tx.put(willing, row | {"words": key_of(topic), "at": ctx.now})
    return [await _list(ctx)]


async def _refusal(ctx: Context, topic: str) -> Text | None:
    say, key = ctx.own.say, key_of(topic)
    if not has_words(topic) or not key:
        return say("A topic needs at least one word.")
    if len(topic) > LENGTH or len(topic.split()) > WORDS:
        return ctx.own.say_n(
            "That is too long for a topic. {n} word is best.",
            "That is too long for a topic. Up to {n} words are best.",
            WORDS,
        )
    mine = willing.c.member == str(ctx.member)
    where = (mine, willing.c.community == ctx.here.community)
    if await ctx.tx.first(select(willing.c.topic).where(*where, willing.c.words == key)):
        return say("You said so already. {helping} shows it.", helping=code("/answers helping"))
    if int(await ctx.tx.scalar(select(func.count()).where(*where))) >= MOST:
        return ctx.own.say_n(
            "{n} topic is the most. {helping} lets you take one back.",
            "{n} topics are the most. {helping} lets you take one back.",
            MOST,
            helping=code("/answers helping"),
        )
    return None


async def _topics(ctx: Context) -> Sequence[str]:
    where = (willing.c.member == str(ctx.member), willing.c.community == ctx.here.community)
    rows = await ctx.tx.all(select(willing.c.topic).where(*where).order_by(willing.c.topic))
    return [row.topic for row in rows]


async def _list(ctx: Context, *, in_place: bool = False) -> Whisper:
    found = await _topics(ctx)
    if not found:
        nothing = ctx.own.say(
            "You have not said yet what you can help with. {example} does it.",
            example=code("/answers helping …"),
        )
        return ctx.whisper(nothing, in_place=in_place)
    head = ctx.own.say("You are glad to be asked about:")
    lines = [Text.of("• ", bold(topic)) for topic in found]
    end = ctx.own.say(
        "A question about it that nobody answers may be shown to you, at most once a week. "
        "Nothing else changes."
    )
    options = tuple(Option(topic, f"answers.helping:{_number(topic)}") for topic in found)
    menu = Menu(ctx.own.plain("Take a topic back"), options)
    return ctx.whisper(Text.join("\n", [head, *lines, end]), menu=menu, in_place=in_place)


def _number(topic: str) -> str:
    return fingerprint(topic)[:KEY]


@answers.choice("helping")
async def taken_back(ctx: Context, event: ChoiceMade) -> Follows:
    """Somebody no longer wants to be asked about a topic."""
    if ctx.group is None:
        return [ctx.whisper(ctx.own.say("This works in the group, not here."))]
    number = answer_key(event.choice)[1]
    for topic in await _topics(ctx):
        if _number(topic) == number:
            where = (willing.c.member == str(ctx.member), willing.c.topic == topic)
            of_it = willing.c.community == ctx.here.community
            await ctx.tx.execute(delete(willing).where(*where, of_it))
    return [await _list(ctx, in_place=True)]
