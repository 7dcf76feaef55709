"""Topics that the words suggest, for moderators to take, rename or refuse."""

from bot.context import Buttons, Context
from bot.effects import AnyEffect, Button, Post, Whisper
from bot.events import ChoiceMade, Due
from bot.features.answers import guard, sorting, topic_records, topic_views
from bot.features.answers.core import answers
from bot.features.answers.sorting import SUGGEST
from bot.features.answers.topic_records import Topic
from bot.text import Text, isolated

EXAMPLES = 4


@answers.due(SUGGEST)
async def looked_for(ctx: Context, event: Due) -> list[AnyEffect]:
    """Once a day while questions without a topic gather; told where moderators have a room."""
    if ctx.group is None or not ctx.here.active or event.arg != str(ctx.here.community):
        return []
    before = {topic.id for topic in await sorting.waiting(ctx, ctx.here.community)}
    waiting = await sorting.look_for_topics(ctx, ctx.here.community)
    new = [topic for topic in waiting if topic.id not in before]
    if not new or not ctx.here.moderators_room:
        return []
    look = Button(ctx.words.plain("Look at it"), "answers.t-next")
    text = topic_views.notice(ctx.words, new)
    return [Post(chat=ctx.here.moderators_chat, text=text, buttons=((look,),))]


@answers.choice("t-next", moderator=True)
async def look(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The suggestion that waits longest, for the moderator's eyes."""
    return [await next_suggestion(ctx)]


async def next_suggestion(
    ctx: Context, said: Text | None = None, *, in_place: bool = False
) -> Whisper:
    """The next suggestion, below what was just done."""
    waiting = await sorting.waiting(ctx, ctx.here.community)
    head = [said] if said else []
    if not waiting:
        nothing = ctx.own.say("The questions suggest no new topic at the moment.")
        return ctx.whisper(Text.join("\n", head or [nothing]), in_place=in_place)
    topic = waiting[0]
    texts, count = await sorting.examples(ctx, topic, EXAMPLES)
    shown = topic_views.suggestion(ctx.own, topic, texts, count, len(waiting) - 1)
    buttons: Buttons = topic_views.suggestion_buttons(ctx.own, topic)
    return ctx.whisper(Text.join("\n\n", [*head, shown]), buttons=buttons, in_place=in_place)


async def _waiting(ctx: Context, event: ChoiceMade) -> Topic | None:
    number = next(iter(guard.numbers_in(event)), 0)
    topic = await topic_records.by_id(ctx.tx, ctx.here.community, number)
    return topic if topic and topic.waits else None


@answers.choice("t-take", moderator=True)
async def take(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The suggestion becomes a topic, with its questions."""
    topic = await _waiting(ctx, event)
    if topic is None:
        decided = ctx.own.say("That was decided already.")
        return [await next_suggestion(ctx, decided, in_place=True)]
    return [await taken(ctx, topic, in_place=True)]


async def taken(ctx: Context, topic: Topic, *, in_place: bool = False) -> Whisper:
    """Makes it a topic and goes on to the next suggestion."""
    await topic_records.change(ctx.tx, topic.id, suggested=False)
    count = await sorting.gather(ctx, topic)
    said = ctx.own.say_n(
        "{topic} is a topic now, with {n} question.",
        "{topic} is a topic now, with {n} questions.",
        count,
        topic=isolated(topic.name),
    )
    return await next_suggestion(ctx, said, in_place=in_place)


@answers.choice("t-no", moderator=True)
async def refuse(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The suggestion goes, and does not come again."""
    topic = await _waiting(ctx, event)
    if topic is not None:
        await topic_records.change(ctx.tx, topic.id, dropped_at=ctx.now)
    said = ctx.own.say("That will not be suggested again.")
    return [await next_suggestion(ctx, said, in_place=True)]
