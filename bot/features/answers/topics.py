"""`/answers topics`: moderators correct the topics: rename, merge, delete, undo."""

from bot.commands import N_, Command
from bot.context import Context
from bot.effects import AnyEffect, Whisper
from bot.events import Answerable, ChoiceMade, CommandGiven, FormSubmitted
from bot.features.answers import guard, reading, sorting, topic_records, topic_rules, topic_views
from bot.features.answers.core import answers
from bot.features.answers.topic_records import Topic
from bot.features.answers.topic_suggesting import next_suggestion, taken
from bot.text import Text, isolated


@answers.command(
    Command("answers topics", N_("Look after the topics of the kept answers"), moderator=True)
)
async def topics(ctx: Context, event: CommandGiven) -> list[AnyEffect]:
    """Every topic, and what can be done."""
    return [await _overview(ctx)]


@answers.choice("t-all", moderator=True)
async def back(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """The same, in place."""
    return [await _overview(ctx, in_place=True)]


async def _overview(ctx: Context, *, in_place: bool = False) -> Whisper:
    community = ctx.here.community
    known = await topic_records.live(ctx.tx, community)
    shelves = await reading.shelves(ctx.tx, community)
    waiting = len(await sorting.waiting(ctx, community))
    return ctx.whisper(
        topic_views.overview(ctx.own, known, shelves),
        buttons=topic_views.overview_buttons(ctx.own, waiting),
        menu=topic_views.topics_menu(ctx.own, known),
        in_place=in_place,
    )


async def _meant(ctx: Context, number: int) -> Topic | None:
    return await topic_records.by_id(ctx.tx, ctx.here.community, number)


def _gone(ctx: Context) -> list[AnyEffect]:
    return [ctx.whisper(ctx.own.say("That topic is not there any more."), in_place=True)]


def _number(event: ChoiceMade) -> int:
    return next(iter(guard.numbers_in(event)), 0)


@answers.choice("t-see", moderator=True)
async def see(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """One topic and what can be done with it."""
    topic = await _meant(ctx, _number(event))
    if topic is None or not topic.live:
        return _gone(ctx)
    return [await _one(ctx, topic)]


async def _one(ctx: Context, topic: Topic, said: Text | None = None) -> Whisper:
    shelves = await reading.shelves(ctx.tx, ctx.here.community)
    count = sum(shelf.questions for shelf in shelves if shelf.topic == topic.id)
    others = len(await topic_records.live(ctx.tx, ctx.here.community)) - 1
    return ctx.whisper(
        Text.join("\n\n", [*([said] if said else []), topic_views.one(ctx.own, topic, count)]),
        buttons=topic_views.one_buttons(ctx.own, topic, others),
        in_place=isinstance(ctx.event, ChoiceMade),
    )


@answers.choice("t-name", moderator=True)
async def rename(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Opens the form for another name; a suggestion that gets one is taken."""
    topic = await _meant(ctx, _number(event))
    if topic is None or not (topic.live or topic.waits):
        return _gone(ctx)
    return [ctx.ask(topic_views.name_form(ctx.own, topic), str(topic.id))]


@answers.form("t-named", moderator=True)
async def named(ctx: Context, event: FormSubmitted) -> list[AnyEffect]:
    """Gives the topic its name."""
    topic = await _meant(ctx, int(event.arg))
    if topic is None or not (topic.live or topic.waits):
        return [ctx.whisper(ctx.own.say("That topic is not there any more."))]
    name = topic_rules.tidy_name(event.values.get("name", ""))
    if not name:
        return [ctx.whisper(ctx.own.say("A topic needs a name that can be read."))]
    if not await topic_records.rename(ctx.tx, topic, name):
        said = ctx.own.say(
            "There is a topic {name} already. You can merge the two.", name=isolated(name)
        )
        return [ctx.whisper(said)]
    again = await _meant(ctx, topic.id) or topic
    if topic.suggested:
        return [await taken(ctx, again)]
    return [await _one(ctx, again)]


@answers.choice("t-merge", moderator=True)
async def merge(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Asks into which topic."""
    topic = await _meant(ctx, _number(event))
    if topic is None or not topic.live:
        return _gone(ctx)
    known = await topic_records.live(ctx.tx, ctx.here.community)
    others = [other for other in known if other.id != topic.id]
    if not others:
        return [await _one(ctx, topic)]
    text = ctx.own.say(
        "The questions under {topic} go to another topic.", topic=isolated(topic.name)
    )
    menu = topic_views.merge_menu(ctx.own, topic, others)
    return [ctx.whisper(text, menu=menu, in_place=True)]


@answers.choice("t-into", moderator=True)
async def merged(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Merges two topics; the words of both lead to the one that stays."""
    source, target = await _pair(ctx, event)
    if source is None or target is None or source.id == target.id:
        return _gone(ctx)
    await topic_records.change(ctx.tx, source.id, merged_into=target.id)
    said = ctx.own.say(
        "{topic} is part of {other} now.", topic=isolated(source.name), other=isolated(target.name)
    )
    buttons = topic_views.undo_buttons(ctx.own, source)
    return [ctx.whisper(said, buttons=buttons, in_place=True)]


async def _pair(ctx: Context, event: ChoiceMade) -> tuple[Topic | None, Topic | None]:
    first, second = [*guard.numbers_in(event), 0, 0][:2]
    found = [await _meant(ctx, number) for number in (first, second)]
    source, target = (topic if topic and topic.live else None for topic in found)
    return source, target


@answers.choice("t-drop", moderator=True)
async def drop(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Deletes a topic; its questions stay."""
    topic = await _meant(ctx, _number(event))
    if topic is None or not topic.live:
        return _gone(ctx)
    await topic_records.change(ctx.tx, topic.id, dropped_at=ctx.now)
    said = ctx.own.say(
        "The topic {topic} is deleted. Its questions are kept.", topic=isolated(topic.name)
    )
    buttons = topic_views.undo_buttons(ctx.own, topic)
    return [ctx.whisper(said, buttons=buttons, in_place=True)]


@answers.choice("t-undo", moderator=True)
async def undo(ctx: Context, event: ChoiceMade) -> list[AnyEffect]:
    """Brings a merged or deleted topic back, with the questions that it had."""
    topic = await _meant(ctx, _number(event))
    if topic is None:
        return _gone(ctx)
    await topic_records.change(ctx.tx, topic.id, merged_into=None, dropped_at=None)
    again = await _meant(ctx, topic.id) or topic
    said = ctx.own.say(
        "{topic} is back, with the questions that it had.", topic=isolated(topic.name)
    )
    return [await _one(ctx, again, said)]


@answers.choice("t-find", moderator=True)
async def find(ctx: Context, event: Answerable) -> list[AnyEffect]:
    """Looks for topics now."""
    await sorting.look_for_topics(ctx, ctx.here.community)
    return [await next_suggestion(ctx)]
